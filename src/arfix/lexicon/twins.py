"""Spellings that careless writers, and whole styles, use for one another."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

#: What a careless writer leaves bare or undotted, with what he meant.
_ALEFS: Final = "أإآ"
_FINALS: Final = {"ى": "ي", "ه": "ة"}


def twins(word: str) -> Iterator[str]:
    """Yield what the word may be careless for: one bare alef for a hamza, ى for ي, ه for ة.

    Never the other way: الإستراتيجي is a style beside الاستراتيجي, not a slip.

    Example:
        >>> "الحكومة" in list(twins("الحكومه"))
        True
    """
    for index, letter in enumerate(word):
        if letter == "ا":
            for other in _ALEFS:
                yield word[:index] + other + word[index + 1 :]
    if word and word[-1] in _FINALS:
        yield word[:-1] + _FINALS[word[-1]]
