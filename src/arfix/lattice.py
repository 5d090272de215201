"""The lattice: for each token of a stretch of text, the words that it may have been.

An arc is what the decoder needs to know of one such word, and no more: numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Arc(NamedTuple):
    """One reading of one token.

    Attributes:
        word: Its id in the word model.
        klass: Its class in the class model.
        weight: What does not depend on the context, natural log: the word inside its class,
            the channel, the spelling of unknown words.
        text: The bare letters; empty for what is no word.
    """

    word: int
    klass: int
    weight: float
    text: str


@dataclass(slots=True)
class Posteriors:
    """What the decoder found.

    Attributes:
        rows: For each token the posterior probability of each of its arcs.
        log_total: Natural log of the summed score of all paths, where it was asked for.
    """

    rows: list[list[float]]
    log_total: float
