"""The training of the models against modified Kneser-Ney written down plainly."""

from __future__ import annotations

import itertools
import math
import random
from collections import Counter, defaultdict

import pytest

numpy = pytest.importorskip("numpy", reason="needed to train a model, never to use one")

from datakit.kneser_ney import backed_off, prune, train  # noqa: E402

#: Ids: 0 is the boundary.
SIZE = 9
BASE = 16
Gram = tuple[int, ...]


def corpus(seed: int, words: int) -> list[int]:
    """Return ids in which some words like each other, as in a language."""
    chance = random.Random(seed)
    ids = [0]
    for _ in range(words):
        last = ids[-1]
        likely = [(3 * last + 1) % SIZE, (last + 2) % SIZE, chance.randrange(SIZE)]
        ids.append(chance.choice(likely) if chance.random() < 0.8 else chance.randrange(SIZE))
        if chance.random() < 0.12:
            ids.append(0)
    ids.append(0)
    return ids


class Oracle:
    """Interpolated modified Kneser-Ney (Chen & Goodman 1998), one formula after the other."""

    @staticmethod
    def _starts(gram: Gram) -> bool:
        """Return whether an n-gram begins at a boundary and so has no left context."""
        return len(gram) > 1 and gram[0] == 0

    def __init__(self, streams: list[tuple[list[int], float]], order: int) -> None:
        self.order = order
        self.times: list[Counter[Gram]] = []
        self.weights: list[dict[Gram, float]] = []
        for n in range(1, order + 1):
            times: Counter[Gram] = Counter()
            weights: dict[Gram, float] = defaultdict(float)
            for ids, weight in streams:
                for start in range(len(ids) - n + 1):
                    gram = tuple(ids[start : start + n])
                    if 0 not in gram[1:-1]:  # a sentence ends at a boundary
                        times[gram] += 1
                        weights[gram] += weight
            self.times.append(times)
            self.weights.append(weights)
        # Below the highest order an n-gram counts once for each word seen before it; one that
        # begins at a boundary has none, and keeps its count.
        for n in range(order - 1, 0, -1):
            before: dict[Gram, list[Gram]] = defaultdict(list)
            for gram in self.times[n]:
                before[gram[1:]].append(gram)
            raw_times, raw_weights = self.times[n - 1], self.weights[n - 1]
            self.times[n - 1] = Counter(
                {
                    gram: raw_times[gram] if self._starts(gram) else len(before[gram])
                    for gram in raw_times
                    if self._starts(gram) or before[gram]
                }
            )
            self.weights[n - 1] = {
                gram: raw_weights[gram]
                if self._starts(gram)
                else sum(
                    self.weights[n][longer] / self.times[n][longer] if n == order - 1 else 1.0
                    for longer in before[gram]
                )
                for gram in self.times[n - 1]
            }
        self.discounts = [self._discounts(times) for times in self.times]

    @staticmethod
    def _discounts(times: Counter[Gram]) -> tuple[float, float, float]:
        n1, n2, n3, n4 = (max(1, sum(t == k for t in times.values())) for k in (1, 2, 3, 4))
        y = n1 / (n1 + 2 * n2)
        plain = (1 - 2 * y * n2 / n1, 2 - 3 * y * n3 / n2, 3 - 4 * y * n4 / n3)
        one, two, three = (min(max(value, 0.05), k) for k, value in enumerate(plain, 1))
        return one, two, three

    def probability(self, gram: Gram) -> float:
        """Return P(last | the ones before)."""
        n = len(gram)
        times, weights = self.times[n - 1], self.weights[n - 1]
        history = gram[:-1]
        below = 1 / SIZE if n == 1 else self.probability(gram[1:])
        followers = [other for other in weights if other[:-1] == history]
        if not followers:
            return below
        total = sum(weights[other] for other in followers)
        lost = {
            other: weights[other] * self.discounts[n - 1][min(times[other], 3) - 1] / times[other]
            for other in followers
        }
        own = weights[gram] - lost[gram] if gram in lost else 0.0
        return (own + sum(lost.values()) * below) / total


def trained(streams: list[tuple[list[int], float]], order: int) -> list:
    floor = numpy.zeros(BASE)
    floor[:SIZE] = 1 / SIZE
    arrays = [(numpy.array(ids, numpy.int32), weight) for ids, weight in streams]
    return train(arrays, order, BASE, floor)


def key(gram: Gram) -> int:
    return sum(part * BASE ** (len(gram) - 1 - place) for place, part in enumerate(gram))


def histories(length: int) -> list[Gram]:
    """Return what can stand before a word: a boundary only at the very start."""
    return [
        history for history in itertools.product(range(SIZE), repeat=length) if 0 not in history[1:]
    ]


STREAMS = {
    "one": [(corpus(1, 400), 1.0)],
    "two, weighted": [(corpus(2, 150), 3.0), (corpus(3, 300), 1.0)],
}


@pytest.mark.parametrize("name", STREAMS)
@pytest.mark.parametrize("order", [2, 3])
def test_every_seen_ngram_has_the_textbook_probability(name: str, order: int) -> None:
    oracle = Oracle(STREAMS[name], order)
    orders = trained(STREAMS[name], order)
    for n, found in enumerate(orders, 1):
        for number, probability in zip(found.keys.tolist(), found.probability, strict=True):
            gram = tuple(number // BASE ** (n - 1 - place) % BASE for place in range(n))
            if max(gram) < SIZE:
                assert probability == pytest.approx(oracle.probability(gram), rel=1e-9), gram


@pytest.mark.parametrize("name", STREAMS)
def test_backing_off_gives_the_textbook_probability_of_everything(name: str) -> None:
    oracle = Oracle(STREAMS[name], 3)
    model = prune(trained(STREAMS[name], 3), BASE, [1, 1, 1], [0, 10**6, 10**6])
    for history in histories(2):
        for word in range(SIZE):
            gram = (*history, word)
            (found,) = backed_off(
                model.keys, model.probability, model.backoff, numpy.array([key(gram)]), 3, BASE
            )
            assert math.exp(found) == pytest.approx(oracle.probability(gram), rel=1e-6), gram


@pytest.mark.parametrize("name", STREAMS)
@pytest.mark.parametrize(
    ("cutoffs", "limits"),
    [
        ([1, 1, 1], [0, 10**6, 10**6]),
        ([1, 2, 3], [0, 10**6, 10**6]),
        ([1, 1, 1], [0, 30, 10**6]),
        ([1, 3, 5], [0, 25, 20]),
        ([1, 1, 1], [0, 1, 1]),
    ],
    ids=["nothing pruned", "cut-offs", "fewer pairs", "both", "nearly all pruned"],
)
def test_probabilities_sum_to_one(name: str, cutoffs: list[int], limits: list[int]) -> None:
    model = prune(trained(STREAMS[name], 3), BASE, cutoffs, limits)
    for length in (0, 1, 2):
        for history in histories(length):
            keys = numpy.array([key((*history, word)) for word in range(SIZE)])
            found = backed_off(model.keys, model.probability, model.backoff, keys, length + 1, BASE)
            assert float(numpy.exp(found).sum()) == pytest.approx(1.0, abs=1e-6), history


def test_pruning_keeps_what_the_kept_need() -> None:
    model = prune(trained(STREAMS["one"], 3), BASE, [1, 1, 1], [0, 20, 30])
    pairs = set(model.keys[1].tolist())
    for number in model.keys[2].tolist():
        assert number // BASE in pairs
        assert number % BASE**2 in pairs


def test_cut_offs_are_on_true_counts() -> None:
    # Nothing seen fewer than three times may leave the corpora, whatever its weight.
    ids = corpus(4, 300)
    model = prune(trained([(ids, 5.0)], 3), BASE, [1, 3, 3], [0, 10**6, 10**6])
    for n in (2, 3):
        grams = Counter(tuple(ids[start : start + n]) for start in range(len(ids) - n + 1))
        frequent = {key(gram) for gram, t in grams.items() if t >= 3 and 0 not in gram[1:-1]}
        assert set(model.keys[n - 1].tolist()) == frequent
