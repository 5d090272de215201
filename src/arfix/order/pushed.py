"""Lines of Persian cut before a heh that carries a hamza, the hamza on a line behind.

Poppler starts a piece of text anew at a word with a mark above it, puts the pieces out from the
left end of the drawn line to the right, and the marks behind them or, if they are higher, before
them; where it keeps the layout, on the line of the right piece. So of two lines and a lone hamza
the second line comes first, and the hamza belongs to the first word of the first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from arfix.order.torn import put_together
from arfix.view import LETTER_CLASS, MARK_CLASS

if TYPE_CHECKING:
    from arfix.edits import Edit

_HAMZA: Final = "\u0654"
_ANY: Final = re.compile(f"^[ \\t]*{_HAMZA}|[ \\t]{_HAMZA}+$", re.MULTILINE)
#: Hamzas alone, or apart from the text of their line.
_LED: Final = re.compile(
    f"(?P<marks>{_HAMZA}+)(?:[ \\t]+(?P<rest>.+))?\\Z|(?P<text>.+?)[ \\t]+(?P<end>{_HAMZA}+)\\Z"
)
#: The first word of a piece, if it ends in a heh that may carry a hamza.
_HEH_FIRST: Final = re.compile(
    f"[{LETTER_CLASS}{MARK_CLASS}]{{2,}}\u0647(?=[^{LETTER_CLASS}{MARK_CLASS}]|\\Z)"
)
#: Such places, and how many of all places where a line starts with a hamza they are.
_LEAST: Final = 3
_LEAST_SHARE: Final = 0.7
_SURE: Final = 0.9


@dataclass(slots=True)
class _Group:
    """Lines of a page that were one.

    Attributes:
        start: The first of them.
        end: The one behind the last.
        pieces: What stands on them, without the hamzas.
        marks: How many hamzas there are.
    """

    start: int
    end: int
    pieces: list[str] = field(default_factory=list)
    marks: int = 0

    @property
    def text(self) -> str:
        """The line in order."""
        places = [at for at, piece in enumerate(self.pieces) if _HEH_FIRST.match(piece)]
        parts = list(self.pieces)
        for at in places[: self.marks]:
            # What no other piece has a place for is the hamza of the same word, too.
            count = 1 if at != places[0] else max(1, self.marks - len(places) + 1)
            parts[at] = _HEH_FIRST.sub(rf"\g<0>{_HAMZA * count}", parts[at], count=1)
        return " ".join(reversed(parts))


def pushed(pages: Sequence[str], code: str) -> dict[str, list[Edit]]:
    """Return for each page the edits that put such lines together, nothing where none are.

    Args:
        pages: The document.
        code: That of the edits.
    """
    if sum(len(_ANY.findall(page)) for page in pages if _HAMZA in page) < _LEAST:
        return {}
    for ahead in (False, True):
        found = {page: list(_groups(page.split("\n"), ahead=ahead)) for page in pages}
        good = {
            page: [(group.start, group.end, group.text) for group in row if len(group.pieces) > 1]
            for page, row in found.items()
        }
        count = sum(map(len, good.values()))
        if count >= _LEAST and count >= _LEAST_SHARE * sum(map(len, found.values())):
            return {page: list(put_together(page, row, code, _SURE)) for page, row in good.items()}
    return {}


def _groups(lines: Sequence[str], *, ahead: bool) -> Iterator[_Group]:
    """Yield the groups; one of a single piece is a hamza that no line beside it is made for.

    Args:
        lines: Those of a page.
        ahead: Whether hamzas alone on their line stand before the pieces.
    """
    free = 0  # lines before this one belong to the last group
    number = 0
    while number < len(lines):
        if _LED.match(lines[number].strip()) is None:
            number += 1
            continue
        group = _Group(number, number)
        while number < len(lines) and (led := _LED.match(lines[number].strip())):
            group.marks += len(led["marks"] or led["end"])
            if led["rest"] or led["text"]:
                group.pieces.append(led["rest"] or led["text"])
            group.end = number + 1
            number = _behind(lines, number)
        number = group.end
        if ahead and not group.pieces:
            _take_behind(group, lines)
            number = group.end
        else:
            _take_before(group, lines, free)
        free = group.end
        yield group


def _take_before(group: _Group, lines: Sequence[str], free: int) -> None:
    """Add to a group the pieces before its hamzas."""
    if not group.pieces:  # the right-most piece is the line before
        group.start = _before(lines, group.start, free)
        group.pieces = [lines[group.start].strip()]
    while len(group.pieces) <= group.marks:
        before = _before(lines, group.start, free)
        if before == group.start or _HEH_FIRST.match(lines[before].strip()) is None:
            return
        group.start = before
        group.pieces.insert(0, lines[before].strip())


def _take_behind(group: _Group, lines: Sequence[str]) -> None:
    """Add to a group the pieces behind its hamzas: those with a place for one, and one more."""
    number = group.end - 1
    while len(group.pieces) <= group.marks:
        number = _behind(lines, number)
        text = lines[number].strip() if number < len(lines) else ""
        if not text or _LED.match(text):
            return
        heh = _HEH_FIRST.match(text) is not None
        if not group.pieces and not heh:
            return
        group.pieces.append(text)
        group.end = number + 1
        if not heh:
            return


def _behind(lines: Sequence[str], place: int) -> int:
    """Return the next line with text behind a place."""
    place += 1
    while place < len(lines) and not lines[place].strip():
        place += 1
    return place


def _before(lines: Sequence[str], place: int, free: int) -> int:
    """Return the next line with text before a place, that place where there is none."""
    for number in range(place - 1, free - 1, -1):
        if lines[number].strip():
            return number
    return place
