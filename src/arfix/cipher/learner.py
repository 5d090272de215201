"""Learns from the unknown words of a document which of its glyphs are written as others."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from arfix.channel.readings import LETTERS, form_in
from arfix.cipher.respelled import Reader, Reading
from arfix.cipher.slips import COMMA, END, PAIRS, Slip, by_written
from arfix.cipher.solver import healthy_glyphs
from arfix.glyph_counts import GLYPH_COUNTS
from arfix.glyphs import FORMS
from arfix.lexicon.automaton import CODES
from arfix.lexicon.twins import twins

if TYPE_CHECKING:
    from arfix.lexicon.protocols import Lexicon

#: Occurrences of a glyph in one letter of running text; lam-alef counted as one letter.
_RATES: Final = {(letter, form): count / 100_000 for letter, form, count in GLYPH_COUNTS}
#: Glyphs rarer than these hold this rate at the most.
_RARE: Final = min(_RATES.values())
_EVERYTHING: Final = tuple((letter, form) for letter in LETTERS for form in FORMS)
#: So many occurrences have to be missing, and so few of them may be there.
_LEAST_EXPECTED: Final = 3.0
_LEFT: Final = 0.15
#: The same in a document that has shown slips already, and how often more words must speak for
#: a slip than show its glyph as it should be.
_LEFT_LATER: Final = 0.3
_FEW_LATER: Final = 2
_LEAD_LATER: Final = 1.5
#: A single slip has to be of a glyph that should occur so often.
_STRONG: Final = 8.0
#: Distinct words that one slip has to explain, at least, and of those expected to hold the glyph.
_LEAST_FIXED: Final = 2.5
_LEAST_SHARE: Final = 0.3
#: The same in a document that has shown two slips already; and where what is written is no
#: letter of Arabic.
_LEAST_LATER: Final = 1.6
_LEAST_ODD: Final = 0.9
_PROVEN: Final = 2
#: Words by which one slip alone proves that there may be more.
_PROVEN_ALONE: Final = 20.0
#: Letters that stand before a ligature, at the least, in words that speak for it.
_FEWEST_STEMS: Final = 2
_ROUNDS: Final = 14
_SHORTEST: Final = 3
_LONGEST: Final = 16
_MOST_WORDS: Final = 400
_MOST_SLIPS: Final = 60
#: Steps of all walks through the lexicon in a round.
_WALKS: Final = 600_000
#: Rounds of the estimation; what a slip starts with; what none of the readings is worth.
_STEPS: Final = 8
_FIRST_SHARE: Final = 1 / 40
_NONE: Final = -18.0
_DISCOUNT: Final = 0.5
_LEAST_COUNT: Final = 0.02
#: Natural log of the frequency below which a word may be known by chance.
_FAIR: Final = -13.0
#: So much more has to speak for a slip that is written as another one is.
_ANOTHER: Final = 2.0
#: Slips that are learnt at once, the best ones.
_AT_ONCE: Final = 4


def expected(glyph: tuple[str, str], letters: int) -> float:
    """Return how often a glyph should occur in so many letters."""
    return _RATES.get(glyph, 0.0) * letters


def _is_of_one_stem(slip: Slip, rows: Mapping[str, Sequence[Reading]]) -> bool:
    """Return whether the words that a slip would explain share the letter before it.

    Two letters in a row that are unknown words' own come up in all words of their stem.
    """
    before = {
        word[: word.index(slip.written)][-1:]
        for word, row in rows.items()
        if slip in row[0].fresh and slip.written in word
    }
    return len(before) < _FEWEST_STEMS


class Learner:
    """Finds the slips of a document.

    Args:
        words: Its distinct words, as they stand and bare.
        lexicon: Tells the known ones.
        commas: Whether its commas are where they should be.
    """

    def __init__(
        self, words: Iterable[tuple[str, str]], lexicon: Lexicon, *, commas: bool = True
    ) -> None:
        self._lexicon = lexicon
        self._commas = commas
        self._known: list[tuple[str, str]] = []
        unknown: list[tuple[str, str]] = []
        self._letters = 0
        for word, letters in words:
            if not _SHORTEST <= len(word) <= _LONGEST:
                continue
            self._letters += len(letters)
            (self._known if letters in lexicon else unknown).append((word, letters))
        self._healthy = healthy_glyphs(letters for _, letters in self._known)
        # A hamza left out, a feminine ending without its dots: no font does that. A font that
        # has no bare alef does look so, the other way round.
        bare_alefs = sum(self._healthy.get(("ا", form), 0) for form in FORMS)
        should = sum(expected(("ا", form), self._letters) for form in FORMS)
        styled = bare_alefs > _LEFT * should
        self._unknown = [
            word
            for word, letters in unknown
            if not styled or not any(twin in lexicon for twin in twins(letters))
        ][:_MOST_WORDS]
        self._reader = Reader(lexicon)
        self._settled: set[str] = set()
        #: The readings of each word, and the slips that they were made without.
        self._rows: dict[str, list[Reading]] = {}
        self._fresh: list[Slip] = []
        self._counts: Mapping[Slip, float] = {}

    def learn(self) -> list[Slip]:
        """Return the slips, those that explain most first."""
        absent = self._absent()
        if not absent:
            return []
        slips = self._round(self._unknown, (), absent)
        if len(slips) < _PROVEN:
            if not all(self._is_strong(slip) for slip in slips):
                return []
            if not any(self._counts[slip] >= _PROVEN_ALONE for slip in slips):
                return slips
        ligatures = False
        for _ in range(_ROUNDS):
            self._reader.wrong = frozenset((slip.letters, slip.form) for slip in slips)
            words = self._reconsidered()
            fresh = self._round(words, slips, self._absent_later(ligatures=ligatures))
            slips += fresh
            if not fresh:
                if ligatures:
                    break
                ligatures = True
                self._rows.clear()
        return slips

    def _round(
        self, words: Iterable[str], slips: Sequence[Slip], absent: Mapping[str, Collection[str]]
    ) -> list[Slip]:
        """Return the slips that explain words which those known do not."""
        by_char = by_written(slips)
        self._reader.budget = _WALKS
        rows: dict[str, list[Reading]] = {}
        for word in words:
            if word in self._settled:
                continue
            row = self._rows.get(word)
            if row is None or any(slip.written in word for slip in self._fresh):
                most = 1 if len(word) < 4 else 2 if len(word) < 6 or slips else 3
                row = self._rows[word] = self._reader.read(word, by_char, absent, most)
            if row and not row[0].fresh and row[0].prior > _FAIR:
                self._settled.add(word)  # explained by what is known
            elif row := [it for it in row if self._reader.wrong.isdisjoint(it.glyphs)]:
                rows[word] = row
        counts = self._explained(list(rows.values()))
        for slip in [slip for slip in counts if len(slip.written) > 1]:
            if _is_of_one_stem(slip, rows):
                counts[slip] = 0.0
        self._counts = counts
        self._fresh = self._accept(counts, slips)
        return self._fresh

    @property
    def explained(self) -> float:
        """Which share of the unknown words the slips explain."""
        return len(self._settled.intersection(self._unknown)) / max(1, len(self._unknown))

    def _is_strong(self, slip: Slip) -> bool:
        return expected((slip.letters, slip.form), self._letters) >= _STRONG

    def _absent(self) -> dict[str, set[str]]:
        """Return the glyphs that are missing, their forms by letter."""
        found: dict[str, set[str]] = defaultdict(set)
        for (letter, form), rate in _RATES.items():
            should = rate * self._letters
            if should >= _LEAST_EXPECTED and self._healthy.get((letter, form), 0) <= max(
                _LEFT * should, 0.5
            ):
                found[letter].add(form)
        if found and not self._commas:
            found[COMMA].add(END)
        return found

    def _absent_later(self, *, ligatures: bool) -> dict[str, set[str]]:
        """Return the glyphs that may be missing in a document that misses some for certain."""
        found: dict[str, set[str]] = defaultdict(set)
        for letter, form in _EVERYTHING:
            should = max(_RATES.get((letter, form), 0.0), _RARE / 2) * self._letters
            most = max(_LEFT_LATER * should, _FEW_LATER)
            glyph = (letter, form)
            if glyph not in self._reader.wrong and self._healthy.get(glyph, 0) <= most:
                found[letter].add(form)
        for letters in PAIRS.difference(LETTERS) if ligatures else ():
            forms = {form for form in FORMS if not self._healthy.get((letters, form), 0)}
            if forms:
                found[letters] = forms
        if not self._commas and (COMMA, END) not in self._reader.wrong:
            found[COMMA].add(END)
        return found

    def _reconsidered(self) -> list[str]:
        """Return the unknown words, with those that are known only by chance."""
        doubtful: list[str] = []
        healthy: list[str] = []
        for word, letters in self._known:
            rare = self._lexicon.log_probability(letters) < _FAIR
            if rare or self._reader.contradicted(letters):
                doubtful.append(word)
            else:
                healthy.append(letters)
        self._healthy = healthy_glyphs(healthy)
        for letters in healthy:
            for at in range(len(letters) - 1):
                pair = letters[at : at + 2]
                if pair in PAIRS and pair not in LETTERS:
                    self._healthy[pair, form_in(letters, at, at + 2)] += 1
        return (self._unknown + doubtful)[:_MOST_WORDS]

    @staticmethod
    def _explained(rows: Sequence[Sequence[Reading]]) -> dict[Slip, float]:
        """Return how many words each slip explains, by expectation maximisation."""
        share: dict[Slip, float] = {}
        counts: dict[Slip, float] = {}
        for _ in range(_STEPS):
            counts = defaultdict(float)
            for row in rows:
                scores = [
                    reading.prior
                    + sum(math.log(share.get(slip, _FIRST_SHARE)) for slip in reading.fresh)
                    for reading in row
                ]
                best = max(*scores, _NONE)
                weights = [math.exp(score - best) for score in scores]
                total = sum(weights) + math.exp(_NONE - best)
                for reading, weight in zip(row, weights, strict=True):
                    for slip in reading.fresh:
                        counts[slip] += weight / total
            totals: dict[tuple[str, str], float] = defaultdict(float)
            for slip, count in counts.items():
                totals[slip.letters, slip.form] += count
            share = {
                slip: max(count - _DISCOUNT, _LEAST_COUNT)
                / (totals[slip.letters, slip.form] + _DISCOUNT)
                for slip, count in counts.items()
            }
        return counts

    def _accept(self, counts: Mapping[Slip, float], known: Sequence[Slip]) -> list[Slip]:
        """Return the slips that explain enough."""
        taken = {(slip.letters, slip.form) for slip in known}
        accepted: list[Slip] = []
        for slip in sorted(counts, key=lambda slip: (-counts[slip], slip)):
            glyph = (slip.letters, slip.form)
            if counts[slip] >= self._least(slip, known) and glyph not in taken:
                taken.add(glyph)
                accepted.append(slip)
        return accepted[: min(_AT_ONCE, _MOST_SLIPS - len(known)) if known else _MOST_SLIPS]

    def _least(self, slip: Slip, known: Sequence[Slip]) -> float:
        """Return how many words have to speak for a slip."""
        glyph = (slip.letters, slip.form)
        if not known:
            return max(_LEAST_FIXED, _LEAST_SHARE * expected(glyph, self._letters))
        least = _LEAST_LATER
        if slip.letters in PAIRS and slip.letters not in LETTERS:
            least = _LEAST_FIXED
        elif len(slip.written) == 1 and slip.written not in CODES:
            least = _LEAST_ODD
        least = max(least, _LEAD_LATER * self._healthy.get(glyph, 0))
        if any(one.written == slip.written and one.letters != slip.letters for one in known):
            least *= _ANOTHER
        return least
