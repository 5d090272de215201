"""Stops and brackets at the start of a line that belong to the Latin word at the end of the last.

A change of font ends the line for some tools: the comma behind a name comes first in the next one,
with the space behind it, where an Arabic line never has one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

_STOPS: Final = "[\u060c\u061b.:\u061f!]"
_HANGING: Final = re.compile(
    r"(?<=[A-Za-z0-9\"%])(?P<gap>[ \t]*\n{1,2}[ \t]*)"
    rf"(?P<sign>{_STOPS}|[)\]\u00bb]{_STOPS}?)(?=[ \t\r\n]|\Z)"
)
_BREAK: Final = "\n"

Change = tuple[int, int, str]


def cut_off(page: str) -> Iterator[Change]:
    r"""Yield where a line break stands before a sign that ends the line before, and how it should.

    Example:
        >>> [text for *_, text in cut_off("Redis\n، فلا")]
        ['،\n']
    """
    if _BREAK in page:
        for match in _HANGING.finditer(page):
            yield match.start(), match.end(), match["sign"] + match["gap"]
