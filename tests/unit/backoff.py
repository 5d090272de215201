"""Backing off, written down plainly: what the packed n-gram models are compared to."""

from __future__ import annotations

from typing import Any

import pytest

numpy = pytest.importorskip("numpy", reason="needed to train a model, never to use one")

from datakit import kneser_ney, pack_lm  # noqa: E402

Gram = tuple[int, ...]


class Backoff:
    """A model as dictionaries, with the probabilities rounded as the file rounds them."""

    def __init__(self, model: Any, bits: int) -> None:
        base = 1 << bits
        self.order = len(model.keys)
        self.probability: dict[Gram, float] = {}
        self.backoff: dict[Gram, float] = {}
        for n, keys in enumerate(model.keys, 1):
            grams = [
                tuple(key >> bits * (n - 1 - place) & base - 1 for place in range(n))
                for key in keys.tolist()
            ]
            rounded = rounding(model.probability[n - 1], 6 if n == self.order else 8)
            self.probability.update(zip(grams, rounded, strict=True))
            if n < self.order:
                rounded = rounding(model.backoff[n - 1], 8)
                self.backoff.update(zip(grams, rounded, strict=True))

    def log_probability(self, history: Gram, last: int) -> float:
        """Return ln P(last | history)."""
        gram = (*history, last)
        if gram in self.probability:
            return self.probability[gram]
        below = self.log_probability(history[1:], last)
        # Nothing goes on behind a boundary but a new sentence.
        known = history in self.backoff and (len(history) == 1 or history[-1] != 0)
        return below + (self.backoff[history] if known else 0.0)


def rounding(values: Any, bits: int) -> list[float]:
    codes, book = pack_lm.codebook(values, bits)
    return [float(book.astype("<f4")[code]) for code in codes.tolist()]


def trained(ids: list[int], order: int, bits: int, size: int, limits: list[int]) -> Any:
    base = 1 << bits
    floor = numpy.zeros(base)
    floor[:size] = 1 / size
    orders = kneser_ney.train([(numpy.array(ids, numpy.int32), 1.0)], order, base, floor)
    return kneser_ney.prune(orders, base, [1] * order, limits)


def packed(history: Gram, bits: int) -> int:
    number = 0
    for part in history:
        number = number << bits | part
    return number


def share_wrong(pairs: list[tuple[float, float]]) -> float:
    return sum(abs(a - b) > 1e-4 for a, b in pairs) / len(pairs)
