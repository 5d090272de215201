"""What was done to a document: how often each hypothesis holds in it, found by its lines."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Final

from arfix.order.drawn import DRAWN, QUOTED
from arfix.order.hypotheses import END_FIRST, IDENTITY, KEPT, KINDS, LATE, SEVERAL, WORDS_AND_COMMAS

#: Scores of one line: hypothesis by its name.
Scores = Mapping[str, float]

_ROUNDS: Final = 8
#: How common a hypothesis is before a line was seen; nothing was done to most lines.
_BASE: Final = 0.02
_SPECIAL: Final = {
    IDENTITY: 1.0,
    END_FIRST: 0.2,
    "whole": 0.002,
    # Where no model tells the order of words, as in Persian, whole lines were turned.
    "inplace-tokens": 0.01,
    DRAWN: 0.03,
    QUOTED: 0.025,
    WORDS_AND_COMMAS: 0.025,
    # Each line may have been anything: the document must speak for it.
    **dict.fromkeys((*SEVERAL, *LATE), 0.004),
}
_BASE_KEPT: Final = 0.01
_HINT: Final = 0.1
_MOST_HINT: Final = 3.0
_WEIGHT: Final = 2.0


class Prior:
    """Log-probability of each hypothesis in this document, by the kind of line.

    Args:
        lines: The scores of the lines, each with the kind of the line.
    """

    def __init__(self, lines: Sequence[tuple[str, Scores]]) -> None:
        self._shares: dict[str, dict[str, float]] = {}
        for kind in KINDS:
            names = {name for other, scores in lines if other == kind for name in scores}
            self._shares[kind] = {name: _base(name) for name in names} or {IDENTITY: 1.0}
        for _ in range(_ROUNDS):
            counts: dict[str, dict[str, float]] = {kind: defaultdict(float) for kind in KINDS}
            for kind, scores in lines:
                for name, share in self.posterior(kind, scores).items():
                    counts[kind][name] += share
            # What holds for lines of one kind is a hint for those of the others.
            for kind, shares in self._shares.items():
                for name in shares:
                    others = sum(counts[other].get(name, 0.0) for other in KINDS if other != kind)
                    hint = min(_HINT * others, _MOST_HINT)
                    shares[name] = counts[kind][name] + _base(name) + hint

    def log(self, kind: str, name: str) -> float:
        """Return the natural log of the share of a hypothesis."""
        shares = self._shares[kind]
        total = sum(shares.values())
        return math.log(shares.get(name, _base(name)) / total)

    def posterior(self, kind: str, scores: Scores) -> dict[str, float]:
        """Return how probable each hypothesis about a line is."""
        return _shared(
            {name: score + _WEIGHT * self.log(kind, name) for name, score in scores.items()}
        )

    def by_others(self, kind: str, scores: Scores) -> dict[str, float]:
        """Return the same of a line that taught this prior, by what the other lines show.

        Where few lines are of a kind, each would speak for whatever it was taken for itself.
        """
        own = self.posterior(kind, scores)
        shares = self._shares[kind]
        values = {}
        for name, score in scores.items():
            share = max(shares.get(name, 0.0) - own[name], _base(name))
            values[name] = score + _WEIGHT * math.log(share)
        return _shared(values)

    def evidence(self, kind: str, scores: Scores) -> float:
        """Return by how much this prior explains a line better than that nothing was done."""
        values = [score + self.log(kind, name) for name, score in scores.items()]
        best = max(values)
        total = best + math.log(sum(math.exp(value - best) for value in values))
        return total - max(scores[IDENTITY], scores.get(END_FIRST, -math.inf))

    def likely(self, kind: str, least: float) -> frozenset[str]:
        """Return the hypotheses with at least such a share."""
        shares = self._shares[kind]
        total = sum(shares.values())
        return frozenset(name for name, share in shares.items() if share >= least * total)


def _shared(values: Mapping[str, float]) -> dict[str, float]:
    """Return natural logs as shares of one."""
    best = max(values.values())
    weights = {name: math.exp(value - best) for name, value in values.items()}
    total = sum(weights.values())
    return {name: weight / total for name, weight in weights.items()}


def _base(name: str) -> float:
    return _SPECIAL.get(name, _BASE_KEPT if name in KEPT else _BASE)
