"""The map of one document: what each symbol stands for, by expectation maximisation.

Each distinct word with symbols is one of the lexicon words that fit it, or none. What a symbol
stands for weighs these against each other; these, counted over the document, say what it stands
for. A symbol of a cipher is one glyph, that is a letter in one joining form; a wildcard stands
for every glyph of a set, and which glyphs are in the set shows in that they stand nowhere else.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from arfix.channel.readings import form_in
from arfix.cipher.beam import Search
from arfix.cipher.climb import Climb, unfolded
from arfix.cipher.sentences import Sentences
from arfix.cipher.shelf import shelves
from arfix.cipher.symbols import is_name
from arfix.cipher.walk import ALLAH, PAIRS, PART, Candidate, TooMuchError, compose, fitting
from arfix.glyphs import glyphs_of
from arfix.ligatures.units import LAM_ALEF

if TYPE_CHECKING:
    from arfix.resources import Resources

Glyph = tuple[str, str]

NOTHING: Final[Glyph] = ("", "")
#: Candidates kept of one word.
_MOST_CANDIDATES: Final = 120
#: Ways in which symbols in a row may make the same word.
_MOST_WAYS: Final = 12
#: Steps of one walk, and of all.
_WALK: Final = 6_000
_WALKS: Final = 900_000
_ROUNDS: Final = 8
_PASSES: Final = 5
#: Symbols in a word that are looked at while nothing is known of them.
_MOST_UNKNOWN: Final = 2
#: Natural log of what a word is worth that is none of its candidates.
_NONE: Final = -19.0
_NOTHING_COST: Final = -5.0
_PART_COST: Final = -2.0
#: Ligatures but for lam-alef are rarer than letters.
_PAIR_COST: Final = -1.5
_FLOOR: Final = 1e-4
#: Taken off each count: a glyph that few words speak for is not in the map.
_DISCOUNT: Final = 0.6
#: The same as a share: a cipher has one reading, and rivals of the best are chance.
_RIVAL: Final = 0.12
#: Any symbol may be left out of a word and leave some word.
_NOTHING_SHARE: Final = 0.6
#: A reading below this share is no longer tried.
_TRIED: Final = 0.004
#: A symbol whose best text has less than this is a wildcard.
_CIPHER_SHARE: Final = 0.5
_MOST_TYPES: Final = 1_500
#: Words that prove a reading, and its share.
_PROVEN: Final = 4.0
_PROVEN_SHARE: Final = 0.95
#: Posterior of no word at all above which a word tells nothing, and the share of words that a
#: sign which is no letter cuts into pieces that are none.
_DOUBT: Final = 0.5
_AMID: Final = 0.7
#: Natural log of the frequency of a word that may be chance.
_RARE_WORD: Final = -12.5
#: A text without letters: words that the map is sought in, budget of all walks, share of words
#: that are known ones after the first climb for a second to be worth its time, and how many
#: words stand for each symbol from then on.
_MOST_OPENING: Final = 400
_LONG_BUDGET: Final = 5_000_000
_WORTH_MORE: Final = 0.5
_PLENTY: Final = 10.0


@dataclass(slots=True)
class CodedType:
    """A distinct pattern of the document.

    Attributes:
        pattern: Letters and names of symbols, in reading order.
        count: How often it occurs.
        candidates: The words that it may be; None while there are too many.
        weights: Their posterior, and at the end that of none of them.
    """

    pattern: str
    count: int
    candidates: tuple[Candidate, ...] | None = None
    weights: list[float] = field(default_factory=list)

    @property
    def symbols(self) -> list[str]:
        """The names in the pattern, in order."""
        return [char for char in self.pattern if is_name(char)]

    @property
    def weight(self) -> float:
        """How much the word's vote counts: its repeats are hardly news."""
        return 1.0 + 0.5 * math.log(self.count)


@dataclass(slots=True)
class Solution:
    """What the symbols of a document stand for.

    Attributes:
        shares: For each symbol its readings and their shares.
        counts: The same as expected numbers of distinct words.
        wild: The symbols that stand for many glyphs.
        throughout: The text held no letters to begin with.
        affected: Distinct words with symbols.
        solved: How many of them are known words under the map.
    """

    shares: dict[str, dict[Glyph, float]]
    counts: dict[str, dict[Glyph, float]]
    wild: frozenset[str]
    healthy: Mapping[Glyph, int]
    affected: int
    solved: float


def healthy_glyphs(words: Iterable[str]) -> Counter[Glyph]:
    """Return how many distinct words show each glyph, a lam-alef as the one glyph that it is."""
    counts: Counter[Glyph] = Counter()
    for word in words:
        counts.update(_shown(word))
    return counts


@lru_cache(maxsize=50_000)
def _shown(word: str) -> frozenset[Glyph]:
    seen: set[Glyph] = set()
    at = word.find(ALLAH)
    if at >= 0:
        seen.add((ALLAH, form_in(word, at, at + len(ALLAH))))
    for index, letter in enumerate(word[:-1]):
        if word[index + 1] in PAIRS.get(letter, ""):
            seen.add((word[index : index + 2], form_in(word, index, index + 2)))
    for index, glyph in enumerate(glyphs_of(word)):
        if glyph is not None:
            seen.add((glyph.letter, glyph.form))
        elif word[index] == "ل":
            seen.add((word[index : index + 2], form_in(word, index, index + 2)))
    return frozenset(seen)


class Solver:
    """Finds what the symbols stand for.

    Attributes:
        types: The words with symbols.
        healthy: In how many known words each glyph stands.
        wild: The symbols that stand for many glyphs.

    Args:
        patterns: The words with symbols, and how often each occurs.
        healthy: Known words without symbols, distinct.
        wild: Names of the symbols that may stand for many glyphs.
        resources: The lexicon.
        whole: Names of the symbols that are never a part of the letter beside them.
        other: Names of the symbols that are not the one glyph of God's name.
    """

    def __init__(
        self,
        patterns: Mapping[str, int],
        healthy: Iterable[str],
        wild: Iterable[str],
        resources: Resources,
        whole: Collection[str] = (),
        other: Collection[str] = (),
    ) -> None:
        self._lexicon = resources.lexicon
        self._automaton = resources.lexicon.automaton
        self._letters = resources.letters
        self._resources = resources
        ranked = sorted(patterns.items(), key=lambda item: (-item[1], item[0]))
        self.types = [CodedType(pattern, count) for pattern, count in ranked[:_MOST_TYPES]]
        self.healthy = healthy_glyphs(healthy)
        self.wild = set(wild)
        self.throughout = False
        self._whole = frozenset(whole)
        self._other = frozenset((name, ALLAH) for name in other)
        self._shares: dict[str, dict[Glyph, float]] = {}
        self._counts: dict[str, dict[Glyph, float]] = {}
        self._budget = _WALKS
        self._known: dict[str, tuple[Candidate, ...] | None] = {}
        self._last: dict[str, tuple[str, ...]] = {}

    def solve(self) -> Solution:
        """Return the map."""
        self._enumerate({})
        for _ in range(_PASSES):
            for _ in range(_ROUNDS):
                self._expect()
                self._maximise()
            self._classify()
            if not self._enumerate(self._allowed()):
                break
        self._expect()
        solved = sum(1.0 - kind.weights[-1] for kind in self.types if kind.weights)
        return Solution(
            self._shares, self._counts, frozenset(self.wild), self.healthy, len(self.types), solved
        )

    def solve_all(self, lines: Sequence[Sequence[str]] = ()) -> Solution:
        """Return the map of a text that holds no letters to begin with, or few.

        Args:
            lines: Its words in reading order, or a good part of them.
        """
        del self.types[_MOST_OPENING:]
        self.throughout = True
        self._budget = _LONG_BUDGET
        patterns = {kind.pattern: kind.count for kind in self.types}
        rows = shelves(self._lexicon)
        search = Search(patterns, rows)
        glyphs: Mapping[str, Glyph] = search.run().glyphs
        climb = Climb(
            patterns, rows, search.forms, self._lexicon, self._letters, isolated=search.isolated
        )
        glyphs = climb.run(glyphs)
        if climb.known() >= _WORTH_MORE:
            glyphs = climb.run(glyphs, Sentences(lines, patterns, self._resources))
        for name, (letter, form) in glyphs.items():
            glyph = (unfolded(letter), form)
            self._shares[name] = {glyph: 1.0}
            self._counts[name] = {glyph: _PLENTY}
        solved = 0.0
        for kind in self.types:
            kind.candidates = self.candidates(kind.pattern, self._allowed())
            kind.weights = self.weigh(kind.candidates or ())
            solved += 1.0 - kind.weights[-1]
        return Solution(
            self._shares, self._counts, frozenset(self.wild), self.healthy, len(self.types), solved
        )

    def _allowed(self) -> dict[str, tuple[str, ...]]:
        allowed = {}
        for name, shares in self._shares.items():
            texts = {text for (text, _), share in shares.items() if share > _TRIED}
            if texts and sum(self._counts[name].values()) >= 2.0:
                allowed[name] = tuple(sorted(texts))
        return allowed

    def _enumerate(self, allowed: Mapping[str, Sequence[str]]) -> int:
        """Find candidates of the words that have none; return for how many there are now."""
        found = 0
        for kind in self.types:
            explained = kind.candidates and kind.weights[-1] < 0.5
            if explained or self._budget <= 0:
                continue
            unknown = [name for name in kind.symbols if name not in allowed]
            if len(unknown) > _MOST_UNKNOWN or (
                len(unknown) == len(kind.pattern) and len(unknown) > 1
            ):
                continue
            before = kind.candidates
            kind.candidates = self.candidates(kind.pattern, allowed)
            kind.weights = []
            found += kind.candidates != before
        return found

    def candidates(
        self, pattern: str, allowed: Mapping[str, Sequence[str]]
    ) -> tuple[Candidate, ...] | None:
        """Return the likeliest words that fit a pattern, None where too many do."""
        unknown = [char for char in pattern if is_name(char) and char not in allowed]
        single = len(unknown) == 1
        try:
            found = fitting(self._automaton, pattern, allowed, _WALK, self._whole, ligatures=single)
        except TooMuchError:
            self._budget -= _WALK
            return None
        self._budget -= 20 * len(found) + 100
        ranked = sorted(
            ((self._lexicon.prior(number), word, ways) for word, (number, ways) in found.items()),
            key=lambda item: (-item[0], item[1]),
        )
        return tuple(
            Candidate(prior, word, made[1])
            for prior, word, ways in ranked[:_MOST_CANDIDATES]
            for texts in ways[:_MOST_WAYS]
            if (made := compose(pattern, texts)) is not None
            and self._other.isdisjoint((name, text) for name, text, _ in made[1])
        )

    def of(self, pattern: str) -> tuple[Candidate, ...]:
        """Return the words that a pattern may be under the map."""
        if not self._known:
            self._known = {kind.pattern: kind.candidates for kind in self.types}
            self._last = self._allowed()
        found = self._known.get(pattern)
        if found is None:
            found = self.candidates(pattern, self._last) if self._budget > 0 else None
            found = self._known[pattern] = found or ()
        return found

    def texts(self, name: str, least: float = _TRIED) -> list[str]:
        """Return the texts that a symbol may stand for, the likeliest first."""
        texts: dict[str, float] = defaultdict(float)
        for (text, _), share in self._shares.get(name, {}).items():
            if share > least:
                texts[text] += share
        return sorted(texts, key=lambda text: (-texts[text], text))

    def is_sure(self, name: str) -> bool:
        """Return whether many words say that a symbol is one text, and none another."""
        if name in self.wild or sum(self._counts.get(name, {}).values()) < _PROVEN:
            return False
        texts: dict[str, float] = defaultdict(float)
        for (text, _), share in self._shares[name].items():
            texts[text] += share
        return max(texts.values()) >= _PROVEN_SHARE

    def is_amid(self, name: str) -> bool:
        """Return whether a symbol stands in the midst of words: what is on a side of it is none."""
        inside = total = 0
        for kind in self.types:
            if name not in kind.pattern or not kind.candidates or kind.weights[-1] > _DOUBT:
                continue
            best = max(range(len(kind.candidates)), key=kind.weights.__getitem__)
            texts = iter([text for _, text, _ in kind.candidates[best].glyphs])
            sides = [""]
            for char in kind.pattern:
                text = next(texts) if is_name(char) else char
                if char == name and not text:
                    sides.append("")
                else:
                    sides[-1] += text
            total += 1
            inside += any(
                side and self._lexicon.log_probability(side) < _RARE_WORD for side in sides
            )
        return total >= _PROVEN and inside >= _AMID * total

    def glyph_score(self, name: str, glyph: Glyph) -> float:
        """Return the natural log of how well a symbol may stand for a glyph."""
        shares = self._shares.get(name)
        cost = _cost(glyph)
        if shares is None:
            return cost - math.log1p(self.healthy.get(glyph, 0))
        if name in self.wild:
            if glyph == NOTHING:
                return cost + math.log(max(shares.get(glyph, 0.0), _FLOOR))
            count = self._counts[name].get(glyph, 0.0)
            missing = max(count - _DISCOUNT, 0.0) / (count + self.healthy.get(glyph, 0) + 0.5)
            return math.log(max(missing, _FLOOR))
        return math.log(max(shares.get(glyph, 0.0), _FLOOR))

    def weigh(self, candidates: Sequence[Candidate]) -> list[float]:
        """Return the posterior of each candidate, and of none of them."""
        scores = []
        for candidate in candidates:
            score = candidate.prior
            for name, text, form in candidate.glyphs:
                score += self.glyph_score(name, (text, form))
            scores.append(score)
        scores.append(_NONE)
        best = max(scores)
        weights = [math.exp(score - best) for score in scores]
        total = sum(weights)
        return [weight / total for weight in weights]

    def _expect(self) -> None:
        for kind in self.types:
            if kind.candidates:
                kind.weights = self.weigh(kind.candidates)

    def _maximise(self) -> None:
        counts: dict[str, dict[Glyph, float]] = defaultdict(lambda: defaultdict(float))
        for kind in self.types:
            for candidate, weight in zip(kind.candidates or (), kind.weights, strict=False):
                if weight < 1e-4:
                    continue
                for name, text, form in set(candidate.glyphs):
                    counts[name][text, form] += weight * kind.weight
        self._counts = {name: dict(row) for name, row in counts.items()}
        self._shares = {
            name: self._share(row, wild=name in self.wild) for name, row in self._counts.items()
        }

    def _share(self, row: Mapping[Glyph, float], *, wild: bool) -> dict[Glyph, float]:
        shares = {}
        discount = _DISCOUNT + (0.0 if wild else _RIVAL * sum(row.values()))
        for glyph, count in row.items():
            if glyph == NOTHING:
                count *= _NOTHING_SHARE
            value = max(count - discount, _FLOOR)
            # A glyph that stands healthy elsewhere is hardly coded, too.
            shares[glyph] = value * (count + 0.5) / (count + 0.5 + self.healthy.get(glyph, 0))
        total = sum(shares.values())
        return {glyph: value / total for glyph, value in shares.items()}

    def _classify(self) -> None:
        for name in self._shares:
            if sum(self._counts[name].values()) < 8:
                continue
            texts: dict[str, float] = defaultdict(float)
            for (text, _), count in self._counts[name].items():
                texts[text] += count
            if max(texts.values()) >= _CIPHER_SHARE * sum(texts.values()):
                self.wild.discard(name)
            else:
                self.wild.add(name)


def _cost(glyph: Glyph) -> float:
    """Return what a reading costs whatever the document shows."""
    text, form = glyph
    if glyph == NOTHING:
        return _NOTHING_COST
    if form == PART:
        return _PART_COST
    return _PAIR_COST if len(text) >= 2 and text not in LAM_ALEF else 0.0
