"""N-gram tables: a key's value in three memory reads, nothing stored of the key but a fingerprint.

Each table is a static function: three slots, chosen by a hash of the key, exclusive-or to the
key's fingerprint and value. A key that was never stored gives a wrong fingerprint, save one in
``2 ** fingerprint bits``. After Dietzfelbinger & Pagh (2008), "Succinct Data Structures for
Retrieval and Approximate Membership". It takes 1.23 cells a key and needs no search.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from arfix.store import DataFile

#: A Mersenne prime; the remainder mixes every bit of the product into every bit of the hash.
PRIME: Final = (1 << 61) - 1
MULTIPLIER: Final = 0x1B873593CC9E2D51 % PRIME
#: The product alone is linear: keys in arithmetic progression would choose slots in step.
FOLD: Final = 29
SHIFT_1: Final = 20
SHIFT_2: Final = 39
#: Cells a key, with room for the graph to be peeled.
OVERHEAD: Final = 1.24
#: Bits of a value and of a cell: in the highest order of a model (a probability), in the others
#: (a probability and a backoff). What is left of a cell is fingerprint.
HIGHEST: Final = (6, 16)
LOWER: Final = (16, 28)


def segment(count: int) -> int:
    """Return how many cells each of the three segments has for so many keys."""
    return int(count * OVERHEAD / 3) + 17


class Table:
    """A static map from integer keys to small integers.

    Args:
        cells: The three segments, one after the other.
        value_bits: How many low bits of a cell are the value; the others are fingerprint.
        cell_bits: How many bits a cell has.
        multiplier: The multiplier under which the table could be built.

    Attributes:
        cells: As given.
        value_bits: As given.
        print_mask: The bits of a fingerprint.
        multiplier: As given.
    """

    def __init__(self, cells: memoryview, value_bits: int, cell_bits: int, multiplier: int) -> None:
        self.cells = cells
        self.value_bits = value_bits
        self.print_mask = (1 << (cell_bits - value_bits)) - 1
        self.multiplier = multiplier
        self._segment = len(cells) // 3
        self._mask = (1 << value_bits) - 1

    def get(self, key: int) -> int:
        """Return the value of a key, -1 where it is (almost surely) not in the table."""
        mixed = key * self.multiplier % PRIME
        mixed ^= mixed >> FOLD
        size, cells = self._segment, self.cells
        found: int = (
            cells[mixed % size]
            ^ cells[size + (mixed >> SHIFT_1) % size]
            ^ cells[size + size + (mixed >> SHIFT_2) % size]
        )
        if found >> self.value_bits != (mixed >> 9) & self.print_mask:
            return -1
        return found & self._mask


def tables(file: DataFile, prefix: str, top: int) -> list[Table]:
    """Return the tables of an n-gram model, from pairs to its longest n-grams.

    Args:
        file: What holds it.
        prefix: What the names of its sections begin with.
        top: How long its longest n-grams are.
    """
    parts = file.array(f"{prefix}.mult")
    found = []
    for k in range(2, top + 1):
        low, high = parts[2 * k - 4], parts[2 * k - 3]
        bits, cell = HIGHEST if k == top else LOWER
        found.append(Table(file.array(f"{prefix}.t{k}"), bits, cell, low | high << 32))
    return found
