"""Latin quotations that stand last word first: ``b" "a`` for ``"a b"``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from arfix.view import LETTER_CLASS

_QUOTE: Final = '"'
_WORD: Final = r"[A-Za-z][\w.\-]*"
#: A word that ends in a mark where none is open, and the word that starts with the other.
_TURNED: Final = re.compile(
    rf"(?<!\S){_WORD}\"(?: {_WORD},?){{0,4}} \"{_WORD},?(?=[\s.:;\u060c\u061b]|\Z)", re.ASCII
)
_ARABIC: Final = re.compile(f"[{LETTER_CLASS}]")

Change = tuple[int, int, str]


def inside_out(page: str) -> Iterator[Change]:
    """Yield where a Latin quotation in an Arabic line stands last word first, and how it should.

    Example:
        >>> [text for *_, text in inside_out('\u0627\u0633\u0645 way" Milky "The')]
        ['"The Milky way"']
    """
    offset = 0
    for line in page.split("\n"):
        if line.count(_QUOTE) > 1 and _ARABIC.search(line):
            for match in _TURNED.finditer(line):
                # Two quotations that follow one another look the same from inside the first.
                if line.count(_QUOTE, 0, match.start()) % 2 == 0:
                    words = match.group().split(" ")[::-1]
                    yield offset + match.start(), offset + match.end(), " ".join(words)
        offset += len(line) + 1
