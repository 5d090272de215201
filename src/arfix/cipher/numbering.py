"""The order of a text in codes that are numbered by first use: they rise as it is read.

A producer that has no letter for its shaped glyphs gives them private-use codes in the order in
which they come up. No model can judge such a line while nobody knows its letters, but new codes
rise in reading order and in no other.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from arfix.bidi import Base, pdfbox_pass, visual
from arfix.cipher.symbols import PRIVATE_CLASS
from arfix.view import LETTER_CLASS

_PRIVATE: Final = re.compile(f"[{PRIVATE_CLASS}]")
_LETTER: Final = re.compile(f"[{LETTER_CLASS}]")
_RUN: Final = re.compile(f"[{PRIVATE_CLASS}]{{2,}}")
#: Fewer codes, or fewer different ones, and a text is not written in them.
_FEWEST: Final = 60
_FEWEST_DIFFERENT: Final = 25
#: Rising neighbours over all, among the codes that come up for the first time.
_RISING: Final = 0.8
#: So much has to speak for another order of a line.
_LEAST: Final = 2
_SURE: Final = 0.97
_LONGEST_LINE: Final = 1_000


def is_in_codes(pages: Sequence[str]) -> bool:
    """Return whether a text is written in private-use codes for the most part."""
    codes = sum(len(_PRIVATE.findall(page)) for page in pages if _PRIVATE.search(page))
    if codes < _FEWEST:
        return False
    return codes >= sum(len(_LETTER.findall(page)) for page in pages)


def numbered_order(pages: Sequence[str]) -> dict[str, tuple[str, float]]:
    """Return the lines of a text in codes that are out of order, as they should be.

    Returns:
        Line to line in order and how sure that is; nothing where the codes are not numbered by
        first use, whatever the order.
    """
    bodies = [body for page in pages for line in page.split("\n") if (body := line.strip())]
    bodies = [body for body in bodies if _PRIVATE.search(body)]
    # Either the whole document was cut where codes and letters meet, or no line was.
    whole = _chosen(bodies, [list(_turned(body)) for body in bodies])
    cut = _chosen(bodies, [list(_mended(body)) for body in bodies])
    chosen, rising, falling = max(whole, cut, key=lambda it: it[1] - it[2])
    different = len({code for body in bodies for code in _PRIVATE.findall(body)})
    if different < _FEWEST_DIFFERENT or rising < _RISING * (rising + falling):
        return {}
    return chosen


def _chosen(
    bodies: Sequence[str], choices: Sequence[Sequence[str]]
) -> tuple[dict[str, tuple[str, float]], int, int]:
    """Return the lines in another order than they stand, and the steps up and down in all."""
    seen: set[str] = set()
    pairs: Counter[tuple[str, str]] = Counter()
    chosen: dict[str, tuple[str, float]] = {}
    rising = falling = 0
    for body, orders in zip(bodies, choices, strict=True):
        scores = []
        for text in dict.fromkeys(orders):
            up, down = _steps(text, seen)
            known = sum(pair in pairs for pair in _neighbours(text))
            scores.append((up - down + known, up, down, text))
        best = max(scores, key=lambda it: it[0])
        if best[3] != body and best[0] < scores[0][0] + _LEAST:
            best = scores[0]
        rising += best[1]
        falling += best[2]
        pairs.update(_neighbours(best[3]))
        seen.update(_PRIVATE.findall(body))
        if best[3] != body:
            chosen[body] = (best[3], _SURE)
    return chosen, rising, falling


def _turned(line: str) -> Iterator[str]:
    """Yield the line as it stands, and turned round."""
    yield line
    if len(line) <= _LONGEST_LINE:
        yield visual(line, "R", private="AL")


def _mended(line: str) -> Iterator[str]:
    """Yield the line as it stands, and what PDFBox may have made it of."""
    yield line
    if len(line) > _LONGEST_LINE:
        return
    bases: tuple[Base, ...] = ("L", "R")
    for base in bases:
        drawn = visual(line, base)
        if pdfbox_pass(drawn) == line:
            yield visual(drawn, "R", private="AL")


def _steps(text: str, seen: set[str]) -> tuple[int, int]:
    """Return how often a new code is higher than the new one before it, and how often lower."""
    new = dict.fromkeys(code for code in _PRIVATE.findall(text) if code not in seen)
    up = sum(one < two for one, two in pairwise(new))
    return up, max(0, len(new) - 1) - up


def _neighbours(text: str) -> Iterator[tuple[str, str]]:
    for run in _RUN.findall(text):
        yield from pairwise(run)
