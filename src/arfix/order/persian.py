"""Small words of Persian whose order is fixed: the reviewed table.

No model knows the sentences of Persian, and its word list knows no order. These few words do: a
preposition governs what follows it, so none of the words that close a phrase, or open the next
one, can stand behind it. Turned round, they do so in nearly every line.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Final

#: What has to be followed by what it governs.
PREPOSITIONS: Final[Mapping[str, str]] = {
    "در": "in; as a word (door) it is rarely followed by one of those below",
    "از": "from",
    "به": "to",
    "با": "with",
    "برای": "for",
}
#: What never stands behind a preposition, and often before one.
LINKS: Final[Mapping[str, str]] = {
    "که": "that, which: opens a clause",
    "و": "and: what it joins stands on both sides",
    "را": "marks the object in front of it",
}
#: Kinds of words, as the scorer sees them in place of a class; no class has such a number.
PREPOSITION: Final = -1
LINK: Final = -2
KIND: Final[Mapping[str, int]] = {
    **dict.fromkeys(PREPOSITIONS, PREPOSITION),
    **dict.fromkeys(LINKS, LINK),
}
#: What a link behind a preposition costs, in nats: it is a hundred times rarer than before one.
BACKWARDS: Final = -4.0


def backwards(bodies: Sequence[str]) -> int:
    """Return how many more links stand behind a preposition than before one.

    Example:
        >>> backwards(["خانه در که مردی", "رفت که از خانه"])
        0
    """
    total = 0
    for body in bodies:
        kinds = [KIND.get(word, 0) for word in body.split()]
        for pair in pairwise(kinds):
            total += (pair == (PREPOSITION, LINK)) - (pair == (LINK, PREPOSITION))
    return total
