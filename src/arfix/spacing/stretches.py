"""Stretches: words between which there is nothing but spaces, letter by letter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final
from unicodedata import category

from arfix.ligatures.units import clusters
from arfix.lm.ngrams import KINDS, UNKNOWN
from arfix.view import MARK_CLASS, STRIP_MARKS, TATWEEL, WORD_KIND, Token, tokens

SPACE_CLASS: Final = " \u00a0\u2002-\u200a\u202f"
#: What may stand between the letters of one word that fell apart: spaces, and a mark that one
#: of them cut off.
GAP: Final = re.compile(f"[{SPACE_CLASS}{MARK_CLASS}]+")
ALEF: Final = "ا"
FATHATAN: Final = "\u064b"
SPACES: Final = re.compile(f"[{SPACE_CLASS}]+")


#: How many letters behind a space may carry the mark that cut it off.
BESIDE: Final = 3
#: Share of the letters that carry a mark where it still says something of its place.
MOST_MARKED: Final = 0.25
#: Categories of what extractors put in place of a letter.
_HIDDEN: Final = frozenset({"Co", "Cn", "So"})


#: So many letters stand for none of the word beside them.
_LATIN_WORD: Final = re.compile("[A-Za-z]{3}")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words of one line with nothing but spaces between them.

    Attributes:
        letters: The bare letters of all its words, without spaces.
        starts: Where in the page each letter stands.
        ends: Where it ends, with its marks.
        words: Of each word, the first letter and the one behind its last.
        opened: Where words begin with a mark, which no word does.
        alefs: Where an alef stands alone.
        marked: Beside which places a mark stands that may have cut the word; empty where marks
            are many.
    """

    letters: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    words: tuple[tuple[int, int], ...]
    opened: frozenset[int]
    alefs: frozenset[int] = frozenset()
    marked: frozenset[int] = frozenset()


def items(page: str) -> Iterator[Stretch | int]:
    """Yield the stretches of a page and, for what is no word, its id in the language model."""
    row: list[Token] = []
    for token in tokens(page):
        if token.kind == WORD_KIND and not _clipped(page, token):
            if row and not GAP.fullmatch(page, row[-1].end, token.start):
                yield _stretch(page, row)
                row = []
            row.append(token)
            continue
        if row:
            yield _stretch(page, row)
            row = []
        yield KINDS.get(token.kind, UNKNOWN)
    if row:
        yield _stretch(page, row)


def _clipped(page: str, token: Token) -> bool:
    """Return whether a word touches what may stand for letters of it."""
    before = page[token.start - 1] if token.start else " "
    after = page[token.end : token.end + 1] or " "
    if before.isalpha() and _LATIN_WORD.fullmatch(page, max(0, token.start - 3), token.start):
        before = " "
    if after.isalpha() and _LATIN_WORD.match(page, token.end):
        after = " "
    return any(char.isalpha() or category(char) in _HIDDEN for char in (before, after))


def _stretch(page: str, row: list[Token]) -> Stretch:
    letters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    words: list[tuple[int, int]] = []
    opened: list[int] = []
    alefs: list[int] = []
    for token in row:
        first = len(starts)
        if first and ord(page[token.start - 1]) in STRIP_MARKS:
            opened.append(first)
        if token.bare == ALEF:
            alefs.append(first)
        # A tanween that lost its alef.
        if token.bare == ALEF and first and FATHATAN in page[ends[-1] - 2 : ends[-1]]:
            opened.append(first)
        at = token.start
        for part in clusters(token.text):
            if part[0] != TATWEEL:
                starts.append(at)
                ends.append(at + len(part))
                letters.append(part[0])
            at += len(part)
        words.append((first, len(starts)))
    return Stretch(
        "".join(letters),
        tuple(starts),
        tuple(ends),
        tuple(words),
        frozenset(opened),
        frozenset(alefs),
        _marked(starts, ends, words),
    )


def _marked(starts: list[int], ends: list[int], words: list[tuple[int, int]]) -> frozenset[int]:
    """Return the places between words with a mark on a letter beside them."""
    # In vocalised text they stand everywhere and say nothing.
    carrying = [ends[i] - starts[i] > 1 for i in range(len(starts))]
    if not any(carrying) or sum(carrying) > MOST_MARKED * len(carrying):
        return frozenset()
    found = []
    for (_, place), (_, stop) in pairwise(words):
        if any(carrying[place - 1 : min(place + BESIDE, stop)]):
            found.append(place)
    return frozenset(found)
