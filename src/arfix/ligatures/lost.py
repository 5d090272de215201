"""Lam-alef that a font's map lost, wholly or but for its lam: which of them, and what words were.

Lam-alef is a glyph of its own in every font, so it is a character map's to lose like any letter.
Some extractors know only the first letter of what the glyph stands for; others give nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final, NamedTuple

from arfix.glyphs import joins_next
from arfix.ligatures.units import ALEFS, LAM

if TYPE_CHECKING:
    from arfix.lexicon.protocols import Lexicon

#: How many of 1,000 words hold the ligature, by its alef and by whether a letter is joined to it:
#: the least of seven tuning texts, from news to papers.
USUAL: Final[Mapping[tuple[str, bool], float]] = {
    ("ا", False): 17.0,
    ("ا", True): 13.0,
    ("أ", False): 19.0,
    ("إ", False): 7.0,
    ("آ", False): 1.4,
    ("أ", True): 0.6,
    ("إ", True): 0.3,
    ("آ", True): 0.02,
}
#: The two that are in every text; where they are left, none is lost.
COMMONEST: Final = frozenset({("ا", False), ("ا", True)})
#: How often each alef stands elsewhere for once in a lam-alef, in the same texts.
ELSEWHERE: Final[Mapping[str, float]] = {"ا": 17.0, "أ": 3.3, "إ": 3.4, "آ": 1.6}
#: What is left of the ligature.
LAM_LEFT: Final = "lam"
NOTHING_LEFT: Final = "nothing"
REMAINS: Final = (LAM_LEFT, NOTHING_LEFT)
#: Most ligatures that one word lost.
_MOST_LOST: Final = 2
#: In place of the ligature these explain unknown words by chance only: as many letters, as common.
_CONTROLS: Final = {LAM_LEFT: ("ي", "ن", "و", "م"), NOTHING_LEFT: ("يم", "ون", "را", "مي")}

#: The lost ligatures: their alef, and whether a letter is joined to them.
Lost = frozenset[tuple[str, bool]]


class Reading(NamedTuple):
    """What a word may have been.

    Attributes:
        text: Its letters.
        places: Where in the letters as they stand something was lost, and what.
    """

    text: str
    places: tuple[tuple[int, str], ...]


def seen(word: str) -> Iterator[tuple[str, bool]]:
    """Yield the lam-alefs of a word: their alef, and whether a letter is joined to them.

    Args:
        word: Bare letters.

    Example:
        >>> list(seen("الإسلام"))
        [('إ', False), ('ا', True)]
    """
    at = word.find(LAM)
    while 0 <= at < len(word) - 1:
        if word[at + 1] in ALEFS:
            yield word[at + 1], at > 0 and joins_next(word[at - 1])
        at = word.find(LAM, at + 1)


def readings(word: str, lost: Lost, remains: str) -> list[Reading]:
    """Return what a word may have been before it lost one or two lam-alefs.

    Args:
        word: Bare letters, as they stand.
        lost: Which ligatures are lost.
        remains: What is left of them, one of :data:`REMAINS`.

    Example:
        >>> [reading.text for reading in readings("سم", frozenset({("ا", True)}), NOTHING_LEFT)]
        ['سلام', 'سملا', 'سلاملا']
    """
    whole = remains == NOTHING_LEFT
    found = [Reading(word, ())]
    first = 0
    for _ in range(_MOST_LOST):
        last = len(found)
        for reading in found[first:last]:
            after = reading.places[-1][0] if reading.places else -1
            for at, alef in _places(word, lost, whole, after):
                piece = (LAM if whole else "") + alef
                shift = sum(len(put) for _, put in reading.places)
                text = reading.text[: at + shift] + piece + reading.text[at + shift :]
                found.append(Reading(text, (*reading.places, (at, piece))))
        first = last
    return found[1:]


def _places(word: str, lost: Lost, whole: bool, after: int) -> Iterator[tuple[int, str]]:
    for at in range(after + 1, len(word) + 1):
        if whole:
            joined = at > 0 and joins_next(word[at - 1])
        elif at and word[at - 1] == LAM and (at == len(word) or word[at] not in ALEFS):
            joined = at > 1 and joins_next(word[at - 2])
        else:
            continue
        for alef in ALEFS:
            if (alef, joined) in lost:
                yield at, alef


def explained(word: str, lost: Lost, remains: str, lexicon: Lexicon) -> bool:
    """Return whether the loss makes a word of what is none."""
    return any(reading.text in lexicon for reading in readings(word, lost, remains))


def turned_round(word: str, lexicon: Lexicon) -> bool:
    """Return whether the word becomes one when its lam-alef is but in the wrong order.

    An article is no such pair: bare alef counts behind another alef only.
    """
    return any(
        word[at + 1] == LAM and word[:at] + LAM + word[at] + word[at + 2 :] in lexicon
        for at in range(len(word) - 1)
        if word[at] in ALEFS and (word[at] != ALEFS[0] or word[at - 1 : at] == ALEFS[0])
    )


def by_chance(word: str, remains: str, lexicon: Lexicon) -> float:
    """Return how many of other losses of as much would explain a word as well, 0 to 1."""
    whole = remains == NOTHING_LEFT
    ends = [at for at in range(len(word) + 1) if whole or (at and word[at - 1] == LAM)]
    controls = _CONTROLS[remains]
    hits = sum(
        any(word[:at] + control + word[at:] in lexicon for at in ends) for control in controls
    )
    return hits / len(controls)
