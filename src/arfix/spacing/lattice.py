"""Where the words of a stretch begin and end: the best path through its letters.

An edge is a word: what stands between two places where a word may begin or end. The path is
scored by the language model and by what the document's channel does to spaces.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Final, NamedTuple

from arfix.glyphs import joins_next
from arfix.ligatures.units import LAM_ALEF
from arfix.lm.ngrams import CLASS_BITS, CLASSES_MASK, WORD_BITS, WORDS_MASK

if TYPE_CHECKING:
    from collections import Counter

    from arfix.spacing.judge import Judge
    from arfix.spacing.stretches import Stretch

#: Most states kept at a place.
BEAM: Final = 12
#: Longest word, in letters, and most observed words that one was cut into.
LONGEST: Final = 22
MOST_PIECES: Final = 8
#: Natural log of the frequency above which a word is one and not a piece or several; below which
#: a word cannot be a whole; and above which it is no piece of an unknown word.
DOUBTFUL: Final = -14.5
LEAST_WHOLE: Final = -19.0
LEAST_PIECE: Final = -13.0
UNKNOWN: Final = -21.0
#: By how much a word must be likelier than the words that it fell into, one after the other.
LEAST_GAIN: Final = 3.0
MOST_UNKNOWN: Final = 3
#: The same for the parts of words that ran together, by their length: short words are many, and
#: chance finds them anywhere. No part has one letter: و ف ب ل ك belong to what follows.
LEAST_PARTS: Final = (0.0, -8.85, -12.5, -14.5, -16.0)
SHORTEST_SPLIT: Final = 4
#: From this length on a word is several, and unknown parts are allowed.
ENDLESS: Final = 14
#: Bounds of a rate, and the weight of what was thought of it before, in places.
LEAST_RATE: Final = 1e-4
MOST_RATE: Final = 0.95
DOUBT: Final = 20.0


class Border(IntEnum):
    """What stands on the two sides of a place where a space is or is not."""

    #: The letter before does not join to the one behind, so there is a gap anyhow.
    LOOSE = 0
    #: It does.
    JOINED = 1
    #: A lam-alef on one side: one glyph, which some tools take for a word.
    LIGATURE = 2
    #: A mark behind the space, which no word begins with.
    MARK = 3
    #: An alef alone behind it, as the one that carries a tanween cut off by its mark.
    ALEF = 4
    #: A mark on a letter beside it, where few letters carry one: it cut the word in two.
    MARKED = 5


def border(stretch: Stretch, place: int) -> Border:
    """Return what stands on the two sides of a place among letters."""
    letters = stretch.letters
    if place in stretch.opened:
        return Border.MARK
    if place in stretch.marked:
        return Border.MARKED
    if place in stretch.alefs:
        return Border.ALEF
    if letters[place - 2 : place] in LAM_ALEF or letters[place : place + 2] in LAM_ALEF:
        return Border.LIGATURE
    return Border.JOINED if joins_next(letters[place - 1]) else Border.LOOSE


#: Rates where nothing is broken.
NONE: Final = (0.0,) * len(Border)


@dataclass(frozen=True, slots=True)
class Rates:
    """What the channel does to spaces, by border.

    Attributes:
        torn: Rates of false spaces; all nought where the document shows none.
        glued: Rates of lost spaces; the same.
    """

    torn: tuple[float, ...] = NONE
    glued: tuple[float, ...] = NONE


class _Edge(NamedTuple):
    start: int
    end: int
    word: int
    klass: int
    weight: float


class _State(NamedTuple):
    score: float
    words: int
    classes: int
    edge: _Edge | None
    before: _State | None


#: Where a page begins.
START: Final = _State(0.0, 0, 0, None, None)


class Segmenter:
    """Finds the words of stretches, one after the other.

    Args:
        judge: Scores words after words.
        rates: What the document does to spaces.
    """

    def __init__(self, judge: Judge, rates: Rates) -> None:
        self._judge = judge
        self._rates = rates
        self._torn, self._held = _logs(rates.torn)
        self._glued, self._inside = _logs(rates.glued)
        self.joins = any(rates.torn)
        self._joins_unknown = max(rates.torn[: Border.MARK]) > LEAST_RATE
        self.splits = any(rates.glued)

    def other(self, states: Sequence[_State], kind: int) -> list[_State]:
        """Return the states behind what is no word."""
        if kind == 0:  # an empty line: what comes begins anew
            best = max(states, key=lambda state: state.score)
            return [best._replace(words=0, classes=0)]
        edge = _Edge(-1, -1, kind, kind, 0.0)
        scored = len(states) > 1  # where there is no choice the score does not matter
        return self._advance([(state, edge) for state in states], scored=scored)

    def _advance(
        self, pairs: Sequence[tuple[_State, _Edge]], *, scored: bool = True
    ) -> list[_State]:
        found: dict[tuple[int, int], _State] = {}
        for state, edge in pairs:
            words = (state.words << WORD_BITS | edge.word) & WORDS_MASK
            classes = (state.classes << CLASS_BITS | edge.klass) & CLASSES_MASK
            score = state.score
            if scored:
                score += edge.weight + self._judge.step(
                    state.words, state.classes, edge.word, edge.klass
                )
            known = found.get((words, classes))
            if known is None or score > known.score:
                found[words, classes] = _State(score, words, classes, edge, state)
        states = list(found.values())
        if len(states) > BEAM:
            states.sort(key=lambda state: -state.score)
            del states[BEAM:]
        return states

    def stretch(self, states: Sequence[_State], stretch: Stretch) -> list[_State]:
        """Return the states behind a stretch."""
        size = len(stretch.letters)
        arriving: list[list[tuple[_State, _Edge]]] = [[] for _ in range(size + 1)]
        edges: list[list[_Edge]] = [[] for _ in range(size + 1)]
        found = self.edges(stretch)
        for edge in found:
            edges[edge.start].append(edge)
        scored = len(states) > 1 or len(found) > len(stretch.words)
        for place in range(size + 1):
            if place:
                if not arriving[place]:
                    continue
                states = self._advance(arriving[place], scored=scored)
            for edge in edges[place]:
                arriving[edge.end].extend((state, edge) for state in states)
        return list(states)

    def edges(self, stretch: Stretch) -> list[_Edge]:
        """Return the words that a stretch may consist of."""
        words = stretch.words
        letters = stretch.letters
        observed = {end for _, end in words}
        doubtful = [self._doubtful(letters[start:end]) for start, end in words]
        found: list[_Edge] = []
        texts = [letters[start:end] for start, end in words]
        for index, (start, end) in enumerate(words):
            found.append(self._edge(stretch, observed, start, end))
            if self.joins:
                for last in range(index + 1, min(index + MOST_PIECES, len(words))):
                    stop = words[last][1]
                    if stop - start > LONGEST:
                        break
                    if self._joinable(texts[index : last + 1]):
                        found.append(self._edge(stretch, observed, start, stop))
            if self.splits and doubtful[index] and end - start >= SHORTEST_SPLIT:
                found.extend(self._split(stretch, observed, start, end))
        if self.joins and self.splits:
            found.extend(self._across(stretch, observed, doubtful))
        return found

    def _joinable(self, words: Sequence[str]) -> bool:
        """Return whether observed words may be pieces of one."""
        prior = self._judge.prior
        whole = prior("".join(words))
        priors = [max(prior(word), UNKNOWN) for word in words]
        if whole > LEAST_WHOLE:
            return min(priors) < DOUBTFUL or whole > sum(priors) + LEAST_GAIN
        # An unknown word, of pieces none of which stands well alone.
        return self._joins_unknown and len(words) <= MOST_UNKNOWN and max(priors) < LEAST_PIECE

    def _doubtful(self, word: str) -> bool:
        """Return whether a word may be a piece of one, or several."""
        return self._judge.prior(word) < DOUBTFUL

    def count(self, stretch: Stretch, begins: set[int], seen: Counter[tuple[str, Border]]) -> None:
        """Count what happened to the spaces of a stretch, by kind and border.

        Args:
            stretch: The words as they stand.
            begins: Where words begin.
            seen: Takes the counts: ``torn``, ``kept``, ``glued``.
        """
        observed = {start for start, _ in stretch.words}
        for place in begins | observed:
            if place:
                kind = "torn" if place not in begins else "kept" if place in observed else "glued"
                seen[kind, border(stretch, place)] += 1

    def _split(self, stretch: Stretch, observed: set[int], start: int, end: int) -> Iterator[_Edge]:
        """Yield the words that one observed word may hold."""
        letters = stretch.letters
        prior = self._judge.prior
        endless = end - start >= ENDLESS
        alone = self._judge.alone
        for left in range(start, end):
            for right in range(left + 1, min(end, left + LONGEST) + 1):
                size = right - left
                word = letters[left:right]
                if size == 1:
                    if word in alone:
                        yield self._edge(stretch, observed, left, right)
                    continue
                if size == end - start:
                    continue
                if not alone and (left == start + 1 or right == end - 1):
                    continue
                least = LEAST_PARTS[min(size, len(LEAST_PARTS)) - 1]
                if prior(word) > least or (endless and 4 <= size <= 9):
                    yield self._edge(stretch, observed, left, right)

    def _across(self, stretch: Stretch, observed: set[int], doubtful: list[bool]) -> list[_Edge]:
        """Return words that begin in one observed word and end in the next."""
        found = []
        for (start, end), (_, stop), left, right in zip(
            stretch.words, stretch.words[1:], doubtful, doubtful[1:], strict=False
        ):
            if not (left and right):
                continue
            for first in range(max(start + 2, end - 8), end):
                for last in range(end + 1, min(stop - 1, end + 8)):
                    word = stretch.letters[first:last]
                    if self._judge.unit(word).prior > -14:
                        found.append(self._edge(stretch, observed, first, last))
        return found

    def _edge(self, stretch: Stretch, observed: set[int], start: int, end: int) -> _Edge:
        unit = self._judge.unit(stretch.letters[start:end])
        weight = unit.weight
        for place in range(start + 1, end):
            if place in observed:
                weight += self._torn[border(stretch, place)]
            elif self.splits:
                weight += self._inside[border(stretch, place)]
        if end < len(stretch.letters):
            where = border(stretch, end)
            weight += self._held[where] if end in observed else self._glued[where]
        return _Edge(start, end, unit.word, unit.klass, weight)


def _logs(rates: Sequence[float]) -> tuple[list[float], list[float]]:
    """Return the natural logs of some rates and of what they leave."""
    return (
        [math.log(rate) if rate else -math.inf for rate in rates],
        [math.log1p(-rate) for rate in rates],
    )


def settled(seen: Mapping[tuple[str, Border], int], first: Rates) -> Rates:
    """Return the rates that a decoded document shows.

    Args:
        seen: As :meth:`Segmenter.count` left it.
        first: What it was decoded with; a kind that was off stays off.
    """

    def rates(kind: str, before: tuple[float, ...]) -> tuple[float, ...]:
        if not any(before):
            return before
        found = []
        for where, rate in zip(Border, before, strict=True):
            hits, kept = seen.get((kind, where), 0), seen.get(("kept", where), 0)
            shown = (hits + DOUBT * rate) / (hits + kept + DOUBT)
            found.append(min(max(shown, LEAST_RATE), MOST_RATE))
        return tuple(found)

    return Rates(rates("torn", first.torn), rates("glued", first.glued))


def path(state: _State) -> list[tuple[int, int]]:
    """Return the words on the way to a state, the last first; ``(-1, -1)`` for no word."""
    found = []
    at: _State | None = state
    while at is not None and at.edge is not None:
        found.append((at.edge.start, at.edge.end))
        at = at.before
    return found
