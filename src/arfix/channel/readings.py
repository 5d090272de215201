"""What an unknown symbol may stand for: letters in a joining form, ligatures, marks."""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from arfix.glyphs import FINAL, INITIAL, ISOLATED, MEDIAL, joins_next, joins_previous
from arfix.lexicon.marks import MARK_CHARS
from arfix.view import TATWEEL

if TYPE_CHECKING:
    from arfix.channel.model import SymbolReading

#: Forms of readings that are no letter.
MARK: Final = "mark"
STRETCH: Final = "stretch"
SPACE: Final = "space"
#: Not part of the word it touches: a bullet, an icon, some punctuation.
EDGE: Final = "edge"

#: The letters of Arabic, and lam-alef, which fonts draw as one glyph.
LETTERS: Final = (
    *map(chr, range(0x621, 0x63B)),
    *map(chr, range(0x641, 0x64B)),
    "\u0644\u0627",
    "\u0644\u0623",
    "\u0644\u0625",
    "\u0644\u0622",
)


class Reading(NamedTuple):
    """A text and the joining form of the glyph that draws it."""

    text: str
    form: str


def reading_of(given: SymbolReading) -> Reading:
    r"""Return a symbol's reading as a channel tells it; what it is may be left to its text.

    Example:
        >>> from arfix.channel.model import SymbolReading
        >>> reading_of(SymbolReading("\ue001", "\u064f", 1.0)).form
        'mark'
    """
    form = given.form
    if not form and given.text:
        if given.text[0] in MARK_CHARS:
            form = MARK
        else:
            form = {TATWEEL: STRETCH, " ": SPACE}.get(given.text, "")
    return Reading(given.text, form)


def form_in(letters: str, start: int, end: int) -> str:
    """Return the joining form of a stretch of a word, seen as one glyph.

    Example:
        >>> form_in("سلام", 1, 3), form_in("سلام", 3, 4)
        ('final', 'isolated')
    """
    before = start > 0 and joins_next(letters[start - 1]) and joins_previous(letters[start])
    after = end < len(letters) and joins_next(letters[end - 1]) and joins_previous(letters[end])
    if before:
        return MEDIAL if after else FINAL
    return INITIAL if after else ISOLATED


@cache
def ligatures() -> tuple[str, ...]:
    """Return the letter groups that Unicode knows as Arabic ligatures, each once.

    Example:
        >>> "لم" in ligatures()
        True
    """
    found: dict[str, None] = {}
    for code in (*range(0xFBEA, 0xFDC8), 0xFDF2):
        name = unicodedata.name(chr(code), "")
        text = unicodedata.normalize("NFKC", chr(code))
        plain = all(0x621 <= ord(char) <= 0x64A for char in text)
        if "LIGATURE" in name and len(text) > 1 and plain:
            found[text] = None
    return tuple(found)
