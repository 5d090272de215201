"""Counts the vowel marks that writers put on words and stores the table.

Run: ``python -m tools.datakit.marks CORPUS_FOLDER OUTPUT`` (from the repository root). The same
corpus gives the same bytes.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import marisa_trie

from arfix.lexicon import marks as table
from arfix.view import LETTER_CLASS
from tools.datakit.corpus import lines

#: A marking or a word ending seen less often than this is noise, and may not be shipped.
CUTOFF = 3
#: A source that ends fewer of its words in fathatan has lost or never written tanween.
TANWEEN_FLOOR = 0.008
#: The format gives an index four bits.
_MAX_LETTERS = 15
_LIMIT = 0xFFFF
_IDS = {mark: index for index, mark in enumerate(table.MARKS)}
_WORD = re.compile(f"[{LETTER_CLASS}][{LETTER_CLASS}\u064b-\u0652\u0670]*")
_MARKED = re.compile("[\u064b-\u0652\u0670]")


def count_source(paragraphs: Iterable[str]) -> tuple[Counter[str], Counter[str], int]:
    """Return the marked words of a source, its bare words that end in alef, and its size."""
    marked: Counter[str] = Counter()
    alefs: Counter[str] = Counter()
    words = 0
    for line in paragraphs:
        found = _WORD.findall(line)
        words += len(found)
        alefs.update(word for word in found if word[-1] == "\u0627")
        if _MARKED.search(line):
            marked.update(word for word in found if _MARKED.search(word))
    return marked, alefs, words


def build(paths: Iterable[Path]) -> list[tuple[str, bytes]]:
    """Return the sorted records of the table."""
    markings: Counter[tuple[str, tuple[tuple[int, str], ...]]] = Counter()
    tanween: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for path in sorted(paths):
        marked, alefs, words = count_source(lines(path))
        endings: Counter[str] = Counter()
        for word, count in marked.items():
            bare, marks = table.marking_of(word)
            markings[bare, marks] += count
            if bare[-1:] == "\u0627":
                if (len(bare) - 1, table.FATHATAN) in marks:
                    endings[bare] += count
                # ``alefs`` holds the word under its marked spelling if the mark is not last.
                if word[-1] == "\u0627":
                    alefs[word] -= count
                alefs[bare] += count
        if words and endings.total() / words >= TANWEEN_FLOOR:
            tanween.update(endings)
            total.update(alefs)
    records = [(table.VERSION_KEY, bytes([table.VERSION]))]
    for (bare, marks), count in markings.items():
        usable = all(at < _MAX_LETTERS and mark in _IDS for at, mark in marks)
        if count >= CUTOFF and usable and marks:
            value = bytes(at << 4 | _IDS[mark] for at, mark in marks)
            records.append((bare, table.COUNT.pack(min(count, _LIMIT)) + value))
    for bare, count in total.items():
        if count >= CUTOFF and not 0 < tanween[bare] < CUTOFF:
            scale = min(1.0, _LIMIT / count)
            pair = table.PAIR.pack(round(tanween[bare] * scale), round(count * scale))
            records.append((table.TANWEEN_KEY + bare, pair))
    return sorted(records)


def build_file(corpora: Path) -> bytes:
    """Return the table of a folder of ``.txt.xz`` sources, those that kept their marks."""
    # The books of this publisher lost every mark on their way to text.
    paths = [path for path in corpora.glob("*.txt.xz") if "hindawi" not in path.name]
    content: bytes = marisa_trie.BytesTrie(build(paths)).tobytes()
    return content


def main(arguments: list[str]) -> int:
    """Build the table from the sources that kept their marks."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path, help="folder of .txt.xz sources")
    parser.add_argument("output", type=Path, help="file to write, e.g. marks.marisa")
    options = parser.parse_args(arguments)
    content = build_file(options.corpus)
    options.output.write_bytes(content)
    sys.stdout.write(f"{len(content)} bytes\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
