"""Reads the corpora into arrays of word ids, one array a source."""

from __future__ import annotations

import lzma
import re
from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from arfix.view import LETTER_CLASS, STRIP_MARKS

if TYPE_CHECKING:
    from pathlib import Path

#: Ids of everything that is not a word; words come after.
BOUNDARY, UNKNOWN, NUMBER, LATIN, STOP, COMMA, COLON, SEMICOLON = range(8)
SPECIALS = 8

_PUNCTUATION = {
    ".": STOP,
    "!": STOP,
    "?": STOP,
    "؟": STOP,
    "…": STOP,
    ",": COMMA,
    "،": COMMA,
    ":": COLON,
    ";": SEMICOLON,
    "؛": SEMICOLON,
}
_DIGITS = re.compile(
    r"[0-9\u0660-\u0669\u06f0-\u06f9]+(?:[.,:/\u066b\u066c][0-9\u0660-\u0669\u06f0-\u06f9]+)*"
)
_TOKEN = re.compile(
    f"[{LETTER_CLASS}]+|1|[A-Za-z\u00c0-\u024f](?:[A-Za-z\u00c0-\u024f0-9_.'-]*[A-Za-z\u00c0-\u024f0-9])?|[.!?؟…,،:;؛]"
)


class Vocabulary(dict[str, int]):
    """Word to id; a word not seen before gets the next id."""

    def __init__(self) -> None:
        super().__init__(_PUNCTUATION)
        self["1"] = NUMBER
        self.words: list[str] = [""] * SPECIALS

    def __missing__(self, token: str) -> int:
        if "A" <= token[0] <= "z" or "\u00c0" <= token[0] <= "\u024f":
            return LATIN
        number = len(self.words)
        self.words.append(token)
        self[token] = number
        return number


def lines(path: Path) -> list[str]:
    """Return the paragraphs of an ``.xz`` corpus file."""
    with lzma.open(path, "rt", encoding="utf-8", newline="\n") as file:
        return file.read().split("\n")


def encode(path: Path, vocabulary: Vocabulary) -> np.ndarray:
    """Return a source as ids: a boundary, the tokens of a paragraph, and so on."""
    ids: list[int] = []
    pieces: list[np.ndarray] = []
    find, get = _TOKEN.findall, vocabulary.__getitem__
    for line in lines(path):
        found = find(_DIGITS.sub(" 1 ", line.translate(STRIP_MARKS)))
        if not found:
            continue
        ids.append(BOUNDARY)
        ids.extend(map(get, found))
        if len(ids) > 5_000_000:
            pieces.append(np.array(ids, dtype=np.int32))
            ids = []
    pieces.append(np.array([*ids, BOUNDARY], dtype=np.int32))
    return np.concatenate(pieces)


def marked_words(path: Path) -> Counter[str]:
    """Return how often each word occurs that carries a vowel mark."""
    pattern = re.compile(f"[{LETTER_CLASS}][{LETTER_CLASS}\u064b-\u0652\u0670]*")
    mark = re.compile("[\u064b-\u0652\u0670]")
    counts: Counter[str] = Counter()
    for line in lines(path):
        if mark.search(line):
            counts.update(word for word in pattern.findall(line) if mark.search(word))
    return counts
