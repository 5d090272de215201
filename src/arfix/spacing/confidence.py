"""How sure an edit of a space is, by what it makes.

The shares are those of the edits of each kind that were right on the output of real extractors:
a word is right when the text that was set holds it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

#: Lower bounds of the frequency of a word (natural log) and how often a space taken out left such
#: a word that stands in the text; what no bound holds is the last.
JOINED: Final = ((-13.0, 0.95), (-17.0, 0.87), (-21.0, 0.35), (-99.0, 0.05))
#: The same for the rarer of the two words that a space set apart.
SPLIT: Final = ((-15.0, 0.87), (-17.0, 0.5), (-99.0, 0.1))
#: At digits, Latin letters and punctuation, and between letters on lines of their own.
BORDER: Final = 0.9
LETTER_LINE: Final = 0.9
#: A joiner in place of a space.
PARTED: Final = 0.9


def sure(prior: float, table: Sequence[tuple[float, float]]) -> float:
    """Return how often an edit is right that makes a word.

    Args:
        prior: Natural log of the frequency of the word, of two the rarer one.
        table: ``JOINED`` or ``SPLIT``.
    """
    return next(share for bound, share in table if prior > bound)
