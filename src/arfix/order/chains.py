"""Lines cut at their numbers, the pieces as lines of their own, last to first.

An extractor that starts a line wherever the direction changes hands out ``P1 12 P2``, drawn from
right to left, as the lines ``P2``, ``12`` and ``P1``. A number alone in a line is rare enough to
look there; the language model tells whether the pieces read better last to first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from arfix.edits import Edit
from arfix.order.atoms import SPACE, atoms

if TYPE_CHECKING:
    from arfix.order.scoring import Scorer, Unit

_SIGNS: Final = "\\s(){}\\[\\].,:/%\u060c\u066a\u2013\\-"
_DIGITS: Final = "0-9\u0660-\u0669\u06f0-\u06f9"
#: A line of numbers or Latin words.
_NUMBER: Final = re.compile(
    f"[{_SIGNS}{_DIGITS}]*[{_DIGITS}A-Za-z](?:[{_SIGNS}{_DIGITS}A-Za-z]|(?<=[A-Za-z])[_@#&'])*"
)
#: A line that holds nothing but a number.
LONE_NUMBER: Final = re.compile(
    f"^[^\\S\\n]*[(]?[{_DIGITS}][{_DIGITS}.,:/%)\u060c\u066a \t-]*$", re.MULTILINE
)
#: Numbers alone in a line, of several chains, before any is looked at.
_FEWEST_NUMBERS: Final = 3
_FEWEST: Final = 3
#: Nats by which a chain must read better, and all of them on the average.
_MARGIN: Final = 2.0
_AVERAGE: Final = 4.0
#: Nats by which one of them may read worse where the others prove it.
_SLIP: Final = 6.0
#: Share of the chains that must read better.
_MOST: Final = 0.7
_LONGEST: Final = 400
#: Share of the lines that follow another one at once where all are set apart.
_MOST_TOGETHER: Final = 0.2

#: The lines of a chain, as they stand between the ends of lines.
Chain = tuple[str, ...]


def chained(pages: Sequence[str], scorer: Scorer) -> dict[Chain, str]:
    """Return the chains that were one line, and that line.

    Args:
        pages: The document.
        scorer: Judges which words follow one another.
    """
    if sum(len(LONE_NUMBER.findall(page)) for page in pages) < _FEWEST_NUMBERS:
        return {}
    found: dict[Chain, str] = {}
    gains: list[float] = []
    for page in pages:
        for _, chain in chains(page):
            forward = [unit for line in chain for unit in _units(line, scorer)]
            backward = [unit for line in reversed(chain) for unit in _units(line, scorer)]
            gains.append(scorer.score(backward) - scorer.score(forward))
            if gains[-1] > -_SLIP:
                found[chain] = _whole(chain)
    better = sum(gain > _MARGIN for gain in gains)
    worse = sum(gain < -_MARGIN for gain in gains)
    enough = better >= max(_FEWEST, _MOST * (better + worse))
    if not enough or sum(gains) < _AVERAGE * len(gains):
        return {}
    return found


def chains(page: str) -> Iterator[tuple[int, Chain]]:
    """Yield where in a page lines and numbers alone in a line take turns, and these lines."""
    lines = page.split("\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    rows = list(range(len(lines)))
    if _is_spread(lines):
        rows = [row for row in rows if lines[row].strip()]
    numbers = [_NUMBER.fullmatch(lines[row]) is not None for row in rows]
    place = 0
    while place + 1 < len(rows):
        if numbers[place] or not lines[rows[place]].strip() or not numbers[place + 1]:
            place += 1
            continue
        end = place + 1
        while (
            end + 1 < len(rows)
            and lines[rows[end + 1]].strip()
            and numbers[end + 1] != numbers[end]
        ):
            end += 1
        chain = tuple(lines[rows[place] : rows[end] + 1])
        if end - place > 1 and all(len(line) <= _LONGEST for line in chain):
            yield starts[rows[place]], chain
        place = end + 1 if numbers[end] else end


def _is_spread(lines: Sequence[str]) -> bool:
    """Return whether an empty line stands behind nearly every other one.

    Example:
        >>> _is_spread(["a", "", "1", "", "b"]), _is_spread(["a", "1", "", "b", "2"])
        (True, False)
    """
    filled = [bool(line.strip()) for line in lines]
    together = sum(one and other for one, other in pairwise(filled))
    return together <= _MOST_TOGETHER * sum(filled)


def chain_edits(page: str, code: str, whole: dict[Chain, str], sure: float) -> list[Edit]:
    """Return an edit for each chain; the lines that it leaves are empty."""
    edits = []
    for start, chain in chains(page):
        if chain in whole:
            before = "\n".join(chain)
            after = whole[chain] + "\n" * (len(chain) - 1)
            edits.append(Edit(code, start, start + len(before), before, after, sure))
    return edits


def _whole(chain: Chain) -> str:
    """Return the one line; what stood apart from its neighbour still does."""
    pieces = [line for line in chain if line.strip()]
    whole = pieces[-1].strip()
    for line, before in zip(pieces[-2::-1], pieces[:0:-1], strict=True):
        apart = line != line.rstrip() or before != before.lstrip()
        whole += (" " if apart else "") + line.strip()
    return whole


def _units(line: str, scorer: Scorer) -> list[Unit]:
    parts = [atom for atom in atoms(line) if atom.kind != SPACE]
    return [unit for unit in scorer.units(parts, turned=False)[0] if unit is not None]
