"""The best way through places that each have several readings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import TypeVar

T = TypeVar("T")


def best_path(
    places: Sequence[Sequence[T]],
    own: Callable[[T], float],
    link: Callable[[T | None, T | None], float],
) -> list[int]:
    """Return which reading of each place the best way goes through; of equals the first ones.

    Args:
        places: The readings of each place.
        own: What a reading is worth by itself.
        link: What two readings one after the other are worth; None stands before the first place
            and behind the last one.

    Example:
        >>> best_path([[1, 5], [4, 2]], lambda it: 0.0, lambda a, b: -abs((a or 0) - (b or 0)))
        [0, 1]
    """
    if not places:
        return []
    values = [link(None, reading) + own(reading) for reading in places[0]]
    origins: list[list[int]] = []
    for before, now in pairwise(places):
        links = [
            max(
                (value + link(old, new), -number)
                for number, (value, old) in enumerate(zip(values, before, strict=True))
            )
            for new in now
        ]
        origins.append([-number for _, number in links])
        values = [value + own(new) for (value, _), new in zip(links, now, strict=True)]
    values = [value + link(last, None) for value, last in zip(values, places[-1], strict=True)]
    place = values.index(max(values))
    chosen = [place]
    for origin in reversed(origins):
        place = origin[place]
        chosen.append(place)
    return chosen[::-1]
