"""Symbols that stand for a full stop or a colon: nothing a word needs, and always at its end."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

from arfix.view import LETTER_CLASS, MARK_CLASS, WORD, bare

if TYPE_CHECKING:
    from arfix.lm.sentences import SentenceModel

STOP: Final = "."
COLON: Final = ":"
#: Nats by which the words before have to speak for a colon, and what one place may say.
_COLON_LEAD: Final = 1.0
_EACH_AT_MOST: Final = 6.0
_WORDS_BEFORE: Final = 4
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


def which(pages: Sequence[str], symbols: Iterable[str], model: SentenceModel) -> dict[str, str]:
    """Return the sign that each symbol at the ends of words is, by the words around it.

    Each is another sign: where there are several, one of them is the full stop.

    Args:
        pages: The text.
        symbols: The symbols.
        model: Knows after which words a colon comes.
    """
    leads = {symbol: _lead(pages, symbol, model) for symbol in symbols}
    order = sorted(leads, key=lambda symbol: (leads[symbol], symbol))
    return {
        symbol: STOP if number == 0 and leads[symbol] <= _COLON_LEAD else COLON
        for number, symbol in enumerate(order)
    }


def _lead(pages: Sequence[str], symbol: str, model: SentenceModel) -> float:
    """Return by how many nats a colon suits the words around a symbol better than a full stop."""
    leads = []
    for page in pages:
        for line in page.split("\n"):
            before, found, after = line.partition(symbol)
            while found:
                words = [bare(word) for word in WORD.findall(before)][-_WORDS_BEFORE:]
                lead = model.score([*words, COLON]) - model.score([*words, STOP])
                leads.append(max(-_EACH_AT_MOST, min(_EACH_AT_MOST, lead)))
                before, found, after = after.partition(symbol)
    return sum(leads) / max(1, len(leads))
