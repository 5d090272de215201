"""What the shipped language model says of many n-grams at once, bit for bit as one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

import numpy as np

from arfix.lm.ngrams import CLASS_BITS, WORD_BITS
from arfix.lm.table import FOLD, PRIME, SHIFT_1, SHIFT_2, tables

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from arfix.lm.table import Table
    from arfix.store import DataFile

    Ints: TypeAlias = NDArray[np.int64]
    Flags: TypeAlias = NDArray[np.bool_]
    Floats: TypeAlias = NDArray[np.float64]

_CELLS: Final = {2: np.uint16, 4: np.uint32}
_HALF: Final = np.uint64(32)
_LOW: Final = np.uint64((1 << 32) - 1)
_PRIME: Final = np.uint64(PRIME)
_PRIME_BITS: Final = np.uint64(61)
#: 2^32 times a number is its bits above these, and 2^32 times those below, modulo the prime.
_WRAP: Final = np.uint64(61 - 32)
_WRAP_LOW: Final = np.uint64((1 << 61 - 32) - 1)
_TIMES_8: Final = np.uint64(3)
_FOLD, _SHIFT_1, _SHIFT_2 = np.uint64(FOLD), np.uint64(SHIFT_1), np.uint64(SHIFT_2)
_PRINT: Final = np.uint64(9)


class BatchTable:
    """A table that is asked for many keys at once.

    Args:
        table: The table.
    """

    def __init__(self, table: Table) -> None:
        self._cells = np.frombuffer(table.cells, _CELLS[table.cells.itemsize])
        self._size = np.uint64(len(self._cells) // 3)
        self._bits = table.value_bits
        self._mask = (1 << table.value_bits) - 1
        self._print_mask = np.uint64(table.print_mask)
        self._low = np.uint64(table.multiplier & (1 << 32) - 1)
        self._high = np.uint64(table.multiplier >> 32)

    def get(self, keys: Ints) -> Ints:
        """Return the value of each key, -1 for those that are (almost surely) not in the table."""
        # The product has up to 121 bits; modulo the prime, 2^61 is 1 and 2^64 is 8.
        low, high = keys.astype(np.uint64) & _LOW, keys.astype(np.uint64) >> _HALF
        middle = low * self._high + high * self._low
        product = low * self._low
        mixed = (product & _PRIME) + (product >> _PRIME_BITS)
        mixed += (middle >> _WRAP) + ((middle & _WRAP_LOW) << _HALF)
        mixed += high * self._high << _TIMES_8
        mixed = (mixed & _PRIME) + (mixed >> _PRIME_BITS)
        mixed -= _PRIME * (mixed >= _PRIME)
        mixed ^= mixed >> _FOLD
        size, cells = self._size, self._cells
        found = cells.take((mixed % size).astype(np.intp))
        found ^= cells.take(((mixed >> _SHIFT_1) % size + size).astype(np.intp))
        found ^= cells.take(((mixed >> _SHIFT_2) % size + size + size).astype(np.intp))
        there = found >> self._bits == mixed >> _PRINT & self._print_mask
        return np.where(there, found & self._mask, np.int64(-1))


class BatchNgrams:
    """The n-grams of the shipped model, for all that may stand at each place of a text.

    Args:
        file: ``language.dat``.
    """

    def __init__(self, file: DataFile) -> None:
        def floats(name: str) -> Floats:
            return np.array(file.array(name), np.float64)

        self._uni = np.frombuffer(file.array("w.uni"), np.uint8)
        self._uni_book = floats("w.uni.book")
        self._back = np.frombuffer(file.array("w.back"), np.uint8)
        self._back_book = floats("w.back.book")
        self._class_uni, self._class_back = floats("c.uni"), floats("c.back")
        self._word_2, self._word_3 = floats("w.p2"), floats("w.p3")
        self._word_back = floats("w.b2")
        self._class_2, self._class_3, self._class_4 = (floats(f"c.p{k}") for k in (2, 3, 4))
        self._class_back_2, self._class_back_3 = floats("c.b2"), floats("c.b3")
        self._words = [BatchTable(table) for table in tables(file, "w", 3)]
        self._classes = [BatchTable(table) for table in tables(file, "c", 4)]

    def words(self, ids: Sequence[int], counts: Sequence[int], asked: Flags) -> Scores:
        """Return ln P(word | two words before) for all words that may stand at some places.

        Args:
            ids: What may stand at each place, place by place.
            counts: How many that are.
            asked: The places to answer for, none of the first two.
        """
        word, count = np.array(ids), np.array(counts)
        pairs = _longer(_Grams(_starts(count), count), count)
        key = word.take(pairs.left) << WORD_BITS | word.take(pairs.right)
        seen = self._words[0].get(key)
        triples = _longer(pairs, count, asked)
        before, pair = triples.left, triples.right
        last, word = word.take(pairs.right.take(before)), word.take(pairs.right.take(pair))
        before_code = np.where(last > 0, seen.take(before), -1)
        pair_code = seen.take(pair)
        code = np.full(len(word), -1)
        at = ((before_code >= 0) & (pair_code >= 0)).nonzero()[0]
        code[at] = self._words[1].get(key.take(before.take(at)) << WORD_BITS | word.take(at))
        result = np.where(
            pair_code >= 0,
            self._word_2.take(pair_code & 0xFF),
            self._back_book.take(self._back.take(last)) + self._uni_book.take(self._uni.take(word)),
        )
        backed = result + self._word_back.take(before_code >> 8)
        result = np.where(before_code >= 0, backed, result)
        return Scores(triples.starts, np.where(code >= 0, self._word_3.take(code), result))

    def classes(self, ids: Sequence[int], counts: Sequence[int], asked: Flags) -> Scores:
        """Return ln P(class | three classes before) for all that may stand at some places.

        Args:
            ids: The classes that may stand at each place, place by place.
            counts: How many that are.
            asked: The places to answer for, none of the first three.
        """
        klass, count = np.array(ids), np.array(counts)
        by_pair, by_triple, by_four = self._classes
        pairs = _longer(_Grams(_starts(count), count), count)
        key = klass.take(pairs.left) << CLASS_BITS | klass.take(pairs.right)
        seen_pair = by_pair.get(key)
        triples = _longer(pairs, count)
        key = key.take(triples.left) << CLASS_BITS | klass.take(pairs.right.take(triples.right))
        seen_triple = by_triple.get(key)
        fours = _longer(triples, count, asked)
        before, behind = fours.left, fours.right
        pair_before, pair = triples.right.take(before), triples.right.take(behind)
        one, last = klass.take(pairs.right.take(pair_before)), klass.take(pairs.right.take(pair))
        two = np.where(one > 0, seen_pair.take(pair_before), -1)
        whole = (two >= 0) & (klass.take(pairs.left.take(pair_before)) > 0)
        three = np.where(whole, seen_triple.take(before), -1)
        four_code = np.full(len(last), -1)
        at = (three >= 0).nonzero()[0]
        four_code[at] = by_four.get(key.take(before.take(at)) << CLASS_BITS | last.take(at))
        pair_code = seen_pair.take(pair)
        result = np.where(
            pair_code >= 0,
            self._class_2.take(pair_code & 0xFF),
            self._class_back.take(one) + self._class_uni.take(last),
        )
        result = np.where(two >= 0, result + self._class_back_2.take(two >> 8), result)
        code = np.where(two >= 0, seen_triple.take(behind), -1)
        result = np.where(code >= 0, self._class_3.take(code & 0xFF), result)
        result = np.where(three >= 0, result + self._class_back_3.take(three >> 8), result)
        return Scores(fours.starts, np.where(four_code >= 0, self._class_4.take(four_code), result))


class Scores(NamedTuple):
    """The answers for some places.

    Attributes:
        starts: Where the answers for each place begin.
        values: The answers for a place, one for each of what may stand there and before it; they
            are sorted by what stands farthest before it, then by what comes next, and so on.
    """

    starts: Ints
    values: Floats


class _Grams(NamedTuple):
    """All n-grams that end at some places.

    Attributes:
        starts: Where those of each place begin.
        counts: How many there are.
        left: Of each all but its last part, as the number of a shorter one.
        right: The same for all but its first part.
    """

    starts: Ints
    counts: Ints
    left: Ints = np.zeros(0, np.int64)
    right: Ints = np.zeros(0, np.int64)


def _starts(counts: Ints) -> Ints:
    return np.cumsum(counts) - counts


def _longer(shorter: _Grams, count: Ints, asked: Flags | None = None) -> _Grams:
    """Return the n-grams that are longer by one.

    Args:
        shorter: The shorter ones, of all places.
        count: How many things may stand at each place.
        asked: The places to end at; all when None.
    """
    counts = np.zeros(len(count), np.int64)
    counts[1:] = shorter.counts[:-1] * count[1:]
    if asked is not None:
        counts[~asked] = 0
    starts = _starts(counts)
    place = np.repeat(np.arange(len(count)), counts)
    rest = np.arange(len(place)) - starts.take(place)
    left = shorter.starts.take(place - 1) + rest // count.take(place)
    right = shorter.starts.take(place) + rest % shorter.counts.take(place)
    return _Grams(starts, counts, left, right)
