"""Whether the words of a text follow one another as words do in sentences.

A repair that was given crumbs finds words in them, every one of them a word. What such words lack
is each other: the language model expects them hardly better after their neighbours than anywhere.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

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
)
from arfix.view import LETTER_CLASS, tokens

if TYPE_CHECKING:
    from arfix.resources import Resources

#: Fewer known words than this say nothing.
LEAST_WORDS: Final = 20
#: A history that tells nothing.
_NO_WORDS: Final = UNKNOWN << WORD_BITS | UNKNOWN
_NO_CLASSES: Final = (UNKNOWN << CLASS_BITS | UNKNOWN) << CLASS_BITS | UNKNOWN
_LETTER: Final = re.compile(f"[{LETTER_CLASS}]")


def coherence(lines: Iterable[str], resources: Resources) -> float | None:
    """Return how many nats a word its neighbours make it more probable; None for too few words.

    Of 100 to 500 words, news and laws have 2 to 4, novels and classical texts 1 to 2.5, dialect
    0.3 to 1.5, other languages about 0; the words of an article in random order about 0.5.

    Args:
        lines: The text.
        resources: The models.
    """
    ngrams, lexicon = resources.language_model.ngrams, resources.lexicon
    total = 0.0
    count = history = classes = 0
    for line in lines:
        for token in tokens(line):
            if token.kind == "blank" or (token.kind == "word" and not token.bare):
                continue
            number = lexicon.id_of(token.bare) if token.kind == "word" else -1
            if number >= 0:
                word = number + SPECIALS
                klass = ngrams.class_of[word]
                total += WORD_WEIGHT * (ngrams.word(history, word) - ngrams.word(_NO_WORDS, word))
                total += CLASS_WEIGHT * (
                    ngrams.klass(classes, klass) - ngrams.klass(_NO_CLASSES, klass)
                )
                count += 1
            else:
                word = klass = KINDS.get(token.kind, UNKNOWN)
            history = (history << WORD_BITS | word) & WORDS_MASK
            classes = (classes << CLASS_BITS | klass) & CLASSES_MASK
    return total / count if count >= LEAST_WORDS else None


def put_in(before: Sequence[str], after: Sequence[str]) -> float:
    """Return the share of the letters of a repaired text that the text as it came did not hold.

    Order does not count, nor do presentation forms, which are letters.

    Example:
        >>> put_in(["باتك"], ["كتاب"]), put_in(["تاب"], ["كتاب"])
        (0.0, 0.25)
    """
    came, left = (
        Counter(
            letter
            for page in pages
            for letter in _LETTER.findall(
                page if page.isascii() else unicodedata.normalize("NFKC", page)
            )
        )
        for pages in (before, after)
    )
    return (left - came).total() / max(1, left.total())
