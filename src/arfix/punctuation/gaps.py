"""Read the gaps between the words of a text: which side each bracket belongs to.

A gap is a stretch of a line without letters and digits. Extractors harm it in two ways: they
mirror its brackets, and they turn it round, so that a space comes to stand on the wrong side. A
gap therefore has at most four readings, and which of them hold is decided for a whole stretch of
text at once: brackets must pair up, and a space must stand outside of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from arfix.unicode_tables import MIRRORS
from arfix.view import LETTER_CLASS, MARK_CLASS

OPENERS: Final = {"(": ")", "[": "]", "{": "}", "\u00ab": "\u00bb", "\u2039": "\u203a"}
CLOSERS: Final = {closing: opening for opening, closing in OPENERS.items()}
QUOTE: Final = '"'
PAIRED: Final = frozenset([*OPENERS, *CLOSERS, QUOTE])
#: Punctuation that stands close to the word before it.
STOPS: Final = frozenset(".,:;!?\u060c\u061b\u061f\u2026")

_GAP: Final = re.compile(r"[^\w%\u066a@#$&+=*/\\\-\u2013\u2014_<>|~^\n" + MARK_CLASS + "]+")
_HAS_PAIRED: Final = re.compile(r'[(){}\[\]\u00ab\u00bb\u2039\u203a"]')
#: A bracket at the inner end of a gap with the space behind it, and the reverse.
_INNER_SPACE: Final = re.compile(r'([(\[\u00ab\u2039"]) \Z')
_OUTER_SPACE: Final = re.compile(r'\A ([)\]\u00bb\u203a"])')
_ARABIC: Final = re.compile(f"[{LETTER_CLASS}]")
_LATIN: Final = re.compile("[A-Za-z\u00c0-\u024f]")

AS_IS: Final = 0
MIRRORED: Final = 1
TURNED: Final = 2
TURNED_AND_MIRRORED: Final = 3

#: A bracket with the space on the wrong side, and one with spaces on both or on none.
_WRONG_SIDE: Final = 2.0
_BOTH_SPACES: Final = 0.5
_NO_SPACES: Final = 0.4
#: A bracket that closes nothing, or that nothing closes.
_UNPAIRED: Final = 2.0
#: The same for a quotation mark, whose side is a guess.
_UNPAIRED_QUOTE: Final = 1.0
#: A bracket that stands as it should is hardly damaged.
_FINE_AS_IS: Final = 1.5
_DEEPEST: Final = 3
#: So many characters behind it an opening bracket counts as left open.
_REACH: Final = 400
#: What stands in brackets is short; a pair further apart than this is the less likely one.
_SHORT: Final = 60
_FAR: Final = 0.4
_ROUND: Final = frozenset("([{")
#: A number or letter that a bracket makes a list item, at the start of a line or sentence.
_ITEM: Final = re.compile(
    "(?:(?<![^\\n])|(?<=[.:] )) ?"
    f"(?:[0-9\u0660-\u0669\u06f0-\u06f9]{{1,2}}|[{LETTER_CLASS}a-zA-Z])\\Z"
)
_LONGEST_ITEM: Final = 6
_BEAM: Final = 24
#: Ties a one-letter word to what follows a bracket or number.
_TATWEEL: Final = "\u0640"


@dataclass(slots=True)
class Gap:
    """A gap that holds a bracket or quotation mark.

    Attributes:
        start: Where it starts in the page.
        end: Where it ends.
        readings: The ways to read it, as (kind of damage, text), the text as it is first.
        chosen: Which of the readings holds.
    """

    start: int
    end: int
    readings: list[tuple[int, str]]
    chosen: int = 0


def gaps_of(page: str) -> Iterator[Gap]:
    """Yield the gaps with brackets or quotation marks in the Arabic lines of a page."""
    offset = 0
    for line in page.split("\n"):
        if _HAS_PAIRED.search(line) and _is_arabic(line):
            for match in _GAP.finditer(line):
                text = match.group()
                if _HAS_PAIRED.search(text):
                    edge = (match.start() == 0, match.end() == len(line))
                    yield Gap(offset + match.start(), offset + match.end(), _readings(text, edge))
        offset += len(line) + 1


def _is_arabic(line: str) -> bool:
    arabic = len(_ARABIC.findall(line))
    return arabic > 0 and arabic * 2 >= len(_LATIN.findall(line))


def _readings(text: str, edge: tuple[bool, bool]) -> list[tuple[int, str]]:
    mirrored = mirror(text)
    found = [(AS_IS, text)]
    for kind, reading in (
        (MIRRORED, mirrored),
        (TURNED, text[::-1]),
        (TURNED_AND_MIRRORED, mirrored[::-1]),
        (TURNED, _INNER_SPACE.sub(r" \1", text)),
        (TURNED, _OUTER_SPACE.sub(r"\1 ", text)),
    ):
        # At the edge of a line nothing but a space may change sides.
        if kind != MIRRORED and any(edge) and text.strip(" ") not in PAIRED:
            continue
        if all(reading != other for _, other in found):
            found.append((kind, reading))
    return found


def mirror(text: str) -> str:
    """Return the text with every bracket replaced by its mirror image.

    Example:
        >>> mirror("a) [")
        'a( ]'
    """
    return "".join(MIRRORS.get(char, char) for char in text)


State = tuple[tuple[str, int], ...]


class _Choice(NamedTuple):
    """The reading chosen for one gap, after those of the gaps before."""

    before: _Choice | None
    taken: int


def read(page: str, gaps: Sequence[Gap], costs: Sequence[float]) -> float:
    """Choose the readings that make most sense together, and return what they cost.

    Args:
        page: The text.
        gaps: Its gaps; ``chosen`` is set in place.
        costs: What each kind of damage costs, index 0 being none.
    """
    beam: dict[State, tuple[float, _Choice | None]] = {(): (0.0, None)}
    for gap in gaps:
        following: dict[State, tuple[float, _Choice | None]] = {}
        before = page[gap.start - 1] if gap.start else "\n"
        after = page[gap.end] if gap.end < len(page) else "\n"
        fine = _stands_well(gap.readings[0][1], before, after)
        item = _is_item(page, gap.start)
        for state, (cost, path) in beam.items():
            state, late = _forget(state, gap.start)
            for index, (kind, text) in enumerate(gap.readings):
                harm = costs[kind] + (_FINE_AS_IS if kind and fine else 0.0)
                for end, extra in _follow(state, text, before, after, gap.start, item):
                    total = cost + late + extra + harm
                    if end not in following or total < following[end][0]:
                        following[end] = total, _Choice(path, index)
        if len(following) > _BEAM:
            kept = sorted(following.items(), key=lambda item: item[1][0])[:_BEAM]
            following = dict(kept)
        beam = following
    state, (cost, choice) = min(beam.items(), key=lambda item: item[1][0] + _left_open(item[0]))
    for gap in reversed(gaps):
        if choice is not None:
            choice, gap.chosen = choice
    return cost + _left_open(state)


def _is_item(page: str, end: int) -> bool:
    """Return whether a number or letter stands before a gap that may be that of a list item."""
    return _ITEM.search(page, max(0, end - _LONGEST_ITEM), end) is not None


def _forget(state: State, place: int) -> tuple[State, float]:
    kept = tuple(entry for entry in state if place - entry[1] <= _REACH)
    return kept, _left_open(state) - _left_open(kept)


def _left_open(state: State) -> float:
    return sum(_UNPAIRED_QUOTE if char == QUOTE else _UNPAIRED for char, _ in state)


def _stands_well(text: str, before: str, after: str) -> bool:
    """Return whether every bracket of a gap has its space where it should."""
    for index, char in enumerate(text):
        if char in PAIRED:
            left = text[index - 1] if index else before
            right = text[index + 1] if index + 1 < len(text) else after
            roles = (True, False) if char == QUOTE else (char in OPENERS,)
            if min(_side(left, right, opens=opens) for opens in roles) > 0.0:
                return False
    return True


def _follow(
    state: State, text: str, before: str, after: str, place: int, item: bool
) -> Iterator[tuple[State, float]]:
    """Yield the states that a reading of a gap can lead to, with their costs."""
    states = [(state, 0.0)]
    for index, char in enumerate(text):
        if char not in PAIRED:
            continue
        left = text[index - 1] if index else before
        right = text[index + 1] if index + 1 < len(text) else after
        following = []
        for current, cost in states:
            if char == QUOTE:
                roles: tuple[bool, ...] = (True, False)
            else:
                roles = (char in OPENERS,)
            for opens in roles:
                end, extra = _take(current, char, opens, place)
                if item and index == 0 and end == current and right.isspace():
                    extra = 0.0  # the bracket of a list item closes nothing
                following.append((end, cost + extra + _side(left, right, opens=opens)))
        states = following
    yield from states


def _take(state: State, char: str, opens: bool, place: int) -> tuple[State, float]:
    """Return the open brackets after one more, and what it costs."""
    unpaired = _UNPAIRED_QUOTE if char == QUOTE else _UNPAIRED
    if opens:
        extra = unpaired if any(entry[0] == char for entry in state) else 0.0
        if len(state) >= _DEEPEST:
            return state, extra + unpaired
        return (*state, (char, place)), extra
    wanted = CLOSERS.get(char, char)
    for depth in range(len(state) - 1, -1, -1):
        if state[depth][0] == wanted:
            far = _FAR if wanted in _ROUND and place - state[depth][1] > _SHORT else 0.0
            return state[:depth] + state[depth + 1 :], 0.5 * (len(state) - 1 - depth) + far
    return state, unpaired


def _side(left: str, right: str, *, opens: bool) -> float:
    """Return what the spaces around a bracket cost, given whether it opens or closes."""
    open_left = left.isspace() or left in OPENERS or left == _TATWEEL
    open_right = right.isspace() or right in CLOSERS or right in STOPS
    loose_left = open_left or left in CLOSERS or left in STOPS or left == QUOTE
    loose_right = open_right or right in OPENERS or right == QUOTE
    if opens:
        good, bad = not right.isspace() and loose_left, right.isspace() and not open_left
    else:
        good, bad = not left.isspace() and loose_right, left.isspace() and not open_right
    if right in STOPS and opens:
        bad = True
    if left in STOPS and not opens and not left.isspace():
        good = loose_right
    if bad:
        return _WRONG_SIDE
    if good:
        return 0.0
    return _BOTH_SPACES if left.isspace() and right.isspace() else _NO_SPACES
