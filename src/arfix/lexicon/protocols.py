"""What a lexicon must answer, so that another one can be put in its place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol


class WordGraph(Protocol):
    """The words as an automaton in a double array, as :class:`arfix.lexicon.automaton.Automaton`.

    Candidates are made by walking it with the damage in hand, so it is read slot by slot.
    """

    @property
    def root(self) -> int:
        """The node where every word begins."""

    @property
    def base(self) -> Sequence[int]:
        """By slot: the node that the edge leads to."""

    @property
    def skip(self) -> Sequence[int]:
        """By slot: how many words of the node come before those of the edge."""

    @property
    def check(self) -> Sequence[int]:
        """By slot: the code of the letter of the edge, and whether a word ends there."""

    def number(self, word: str) -> int:
        """Return the number of a word of bare letters, -1 where it is not known."""

    def words(self) -> Iterator[str]:
        """Yield every word in order of its number."""


class Lexicon(Protocol):
    """Words without marks and tatweel, and how common they are.

    The number of a word is its place in code-point order, from nought. Language models know
    words by number; the shipped one is renumbered for a lexicon put in beside it.
    """

    @property
    def automaton(self) -> WordGraph:
        """The words, to be walked letter by letter; its numbers are those of ``id_of``."""

    def __contains__(self, bare: str) -> bool:
        """Return whether the word is known."""

    def id_of(self, bare: str) -> int:
        """Return the number of the word, -1 where it is not known."""

    def log_probability(self, bare: str) -> float:
        """Return the natural log of the word's relative frequency, -30.0 where not known."""

    def prior(self, number: int) -> float:
        """Return the natural log of the relative frequency of a word by its number."""
