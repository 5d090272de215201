"""Betters a map of a text in symbols: one word at a time is read otherwise, if all others gain."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final

from arfix.cipher.beam import REPEATS
from arfix.cipher.shelf import UNFOLDED, Glyph, Shelf, glyphs_in
from arfix.cipher.symbols import is_name
from arfix.glyphs import FORMS, ISOLATED

if TYPE_CHECKING:
    from arfix.cipher.sentences import Sentences
    from arfix.lexicon.protocols import Lexicon
    from arfix.lm.protocols import SpellingModel

#: Rounds; readings tried of a word with all its symbols free, and with one of them free.
_ROUNDS: Final = 6
_MOST_WHOLE: Final = 20
_MOST_SINGLE: Final = 8
#: Words that a change is judged by, for each symbol.
_MOST_ASKED: Final = 20
#: Scores: a word that the lexicon lacks, what its spelling adds to, the worst, and without map.
_ABSENT: Final = -29.0
_OOV: Final = -4.0
_WORST: Final = -32.0
_TWIN: Final = -0.7
_MISSHAPEN: Final = -3.0
#: A word likelier than this is only read otherwise for the sake of others.
_FAIR: Final = -11.5
_LEAST_GAIN: Final = 1e-6
#: A change that makes the words alone so much less likely is not looked at in its sentences.
_HOPELESS: Final = -12.0
#: Words that are read otherwise together with those they spoil, and how deep that may lead.
_MOST_KICKED: Final = 40
_MOST_KICKS: Final = 5
_DEEPEST: Final = -40.0
_SPOILT: Final = 1.0


class Climb:
    """Climbs from a map that is right for the most part to one that is.

    Args:
        patterns: The words, and how often each occurs.
        rows: The commonest words by length.
        forms: The joining forms that each symbol may have.
        lexicon: Tells how common a word is.
        letters: Tells how likely an unknown word is spelled so.
        isolated: Whether plain letters are isolated ones.
    """

    def __init__(
        self,
        patterns: Mapping[str, int],
        rows: Mapping[int, Shelf],
        forms: Mapping[str, tuple[str, ...]],
        lexicon: Lexicon,
        letters: SpellingModel,
        *,
        isolated: bool,
    ) -> None:
        self._rows = rows
        self._forms = forms
        self._isolated = isolated
        self._lexicon = lexicon
        self._letters = letters
        self._weights = {pattern: n**REPEATS for pattern, n in patterns.items()}
        self._held: dict[str, list[str]] = defaultdict(list)
        for pattern in sorted(patterns, key=lambda it: (-patterns[it], it)):
            for name in set(filter(is_name, pattern)):
                self._held[name].append(pattern)
        self._words: dict[str, float] = {}
        self._map: dict[str, Glyph] = {}
        self._now: dict[str, tuple[float, float]] = {}
        self._sentences: Sentences | None = None

    def run(
        self, glyphs: Mapping[str, Glyph], sentences: Sentences | None = None
    ) -> dict[str, Glyph]:
        """Return the bettered map.

        Args:
            glyphs: The map.
            sentences: Judges a change by the words around, too.
        """
        self._sentences = sentences
        self._map = dict(glyphs)
        self._now = {pattern: self._score(pattern, self._map) for pattern in self._weights}
        if sentences is not None:
            sentences.read({it: self._word(it, self._map) for it in self._weights})
        self._settle(dict.fromkeys(self._weights))
        if sentences is None:
            return self._map
        by_weight = sorted(self._weights, key=lambda it: (-self._weights[it], it))
        for pattern in by_weight[:_MOST_KICKED]:
            changed = self._kick(pattern)
            self._settle(
                dict.fromkeys(it for name in changed for it in self._held[name][:_MOST_ASKED])
            )
        return self._map

    def known(self) -> float:
        """Return which share of the words are in the lexicon under the map."""
        known = sum(self._word(pattern, self._map) in self._lexicon for pattern in self._weights)
        return known / max(1, len(self._weights))

    def _settle(self, stale: dict[str, None]) -> None:
        """Better the words one by one until none can be."""
        for _ in range(_ROUNDS):
            # The worst words first.
            bad = [it for it in stale if sum(self._now[it]) < _FAIR]
            order = sorted(bad, key=lambda it: (sum(self._now[it]) * self._weights[it], it))
            stale = {}
            for pattern in order:
                for name in self._better(pattern)[1]:
                    stale.update(dict.fromkeys(self._held[name][:_MOST_ASKED]))
            if not stale:
                break

    def _better(self, pattern: str, *, whole: bool = True) -> tuple[float, list[str]]:
        """Read one word otherwise if that is better; return the gain and what changed."""
        best_gain, best = _LEAST_GAIN, None
        taken = self._taken()
        for change in self._changes(pattern, whole=whole):
            gain = self._gain(change, taken)
            if gain > best_gain:
                best_gain, best = gain, change
        if best is None:
            return 0.0, []
        self._apply(best)
        return best_gain, sorted(best)

    def _kick(self, pattern: str) -> list[str]:
        """Read one word otherwise and those that it spoils after it, if all together is better."""
        taken = self._taken()
        gains = [
            (gain, change)
            for change in self._changes(pattern, whole=True)
            if (gain := self._gain(change, taken)) > _DEEPEST
        ]
        gains.sort(key=lambda item: -item[0])
        for gain, change in gains[:_MOST_KICKS]:
            glyphs, now = dict(self._map), dict(self._now)
            self._apply(change)
            changed = list(change)
            spoilt = {
                other
                for name in change
                for other in self._held[name][:_MOST_ASKED]
                if sum(self._now[other]) < sum(now[other]) - _SPOILT
            }
            total = gain
            for other in sorted(spoilt, key=lambda it: (sum(self._now[it]), it)):
                more, names = self._better(other, whole=False)
                total += more
                changed += names
                if total > _LEAST_GAIN:
                    return changed
            self._map, self._now = glyphs, now
            if self._sentences is not None:
                held = {other for name in changed for other in self._held[name]}
                self._sentences.put({other: self._word(other, glyphs) for other in held})
        return []

    def _taken(self) -> dict[Glyph, int]:
        taken: dict[Glyph, int] = defaultdict(int)
        for glyph in self._map.values():
            taken[glyph] += 1
        return taken

    def _changes(self, pattern: str, *, whole: bool) -> Iterator[dict[str, Glyph]]:
        tried: set[tuple[tuple[str, Glyph], ...]] = set()
        for word in self._readings(pattern, whole=whole):
            change = self._change(pattern, word)
            key = tuple(sorted(change.items()))
            if change and key not in tried:
                tried.add(key)
                yield change

    def _apply(self, change: Mapping[str, Glyph]) -> None:
        self._map.update(change)
        for name in change:
            for other in self._held[name]:
                self._now[other] = self._score(other, self._map)
                if self._sentences is not None:
                    self._sentences.put({other: self._word(other, self._map)})

    def _change(self, pattern: str, word: str) -> dict[str, Glyph]:
        change: dict[str, Glyph] = {}
        for char, glyph in zip(pattern, glyphs_in(word), strict=True):
            if is_name(char) and change.setdefault(char, glyph) != glyph:
                return {}
        return {name: glyph for name, glyph in change.items() if self._map.get(name) != glyph}

    def _gain(self, change: Mapping[str, Glyph], taken: Mapping[Glyph, int]) -> float:
        affected: dict[str, None] = {}
        gain = 0.0
        for name, glyph in change.items():
            affected.update(dict.fromkeys(self._held[name][:_MOST_ASKED]))
            old = self._map.get(name)
            gain += _TWIN * (bool(taken.get(glyph)) - (old is not None and taken[old] > 1))
        trial = {**self._map, **change}
        shapes = 0.0
        for pattern in affected:
            before, bent = self._now[pattern]
            score, shape = self._score(pattern, trial)
            gain += self._weights[pattern] * (score - before)
            shapes += self._weights[pattern] * (shape - bent)
        if self._sentences is None:
            return gain + shapes
        if gain + shapes < _HOPELESS:
            return gain + shapes
        words = {pattern: self._word(pattern, trial) for pattern in affected}
        return shapes + self._sentences.gain(words)

    def _readings(self, pattern: str, *, whole: bool) -> Iterator[str]:
        """Yield words that a pattern may be: with all symbols free, and with all but one as is."""
        row = self._rows.get(len(pattern))
        if row is None:
            return
        names = dict.fromkeys(filter(is_name, pattern))
        bare = row.all
        for at, char in enumerate(pattern):
            if not is_name(char):
                bare &= row.glyph(at, (char, ISOLATED)) if self._isolated else row.letter(at, char)
            elif len(self._forms[char]) < len(FORMS):
                either = 0
                for form in self._forms[char]:
                    either |= row.form(at, form)
                bare &= either
        if whole:
            yield from _lowest(row, bare, _MOST_WHOLE)
        for free in names:
            mask = bare
            for at, char in enumerate(pattern):
                if char != free and is_name(char) and char in self._map:
                    mask &= row.glyph(at, self._map[char])
            yield from _lowest(row, mask, _MOST_SINGLE)

    def _word(self, pattern: str, glyphs: Mapping[str, Glyph]) -> str:
        """Return a word under a map, its lam-alefs in two letters again."""
        folded = "".join(glyphs[char][0] if char in glyphs else char for char in pattern)
        return unfolded(folded)

    def _score(self, pattern: str, glyphs: Mapping[str, Glyph]) -> tuple[float, float]:
        """Return how likely a word is, and what it costs that glyphs are out of shape."""
        letters = []
        for char in pattern:
            if is_name(char):
                glyph = glyphs.get(char)
                if glyph is None:
                    return _WORST, 0.0
                letters.append(glyph[0])
            else:
                letters.append(char)
        folded = "".join(letters)
        score = self._words.get(folded)
        if score is None:
            word = unfolded(folded)
            score = self._lexicon.log_probability(word)
            if score <= _ABSENT:
                score = max(_OOV + self._letters.log_probability(word), _WORST)
            self._words[folded] = score
        shape = 0.0
        for char, shown in zip(pattern, glyphs_in(folded), strict=True):
            if is_name(char) and glyphs[char] != shown:
                shape += _MISSHAPEN
        return score, shape


def unfolded(word: str) -> str:
    """Return a word with its lam-alefs in two letters."""
    for char, text in UNFOLDED.items():
        if char in word:
            word = word.replace(char, text)
    return word


def _lowest(row: Shelf, mask: int, most: int) -> Iterator[str]:
    """Yield the commonest words of a number of bits."""
    for _ in range(most):
        if not mask:
            return
        lowest = mask & -mask
        yield row.words[lowest.bit_length() - 1]
        mask ^= lowest
