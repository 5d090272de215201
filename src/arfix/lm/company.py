"""What is usual around a word beyond the reach of the n-grams: the company that it keeps.

Words of one topic stand near one another, a word has its own liking for what is right beside it,
and classes agree with classes some places away. Only readings that the n-grams leave in doubt
are asked, since all this says much less than they do.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from operator import mul
from typing import TYPE_CHECKING, Final

from arfix.lm.doubts import neighbours, reweighed
from arfix.lm.ngrams import CLASS_BITS
from arfix.store import DataFile

if TYPE_CHECKING:
    from pathlib import Path

    from arfix.lattice import Arc

NAME: Final = "company.dat"
#: Numbers in a vector of a word, for each of the two kinds.
DIMENSIONS: Final = 32
#: Distances between two classes that are counted together, and what a step of theirs is worth.
FAR: Final = range(3, 7)
FAR_STEP: Final = 0.35
#: Words this near, on either side, tell the topic; the next ones the n-grams know better.
NEAR: Final = 2
WINDOW: Final = 16
#: Weights in the score of a reading, tuned on ``corpora/tune``.
TOPIC_WEIGHT: Final = 0.35
FAR_WEIGHT: Final = 0.12
BESIDE_WEIGHT: Final = 0.6
BESIDE_IT_WEIGHT: Final = 0.2

_CACHE_LIMIT: Final = 30_000
#: The number in the low and the high half of each byte, as a signed byte.
_LOW: Final = bytes((byte & 15) - 8 & 0xFF for byte in range(256))
_HIGH: Final = bytes((byte >> 4) - 8 & 0xFF for byte in range(256))
#: Bytes of the two vectors of a word, two numbers each.
_ROW: Final = DIMENSIONS


class Company:
    """Judges readings by the words around them, near and far.

    Args:
        path: ``company.dat``; it goes by the numbers of ``lexicon.dat`` and the classes of
            ``language.dat``.
    """

    def __init__(self, path: Path) -> None:
        file = DataFile(path)
        self._words = file.array("words")
        self._packed = file.array("vectors")
        self._classes = file.array("classes").cast("b")
        self._far = file.array("far")
        self._topic = [TOPIC_WEIGHT * value for value in file.array("topic")]
        self._beside = list(file.array("beside"))
        self._vectors: dict[int, tuple[int, ...] | None] = {}

    def vector(self, word: int) -> tuple[int, ...] | None:
        """Return the numbers of a word, those of its topic first; None for words not so common."""
        if word in self._vectors:
            return self._vectors[word]
        if len(self._vectors) > _CACHE_LIMIT:
            self._vectors.clear()
        found: tuple[int, ...] | None = None
        at = bisect_left(self._words, word)
        if at < len(self._words) and self._words[at] == word:
            row = bytes(self._packed[at * _ROW : (at + 1) * _ROW])
            # The numbers alternate in the file; C does this much faster than a loop here.
            numbers = bytearray(2 * _ROW)
            numbers[::2] = row.translate(_LOW)
            numbers[1::2] = row.translate(_HIGH)
            found = tuple(memoryview(numbers).cast("b"))
        self._vectors[word] = found
        return found

    def far(self, before: int, later: int) -> int:
        """Return what a class says of another some places later, in steps of ``FAR_STEP``."""
        return (self._far[(before << CLASS_BITS | later) >> 1] >> (later & 1) * 4 & 15) - 8

    def _side(self, klass: int, side: int) -> memoryview:
        """Return the numbers of a class before (0) or behind (1) a word."""
        at = (side << CLASS_BITS | klass) * DIMENSIONS
        return self._classes[at : at + DIMENSIONS]

    def reweighed(
        self, lattice: Sequence[Sequence[Arc]], rows: Sequence[list[float]]
    ) -> list[list[float]]:
        """Return the posteriors of the arcs of a page, those in doubt judged by company too.

        Args:
            lattice: For each token its arcs.
            rows: For each token the posteriors of its arcs.
        """
        return reweighed(lattice, rows, self._gains)

    def _gains(self, chosen: Sequence[Arc], at: int, arcs: Sequence[Arc]) -> list[float]:
        """Return what the words around a place say of each of its arcs."""
        before, behind = neighbours(chosen, at, FAR[-1])
        here = self._surroundings(chosen, at, before[0], behind[0])
        # What the words beside a reading like beside them.
        likings = [
            (1 - side, [BESIDE_IT_WEIGHT * value for value in map(mul, likes, self._beside)])
            for side, liked in enumerate((before[0], behind[0]))
            if (likes := self._likes(liked))
        ]
        far_before, far_behind = before[FAR[0] - 1 :], behind[FAR[0] - 1 :]
        gains = []
        for arc in arcs:
            own = self.vector(arc.word)
            gain = sum(map(mul, own, here)) if own else 0.0
            for side, liking in likings:
                gain += sum(map(mul, liking, self._side(arc.klass, side)))
            steps = sum(self.far(other.klass, arc.klass) for other in far_before)
            steps += sum(self.far(arc.klass, other.klass) for other in far_behind)
            gains.append(gain + FAR_WEIGHT * FAR_STEP * steps)
        return gains

    def _likes(self, arc: Arc) -> tuple[int, ...] | None:
        vector = self.vector(arc.word)
        return vector[DIMENSIONS:] if vector else None

    def _surroundings(
        self, chosen: Sequence[Arc], at: int, before: Arc, behind: Arc
    ) -> list[float]:
        """Return what to multiply the numbers of a word with that may stand at a place."""
        around = [
            *chosen[max(0, at - WINDOW) : max(0, at - NEAR + 1)],
            *chosen[at + NEAR : at + WINDOW + 1],
        ]
        vectors = [vector[:DIMENSIONS] for arc in around if (vector := self.vector(arc.word))]
        summed = map(sum, zip(*vectors, strict=True)) if vectors else [0] * DIMENSIONS
        both = zip(
            self._side(before.klass, 0), self._side(behind.klass, 1), self._beside, strict=True
        )
        return [
            *map(mul, summed, self._topic),
            *(BESIDE_WEIGHT * (left + right) * scale for left, right, scale in both),
        ]
