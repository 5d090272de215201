"""The opened models: what every stage may ask, opened once."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from arfix.lexicon.mapped import MappedLexicon
    from arfix.lexicon.marks import MarkTable
    from arfix.lm.letters import LetterModel
    from arfix.lm.sentences import SentenceModel

DATA = Path(__file__).parent / "data"


@dataclass(eq=False)
class Resources:
    """Lexicon, language model, spelling model and mark table, each opened at first use.

    Attributes:
        folder: Where the data files lie.
    """

    folder: Path = field(default=DATA)

    @cached_property
    def lexicon(self) -> MappedLexicon:
        """The words and their frequencies."""
        from arfix.lexicon.mapped import MappedLexicon

        return MappedLexicon(self.folder)

    @cached_property
    def language_model(self) -> SentenceModel:
        """The word trigram and the class n-gram."""
        from arfix.lm.sentences import SentenceModel

        return SentenceModel(self.folder, self.lexicon, self.letters)

    @cached_property
    def letters(self) -> LetterModel:
        """The spelling model for unknown words."""
        from arfix.lm.letters import LetterModel

        return LetterModel(self.folder / "letters.dat", self.lexicon)

    @cached_property
    def marks(self) -> MarkTable:
        """How words are vocalised where writers do so sparingly."""
        from arfix.lexicon.marks import MarkTable

        return MarkTable(self.folder / "marks.marisa")

    def __getstate__(self) -> Path:
        # Memory maps do not travel; another process opens its own.
        return self.folder

    def __setstate__(self, folder: Path) -> None:
        self.folder = folder

    @classmethod
    def load(cls) -> Resources:
        """Return the shipped resources; the same object every time."""
        return _shipped()


@lru_cache(maxsize=1)
def _shipped() -> Resources:
    return Resources()
