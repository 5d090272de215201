"""Brings posteriors of readings nearer to how often such readings are right.

The models are too trusting in some places and not enough in others. What is added to the log odds
of every reading against the word as it stands is that of a regression on tuning texts, rounded.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
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
INSIDE: Final = 0.2
#: Of readings rarer than this (natural log of relative frequency), a tenth of all, the more are
#: wrong the rarer they are: a lexicon holds misprints and names by the thousand. Added for each
#: nat below. In brief documents only: there a healthy word is spared for each damaged one that is
#: missed, by the margin one for two; in those of 500 words it is no better than the margin.
RARE: Final = -13.0
RARER: Final = -0.3
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
    total = sum(weights)
    return [weight / total for weight in weights]
