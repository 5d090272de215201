"""Readings that the n-grams leave in doubt, and what stands around them."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Final

from arfix.lattice import Arc
from arfix.lm.ngrams import BOUNDARY

#: A reading that is more probable than this is not in doubt.
SURE: Final = 0.95
_OUTSIDE: Final = Arc(BOUNDARY, BOUNDARY, 0.0, "")


def in_doubt(row: Sequence[float]) -> bool:
    """Return whether none of the readings of a word is sure."""
    return len(row) > 1 and max(row) < SURE


def likeliest(lattice: Sequence[Sequence[Arc]], rows: Sequence[Sequence[float]]) -> list[Arc]:
    """Return for each token the arc with the highest posterior."""
    return [
        arcs[0] if len(row) == 1 else arcs[max(range(len(row)), key=row.__getitem__)]
        for arcs, row in zip(lattice, rows, strict=True)
    ]


def neighbours(chosen: Sequence[Arc], at: int, most: int) -> tuple[list[Arc], list[Arc]]:
    """Return what stands before and behind a place, the nearest first, a boundary the last.

    Args:
        chosen: An arc for each token.
        at: The place.
        most: How many to return on each side.
    """
    sides: tuple[list[Arc], list[Arc]] = ([], [])
    for side, step in zip(sides, (-1, 1), strict=True):
        for distance in range(1, most + 1):
            place = at + step * distance
            arc = chosen[place] if 0 <= place < len(chosen) else _OUTSIDE
            side.append(arc)
            if arc.word == BOUNDARY:
                break
    return sides


def weighed(row: Sequence[float], gains: Sequence[float]) -> list[float]:
    """Return posteriors after something more was said of each reading, in nats."""
    scores = [
        math.log(max(posterior, 1e-12)) + gain for posterior, gain in zip(row, gains, strict=True)
    ]
    best = max(scores)
    weights = [math.exp(score - best) for score in scores]
    total = sum(weights)
    return [weight / total for weight in weights]


def reweighed(
    lattice: Sequence[Sequence[Arc]],
    rows: Sequence[list[float]],
    gains: Callable[[Sequence[Arc], int, Sequence[Arc]], Sequence[float]],
) -> list[list[float]]:
    """Return the posteriors of the arcs of a page, more being said of those in doubt.

    Args:
        lattice: For each token its arcs.
        rows: For each token the posteriors of its arcs.
        gains: Returns what is said of each reading, in nats, from the likeliest arc of every
            token, the place of one and its arcs.
    """
    chosen = likeliest(lattice, rows)
    return [
        weighed(row, gains(chosen, at, arcs)) if in_doubt(row) else row
        for at, (arcs, row) in enumerate(zip(lattice, rows, strict=True))
    ]
