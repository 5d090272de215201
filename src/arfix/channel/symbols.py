"""What each unknown symbol of a document stands for: a substitution cipher over glyphs.

A font that reaches some contextual glyphs only through private-use code points puts those into
the text. One symbol is one glyph: a letter in one joining form, a lam-alef or other ligature, or
a mark. So the whole document votes: each distinct word that holds the symbol says how probable a
word each reading makes of it, and the reading must fit the joining form everywhere.

The score of a reading is the log-probability of the document under it, with three dampers that
keep one odd word from deciding: the loss a word can cause is capped, repeats of a word count
less and less, and a glyph that stands healthy elsewhere in the document is unlikely to be coded.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from arfix.channel.coded import CODED_WORD, PRIVATE, CodedWord, CodedWords, common, decode
from arfix.channel.readings import (
    EDGE,
    LETTERS,
    MARK,
    SPACE,
    STRETCH,
    Reading,
    ligatures,
)
from arfix.channel.slots import slot_bonus
from arfix.channel.votes import UNKNOWN_BASE, Marks, Models, Voter
from arfix.glyphs import Glyph

#: Ceilings that keep the work bounded on any text; far above what a map needs.
_MOST_TYPES: Final = 160
_FEWEST_TYPES: Final = 24
_ALL_TYPES: Final = 1_600
_MOST_WILD: Final = 6
_MOST_LIGATED: Final = 12
#: A map of which nothing is certain, with more symbols than this, is a cipher.
_MOST_GUESSED: Final = 8
#: Words scored before the map is given up; a document with twenty symbols takes 50,000.
_MOST_WORK: Final = 60_000
#: Share of the distinct words with a symbol that its reading has to make known ones of, but for
#: some names; in real documents it is above 0.9 where there are many words.
LEAST_KNOWN: Final = 0.7
_NAMES: Final = 2

_LOSS_CAP: Final = 9.0
_LIGATURE_PRIOR: Final = -6.0
_TWIN_COST: Final = 2.0
_HEALTHY_COST: Final = 3.0
_HEALTHY_MOSTLY: Final = 4.0
_HEALTHY_CAP: Final = 18.0
#: Below this the reading is not used, above it it may settle others.
ABSTAIN: Final = 2.0
_MARK_ABSTAIN: Final = 1.0
#: Tatweel fits anywhere inside a word, and words fall into words: these have to fit many.
_STRETCH_ABSTAIN: Final = 8.0
_SPACE_ABSTAIN: Final = 40.0
_SURE: Final = 10.0
#: What it costs a line to have one of its letters guessed.
_GUESS_COST: Final = 3.0


@dataclass(frozen=True, slots=True)
class SolvedSymbol:
    """What a symbol stands for, and how surely.

    Attributes:
        symbol: The private-use character.
        text: What it stands for; empty when no reading is sure enough.
        form: Joining form of the glyph, or ``mark``, ``stretch``, ``space``.
        confidence: Probability of the reading.
        margin: Distance to the next reading, in nats.
        count: Occurrences in words of the document.
        best: The best reading, sure or not.
        runner_up: The next reading.
    """

    symbol: str
    text: str
    form: str
    confidence: float
    margin: float
    count: int
    best: str
    runner_up: str


class Solver:
    """Finds the map of one document.

    Args:
        coded: Its words with symbols.
        models: Judge the words that a reading makes.
        use_prior: Whether readings known from other fonts count for more.
        given: Readings that are known: they stay, and help to find the others.
    """

    def __init__(
        self,
        coded: CodedWords,
        models: Models,
        *,
        use_prior: bool = True,
        given: Mapping[str, Reading] | None = None,
    ) -> None:
        self._coded = coded
        self._models = models
        self._use_prior = use_prior
        self._given = dict(given or {})
        asked = [symbol for symbol in coded.counts if symbol not in self._given]
        most = min(_MOST_TYPES, max(_FEWEST_TYPES, _ALL_TYPES // max(1, len(asked))))
        self._by_symbol: dict[str, list[CodedWord]] = {symbol: [] for symbol in asked}
        for kind in coded.types:
            for symbol in kind.symbols:
                if symbol in self._by_symbol and len(self._by_symbol[symbol]) < most:
                    self._by_symbol[symbol].append(kind)
        self._map: dict[str, Reading] = dict(self._given)
        self._voter = Voter(models)
        self.word_score = self._voter.word_score

    def solve(self) -> tuple[SolvedSymbol, ...]:
        """Return a reading for each symbol that was not given, the commonest symbol first.

        Symbols of which no word tells anything are left out; so are all where no map makes
        words of the text.
        """
        self._settle()
        self._ascend()
        solved = []
        wild = len(self._by_symbol.keys() - self._map.keys()) <= _MOST_GUESSED
        for symbol, count in common(self._coded.counts):
            if symbol not in self._by_symbol:
                continue
            scores = self._scores(symbol, wild=wild)
            if scores:
                scores = self._with_context(symbol, scores)
                solved.append(self._verdict(symbol, count, scores))
        if self.is_over():
            self._map = dict(self._given)
            return ()
        return tuple(solved)

    def is_over(self) -> bool:
        """Return whether the work is more than any real map asks for."""
        return self._voter.work > _MOST_WORK

    def line_score(self, line: str) -> tuple[float, list[str]]:
        """Return how probable a line's words are under the map, and the words.

        Symbols that have no reading are free. Words are capped, so that a line of unknown
        names is no worse than so many unknowns.
        """
        total = 0.0
        sentence = []
        for match in CODED_WORD.finditer(line):
            word = decode(match.group(), self._map, "")[0]
            unknown = PRIVATE.findall(word)
            if len(unknown) == 1 and len(word) > 1:
                tries = [word.replace(unknown[0], letter) for letter in ("", *LETTERS)]
                word = max(tries, key=self.word_score)
                total -= _GUESS_COST
            sentence.append(word)
            total += max(self.word_score(word), -24.0) if not PRIVATE.search(word) else -24.0
        return total, sentence

    def is_apart(self, line: str) -> bool:
        """Return whether the last symbol of a line is read as no part of the word before it."""
        symbols = PRIVATE.findall(line)
        reading = self._map.get(symbols[-1]) if symbols else None
        return reading is not None and reading.form == EDGE

    # -- the map, the sure ones first -------------------------------------------------

    def _settle(self) -> None:
        waiting = sorted(self._by_symbol)
        ranked: dict[str, tuple[float, Reading]] = {}
        stale = set(waiting)
        while waiting:
            for symbol in sorted(stale):
                scores = self._scores(symbol)
                if scores:
                    best, margin, _ = _rank(scores)
                    ranked[symbol] = (margin, best)
            if self.is_over():
                return
            if not ranked and len(waiting) <= _MOST_GUESSED:
                # Every word left holds two unknowns: let each guess at the other.
                for symbol in waiting:
                    scores = self._scores(symbol, wild=True)
                    if scores:
                        best, margin, _ = _rank(scores)
                        ranked[symbol] = (margin, best)
            if not ranked:
                return
            order = sorted(ranked, key=lambda symbol: (-ranked[symbol][0], symbol))
            sure = [symbol for symbol in order if ranked[symbol][0] >= _SURE]
            if not sure and len(waiting) > _MOST_GUESSED:
                return
            sure = sure or order[:1]
            stale = set()
            for symbol in sure:
                self._map[symbol] = ranked.pop(symbol)[1]
                waiting.remove(symbol)
                for kind in self._by_symbol[symbol]:
                    stale |= kind.symbols
            stale &= set(waiting)

    def _ascend(self) -> None:
        for _ in range(4):
            changed = False
            for symbol in sorted(self._map.keys() - self._given.keys()):
                scores = self._scores(symbol)
                if scores:
                    best = _rank(scores)[0]
                    changed = changed or best != self._map[symbol]
                    self._map[symbol] = best
            if not changed:
                return

    # -- scores -----------------------------------------------------------------------

    def _scores(self, symbol: str, *, wild: bool = False) -> dict[Reading, float]:
        """Return the score of every reading of a symbol, the others' readings being given."""
        per_type: list[tuple[CodedWord, Mapping[Reading, float]]] = []
        guesses = 0
        if self.is_over():
            return {}
        for kind in self._by_symbol[symbol]:
            unknown = [
                other for other in kind.symbols if other != symbol and other not in self._map
            ]
            if unknown:
                guesses += 1
                if not wild or guesses > _MOST_WILD:
                    continue
            votes = self._votes(kind, symbol, unknown)
            if votes:
                per_type.append((kind, votes))
        if not per_type:
            return {}
        per_type = self._with_ligatures(symbol, per_type)
        totals: dict[Reading, float] = {}
        readings = {reading for _, votes in per_type for reading in votes}
        for reading in readings:
            totals[reading] = self._prior(symbol, reading)
        for kind, votes in per_type:
            floor = max(votes.values()) - _LOSS_CAP
            for reading in readings:
                totals[reading] += kind.weight * max(votes.get(reading, floor), floor)
        return totals

    def _votes(
        self,
        kind: CodedWord,
        symbol: str,
        unknown: Sequence[str] = (),
        texts: tuple[str, ...] = LETTERS,
    ) -> Mapping[Reading, float]:
        """Return what a word says of a symbol; what else is unknown in it is guessed."""
        if len(unknown) > 1:
            return {}
        if not unknown:
            pieces, marks = self._split(kind, symbol, self._map)
            return self._voter.votes(pieces, marks, texts)
        votes: dict[Reading, float] = {}
        for guess in LETTERS:
            trial = {**self._map, unknown[0]: Reading(guess, "")}
            pieces, marks = self._split(kind, symbol, trial)
            for reading, value in self._voter.votes(pieces, marks, texts).items():
                votes[reading] = max(votes.get(reading, -99.0), value - _GUESS_COST)
        return votes

    @staticmethod
    def _split(
        kind: CodedWord, symbol: str, readings: Mapping[str, Reading]
    ) -> tuple[tuple[str, ...], Marks]:
        letters, marks = decode(kind.word, readings, symbol)
        return tuple(letters.split(symbol)), tuple(sorted(marks.items()))

    def _with_ligatures(
        self, symbol: str, per_type: list[tuple[CodedWord, Mapping[Reading, float]]]
    ) -> list[tuple[CodedWord, Mapping[Reading, float]]]:
        """Try the rarer ligatures, too, where no letter makes words of what stands there."""
        poor = [item for item in per_type if max(item[1].values()) < UNKNOWN_BASE]
        if len(poor) * 2 < len(per_type):
            return per_type
        texts = ligatures()
        more = [
            (kind, {**votes, **self._votes(kind, symbol, (), texts)})
            if all(other == symbol or other in self._map for other in kind.symbols)
            else (kind, votes)
            for kind, votes in per_type[:_MOST_LIGATED]
        ]
        return [*more, *per_type[_MOST_LIGATED:]]

    def _prior(self, symbol: str, reading: Reading) -> float:
        score = slot_bonus(symbol, reading) if self._use_prior else 0.0
        if reading.form in (MARK, STRETCH, SPACE, EDGE):
            return score
        if len(reading.text) > 1 and not (len(reading.text) == 2 and reading.text[0] == "\u0644"):
            score += _LIGATURE_PRIOR
        seen = self._coded.healthy.get(Glyph(reading.text, reading.form), 0)
        # Two fonts of a document may code one glyph twice, which is rarer than it sounds.
        twins = sum(
            len(self._by_symbol.get(name, ())) or 1
            for name, other in self._map.items()
            if other == reading and name != symbol
        )
        cost = _HEALTHY_COST * math.log1p(seen) + _TWIN_COST * math.log1p(twins)
        if seen > 3 * self._coded.counts.get(symbol, 0):
            cost += _HEALTHY_MOSTLY
        return score - min(_HEALTHY_CAP, cost)

    def _with_context(self, symbol: str, scores: dict[Reading, float]) -> dict[Reading, float]:
        """Let the language model look at the words around, when the readings are close."""
        model = self._models.language_model
        best, margin, _ = _rank(scores)
        if model is None or margin > 2 * _SURE:
            return scores
        top = sorted(scores, key=lambda reading: (-scores[reading], reading))[:5]
        top = [reading for reading in top if scores[reading] > scores[best] - 2 * _SURE]
        if len({reading.text if reading.form != MARK else "" for reading in top}) < 2:
            return scores
        gains = dict.fromkeys(top, 0.0)
        kinds = [kind for kind in self._by_symbol[symbol] if kind.contexts][:24]
        for kind in kinds:
            values = {}
            for reading in top:
                full = {**self._map, symbol: reading}
                middle = decode(kind.word, full, "")[0]
                left, right = kind.contexts[0]
                window = [decode(word, full, "")[0] for word in left]
                rest = [decode(word, full, "")[0] for word in right]
                sentence = [word for word in (*window, middle, *rest) if word]
                values[reading] = model.score(sentence) - self.word_score(middle)
            floor = max(values.values()) - 4.0
            for reading in top:
                gains[reading] += kind.weight * max(values[reading], floor)
        shift = max(gains.values())
        return {
            reading: value + (gains[reading] - shift if reading in gains else -2.0)
            for reading, value in scores.items()
        }

    def _verdict(self, symbol: str, count: int, scores: dict[Reading, float]) -> SolvedSymbol:
        best, margin, runner_up = _rank(scores)
        needed = {STRETCH: _STRETCH_ABSTAIN, SPACE: _SPACE_ABSTAIN}.get(best.form, ABSTAIN)
        if best.form == MARK and runner_up.form == MARK:
            # Which mark it is matters less than that it is one, so that may be a closer call.
            others = [value for reading, value in scores.items() if reading.form != MARK]
            if scores[best] - max(others, default=-math.inf) >= ABSTAIN:
                needed = _MARK_ABSTAIN
        total = sum(math.exp(value - scores[best]) for value in _by_text(scores).values())
        unsure = (
            margin < needed
            or best.form == EDGE
            or symbol not in self._map
            or not self._makes_words(symbol, best)
        )
        text = "" if unsure else best.text
        return SolvedSymbol(
            symbol, text, best.form, 1.0 / total, margin, count, best.text, runner_up.text
        )

    def _makes_words(self, symbol: str, reading: Reading) -> bool:
        """Return whether enough of the words that hold a symbol are known ones if read so.

        Some reading is always the best one; of what is no map at all it makes no words.
        """
        readings = {**self._map, symbol: reading}
        known = asked = 0
        for kind in self._by_symbol[symbol]:
            word = decode(kind.word, readings, "")[0]
            if PRIVATE.search(word):
                continue
            asked += 1
            known += all(self._voter.knows(part) for part in word.split())
        return known + _NAMES >= LEAST_KNOWN * asked


def _by_text(scores: Mapping[Reading, float]) -> dict[str, float]:
    """Return the best score of each text, whatever its form."""
    texts: dict[str, float] = {}
    for reading, value in scores.items():
        texts[reading.text] = max(value, texts.get(reading.text, -math.inf))
    return texts


def _rank(scores: Mapping[Reading, float]) -> tuple[Reading, float, Reading]:
    """Return the best reading, its lead over the next other text, and that reading."""
    order = sorted(scores, key=lambda reading: (-scores[reading], reading))
    best = order[0]
    for reading in order[1:]:
        if reading.text != best.text:
            return best, scores[best] - scores[reading], reading
    return best, _SURE, best
