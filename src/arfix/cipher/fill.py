"""Fills the symbols of a page word by word, judged by the map and the language model."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Final

from arfix.cipher.symbols import Alphabet, CodedWord, is_name
from arfix.cipher.walk import Candidate, compose
from arfix.decoder import decode
from arfix.lattice import Arc
from arfix.lm.ngrams import CLASS_WEIGHT, KINDS, SPECIALS, UNKNOWN, WORD_WEIGHT
from arfix.restore import Restorer
from arfix.view import tokens

if TYPE_CHECKING:
    from arfix.cipher.solver import Solver
    from arfix.resources import Resources

_BOTH: Final = WORD_WEIGHT + CLASS_WEIGHT
_SPECIAL: Final = {kind: Arc(number, number, 0.0, "") for kind, number in KINDS.items()}
_BOUNDARY: Final = _SPECIAL["blank"]
#: Words of the lexicon tried in one place, and spellings that it lacks.
_MOST_ARCS: Final = 10
_MOST_SPELLED: Final = 3
_MOST_TEXTS: Final = 5
_MOST_PRODUCTS: Final = 200
#: What it costs to leave a word as it is: as much as a rather odd name.
_LEFT: Final = -4.5
_LEFT_LETTER: Final = -2.6


@dataclass(frozen=True, slots=True)
class Filled:
    """A word with symbols, and what it may be.

    Attributes:
        word: Where it stands.
        texts: For each symbol, in the order of the line, its text; None to leave all alone.
        probability: Posterior of this reading.
    """

    word: CodedWord
    texts: tuple[str, ...] | None
    probability: float


class Filler:
    """Fills pages.

    Args:
        solver: Holds the map.
        alphabet: Names the symbols.
        resources: Lexicon and models.
        trusted: Names of the symbols that may be replaced.
        reluctance: How much worse than else it is to leave a word as it is.
    """

    def __init__(
        self,
        solver: Solver,
        alphabet: Alphabet,
        resources: Resources,
        trusted: Collection[str],
        reluctance: float = 1.0,
    ) -> None:
        self._reluctance = reluctance
        self._trusted = trusted
        self._solver = solver
        self._alphabet = alphabet
        self._resources = resources
        self._restorer = Restorer(resources)
        self._arcs: dict[str, tuple[list[Arc], list[tuple[str, ...]]]] = {}

    def page(self, lines: Sequence[str], reverse: Sequence[bool]) -> list[list[Filled]]:
        """Return the words with symbols of each line of a page."""
        lattice: list[tuple[Arc, ...]] = []
        places: list[tuple[int, int, CodedWord, list[tuple[str, ...]]]] = []
        for number, (line, backward) in enumerate(zip(lines, reverse, strict=True)):
            if not line.strip():
                lattice.append((_BOUNDARY,))
                continue
            found = list(self._tokens(line))
            for item in reversed(found) if backward else found:
                if isinstance(item, Arc):
                    lattice.append((item,))
                    continue
                pattern = item.pattern(reverse=backward)
                if not any(map(is_name, pattern)):
                    if pattern:
                        lattice.append(self._restorer.plain(pattern))
                    continue
                arcs, texts = self._readings(pattern)
                places.append((number, len(lattice), item, texts))
                lattice.append(tuple(arcs))
        rows = self._rows(lattice)
        result: list[list[Filled]] = [[] for _ in lines]
        for number, at, word, texts in places:
            row = rows[at]
            best = max(range(len(row)), key=row.__getitem__)
            chosen = texts[best] if best else None
            if chosen is not None and reverse[number]:
                chosen = tuple(text[::-1] for text in reversed(chosen))
            result[number].append(Filled(word, chosen, row[best]))
        for filled in result:
            filled.sort(key=lambda it: it.word.start)
        return result

    def _tokens(self, line: str) -> Iterator[Arc | CodedWord]:
        at = 0
        for word in self._alphabet.words(line):
            yield from self._specials(line[at : word.start])
            yield word
            at = word.end
        yield from self._specials(line[at:])

    @staticmethod
    def _specials(text: str) -> Iterator[Arc]:
        if text and not text.isspace():
            for token in tokens(text):
                if token.kind in _SPECIAL and token.kind != "blank":
                    yield _SPECIAL[token.kind]

    def _rows(self, lattice: list[tuple[Arc, ...]]) -> list[list[float]]:
        model = self._resources.language_model.ngrams
        rows: list[list[float]] = []
        start = 0
        for position in range(len(lattice) + 1):
            if position == len(lattice) or lattice[position][0] is _BOUNDARY:
                part = [*lattice[start:position], (_BOUNDARY,)]
                rows.extend(decode(part, model).rows[:-1])
                if position < len(lattice):
                    rows.append([1.0])
                start = position + 1
        return rows

    def _readings(self, pattern: str) -> tuple[list[Arc], list[tuple[str, ...]]]:
        """Return the arcs of a pattern, the first for leaving it, and the texts of each."""
        known = self._arcs.get(pattern)
        if known is None:
            known = self._arcs[pattern] = self._make(pattern)
        return known

    def _make(self, pattern: str) -> tuple[list[Arc], list[tuple[str, ...]]]:
        ngrams = self._resources.language_model.ngrams
        lexicon = self._resources.lexicon
        left = self._reluctance * _BOTH * (_LEFT + _LEFT_LETTER * len(pattern))
        arcs = [Arc(UNKNOWN, UNKNOWN, left, "")]
        texts: list[tuple[str, ...]] = [()]
        if any(is_name(char) and char not in self._trusted for char in pattern):
            return arcs, texts
        candidates = self._solver.of(pattern)
        weights = self._solver.weigh(candidates)
        order = sorted(range(len(candidates)), key=lambda at: -weights[at])[:_MOST_ARCS]
        for at in order:
            candidate = candidates[at]
            word = lexicon.id_of(candidate.word) + SPECIALS
            weight = CLASS_WEIGHT * ngrams.within(word) + self._channel(candidate)
            arcs.append(Arc(word, ngrams.class_of[word], weight, candidate.word))
            texts.append(tuple(text for _, text, _ in candidate.glyphs))
        taken = {arc.text for arc in arcs}
        for score, candidate in self._spelled(pattern):
            if candidate.word not in taken:
                arcs.append(Arc(UNKNOWN, UNKNOWN, score, candidate.word))
                texts.append(tuple(text for _, text, _ in candidate.glyphs))
        return arcs, texts

    def _channel(self, candidate: Candidate) -> float:
        return sum(
            self._solver.glyph_score(name, (text, form)) for name, text, form in candidate.glyphs
        )

    def _spelled(self, pattern: str) -> list[tuple[float, Candidate]]:
        """Return what the map makes of a pattern that no word of the lexicon fits."""
        names = [char for char in pattern if is_name(char)]
        choices = [self._solver.texts(name)[:_MOST_TEXTS] for name in names]
        if not all(choices) or math.prod(map(len, choices)) > _MOST_PRODUCTS:
            choices = [texts[:2] for texts in choices]
            if not all(choices) or math.prod(map(len, choices)) > _MOST_PRODUCTS:
                return []
        found = []
        for texts in product(*choices):
            made = compose(pattern, texts)
            if made is None or not made[0]:
                continue
            candidate = Candidate(0.0, *made)
            score = self._channel(candidate)
            score += _BOTH * self._resources.letters.log_probability(candidate.word)
            found.append((score, candidate))
        found.sort(key=lambda item: (-item[0], item[1].word))
        return found[:_MOST_SPELLED]
