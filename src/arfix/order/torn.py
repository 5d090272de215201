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
from arfix.view import LETTER_CLASS, MARK_CLASS, WORD, bare

if TYPE_CHECKING:
    from arfix.resources import Resources

#: A line that starts with a mark: a mark of its own word, or one with a space behind it.
_LED: Final = re.compile(f"[ \t\u0640]*(?P<marks>[{MARK_CLASS}]+)(?P<space>[ \t]*)")
_ANY_LED: Final = re.compile(f"^[ \t\u0640]*[{MARK_CLASS}]", re.MULTILINE)
_TAKES: Final = re.compile(f"[{LETTER_CLASS}{MARK_CLASS}]\\s*\\Z")
#: The word around a place.
_BEFORE: Final = re.compile(f"[{LETTER_CLASS}{MARK_CLASS}]*\\Z")
_AFTER: Final = re.compile(f"[{LETTER_CLASS}{MARK_CLASS}]*")
_LEAST: Final = 3
#: Distinct words that the pieces make, and their share of those that they would make.
_LEAST_WORDS: Final = 2
_LEAST_SHARE: Final = 0.5
_SURE: Final = 0.9


@dataclass(frozen=True, slots=True)
class _Chain:
    """Lines of a page that were one: the first and the one behind the last."""

    start: int
    end: int


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
    best: dict[str, list[_Chain]] = {}
    most = 0.0
    for spaced in (True, False):
        chains = {page: list(_chains(page.split("\n"), spaced=spaced)) for page in pages}
        value = _value(chains, resources)
        if value > most:
            best, most = chains, value
    return {page: list(_edits(page, chains, code)) for page, chains in best.items()}


def _chains(lines: Sequence[str], *, spaced: bool) -> Iterator[_Chain]:
    """Yield the lines that belong together.

    Args:
        lines: Those of a page.
        spaced: Whether a mark with a space behind it belongs to the line behind, too.
    """
    start = 0
    while start < len(lines):
        end = start
        while end + 1 < len(lines) and _goes_on(lines[end], lines[end + 1], spaced=spaced):
            end += 1
        if end > start:
            yield _Chain(start, end + 1)
        start = end + 1


def _goes_on(line: str, behind: str, *, spaced: bool) -> bool:
    """Return whether a line goes on where the one behind it ends."""
    led = _LED.match(line)
    if led is None or _TAKES.search(behind) is None:
        return False
    return spaced or not led["space"] or led.end() == len(line)


def _joined(lines: Sequence[str]) -> str:
    return "".join(line.strip() for line in reversed(lines))


def _value(chains: dict[str, list[_Chain]], resources: Resources) -> float:
    """Return how many words the chains make, 0 if they make too few."""
    made: set[str] = set()
    known = total = 0
    for page, found in chains.items():
        lines = page.split("\n")
        for chain in found:
            text = ""
            seams = []
            for line in reversed(lines[chain.start : chain.end]):
                seams.append(len(text))
                text += line.strip()
            for match in WORD.finditer(text):
                if any(match.start() < seam < match.end() for seam in seams):
                    word = bare(match.group())
                    total += 1
                    if word in resources.lexicon or word in resources.persian:
                        known += 1
                        made.add(word)
    if len(made) < _LEAST_WORDS or known < _LEAST_SHARE * total:
        return 0.0
    return 2.0 * known - total


def _edits(page: str, chains: Sequence[_Chain], code: str) -> Iterator[Edit]:
    lines = page.split("\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    for chain in chains:
        start, end = starts[chain.start], starts[chain.end] - 1
        breaks = "\n" * (chain.end - chain.start - 1)
        text = _joined(lines[chain.start : chain.end]) + breaks
        yield Edit(code, start, end, page[start:end], text, _SURE)
