"""What a language model must answer, so that another one can be put in its place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol


class Ngrams(Protocol):
    """What the decoder asks arc by arc; ids, bits and weights as in :mod:`arfix.lm.ngrams`.

    The id of a word is its number in the lexicon plus ``SPECIALS``.
    """

    @property
    def class_of(self) -> Sequence[int]:
        """By id: the class of the word."""

    @property
    def known_words(self) -> Mapping[int, float]:
        """What ``word`` has answered, by ``history << WORD_BITS | word``; may stay empty."""

    @property
    def known_classes(self) -> Mapping[int, float]:
        """What ``klass`` has answered, by ``history << CLASS_BITS | last``; may stay empty."""

    def word(self, history: int, word: int) -> float:
        """Return ln P(word | two words before)."""

    def klass(self, history: int, last: int) -> float:
        """Return ln P(class | three classes before)."""

    def within(self, word: int) -> float:
        """Return ln P(word | its class)."""


class LanguageModel(Protocol):
    """Judges word sequences."""

    @property
    def ngrams(self) -> Ngrams:
        """The same model as the decoder asks it, over the numbers of the lexicon."""

    def score(self, tokens: Sequence[str]) -> float:
        """Return the natural log-probability of a sentence, both boundaries included.

        Args:
            tokens: Bare words; numbers, Latin words and punctuation as they stand in the text.
        """


class SpellingModel(Protocol):
    """Judges words that no lexicon holds, by their letters."""

    def log_probability(self, bare: str) -> float:
        """Return the natural log-probability of the word among unknown words."""
