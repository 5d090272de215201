"""Lines torn at their vowel marks: each piece on a line of its own, the last piece first.

Extractors that put glyphs into lines by their height end a line where a mark stands above or below
it and hands out what is left as lines of their own, from the left end of the drawn line to the
right. So a line that starts with a mark goes on where the line behind it ends: ``~ب العلم``,
``أح`` is ``أح~ب العلم``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from unicodedata import normalize

from arfix.edits import Edit
from arfix.view import LETTER_CLASS, MARK_CLASS, bare
from arfix.vowels.places import HAMZA_SEATS, HEHS, score

if TYPE_CHECKING:
    from arfix.resources import Resources

#: The marks that a line starts with, and the space behind them.
_LED: Final = re.compile(f"(?P<marks>[{MARK_CLASS}]+)(?P<space>[ \t]*)")
_ANY_LED: Final = re.compile(f"^[ \t\u0640]*[{MARK_CLASS}]", re.MULTILINE)
_PIECE: Final = f"[{LETTER_CLASS}{MARK_CLASS}]"
#: The word at either end of a piece.
_LAST: Final = re.compile(f"{_PIECE}+\\Z")
_FIRST: Final = re.compile(f"{_PIECE}*")
_LEAST: Final = 3
#: Distinct words that the pieces make, and their share of those that they would make.
_LEAST_WORDS: Final = 2
_LEAST_SHARE: Final = 0.5
#: Marks that fit, for one that does not; below what score none does.
_FITTING: Final = 3
_STRANGE: Final = -3.5
#: Words so short are made by chance where no mark shows that a line was torn.
_SHORTEST: Final = 4
_SHORTEST_SURE: Final = 3
#: Share of lines with a single letter above which each letter has a line of its own.
_MOST_LETTERS: Final = 0.5
_SURE: Final = 0.9


@dataclass(slots=True)
class _Chain:
    """Lines of a page that were one.

    Attributes:
        start: The first of them.
        end: The one behind the last.
        text: Their pieces in order.
    """

    start: int
    end: int
    text: str


def torn(pages: Sequence[str], resources: Resources, code: str) -> dict[str, list[Edit]]:
    """Return for each page the edits that put torn lines together, nothing where none are.

    The line breaks go to the end of the line, so that no line is lost.

    Args:
        pages: The document.
        resources: Whose words the pieces have to make.
        code: That of the edits.
    """
    if sum(len(_ANY_LED.findall(page)) for page in pages) < _LEAST or _in_letters(pages):
        return {}
    joiner = _Joiner(pages, resources, spaced=True)
    if joiner.misfits * _FITTING > joiner.fits:
        joiner = _Joiner(pages, resources, spaced=False)
    if not joiner.proven:
        return {}
    found: dict[str, list[Edit]] = {}
    for page, chains in joiner.chains.items():
        rows = ((chain.start, chain.end, chain.text) for chain in chains)
        found[page] = list(put_together(page, rows, code, _SURE))
    return found


def _in_letters(pages: Sequence[str]) -> bool:
    """Return whether most lines are single letters: these are put together otherwise."""
    lines = [line for page in pages for line in page.split("\n") if line.strip()]
    return sum(len(bare(line.strip())) <= 1 for line in lines) > _MOST_LETTERS * len(lines)


class _Joiner:
    """Puts the lines of a document together.

    Args:
        pages: The document.
        resources: Whose words the pieces have to make.
        spaced: Whether a mark with a space behind it belongs to the line behind, too.

    Attributes:
        chains: The lines of each page that belong together.
        fits: Marks with a space behind them that the line behind has a letter for.
        misfits: Those that it has none for.
    """

    def __init__(self, pages: Sequence[str], resources: Resources, *, spaced: bool) -> None:
        self._resources = resources
        self._spaced = spaced
        self._made: set[str] = set()
        self._known = self._total = 0
        self.fits = self.misfits = 0
        self.chains = {page: self._joined(page.split("\n")) for page in pages}

    @property
    def proven(self) -> bool:
        """Whether the pieces make words, and enough of them."""
        return len(self._made) >= _LEAST_WORDS and self._known >= _LEAST_SHARE * self._total

    def _joined(self, lines: Sequence[str]) -> list[_Chain]:
        """Return the lines that belong together."""
        found: list[_Chain] = []
        last = _Chain(len(lines), len(lines), "")
        above = ""
        for number in range(len(lines) - 1, -1, -1):
            piece = lines[number].strip(" \t\u0640\r")
            text = self._gone_on(last.text, above, piece) if last.text and piece else None
            above = piece
            if text is None:
                last = _Chain(number, number + 1, piece)
                found.append(last)
            else:
                last.start, last.text = number, text
        return [chain for chain in reversed(found) if chain.end - chain.start > 1]

    def _gone_on(self, text: str, latest: str, piece: str) -> str | None:
        """Return a text with a piece that goes on where it ends, None for one that does not.

        Args:
            text: The pieces so far.
            latest: The last of them.
            piece: The one on the line before.
        """
        led = _LED.match(piece)
        ends = _LAST.search(text)
        if ends is None:
            self.misfits += led is not None and bool(led["space"])
            return None
        if led is None:
            return (
                text + piece
                if self._is_rest(bare(normalize("NFC", ends.group())), latest, piece)
                else None
            )
        marks, rest = led["marks"], piece[led.end() :]
        # A letter alone, as the and before a tear, carries no hamza.
        if HAMZA_SEATS.keys() & set(marks) and len(bare(ends.group())) == 1:
            self.misfits += bool(led["space"])
            return None
        if not rest:
            return text + piece
        starts = _FIRST.match(rest)
        first = starts.group() if starts else ""
        before, after = bare(ends.group()), bare(first)
        # A hamza drawn apart is part of its letter to the word list.
        made = bare(normalize("NFC", ends.group() + marks + first))
        whole = self._is_word(made)
        if led["space"] and not whole:
            carries = bool(before) and self._carries(before, marks)
            self.fits += carries
            self.misfits += not carries
            return text + piece if self._spaced else None
        # Else the mark belongs to its own line, in which it stands too early.
        apart = len(after) > 2 and self._is_word(before) and self._is_word(after)
        if apart and not whole and len(first) < len(rest):
            return None
        # A word that was whole before the mark shows nothing.
        if after or not self._is_word(before):
            self._total += 1
            if whole:
                self._known += 1
                self._made.add(made)
        return text + marks + rest

    def _carries(self, word: str, marks: str) -> bool:
        """Return whether the last letter of a word may carry marks, and the word end there."""
        if not HAMZA_SEATS.keys() & set(marks):
            return score(word, len(word) - 1, marks, self._resources.marks) > _STRANGE
        if word[-1] not in HEHS:
            return self._is_word(bare(normalize("NFC", word + marks)))
        # The hamza of a Persian genitive.
        if len(word) < _SHORTEST_SURE:
            return False
        self._known += 1
        self._total += 1
        self._made.add(word)
        return True

    def _is_rest(self, before: str, latest: str, piece: str) -> bool:
        """Return whether a piece without a mark is the rest of a word.

        Nothing but that word says that the piece and what is left of a line are one.
        """
        starts = _FIRST.match(piece)
        after = bare(starts.group() if starts else "")
        whole = bool(before and after) and self._is_word(before + after)
        if _LED.fullmatch(latest) is None:
            scrap = _LAST.fullmatch(latest) is not None
            return scrap and whole and len(before + after) >= _SHORTEST
        # A line of marks was torn off on both sides, if it was at all.
        if whole and not (self._is_word(before) and self._is_word(after)):
            self._known += 1
            self._total += 1
            self._made.add(before + after)
        return whole and len(before + after) >= _SHORTEST_SURE

    def _is_word(self, word: str) -> bool:
        return word in self._resources.lexicon or word in self._resources.persian


def put_together(
    page: str, found: Iterable[tuple[int, int, str]], code: str, sure: float
) -> Iterator[Edit]:
    """Yield an edit for each row of lines that becomes one; its line breaks go to its end.

    Args:
        page: The text.
        found: The first line, the one behind the last, and the text that they make.
        code: That of the edits.
        sure: How sure they are.
    """
    lines = page.split("\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    for first, behind, text in found:
        carriage = "\r" if lines[behind - 1].endswith("\r") else ""
        start, end = starts[first], starts[behind] - 1 - len(carriage)
        after = text + f"{carriage}\n" * (behind - first - 1)
        yield Edit(code, start, end, page[start:end], after, sure)
