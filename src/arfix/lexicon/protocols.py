"""What a lexicon must answer, so that another one can be put in its place."""

from __future__ import annotations

from typing import Protocol


class Lexicon(Protocol):
    """Words without marks and tatweel, and how common they are."""

    def __contains__(self, bare: str) -> bool:
        """Return whether the word is known."""

    def id_of(self, bare: str) -> int:
        """Return the number of the word, -1 where it is not known."""

    def log_probability(self, bare: str) -> float:
        """Return the natural log of the word's relative frequency, -30.0 where not known."""
