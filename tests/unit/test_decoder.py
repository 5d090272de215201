"""The decoder against brute force: every path of a small lattice, scored and summed."""

from __future__ import annotations

import itertools
import math
import random
from typing import Any

import pytest

from arfix.decoder import BEAM_DEPTH, decode
from arfix.lattice import Arc
from arfix.lm.ngrams import CLASS_BITS, CLASS_WEIGHT, WORD_BITS, WORD_WEIGHT

_PAIR = (1 << 2 * WORD_BITS) - 1
_TRIPLE = (1 << 3 * CLASS_BITS) - 1


class FakeModel:
    """Scores that depend on the whole history that the decoder may keep, and on nothing else."""

    def __init__(self, seed: int, spread: float) -> None:
        self.seed = seed
        self.spread = spread
        self.known_words: dict[int, float] = {}
        self.known_classes: dict[int, float] = {}

    def word(self, history: int, word: int) -> float:
        assert 0 <= history <= _PAIR
        found = self._score("word", history, word)
        self.known_words[history << WORD_BITS | word] = found
        return found

    def klass(self, history: int, last: int) -> float:
        assert 0 <= history <= _TRIPLE
        found = self._score("class", history, last)
        self.known_classes[history << CLASS_BITS | last] = found
        return found

    def _score(self, *what: object) -> float:
        return -self.spread * random.Random(f"{self.seed}{what}").random()


def lattice_of(seed: int, widths: list[int], spread: float) -> list[list[Arc]]:
    chance = random.Random(seed)
    return [
        [
            Arc(
                chance.randrange(1 << WORD_BITS),
                chance.randrange(1 << CLASS_BITS),
                -spread * chance.random(),
                str(number),
            )
            for number in range(width)
        ]
        for width in widths
    ]


def by_brute_force(lattice: list[list[Arc]], model: FakeModel) -> list[list[float]]:
    """Return the posteriors: each path's probability, summed over the paths of an arc."""
    scored = []
    for path in itertools.product(*(range(len(arcs)) for arcs in lattice)):
        words = classes = 0
        total = 0.0
        for arcs, which in zip(lattice, path, strict=True):
            arc = arcs[which]
            total += (
                WORD_WEIGHT * model.word(words, arc.word)
                + CLASS_WEIGHT * model.klass(classes, arc.klass)
                + arc.weight
            )
            words = (words << WORD_BITS | arc.word) & _PAIR
            classes = (classes << CLASS_BITS | arc.klass) & _TRIPLE
        scored.append((path, total))
    best = max(total for _, total in scored)
    rows = [[0.0] * len(arcs) for arcs in lattice]
    for path, total in scored:
        for row, which in zip(rows, path, strict=True):
            row[which] += math.exp(total - best)
    return [[value / sum(row) for value in row] for row in rows]


def decoded(lattice: list[list[Arc]], model: FakeModel) -> list[list[float]]:
    return decode(lattice, model).rows  # type: ignore[arg-type]


WIDTHS = [
    [1],
    [2],
    [3, 1],
    [1, 1, 3, 1, 1],
    [2, 2, 2, 2],
    [3, 1, 1, 1, 1, 3],
    [2, 1, 2, 1, 2, 1],
    [1, 2, 1, 1, 1, 1, 2, 1],
]


@pytest.mark.parametrize("widths", WIDTHS, ids=str)
@pytest.mark.parametrize("seed", range(6))
def test_posteriors_are_those_of_all_paths(widths: list[int], seed: int) -> None:
    model = FakeModel(seed, 2.0)
    lattice = lattice_of(seed, widths, 2.0)
    expected = by_brute_force(lattice, FakeModel(seed, 2.0))
    # The second time every answer of the model is known.
    for rows in (decoded(lattice, model), decoded(lattice, model)):
        for row, wanted in zip(rows, expected, strict=True):
            assert row == pytest.approx(wanted, abs=1e-9)


@pytest.mark.parametrize("seed", range(6))
def test_what_is_dropped_hardly_matters(seed: int) -> None:
    model = FakeModel(seed, 12.0)
    lattice = lattice_of(seed, [3, 3, 3, 3, 3, 3, 3], 12.0)
    expected = by_brute_force(lattice, model)
    for row, wanted in zip(decoded(lattice, model), expected, strict=True):
        assert row == pytest.approx(wanted, abs=0.02)


@pytest.mark.parametrize("spread", [0.5, 5.0, 50.0, 500.0])
def test_rows_sum_to_one(spread: float) -> None:
    chance = random.Random(7)
    widths = [chance.choice([1, 1, 1, 2, 4, 8]) for _ in range(200)]
    rows = decoded(lattice_of(1, widths, spread), FakeModel(1, spread))
    assert [len(row) for row in rows] == widths
    for row in rows:
        assert all(0.0 <= value <= 1.0 + 1e-12 for value in row)
        assert sum(row) == pytest.approx(1.0)


def test_one_reading_is_certain() -> None:
    assert decoded(lattice_of(1, [1, 1, 1], 5.0), FakeModel(1, 5.0)) == [[1.0], [1.0], [1.0]]


def test_no_tokens() -> None:
    assert decoded([], FakeModel(1, 1.0)) == []


def test_a_hopeless_reading_gets_nothing() -> None:
    first, second = Arc(1, 1, 0.0, "a"), Arc(2, 2, -5 * BEAM_DEPTH, "b")
    ((good, bad),) = decoded([[first, second]], FakeModel(1, 1.0))
    assert good == pytest.approx(1.0)
    assert bad == 0.0


def test_equal_readings_share() -> None:
    arc = Arc(1, 1, -1.0, "a")
    assert decoded([[arc, arc]], FakeModel(1, 1.0)) == [[0.5, 0.5]]


def test_asks_the_model_only_where_there_is_a_choice() -> None:
    class Counting(FakeModel):
        asked = 0

        def word(self, history: int, word: int) -> float:
            self.asked += 1
            return super().word(history, word)

    model: Any = Counting(1, 1.0)
    decode(lattice_of(1, [1] * 50 + [2] + [1] * 50, 1.0), model)
    # The choice itself, and the three tokens behind it whose history it is part of.
    assert model.asked <= 2 + 2 * 3 + 1
