"""Lines with Latin words: drawn with a left-to-right base, or read from the right by pieces.

PDFium cuts a drawn line where the bidi class changes, takes the pieces from the right to the left,
and turns the letters of the Arabic ones. On a page that runs from left to right the pieces of a
line so come out last to first, each in order but for the signs between words: these are turned and
mirrored behind an Arabic piece, and stay as they were drawn behind a Latin one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby
from typing import Final

from arfix.order.atoms import LATIN, NUMBER, PUNCTUATION, WORD, Atom

Order = list[tuple[int, bool]]

#: Signs and digits that do not change the direction in which the extractor takes what follows.
_WEAK: Final = "weak"
_NEUTRAL: Final = "neutral"
_WEAK_SIGNS: Final = frozenset("+-,./:#$%\u00a3\u20ac\u00b0\u060c\u066a\u066b\u066c")
_PIECE: Final = re.compile(r"[^\W\d_]+|[\d+\-,./:#$%]+|(?:[^\w+\-,./:#$%]|_)+")


def latin_base(line: Sequence[Atom]) -> Order | None:
    """Return the atoms of a line as drawn with a left-to-right base; None without Latin words.

    The runs stand in their order, those of Arabic words reversed; what is between two stays.
    """
    if all(atom.kind != LATIN for atom in line):
        return None
    order: Order = []
    position = 0
    # The words that a number follows when read stand behind it.
    runs = [(len(line) - end, len(line) - start, rtl) for start, end, rtl in _runs_of(line[::-1])]
    for start, end, rtl in reversed(runs):
        order += [(index, False) for index in range(position, start)]
        span = range(end - 1, start - 1, -1) if rtl else range(start, end)
        order += [(index, rtl and line[index].kind == WORD) for index in span]
        position = end
    return [*order, *((index, False) for index in range(position, len(line)))]


def _runs_of(line: Sequence[Atom]) -> list[tuple[int, int, bool]]:
    """Return the runs of a line from their first to their last word, and whether they are Arabic.

    Numbers run with the words before them.
    """
    runs: list[tuple[int, int, bool]] = []
    for index, atom in enumerate(line):
        if atom.kind == NUMBER:
            rtl = runs[-1][2] if runs else True
        elif atom.kind in (WORD, LATIN):
            rtl = atom.kind == WORD
        else:
            continue
        if runs and runs[-1][2] == rtl:
            runs[-1] = (runs[-1][0], index + 1, rtl)
        else:
            runs.append((index, index + 1, rtl))
    return runs


def from_the_right(line: Sequence[Atom], *, latin: bool) -> Order | None:
    """Return the atoms in order, and which signs mirror; None without words of both kinds.

    A Latin run of several words is to be turned word by word.

    Args:
        line: The atoms.
        latin: Whether the base direction of the page is left to right.
    """
    runs = _runs_of(line)
    if len({rtl for *_, rtl in runs}) < 2:
        return None
    taken: list[list[Order]] = []
    position = 0
    before = True
    for start, end, rtl in runs:
        taken.append(_signs(line, position, start, turning=before == latin))
        if rtl:
            taken.append([[(index, False) for index in range(start, end)]])
        elif latin:
            taken.append(_signs(line, start, end, turning=False))
        else:
            taken.append(_signs(line, start, end, turning=False)[::-1])
        position, before = end, rtl
    taken.append(_signs(line, position, len(line), turning=before == latin))
    if not latin:
        return [place for pieces in taken for piece in pieces for place in piece]
    return [place for pieces in reversed(taken) for piece in reversed(pieces) for place in piece]


def _signs(line: Sequence[Atom], start: int, end: int, *, turning: bool) -> list[Order]:
    """Return the pieces of what stands between two runs, or of a run of Latin words.

    Args:
        line: The atoms.
        start: Where to start.
        end: Where to end.
        turning: Whether neutral signs were turned, or were not though they should.
    """
    pieces: list[Order] = []
    for kind, group in groupby(range(start, end), lambda index: _kind(line[index])):
        piece = list(group)
        if kind == _NEUTRAL and turning:
            pieces.append([(index, line[index].kind == PUNCTUATION) for index in reversed(piece)])
        else:
            pieces.append([(index, line[index].kind == LATIN) for index in piece])
    return pieces


def _kind(atom: Atom) -> str:
    if atom.kind in (LATIN, WORD):
        return atom.kind
    return _WEAK if atom.kind == NUMBER or atom.text in _WEAK_SIGNS else _NEUTRAL


def put_back(latin: str) -> str:
    """Return Latin words of which the pieces came last to first.

    Example:
        >>> put_back("Lee ,Ann"), put_back("class 6ES")
        ('Ann, Lee', 'ES6 class')
    """
    return "".join(reversed(_PIECE.findall(latin)))
