"""Fills the symbols of a page word by word, judged by the map and the language model."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, product
from typing import TYPE_CHECKING, Final

from arfix.arcs import BOTH, SPECIAL_ARCS, WordArcs
from arfix.cipher.holy_name import is_expected, spells
from arfix.cipher.symbols import Alphabet, CodedWord, is_name
from arfix.cipher.walk import ALLAH, Candidate, compose
from arfix.decoder import decode_paragraphs
from arfix.lattice import Arc
from arfix.lm.ngrams import UNKNOWN
from arfix.view import tokens

if TYPE_CHECKING:
    from arfix.cipher.solver import Solver
    from arfix.resources import Resources

#: Words of the lexicon tried in one place, and spellings that it lacks.
_MOST_ARCS: Final = 10
_MOST_SPELLED: Final = 3
_MOST_TEXTS: Final = 5
_MOST_PRODUCTS: Final = 200
#: What it costs to leave a word as it is: as much as a rather odd name.
_LEFT: Final = -4.5
_LEFT_LETTER: Final = -2.6
#: What leaving a word costs whose symbols are known beyond doubt: it is a name, or cut.
_SURE_RELUCTANCE: Final = 3.0


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
        self._words = resources.once(WordArcs)
        self._arcs: dict[str, tuple[list[Arc], list[tuple[str, ...]]]] = {}

    def page(self, lines: Sequence[str], reverse: Sequence[bool]) -> list[list[Filled]]:
        """Return the words with symbols of each line of a page."""
        lattice: list[tuple[Arc, ...]] = []
        places: list[tuple[int, int, CodedWord, list[tuple[str, ...]]]] = []
        for number, (line, backward) in enumerate(zip(lines, reverse, strict=True)):
            if not line.strip():
                lattice.append(SPECIAL_ARCS["blank"])
                continue
            found = list(self._tokens(line))
            for item in reversed(found) if backward else found:
                if isinstance(item, Arc):
                    lattice.append((item,))
                    continue
                pattern = item.pattern(reverse=backward)
                if not any(map(is_name, pattern)):
                    if pattern:
                        lattice.append(self._words.plain(pattern))
                    continue
                arcs, texts = self._readings(pattern)
                places.append((number, len(lattice), item, texts))
                lattice.append(tuple(arcs))
        rows = decode_paragraphs(lattice, self._resources.language_model.ngrams)
        result: list[list[Filled]] = [[] for _ in lines]
        for number, at, word, texts in places:
            pattern = word.pattern(reverse=reverse[number])
            row = self._sober(lattice, rows, at, pattern, texts)
            best = _likeliest(row)
            chosen = texts[best] if best else None
            if chosen is not None and reverse[number]:
                chosen = tuple(text[::-1] for text in reversed(chosen))
            result[number].append(Filled(word, chosen, row[best]))
        for filled in result:
            filled.sort(key=lambda it: it.word.start)
        return result

    def _sober(
        self,
        lattice: Sequence[Sequence[Arc]],
        rows: Sequence[list[float]],
        at: int,
        pattern: str,
        texts: Sequence[Sequence[str]],
    ) -> list[float]:
        """Return the posteriors of a word, the name of God left out where nothing expects it."""
        row = rows[at]
        names = [
            spells(pattern, arc.text, read, self._is_proven)
            for arc, read in zip(lattice[at], texts, strict=True)
        ]
        if not any(names):
            return row
        before, behind = (
            lattice[place][_likeliest(rows[place])].word if 0 <= place < len(lattice) else UNKNOWN
            for place in (at - 1, at + 1)
        )
        rest = [
            0.0 if name and not is_expected(before, arc.word, behind, self._resources) else share
            for arc, name, share in zip(lattice[at], names, row, strict=True)
        ]
        if rest == row:
            return row
        total = sum(rest)
        return [share / total for share in rest] if total > 0.0 else [1.0, *rest[1:]]

    def _is_proven(self, name: str, text: str) -> bool:
        """Return whether the document tells that a symbol stands for a text."""
        # The solver has asked all places of the one glyph of God's name whether they expect it.
        return self._solver.texts(name)[:1] == [text] and (
            text == ALLAH or self._solver.is_sure(name)
        )

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
                if token.kind in SPECIAL_ARCS and token.kind != "blank":
                    yield SPECIAL_ARCS[token.kind][0]

    def _readings(self, pattern: str) -> tuple[list[Arc], list[tuple[str, ...]]]:
        """Return the arcs of a pattern, the first for leaving it, and the texts of each."""
        known = self._arcs.get(pattern)
        if known is None:
            known = self._arcs[pattern] = self._make(pattern)
        return known

    def _make(self, pattern: str) -> tuple[list[Arc], list[tuple[str, ...]]]:
        lexicon = self._resources.lexicon
        reluctance = self._reluctance
        if all(map(self._solver.is_sure, filter(is_name, pattern))):
            reluctance = max(reluctance, _SURE_RELUCTANCE)
        left = reluctance * BOTH * (_LEFT + _LEFT_LETTER * len(pattern))
        arcs = [Arc(UNKNOWN, UNKNOWN, left, "")]
        texts: list[tuple[str, ...]] = [()]
        if any(is_name(char) and char not in self._trusted for char in pattern):
            return arcs, texts
        candidates = self._solver.of(pattern)
        weights = self._solver.weigh(candidates)
        order = sorted(range(len(candidates)), key=lambda at: -weights[at])
        best: dict[str, Candidate] = {}
        for at in order:
            best.setdefault(candidates[at].word, candidates[at])
        for candidate in islice(best.values(), _MOST_ARCS):
            number = lexicon.id_of(candidate.word)
            arcs.append(self._words.known(number, candidate.word, self._channel(candidate)))
            texts.append(tuple(text for _, text, _ in candidate.glyphs))
        taken = {arc.text for arc in arcs}
        for arc, candidate in self._spelled(pattern):
            if arc.text not in taken:
                arcs.append(arc)
                texts.append(tuple(text for _, text, _ in candidate.glyphs))
        return arcs, texts

    def _channel(self, candidate: Candidate) -> float:
        return sum(
            self._solver.glyph_score(name, (text, form)) for name, text, form in candidate.glyphs
        )

    def _spelled(self, pattern: str) -> list[tuple[Arc, Candidate]]:
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
            arc = self._words.spelled(candidate.word, self._channel(candidate))
            found.append((arc, candidate))
        found.sort(key=lambda item: (-item[0].weight, item[0].text))
        return found[:_MOST_SPELLED]


def _likeliest(row: Sequence[float]) -> int:
    return max(range(len(row)), key=row.__getitem__)
