"""The decoder: posterior probabilities of the arcs of a lattice under the language model.

A forward-backward pass over states (three classes, two words). States that fall far behind are
dropped. Where neighbours are certain nothing is computed at all.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Final

from arfix.batch import worth
from arfix.lattice import Arc, Posteriors
from arfix.lm.ngrams import (
    CLASS_BITS,
    CLASS_WEIGHT,
    CLASSES_MASK,
    KINDS,
    WORD_BITS,
    WORD_WEIGHT,
    WORDS_MASK,
    NgramModel,
)

#: Most states kept at a token.
BEAM: Final = 24
#: States this far behind the best (natural log) are dropped.
BEAM_DEPTH: Final = 10.0
#: Posterior that a reading needs against the word as it stands, by level. Set for lost letters on
#: ``corpora/tune``: 0.55 in place of 0.5 changes a seventh fewer healthy words and restores 0.3
#: points less.
NEEDED: Final = {"safe": 0.5, "guess": 0.34}
#: Fewer tokens are decoded as quickly without numpy.
LEAST_TOKENS: Final = 60
_SHIFT: Final = 3 * CLASS_BITS
_BOUNDARY: Final = KINDS["blank"]

#: The transitions at a token: state before, state after, arc, weight.
Column = list[tuple[int, int, int, float]]


def decode(lattice: Sequence[Sequence[Arc]], model: NgramModel) -> Posteriors:
    """Return the posterior of every arc of a lattice that starts at a boundary.

    Time is linear in the number of tokens.

    Args:
        lattice: For each token its arcs, at least one.
        model: Scores an arc after its history.
    """
    log, word_score, class_score = math.log, model.word, model.klass
    known_words, known_classes = model.known_words, model.known_classes
    states = [0]
    forward = [1.0]
    columns: list[Column | None] = []
    forwards = [forward]
    log_total = 0.0
    for arcs in lattice:
        if len(states) == 1 and len(arcs) == 1:
            arc = arcs[0]
            state = states[0]
            words = ((state >> _SHIFT) << WORD_BITS | arc.word) & WORDS_MASK
            classes = ((state & CLASSES_MASK) << CLASS_BITS | arc.klass) & CLASSES_MASK
            states = [words << _SHIFT | classes]
            columns.append(None)
            forwards.append(forward)
            continue
        scored: list[tuple[int, int, int, float]] = []
        best = -1e300
        for number, state in enumerate(states):
            history, classes = state >> _SHIFT, state & CLASSES_MASK
            reached = log(forward[number])
            for which, (word, klass, weight, _) in enumerate(arcs):
                # No probability is above 1, so what falls behind already stays behind.
                score = reached + weight
                if score < best - BEAM_DEPTH:
                    continue
                by_class = known_classes.get(classes << CLASS_BITS | klass)
                if by_class is None:
                    by_class = class_score(classes, klass)
                score += CLASS_WEIGHT * by_class
                if score < best - BEAM_DEPTH:
                    continue
                by_word = known_words.get(history << WORD_BITS | word)
                if by_word is None:
                    by_word = word_score(history, word)
                score += WORD_WEIGHT * by_word
                if score > best:
                    best = score
                scored.append((number, which, state, score))
        least = best - BEAM_DEPTH
        reached_by = [
            (
                number,
                which,
                (((state >> _SHIFT) << WORD_BITS | arcs[which][0]) & WORDS_MASK) << _SHIFT
                | ((state & CLASSES_MASK) << CLASS_BITS | arcs[which][1]) & CLASSES_MASK,
                score,
            )
            for number, which, state, score in scored
            if score >= least
        ]
        states, total, column = step(reached_by, best, forward)
        scale = sum(total)
        log_total += best + log(scale)
        forward = [value / scale for value in total]
        columns.append(column)
        forwards.append(forward)
    return Posteriors(backward(lattice, columns, forwards), log_total)


def step(
    reached: Sequence[tuple[int, int, int, float]], best: float, forward: Sequence[float]
) -> tuple[list[int], list[float], Column]:
    """Return the states after a token, what each has, and the transitions to them.

    Args:
        reached: The state before by its number, the arc, the state after, the score.
        best: The best of the scores.
        forward: What each state before has.
    """
    exp = math.exp
    index: dict[int, int] = {}
    order: list[int] = []
    total: list[float] = []
    column: Column = []
    for number, which, after, score in reached:
        value = exp(score - best)
        at = index.get(after)
        if at is None:
            at = index[after] = len(order)
            order.append(after)
            total.append(0.0)
        total[at] += value
        column.append((number, at, which, value / forward[number]))
    if len(order) > BEAM:
        limit = sorted(total, reverse=True)[BEAM - 1]
        kept = [at for at, value in enumerate(total) if value >= limit][:BEAM]
        renumber = {at: new for new, at in enumerate(kept)}
        column = [
            (number, renumber[at], which, value)
            for number, at, which, value in column
            if at in renumber
        ]
        order = [order[at] for at in kept]
        total = [total[at] for at in kept]
    return order, total, column


def preferred(row: Sequence[float], needed: float) -> int:
    """Return which reading is taken for a word; 0, the word as it stands, unless one is surer.

    Args:
        row: Posterior of each of its readings.
        needed: What the best one must have of what it and the word as it stands have together.

    Example:
        >>> preferred([0.3, 0.1, 0.6], 0.5), preferred([0.5, 0.1, 0.4], 0.5)
        (2, 0)
    """
    best = max(range(len(row)), key=row.__getitem__)
    return best if row[best] >= needed * (row[best] + row[0]) else 0


def decode_paragraphs(lattice: Sequence[Sequence[Arc]], model: NgramModel) -> list[list[float]]:
    """Return the posterior of every arc of a page, decoded from one boundary to the next.

    Args:
        lattice: For each token its arcs, at least one; that of a boundary starts a paragraph.
        model: Scores an arc after its history.
    """
    boundary = (Arc(_BOUNDARY, _BOUNDARY, 0.0, ""),)
    rows: list[list[float]] = []
    start = 0
    paragraphs: list[list[Sequence[Arc]]] = []
    for position in range(len(lattice) + 1):
        if position == len(lattice) or lattice[position][0].word == _BOUNDARY:
            paragraphs.append([*lattice[start:position], boundary])
            start = position + 1
    for found in _decoded(paragraphs, model):
        rows.extend(found)
    # Behind the last token there is no boundary.
    return rows[:-1]


def _decoded(
    paragraphs: Sequence[Sequence[Sequence[Arc]]], model: NgramModel
) -> Iterable[list[list[float]]]:
    """Return the posteriors of each paragraph."""
    if type(model) is NgramModel and sum(map(len, paragraphs)) >= LEAST_TOKENS and worth(0):
        from arfix.batch.decoder import decoded

        found = decoded(paragraphs, model.many)
        if found is not None:
            return found
    return (decode(paragraph, model).rows for paragraph in paragraphs)


def backward(
    lattice: Sequence[Sequence[Arc]],
    columns: Sequence[Column | None],
    forwards: Sequence[Sequence[float]],
) -> list[list[float]]:
    """Return the posteriors; ``forwards`` holds the state values before each token."""
    rows: list[list[float]] = []
    backward = [1.0] * len(forwards[-1])
    for position in range(len(lattice) - 1, -1, -1):
        column = columns[position]
        if column is None:
            rows.append([1.0])
            backward = [1.0]
            continue
        before = forwards[position]
        row = [0.0] * len(lattice[position])
        new = [0.0] * len(before)
        for number, at, which, weight in column:
            mass = weight * backward[at]
            new[number] += mass
            row[which] += before[number] * mass
        scale = sum(row)
        rows.append([value / scale for value in row])
        most = max(new)
        backward = [value / most for value in new]
    rows.reverse()
    return rows
