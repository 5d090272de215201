"""A document as the inference sees it: word types, and stretches that one font may have set."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from arfix.view import Token, tokens

#: A stretch: a line, or a part of a long line. Fonts change between lines, hardly inside one.
LONGEST_STRETCH: Final = 45
#: Words that the inference looks at; more add nothing, and long texts must stay linear.
MOST_WORDS: Final = 4_000


@dataclass(slots=True)
class Stretch:
    """Neighbouring tokens that share a fate.

    Attributes:
        tokens: The tokens, words and others.
        joined: Whether the stretch goes on the line of the one before.
        page: Number of the page.
    """

    tokens: list[Token]
    joined: bool
    page: int

    def words(self) -> list[str]:
        """Return the bare words."""
        return [token.bare for token in self.tokens if token.bare]


def stretches(page: str, number: int = 0) -> list[Stretch]:
    """Return the stretches of a page in order; an empty line is a token of its stretch."""
    found: list[Stretch] = []
    current: list[Token] = []
    joined = False
    end = 0
    for token in tokens(page):
        if current and "\n" in page[end : token.end]:
            found.append(Stretch(current, joined, number))
            current, joined = [], False
        elif len(current) >= LONGEST_STRETCH:
            found.append(Stretch(current, joined, number))
            current, joined = [], True
        current.append(token)
        end = token.end
    if current:
        found.append(Stretch(current, joined, number))
    return found


@dataclass(slots=True)
class Document:
    """The part of a document that the inference looks at.

    Attributes:
        stretches: In reading order, page by page.
        types: How often each bare word occurs.
    """

    stretches: list[Stretch]
    types: Counter[str]

    @classmethod
    def read(cls, pages: Sequence[str]) -> Document:
        """Return the document; the order of the pages does not matter.

        Of a long document evenly spread stretches are kept.
        """
        found = [
            stretch for number, page in enumerate(sorted(pages)) for stretch in stretches(page, number)
        ]
        total = sum(len(stretch.tokens) for stretch in found)
        if total > MOST_WORDS:
            step = total / MOST_WORDS
            found = [found[int(index * step)] for index in range(int(len(found) / step))]
        types: Counter[str] = Counter()
        for stretch in found:
            types.update(stretch.words())
        return cls(found, types)

    def __len__(self) -> int:
        return sum(self.types.values())
