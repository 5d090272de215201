"""The commonest words of the lexicon, laid out so that all that fit a pattern are found at once.

Of each word length there is a row of words, the commonest first, and for each place and letter one
big number whose bits say which of them have the letter there. What fits several conditions is the
conjunction of their numbers, and the lowest bit is the commonest word that fits.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sized
from functools import cache, lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from arfix.glyphs import FINAL, INITIAL, ISOLATED, MEDIAL, joins_next, joins_previous
from arfix.lexicon.automaton import ALPHABET, LABEL_MASK

if TYPE_CHECKING:
    from arfix.lexicon.protocols import Lexicon, WordGraph

#: How many words, and how long they may be.
_MOST_WORDS: Final = 110_000
_LONGEST: Final = 12
#: A lam-alef as one letter, and what it is.
LAM_ALEFS: Final = {"لا": "\ufefb", "لأ": "\ufef7", "لإ": "\ufef9", "لآ": "\ufef5"}
UNFOLDED: Final = {fused: text for text, fused in LAM_ALEFS.items()}

#: A letter, or a lam-alef as one, and its joining form.
Glyph = tuple[str, str]


def _joins_next(char: str) -> bool:
    return char not in UNFOLDED and joins_next(char)


def _joins_previous(char: str) -> bool:
    return char in UNFOLDED or joins_previous(char)


@lru_cache(maxsize=20_000)
def glyphs_in(word: str) -> tuple[Glyph, ...]:
    """Return the glyphs of a word in which a lam-alef may be one character.

    Example:
        >>> [form for _, form in glyphs_in("دار")]
        ['isolated', 'isolated', 'isolated']
    """
    found = []
    for index, char in enumerate(word):
        before = index > 0 and _joins_next(word[index - 1]) and _joins_previous(char)
        after = index + 1 < len(word) and _joins_next(char) and _joins_previous(word[index + 1])
        form = (MEDIAL if after else FINAL) if before else (INITIAL if after else ISOLATED)
        found.append((char, form))
    return tuple(found)


_CHARS: Final = (*ALPHABET, *UNFOLDED)
_TO_CODES: Final = {ord(char): code for code, char in enumerate(_CHARS)}


def _table(chars: Iterable[str]) -> bytes:
    """Return the translation that writes 1 for these letters and 0 for all others."""
    table = bytearray(b"0" * 256)
    for char in chars:
        table[_TO_CODES[ord(char)]] = ord("1")
    return bytes(table)


@cache
def _only(letter: str) -> bytes:
    return _table(letter if letter in _CHARS else "")


_NEXT: Final = _table(filter(_joins_next, _CHARS))
_PREVIOUS: Final = _table(filter(_joins_previous, _CHARS))


class Shelf:
    """Words of one length.

    Attributes:
        words: The words, the commonest first.
        priors: Natural logs of their frequencies.
        all: A number with a bit for each of them.
    """

    def __init__(self, rows: list[tuple[float, str]]) -> None:
        rows.sort(key=lambda row: (-row[0], row[1]))
        self.words = [word for _, word in rows]
        self.priors = [prior for prior, _ in rows]
        self.all = (1 << len(rows)) - 1
        self._columns = [
            "".join(column)[::-1].translate(_TO_CODES).encode("latin-1")
            for column in zip(*self.words, strict=True)
        ]
        self._masks: dict[tuple[int, str], int] = {}
        self._forms: dict[tuple[int, str], int] = {}

    def letter(self, at: int, letter: str) -> int:
        """Return which words have a letter in a place."""
        mask = self._masks.get((at, letter))
        if mask is None:
            mask = self._masks[at, letter] = self._where(at, _only(letter))
        return mask

    def form(self, at: int, form: str) -> int:
        """Return which words have a glyph of a form in a place."""
        mask = self._forms.get((at, form))
        if mask is None:
            before = after = 0
            if at:
                before = self._where(at - 1, _NEXT) & self._where(at, _PREVIOUS)
            if at + 1 < len(self._columns):
                after = self._where(at, _NEXT) & self._where(at + 1, _PREVIOUS)
            self._forms[at, MEDIAL] = before & after
            self._forms[at, FINAL] = before & ~after
            self._forms[at, INITIAL] = after & ~before
            self._forms[at, ISOLATED] = self.all & ~(before | after)
            mask = self._forms[at, form]
        return mask

    def glyph(self, at: int, glyph: Glyph) -> int:
        """Return which words have a glyph in a place."""
        return self.letter(at, glyph[0]) & self.form(at, glyph[1])

    def _where(self, at: int, table: bytes) -> int:
        return int(self._columns[at].translate(table), 2)


_SHELVES: Final[dict[int, tuple[Lexicon, dict[int, Shelf]]]] = {}


def shelves(lexicon: Lexicon) -> dict[int, Shelf]:
    """Return the commonest words of a lexicon by length; made once for each lexicon."""
    known = _SHELVES.get(id(lexicon))
    if known is None or known[0] is not lexicon:
        rows: dict[int, list[tuple[float, str]]] = defaultdict(list)
        for prior, word in _commonest(lexicon):
            rows[len(word)].append((prior, word))
            if "ل" in word:
                fused = word
                for text, char in LAM_ALEFS.items():
                    fused = fused.replace(text, char)
                if fused != word:
                    rows[len(fused)].append((prior, fused))
        _SHELVES.clear()
        known = _SHELVES[id(lexicon)] = (lexicon, {n: Shelf(row) for n, row in rows.items()})
    return known[1]


def _commonest(lexicon: Lexicon) -> Iterator[tuple[float, str]]:
    """Yield the commonest words that are not too long, passing over branches without any."""
    graph: WordGraph = lexicon.automaton
    total = sum(1 for _ in graph.words()) if not isinstance(graph, Sized) else len(graph)
    priors = [lexicon.prior(number) for number in range(total)]
    least = sorted(priors, reverse=True)[min(_MOST_WORDS, total) - 1]
    upto = [0, *accumulate(prior >= least for prior in priors)]
    size = len(ALPHABET)
    base, skip, check = graph.base, graph.skip, graph.check
    # node, number of its first word, number behind its last word, letters
    stack: list[tuple[int, int, int, str]] = [(graph.root, 0, total, "")]
    while stack:
        node, first, end, text = stack.pop()
        edges = []
        for code, label in enumerate(check[node + 1 : node + 1 + size], 1):
            if label and label & LABEL_MASK == code:
                edges.append((code, skip[node + code], label))
        edges.sort(key=lambda edge: edge[1])
        for index, (code, passed, label) in enumerate(edges):
            start = first + passed
            stop = first + edges[index + 1][1] if index + 1 < len(edges) else end
            if upto[stop] == upto[start]:
                continue
            word = text + ALPHABET[code - 1]
            if label > LABEL_MASK and priors[start] >= least:
                yield priors[start], word
            below = base[node + code]
            if below and len(word) < _LONGEST:
                # A word that ends here comes before those that go on.
                stack.append((below, start, stop, word))
