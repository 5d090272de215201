"""Lines as Poppler writes them: the drawn order, spelt out by embedding controls.

``pdftotext`` cuts a drawn line into stretches. It reverses those that run from right to left and
puts controls around them; in pages that run from right to left mostly, the whole line is reversed
by stretches, and those from left to right get controls of their own. So the controls tell where
each character was drawn, which is more than the text alone does.
"""

from __future__ import annotations

import re
from typing import Final

from arfix.order.atoms import LETTERS

LRE: Final = "\u202a"
RLE: Final = "\u202b"
PDF: Final = "\u202c"
CONTROL: Final = re.compile(f"[{LRE}{RLE}{PDF}]")
_PART: Final = re.compile(f"([{LRE}{RLE}{PDF}])")
_ARABIC: Final = re.compile(f"[{LETTERS}\u0590-\u05ff]")
_FORWARD: Final = re.compile("[0-9A-Za-z\u00c0-\u024f]")


def drawn(line: str) -> str | None:
    """Return the line as it was drawn, left to right; None where Poppler did not write it.

    Example:
        >>> drawn("\u202bفي \u202a 12\u202cدارا\u202c") == "اراد 12 يف"
        True
    """
    stack: list[str] = []
    # The stretches of each level that is open, in the order in which they were written.
    levels: list[list[str]] = [[]]
    for part in _PART.split(line):
        if part in (LRE, RLE):
            # A line from left to right holds only the other kind, one from right to left is one.
            if bool(stack) != (part == LRE) or len(stack) > 1:
                return None
            stack.append(part)
            levels.append([])
        elif part == PDF:
            if not stack:
                return None
            inside = levels.pop()
            kind = stack.pop()
            levels[-1].append("".join(inside if kind == LRE else reversed(inside)))
        elif part:
            if _fits(part, stack[-1] if stack else ""):
                levels[-1].append(part[::-1] if stack and stack[-1] == RLE else part)
            else:
                return None
    return "".join(levels[0]) if not stack else None


def _fits(text: str, kind: str) -> bool:
    """Return whether Poppler would put such text at such a place."""
    return not (_FORWARD if kind == RLE else _ARABIC).search(text)
