"""The last step of a whole text in symbols: one symbol at a time is changed for the better."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from arfix.channel.readings import LETTERS, form_in
from arfix.cipher.symbols import is_name

if TYPE_CHECKING:
    from arfix.lexicon.protocols import Lexicon
    from arfix.lm.protocols import SpellingModel

#: Rounds at the most; words that a symbol is judged by; cost of two symbols for one glyph.
_ROUNDS: Final = 8
_MOST_ASKED: Final = 40
_TWIN_COST: Final = 4.0
#: Scores of words: of one that the lexicon lacks, what its spelling adds to, and the worst.
_ABSENT: Final = -29.0
_OOV: Final = -4.0
_WORST: Final = -32.0


class Ascent:
    """Climbs from a map that is right for the most part to one that is.

    Args:
        patterns: The words in symbols, and how much each counts; the commonest first.
        lexicon: Tells how common a word is.
        letters: Tells how likely an unknown word is spelled so.
    """

    def __init__(
        self, patterns: Mapping[str, float], lexicon: Lexicon, letters: SpellingModel
    ) -> None:
        self._lexicon = lexicon
        self._letters = letters
        self._weights = patterns
        self._held: dict[str, list[str]] = defaultdict(list)
        for pattern in patterns:
            for name in set(filter(is_name, pattern)):
                self._held[name].append(pattern)

    def run(self, chosen: Mapping[str, str]) -> dict[str, str]:
        """Return the text of each symbol, given what it seemed to be at first."""
        chosen = dict(chosen)
        order = sorted(self._held, key=lambda name: (-len(self._held[name]), name))
        glyphs = {name: (chosen[name], self._form(name, chosen)) for name in order}
        stale = set(order)
        for _ in range(_ROUNDS):
            for name in [name for name in order if name in stale]:
                stale.discard(name)
                taken = {glyph for other, glyph in glyphs.items() if other != name}
                best = self._best(name, chosen, taken)
                if best != chosen[name]:
                    chosen[name] = best
                    for pattern in self._held[name][:_MOST_ASKED]:
                        stale.update(filter(is_name, pattern))
                glyphs[name] = best, self._form(name, chosen)
            if not stale:
                break
        return chosen

    def _best(self, name: str, chosen: Mapping[str, str], taken: set[tuple[str, str]]) -> str:
        """Return the text that makes the likeliest words, the other symbols being as they are."""
        patterns = self._held[name][:_MOST_ASKED]
        scores = {}
        for text in LETTERS:
            trial = {**chosen, name: text}
            score = sum(
                self._weights[pattern] * self._score(_filled(pattern, trial))
                for pattern in patterns
            )
            # Two symbols of one glyph are rare.
            twin = (text, self._form(name, trial)) in taken
            scores[text] = score - (_TWIN_COST if twin else 0.0)
        return max(scores, key=lambda text: (scores[text], text == chosen[name], text))

    def _form(self, name: str, chosen: Mapping[str, str]) -> str:
        """Return the form in which a symbol stands in the commonest of its words."""
        pattern = self._held[name][0]
        at = len(_filled(pattern[: pattern.index(name)], chosen))
        return form_in(_filled(pattern, chosen), at, at + len(chosen[name]))

    def _score(self, word: str) -> float:
        known = self._lexicon.log_probability(word)
        if known > _ABSENT:
            return known
        return max(_OOV + self._letters.log_probability(word), _WORST)


def _filled(pattern: Sequence[str], chosen: Mapping[str, str]) -> str:
    return "".join(chosen.get(char, char) for char in pattern)
