"""Lines torn at their vowel marks: each piece on a line of its own, the last piece first.

Extractors that put glyphs into lines by their height end a line where a mark stands above or below
it and hands out what is left as lines of their own, from the left end of the drawn line to the
right. So a line that starts with a mark goes on where the line behind it ends: ``~ب العلم``,
``أح`` is ``أح~ب العلم``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from arfix.edits import Edit
from arfix.view import LETTER_CLASS, MARK_CLASS, bare

from arfix.vowels.places import COMPOSED, HAMZA_ABOVE, HEHS

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
#: Words so short are made by chance where no mark shows that a line was torn.
_SHORTEST: Final = 4
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
    if sum(len(_ANY_LED.findall(page)) for page in pages) < _LEAST:
        return {}
    best = max(
        (_Joiner(pages, resources, spaced=spaced) for spaced in (True, False)),
        key=lambda joiner: joiner.value,
    )
    if best.value <= 0:
        return {}
    return {page: list(_edits(page, best.chains[page], code)) for page in pages}


class _Joiner:
    """Puts the lines of a document together.

    Args:
        pages: The document.
        resources: Whose words the pieces have to make.
        spaced: Whether a mark with a space behind it belongs to the line behind, too.
    """

    def __init__(self, pages: Sequence[str], resources: Resources, *, spaced: bool) -> None:
        self._resources = resources
        self._spaced = spaced
        self._made: set[str] = set()
        self._known = self._total = 0
        self.chains = {page: self._joined(page.split("\n")) for page in pages}

    @property
    def value(self) -> int:
        """How many words the pieces make; nothing if they make too few."""
        if len(self._made) < _LEAST_WORDS or self._known < _LEAST_SHARE * self._total:
            return 0
        return 2 * self._known - self._total

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
        ends = _LAST.search(text)
        if ends is None:
            return None
        led = _LED.match(piece)
        rest = piece[led.end() :] if led else piece
        starts = _FIRST.match(rest)
        before, after = bare(ends.group()), bare(starts.group() if starts else "")
        if led and before and before[-1] + led["marks"][0] in COMPOSED:
            before = before[:-1] + COMPOSED[before[-1] + led["marks"][0]]
        whole = self._is_word(before + after)
        if led is None:
            # Nothing but a word says that the piece, and what is left of a word, are one.
            scrap = _LAST.fullmatch(latest) is not None
            if after and whole and scrap and len(before + after) >= _SHORTEST:
                return text + piece
            return None
        if not rest:
            return text + piece
        if HAMZA_ABOVE in led["marks"] and before[-1:] in HEHS:
            self._known += 1
            self._total += 1
            self._made.add(before)
            return f"{text}{led['marks']} {rest}"
        if not after or (led["space"] and not whole):
            return text + piece if self._spaced else None
        # Else the mark belongs to its own line, in which it stands too early.
        apart = len(after) > 2 and self._is_word(before) and self._is_word(after)
        if apart and not whole and len(starts.group() if starts else "") < len(rest):
            return None
        self._total += 1
        if whole:
            self._known += 1
            self._made.add(before + after)
        return text + led["marks"] + rest

    def _is_word(self, word: str) -> bool:
        return word in self._resources.lexicon or word in self._resources.persian


def _edits(page: str, chains: Sequence[_Chain], code: str) -> Iterator[Edit]:
    starts = [0]
    for line in page.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    for chain in chains:
        start, end = starts[chain.start], starts[chain.end] - 1
        text = chain.text + "\n" * (chain.end - chain.start - 1)
        yield Edit(code, start, end, page[start:end], text, _SURE)
