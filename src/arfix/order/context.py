"""Lines as they fit to the lines around: where one ends, the next goes on.

The words on one side of a Latin word say nothing about those on the other, so that a line cut at
its Latin words reads as well in several orders. Each of these starts and ends with other words.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from arfix.lm.ngrams import UNKNOWN
from arfix.order.atoms import WORD
from arfix.order.paths import best_path

if TYPE_CHECKING:
    from arfix.order.hypotheses import Hypothesis
    from arfix.order.render import Line
    from arfix.order.scoring import Scorer, Unit

#: An order of a line, and how sure it is.
Order = tuple["Hypothesis", float]

#: Nats that one border between two lines may say, and what they weigh.
_MOST: Final = 4.0
_WEIGHT: Final = 1.0
#: Share of the orders that may be right as well, and nats in favour of the one chosen.
_OPEN_SHARE: Final = 0.0005
_CHOSEN: Final = 0.5
#: A line so much shorter than the next is the last one of its paragraph.
_SHORT: Final = 0.6
#: Share of words that have to be known for their order to say anything.
_LEAST_KNOWN: Final = 0.75
_TINY: Final = 1e-300


@dataclass(frozen=True, slots=True)
class Way:
    """One order of a line.

    Attributes:
        score: How good it is by itself.
        first: The word that it starts with; None says nothing.
        last: The word that it ends with; the same.
    """

    score: float
    first: Unit | None
    last: Unit | None


def open_orders(line: Line, best: Order, posterior: Mapping[str, float]) -> list[Order]:
    """Return the order chosen for a line first, then those that may be right as well.

    Args:
        line: The line.
        best: The order chosen, and how sure that is.
        posterior: How probable each hypothesis about it is.
    """
    shares: dict[tuple[tuple[int, bool], ...], float] = {}
    for name, share in posterior.items():
        arrangement = line.found[name].arrangement
        shares[arrangement] = shares.get(arrangement, 0.0) + share
    found = {best[0].arrangement: best}
    for name in sorted(posterior, key=posterior.__getitem__, reverse=True):
        hypothesis = line.found[name]
        share = shares[hypothesis.arrangement]
        if share > _OPEN_SHARE and hypothesis.arrangement not in found:
            found[hypothesis.arrangement] = (hypothesis, share)
    return list(found.values())


def in_context(
    lines: Sequence[Line], ranked: Sequence[Sequence[Order]], scorer: Scorer
) -> list[int]:
    """Return which of its orders each line has, as it fits to the lines around.

    Args:
        lines: The lines of a document.
        ranked: The orders of each, the one chosen first.
        scorer: Judges which words follow one another.
    """
    first = [0] * len(lines)
    if all(len(orders) == 1 for orders in ranked):
        return first
    words = known = 0
    ways: list[list[Way]] = []
    for number, (line, orders) in enumerate(zip(lines, ranked, strict=True)):
        units = scorer.units(line.atoms)
        ends = number + 1 < len(lines) and len(line.text) < _SHORT * len(lines[number + 1].text)
        ways.append([])
        for place, (hypothesis, share) in enumerate(orders):
            seen = [(index, units[flipped][index]) for index, flipped in hypothesis.arrangement]
            row = [(index, unit) for index, unit in seen if unit is not None]
            score = math.log(max(share, _TINY)) + (0.0 if place else _CHOSEN)
            edges = (row[0][1], None if ends else row[-1][1]) if row else (None, None)
            ways[-1].append(Way(score, *edges))
            if not place:
                of_words = [unit for index, unit in row if line.atoms[index].kind == WORD]
                words += len(of_words)
                known += sum(unit[0] != UNKNOWN for unit in of_words)
    return fitting(ways, scorer) if known >= _LEAST_KNOWN * words else first


def fitting(lines: Sequence[Sequence[Way]], scorer: Scorer) -> list[int]:
    """Return for each line which of its orders fits best to those of the others.

    Args:
        lines: The orders of each line, in the order of the lines.
        scorer: Judges which words follow one another.
    """
    return best_path(lines, lambda way: way.score, lambda old, new: _link(old, new, scorer))


def _link(before: Way | None, after: Way | None, scorer: Scorer) -> float:
    if before is None or after is None or before.last is None or after.first is None:
        return 0.0
    gain = scorer.pair(before.last, after.first) - scorer.pair(None, after.first)
    return _WEIGHT * max(-_MOST, min(_MOST, gain))
