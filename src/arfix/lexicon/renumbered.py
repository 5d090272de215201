"""The shipped n-grams under the numbers of another lexicon.

A language model knows words by their numbers, and another word list has others. What the list
holds beyond the model's words is an unknown word to the model, as common as the list says.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from arfix.lm.ngrams import (
    CACHE_LIMIT,
    CLASS_WEIGHT,
    SPECIALS,
    UNKNOWN,
    WORD_BITS,
    WORD_WEIGHT,
    NgramModel,
)

if TYPE_CHECKING:
    from arfix.lexicon.protocols import Lexicon

_LAST = (1 << WORD_BITS) - 1


class Renumbered(NgramModel):
    """N-grams that are asked by the numbers of a lexicon that they were not made for.

    Args:
        ngrams: The model.
        made_for: The lexicon that it was made for.
        lexicon: The other one.
    """

    def __init__(self, ngrams: NgramModel, made_for: Lexicon, lexicon: Lexicon) -> None:
        # No super().__init__: that opens the file, which the model behind this has done.
        self._ngrams = ngrams
        self._lexicon = lexicon
        ids = [*range(SPECIALS)]
        for word in lexicon.automaton.words():
            number = made_for.id_of(word)
            ids.append(UNKNOWN if number < 0 else number + SPECIALS)
        self._ids = ids
        classes = ngrams.class_of
        self.class_of = memoryview(bytearray(4 * len(ids))).cast("I")
        for own, other in enumerate(ids):
            self.class_of[own] = classes[other]
        self.known_words = {}
        self.known_classes = ngrams.known_classes

    def within(self, word: int) -> float:
        """Return ln P(word | its class); for words that the model lacks, the lexicon's word."""
        other = self._ids[word]
        if other == UNKNOWN != word:
            # Two models judge a word; only the weight of one is put on what is returned here.
            both = WORD_WEIGHT + CLASS_WEIGHT
            return both / CLASS_WEIGHT * self._lexicon.prior(word - SPECIALS)
        return self._ngrams.within(other)

    def word(self, history: int, word: int) -> float:
        """Return ln P(word | two words before)."""
        ids = self._ids
        before = ids[history >> WORD_BITS] << WORD_BITS | ids[history & _LAST]
        result = self._ngrams.word(before, ids[word])
        if len(self.known_words) > CACHE_LIMIT:
            self.known_words.clear()
        self.known_words[history << WORD_BITS | word] = result
        return result

    def klass(self, history: int, last: int) -> float:
        """Return ln P(class | three classes before)."""
        return self._ngrams.klass(history, last)
