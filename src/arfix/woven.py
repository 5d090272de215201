"""Lines in which presentation forms and plain letters run different ways.

An extractor that takes presentation forms for something else than Arabic letters puts only the
plain ones in order. A font whose isolated forms have plain codes then yields words of which parts
stand in reverse and others do not, or of which the parts change places. The joining tells: under
the right reading no letter is joined to one that is not joined to it, and none that could be joined
to the next is left alone. A plain letter among forms is a letter that was drawn alone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from arfix.forms import NOTHING, Cell, cells, pattern, table
from arfix.glyphs import joins_next, joins_previous
from arfix.order.atoms import mirrored
from arfix.view import LETTER_CLASS, MARK_CLASS


class Reading(NamedTuple):
    """Which way the parts of a line run, and the letters in each kind of part.

    Attributes:
        parts: Whether the parts stand last to first.
        forms: Whether the letters in a part of forms do.
        plain: Whether the letters in a part of plain letters do.
    """

    parts: bool
    forms: bool
    plain: bool


FORWARDS: Final = Reading(False, False, False)
BACKWARDS: Final = Reading(True, True, True)
#: As drawn from left to right, but for the plain letters: those were put in order.
PLAIN_TURNED: Final = Reading(True, True, False)
#: The parts as drawn from left to right, each of them in order.
PARTS_TURNED: Final = Reading(True, False, False)
_STRAIGHT: Final = (FORWARDS, BACKWARDS)
_WOVEN: Final = (PLAIN_TURNED, PARTS_TURNED)
#: How often forms and plain letters must meet in a word before they tell anything.
_FEWEST_MEETINGS: Final = 10
#: Share of the pairs of letters that may contradict a reading, and how many fewer must contradict
#: the parts that are woven than a line that runs one way.
_MOST_WRONG: Final = 0.1
_LEAST_BETTER: Final = 0.7
_FEWEST_BETTER: Final = 6
#: A plain letter is not always the one drawn alone: some fonts have a plain code for others.
_UNRELIABLE: Final = 0.3
#: Where most plain letters are not drawn alone, nothing proves the rest.
_MOST_DRAWN: Final = 0.6

_PLAIN: Final = f"{LETTER_CLASS}{MARK_CLASS}"
_ARABIC_STOPS: Final = "\u060c\u061b\u061f"
_STOPS: Final = f".,:;!?{_ARABIC_STOPS}\u2026"
_OTHER: Final = rf"{_STOPS}\"'\u201c\u201d\u2018\u2019"
_BRACKETS: Final = "()\\[\\]\u00ab\u00bb"
_NUMBER: Final = r"[0-9\u0660-\u0669\u06f0-\u06f9]+(?:[.,:/][0-9\u0660-\u0669\u06f0-\u06f9]+)*"
_LATIN: Final = r"[A-Za-z\u00c0-\u024f]+(?:[ .'-]?[A-Za-z0-9\u00c0-\u024f]+)*"

#: A word as its parts, and a line as its words.
_Word = list[list[Cell]]
_Line = list[_Word]


class Weave:
    """How the lines of a document are woven.

    Args:
        reading: Which way the parts run.
        drawn: Plain letters that are no letters drawn alone, and so count as forms.
        spaces: Whether a stretch of plain letters goes on across spaces and with all that touches
            it, or is that of one word.
    """

    def __init__(self, reading: Reading, drawn: frozenset[str], *, spaces: bool) -> None:
        self.reading = reading
        self.drawn = drawn
        self.spaces = spaces
        self._piece = re.compile(
            _parts_in_order(drawn) if reading == PARTS_TURNED else _plain_in_order(drawn, spaces),
            re.DOTALL,
        )

    def straightened(self, line: str) -> str | None:
        """Return a line in reading order, its forms as they are; None if it runs one way."""
        words = list(_words(line, self.drawn))
        wrong = {
            reading: _contradictions([words], reading).total()
            for reading in (self.reading, *_STRAIGHT)
        }
        if min(wrong, key=wrong.__getitem__) != self.reading:
            return None
        return self.turned(line)

    def turned(self, line: str) -> str:
        """Return the line with its pieces last to first, and its brackets as they were written."""
        return mirrored("".join(reversed(self._piece.findall(line))))


def weave_of(pages: Sequence[str]) -> Weave | None:
    """Return how the lines of a document are woven; None where they run one way.

    Args:
        pages: The document.
    """
    found = pattern()
    texts = [line for page in pages for line in page.split("\n") if found.search(line)]
    lines = [list(_words(text, frozenset())) for text in texts]
    if sum(len(word) - 1 for line in lines for word in line) < _FEWEST_MEETINGS:
        return None
    wrong = {reading: _contradictions(lines, reading).total() for reading in _WOVEN}
    best = min(_WOVEN, key=wrong.__getitem__)
    weaves = [Weave(best, frozenset(), spaces=spaces) for spaces in (True, False)]
    weave = min(weaves, key=lambda weave: _left_over(texts, weave)[0].total())
    wrong_letters, plain = _left_over(texts, weave)
    drawn = _unreliable(wrong_letters, plain)
    if drawn:
        if sum(plain[char] for char in drawn) > _MOST_DRAWN * plain.total():
            return None
        weave = Weave(best, drawn, spaces=weave.spaces)
    lines = [list(_words(text, drawn)) for text in texts]
    straight = min(_contradictions(lines, reading).total() for reading in _STRAIGHT)
    woven = _left_over(texts, weave)[0].total()
    pairs = sum(sum(map(len, word)) - 1 for line in lines for word in line)
    if woven > _MOST_WRONG * pairs or woven > straight * _LEAST_BETTER:
        return None
    return weave if straight - woven >= _FEWEST_BETTER else None


def _left_over(texts: Sequence[str], weave: Weave) -> tuple[Counter[str], Counter[str]]:
    """Return how often letters still contradict one another in straightened lines, and of how many.

    Only plain letters are counted.
    """
    lines = [list(_words(weave.turned(text), weave.drawn)) for text in texts]
    plain = Counter(
        cell.char for line in lines for word in line for part in word for cell in part
        if not cell.form
    )  # fmt: skip
    return _contradictions(lines, FORWARDS), plain


def _plain_in_order(drawn: frozenset[str], spaces: bool) -> str:
    """Return what finds the stretches that were put in order, and every other character.

    A stretch goes from the first to the last plain letter, with the marks between and around
    them; a bracket, which would have been mirrored, ends it.
    """
    plain = f"(?![{''.join(sorted(drawn))}])[{_PLAIN}]" if drawn else f"[{_PLAIN}]"
    if spaces:
        stretch = (
            f"[{_OTHER}]*(?:[{_OTHER}] [ {_OTHER}]*)?{plain}(?:[ {_OTHER}]*(?:{plain}|[{_OTHER}]))*"
        )
    else:
        stretch = f"[{_ARABIC_STOPS}]*{plain}(?:{plain}|[{_ARABIC_STOPS}])*"
    return f"{stretch}|{_NUMBER}|{_LATIN}|."


def _parts_in_order(drawn: frozenset[str]) -> str:
    """Return what finds the parts of a line of which each is in order.

    Brackets go with the forms that they touch, and so do the stops behind any letters.
    """
    forms = f"[{pattern().pattern[1:-1]}{''.join(sorted(drawn))}]"
    plain = f"(?!{forms})[{LETTER_CLASS}]"
    return (
        f"[{_BRACKETS}]*{forms}(?:{forms}|[{MARK_CLASS}])*[{_STOPS}{_BRACKETS}]*"
        f"|{plain}(?:{plain}|[{MARK_CLASS}])*[{_STOPS}]*|{_NUMBER}|{_LATIN}|."
    )


def _words(text: str, drawn: frozenset[str]) -> Iterator[_Word]:
    """Yield the words of a line, each as its parts of forms and of plain letters."""
    found, gaps = cells(text)
    parts: _Word = []
    for index, cell in enumerate(found):
        if cell.char in drawn:
            cell = Cell(cell.at, cell.char, None, None, form=True)
        if parts and parts[-1][-1].form == cell.form:
            parts[-1].append(cell)
        else:
            parts.append([cell])
        if gaps[index + 1] != NOTHING:
            yield parts
            parts = []


def _contradictions(lines: Sequence[_Line], reading: Reading) -> Counter[str]:
    """Return how often each letter contradicts its neighbour under a reading."""
    found: Counter[str] = Counter()
    for line in lines:
        for word in line:
            for left, right in pairwise(_read(word, reading)):
                if not _fit(left, right):
                    found[right.char if left.form else left.char] += 1
    return found


def _read(word: _Word, reading: Reading) -> list[Cell]:
    """Return the letters of a word in the order in which they are read."""
    read: list[Cell] = []
    for part in reversed(word) if reading.parts else word:
        turned = reading.forms if part[0].form else reading.plain
        read += reversed(part) if turned else part
    return read


def _unreliable(wrong: Counter[str], plain: Counter[str]) -> frozenset[str]:
    """Return the plain letters that contradict their neighbours too often."""
    return frozenset(char for char, all_ in plain.items() if wrong[char] > _UNRELIABLE * all_)


def _fit(left: Cell, right: Cell) -> bool:
    """Return whether two letters can stand side by side in a word, in the forms that they have."""
    if (left.form and left.after is None) or (right.form and right.before is None):
        return True
    joined = left.form and left.after is True
    if joined != (right.form and right.before is True):
        return False
    return joined or not (_at(left, -1, joins_next) and _at(right, 0, joins_previous))


def _at(cell: Cell, place: int, joins: Callable[[str], bool]) -> bool:
    letters = table()[cell.char].text if cell.form else cell.char
    return joins(letters[place])
