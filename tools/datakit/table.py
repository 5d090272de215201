"""Builds the n-gram tables that ``arfix.lm.table`` reads."""

from __future__ import annotations

import numpy as np

from arfix.lm.table import FOLD, MULTIPLIER, PRIME, SHIFT_1, SHIFT_2, segment


def build(
    keys: np.ndarray, values: np.ndarray, value_bits: int, cell_bits: int
) -> tuple[np.ndarray, int]:
    """Return the cells of a table and the multiplier under which they could be filled.

    Args:
        keys: Distinct non-negative integers below 2**61.
        values: One small integer a key.
        value_bits: How many bits a value has.
        cell_bits: 32 at the most.
    """
    multiplier = MULTIPLIER
    while True:
        cells = _try(keys, values, value_bits, cell_bits, multiplier)
        if cells is not None:
            return cells, multiplier
        multiplier = (multiplier * 3 + 2) % PRIME


def _try(
    keys: np.ndarray, values: np.ndarray, value_bits: int, cell_bits: int, multiplier: int
) -> np.ndarray | None:
    size = segment(len(keys))
    mixed = np.array([key * multiplier % PRIME for key in keys.tolist()], np.int64)
    mixed ^= mixed >> FOLD
    slots = np.stack(
        [mixed % size, size + (mixed >> SHIFT_1) % size, 2 * size + (mixed >> SHIFT_2) % size]
    )
    prints = (mixed >> 9) & ((1 << (cell_bits - value_bits)) - 1)
    wanted = (prints << value_bits) | values.astype(np.int64)
    count = len(keys)
    degree = np.bincount(slots.ravel(), minlength=3 * size)
    members = np.zeros(3 * size, np.int64)  # exclusive-or of the keys that use the slot
    for row in range(3):
        np.bitwise_xor.at(members, slots[row], np.arange(count))
    rounds: list[tuple[np.ndarray, np.ndarray]] = []
    alone = np.flatnonzero(degree == 1)
    left = count
    while len(alone):
        which = members[alone]
        which, first = np.unique(which, return_index=True)
        rounds.append((which, alone[first]))
        left -= len(which)
        for row in range(3):
            np.subtract.at(degree, slots[row, which], 1)
            np.bitwise_xor.at(members, slots[row, which], which)
        touched = np.unique(slots[:, which].ravel())
        alone = touched[degree[touched] == 1]
    if left:
        return None
    cells = np.zeros(3 * size, np.int64)
    for which, slot in reversed(rounds):
        a, b, c = slots[0, which], slots[1, which], slots[2, which]
        cells[slot] = 0
        cells[slot] = wanted[which] ^ cells[a] ^ cells[b] ^ cells[c]
    return cells.astype("u1" if cell_bits <= 8 else "<u2" if cell_bits <= 16 else "<u4")
