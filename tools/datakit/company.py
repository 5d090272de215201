"""Packs what is usual around a word beyond the reach of the n-grams.

Three tables, each of pointwise mutual information or of its residual:

* a word and the words two to ten places from it, as one vector a word;
* a word and the class right before and behind it, beyond what the word's own class explains, as
  another vector a word and two a class;
* a class and the classes three to six places behind it, as it is.

The two large ones are factorised, which also smooths them; vectors of words have four bits a
dimension.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from scipy.sparse import csr_matrix

from arfix.lm.company import DIMENSIONS, FAR, FAR_STEP, NAME
from arfix.store import pack

__all__ = ["NAME", "build"]

#: The commonest words, which have vectors, and the commonest of them, which topics are told by.
WORDS, CONTEXTS = 40_000, 6_000
NEAREST, FARTHEST = 2, 10
CLASSES = 1 << 10
#: Occurrences that are added to what was counted and to what chance would have given.
DAMPING = 5.0
#: How much the factors care for the common: powers of the frequency of rows and columns.
TOPIC_POWER, BESIDE_POWER = 0.25, 0.5
SPARE_DIMENSIONS = 16
#: Standard deviations that four bits reach to.
REACH = 3.0
_CHUNK = 3_000_000

Stream = tuple[np.ndarray, float]


def build(streams: Sequence[Stream], class_of: np.ndarray, specials: int) -> bytes:
    """Return the data file.

    Args:
        streams: Ids of the corpora and what an occurrence weighs.
        class_of: The class of each id.
        specials: How many ids are no words; the first of them is the boundary.
    """
    counts = sum(
        (weight * np.bincount(ids, minlength=len(class_of)) for ids, weight in streams),
        np.zeros(len(class_of)),
    )
    counts[:specials] = 0
    chosen = np.argsort(-counts, kind="stable")[:WORDS]
    rank = np.full(len(class_of), -1, np.int64)
    rank[chosen] = np.arange(len(chosen))
    topic, signs = _topics(streams, rank, len(chosen))
    beside, classes = _beside(streams, rank, class_of, class_of[chosen])
    topic_codes, topic_scale = _quantised(topic, 4)
    beside_codes, beside_scale = _quantised(beside, 4)
    class_codes, class_scale = _quantised(classes, 8)
    nibbles = np.hstack([topic_codes, beside_codes]) + 8
    by_id = np.argsort(chosen, kind="stable")
    packed = (nibbles[:, ::2] | nibbles[:, 1::2] << 4).astype("u1")[by_id]
    far = np.clip(np.round(_far(streams, class_of) / FAR_STEP), -8, 7).astype(np.int64) + 8
    return pack(
        {
            "words": ("I", np.sort(chosen).astype("<u4").tobytes()),
            "vectors": ("B", packed.tobytes()),
            "topic": ("f", (topic_scale**2 * signs).astype("<f4").tobytes()),
            "beside": ("f", (beside_scale * class_scale).astype("<f4").tobytes()),
            "classes": ("B", (class_codes & 0xFF).astype("u1").tobytes()),
            "far": ("B", (far[:, ::2] | far[:, 1::2] << 4).astype("u1").tobytes()),
        }
    )


def _chunks(streams: Sequence[Stream]) -> Iterator[tuple[np.ndarray, np.ndarray, float]]:
    """Yield ids, the number of the paragraph of each, and what an occurrence weighs."""
    for ids, weight in streams:
        for start in range(0, len(ids), _CHUNK):
            part = ids[start : start + _CHUNK]
            yield part, np.cumsum(part == 0, dtype=np.int32), weight


def _runs(keys: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the distinct keys, sorted, and how often each occurs."""
    keys.sort()
    first = np.flatnonzero(np.r_[True, keys[1:] != keys[:-1]])
    return keys[first], np.diff(np.r_[first, len(keys)]).astype(np.float32)


def _factors(
    table: np.ndarray | csr_matrix, count: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the leading singular vectors and values, by subspace iteration from a fixed start."""
    start = np.random.default_rng(1).standard_normal((table.shape[1], count + SPARE_DIMENSIONS))
    basis = start.astype(np.float32)
    for _ in range(5):
        basis = np.linalg.qr(table @ basis)[0]
        basis = np.linalg.qr(table.T @ basis)[0]
    left, values, right = np.linalg.svd(table @ basis, full_matrices=False)
    return left[:, :count], values[:count], (basis @ right.T)[:, :count]


def _topics(
    streams: Sequence[Stream], rank: np.ndarray, words: int
) -> tuple[np.ndarray, np.ndarray]:
    """Return a vector a word, and what each dimension counts when two of them are multiplied."""
    contexts = min(CONTEXTS, words)
    counts = csr_matrix((words, contexts), dtype=np.float32)
    for ids, paragraph, weight in _chunks(streams):
        ranks = rank[ids]
        found = []
        for distance in range(NEAREST, FARTHEST + 1):
            before, behind = ranks[:-distance], ranks[distance:]
            both = (paragraph[:-distance] == paragraph[distance:]) & (before >= 0) & (behind >= 0)
            before, behind = before[both], behind[both]
            found.append((before * contexts + behind)[behind < contexts])
            found.append((behind * contexts + before)[before < contexts])
        keys, number = _runs(np.concatenate(found))
        where = (keys // contexts, keys % contexts)
        counts = counts + csr_matrix((number * weight, where), counts.shape, np.float32)
    by_word = np.asarray(counts.sum(1)).ravel()
    by_context = np.asarray(counts.sum(0)).ravel()
    rows = np.repeat(np.arange(words), np.diff(counts.indptr))
    chance = by_word[rows] * by_context[counts.indices] / by_context.sum()
    information = np.log((counts.data + DAMPING) / (chance + DAMPING))
    row_weight = (np.maximum(by_word, 1) / by_word.mean()) ** TOPIC_POWER
    column_weight = (np.maximum(by_context, 1) / by_context.mean()) ** TOPIC_POWER
    weighted = information * row_weight[rows] * column_weight[counts.indices]
    table = csr_matrix((weighted.astype(np.float32), counts.indices, counts.indptr), counts.shape)
    left, values, right = _factors(table, DIMENSIONS)
    vectors = left * values / row_weight[:, None]
    # Any word may stand where only the commonest were counted: their vectors on that side are
    # nearly these vectors again, dimension by dimension.
    other = right / column_weight[:, None]
    mixing = np.linalg.lstsq(vectors[:contexts], other, rcond=None)[0]
    return vectors, np.diag(mixing)


def _beside(
    streams: Sequence[Stream], rank: np.ndarray, class_of: np.ndarray, own: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return a vector a word, and one for each class before and then behind it."""
    words = len(own)
    tables, weights = [], []
    for side in (-1, 1):
        counts = np.zeros(words * CLASSES, np.float32)
        for ids, _, weight in _chunks(streams):
            ranks, classes = rank[ids], class_of[ids].astype(np.int64)
            pair = (ranks[1:], classes[:-1]) if side < 0 else (ranks[:-1], classes[1:])
            known = pair[0] >= 0
            keys, number = _runs(pair[0][known] * CLASSES + pair[1][known])
            counts[keys] += number * weight
        table = counts.reshape(words, CLASSES)
        by_class = np.zeros((CLASSES, CLASSES), np.float32)
        np.add.at(by_class, own, table)
        weights.append((np.maximum(by_class.sum(0), 1) / by_class.sum() * CLASSES) ** BESIDE_POWER)
        share = by_class / np.maximum(by_class.sum(1, keepdims=True), 1)
        by_word = table.sum(1)
        chance = share[own] * by_word[:, None]
        tables.append(np.log((table + DAMPING) / (chance + DAMPING)))
    row_weight = ((by_word + 1) / by_word.mean()) ** BESIDE_POWER
    column_weight = np.concatenate(weights)
    table = np.hstack(tables)
    table *= row_weight[:, None].astype(np.float32)
    table *= column_weight[None].astype(np.float32)
    left, values, right = _factors(table, DIMENSIONS)
    return left * values / row_weight[:, None], right / column_weight[:, None]


def _far(streams: Sequence[Stream], class_of: np.ndarray) -> np.ndarray:
    """Return what a class says of one that comes places later, all these places together."""
    counts = np.zeros(CLASSES * CLASSES)
    for ids, paragraph, weight in _chunks(streams):
        classes = class_of[ids].astype(np.int64)
        for distance in FAR:
            same = (paragraph[:-distance] == paragraph[distance:]) & (ids[:-distance] != 0)
            keys = (classes[:-distance] * CLASSES + classes[distance:])[same]
            counts += weight * np.bincount(keys, minlength=len(counts))
    table = counts.reshape(CLASSES, CLASSES)
    chance = table.sum(1, keepdims=True) * table.sum(0, keepdims=True) / table.sum()
    result: np.ndarray = np.log((table + DAMPING) / (chance + DAMPING))
    # What stands beyond a boundary says nothing.
    result[0] = 0
    result[:, 0] = 0
    return result


def _quantised(vectors: np.ndarray, bits: int) -> tuple[np.ndarray, np.ndarray]:
    """Return signed codes and the width of a step, dimension by dimension."""
    most = (1 << bits - 1) - 1
    # Four bits cut the tails off; eight have room for them.
    top = REACH * vectors.std(0) if bits == 4 else np.abs(vectors).max(0)
    step = np.maximum(top / most, 1e-9)
    return np.clip(np.round(vectors / step), -most, most).astype(np.int64), step
