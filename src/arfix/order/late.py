"""Lines in which numbers come one stretch of words too late.

Some extractors hold a number back until the stretch behind it is written: ``A 1 B 2 C 3 D`` comes
out as ``A B 1 C 2 3 D``. A number that follows another one at once ends it. Where the first of
them belongs, inside of what looks like one stretch, only the words can tell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from arfix.order.atoms import DIGITS, LATIN, NUMBER, PUNCTUATION, SPACE, WORD, Atom
from arfix.order.drawn import joined_units
from arfix.order.hypotheses import LATE, LATE_REVERSED, Hypothesis

if TYPE_CHECKING:
    from arfix.order.scoring import Scorer, Unit

#: Nats by which each row of late numbers must pay.
_ROW_COST: Final = 1.5
_NONE: Final = -1
_STROKE: Final = "/"
_BRACKETS: Final = frozenset("()[]{}")
_NEIGHBOURS: Final = re.compile(f"[{DIGITS}][^\\S\\n]+[{DIGITS}]")
_FEWEST: Final = 3


def may_be_late(bodies: Sequence[str]) -> bool:
    """Return whether in some lines of a document one number follows another at once; cheap."""
    return sum(_NEIGHBOURS.search(body) is not None for body in bodies) >= _FEWEST


def late_numbers(
    line: Sequence[Atom],
    forward: Sequence[Unit | None],
    backward: Sequence[Unit | None],
    only: frozenset[str] | None,
    scorer: Scorer,
) -> Iterator[tuple[Hypothesis, float]]:
    """Yield the hypotheses that numbers of a line come too late, and what that costs.

    Args:
        line: The atoms.
        forward: What the model sees of each as it stands.
        backward: The same with its letters in reverse.
        only: Names of those to make; all when None.
        scorer: Judges pairs of words.
    """
    units = joined_units(line)
    if not _has_neighbours(line, units):
        return
    for name in LATE:
        if only is None or name in only:
            turned = name == LATE_REVERSED
            pieces = units[::-1] if turned else units
            seen = [
                (backward if turned and line[piece[0]].kind == WORD else forward)[piece[0]]
                for piece in pieces
            ]
            found = _moves(line, pieces, seen, scorer)
            if found:
                order = [
                    (index, turned and line[index].kind == WORD)
                    for piece in _moved(len(pieces), found)
                    for index in pieces[piece]
                ]
                yield Hypothesis(name, tuple(order), turned), -_ROW_COST


def _has_neighbours(line: Sequence[Atom], units: Sequence[Sequence[int]]) -> bool:
    """Return whether two numbers of a line follow one another at once."""
    before = False
    for unit in units:
        kind = line[unit[0]].kind
        if kind in (NUMBER, LATIN) and before:
            return True
        before = kind == NUMBER or (before and kind in (SPACE, PUNCTUATION))
    return False


def _moves(
    line: Sequence[Atom],
    pieces: Sequence[Sequence[int]],
    seen: Sequence[Unit | None],
    scorer: Scorer,
) -> dict[int, int]:
    """Return for each number that comes too late the piece that it belongs before."""
    kinds = [line[piece[0]].kind for piece in pieces]
    texts = [line[piece[0]].text for piece in pieces]
    tokens = [place for place, unit in enumerate(seen) if unit is not None]

    def score(moves: dict[int, int]) -> float:
        order = _moved(len(pieces), moves)
        return scorer.score([unit for place in order if (unit := seen[place]) is not None])

    found: dict[int, int] = {}
    best = score(found)
    for begin, row in _rows(tokens, kinds):
        chosen = found
        # The first late number belongs somewhere before the words behind which it stands.
        for first in range(len(row)):
            start = row[first - 1] + 1 if first else begin
            whole = {row[place]: row[place - 1] + 1 for place in range(first + 1, len(row))}
            stretch = [place for place in tokens if start <= place < row[first]]
            for place in stretch[1:] if start else stretch:
                moves = {**found, **whole, row[first]: _with_signs(texts, kinds, place, start)}
                gain = score(moves) - _ROW_COST
                if gain > best:
                    best, chosen = gain, moves
        found = chosen
    return found


def _rows(tokens: Sequence[int], kinds: Sequence[str]) -> Iterator[tuple[int, list[int]]]:
    """Yield the numbers that may come too late, up to one that another follows at once.

    With them comes the piece from which on they may belong somewhere.
    """
    begin = 0
    row: list[int] = []
    before = _NONE
    for token in tokens:
        if kinds[token] in (NUMBER, LATIN):
            if row and before == row[-1]:
                yield begin, row
                begin, row = token + 1, []
            elif kinds[token] == NUMBER:
                row.append(token)
            else:
                begin, row = token + 1, []
        before = token


def _with_signs(texts: Sequence[str], kinds: Sequence[str], place: int, start: int) -> int:
    """Return where what a number belongs before begins, with the signs in front of a word."""
    low = place
    while low > start and kinds[low - 1] in (SPACE, PUNCTUATION):
        low -= 1
    for sign in range(place - 1, low - 1, -1):
        if texts[sign] == _STROKE:
            return sign + 1
    for sign in range(low + 1, place):
        if texts[sign] in _BRACKETS and kinds[sign - 1] == SPACE:
            return sign
    while place > low and kinds[place - 1] != SPACE:
        place -= 1
    return place


def _moved(size: int, moves: dict[int, int]) -> list[int]:
    """Return the pieces with each number before that which it belongs before."""
    before = {place: number for number, place in moves.items()}
    order: list[int] = []
    for place in range(size):
        if place in before:
            order.append(before[place])
        if place not in moves:
            order.append(place)
    return order
