"""The arcs of words as they stand: what a lattice holds wherever nothing is in doubt."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from arfix.lattice import Arc
from arfix.lm.ngrams import CLASS_WEIGHT, KINDS, SPECIALS, UNKNOWN, WORD_WEIGHT

if TYPE_CHECKING:
    from arfix.resources import Resources

#: The arc of each kind of token that is no word.
SPECIAL_ARCS: Final = {kind: (Arc(number, number, 0.0, ""),) for kind, number in KINDS.items()}
#: What both models together make of a probability that neither takes from the context.
BOTH: Final = WORD_WEIGHT + CLASS_WEIGHT
_CACHE_LIMIT: Final = 60_000


class WordArcs:
    """Makes the arcs of words, and remembers those of words as they stand.

    Args:
        resources: Lexicon and models.
    """

    def __init__(self, resources: Resources) -> None:
        self._lexicon = resources.lexicon
        self._letters = resources.letters
        self._model = resources.language_model.ngrams
        self._plain: dict[str, tuple[Arc, ...]] = {}

    def plain(self, word: str) -> tuple[Arc, ...]:
        """Return the one arc of a word that is right as it stands."""
        known = self._plain.get(word)
        if known is None:
            if len(self._plain) > _CACHE_LIMIT:
                self._plain.clear()
            number = self._lexicon.id_of(word)
            arc = self.known(number, word) if number >= 0 else self.spelled(word)
            known = self._plain[word] = (arc,)
        return known

    def known(self, number: int, text: str, weight: float = 0.0) -> Arc:
        """Return the arc of a word of the lexicon.

        Args:
            number: Its number in the lexicon.
            text: Its letters.
            weight: What the channel says of it, natural log.
        """
        word = number + SPECIALS
        weight += CLASS_WEIGHT * self._model.within(word)
        return Arc(word, self._model.class_of[word], weight, text)

    def spelled(self, text: str, weight: float = 0.0) -> Arc:
        """Return the arc of a word that only its letters speak for."""
        weight += BOTH * self._letters.log_probability(text)
        return Arc(UNKNOWN, UNKNOWN, weight, text)
