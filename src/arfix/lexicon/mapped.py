"""The shipped lexicon: the automaton with the frequency of each word beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from arfix.lexicon.automaton import Automaton
from arfix.store import DataFile

if TYPE_CHECKING:
    from pathlib import Path

#: Log-probability of a word that is not in the lexicon.
ABSENT: Final = -30.0
#: Words whose number is remembered; the inference and the decoder ask for the same ones.
CACHE_LIMIT: Final = 60_000


class MappedLexicon:
    """Surface forms of modern written Arabic with their frequencies, memory-mapped.

    Args:
        folder: Where ``lexicon.dat`` and ``language.dat`` lie.
    """

    def __init__(self, folder: Path) -> None:
        self.automaton = Automaton(folder / "lexicon.dat")
        language = DataFile(folder / "language.dat")
        self._codes = language.array("w.prior")
        self._book: list[float] = list(language.array("w.prior.book"))
        self._numbers: dict[str, int] = {}
        self._offset = len(self._codes) - len(self.automaton)

    def __len__(self) -> int:
        return len(self.automaton)

    def __contains__(self, bare: str) -> bool:
        return self.automaton.number(bare) >= 0

    def id_of(self, bare: str) -> int:
        """Return the number of the word, -1 where it is not known; remembered."""
        known = self._numbers.get(bare)
        if known is None:
            if len(self._numbers) > CACHE_LIMIT:
                self._numbers.clear()
            known = self._numbers[bare] = self.automaton.number(bare)
        return known

    def log_probability(self, bare: str) -> float:
        """Return the natural log of the word's relative frequency, -30.0 where not known."""
        number = self._numbers.get(bare)
        if number is None:
            number = self.automaton.number(bare)
        return ABSENT if number < 0 else self._book[self._codes[number + self._offset]]

    def prior(self, number: int) -> float:
        """Return the natural log of the relative frequency of a word by its number."""
        return self._book[self._codes[number + self._offset]]
