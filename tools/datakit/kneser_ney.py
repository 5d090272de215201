"""Interpolated modified Kneser-Ney over integer sequences, in numpy.

Chen & Goodman (1998), "An Empirical Study of Smoothing Techniques for Language Modeling".
An n-gram is one integer: its symbols as digits in a base that exceeds the vocabulary. Weights
enter after the discounts: an n-gram seen t times with weight w loses the share D(t)/t of w.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

Array = np.ndarray


@dataclass
class Order:
    """All n-grams of one length, sorted by key."""

    keys: Array  # int64
    true: Array  # true counts (or types, below the highest order)
    weight: Array  # weighted counts
    raw: Array  # true counts in the text, for the cut-offs
    mass: Array  # weighted counts in the text, for the pruning
    probability: Array = field(default_factory=lambda: np.zeros(0))  # filled by ``train``


def _unique(keys: Array, weights: list[Array]) -> tuple[Array, list[Array]]:
    order = np.argsort(keys, kind="stable")
    keys = keys[order]
    first = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1])))
    return keys[first], [np.add.reduceat(weight[order], first) for weight in weights]


def ngram_keys(ids: Array, n: int, base: int) -> Array:
    """Return the key of every n-gram that crosses no boundary (id 0) in its middle."""
    length = len(ids) - n + 1
    keys = np.zeros(length, np.int64)
    keep = np.ones(length, bool)
    for offset in range(n):
        part = ids[offset : offset + length]
        keys = keys * base + part
        if 0 < offset < n - 1:
            keep &= part != 0
    return keys[keep]


def count(streams: list[tuple[Array, float]], n: int, base: int) -> Order:
    """Count the n-grams of several weighted streams of ids."""
    parts = []
    for ids, weight in streams:
        keys = np.sort(ngram_keys(ids, n, base))
        first = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1])))
        times = np.diff(np.concatenate((first, [len(keys)])))
        parts.append((keys[first], times, weight))
    keys = np.concatenate([part[0] for part in parts])
    times = np.concatenate([part[1] for part in parts])
    weights = np.concatenate([part[1] * part[2] for part in parts])
    keys, (true, weight) = _unique(keys, [times, weights])
    return Order(keys, true, weight, true, weight)


def discounts(true: Array) -> Array:
    """Return the share lost by an n-gram seen 1, 2, 3 or more times (index 3: more)."""
    n1, n2, n3, n4 = (max(1, int((true == k).sum())) for k in (1, 2, 3, 4))
    y = n1 / (n1 + 2 * n2)
    values = (1 - 2 * y * n2 / n1, 2 - 3 * y * n3 / n2, 3 - 4 * y * n4 / n3)
    return np.array([0.0, *(min(max(value, 0.05), k) for k, value in enumerate(values, 1))])


def _lost(order: Order) -> Array:
    table = discounts(order.true)
    return order.weight * table[np.minimum(order.true, 3)] / order.true


def _group(keys: Array, base: int) -> tuple[Array, Array]:
    """Return the group number of each n-gram's history, and the histories."""
    history = keys // base
    first = np.concatenate(([True], history[1:] != history[:-1]))
    return np.cumsum(first) - 1, history[first]


def look_up(keys: Array, wanted: Array) -> Array:
    """Return the index of each wanted key, -1 where absent."""
    index = np.searchsorted(keys, wanted)
    index[index == len(keys)] = 0
    return np.where(keys[index] == wanted, index, -1)


def train(streams: list[tuple[Array, float]], n: int, base: int, floor: Array) -> list[Order]:
    """Return the orders 1 … n with interpolated probabilities, nothing pruned.

    Args:
        streams: Arrays of ids with their weight; id 0 is a boundary.
        n: The highest order.
        base: Greater than every id; ``base ** n`` must stay below 2**63.
        floor: Distribution over ids that the unigrams are interpolated with.
    """
    orders: list[Order] = [count(streams, n, base)]
    for k in range(n - 1, 0, -1):
        higher = orders[0]
        power = base**k
        raw = count(streams, k, base)
        # Continuation: every distinct longer n-gram counts once (times its mean weight).
        per_type = higher.weight / higher.true if k == n - 1 else np.ones(len(higher.keys))
        keys, (types, weight) = _unique(
            higher.keys % power, [np.ones(len(higher.keys), np.int64), per_type]
        )
        at = look_up(keys, raw.keys)
        # What begins with a boundary has no left context; a boundary alone has one.
        starts = (raw.keys // base ** (k - 1) == 0) & (k > 1)
        use_raw = starts | (at < 0)
        true = np.where(use_raw, raw.true, types[at])
        value = np.where(use_raw, raw.weight, weight[at])
        orders.insert(0, Order(raw.keys, true, value, raw.true, raw.weight))
    first = orders[0]
    lost = _lost(first)
    total = first.weight.sum()
    probability = np.zeros(base)
    probability[first.keys] = (first.weight - lost) / total
    probability += lost.sum() / total * floor
    first.keys = np.arange(base)
    raw1 = np.zeros(base, np.int64)
    raw1[count(streams, 1, base).keys] = count(streams, 1, base).true
    first.raw = first.true = raw1
    first.weight = probability
    first.probability = probability
    for k in range(2, n + 1):
        order, lower = orders[k - 1], orders[k - 2]
        lost = _lost(order)
        group, _ = _group(order.keys, base)
        total = np.bincount(group, order.weight)
        gamma = np.bincount(group, lost) / total
        below = lower.probability[look_up(lower.keys, order.keys % base ** (k - 1))]
        order.probability = (order.weight - lost) / total[group] + gamma[group] * below
    return orders


@dataclass
class Pruned:
    """A backoff model: probabilities of what was kept, backoff weights of histories."""

    keys: list[Array]
    probability: list[Array]  # natural log
    backoff: list[Array]  # natural log; of the n-gram as a history (absent for the highest)


def backed_off(
    model_keys: list[Array], logp: list[Array], logb: list[Array], keys: Array, k: int, base: int
) -> Array:
    """Return ln P(last | history) of k-grams under a backoff model of orders up to k."""
    if k == 1:
        return logp[0][keys]
    at = look_up(model_keys[k - 1], keys)
    result = np.where(at >= 0, logp[k - 1][at], 0.0)
    miss = at < 0
    if miss.any():
        rest = keys[miss]
        history = look_up(model_keys[k - 2], rest // base) if k > 2 else rest // base
        weight = np.where(history >= 0, logb[k - 2][history], 0.0)
        result[miss] = weight + backed_off(
            model_keys, logp, logb, rest % base ** (k - 1), k - 1, base
        )
    return result


def prune(orders: list[Order], base: int, cutoffs: list[int], limits: list[int]) -> Pruned:
    """Keep the n-grams that pass the cut-off on true counts and matter most.

    What matters, by the weights of the texts, is judged by the relative entropy that is lost
    (Stolcke 1998, "Entropy-based Pruning of Backoff Language Models"), approximated for each
    n-gram by itself.

    Args:
        orders: From ``train``.
        base: As given to ``train``.
        cutoffs: Least true count for each order.
        limits: Most n-grams to keep in each order.
    """
    n = len(orders)
    # Orders are pruned from the highest down, so that a kept n-gram's history is kept.
    joint = [order.mass / max(1, order.mass.sum()) for order in orders]
    needed = np.zeros(0, np.int64)
    keep_keys: list[Array] = []
    keep_prob: list[Array] = []
    for k in range(n, 1, -1):
        order, lower = orders[k - 1], orders[k - 2]
        allowed = order.raw >= cutoffs[k - 1]
        # A boundary is never predicted from, and unknown words are poor predictors.
        below = lower.probability[look_up(lower.keys, order.keys % base ** (k - 1))]
        group, _ = _group(order.keys, base)
        mass = np.bincount(group, np.where(allowed, 0.0, order.probability))
        low = np.bincount(group, np.where(allowed, 0.0, below))
        weight = np.log(np.clip(mass, 1e-9, None) / np.clip(low, 1e-9, None))[group]
        gain = joint[k - 1] * (np.log(order.probability) - np.log(below) - np.clip(weight, -8, 1))
        gain = np.where(allowed, np.abs(gain), -1.0)
        must = np.isin(order.keys, needed) & allowed
        gain[must] = np.inf
        if allowed.sum() > limits[k - 1]:
            threshold = np.partition(gain, len(gain) - limits[k - 1])[len(gain) - limits[k - 1]]
            keep = gain >= max(threshold, 0.0)
        else:
            keep = allowed
        keep &= allowed
        keep_keys.insert(0, order.keys[keep])
        keep_prob.insert(0, order.probability[keep])
        # An n-gram is only looked for where its history and its tail are known.
        kept = order.keys[keep]
        needed = np.union1d(kept // base, kept % base ** (k - 1))
    keep_keys.insert(0, orders[0].keys)
    keep_prob.insert(0, orders[0].probability)
    logp = [np.log(np.clip(probability, 1e-12, 1.0)) for probability in keep_prob]
    logb: list[Array] = []
    for k in range(2, n + 1):
        keys = keep_keys[k - 1]
        below = np.exp(
            backed_off(keep_keys[: k - 1], logp[: k - 1], logb, keys % base ** (k - 1), k - 1, base)
        )
        group, histories = _group(keys, base)
        top = 1 - np.bincount(group, keep_prob[k - 1])
        bottom = 1 - np.bincount(group, below)
        weight = np.log(np.clip(top, 1e-4, 1) / np.clip(bottom, 1e-4, 1))
        backoff = np.zeros(len(keep_keys[k - 2]))
        at = histories if k == 2 else look_up(keep_keys[k - 2], histories)
        found = at >= 0
        backoff[at[found]] = weight[found]
        logb.append(backoff)
    return Pruned(keep_keys, logp, logb)
