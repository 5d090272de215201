"""Lines that were cut in pieces, which came out last to first.

An extractor that loses the direction at a quotation mark, a vowel mark or a glyph without a letter
hands out what it had read so far and goes on in front of it: ``P1 P2 P3`` becomes ``P3 P2 P1``,
each piece in good order. Where the cuts were, only the words can tell.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import TYPE_CHECKING, Final

from arfix.order.atoms import PUNCTUATION, SPACE, Atom

if TYPE_CHECKING:
    from arfix.order.placement import Arrangement
    from arfix.order.scoring import Scorer, Unit

#: Gaps that are tried, those that read worst.
_MOST_GAPS: Final = 9
_MOST_CUTS: Final = 3
_FEWEST_WORDS: Final = 4
#: Nats by which each cut must pay: there are many places to cut at.
_CUT_COST: Final = 3.0
#: Where two words fit less badly than this, no cut is looked for.
_FITTING: Final = 1.0
_BORDER: Final = 0.3
_QUOTES: Final = frozenset('\u00ab\u00bb"()[]\u201c\u201d\u2039\u203a')


def pieces(
    line: Sequence[Atom], units: Sequence[Unit | None], scorer: Scorer
) -> tuple[Arrangement, float] | None:
    """Return the best arrangement with the pieces last to first, and by how much it is better.

    Args:
        line: The atoms.
        units: What the model sees of each.
        scorer: Judges pairs of them.
    """
    seen = [index for index, unit in enumerate(units) if unit is not None]
    if len(seen) < _FEWEST_WORDS:
        return None
    chain = [unit for unit in units if unit is not None]
    pair = scorer.pair
    gaps = []
    for place in range(1, len(chain)):
        before, after = chain[place - 1], chain[place]
        gaps.append((pair(before, after) - pair(None, after), place))
    gaps.sort()
    places = sorted(place for fit, place in gaps[:_MOST_GAPS] if fit < _FITTING)
    loss = {place: pair(chain[place - 1], chain[place]) for place in places}

    # A page breaks its lines anywhere: that a line starts and ends well says little.
    def start(unit: Unit) -> float:
        return _BORDER * scorer.opening(unit) + (1 - _BORDER) * pair(None, unit)

    def end(unit: Unit) -> float:
        return _BORDER * scorer.closing(unit)

    as_is = start(chain[0]) + end(chain[-1])
    best, chosen = 0.0, None
    size = len(chain)
    for count in range(1, _MOST_CUTS + 1):
        for cuts in combinations(places, count):
            gain = start(chain[cuts[-1]]) + end(chain[cuts[0] - 1]) - as_is - _CUT_COST * count
            low = 0
            for index, cut in enumerate(cuts):
                high = cuts[index + 1] if index + 1 < count else size
                gain += pair(chain[high - 1], chain[low]) - loss[cut]
                low = cut
            if gain > best:
                best, chosen = gain, cuts
    if chosen is None:
        return None
    bounds = [0, *(_border(line, seen[cut - 1], seen[cut]) for cut in chosen), len(line)]
    order: list[tuple[int, bool]] = []
    for low, high in zip(bounds[-2::-1], bounds[:0:-1], strict=True):
        order += [(index, False) for index in range(low, high)]
    return tuple(order), best


def _border(line: Sequence[Atom], before: int, after: int) -> int:
    """Return the atom that the second piece starts with, somewhere between two words."""
    between = range(before + 1, after)
    for index in between:
        if line[index].kind == SPACE:
            return index
    for index in between:
        atom = line[index]
        if atom.kind == PUNCTUATION and atom.text in _QUOTES:
            # A quotation mark stays with the words that its partner stands at.
            left = sum(part.text in _QUOTES for part in line[:index])
            return index if left % 2 == 0 else index + 1
    return after
