"""Evaluation texts as documents of a wanted length, and a digest of the files they come from."""

from __future__ import annotations

import functools
import hashlib
import lzma
import os
import random
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from arfix.view import WORD

#: Tenth letter of another alphabet where feh, kaf or waw should be: these lines of one academic
#: set came broken from their source, so a change in them is no false alarm.
BROKEN_AT_SOURCE: Final = "\u067f"

#: Modern Standard Arabic in every genre, with no vowel marks to speak of.
MSA: Final = (
    "news_unseen_source",
    "news",
    "wiki",
    "technology",
    "legal",
    "academic",
    "literature",
    "health_wiki_tico19",
    "misc",
    "mixed",
)
#: Text that may not be taken for damaged Arabic whatever it looks like.
SPECIAL: Final = ("dialect", "religious_classical_diacritized", "persian", "urdu", "english")

_SENTENCE_END: Final = re.compile(r"(?<=[.!?\u061f\u2026])[ \t]+")


def shared_root() -> Path | None:
    """Return the folder of shared material, ``None`` where there is none.

    ``ARFIX_SHARED`` names it; without it the folder ``shared`` beside the checkout is taken.
    """
    named = os.environ.get("ARFIX_SHARED")
    root = Path(named) if named else Path(__file__).resolve().parents[3] / "shared"
    return root if (root / "eval").is_dir() else None


def require_shared() -> Path:
    """Return the folder of shared material or end the program with advice."""
    root = shared_root()
    if root is None:
        raise SystemExit("no evaluation texts: set ARFIX_SHARED to the folder that holds eval/")
    return root


def genre_files(genre: str) -> list[Path]:
    """Return the text files of a genre, in a fixed order."""
    files = sorted((require_shared() / "eval" / genre).glob("*.txt.xz"))
    if not files:
        raise SystemExit(f"no evaluation texts for the genre {genre!r}")
    return files


@functools.cache
def paragraphs(genre: str) -> tuple[str, ...]:
    """Return the paragraphs of a genre, those broken at their source left out."""
    found: list[str] = []
    for path in genre_files(genre):
        with lzma.open(path, "rt", encoding="utf-8", newline="") as stream:
            lines = stream.read().split("\n")
        found += [
            line
            for line in lines
            if line.strip() and not (genre == "academic" and BROKEN_AT_SOURCE in line)
        ]
    return tuple(found)


def word_count(text: str) -> int:
    """Return the number of Arabic-script words."""
    return sum(1 for _ in WORD.finditer(text))


def unit_count(text: str, genre: str) -> int:
    """Return the length that documents are cut by: Arabic words, or any words in English."""
    return len(text.split()) if genre == "english" else word_count(text)


def _cut(text: str, words: int, genre: str) -> tuple[str, str]:
    """Split a paragraph after its first ``words`` words."""
    pattern = re.compile(r"\S+") if genre == "english" else WORD
    for index, match in enumerate(pattern.finditer(text), start=1):
        if index == words:
            # The punctuation that hangs on the last word stays with it.
            end = text.find(" ", match.end())
            end = len(text) if end < 0 else end
            return text[:end], text[end:].lstrip(" ")
    return text, ""


@functools.cache
def documents(genre: str, words: int) -> tuple[str, ...]:
    """Return documents of consecutive paragraphs, each of ``words`` words.

    A paragraph that runs past the length is cut there and its rest opens the next document, so
    that "500 words" means 500; a rest shorter than that at the end of the genre is left out.
    """
    found: list[str] = []
    current: list[str] = []
    have = 0
    for paragraph in paragraphs(genre):
        rest = paragraph
        while rest:
            head, tail = _cut(rest, words - have, genre)
            have += unit_count(head, genre)
            current.append(head)
            if have >= words:
                found.append("\n".join(current))
                current, have = [], 0
            rest = tail
    return tuple(found)


def sentences(paragraph: str) -> list[str]:
    """Return the sentences of a paragraph, each with its stop."""
    return [part for part in _SENTENCE_END.split(paragraph) if part.strip()]


@functools.cache
def short_paragraphs(genre: str, low: int = 20, high: int = 40) -> tuple[str, ...]:
    """Return paragraphs of ``low`` to ``high`` words; of longer ones, their sentences that fit."""
    found: list[str] = []
    for paragraph in paragraphs(genre):
        count = unit_count(paragraph, genre)
        if low <= count <= high:
            found.append(paragraph)
        elif count > high:
            found += [
                part for part in sentences(paragraph) if low <= unit_count(part, genre) <= high
            ]
    return tuple(found)


@functools.cache
def many_paragraph_documents(genre: str, words: int, smallest: int = 25) -> tuple[str, ...]:
    """Return documents whose paragraphs are short, for texts set in two fonts.

    Paragraphs are sentences, joined until each has at least ``smallest`` words.
    """
    found: list[str] = []
    current: list[str] = []
    have = 0
    for paragraph in paragraphs(genre):
        pending = ""
        for part in sentences(paragraph):
            pending = f"{pending} {part}" if pending else part
            if word_count(pending) >= smallest:
                current.append(pending)
                have += word_count(pending)
                pending = ""
        if pending:
            current.append(pending)
            have += word_count(pending)
        if have >= words:
            found.append("\n".join(current))
            current, have = [], 0
    return tuple(found)


def sample(items: Sequence[str], count: int | None, *seed: object) -> list[str]:
    """Return ``count`` of the items (all of them for ``None``), the same ones for the same seed."""
    if count is None or count >= len(items):
        return list(items)
    chooser = random.Random(":".join(map(str, seed)))
    return [items[index] for index in sorted(chooser.sample(range(len(items)), count))]


def of_size(genre: str, size: str) -> tuple[str, ...]:
    """Return the documents of a genre by the name of a size: ``500``, ``100`` or ``paragraph``."""
    return short_paragraphs(genre) if size == "paragraph" else documents(genre, int(size))


def digest(genres: Iterable[str]) -> dict[str, str]:
    """Return a SHA-256 of every file the genres and the sample are read from, by short path."""
    root = require_shared()
    files = [path for genre in genres for path in genre_files(genre)]
    files += sorted((root / "samples").glob("*.txt"))
    return {
        str(path.relative_to(root)): hashlib.sha256(path.read_bytes()).hexdigest()[:16]
        for path in files
    }
