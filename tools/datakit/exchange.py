"""Refines word classes by exchange: each word moves to the class that predicts best.

The objective is the likelihood of the text under a bigram model of classes (Kneser & Ney 1993,
"Improved Clustering Techniques for Class-based Statistical Language Modelling"; Martin,
Liermann & Ney 1998). Only the classes that look best at first sight are weighed exactly.
"""

from __future__ import annotations

import numpy as np
from scipy.sparse import coo_matrix, csr_matrix

#: Words seen less often stay where their affixes put them.
LEAST_COUNT = 40
MOST_WORDS = 60_000
PASSES = 3
#: Neighbouring classes that the first look uses, and classes that it lets through.
GLANCE, WEIGHED = 24, 40


def pair_counts(streams: list[tuple[np.ndarray, float]], size: int) -> csr_matrix:
    """Return weighted counts of neighbouring ids."""
    total = csr_matrix((size, size), dtype=np.float64)
    for ids, weight in streams:
        keys = np.sort(ids[:-1].astype(np.int64) * size + ids[1:])
        first = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1])))
        times = np.diff(np.concatenate((first, [len(keys)]))) * weight
        total = total + coo_matrix((times, np.divmod(keys[first], size)), (size, size)).tocsr()
    return total.tocsr()


def _xlogx(values: np.ndarray) -> np.ndarray:
    result: np.ndarray = values * np.log(np.maximum(values, 1e-9))
    return result


class _Table:
    """Counts of class pairs, kept up to date while words move."""

    def __init__(self, pairs: csr_matrix, classes: np.ndarray, count: int) -> None:
        members = csr_matrix(
            (np.ones(len(classes)), (np.arange(len(classes)), classes)), (len(classes), count)
        )
        self.pairs = np.asarray((members.T @ pairs @ members).todense())
        self.left = self.pairs.sum(1)
        self.right = self.pairs.sum(0)

    def add(self, to: int, after: tuple[np.ndarray, np.ndarray],
            before: tuple[np.ndarray, np.ndarray], sign: int) -> None:
        """Add (or take out) a word with its neighbours."""
        (columns, follow), (rows, precede) = after, before
        self.pairs[to, columns] += sign * follow
        self.pairs[rows, to] += sign * precede
        self.left[to] += sign * follow.sum()
        self.right[to] += sign * precede.sum()
        self.left[rows] += sign * precede
        self.right[columns] += sign * follow

    def best(self, own: int, after: tuple[np.ndarray, np.ndarray],
             before: tuple[np.ndarray, np.ndarray], lowest: int) -> int:
        """Return the class from ``lowest`` up that a word, taken out, should join."""
        (columns, follow), (rows, precede) = after, before
        out, into = follow.sum(), precede.sum()
        top = np.argsort(-follow, kind="stable")[:GLANCE]
        head = np.argsort(-precede, kind="stable")[:GLANCE]
        glance = (
            np.log(self.pairs[lowest:, columns[top]] + 0.5) @ follow[top]
            + np.log(self.pairs[rows[head], lowest:] + 0.5).T @ precede[head]
            - out * np.log(self.left[lowest:] + 1)
            - into * np.log(self.right[lowest:] + 1)
        )
        chosen = np.sort(np.argpartition(-glance, WEIGHED)[:WEIGHED]) + lowest
        if own not in chosen:
            chosen = np.append(chosen, own)
        followed = self.pairs[np.ix_(chosen, columns)]
        preceded = self.pairs[np.ix_(rows, chosen)]
        change = (
            (_xlogx(followed + follow) - _xlogx(followed)).sum(1)
            + (_xlogx(preceded + precede[:, None]) - _xlogx(preceded)).sum(0)
            - _xlogx(self.left[chosen] + out) + _xlogx(self.left[chosen])
            - _xlogx(self.right[chosen] + into) + _xlogx(self.right[chosen])
        )
        return int(chosen[np.argmax(change)])


def refine(
    streams: list[tuple[np.ndarray, float]], classes: np.ndarray, lowest: int
) -> np.ndarray:
    """Return better classes for the commoner words.

    Args:
        streams: Arrays of ids with their weight.
        classes: The class of each id to begin with.
        lowest: Classes below this one are fixed, and so are their words.
    """
    classes = classes.copy()
    count = int(classes.max()) + 1
    follow = pair_counts(streams, len(classes))
    precede = follow.T.tocsr()
    frequency = np.asarray(follow.sum(1)).ravel()
    order = [
        int(word)
        for word in np.argsort(-frequency, kind="stable")
        if classes[word] >= lowest and frequency[word] >= LEAST_COUNT
    ][:MOST_WORDS]

    def neighbours(table: csr_matrix, word: int) -> tuple[np.ndarray, np.ndarray]:
        start, end = table.indptr[word], table.indptr[word + 1]
        counts = np.bincount(classes[table.indices[start:end]], table.data[start:end], count)
        present = np.flatnonzero(counts)
        return present, counts[present]

    for _ in range(PASSES):
        table = _Table(follow, classes, count)
        for word in order:
            own = int(classes[word])
            after, before = neighbours(follow, word), neighbours(precede, word)
            table.add(own, after, before, -1)
            new = table.best(own, after, before, lowest)
            table.add(new, after, before, 1)
            classes[word] = new
    return classes
