"""Probabilities of single words, and how much the evidence of one may say."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from arfix.lexicon.mapped import MappedLexicon
    from arfix.lm.letters import LetterModel

#: Share of running words that the lexicon lacks.
UNKNOWN_SHARE: Final = 0.03
#: Natural log of the chance that a lost glyph is there all the same.
SURVIVAL: Final = math.log(0.003)
#: Evidence of one word type counts in full up to here, natural log, and by ``BEYOND`` above: a
#: word is one witness, but what explains it better must still show.
TYPE_CAP: Final = 3.3
BEYOND: Final = 0.25
#: What is left of the cap for short words, by their number of letters.
SHORT_WORDS: Final = {1: 0.3, 2: 0.35, 3: 0.6}
#: Least probability of a word of one letter: they are written apart in many styles.
LETTER_FLOOR: Final = math.log(2e-3)
CACHE_LIMIT: Final = 60_000

_CLITICS: Final = ("وال", "بال", "فال", "كال", "ال", "لل", "و", "ف", "ب", "ل", "ك")


def soften(gain: float, cap: float, length: int) -> float:
    """Return the evidence of a word, which grows slowly beyond a cap.

    The cap is lower for short words: nearly any letter makes another word of two letters.

    Args:
        gain: The evidence, natural log.
        cap: The cap for words of four letters and more.
        length: Letters of the word.

    Example:
        >>> soften(2.0, 3.0, 6), soften(7.0, 3.0, 6), round(soften(2.0, 3.0, 2), 2)
        (2.0, 4.0, 1.29)
    """
    cap *= SHORT_WORDS.get(length, 1.0)
    return gain if gain <= cap else cap + BEYOND * (gain - cap)


@lru_cache(maxsize=1 << 16)
def weight(word: str) -> tuple[str, float]:
    """Return the stem of a word, and how much evidence of it counts in full."""
    return stem(word), TYPE_CAP * SHORT_WORDS.get(len(word), 1.0)


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """Return a rough key of the word's stem: forms of one name are one witness.

    So are all letters that stand alone: puzzles, lists and habits of spacing are full of them.
    """
    if len(word) == 1:
        return ""
    for clitic in _CLITICS:
        if word.startswith(clitic) and len(word) >= len(clitic) + 3:
            word = word[len(clitic) :]
            break
    return word[:4]


class WordOdds:
    """Probabilities of single words, healthy and under lost sets.

    Attributes:
        known: Natural log of the share of running words that the lexicon holds.
        prior: Natural log of the relative frequency of such a word, by its number.

    Args:
        lexicon: Knows the words.
        letters: Judges the others.
    """

    def __init__(self, lexicon: MappedLexicon, letters: LetterModel) -> None:
        self._lexicon = lexicon
        self._letters = letters
        self.prior = lexicon.prior
        self.known = math.log(1 - UNKNOWN_SHARE)
        self._unknown = math.log(UNKNOWN_SHARE)
        self._healthy: dict[str, float] = {}

    def healthy(self, word: str) -> float:
        """Return ln P(word) in healthy text; remembered."""
        known = self._healthy.get(word)
        if known is None:
            if len(self._healthy) > CACHE_LIMIT:
                self._healthy.clear()
            known = self._healthy[word] = self._look_up(word)
        return known

    def knows(self, word: str) -> bool:
        """Return whether the lexicon holds a word."""
        return self._lexicon.id_of(word) >= 0

    def _look_up(self, word: str) -> float:
        number = self._lexicon.id_of(word)
        if number >= 0:
            result = self.known + self.prior(number)
        else:
            result = self._unknown + self._letters.log_probability(word)
        return max(result, LETTER_FLOOR) if len(word) == 1 else result

    def candidate(self, number: int, clitic: float) -> float:
        """Return ln P(candidate), told as in a ``Proposal``."""
        prior = self.prior(number)
        if clitic:
            return self._unknown + clitic + prior
        return self.known + prior
