"""Madda that a font without a letter for it left as a replacement character beside its alef."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

LOST: Final = "\ufffd"
_ALEF: Final = "\u0627"
WHOLE: Final = "\u0622"
_PAIR: Final = re.compile(f"{_ALEF}{LOST}|{LOST}{_ALEF}")
_LEAST: Final = 3
#: Madda stands on few of the alefs; what stands beside more of them is another letter.
_MOST_SHARE: Final = 0.12


def count_lost(pages: Sequence[str]) -> int:
    """Return how many replacement characters are maddas: all, or none.

    Example:
        >>> count_lost(["باق الا\ufffdن والا\ufffdثار في ا\ufffdخر الباب " + "باب " * 20])
        3
    """
    text = "\n".join(pages)
    count = text.count(LOST)
    if count < _LEAST or WHOLE in text:
        return 0
    beside = len(_PAIR.findall(text)) == count
    return count if beside and count <= _MOST_SHARE * text.count(_ALEF) else 0


def places(page: str) -> Iterator[tuple[int, int]]:
    """Yield where an alef and its madda stand."""
    for match in _PAIR.finditer(page):
        yield match.span()
