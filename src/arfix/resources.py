"""The opened models: what every stage may ask, opened once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

from arfix.errors import ConfigError

if TYPE_CHECKING:
    from arfix.lexicon.mapped import MappedLexicon
    from arfix.lexicon.marks import MarkTable
    from arfix.lexicon.persian import PersianWords
    from arfix.lexicon.protocols import Lexicon
    from arfix.lm.affix_classes import AffixClasses
    from arfix.lm.company import Company
    from arfix.lm.letters import LetterModel
    from arfix.lm.ngrams import NgramModel
    from arfix.lm.protocols import LanguageModel
    from arfix.lm.sentences import SentenceModel

T = TypeVar("T")

DATA = Path(__file__).parent / "data"


_ADVICE: Final = {
    "lexicon": "wrap the one of Resources.load().lexicon, or see arfix.lexicon.protocols.Lexicon",
    "language_model": "wrap the one of Resources.load().language_model, or see"
    " arfix.lm.protocols.LanguageModel",
}


def check_model(option: str, model: object) -> None:
    """Make sure that a model answers all that the stages ask.

    Args:
        option: ``lexicon`` or ``language_model``.
        model: The model; None is the shipped one.

    Raises:
        ConfigError: It lacks something.

    Example:
        >>> check_model("lexicon", None)
    """
    if model is None:
        return
    from arfix.lexicon.protocols import Lexicon, WordGraph
    from arfix.lm.protocols import LanguageModel, Ngrams

    asked: Mapping[str, Mapping[str, type]] = {
        "lexicon": {"": Lexicon, "automaton": WordGraph},
        "language_model": {"": LanguageModel, "ngrams": Ngrams},
    }
    for part, protocol in asked[option].items():
        where = getattr(model, part) if part else model
        names = [name for name in vars(protocol) if name[0] != "_" or name == "__contains__"]
        lacking = sorted(name for name in names if not hasattr(where, name))
        if lacking:
            whose = f"{option}.{part}" if part else option
            raise ConfigError(
                f"{whose} is a {type(where).__name__}, which lacks {', '.join(lacking)}:"
                f" {_ADVICE[option]}"
            )


@dataclass(eq=False)
class Resources:
    """Lexicon, language model, spelling model and tables, each opened at first use.

    Attributes:
        folder: Where the data files lie.
        other_words: The lexicon is not the one that the language model was made for.
    """

    folder: Path = field(default=DATA)
    other_words: bool = False
    _made: dict[Callable[[Resources], Any], Any] = field(
        default_factory=dict, init=False, repr=False
    )

    @cached_property
    def lexicon(self) -> MappedLexicon:
        """The words and their frequencies."""
        from arfix.lexicon.mapped import MappedLexicon

        return MappedLexicon(self.folder)

    @cached_property
    def language_model(self) -> SentenceModel:
        """The word trigram and the class n-gram."""
        from arfix.lm.sentences import SentenceModel

        model = SentenceModel(self.folder, self.lexicon, self.letters)
        if self.other_words:
            from arfix.lexicon.mapped import MappedLexicon
            from arfix.lexicon.renumbered import Renumbered

            model.ngrams = Renumbered(model.ngrams, MappedLexicon(self.folder), self.lexicon)
        return model

    @cached_property
    def letters(self) -> LetterModel:
        """The spelling model for unknown words."""
        from arfix.lm.letters import LetterModel

        return LetterModel(self.folder / "letters.dat", self.lexicon)

    @cached_property
    def _shipped_ngrams(self) -> NgramModel | None:
        from arfix.lm.ngrams import NgramModel

        # By its own class: others stand before such a model and give its words other numbers.
        ngrams = self.language_model.ngrams
        return ngrams if type(ngrams) is NgramModel else None

    @cached_property
    def company(self) -> Company | None:
        """What is usual around words; None where words or classes are not the shipped ones."""
        from arfix.lm.company import NAME, Company

        return Company(self.folder / NAME) if self._shipped_ngrams else None

    @cached_property
    def affix_classes(self) -> AffixClasses | None:
        """A second opinion on word classes; None where words or classes are not the shipped."""
        from arfix.lm.affix_classes import AffixClasses

        return AffixClasses(self._shipped_ngrams) if self._shipped_ngrams else None

    @cached_property
    def marks(self) -> MarkTable:
        """How words are vocalised where writers do so sparingly."""
        from arfix.lexicon.marks import MarkTable

        return MarkTable(self.folder / "marks.marisa")

    @cached_property
    def persian(self) -> PersianWords:
        """The words of Persian, which is in the same script and to be left alone."""
        from arfix.lexicon.persian import PersianWords

        return PersianWords(self.folder / "persian.marisa")

    def once(self, make: Callable[[Resources], T]) -> T:
        """Return what is made of these resources, made at the first call and kept with them.

        Args:
            make: A class or function that takes the resources alone.

        Example:
            >>> resources = Resources.load()
            >>> resources.once(dir) is resources.once(dir)
            True
        """
        if make not in self._made:
            self._made[make] = make(self)
        found: T = self._made[make]
        return found

    def __getstate__(self) -> Path:
        # Memory maps do not travel; another process opens its own.
        return self.folder

    def __setstate__(self, folder: Path) -> None:
        self.folder = folder
        self._made = {}

    def with_models(
        self, lexicon: Lexicon | None, language_model: LanguageModel | None
    ) -> Resources:
        """Return these resources with other models in place of the shipped ones.

        Args:
            lexicon: Another lexicon, None for this one.
            language_model: Another model; it goes by the numbers of the lexicon used with it.
        """
        own = {"lexicon": lexicon, "language_model": language_model}
        given = {name: model for name, model in own.items() if model is not None}
        if not given:
            return self
        other = lexicon is not None and lexicon.automaton is not self.lexicon.automaton
        resources = Resources(self.folder, other)
        vars(resources).update(given)  # where the cached properties look first
        return resources

    @classmethod
    def load(cls) -> Resources:
        """Return the shipped resources; the same object every time."""
        return _shipped()


@lru_cache(maxsize=1)
def _shipped() -> Resources:
    return Resources()
