"""See at a glance whether any bracket or quotation mark of a page stands the wrong way."""

from __future__ import annotations

import re
from typing import Final

from arfix.punctuation.gaps import CLOSERS, OPENERS, QUOTE, STOPS

_SIGN: Final = re.compile(r"[()\[\]\u00ab\u00bb\u2039\u203a]")
#: An opening bracket behind a Latin word, and no closing one in between.
_TWICE_OPEN: Final = re.compile(r"\([A-Za-z][^()\n]{0,40} \(")
_CLOSE: Final = "\u00bb"
_QUOTATION: Final = frozenset("\u00ab\u00bb")
_PERCENT: Final = "%"


def suspicious(page: str) -> bool:
    """Return whether a sign has its space on the wrong side, which healthy text hardly shows.

    Example:
        >>> suspicious("one (two) three"), suspicious("one )two( three"), suspicious('a" b" c')
        (False, True, True)
    """
    quotation = _CLOSE
    for match in _SIGN.finditer(page):
        place = match.start()
        if match.group() in _QUOTATION:
            if match.group() == quotation:
                return True  # one that nothing closes, or that closes nothing
            quotation = match.group()
        left = page[place - 1] if place else "\n"
        right = page[place + 1] if place + 1 < len(page) else "\n"
        if match.group() in OPENERS:
            loose = right.isspace() or right in STOPS
            if right == "\n" or (loose and _is_word(left)):
                return True
        elif left == "\n" or (left.isspace() and _is_word(right)):
            return True
    if QUOTE in page and any(QUOTE in line and _misplaced(line) for line in page.split("\n")):
        return True
    return "(" in page and _TWICE_OPEN.search(page) is not None


def _misplaced(line: str) -> bool:
    """Return whether quotation marks that open and close in turn have a space inside."""
    opens = True
    place = line.find(QUOTE)
    while place >= 0:
        left = line[place - 1] if place else " "
        right = line[place + 1] if place + 1 < len(line) else " "
        inner, outer = (right, left) if opens else (left, right)
        if inner.isspace() and (not outer.isspace() or place in (0, len(line) - 1)):
            return True
        opens = not opens
        place = line.find(QUOTE, place + 1)
    return False


def _is_word(char: str) -> bool:
    return char.isalnum() or char in CLOSERS or char == _PERCENT
