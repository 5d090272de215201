"""Induces word classes: words that stand in like company, with like affixes.

PPMI of left and right neighbours among the commonest words, reduced by SVD, clustered by
k-means. Rare words are damped towards their affixes; words never seen in the corpora take the
class of rare words of the same shape.
"""

from __future__ import annotations

from collections import Counter, defaultdict

import numpy as np
from scipy.sparse import coo_matrix, csr_matrix, hstack
from scipy.sparse.linalg import svds

CONTEXTS = 2_000
DIMENSIONS = 64
DAMPING = 30.0
FITTED = 60_000
ITERATIONS = 18

PREFIXES = (
    "وال",
    "بال",
    "فال",
    "كال",
    "لل",
    "ال",
    "و",
    "ف",
    "ب",
    "ل",
    "ي",
    "ت",
    "أ",
    "ن",
    "م",
    "س",
)
SUFFIXES = (
    "ات",
    "ون",
    "ين",
    "ان",
    "ها",
    "هم",
    "ية",
    "يا",
    "وا",
    "نا",
    "ة",
    "ي",
    "ا",
    "ه",
    "ت",
    "ى",
)


def _pairs(streams: list[np.ndarray], rank: np.ndarray, size: int, side: int) -> csr_matrix:
    """Return word x context counts; ``side`` -1 counts the left neighbour, +1 the right."""
    total = csr_matrix((size, CONTEXTS), dtype=np.float64)
    for ids in streams:
        words, context = (ids[1:], ids[:-1]) if side < 0 else (ids[:-1], ids[1:])
        where = rank[context]
        keep = where >= 0
        one = np.ones(int(keep.sum()))
        total += coo_matrix((one, (words[keep], where[keep])), (size, CONTEXTS)).tocsr()
    return total


def _ppmi(counts: csr_matrix) -> csr_matrix:
    rows = np.asarray(counts.sum(1)).ravel()
    columns = np.asarray(counts.sum(0)).ravel() ** 0.75
    result = counts.tocoo()
    value = np.log(
        result.data * columns.sum() / np.maximum(rows[result.row] * columns[result.col], 1e-12)
    )
    keep = value > 0
    return csr_matrix((value[keep], (result.row[keep], result.col[keep])), counts.shape)


def _affixes(words: list[str]) -> np.ndarray:
    table = np.zeros((len(words), len(PREFIXES) + len(SUFFIXES)), np.float32)
    for row, word in enumerate(words):
        for column, prefix in enumerate(PREFIXES):
            if len(word) > len(prefix) + 1 and word.startswith(prefix):
                table[row, column] = 1
                break
        for column, suffix in enumerate(SUFFIXES):
            if len(word) > len(suffix) + 1 and word.endswith(suffix):
                table[row, len(PREFIXES) + column] = 1
                break
    return table


def _nearest(points: np.ndarray, centres: np.ndarray) -> np.ndarray:
    result = np.empty(len(points), np.int64)
    half = (centres**2).sum(1) / 2
    for start in range(0, len(points), 8192):
        part = points[start : start + 8192]
        result[start : start + 8192] = np.argmax(part @ centres.T - half, axis=1)
    return result


def shape(word: str) -> tuple[str, str, int]:
    """Return what is known of a word by its letters alone."""
    prefix = next((p for p in PREFIXES if len(word) > len(p) + 1 and word.startswith(p)), "")
    suffix = next((s for s in SUFFIXES if len(word) > len(s) + 1 and word.endswith(s)), "")
    return prefix, suffix, min(len(word), 7)


def induce(
    streams: list[np.ndarray],
    words: list[str],
    counts: np.ndarray,
    specials: int,
    own: int,
    clusters: int,
    affix_weight: float,
    seed: int = 1,
) -> np.ndarray:
    """Return the class of each id: specials, the commonest words, then clusters.

    Args:
        streams: Ids of the corpora.
        words: The words, by id from ``specials`` on.
        counts: Token counts by id.
        specials: How many ids are no words; each is its own class.
        own: How many of the commonest words are classes by themselves.
        clusters: How many classes the others share.
        affix_weight: What an affix in common is worth beside company in common.
        seed: Of the draws that clustering starts from.
    """
    size = specials + len(words)
    by_count = np.argsort(-counts, kind="stable")
    rank = np.full(size, -1, np.int64)
    rank[by_count[:CONTEXTS]] = np.arange(CONTEXTS)
    table = hstack(
        [_ppmi(_pairs(streams, rank, size, -1)), _ppmi(_pairs(streams, rank, size, 1))]
    ).tocsr()
    fit = by_count[:FITTED]
    start = np.random.default_rng(seed).standard_normal(min(FITTED, 2 * CONTEXTS))
    _, strength, axes = svds(table[fit], k=DIMENSIONS, v0=start, solver="arpack")
    scale = 1 / np.sqrt(np.maximum(strength, 1e-9))
    vectors = np.asarray(table @ axes.T) * scale
    norm = np.linalg.norm(vectors, axis=1, keepdims=True)
    vectors = vectors / np.maximum(norm, 1e-9)
    vectors *= (counts / (counts + DAMPING))[:, None]
    affix = np.zeros((size, len(PREFIXES) + len(SUFFIXES)), np.float32)
    affix[specials:] = _affixes(words)
    points = np.hstack([vectors, affix_weight * affix]).astype(np.float32)
    result = np.zeros(size, np.int64)
    result[:specials] = np.arange(specials)
    common = [int(i) for i in by_count if i >= specials][:own]
    result[common] = specials + np.arange(len(common))
    rest = np.setdiff1d(np.arange(specials, size), common)
    seen = rest[counts[rest] > 0]
    sample = seen[np.argsort(-counts[seen], kind="stable")[:FITTED]]
    pick = np.random.default_rng(seed).choice(len(sample) // 6, clusters, replace=False)
    centres = points[sample[np.sort(pick)]].copy()
    weight = np.log1p(counts[sample])
    for _ in range(ITERATIONS):
        label = _nearest(points[sample], centres)
        mass = np.bincount(label, weight, clusters)
        for column in range(points.shape[1]):
            summed = np.bincount(label, weight * points[sample, column], clusters)
            centres[:, column] = np.where(
                mass > 0, summed / np.maximum(mass, 1e-9), centres[:, column]
            )
    base = specials + len(common)
    result[seen] = base + _nearest(points[seen], centres)
    # Words that no corpus holds: the class most usual among rare words of their shape.
    shapes: dict[tuple[str, str, int], Counter[int]] = defaultdict(Counter)
    for number in seen[counts[seen] < 30]:
        shapes[shape(words[number - specials])][int(result[number])] += 1
    usual = {key: found.most_common(1)[0][0] for key, found in shapes.items()}
    fallback = Counter(result[seen[counts[seen] < 30]].tolist()).most_common(1)[0][0]
    for number in rest[counts[rest] == 0]:
        result[number] = usual.get(shape(words[number - specials]), fallback)
    return result
