"""A document as the inference sees it: word types, and stretches that one font may have set."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Final

from arfix.view import LETTERS, STRIPPED, TATWEEL, Token, bare, token_lines, tokens

if TYPE_CHECKING:
    from arfix.lexicon.protocols import Lexicon

#: A stretch: a line, or a part of a long line. Fonts change between lines, hardly inside one.
LONGEST_STRETCH: Final = 45
#: Chances that damage begins or ends between two stretches of one line, and between lines; the
#: second was chosen on the bench's own documents of two fonts.
SWITCH_INSIDE: Final = 0.01
SWITCH_BETWEEN: Final = 0.14
#: Shorter words with a tatweel in them are stumps.
SHORTEST_DRAWN: Final = 4
#: Words that the inference looks at; more add nothing, and long texts must stay linear.
MOST_WORDS: Final = 4_000
#: Share of running words that the lexicon lacks, in most documents and in damaged ones.
USUAL_UNKNOWN: Final = 0.04


@dataclass(slots=True)
class Stretch:
    """Neighbouring tokens that share a fate.

    Attributes:
        size: Number of tokens, words and others.
        joined: Whether the stretch goes on the line of the one before.
        page: Number of the page.
        words: The bare words that may say something of the document. Stumps such as وـها,
            written with tatweel to name an affix, say nothing.
        text: The page.
        place: Which of its stretches this is.
    """

    size: int
    joined: bool
    page: int
    words: list[str]
    text: str
    place: int

    @property
    def tokens(self) -> list[Token]:
        """The tokens; they are made at the first look, since healthy text needs none."""
        return _tokens(self.text)[self.place]

    @property
    def switch(self) -> float:
        """The chance that damage begins or ends before the stretch."""
        return SWITCH_INSIDE if self.joined else SWITCH_BETWEEN


def stretches(page: str, number: int = 0) -> list[Stretch]:
    """Return the stretches of a page in order; an empty line is a token of its stretch.

    Args:
        page: The text.
        number: What to call the page.
    """
    return [
        Stretch(size, joined, number, words, page, place)
        for place, (size, joined, words) in enumerate(_parts(page))
    ]


@lru_cache(maxsize=8)
def _tokens(page: str) -> list[list[Token]]:
    """Return the tokens of each stretch of a page; do not change what comes back."""
    sizes = [size for size, _, _ in _parts(page)]
    found = tokens(page)
    return [list(islice(found, size)) for size in sizes]


@lru_cache(maxsize=8)
def _parts(page: str) -> list[tuple[int, bool, list[str]]]:
    """Return the number of tokens, the join and the words of each stretch of a page.

    Inference and repair ask one after the other; do not change what comes back.
    """
    marked = STRIPPED.search(page) is not None
    found: list[tuple[int, bool, list[str]]] = []
    for line in token_lines(page):
        if marked and STRIPPED.search("".join(line)):
            line = [text for text in line if text[0] not in LETTERS or bare(text)]
        for start in range(0, len(line), LONGEST_STRETCH):
            row = line[start : start + LONGEST_STRETCH]
            words = [text for text in row if text[0] in LETTERS]
            if marked and STRIPPED.search("".join(words)):
                words = [word for text in words if (word := bare(text)) and not _is_stump(text)]
            found.append((len(row), start > 0, words))
    return found


def _is_stump(text: str) -> bool:
    return TATWEEL in text and len(bare(text)) < SHORTEST_DRAWN


@dataclass
class Document:
    """The part of a document that the inference looks at.

    Attributes:
        stretches: In reading order, page by page.
        types: How often each bare word occurs.
        unknown: The words that no lexicon holds.
        oddness: How much more unknown words count for in this document than in most: where
            they abound, in dialect or among names, one of them means little.
        weights: Of words that were asked the stem, how much of what they say counts in full, and
            how much more they say for being repeated.
        totals: What was found out about the loss of single glyphs, by their bits; the sieve is
            asked several times.
        present: The bits of the glyphs that are there, None before they were looked for.
    """

    stretches: list[Stretch]
    types: Counter[str]
    unknown: frozenset[str] = frozenset()
    oddness: float = 1.0
    totals: dict[int, float] = field(default_factory=dict)
    present: int | None = None
    weights: dict[str, tuple[str, float, float]] = field(default_factory=dict)

    def scale(self, word: str) -> float:
        """Return the weight of what would explain the word, beside the word as it stands."""
        return self.oddness if word in self.unknown else 1.0

    @classmethod
    def read(cls, pages: Sequence[str], lexicon: Lexicon) -> Document:
        """Return the document; the order of the pages does not matter.

        Of a long document evenly spread stretches are kept.

        Args:
            pages: The texts.
            lexicon: The known words.
        """
        found = [
            stretch
            for number, page in enumerate(sorted(pages))
            for stretch in stretches(page, number)
        ]
        total = sum(stretch.size for stretch in found)
        if total > MOST_WORDS:
            step = total / MOST_WORDS
            found = [found[int(index * step)] for index in range(int(len(found) / step))]
        types: Counter[str] = Counter()
        for stretch in found:
            types.update(stretch.words)
        unknown = frozenset(word for word in types if lexicon.id_of(word) < 0)
        share = sum(types[word] for word in unknown) / max(1, types.total())
        return cls(found, types, unknown, min(1.0, USUAL_UNKNOWN / max(share, 1e-9)))

    @cached_property
    def places(self) -> dict[str, list[int]]:
        """The numbers of the stretches in which each word occurs, one for each occurrence."""
        found: dict[str, list[int]] = {word: [] for word in self.types}
        for number, stretch in enumerate(self.stretches):
            for word in stretch.words:
                found[word].append(number)
        return found

    @cached_property
    def switches(self) -> list[tuple[int, list[float]]]:
        """For each page the number of its first stretch, and the switches of its stretches."""
        found: list[tuple[int, list[float]]] = []
        page = -1
        for number, stretch in enumerate(self.stretches):
            if stretch.page != page:
                page = stretch.page
                found.append((number, []))
            found[-1][1].append(stretch.switch)
        return found

    def pages(self) -> list[list[Stretch]]:
        """Return the stretches page by page."""
        found: dict[int, list[Stretch]] = {}
        for stretch in self.stretches:
            found.setdefault(stretch.page, []).append(stretch)
        return list(found.values())

    def __len__(self) -> int:
        return sum(self.types.values())
