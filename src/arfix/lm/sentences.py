"""The language model as others see it: scores sentences of words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from arfix.lm.ngrams import (
    CLASS_BITS,
    CLASS_WEIGHT,
    CLASSES_MASK,
    KINDS,
    SPECIALS,
    UNKNOWN,
    WORD_BITS,
    WORD_WEIGHT,
    WORDS_MASK,
    NgramModel,
)
from arfix.view import tokens as view_tokens

if TYPE_CHECKING:
    from pathlib import Path

    from arfix.lexicon.mapped import MappedLexicon
    from arfix.lm.letters import LetterModel


class SentenceModel:
    """A word trigram and a class n-gram, mixed log-linearly.

    Args:
        folder: Where ``language.dat`` lies.
        lexicon: Numbers the words.
        letters: Judges the words that have no number.
    """

    def __init__(self, folder: Path, lexicon: MappedLexicon, letters: LetterModel) -> None:
        self.ngrams = NgramModel(folder / "language.dat")
        self.lexicon = lexicon
        self.letters = letters

    def unit(self, bare: str) -> tuple[int, int, float]:
        """Return a word's id, its class, and its weighted log-probability inside them."""
        number = self.lexicon.id_of(bare)
        if number >= 0:
            word = number + SPECIALS
            return word, self.ngrams.class_of[word], CLASS_WEIGHT * self.ngrams.within(word)
        spelled = self.letters.log_probability(bare)
        return UNKNOWN, UNKNOWN, (WORD_WEIGHT + CLASS_WEIGHT) * spelled

    def score(self, tokens: Sequence[str]) -> float:
        """Return the natural log-probability of a sentence, both boundaries included.

        The weights of the two models sum to less than one, so scores are softer than those of
        either model alone; they are for comparing sentences of the same length.

        Args:
            tokens: Bare words; numbers, Latin words and punctuation as they stand in the text.
        """
        total, words, classes = 0.0, 0, 0
        ngrams = self.ngrams
        for text in [*tokens, ""]:
            word, klass, inside = 0, 0, 0.0
            if text:
                token = next(view_tokens(text), None)
                if token is None:
                    continue
                if token.kind == "word":
                    word, klass, inside = self.unit(token.bare)
                else:
                    word = klass = KINDS[token.kind]
            total += (
                inside
                + WORD_WEIGHT * ngrams.word(words, word)
                + CLASS_WEIGHT * ngrams.klass(classes, klass)
            )
            words = (words << WORD_BITS | word) & WORDS_MASK
            classes = (classes << CLASS_BITS | klass) & CLASSES_MASK
        return total
