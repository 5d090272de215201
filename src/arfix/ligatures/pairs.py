"""Ligatures of lam at the start of a stroke that a font's map lost: لم, and a few rarer ones.

Many fonts draw lam and the meem behind it as one glyph where no letter is joined before, as in
every word with an article before a meem. No text of any length does without these.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final

from arfix.glyphs import joins_next, joins_previous
from arfix.ligatures.lost import Reading
from arfix.ligatures.units import LAM_ALEF

if TYPE_CHECKING:
    from arfix.lexicon.protocols import Lexicon

#: How many of 1,000 words hold the ligature at the start of a stroke: the least of seventeen
#: texts of every kind.
USUAL: Final[Mapping[str, float]] = {"لم": 33.8, "لح": 8.9, "لج": 4.7, "لخ": 3.4}
#: The one that is in every text; where it is left, none is lost.
COMMONEST: Final = "لم"
#: How many of 1,000 words hold a lam at the start of a stroke before another letter, at the least.
USUAL_OTHERWISE: Final = 179.0
#: In place of the ligature these explain unknown words by chance only.
_CONTROLS: Final = ("نم", "كم", "لع", "لب")


def counted(counts: Mapping[str, int]) -> dict[str, int]:
    """Return how often each ligature occurs.

    Args:
        counts: The words, bare, and how often each occurs.
    """
    found = dict.fromkeys(USUAL, 0)
    for pair, ends, count in _strokes(counts):
        if pair in found and not ends:
            found[pair] += count
    return found


def otherwise(counts: Mapping[str, int]) -> int:
    """Return how often lam stands at the start of a stroke before another letter.

    Args:
        counts: The words, bare, and how often each occurs.
    """
    return sum(
        count for pair, _, count in _strokes(counts) if pair not in USUAL and pair not in LAM_ALEF
    )


def _strokes(counts: Mapping[str, int]) -> Iterator[tuple[str, bool, int]]:
    """Yield lam at the start of a stroke with its next letter, if these end a word, how often."""
    for word, count in counts.items():
        at = word.find("ل")
        while 0 <= at < len(word) - 1:
            if _opens(word, at):
                yield word[at : at + 2], at + 2 == len(word), count
            at = word.find("ل", at + 1)


def _opens(word: str, at: int) -> bool:
    return at == 0 or not joins_next(word[at - 1])


def places(word: str) -> Iterator[int]:
    """Yield where in a word such a ligature may have stood: before a letter that joins it."""
    for at in range(len(word)):
        if _opens(word, at) and joins_previous(word[at]):
            yield at


def readings(word: str, lost: frozenset[str]) -> list[Reading]:
    """Return what a word may have been before it lost one of these ligatures.

    Example:
        >>> "المثال" in {reading.text for reading in readings("اثال", frozenset({"لم"}))}
        True
    """
    return [
        Reading(word[:at] + pair + word[at:], ((at, pair),))
        for at in places(word)
        for pair in sorted(lost)
    ]


def explained(word: str, lost: frozenset[str], lexicon: Lexicon) -> bool:
    """Return whether the loss makes a word of what is none."""
    return any(reading.text in lexicon for reading in readings(word, lost))


def by_chance(word: str, lexicon: Lexicon) -> float:
    """Return how many of other losses of as much would explain a word as well, 0 to 1."""
    hits = sum(explained(word, frozenset({control}), lexicon) for control in _CONTROLS)
    return hits / len(_CONTROLS)
