"""Which vowel marks a word carries when its writer marks only what could be misread.

Modern Arabic prose is nearly bare: a word gets a mark where a reader would go wrong without
it, and writers agree on which one (the shadda of a verb's second stem, the damma of a
passive). The table holds these habits as counts, read straight from a memory-mapped file.

File format (``marks.marisa``, version 1): a ``marisa_trie.BytesTrie`` with three kinds of key.

* ``WORD``: one value for each way of marking the word: count (uint16, little-endian), then a
  byte for each mark, high nibble = index of the letter that carries it, low nibble = the mark
  as an index into ``MARKS``.
* ``~WORD`` for a word that ends in alef: occurrences that end in fathatan, all occurrences
  (two uint16, little-endian), in sources that keep tanween.
* ``!version``: one byte.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

import marisa_trie

from arfix.errors import DataError

if TYPE_CHECKING:
    from pathlib import Path

VERSION: Final = 1
VERSION_KEY: Final = "!version"
TANWEEN_KEY: Final = "~"
COUNT: Final = struct.Struct("<H")
PAIR: Final = struct.Struct("<HH")

FATHATAN: Final = "\u064b"
SHADDA: Final = "\u0651"
ALEFS: Final = frozenset("\u0627\u0649")

#: What one symbol may stand for; the order is part of the file format. A shadda and its vowel
#: are one entry, because fonts draw the two as one glyph.
MARKS: Final = (
    "\u064b",
    "\u064c",
    "\u064d",
    "\u064e",
    "\u064f",
    "\u0650",
    "\u0651",
    "\u0652",
    "\u0670",
    "\u0651\u064b",
    "\u0651\u064c",
    "\u0651\u064d",
    "\u0651\u064e",
    "\u0651\u064f",
    "\u0651\u0650",
)
MARK_CHARS: Final = frozenset("".join(MARKS))

#: Shares of the marks in partly marked modern prose, for words that the table does not know.
_GENERAL: Final = {
    "\u064b": 0.16,
    "\u064c": 0.02,
    "\u064d": 0.04,
    "\u064e": 0.12,
    "\u064f": 0.20,
    "\u0650": 0.12,
    "\u0651": 0.22,
    "\u0652": 0.03,
    "\u0670": 0.01,
}
#: The same at a final alef, which carries hardly anything but fathatan.
_FINAL_ALEF_FATHATAN: Final = 0.97
_COMBINED: Final = 0.01
#: Weight of the general shares, in occurrences of the word.
_SMOOTHING: Final = 1.0
#: One-letter words that are written together with the next word; the marks of the word
#: behind them stay what they are.
_PROCLITICS: Final = frozenset("وفبلك")


@dataclass(frozen=True, slots=True)
class Marking:
    """One way of marking a word: how often, and which letter carries what."""

    count: int
    marks: tuple[tuple[int, str], ...]


def marking_of(word: str) -> tuple[str, tuple[tuple[int, str], ...]]:
    r"""Return the bare letters of a word and the marks on them, in a fixed spelling.

    Shadda comes before its vowel; a fathatan before a final alef is counted on the alef, since
    the two spellings are one habit of the eye and none of the language.

    Example:
        >>> bare, marks = marking_of("ظُنّ")
        >>> bare, [(at, ascii(mark)) for at, mark in marks]
        ('ظن', [(0, "'\\u064f'"), (1, "'\\u0651'")])
    """
    letters: list[str] = []
    found: dict[int, set[str]] = {}
    for char in word:
        if char in MARK_CHARS:
            if letters:
                found.setdefault(len(letters) - 1, set()).add(char)
        elif char != "\u0640":
            letters.append(char)
    last = len(letters) - 1
    marks: list[tuple[int, str]] = []
    for index, chars in sorted(found.items()):
        mark = "".join(sorted(chars, key=lambda char: (char != SHADDA, char)))
        place = index
        if mark == FATHATAN and index == last - 1 and letters[last] in ALEFS:
            place = last
        marks.append((place, mark))
    return "".join(letters), tuple(marks)


class MarkTable:
    """The counts of marks, memory-mapped.

    Args:
        path: The file; without one the table knows no word, only the general shares.

    Raises:
        DataError: The file is missing or has another format version.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._trie = marisa_trie.BytesTrie()
        if path is None:
            return
        try:
            self._trie.mmap(str(path))
        except (OSError, RuntimeError) as error:
            raise DataError(f"cannot open the mark table {path.name}: reinstall arfix") from error
        if self._trie.get(VERSION_KEY) != [bytes([VERSION])]:
            raise DataError(
                f"{path.name} is no mark table of version {VERSION}: reinstall arfix, or build"
                " the data anew"
            )

    @cached_property
    def _cache(self) -> dict[str, tuple[Marking, ...]]:
        return {}

    def markings(self, bare: str) -> tuple[Marking, ...]:
        """Return the ways in which a word is marked, the commonest first.

        Example:
            >>> MarkTable().markings("قلم")
            ()
        """
        cached = self._cache.get(bare)
        if cached is not None:
            return cached
        result = []
        for value in self._trie.get(bare) or ():
            marks = tuple((byte >> 4, MARKS[byte & 15]) for byte in value[COUNT.size :])
            result.append(Marking(COUNT.unpack_from(value)[0], marks))
        markings = tuple(sorted(result, key=lambda marking: (-marking.count, marking.marks)))
        if len(self._cache) < 20_000:
            self._cache[bare] = markings
        return markings

    def tanween(self, bare: str) -> tuple[int, int] | None:
        """Return how often a word ends in fathatan and how often it occurs; None if unknown.

        Only words that end in alef are counted, and only in sources that write tanween.

        Example:
            >>> MarkTable().tanween("شكرا") is None
            True
        """
        values = self._trie.get(TANWEEN_KEY + bare)
        if not values:
            return None
        marked, total = PAIR.unpack(values[0])
        return marked, total

    def tanween_share(self, bare: str) -> float | None:
        """Return the share of fathatan at a word's final alef, ``None`` if unknown.

        Example:
            >>> MarkTable().tanween_share("هذا") is None
            True
        """
        counts = self.tanween(bare)
        return None if counts is None else counts[0] / counts[1]

    def log_probability(
        self, bare: str, position: int, mark: str, *, others: Mapping[int, str] | None = None
    ) -> float:
        r"""Return the natural log of the chance that a marked word carries ``mark`` there.

        Args:
            bare: The word without marks.
            position: Index of the letter that carries the mark.
            mark: One of ``MARKS``.
            others: Marks that the word is known to carry, letter index to mark.

        Example:
            >>> table = MarkTable()
            >>> here = table.log_probability("جدا", 2, "\u064b")
            >>> here > table.log_probability("جدا", 2, "\u064f")
            True
        """
        last = len(bare) - 1
        if mark == FATHATAN and position == last - 1 and bare[last] in ALEFS:
            position = last
        prior = _general(bare, position, mark)
        known = {at: what for at, what in (others or {}).items() if at != position}
        hits, total = self._backed(bare, position, mark, known)
        return math.log((hits + _SMOOTHING * prior) / (total + _SMOOTHING))

    def _backed(
        self, bare: str, position: int, mark: str, known: Mapping[int, str]
    ) -> tuple[float, float]:
        """Return hits and total for the word, or for the part of it that the table knows."""
        for strict in (True, False) if known else (False,):
            for offset in range(min(3, max(1, len(bare) - 2))):
                if offset and bare[offset - 1] not in _PROCLITICS:
                    break
                shifted = {at - offset: what for at, what in known.items() if at >= offset}
                hits, total = self._counts(
                    bare[offset:], position - offset, mark, shifted, strict=strict
                )
                if total:
                    return hits, total
        return 0.0, 0.0

    def _counts(
        self, bare: str, position: int, mark: str, known: Mapping[int, str], *, strict: bool
    ) -> tuple[float, float]:
        """Return how often the mark stands there and how often any mark does.

        Places of known marks do not count; markings without them do, unless ``strict``.
        """
        hits = total = 0.0
        for marking in self.markings(bare):
            carried = dict(marking.marks)
            if strict and any(carried.get(at) != what for at, what in known.items()):
                continue
            # A marking is one witness, however many marks it shows: a fully vocalised text
            # must not outweigh the habits of sparing writers.
            share = marking.count / len(carried)
            total += share * sum(at not in known for at in carried)
            if carried.get(position) == mark:
                hits += share
        return hits, total


def _general(bare: str, position: int, mark: str) -> float:
    at_final_alef = bool(bare) and position == len(bare) - 1 and bare[position] in ALEFS
    if at_final_alef:
        return _FINAL_ALEF_FATHATAN if mark == FATHATAN else 0.002
    if mark == FATHATAN and position == len(bare) - 1 and bare[position] in "\u0621\u0629":
        return 0.5
    # Nunation ends a word; inside one it would be a reading error.
    if mark[-1] in "\u064b\u064c\u064d" and position != len(bare) - 1:
        return 0.0005
    return _GENERAL.get(mark, _COMBINED) / max(1, len(bare))
