"""Lines cut inside a Persian word, each piece on a line of its own, the last piece first.

A joiner is a glyph without a width, and a small hamza over a heh may be drawn apart from it. Tools
that put glyphs into lines by position take what follows for a new line, and hand it out before what
precedes it. No line that was written starts with a joiner, or with a heh that is a word of its own,
so these show the cut: the line goes on where the next one ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from arfix.edits import Edit
from arfix.view import LETTER_CLASS

_HAMZA: Final = "\u0654"
_JOINER: Final = "\u200c"
_HEH: Final = "\u0647"
#: Lines that a document must show, and their share of those with such a start.
_LEAST: Final = 2
_LEAST_SHARE: Final = 0.5
_SURE: Final = 0.95
_SIGN: Final = re.compile(
    f"^[ \t]*(?:{_JOINER}[{LETTER_CLASS}]|{_HAMZA}[ \t]|{_HEH}(?:[ \t]|\\r?$))", re.MULTILINE
)
_LED: Final = re.compile(f"(?P<hamzas>{_HAMZA}+)(?=[ \t]|$)|{_JOINER}(?=[{LETTER_CLASS}])")
_LONE: Final = re.compile(f"{_HAMZA}+")
_HEH_LED: Final = re.compile(f"{_HEH}(?=[ \t]|$)")
#: What may stand before a joiner; before a hamza, a heh behind an alef being spoken.
_ENDS_IN_LETTER: Final = re.compile(f"[{LETTER_CLASS}]\\Z")
_ENDS_IN_HEH: Final = re.compile(f"[{LETTER_CLASS}]{{2}}(?<!\u0627){_HEH}\\Z")
#: Before a heh that left its hamza behind.
_ENDS_IN_HAMZA: Final = re.compile(f"(?<=[{LETTER_CLASS}])(?<!{_HEH}){_HAMZA}+\\Z")


@dataclass(frozen=True, slots=True)
class _Cut:
    """Lines of a page that were one: the first, the last, and the line in one piece."""

    first: int
    last: int
    text: str


def cut_words(pages: Sequence[str], code: str) -> dict[str, list[Edit]]:
    """Return for each page the edits that put lines together, nothing where none were cut.

    The line breaks go to the end of the line, so that no line is lost.

    Args:
        pages: The document.
        code: That of the edits.
    """
    signs = sum(len(_SIGN.findall(page)) for page in pages)
    if signs < _LEAST:
        return {}
    found = {page: list(_edits(page, code)) for page in pages}
    pieces = sum(edit.before.count("\n") for row in found.values() for edit in row)
    return found if pieces >= max(_LEAST, _LEAST_SHARE * signs) else {}


def _edits(page: str, code: str) -> Iterator[Edit]:
    bodies: list[str] = []
    starts: list[int] = []
    start = 0
    for line in page.split("\n"):
        body = line.strip()
        bodies.append(body)
        starts.append(start + line.index(body))
        start += len(line) + 1
    for cut in _cuts(bodies):
        first, end = starts[cut.first], starts[cut.last] + len(bodies[cut.last])
        before = page[first:end]
        if "\f" not in before:
            after = cut.text + "".join(re.findall("\r?\n", before))
            yield Edit(code, first, end, before, after, _SURE)


def _cuts(lines: Sequence[str]) -> Iterator[_Cut]:
    """Yield what was cut, from the first to the last line."""
    start = 0
    while start < len(lines):
        cut = _led(lines, start) or _heh_led(lines, start)
        if cut is not None:
            yield cut
            start = cut.last
        start += 1


def _led(lines: Sequence[str], start: int) -> _Cut | None:
    """Return the line of which each piece but the first starts with a joiner or a hamza."""
    pieces = [lines[start]]
    at = start
    while (led := _LED.match(pieces[-1])) is not None:
        at += 1
        while at < len(lines) and not lines[at]:  # left by pieces that were put together before
            at += 1
        if at == len(lines):
            return None
        ends = _ENDS_IN_HEH if led["hamzas"] else _ENDS_IN_LETTER
        if not _LONE.fullmatch(lines[at]) and ends.search(lines[at]) is None:
            return None
        pieces.append(lines[at])
    return _Cut(start, at, "".join(pieces[::-1])) if at > start else None


def _heh_led(lines: Sequence[str], start: int) -> _Cut | None:
    """Return the line in which each hamza stayed on the letter before its heh."""
    text = lines[start]
    at = start
    while _HEH_LED.match(text):
        hamzas = ""
        at += 1
        while at < len(lines) and _LONE.fullmatch(lines[at]):
            hamzas += lines[at]
            at += 1
        head = _ENDS_IN_HAMZA.search(lines[at]) if at < len(lines) else None
        if head is None:
            return None
        text = f"{lines[at][: head.start()]}{_HEH}{head.group()}{hamzas}{text[1:]}"
    return _Cut(start, at, text) if at > start else None
