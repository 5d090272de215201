"""Lines cut inside a word in front of its last alef, the second piece as the line before the first.

The mark of ``P1ً ا P2`` starts a new stretch, and stretches are handed out from left to right: as
the lines ``ا P2`` and ``P1ً``. An alef alone at the start of a line, and below it a word that lacks
the alef behind its fathatan, prove it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from arfix.edits import Edit
from arfix.order.halves import BEREFT

if TYPE_CHECKING:
    from arfix.order.scoring import Scorer

_ALEF: Final = "\u0627"
_OPENS: Final = re.compile(f"[^\\S\\n]*{_ALEF}(?P<stop>[.\u060c:\u061b!\u061f]?)(?=[ \t\n]|\\Z)")
_CLOSES: Final = re.compile(f'(?:^|(?<=[\\s("\u00ab\u201c]))(?P<word>{BEREFT})[^\\S\\n]*\\Z')
#: A line that starts with an alef alone.
LONE_ALEF: Final = re.compile(f"^{_OPENS.pattern}", re.MULTILINE)


def parted(page: str, scorer: Scorer) -> Iterator[tuple[int, int, str]]:
    """Yield where two lines of a page are the two pieces of one, and the lines in order.

    Args:
        page: The text.
        scorer: Knows words.
    """
    lines = page.split("\n")
    start = 0
    for line, after in pairwise(lines):
        opens = _OPENS.match(line)
        closes = _CLOSES.search(after) if opens is not None else None
        if opens and closes and scorer.is_word(closes["word"] + _ALEF):
            first = f"{after.rstrip()}{_ALEF}{opens['stop']}"
            rest = line[opens.end() :].strip()
            if not _OPENS.match(after):
                yield start, start + len(line) + 1 + len(after), f"{first}\n{rest}"
        start += len(line) + 1


def parted_edits(page: str, code: str, scorer: Scorer, sure: float) -> list[Edit]:
    """Return an edit for each two lines that were one."""
    return [
        Edit(code, start, end, page[start:end], after, sure)
        for start, end, after in parted(page, scorer)
    ]


def may_be_parted(pages: Sequence[str]) -> bool:
    """Return whether a line of a document starts with an alef alone; cheap."""
    return any(LONE_ALEF.search(page) for page in pages)
