"""Whether any common glyph is missing from a text at all: a cheap look before words are read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import islice
from typing import Final

from arfix.glyph_counts import GLYPH_COUNTS
from arfix.glyphs import FINAL, INITIAL, MEDIAL, joins_next
from arfix.view import LETTER_CLASS, STRIP_MARKS

#: Letters that are looked at, and how a longer text is sampled.
_MOST_LETTERS: Final = 6_000
_PIECES: Final = 16
#: A glyph is missing that should come up so often and hardly does; or several that should less.
_STRONG: Final = 14.0
_WEAK: Final = 5.0
_FEWEST_WEAK: Final = 2
_LEFT: Final = 0.1
_ENOUGH: Final = 6
_MARKED: Final = re.compile("[\u0610-\u061a\u0640\u064b-\u065f\u0670]")
_LAM: Final = "\u0644"
_ALEFS: Final = "\u0627\u0623\u0625\u0622"
_JOINING: Final = "".join(
    char for char in map(chr, [*range(0x621, 0x63B), *range(0x641, 0x64B)]) if joins_next(char)
)


@cache
def _pattern(letter: str, form: str) -> re.Pattern[str]:
    """Return what finds a glyph; those of a lam-alef are none of their letters."""
    # The letter itself comes first: a search for one character is fast.
    before = f"(?<=[{_JOINING}].)" if form in (FINAL, MEDIAL) else f"(?<![{_JOINING}].)"
    if letter in _ALEFS:
        before += f"(?<!{_LAM}.)"
    after = f"(?=[{LETTER_CLASS}])" if form in (INITIAL, MEDIAL) else f"(?![{LETTER_CLASS}])"
    if letter == _LAM:
        after += f"(?![{_ALEFS}])"
    return re.compile(letter + ("" if not joins_next(letter) else after) + before, re.DOTALL)


def lacks_glyphs(pages: Sequence[str]) -> bool:
    """Return whether glyphs are missing that a text of this length should show."""
    text = _sample(pages)
    strong = weak = 0
    for letter, form, rate in GLYPH_COUNTS:
        should = rate * len(text) * _LETTERS / 100_000
        if should < _WEAK:
            break
        most = min(int(_LEFT * should), _ENOUGH)
        hits = sum(1 for _ in islice(_pattern(letter, form).finditer(text), most + 1))
        if hits > most:
            continue
        strong += should >= _STRONG
        weak += 1
        if strong or weak >= _FEWEST_WEAK:
            return True
    return False


#: Share of the characters of a text that are letters.
_LETTERS: Final = 0.78


def _sample(pages: Sequence[str]) -> str:
    size = sum(map(len, pages))
    text = pages[0] if len(pages) == 1 else "\n".join(pages)
    if size > _MOST_LETTERS:
        step, long = size // _PIECES, _MOST_LETTERS // _PIECES
        text = "\n".join(text[at : at + long] for at in range(0, size - long, step))
    return text.translate(STRIP_MARKS) if _MARKED.search(text) else text
