"""Joining forms of Arabic letters: which glyph a letter is drawn with in a word.

A *glyph* here is (letter, joining form). Fonts store one drawing for each form, and a PDF
loses glyphs, not letters: medial kaf may be gone while final kaf is intact. So every
statement that arfix makes about lost or unknown glyphs is about these pairs.

Joining behaviour is the Unicode ``Joining_Type`` property (UAX #44, ``ArabicShaping.txt``);
``unicode_tables.py`` is generated from it.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from arfix.unicode_tables import DUAL_JOINING, RIGHT_JOINING

ISOLATED: Final = "isolated"
INITIAL: Final = "initial"
MEDIAL: Final = "medial"
FINAL: Final = "final"

FORMS: Final = (ISOLATED, INITIAL, MEDIAL, FINAL)


class Glyph(NamedTuple):
    """One letter in one joining form, written ``ك.medial``."""

    letter: str
    form: str

    def __str__(self) -> str:
        return f"{self.letter}.{self.form}"

    @classmethod
    def parse(cls, text: str) -> Glyph:
        """Return the glyph that ``text`` names.

        Args:
            text: A letter, a full stop and a form, as ``str(glyph)`` writes it.

        Raises:
            ValueError: The text has another shape, or names no joining form.

        Example:
            >>> Glyph.parse("ك.medial")
            Glyph(letter='ك', form='medial')
        """
        letter, dot, form = text.partition(".")
        if not dot or len(letter) != 1 or form not in FORMS:
            forms = ", ".join(FORMS)
            raise ValueError(f"{text!r} is not a glyph: write LETTER.FORM, FORM one of {forms}")
        return cls(letter, form)


def joins_next(letter: str) -> bool:
    """Return whether the letter connects to a letter that follows it.

    Example:
        >>> joins_next("ك"), joins_next("ر")
        (True, False)
    """
    return letter in DUAL_JOINING


def joins_previous(letter: str) -> bool:
    """Return whether the letter connects to a joining letter before it.

    Example:
        >>> joins_previous("ر"), joins_previous("ء")
        (True, False)
    """
    return letter in DUAL_JOINING or letter in RIGHT_JOINING


def forms_of(letters: str) -> list[str]:
    """Return the joining form of each letter of a word without marks.

    Lam-alef counts as two joined letters, as it is in the text; that most fonts draw it as
    one glyph is the business of whoever reasons about fonts (see ``ligated``).

    Example:
        >>> forms_of("شكرا")
        ['initial', 'medial', 'final', 'isolated']
    """
    forms: list[str] = []
    last = len(letters) - 1
    for index, letter in enumerate(letters):
        before = index > 0 and joins_previous(letter) and joins_next(letters[index - 1])
        after = index < last and joins_next(letter) and joins_previous(letters[index + 1])
        if before:
            forms.append(MEDIAL if after else FINAL)
        else:
            forms.append(INITIAL if after else ISOLATED)
    return forms


LAM_ALEF_SECOND: Final = frozenset("اأإآٱ")


def ligated(letters: str) -> list[bool]:
    """Return for each letter whether it is drawn inside a lam-alef ligature.

    Nearly every Arabic font draws lam + alef as one mandatory ligature, so losing the glyph
    ``ل.initial`` leaves لا alone.

    Example:
        >>> ligated("سلام")
        [False, True, True, False]
    """
    flags = [False] * len(letters)
    for index in range(len(letters) - 1):
        if letters[index] == "ل" and letters[index + 1] in LAM_ALEF_SECOND:
            flags[index] = flags[index + 1] = True
    return flags


def glyphs_of(letters: str) -> list[Glyph | None]:
    """Return the glyph of each letter, ``None`` inside a lam-alef ligature.

    Example:
        >>> [str(glyph) for glyph in glyphs_of("في")]
        ['ف.initial', 'ي.final']
    """
    return [
        None if inside else Glyph(letter, form)
        for letter, form, inside in zip(letters, forms_of(letters), ligated(letters), strict=True)
    ]
