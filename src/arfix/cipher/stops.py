"""Symbols that stand for the full stop: nothing that a word needs, and always at the end of one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from arfix.view import LETTER_CLASS, MARK_CLASS

STOP: Final = "."
#: Occurrences; their shares that end a word, and that end a line besides.
_LEAST: Final = 3
_ENDING: Final = 0.8
_CLOSING: Final = 0.25
_BEHIND: Final = f'[{LETTER_CLASS}{MARK_CLASS}A-Za-z0-9)\u00bb"]'


def stops(pages: Sequence[str], symbols: Iterable[str]) -> frozenset[str]:
    r"""Return which symbols without a letter end words and lines as a full stop does.

    Args:
        pages: The text.
        symbols: Those that words make sense without.

    Example:
        >>> stops(["بيت# دار\nباب#\nحي# لي"], "#")
        frozenset({'#'})
    """
    found = set()
    for symbol in symbols:
        pattern = re.escape(symbol)
        total = sum(page.count(symbol) for page in pages)
        ending = re.compile(rf"(?<={_BEHIND}){pattern}(?=[\s\u202c]|\Z)")
        ends = sum(len(ending.findall(page)) for page in pages)
        closing = re.compile(rf"{pattern}[ \t\r\u202c]*$", re.MULTILINE)
        lasts = sum(len(closing.findall(page)) for page in pages)
        if total >= _LEAST and ends >= _ENDING * total and lasts >= max(1, _CLOSING * total):
            found.add(symbol)
    return frozenset(found)
