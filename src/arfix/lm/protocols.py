"""What a language model must answer, so that another one can be put in its place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol


class LanguageModel(Protocol):
    """Judges word sequences."""

    def score(self, tokens: Sequence[str]) -> float:
        """Return the natural log-probability of a sentence, both boundaries included.

        Args:
            tokens: Bare words; numbers, Latin words and punctuation as they stand in the text.
        """


class SpellingModel(Protocol):
    """Judges words that no lexicon holds, by their letters."""

    def log_probability(self, bare: str) -> float:
        """Return the natural log-probability of the word among unknown words."""
