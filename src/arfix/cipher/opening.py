"""Where the solution of a text begins that is written in symbols throughout.

With no letter to hold on to, three things tell about a symbol: how common it is, where in words
it stands, since the form of a glyph depends on its place, and that most long words begin with the
article.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from typing import Final

from arfix.channel.readings import LETTERS
from arfix.cipher.symbols import is_name
from arfix.glyph_counts import GLYPH_COUNTS
from arfix.glyphs import FINAL, FORMS, INITIAL, ISOLATED, MEDIAL, joins_next, joins_previous

#: Rates of what the table of glyphs lacks: lam-alef, and the glyphs that are rarer than all in it.
_LAM_ALEFS: Final = {"لا": 4e-3, "لأ": 2.5e-3, "لإ": 1e-3, "لآ": 2e-4}
_RARE: Final = 4e-4
#: How far, in natural logs, a symbol's frequency may lie from that of its glyph.
_SPREAD: Final = 0.6
_ANY: Final = 1e-4
#: Shorter words may well begin otherwise.
_LONG: Final = 4

Glyph = tuple[str, str]


def _rates() -> dict[Glyph, float]:
    rates = {(letter, form): count / 100_000 for letter, form, count in GLYPH_COUNTS}
    for text in LETTERS:
        for form in FORMS:
            if form in (INITIAL, MEDIAL) and not joins_next(text[-1]):
                continue
            if form in (FINAL, MEDIAL) and not joins_previous(text[0]):
                continue
            rates.setdefault((text, form), _LAM_ALEFS.get(text, _RARE))
    return rates


def opening(patterns: Mapping[str, int]) -> dict[str, dict[Glyph, float]]:
    """Return for each symbol how likely each glyph is before any word is looked at.

    Args:
        patterns: The words, and how often each occurs.
    """
    counts: Counter[str] = Counter()
    first: set[str] = set()
    last: set[str] = set()
    starts: Counter[str] = Counter()
    for pattern, count in patterns.items():
        for char in pattern:
            counts[char] += count
        first.add(pattern[0])
        last.add(pattern[-1])
        if len(pattern) >= _LONG:
            starts[pattern[:2]] += count
    total = sum(counts.values())
    rates = _rates()
    shares: dict[str, dict[Glyph, float]] = {}
    for name, count in counts.items():
        if not is_name(name):
            continue
        row = {}
        for glyph, rate in rates.items():
            form = glyph[1]
            if (name in first and form in (FINAL, MEDIAL)) or (
                name in last and form in (INITIAL, MEDIAL)
            ):
                continue
            distance = (math.log(count / total) - math.log(rate)) / _SPREAD
            row[glyph] = math.exp(-0.5 * distance * distance) + _ANY
        whole = sum(row.values())
        shares[name] = {glyph: value / whole for glyph, value in row.items()}
    for pair, _ in starts.most_common(1):
        for name, glyph in zip(pair, (("ا", ISOLATED), ("ل", INITIAL)), strict=True):
            if is_name(name):
                shares[name] = {glyph: 1.0}
    return shares
