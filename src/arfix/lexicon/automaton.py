"""The lexicon as an automaton: numbers every word, and can be walked letter by letter.

A minimal acyclic automaton in a double array. Slot ``base + code`` of a node holds the edge
labelled ``code`` if ``check`` there says so; every edge carries how many words come before it,
so that the sum along a path is the number of the word. A plain trie library looks words up as
fast, but cannot be walked with a state of one's own, and that walk is what makes candidates.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from arfix.store import DataFile

if TYPE_CHECKING:
    from pathlib import Path

#: The letters of the lexicon in code-point order; the code of a letter is its place from 1.
ALPHABET: Final = "".join(map(chr, [*range(0x0621, 0x063B), *range(0x0641, 0x064B)]))
CODES: Final[dict[str, int]] = {letter: index for index, letter in enumerate(ALPHABET, 1)}
ALL_CODES: Final = range(1, len(ALPHABET) + 1)
LABEL_MASK: Final = 0x3F
FINAL_BIT: Final = 0x40


class Automaton:
    """Words and their numbers; a number is the word's place in sorted order."""

    def __init__(self, path: Path) -> None:
        file = DataFile(path)
        self.base = file.array("base")
        self.skip = file.array("skip")
        # A copy, half a megabyte: every step of every walk reads it, and bytes are read faster.
        self.check = bytes(file.array("check"))
        self.root: int = file.array("meta")[0]
        self._size: int = file.array("meta")[1]

    def __len__(self) -> int:
        return self._size

    def number(self, word: str) -> int:
        """Return the number of a word of bare letters, -1 where it is not in the lexicon."""
        base, skip, check, codes = self.base, self.skip, self.check, CODES
        node, total, final = self.root, 0, 0
        for letter in word:
            code = codes.get(letter)
            if code is None:
                return -1
            slot = node + code
            found = check[slot]
            if found & LABEL_MASK != code or not node:
                return -1
            total += skip[slot]
            final = found & FINAL_BIT
            node = base[slot]
        return total if final else -1

    def words(self) -> Iterator[str]:
        """Yield every word in order of its number."""
        stack: list[tuple[int, str, int]] = [(self.root, "", 0)]
        while stack:
            node, word, final = stack.pop()
            if final:
                yield word
            if not node:
                continue
            for code in range(len(ALPHABET), 0, -1):
                found = self.check[node + code]
                if found & LABEL_MASK == code:
                    letter = ALPHABET[code - 1]
                    stack.append((self.base[node + code], word + letter, found & FINAL_BIT))
