"""How probable a stretch of text is, summed over everything that its words may have been.

The decoder skips what is certain; here every token is scored, so that two readings of one line
that differ in the order of the words can be compared.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Final

from arfix.lattice import Arc
from arfix.lm.ngrams import (
    CLASS_BITS,
    CLASS_WEIGHT,
    CLASSES_MASK,
    WORD_BITS,
    WORD_WEIGHT,
    WORDS_MASK,
    NgramModel,
)

#: State of the language model (three classes, two words) -> natural log of the paths to it.
States = Mapping[int, float]

#: Most states kept, and how far behind the best (natural log) one may be.
BEAM: Final = 8
BEAM_DEPTH: Final = 9.0
START: Final[States] = {0: 0.0}
_SHIFT: Final = 3 * CLASS_BITS
_BOUNDARY: Final = Arc(0, 0, 0.0, "")


def follow(state: int, arc: Arc, model: NgramModel) -> tuple[int, float]:
    """Return the state after an arc, and the arc's score there."""
    word, klass, weight, _ = arc
    history, classes = state >> _SHIFT, state & CLASSES_MASK
    words = history << WORD_BITS | word
    by_word = model.known_words.get(words)
    if by_word is None:
        by_word = model.word(history, word)
    groups = classes << CLASS_BITS | klass
    by_class = model.known_classes.get(groups)
    if by_class is None:
        by_class = model.klass(classes, klass)
    score = WORD_WEIGHT * by_word + CLASS_WEIGHT * by_class + weight
    return (words & WORDS_MASK) << _SHIFT | groups & CLASSES_MASK, score


def read(states: States, lattice: Sequence[Sequence[Arc]], model: NgramModel) -> States:
    """Return the states after a stretch of text, summed over the arcs of each token."""
    for arcs in lattice:
        found: dict[int, float] = {}
        for state, before in states.items():
            for arc in arcs:
                after, score = follow(state, arc, model)
                known = found.get(after)
                total = before + score
                found[after] = total if known is None else add(known, total)
        if len(found) > 1:
            best = max(found.values())
            ranked = sorted(found.items(), key=lambda item: (-item[1], item[0]))
            found = dict(item for item in ranked[:BEAM] if item[1] > best - BEAM_DEPTH)
        states = found
    return states


def add(first: float, second: float) -> float:
    """Return ln(e^first + e^second).

    Example:
        >>> round(math.exp(add(math.log(2), math.log(3))), 6)
        5.0
    """
    if second > first:
        first, second = second, first
    return first + math.log1p(math.exp(second - first))


class Surroundings:
    """What stands before and behind a line.

    Whether the line goes on from the one before is not known: half the chance is that a
    paragraph begins, half that the sentence runs on.

    Args:
        before: The last words of the line before, if there is one.
        behind: The first words of the line after.
        model: Scores them.
    """

    def __init__(self, before: Sequence[Arc], behind: Sequence[Arc], model: NgramModel) -> None:
        half = math.log(0.5)
        start = {0: 0.0}
        if before:
            state = 0
            for arc in before:
                state, _ = follow(state, arc, model)
            start = {0: half, state: half}
        self.start: States = start
        self._model = model
        self._behind = [[arc] for arc in behind]
        self._fresh = self._total(read(START, self._behind, model))

    @staticmethod
    def _total(states: States) -> float:
        result = -math.inf
        for value in states.values():
            result = add(result, value) if result > -math.inf else value
        return result

    def close(self, states: States) -> float:
        """Return the score of the line that ended in these states."""
        ended = self._total(read(states, [[_BOUNDARY]], self._model))
        if not self._behind:
            return ended
        half = math.log(0.5)
        onward = self._total(read(states, self._behind, self._model))
        return add(half + ended + self._fresh, half + onward)
