"""Reversed ligatures in words that fell apart: what the pieces say only together.

A piece alone misleads: the article cut off its word reads like a reversed ``لا``, and a piece with
a ligature in it may be a word by chance. Where a document tears its words, two neighbours are
read as one word first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Final

from arfix.ligatures.learning import variants
from arfix.ligatures.units import Unit, turned
from arfix.lm.ngrams import CLASS_BITS, CLASSES_MASK, WORD_BITS, WORDS_MASK
from arfix.spacing.judge import ARTICLES
from arfix.spacing.stretches import SPACES
from arfix.view import WORD_KIND, Token

if TYPE_CHECKING:
    from arfix.spacing.judge import Judge

#: Natural log of how often a word falls apart in such a document.
TORN: Final = -2.5
#: Natural log of the frequency that a word put together must have; by how much its pieces must be
#: less likely, and the same for a reading with ligatures turned against one without.
WHOLE: Final = -15.5
LEAD: Final = 3.0
GAIN: Final = 4.0
#: What an unknown word counts as.
UNKNOWN: Final = -19.0
#: Most pieces of one word.
MOST: Final = 3


def settled(
    page: str, row: Sequence[Token], active: Mapping[Unit, float], judge: Judge
) -> dict[int, str]:
    """Return what some tokens of a row read as, by their place in it.

    Args:
        page: What the tokens stand in.
        row: Tokens, one behind the other.
        active: The reversed ligatures.
        judge: Knows the words.
    """
    found: dict[int, str] = {}
    for index, left in enumerate(row):
        if left.kind != WORD_KIND or index in found:
            continue
        pieces = _pieces(page, row, index)
        for size in range(len(pieces), 1, -1):
            group = pieces[:size]
            if left.bare in ARTICLES:
                before = row[index - 1].bare if index else ""
                read = _with_article(before, group, active, judge)
            else:
                read = _together(group, active, judge)
            if read:
                found.update(zip(range(index, index + size), read, strict=True))
                break
    return found


def _pieces(page: str, row: Sequence[Token], index: int) -> list[str]:
    """Return a word and those behind it, with nothing but spaces between them."""
    pieces = [row[index].bare]
    for left, right in pairwise(row[index : index + MOST]):
        if right.kind != WORD_KIND or not SPACES.fullmatch(page, left.end, right.start):
            break
        pieces.append(right.bare)
    return pieces


def _with_article(
    before: str, pieces: Sequence[str], active: Mapping[Unit, float], judge: Judge
) -> list[str] | None:
    """Return an article and the word it was cut off, None where it is a reversed ``لا``."""
    article = pieces[0]
    joined = "".join(pieces)
    forms = [joined, *(turned(joined, spans) for spans in variants(joined, active))]
    best = max((form for form in forms if form.startswith(article)), key=judge.prior)
    if judge.prior(best) < judge.prior(joined) + GAIN:
        best = joined
    chosen = next(variants(article, active), None)
    if chosen is None or judge.prior(best) < WHOLE:
        return None
    negated = [turned(article, chosen), *pieces[1:]]
    torn = (len(pieces) - 1) * TORN
    if _scored(before, [best], judge) + torn <= _scored(before, negated, judge):
        return None
    return _cut(best, pieces)


def _together(
    pieces: Sequence[str], active: Mapping[Unit, float], judge: Judge
) -> list[str] | None:
    """Return the pieces of one word, its ligatures turned; None where they are none."""
    joined = "".join(pieces)
    ends = set(accumulate(map(len, pieces)))
    best, value = joined, judge.prior(joined)
    for chosen in variants(joined, active):
        if any(start < end < stop for start, stop in chosen for end in ends):
            continue
        text = turned(joined, chosen)
        prior = judge.prior(text)
        if prior > max(value, UNKNOWN) + GAIN:
            best, value = text, prior
    apart = sum(max(_best(piece, active, judge), UNKNOWN) for piece in pieces)
    if value < WHOLE or value + (len(pieces) - 1) * TORN < apart + LEAD:
        return None
    return _cut(best, pieces)


def _cut(word: str, pieces: Sequence[str]) -> list[str]:
    """Return the word cut as the pieces are."""
    return [word[start:end] for start, end in pairwise([0, *accumulate(map(len, pieces))])]


def _best(piece: str, active: Mapping[Unit, float], judge: Judge) -> float:
    """Return how likely a piece is in its best reading."""
    forms = [piece, *(turned(piece, spans) for spans in variants(piece, active))]
    return max(map(judge.prior, forms))


def _scored(before: str, words: Sequence[str], judge: Judge) -> float:
    """Return the natural log-probability of words behind another."""
    history = judge.unit(before) if before else None
    history_words = history.word if history else 0
    history_classes = history.klass if history else 0
    total = 0.0
    for word in words:
        unit = judge.unit(word)
        total += unit.weight + judge.step(history_words, history_classes, unit.word, unit.klass)
        history_words = (history_words << WORD_BITS | unit.word) & WORDS_MASK
        history_classes = (history_classes << CLASS_BITS | unit.klass) & CLASSES_MASK
    return total
