"""Ligature units: the letters that a font draws as one glyph, and where in a word they stand.

A visual extractor turns glyphs round one by one; where a glyph stands for two letters or more,
these keep their order and so come out reversed in the text. What may be reversed is thus a closed
list: the ligatures of Arabic fonts.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from arfix.glyphs import joins_next, joins_previous
from arfix.view import STRIP_MARKS

LAM: Final = "ل"
ALEFS: Final = "اأإآ"
LAM_ALEF: Final = frozenset(LAM + alef for alef in ALEFS)
#: The ligatures of Unicode are those of the fonts of its time: KACST, AlArabiya and their kin
#: draw most of them, Cairo and IBM Plex those with final reh, yeh and noon.
_CODED: Final = (range(0xFBEA, 0xFD3E), range(0xFD50, 0xFDC8), range(0xFEF5, 0xFEFD))
#: What Unicode has no code point for, with the reason.
_FURTHER: Final[Mapping[str, str]] = {
    "لله": "the name of God is one glyph behind its alef (Amiri, DejaVu, KACST)",
    "الله": "the same with its alef (Scheherazade, web fonts)",
    "با": "Lalezar draws beh and its kin with alef as one glyph",
    "تا": "as با",
    "ثا": "as با",
    "نا": "as با",
    "يا": "as با",
    "ئا": "as با",
}
#: Units that are so long and so common that one word is enough.
HOLY: Final = frozenset({"لله", "الله"})
LONGEST: Final = 4


def _table() -> frozenset[str]:
    found = set(_FURTHER)
    for codes in _CODED:
        for code in codes:
            letters = unicodedata.decomposition(chr(code)).split()[1:]  # the first is the form
            text = "".join(chr(int(letter, 16)) for letter in letters)
            # A mark in the middle, a tatweel and a space are no letters of a word.
            if 2 <= len(text) <= LONGEST - 1 and text.translate(STRIP_MARKS) == text:
                found.add(text)
    return frozenset(text for text in found if " " not in text and text[::-1] != text)


LIGATURES: Final = _table()
#: What the text shows in place of a ligature.
REVERSED: Final[dict[str, str]] = {text[::-1]: text for text in LIGATURES}
#: Letters of Persian that the ligatures hold in their Arabic spelling; zheh is drawn like zain.
ARABIC_SPELLING: Final = str.maketrans("یکژ", "يكز")


class Unit(NamedTuple):
    """A ligature and how it is joined: fonts have a glyph of its own for each of the four forms.

    Attributes:
        letters: In the order in which they are read.
        before: Whether it is joined to the letter before.
        after: Whether it is joined to the letter behind.
    """

    letters: str
    before: bool
    after: bool


def unit_at(word: str, start: int, end: int) -> Unit:
    """Return the unit that the letters of a word from ``start`` to ``end`` are.

    Example:
        >>> unit_at("كفي", 1, 3)
        Unit(letters='في', before=True, after=False)
    """
    before = start > 0 and joins_next(word[start - 1]) and joins_previous(word[start])
    after = end < len(word) and joins_next(word[end - 1]) and joins_previous(word[end])
    letters = word[start:end].translate(ARABIC_SPELLING)
    if letters in LAM_ALEF:  # one family: a font has all four or none
        return Unit(LAM + ALEFS[0], before, after=False)
    return Unit(letters, before, after)


def spans(word: str, table: Mapping[str, str] | frozenset[str]) -> Iterator[tuple[int, int]]:
    """Yield where a word holds what the table lists."""
    spelled = word.translate(ARABIC_SPELLING)
    length = len(word)
    for start in range(length - 1):
        for end in range(start + 2, min(start + LONGEST, length) + 1):
            if spelled[start:end] in table:
                yield start, end


def turned(word: str, spans: tuple[tuple[int, int], ...]) -> str:
    """Return the word with some spans of it reversed.

    Example:
        >>> turned("يف", ((0, 2),))
        'في'
    """
    for start, end in spans:
        word = word[:start] + word[start:end][::-1] + word[end:]
    return word


def clusters(text: str) -> list[str]:
    """Return the letters of a word, each with the marks and tatweel behind it."""
    found: list[str] = []
    for char in text:
        if found and ord(char) in STRIP_MARKS:
            found[-1] += char
        else:
            found.append(char)
    return found
