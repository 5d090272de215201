"""How much likelier a text in symbols becomes if some of its words are read otherwise."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from arfix.lm.ngrams import (
    CLASS_BITS,
    CLASS_WEIGHT,
    SPECIALS,
    UNKNOWN,
    WORD_BITS,
    WORD_WEIGHT,
)

if TYPE_CHECKING:
    from arfix.resources import Resources

#: Places in which a pattern is judged.
_MOST_PLACES: Final = 10
#: What an unknown word is worth at the least.
_WORST: Final = -32.0
_START: Final = (0, 0, 0.0)


class Sentences:
    """Judges words by those around them.

    Args:
        lines: The words of each line in reading order, as patterns.
        patterns: Those that the climb is about.
        resources: The models.
    """

    def __init__(
        self,
        lines: Sequence[Sequence[str]],
        patterns: Collection[str],
        resources: Resources,
    ) -> None:
        self._ngrams = resources.language_model.ngrams
        self._lexicon = resources.lexicon
        self._letters = resources.letters
        self._units: dict[str, tuple[int, int, float]] = {}
        self._places: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for number, line in enumerate(lines):
            for at, pattern in enumerate(line):
                if pattern in patterns and len(self._places[pattern]) < _MOST_PLACES:
                    self._places[pattern].append((number, at))
        self._patterns = lines
        self._lines: list[list[tuple[int, int, float]]] = []

    def read(self, words: Mapping[str, str]) -> None:
        """Take over what each pattern is now."""
        self._lines = [
            [self._unit(words.get(pattern, pattern)) for pattern in line] for line in self._patterns
        ]

    def put(self, words: Mapping[str, str]) -> None:
        """Take over what some patterns are now."""
        for pattern, word in words.items():
            unit = self._unit(word)
            for number, at in self._places[pattern]:
                self._lines[number][at] = unit

    def gain(self, words: Mapping[str, str]) -> float:
        """Return by how much the text becomes likelier if these patterns are these words."""
        new: dict[int, dict[int, tuple[int, int, float]]] = defaultdict(dict)
        for pattern, word in words.items():
            unit = self._unit(word)
            for number, at in self._places[pattern]:
                if self._lines[number][at] != unit:
                    new[number][at] = unit
        total = 0.0
        for number, changed in new.items():
            line = self._lines[number]
            spots = sorted(
                {at + more for at in changed for more in range(3)} & set(range(len(line)))
            )
            trial = list(line)
            for at, unit in changed.items():
                trial[at] = unit
            total += self._part(trial, spots) - self._part(line, spots)
        return total

    def _part(self, line: Sequence[tuple[int, int, float]], spots: Sequence[int]) -> float:
        total = 0.0
        ngrams = self._ngrams
        for at in spots:
            word, klass, inside = line[at]
            one = line[at - 1] if at else _START
            two = line[at - 2] if at > 1 else _START
            three = line[at - 3] if at > 2 else _START
            total += (
                inside
                + WORD_WEIGHT * ngrams.word(two[0] << WORD_BITS | one[0], word)
                + CLASS_WEIGHT
                * ngrams.klass((three[1] << CLASS_BITS | two[1]) << CLASS_BITS | one[1], klass)
            )
        return total

    def _unit(self, word: str) -> tuple[int, int, float]:
        unit = self._units.get(word)
        if unit is None:
            number = self._lexicon.id_of(word)
            if number >= 0:
                known = number + SPECIALS
                unit = (
                    known,
                    self._ngrams.class_of[known],
                    CLASS_WEIGHT * self._ngrams.within(known),
                )
            else:
                spelled = max(self._letters.log_probability(word), _WORST)
                unit = UNKNOWN, UNKNOWN, (WORD_WEIGHT + CLASS_WEIGHT) * spelled
            self._units[word] = unit
        return unit
