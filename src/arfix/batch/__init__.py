"""Many look-ups in one go, in the columns of numpy, where that is installed.

Nothing here decides anything: what comes back is, number by number, what the plain code returns,
which is used wherever numpy is missing or not worth its import.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from functools import cache
from typing import Final

from arfix.lexicon.automaton import CODES

#: Unseen words that must have been asked for before numpy is imported for them. The import costs
#: as much as these take without it: a single document is never made slower by it.
WORTH: Final = 700
#: Fewer than this are quicker one by one.
LEAST: Final = 8
#: Longer words are none, and would only widen all columns.
LONGEST: Final = 40


@cache
def available() -> bool:
    """Return whether numpy can be used; imports it."""
    try:
        import numpy  # noqa: F401 - whether it is there
    except ImportError:
        return False
    return True


def worth(asked: int) -> bool:
    """Return whether numpy is to be used, for so many words that were asked for up to now.

    Args:
        asked: How many words.
    """
    return (asked >= WORTH or "numpy" in sys.modules) and available()


def spelled(words: Iterable[str]) -> list[str]:
    """Return the words that the lexicon can be walked along in columns.

    Args:
        words: Bare letters, or whatever stands for words.

    Example:
        >>> spelled(["كتاب", "", "کتاب", "ب" * 99])
        ['كتاب']
    """
    return [word for word in words if 0 < len(word) <= LONGEST and CODES.keys() >= set(word)]
