"""A second opinion on readings in doubt: other classes of words, which go by their affixes too.

The classes of the n-grams are induced from the company that words keep. Classes in which the
affixes weigh as much err in other places, and the two together err less than either: see Emami &
Jelinek (2005), "Random clusterings for language modeling".
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from arfix.lm.doubts import neighbours, reweighed
from arfix.lm.ngrams import CLASS_BITS, CLASS_WEIGHT, CLASSES_MASK
from arfix.lm.table import tables

if TYPE_CHECKING:
    from arfix.lattice import Arc
    from arfix.lm.ngrams import NgramModel

#: What the sections of ``language.dat`` begin with that hold it.
PREFIX: Final = "a"
#: How many words before a word each of the two looks at.
ORDER, OTHER_ORDER = 2, 3
#: The share of the classes in the score of a reading is halved between the two.
WEIGHT: Final = CLASS_WEIGHT / 2
_CLASS: Final = (1 << CLASS_BITS) - 1
_HISTORY: Final = (1 << ORDER * CLASS_BITS) - 1


class AffixClasses:
    """Judges readings by a trigram over classes that go by affixes.

    Args:
        ngrams: The model whose opinion is halved; its file holds the other classes.
    """

    def __init__(self, ngrams: NgramModel) -> None:
        self._ngrams = ngrams
        array = ngrams.file.array
        self.class_of = array(f"{PREFIX}.class")
        self._mass = list(array(f"{PREFIX}.mass"))
        self._uni, self._back = list(array(f"{PREFIX}.uni")), list(array(f"{PREFIX}.back"))
        self._pair, self._pair_back = list(array(f"{PREFIX}.p2")), list(array(f"{PREFIX}.b2"))
        self._triple = list(array(f"{PREFIX}.p3"))
        self._pairs, self._triples = tables(ngrams.file, PREFIX, ORDER + 1)

    def klass(self, history: int, last: int) -> float:
        """Return ln P(class | two classes before).

        Args:
            history: Two classes, the last in the low ``CLASS_BITS``.
            last: A class.
        """
        before = found = -1
        if history & _CLASS:
            before = self._pairs.get(history)
            if before >= 0:
                found = self._triples.get(history << CLASS_BITS | last)
        if found >= 0:
            return self._triple[found]
        one = history & _CLASS
        found = self._pairs.get(one << CLASS_BITS | last)
        result = self._pair[found & 0xFF] if found >= 0 else self._back[one] + self._uni[last]
        return result + self._pair_back[before >> 8] if before >= 0 else result

    def reweighed(
        self, lattice: Sequence[Sequence[Arc]], rows: Sequence[list[float]]
    ) -> list[list[float]]:
        """Return the posteriors of the arcs of a page, those in doubt by both kinds of classes.

        Args:
            lattice: For each token its arcs.
            rows: For each token the posteriors of its arcs.
        """
        return reweighed(lattice, rows, self._gains)

    def _gains(self, chosen: Sequence[Arc], at: int, arcs: Sequence[Arc]) -> list[float]:
        """Return what the other classes say of each arc beyond what those of the n-grams do."""
        class_of, mass, ngrams = self.class_of, self._mass, self._ngrams
        before, behind = neighbours(chosen, at, OTHER_ORDER)
        own_before = [class_of[arc.word] for arc in before[:ORDER]]
        own_behind = [class_of[arc.word] for arc in behind[:ORDER]]
        their_before = [arc.klass for arc in before]
        their_behind = [arc.klass for arc in behind]
        gains = []
        for arc in arcs:
            own = class_of[arc.word]
            said = _said(self.klass, own_before, [own, *own_behind], _HISTORY)
            theirs = _said(ngrams.klass, their_before, [arc.klass, *their_behind], CLASSES_MASK)
            # The frequency of the word in its class; that of the word is the same in both.
            gains.append(WEIGHT * (ngrams.mass[arc.klass] - mass[own] + said - theirs))
        return gains


def _said(
    model: Callable[[int, int], float], before: Sequence[int], classes: Sequence[int], mask: int
) -> float:
    """Return ln P(classes) behind others, the nearest of which is the first."""
    history = 0
    for klass in reversed(before):
        history = history << CLASS_BITS | klass
    total = 0.0
    for klass in classes:
        total += model(history, klass)
        history = (history << CLASS_BITS | klass) & mask
    return total
