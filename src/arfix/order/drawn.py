"""Lines as they were drawn, of which only the Arabic stretches were put in order.

Some extractors follow a drawn line from left to right. At the first letter from right to left they
begin to put each further character in front of the stretch, blanks and signs too, until a Latin
letter or a European digit begins the next stretch, which is left as it was drawn. So every sign
belongs to the stretch to its left on the page, which is the one behind it when read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from arfix.order.atoms import LATIN, NUMBER, SPACE, WORD, Atom
from arfix.view import bare

Order = list[tuple[int, bool]]

#: Ways to read a line that was drawn so.
DRAWN: Final = "drawn"
#: Numbers with hyphens or percent signs were drawn from left to right as well.
JOINED: Final = "drawn-joined"
#: The extractor takes quotation marks and square brackets for something from left to right.
QUOTED: Final = "drawn-quoted"
DRAWN_WAYS: Final = (DRAWN, JOINED, QUOTED)

_STOPS: Final = frozenset(".!?:;,\u2026")
#: Stand between two blanks, in whatever direction.
_OPERATORS: Final = frozenset("=+-\u2013\u2014\u00d7*/<>\u00f7\u2212")
_HYPHENS: Final = frozenset("-/")
_PERCENT: Final = "%"
_ARABIC_SIGNS: Final = frozenset("\u060c\u061b\u061f\u066a\u06d4")
_SIGNS: Final = re.compile(r"[%+]|\d-\d")
#: A year before its month, a sign twice, or behind nothing.
_MISFITS: Final = re.compile(
    r"(?<![\d-])\d{4}-\d{1,2}-\d{1,2}(?![\d-])|(?<!\d)%|[+\-](?=\s*[,.]?$)"
)
_QUOTES: Final = frozenset("\u00ab\u00bb[]{}_\u00d7")


def drawn(line: Sequence[Atom], way: str) -> Order | None:
    """Return the atoms in the order in which they are read; None where nothing was drawn so.

    Args:
        line: The atoms.
        way: What the extractor did.
    """
    if way == QUOTED and not any(atom.text in _QUOTES for atom in line):
        return None
    runs = _runs(line, quoted=way == QUOTED)
    if len({rtl for *_, rtl in runs}) < 2:
        return None
    segments: list[Order] = []
    position = 0
    start, _, rtl = runs[0]
    if start and (line[0].text in _STOPS if rtl else start > 1 and line[start - 1].text in _STOPS):
        # The end of the line was put in order by itself, or stands before letters.
        position = 1 if rtl else start
        segments.append([(index, False) for index in range(position)])
    for number, (_, end, rtl) in enumerate(runs):
        after = runs[number + 1][0] if number + 1 < len(runs) else len(line)
        if rtl:
            if number == 0 and end < after and line[end].text in _STOPS:
                end += 1
            segments.append([(index, False) for index in range(position, end)])
            position = end
            continue
        last = number + 2 >= len(runs)
        cut = end + _tail(line[end:after], line[after : after + 2], last=last, way=way)
        units = _units(line, position, cut, joined=way == JOINED)
        segments.append([(index, False) for unit in reversed(units) for index in unit])
        position = cut
    segments.append([(index, False) for index in range(position, len(line))])
    return [place for segment in reversed(segments) for place in segment]


def stretches(line: Sequence[Atom], way: str) -> int:
    """Return how many stretches of words there are between what runs from left to right."""
    return sum(
        any(atom.kind == WORD for atom in line[start:end])
        for start, end, rtl in _runs(line, quoted=way == QUOTED)
        if rtl
    )


def is_arabic_number(atom: Atom) -> bool:
    """Return whether an atom is a number in Arabic digits, which many tools take for letters."""
    return atom.kind == NUMBER and not atom.text[0].isascii()


def _is_number(atom: Atom) -> bool:
    return atom.kind == NUMBER and not is_arabic_number(atom)


def _runs(line: Sequence[Atom], *, quoted: bool) -> list[tuple[int, int, bool]]:
    """Return the stretches of one direction, from their first to their last strong atom."""
    runs: list[tuple[int, int, bool]] = []
    for index, atom in enumerate(line):
        if atom.kind == LATIN or _is_number(atom) or (quoted and atom.text in _QUOTES):
            rtl = False
        elif atom.kind in (WORD, NUMBER) or atom.text in _ARABIC_SIGNS:
            rtl = True
        else:
            continue
        if runs and runs[-1][2] == rtl:
            runs[-1] = (runs[-1][0], index + 1, rtl)
        else:
            runs.append((index, index + 1, rtl))
    return runs


def _tail(gap: Sequence[Atom], behind: Sequence[Atom], *, last: bool, way: str) -> int:
    """Return how much of what stands behind a number belongs to it, the rest to the letters.

    Args:
        gap: What stands between them.
        behind: What the letters start with.
        last: Whether nothing comes behind the letters, so that nothing can belong before them.
        way: What the extractor did.
    """
    size = len(gap)
    if not gap or last:
        return size
    # A single letter hangs on the number behind it, and what is before it on the one before that.
    clitic = (
        behind[0].kind == WORD
        and len(bare(behind[0].text)) == 1
        and len(behind) > 1
        and behind[1].kind in (NUMBER, LATIN)
    )
    if clitic and gap[0].text == _PERCENT and way != JOINED:
        return 0
    glued = next((index for index, atom in enumerate(gap) if atom.kind == SPACE), size)
    if glued == size:
        return size
    signs = [atom for atom in gap[glued:] if atom.kind != SPACE]
    if not signs:
        if size - glued > 1:
            return glued + 1
        return glued if clitic else size
    between = gap[glued + 1].kind != SPACE and gap[-1].kind == SPACE
    operation = between and all(atom.text in _OPERATORS for atom in signs)
    return size if operation else glued + 1


def _units(line: Sequence[Atom], start: int, end: int, *, joined: bool) -> list[list[int]]:
    """Return what of a stretch from left to right keeps its order."""
    if not joined:
        latin = [index for index in range(start, end) if line[index].kind == LATIN]
        if latin:
            # All from the first Latin letter to the last letter or digit runs from left to right.
            low = latin[0]
            while low > start and line[low - 1].kind in (NUMBER, LATIN):
                low -= 1
            high = max(i for i in range(low, end) if line[i].kind in (NUMBER, LATIN)) + 1
            return [
                *_units(line, start, low, joined=True),
                list(range(low, high)),
                *([index] for index in range(high, end)),
            ]
    units: list[list[int]] = []
    for index in range(start, end):
        if units and index > start and _keeps(line, index, len(units[-1]), end, joined=joined):
            units[-1].append(index)
        else:
            units.append([index])
    return units


def _keeps(line: Sequence[Atom], index: int, size: int, end: int, *, joined: bool) -> bool:
    """Return whether an atom stays behind the one before it."""
    before, atom = line[index - 1], line[index]
    if before.kind in (NUMBER, LATIN):
        if atom.kind in (NUMBER, LATIN):
            return True
        if not joined or before.kind == LATIN:
            return False
        if atom.text == _PERCENT:
            return True
        return atom.text in _HYPHENS and index + 1 < end and _is_number(line[index + 1])
    return joined and size > 1 and before.text in _HYPHENS and _is_number(atom)


def joined_units(line: Sequence[Atom]) -> list[list[int]]:
    """Return the atoms, numbers with hyphens between them or a percent sign behind as one."""
    return _units(line, 0, len(line), joined=True)


def has_signs(text: str) -> bool:
    """Return whether a line holds signs beside numbers, in whatever order."""
    return _SIGNS.search(text) is not None


def numbers_fit(text: str) -> int:
    """Return how many numbers of a line read wrong in their signs or parts, below zero.

    Example:
        >>> numbers_fit("82% and 2022-12-18"), numbers_fit("82%%"), numbers_fit("18-12-2022")
        (-1, -1, 0)
    """
    return -len(_MISFITS.findall(text))
