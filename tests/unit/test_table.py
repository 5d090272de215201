"""The n-gram tables against a dictionary."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arfix.lm.table import Table

numpy = pytest.importorskip("numpy", reason="needed to build a table, never to read one")

from datakit import table as builder  # noqa: E402

#: Value bits and cell bits, as the models use them.
SHAPES = ((6, 16), (8, 16), (16, 32))
FORMATS = {16: "H", 32: "I"}


def made(wanted: dict[int, int], value_bits: int, cell_bits: int) -> Table:
    keys = numpy.array(list(wanted), numpy.int64)
    values = numpy.array(list(wanted.values()), numpy.int64)
    cells, multiplier = builder.build(keys, values, value_bits, cell_bits)
    view = memoryview(cells.tobytes()).cast(FORMATS[cell_bits])
    return Table(view, value_bits, cell_bits, multiplier)


@pytest.mark.parametrize("shape", SHAPES)
@given(keys=st.sets(st.integers(0, 2**60), max_size=60), seed=st.integers(0, 99))
@settings(max_examples=25)
def test_every_stored_key_has_its_value(shape: tuple[int, int], keys: set[int], seed: int) -> None:
    chance = random.Random(seed)
    wanted = {key: chance.randrange(1 << shape[0]) for key in sorted(keys)}
    table = made(wanted, *shape)
    assert {key: table.get(key) for key in wanted} == wanted


@pytest.mark.parametrize("step", [1, 1 << 20, (1 << 20) + 1, 1 << 40])
def test_keys_in_step_can_be_stored(step: int) -> None:
    # A bad hash would send the n-grams of one history to the same slots.
    wanted = {number * step: number % 60 for number in range(5_000)}
    table = made(wanted, 6, 16)
    assert {key: table.get(key) for key in wanted} == wanted


@pytest.mark.parametrize(("value_bits", "cell_bits"), SHAPES)
def test_other_keys_are_rarely_taken_for_stored_ones(value_bits: int, cell_bits: int) -> None:
    chance = random.Random(1)
    wanted = {chance.randrange(1 << 60): 1 for _ in range(3_000)}
    table = made(wanted, value_bits, cell_bits)
    asked = 40_000
    hits = sum(table.get(chance.randrange(1 << 60)) >= 0 for _ in range(asked))
    expected = asked / 2 ** (cell_bits - value_bits)
    assert abs(hits - expected) <= 5 * expected**0.5 + 3
