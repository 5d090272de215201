"""Brings posteriors of readings nearer to how often such readings are right.

The models are too trusting in some places and not enough in others. What is added to the log odds
of every reading against the word as it stands is that of a regression on tuning texts, rounded.
And how often a lost glyph was there in this document is known twice: from how common it is, and
from the readings; where they disagree, doubts are decided a little more one way or the other.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from arfix.lm.ngrams import KINDS, SPECIALS, UNKNOWN

if TYPE_CHECKING:
    from arfix.lattice import Arc

#: A posterior above this is left alone: what is added would not change the choice.
SURE: Final = 0.95
#: Behind a stop the models know nothing of the sentence, behind a comma little.
BEHIND_STOP: Final = -0.6
BEHIND_COMMA: Final = -0.3
#: The spelling of a word that no lexicon holds is liked too well.
UNLISTED: Final = 1.0
#: Long words are hardly ever made from others by chance, least of all inside.
LONG_WORD: Final = 0.4
LONG: Final = 5
INSIDE: Final = 0.4
#: Of readings rarer than this (natural log of relative frequency), a tenth of all, the more are
#: wrong the rarer they are: a lexicon holds misprints and names by the thousand. Added for each
#: nat below. In brief documents only: there a healthy word is spared for each damaged one that is
#: missed, by the margin one for two; in those of 500 words it is no better than the margin.
RARE: Final = -13.0
RARER: Final = -0.3
#: Occurrences of a glyph that both counts are mixed with: documents differ by a fifth in how
#: common a glyph is. 20 and 30 restore the same and move more readings.
STEADY: Final = 50.0
_STOPS: Final = frozenset((KINDS["blank"], KINDS["stop"]))
_COMMA: Final = KINDS["comma"]


def calibrated(
    lattice: Sequence[Sequence[Arc]],
    rows: Sequence[list[float]],
    prior: Callable[[int], float] | None = None,
) -> list[list[float]]:
    """Return the posteriors of the arcs of a page, brought nearer to the truth.

    Args:
        lattice: For each token its arcs, the word as it stands first.
        rows: For each token the posteriors of its arcs.
        prior: Frequency of the words of the lexicon by their numbers, natural log; given for
            brief documents.
    """
    found: list[list[float]] = []
    before = KINDS["blank"]
    for arcs, row in zip(lattice, rows, strict=True):
        if len(row) > 1 and max(row) < SURE:
            added = BEHIND_STOP if before in _STOPS else BEHIND_COMMA if before == _COMMA else 0.0
            if arcs[0].word == UNKNOWN:
                added += UNLISTED
            if len(arcs[0].text) >= LONG:
                added += LONG_WORD
            row = _shifted(arcs, row, added, prior)
        found.append(row)
        before = arcs[0].word
    return found


def _shifted(
    arcs: Sequence[Arc], row: Sequence[float], added: float, prior: Callable[[int], float] | None
) -> list[float]:
    """Return posteriors with something added to the log odds of the readings."""
    word = arcs[0].text
    factor = math.exp(added)
    inside = factor * math.exp(INSIDE)
    weights = [
        value * (factor if arc.text.startswith(word) or arc.text.endswith(word) else inside)
        for arc, value in zip(arcs, row, strict=True)
    ]
    if prior is not None:
        for place, arc in enumerate(arcs[1:], start=1):
            if arc.word != UNKNOWN:
                weights[place] *= math.exp(RARER * max(0.0, RARE - prior(arc.word - SPECIALS)))
    weights[0] = row[0]
    return _scaled(weights)


def in_proportion(
    lattice: Sequence[Sequence[Arc]],
    rows: Sequence[list[float]],
    expected: Mapping[int, float],
    holds: Callable[[str], int],
) -> list[list[float]]:
    """Return the posteriors, with readings likelier that hold a glyph which this page has much of.

    Args:
        lattice: For each token its arcs, the word as it stands first.
        rows: For each token the posteriors of its arcs.
        expected: For the bit of each lost glyph how often a page of this length holds it.
        holds: Returns the bits of the glyphs that a word holds.
    """
    # By the lost glyphs that a reading holds: how many words are such readings.
    counts: dict[int, float] = defaultdict(float)
    doubts: list[list[int]] = []
    for arcs, row in zip(lattice, rows, strict=True):
        held: list[int] = []
        if len(row) > 1:
            most = max(row)
            if most >= SURE:
                counts[holds(arcs[row.index(most)].text)] += 1
            else:
                held = [holds(arc.text) for arc in arcs]
                for bits, value in zip(held, row, strict=True):
                    counts[bits] += value
        doubts.append(held)
    glyphs = {
        bit: (sum(counts[bits] for bits in counts if bits & bit) + STEADY) / (often + STEADY)
        for bit, often in expected.items()
    }
    factors = {
        bits: math.prod(factor for bit, factor in glyphs.items() if bits & bit) for bits in counts
    }
    return [
        _scaled([value * factors[bits] for bits, value in zip(held, row, strict=True)])
        if held
        else row
        for held, row in zip(doubts, rows, strict=True)
    ]


def _scaled(weights: Sequence[float]) -> list[float]:
    total = sum(weights)
    return [weight / total for weight in weights]
