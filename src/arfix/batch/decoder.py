"""The decoder with every n-gram that it may ask for looked up beforehand.

The pass is that of ``arfix.decoder``, number for number; but a state is told by its place among
all that may stand there, and what the model says of it is read from a list.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from arfix.decoder import BEAM_DEPTH, Column, backward, step
from arfix.lm.ngrams import BOUNDARY, CLASS_WEIGHT, WORD_WEIGHT

if TYPE_CHECKING:
    from arfix.batch.ngrams import BatchNgrams
    from arfix.lattice import Arc

    Lattice = Sequence[Sequence[Arc]]

#: Most n-grams a token: where readings abound, hardly any of them are ever asked for.
WIDEST: Final = 60
#: Boundaries before a paragraph, so that no history reaches into the one before.
_BEFORE: Final = 3
#: A state: three classes and two words, as numbers among all that may stand there.
_SHIFT: Final = 32
_WORDS: Final = (1 << _SHIFT) - 1


class _Place(NamedTuple):
    """A token: for each arc its weight, class and word; and where its n-grams are."""

    arcs: list[tuple[float, int, int]]
    classes: int
    words: int
    first_class: int
    first_word: int
    triples: int
    pairs: int


def decoded(paragraphs: Sequence[Lattice], ngrams: BatchNgrams) -> list[list[list[float]]] | None:
    """Return the posteriors of the arcs of each paragraph, None where readings are too many.

    Args:
        paragraphs: Lattices that start at a boundary.
        ngrams: Scores an arc after its history.
    """
    rows: list[list[tuple[float, int, int]]] = []
    classes: list[int] = []
    words: list[int] = []
    class_counts: list[int] = []
    word_counts: list[int] = []
    for paragraph in paragraphs:
        rows += [[]] * _BEFORE
        classes += [BOUNDARY] * _BEFORE
        words += [BOUNDARY] * _BEFORE
        class_counts += [1] * _BEFORE
        word_counts += [1] * _BEFORE
        for arcs in paragraph:
            if len(arcs) == 1:
                ((word, klass, weight, _),) = arcs
                rows.append([(weight, 0, 0)])
                classes.append(klass)
                words.append(word)
                class_counts.append(1)
                word_counts.append(1)
                continue
            by_class: dict[int, int] = {}
            by_word: dict[int, int] = {}
            rows.append(
                [
                    (
                        weight,
                        by_class.setdefault(klass, len(by_class)),
                        by_word.setdefault(word, len(by_word)),
                    )
                    for word, klass, weight, _ in arcs
                ]
            )
            classes += by_class
            words += by_word
            class_counts.append(len(by_class))
            word_counts.append(len(by_word))
    kinds = np.array(class_counts)
    forms = np.array(word_counts)
    pairs, triples = forms.copy(), kinds.copy()
    pairs[1:] *= forms[:-1]
    triples[1:] *= kinds[:-1]
    triples[2:] *= kinds[:-2]
    # Where neither a token nor those before it are in doubt nothing is asked.
    open_ = np.array([len(row) > 1 for row in rows])
    asked = open_.copy()
    for back in range(1, _BEFORE + 1):
        asked[back:] |= open_[:-back]
    if (triples[:-1] * kinds[1:])[asked[1:]].sum() > WIDEST * len(rows):
        return None
    by_class_scores = ngrams.classes(classes, class_counts, asked)
    by_word_scores = ngrams.words(words, word_counts, asked)
    places = list(
        map(
            _Place,
            rows,
            class_counts,
            word_counts,
            by_class_scores.starts.tolist(),
            by_word_scores.starts.tolist(),
            triples.tolist(),
            pairs.tolist(),
        )
    )
    class_scores: list[float] = (CLASS_WEIGHT * by_class_scores.values).tolist()
    word_scores: list[float] = (WORD_WEIGHT * by_word_scores.values).tolist()
    falling = max(class_scores, default=0.0) <= 0.0 >= max(word_scores, default=0.0)
    result = []
    start = 0
    for paragraph in paragraphs:
        start += _BEFORE
        end = start + len(paragraph)
        here = places[start:end]
        result.append(_decode(paragraph, here, class_scores, word_scores, falling=falling))
        start = end
    return result


def _decode(
    lattice: Lattice,
    places: Sequence[_Place],
    by_class: Sequence[float],
    by_word: Sequence[float],
    *,
    falling: bool,
) -> list[list[float]]:
    """Return the posteriors of one paragraph.

    Args:
        lattice: Its arcs.
        places: The same, as they are told here.
        by_class: Scores of classes, weighted.
        by_word: Scores of words, weighted.
        falling: Whether none of these is above nought, which backing off may bring about: then
            it does not matter when what falls behind is left out.
    """
    log = math.log
    states = [0]
    forward = [1.0]
    columns: list[Column | None] = []
    forwards = [forward]
    for arcs, kinds, forms, first_class, first_word, triples, pairs in places:
        if len(states) == 1 and len(arcs) == 1:
            state = states[0]
            states = [(state >> _SHIFT) % triples << _SHIFT | (state & _WORDS) % pairs]
            columns.append(None)
            forwards.append(forward)
            continue
        if len(arcs) == 1 and falling:
            weight = arcs[0][0]
            scores = [
                log(reached)
                + weight
                + by_class[first_class + (state >> _SHIFT)]
                + by_word[first_word + (state & _WORDS)]
                for reached, state in zip(forward, states, strict=True)
            ]
            best = max(scores)
            least = best - BEAM_DEPTH
            after = [
                (number, 0, (state >> _SHIFT) % triples << _SHIFT | (state & _WORDS) % pairs, score)
                for number, (state, score) in enumerate(zip(states, scores, strict=True))
                if score >= least
            ]
        else:
            best = least = -1e300
            scored: list[tuple[int, int, int, int, float]] = []
            for number, state in enumerate(states):
                in_classes = first_class + (state >> _SHIFT) * kinds
                in_words = first_word + (state & _WORDS) * forms
                reached = log(forward[number])
                for which, (weight, kind, form) in enumerate(arcs):
                    # No probability is above 1, so what falls behind already stays behind.
                    score = reached + weight
                    if score < least:
                        continue
                    score += by_class[in_classes + kind]
                    if score < least:
                        continue
                    score += by_word[in_words + form]
                    if score > best:
                        best = score
                        least = best - BEAM_DEPTH
                    scored.append((number, which, in_classes + kind, in_words + form, score))
            after = [
                (
                    number,
                    which,
                    (klass - first_class) % triples << _SHIFT | (word - first_word) % pairs,
                    score,
                )
                for number, which, klass, word, score in scored
                if score >= least
            ]
        states, total, column = step(after, best, forward)
        scale = sum(total)
        forward = [value / scale for value in total]
        columns.append(column)
        forwards.append(forward)
    return backward(lattice, columns, forwards)
