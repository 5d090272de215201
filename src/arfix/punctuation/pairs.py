"""Pairs of brackets that moved past a whole word or number, each to the inner side of its own.

Where lines are turned round word by word, the first word keeps the bracket that stood before it,
now behind it; where they are turned round letter by letter, the bracket behind a last number
comes to stand before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from arfix.punctuation.gaps import mirror
from arfix.view import LETTER_CLASS

_SIGNS: Final = r"()\[\]\u00ab\u00bb\u2039\u203a"
_WORD: Final = rf"[^\s{_SIGNS}]+"
_PLAIN: Final = rf"[^\s.:;\u061b{_SIGNS}]+"
#: ``first> mid <last``: the signs on the inner sides of the words that they should stand around.
_INNER: Final = re.compile(
    rf"(?<!\S)(?P<first>{_WORD}?)(?P<close>[)\]\u00bb])(?P<middle> (?:{_PLAIN} ){{0,5}})"
    rf"(?P<open>[(\[\u00ab])(?P<last>[\w%\u064b-\u0652]+)(?P<stop>[.,:;!?\u060c\u061b\u061f]*)(?!\S)"
)
#: ``<first mid last>``: the same where it is in order, of two words or more.
_OUTER: Final = re.compile(
    rf"(?<!\S)[(\[\u00ab]{_WORD} (?:{_WORD} ){{0,5}}[\w%\u064b-\u0652]+[)\]\u00bb]"
)
#: ``>word mid <12``: mirrored signs, of which the second stands before the number that it followed.
_LEANING: Final = re.compile(
    rf"(?<!\S)(?P<close>[)\]\u00bb])(?P<inner>[{LETTER_CLASS}][^\n{_SIGNS}]{{0,60}}? )"
    r"(?P<open>[(\[\u00ab])(?P<number>[A-Z]?[0-9\u0660-\u0669][0-9\u0660-\u0669.,:/%\u066a\-]*"
    r"(?<![.,:]))(?=[\s.,:;\u060c\u061b\u061f]|\Z)"
)
#: So far before it an opening sign explains a closing one.
_REACH: Final = 400
_LEAST: Final = 2
#: Pairs on the inner sides for each pair in order.
_LEAST_RATIO: Final = 2.0

Move = tuple[int, int, str]


def moved_inside(pages: Sequence[str]) -> int:
    """Return how many pairs stand on the inner sides of their words, 0 if a writer's might.

    Two quotations that follow one another leave the same picture between them, so that pairs in
    order speak against it.
    """
    inside = sum(1 for page in pages for _ in outward(page))
    if inside < _LEAST:
        return 0
    outside = sum(len(_OUTER.findall(page)) for page in pages)
    return inside if inside >= _LEAST_RATIO * outside else 0


def outward(page: str) -> Iterator[Move]:
    """Yield where pairs on the inner sides of their words stand, and how they should.

    Example:
        >>> [text for _, _, text in outward("a one) of (two, b")]
        ['(one of two),']
    """
    done = 0
    for match in _INNER.finditer(page):
        opening, closing = match["open"], match["close"]
        since = max(done, match.start() - _REACH)
        before = max(page.rfind(sign, since, match.start("close")) for sign in (opening, closing))
        opened = before >= 0 and page[before] == opening
        if closing == mirror(opening) and not opened:
            done = match.end()
            inner = match["first"] + match["middle"] + match["last"]
            yield match.start(), match.end(), match["open"] + inner + match["close"] + match["stop"]


def leaning(page: str) -> Iterator[Move]:
    """Yield where a mirrored pair ends before its last number, and how it should.

    Example:
        >>> [text for _, _, text in leaning("\u0643\u0644 )\u0646\u062d\u0648 (4.65%")]
        ['(\u0646\u062d\u0648 4.65%)']
    """
    for match in _LEANING.finditer(page):
        if match["close"] == mirror(match["open"]):
            inner = match["inner"] + match["number"]
            yield match.start(), match.end(), match["open"] + inner + match["close"]
