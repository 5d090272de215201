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
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from arfix.channel.coded import (
    CODED_WORD,
    PRIVATE,
    CodedWord,
    CodedWords,
    common,
    decode,
    stacked,
)
from arfix.channel.readings import (
    EDGE,
    LETTERS,
    MARK,
    SPACE,
    STRETCH,
    Reading,
    form_in,
    ligatures,
)
from arfix.channel.slots import slot_bonus
from arfix.glyphs import Glyph, glyphs_of, joins_next, joins_previous
from arfix.lexicon.marks import ALEFS, FATHATAN, MARKS, MarkTable
from arfix.view import TATWEEL

if TYPE_CHECKING:
    from arfix.lexicon.protocols import Lexicon
    from arfix.lm.protocols import LanguageModel, SpellingModel

#: Ceilings that keep the work bounded on any text; far above what a map needs.
_MOST_TYPES: Final = 160
_MOST_WILD: Final = 6

_LOSS_CAP: Final = 9.0
_ABSENT: Final = -29.0
_UNKNOWN_BASE: Final = -14.0
_UNKNOWN_LETTER: Final = -2.0
_OOV_SHARE: Final = math.log(0.03)
_MARKED_SHARE: Final = math.log(0.02)
_SECOND_MARK: Final = math.log(0.25)
_DOUBLE_MARK: Final = math.log(0.0001)
_STRETCH_SHARE: Final = math.log(0.0005)
_EDGE_SHARE: Final = math.log(0.002)
_SPACE_SHARE: Final = math.log(0.0005)
_LIGATURE_PRIOR: Final = -6.0
_LAM_ALEF_PRIOR: Final = -1.0
_TWIN_COST: Final = 2.0
_HEALTHY_COST: Final = 3.0
_HEALTHY_MOSTLY: Final = 4.0
_HEALTHY_CAP: Final = 18.0
_LIGATED_COST: Final = 4.0
#: Below this the reading is not used, above it it may settle others.
ABSTAIN: Final = 2.0
_MARK_ABSTAIN: Final = 1.0
#: Tatweel fits anywhere inside a word, and words fall into words: these have to fit many.
_STRETCH_ABSTAIN: Final = 8.0
_SURE: Final = 10.0
#: What it costs a line to have one of its letters guessed.
_GUESS_COST: Final = 3.0


@dataclass(frozen=True, slots=True)
class Models:
    """The models that judge a reading; only the lexicon is needed."""

    lexicon: Lexicon
    letters: SpellingModel | None = None
    marks: MarkTable = field(default_factory=MarkTable)
    language_model: LanguageModel | None = None


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
    """Finds the map of one document."""

    def __init__(self, coded: CodedWords, models: Models, *, use_prior: bool = True) -> None:
        self._coded = coded
        self._models = models
        self._use_prior = use_prior
        self._by_symbol: dict[str, list[CodedWord]] = {symbol: [] for symbol in coded.counts}
        for kind in coded.types:
            for symbol in kind.symbols:
                if symbol in self._by_symbol and len(self._by_symbol[symbol]) < _MOST_TYPES:
                    self._by_symbol[symbol].append(kind)
        self._map: dict[str, Reading] = {}
        self.word_score = lru_cache(maxsize=200_000)(self._word_score)

    def solve(self) -> tuple[SolvedSymbol, ...]:
        """Return a reading for each symbol that stands in words, the commonest symbol first."""
        self._settle()
        self._ascend()
        solved = []
        for symbol, count in common(self._coded.counts):
            scores = self._scores(symbol, wild=True)
            if scores:
                scores = self._with_context(symbol, scores)
                solved.append(self._verdict(symbol, count, scores))
        return tuple(solved)

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
            if not ranked:
                # Every word left holds two unknowns: let each guess at the other.
                for symbol in waiting:
                    scores = self._scores(symbol, wild=True)
                    if scores:
                        best, margin, _ = _rank(scores)
                        ranked[symbol] = (margin, best)
            if not ranked:
                return
            order = sorted(ranked, key=lambda symbol: (-ranked[symbol][0], symbol))
            sure = [symbol for symbol in order if ranked[symbol][0] >= _SURE] or order[:1]
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
            for symbol in sorted(self._map):
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
        per_type: list[tuple[CodedWord, dict[Reading, float]]] = []
        guesses = 0
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
        self._add_ligatures(symbol, per_type)
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
        self, kind: CodedWord, symbol: str, unknown: Sequence[str], texts: Sequence[str] = LETTERS
    ) -> dict[Reading, float]:
        if len(unknown) > 1:
            return {}
        if unknown:
            votes: dict[Reading, float] = {}
            saved = dict(self._map)
            for guess in LETTERS:
                self._map[unknown[0]] = Reading(guess, "")
                for reading, value in self._votes(kind, symbol, (), texts).items():
                    votes[reading] = max(votes.get(reading, -99.0), value - 3.0)
            self._map = saved
            return votes
        votes = {}
        first, marks = self._decode(kind.word, symbol)
        pieces = first.split(symbol)
        starts = _places(pieces)
        for text in texts:
            word = text.join(pieces)
            forms = {
                form_in(word, at + shift * len(text), at + (shift + 1) * len(text))
                for shift, at in enumerate(starts)
            }
            if len(forms) != 1:
                continue
            value = self.word_score(word)
            if len(text) == 1 and glyphs_of(word)[starts[0]] is None:
                value -= _LIGATED_COST
            elif len(text) > 1:
                value += _LAM_ALEF_PRIOR if text[0] == "\u0644" and len(text) == 2 else 0.0
            votes[Reading(text, forms.pop())] = value
        if texts is LETTERS:
            votes.update(self._other_votes(pieces, starts, marks))
        return votes

    def _other_votes(
        self, pieces: Sequence[str], starts: Sequence[int], marks: Mapping[int, str]
    ) -> dict[Reading, float]:
        """Return the readings that are no letter: marks, tatweel, a space, not of this word."""
        votes: dict[Reading, float] = {}
        word = "".join(pieces)
        if not word:
            return votes
        value = self.word_score(word)
        table = self._models.marks
        for mark in MARKS:
            share = 0.0
            for at in starts:
                place = max(at - 1, 0)
                share += self._mark_share(table, word, place, mark, marks)
            votes[Reading(mark, MARK)] = value + share
        inside = all(
            0 < at < len(word) and joins_next(word[at - 1]) and joins_previous(word[at])
            for at in starts
        )
        if inside:
            votes[Reading(TATWEEL, STRETCH)] = value + _STRETCH_SHARE * len(starts)
        if len(pieces) == 2 and pieces[0] and pieces[1]:
            both = self.word_score(pieces[0]) + self.word_score(pieces[1])
            votes[Reading(" ", SPACE)] = both + _SPACE_SHARE
        if len(pieces) == 2 and not (pieces[0] and pieces[1]):
            votes[Reading("", EDGE)] = value + _EDGE_SHARE
        return votes

    @staticmethod
    def _mark_share(
        table: MarkTable, word: str, place: int, mark: str, marks: Mapping[int, str]
    ) -> float:
        there = marks.get(place, "")
        if there:
            # The letter carries a mark already: only a shadda goes with another one.
            together = stacked(there, mark) in MARKS
            return _MARKED_SHARE + (_SECOND_MARK if together else _DOUBLE_MARK)
        given = table.log_probability(word, place, mark, others=marks)
        if mark == FATHATAN and (word[place] in ALEFS or word[place + 1 : place + 2] in ALEFS):
            share = table.tanween_share(word)
            if share is not None:
                return math.log(max(share, 0.005)) + given
        return _MARKED_SHARE + given

    def _add_ligatures(
        self, symbol: str, per_type: list[tuple[CodedWord, dict[Reading, float]]]
    ) -> None:
        """Try the rarer ligatures where no letter makes words of what stands there."""
        poor = [item for item in per_type if max(item[1].values()) < _UNKNOWN_BASE]
        if len(poor) * 2 < len(per_type):
            return
        texts = ligatures()
        for kind, votes in per_type[:40]:
            if all(other == symbol or other in self._map for other in kind.symbols):
                votes.update(self._votes(kind, symbol, (), texts))

    def _prior(self, symbol: str, reading: Reading) -> float:
        score = slot_bonus(symbol, reading) if self._use_prior else 0.0
        if reading.form in (MARK, STRETCH, SPACE, EDGE):
            return score
        if len(reading.text) > 1 and not (len(reading.text) == 2 and reading.text[0] == "\u0644"):
            score += _LIGATURE_PRIOR
        seen = self._coded.healthy.get(Glyph(reading.text, reading.form), 0)
        # Two fonts of a document may code one glyph twice, which is rarer than it sounds.
        twins = sum(
            len(self._by_symbol[name])
            for name, other in self._map.items()
            if other == reading and name != symbol
        )
        cost = _HEALTHY_COST * math.log1p(seen) + _TWIN_COST * math.log1p(twins)
        if seen > 3 * self._coded.counts.get(symbol, 0):
            cost += _HEALTHY_MOSTLY
        return score - min(_HEALTHY_CAP, cost)

    def _word_score(self, letters: str) -> float:
        """Return the log-probability of a bare word, known or not."""
        known = self._models.lexicon.log_probability(letters)
        if known > _ABSENT:
            return known
        unknown = _UNKNOWN_BASE + _UNKNOWN_LETTER * len(letters)
        if self._models.letters is not None:
            unknown = _OOV_SHARE + self._models.letters.log_probability(letters)
        return max(unknown, -40.0)

    # -- decoding ---------------------------------------------------------------------

    def _decode(self, word: str, keep: str) -> tuple[str, dict[int, str]]:
        """Return the bare letters of a coded word with ``keep`` left in, and its other marks."""
        return decode(word, self._map, keep)

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
        needed = _STRETCH_ABSTAIN if best.form in (STRETCH, SPACE) else ABSTAIN
        if best.form == MARK and runner_up.form == MARK:
            # Which mark it is matters less than that it is one, so that may be a closer call.
            others = [value for reading, value in scores.items() if reading.form != MARK]
            if scores[best] - max(others, default=-math.inf) >= ABSTAIN:
                needed = _MARK_ABSTAIN
        total = sum(math.exp(value - scores[best]) for value in _by_text(scores).values())
        unsure = margin < needed or best.form == EDGE or symbol not in self._map
        text = "" if unsure else best.text
        return SolvedSymbol(
            symbol, text, best.form, 1.0 / total, margin, count, best.text, runner_up.text
        )


def _by_text(scores: Mapping[Reading, float]) -> dict[str, float]:
    """Return the best score of each text, whatever its form."""
    texts: dict[str, float] = {}
    for reading, value in scores.items():
        texts[reading.text] = max(value, texts.get(reading.text, -math.inf))
    return texts


def _places(pieces: Sequence[str]) -> list[int]:
    """Return where the gaps between the pieces are, the gaps themselves not counted."""
    places, at = [], 0
    for piece in pieces[:-1]:
        at += len(piece)
        places.append(at)
    return places


def _rank(scores: Mapping[Reading, float]) -> tuple[Reading, float, Reading]:
    """Return the best reading, its lead over the next other text, and that reading."""
    order = sorted(scores, key=lambda reading: (-scores[reading], reading))
    best = order[0]
    for reading in order[1:]:
        if reading.text != best.text:
            return best, scores[best] - scores[reading], reading
    return best, _SURE, best
