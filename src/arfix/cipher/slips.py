"""Which glyphs of a document are written as another letter, learnt from its unknown words.

A slip is a glyph, a letter in one joining form, that the font's character map gives the wrong
name: it then never occurs, and words that should hold it are unknown ones, until the one wrong
letter is put right in all of them.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from arfix.channel.readings import LETTERS, form_in
from arfix.cipher.solver import healthy_glyphs
from arfix.cipher.walk import follow
from arfix.glyph_counts import GLYPH_COUNTS
from arfix.glyphs import FORMS
from arfix.lexicon.twins import twins
from arfix.view import STRIP_MARKS

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
#: A single slip has to be of a glyph that should occur so often.
_STRONG: Final = 8.0
#: Distinct words that one slip has to explain, at least, and of those expected to hold the glyph.
_LEAST_FIXED: Final = 2.5
_LEAST_SHARE: Final = 0.3
#: The same in a document that has shown two slips already.
_LEAST_LATER: Final = 1.6
_PROVEN: Final = 2
_ROUNDS: Final = 4
_SHORTEST: Final = 3
_LONGEST: Final = 16
_MOST_WORDS: Final = 400
_MOST_SLIPS: Final = 60
#: Steps of one walk through the lexicon, and of all.
_WALK: Final = 2_500
_WALKS: Final = 600_000
_MOST_READINGS: Final = 40
#: Rounds of the estimation; what a slip starts with; what none of the readings is worth.
_STEPS: Final = 8
_FIRST_SHARE: Final = 1 / 40
_NONE: Final = -18.0
_DISCOUNT: Final = 0.5
_LEAST_COUNT: Final = 0.02

#: Written, and meant: careless spelling and dialect, which are no slips of a font.
_TWINS: Final = frozenset(
    {(written, meant) for written in "اأإآ" for meant in "أإآ"}
    | set(zip("هةىيیوايتسدزضزكتئؤ", "ةهيىيؤءئثثذذظظقطيو", strict=True))
    | {("\u06cc", "\u0649"), ("\u06a9", "\u0643"), ("\u06c1", "\u0647"), ("\u06d2", "\u064a")}
)


class Slip(NamedTuple):
    """A glyph and what it is written as.

    Attributes:
        written: A letter or a mark.
        letters: What it should be.
        form: The joining form in which it is wrong.
    """

    written: str
    letters: str
    form: str


#: The places in a word where a slip is put right.
Used = tuple[tuple[int, Slip], ...]


def variants(
    word: str, slips: Mapping[str, Sequence[Slip]], most: int
) -> Iterator[tuple[str, Used]]:
    """Yield what a word may be under some slips, bare, and where they were put right.

    Args:
        word: Letters and marks.
        slips: Those known, by what is written.
        most: How many words to yield at the most.
    """
    stack: list[tuple[int, str, Used, tuple[int, ...]]] = [(0, "", (), ())]
    found = 0
    while stack and found < most:
        at, text, used, places = stack.pop()
        if at == len(word):
            if all(
                form_in(text, place, place + len(slip.letters)) == slip.form
                for place, (_, slip) in zip(places, used, strict=True)
            ):
                found += 1
                yield text, used
            continue
        char = word[at]
        stack.extend(
            (at + 1, text + slip.letters, (*used, (at, slip)), (*places, len(text)))
            for slip in slips.get(char, ())
        )
        stack.append((at + 1, text if ord(char) in STRIP_MARKS else text + char, used, places))


def expected(glyph: tuple[str, str], letters: int) -> float:
    """Return how often a glyph should occur in so many letters."""
    return _RATES.get(glyph, 0.0) * letters


class Reading(NamedTuple):
    """What an unknown word may be.

    Attributes:
        prior: Natural log of the frequency of the word.
        fresh: The slips that this needs and that are not known yet.
    """

    prior: float
    fresh: tuple[Slip, ...]


class Learner:
    """Finds the slips of a document.

    Args:
        words: Its distinct words, as they stand and bare.
        lexicon: Tells the known ones.
    """

    def __init__(self, words: Iterable[tuple[str, str]], lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        known: list[str] = []
        unknown: list[tuple[str, str]] = []
        self._letters = 0
        for word, letters in words:
            if not _SHORTEST <= len(letters) <= _LONGEST:
                continue
            self._letters += len(letters)
            if letters in lexicon:
                known.append(letters)
            else:
                unknown.append((word, letters))
        self._healthy = healthy_glyphs(known)
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
        self._budget = _WALKS

    def learn(self) -> list[Slip]:
        """Return the slips, those that explain most first."""
        absent = self._absent(_RATES, _LEAST_EXPECTED)
        if not absent:
            return []
        slips: list[Slip] = []
        for later in range(_ROUNDS):
            if later:
                if len(slips) < _PROVEN:
                    break
                absent = self._absent(_EVERYTHING, 0.0)
            by_char = by_written(slips)
            rows = [row for word in self._unknown if (row := self._readings(word, by_char, absent))]
            fresh = self._accept(self._explained(rows), slips, later=later > 0)
            slips += fresh
            if later and not fresh:
                break
        if len(slips) < _PROVEN and not all(self._is_strong(slip) for slip in slips):
            return []
        return slips

    def _is_strong(self, slip: Slip) -> bool:
        return expected((slip.letters, slip.form), self._letters) >= _STRONG

    def _absent(self, glyphs: Iterable[tuple[str, str]], least: float) -> dict[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for letter, form in glyphs:
            should = max(_RATES.get((letter, form), 0.0), _RARE / 2) * self._letters
            if should >= least and self._healthy.get((letter, form), 0) <= max(_LEFT * should, 0.5):
                found[letter].add(form)
        return found

    def _readings(
        self,
        word: str,
        slips: Mapping[str, Sequence[Slip]],
        absent: Mapping[str, Collection[str]],
    ) -> list[Reading]:
        """Return what a word may be with a few slips more than those known."""
        automaton = self._lexicon.automaton
        most = 1 if len(word) < 4 else 2 if len(word) < 6 else 3
        found: list[Reading] = []
        steps = 0
        # position, node, number, whether a word ends here, text, slips used, fresh ones
        stack: list[tuple[int, int, int, int, str, tuple[tuple[int, Slip], ...], int]] = [
            (0, automaton.root, 0, 0, "", (), 0)
        ]
        while stack:
            at, node, number, final, text, used, fresh = stack.pop()
            steps += 1
            if steps > _WALK or self._budget <= 0:
                break
            if at == len(word):
                if final and used:
                    reading = self._reading(number, text, used, slips, absent)
                    if reading is not None:
                        found.append(reading)
                continue
            char = word[at]
            if ord(char) in STRIP_MARKS:
                stack.append((at + 1, node, number, final, text, used, fresh))
            else:
                moved = follow(automaton, node, char)
                if moved is not None:
                    stack.append(
                        (at + 1, moved[0], number + moved[1], moved[2], text + char, used, fresh)
                    )
            for slip in slips.get(char, ()):
                moved = follow(automaton, node, slip.letters)
                if moved is not None:
                    stack.append(
                        (at + 1, moved[0], number + moved[1], moved[2], text + slip.letters,
                         (*used, (len(text), slip)), fresh)
                    )  # fmt: skip
            if fresh == most:
                continue
            for letters in absent:
                if (char, letters) in _TWINS:
                    continue
                moved = follow(automaton, node, letters) if letters != char else None
                if moved is not None:
                    slip = Slip(char, letters, "")
                    stack.append(
                        (at + 1, moved[0], number + moved[1], moved[2], text + letters,
                         (*used, (len(text), slip)), fresh + 1)
                    )  # fmt: skip
        self._budget -= steps
        found.sort(key=lambda reading: (-reading.prior + 3 * len(reading.fresh), reading))
        if found and not found[0].fresh:
            return []  # explained by what is known
        return found[:_MOST_READINGS]

    def _reading(
        self,
        number: int,
        text: str,
        used: tuple[tuple[int, Slip], ...],
        slips: Mapping[str, Sequence[Slip]],
        absent: Mapping[str, Collection[str]],
    ) -> Reading | None:
        fresh = set()
        for place, slip in used:
            form = form_in(text, place, place + len(slip.letters))
            if slip.form:
                if slip.form != form:
                    return None
            elif form not in absent[slip.letters]:
                return None
            else:
                fresh.add(slip._replace(form=form))
        fresh.difference_update(*slips.values())
        return Reading(self._lexicon.prior(number), tuple(sorted(fresh)))

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

    def _accept(
        self, counts: Mapping[Slip, float], known: Sequence[Slip], *, later: bool
    ) -> list[Slip]:
        """Return the slips that explain enough."""
        taken = {(slip.letters, slip.form) for slip in known}
        accepted: list[Slip] = []
        for slip in sorted(counts, key=lambda slip: (-counts[slip], slip)):
            glyph = (slip.letters, slip.form)
            should = expected(glyph, self._letters)
            least = _LEAST_LATER if later else max(_LEAST_FIXED, _LEAST_SHARE * should)
            if counts[slip] >= least and glyph not in taken:
                taken.add(glyph)
                accepted.append(slip)
        return accepted[: _MOST_SLIPS - len(known)]


def by_written(slips: Iterable[Slip]) -> dict[str, list[Slip]]:
    """Return slips by what is written."""
    found: dict[str, list[Slip]] = defaultdict(list)
    for slip in slips:
        found[slip.written].append(slip)
    return found
