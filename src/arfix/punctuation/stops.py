"""Stops at the front of the word that they end: ``،كلمة`` for ``كلمة،``.

Many writers put the space before a comma and none behind it, which looks the same. The language
model tells the two apart: a clause ends before the word or after it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from arfix.view import LETTER_CLASS, MARK_CLASS, bare, tokens

if TYPE_CHECKING:
    from arfix.lm.protocols import LanguageModel

#: A word with a stop before it and none behind.
LED: Final = re.compile(
    r"(?<![^\s])(?P<stop>[.,:;!?\u060c\u061b\u061f])"
    f"(?P<word>[{LETTER_CLASS}][{LETTER_CLASS}{MARK_CLASS}]+|[A-Z][a-z][A-Za-z]+)(?=[ \t\n]|\\Z)"
)
#: A number with a final stop before it and a space on both sides.
_LED_NUMBER: Final = re.compile(
    r"(?P<stop>[.\u060c])(?<=[^\s] .)"
    r"(?P<word>[0-9\u0660-\u0669\u06f0-\u06f9]{2,})(?=[ \t\n]|\Z)"
)
#: Words on each side that the language model is shown.
_AROUND: Final = 4
#: A word and its stop alone in a line: the stop can only have ended it.
_ALONE: Final = 1.0
_LONGEST_LINE: Final = 1500
_SEEN: Final = 120


@dataclass(frozen=True, slots=True)
class Led:
    """A word behind a stop.

    Attributes:
        start: Where the stop stands in the page.
        end: Where the word ends.
        first: Whether the line starts here.
        gain: By how much the text gains when the stop ends the word.
    """

    start: int
    end: int
    first: bool
    gain: float


def led_words(page: str, model: LanguageModel) -> Iterator[Led]:
    """Yield the words of a page that a stop leads."""
    yield from _led(LED, page, model)


def led_numbers(page: str, model: LanguageModel) -> Iterator[Led]:
    """Yield the numbers of a page that a stop leads."""
    if _LED_NUMBER.search(page):
        yield from _led(_LED_NUMBER, page, model)


def _led(pattern: re.Pattern[str], page: str, model: LanguageModel) -> Iterator[Led]:
    offset = 0
    for line in page.split("\n"):
        if len(line) <= _LONGEST_LINE:
            for match in pattern.finditer(line):
                before = line[max(0, match.start() - _SEEN) : match.start()]
                after = line[match.end() : match.end() + _SEEN]
                yield Led(
                    offset + match.start(),
                    offset + match.end(),
                    not before.strip(),
                    _gain(before, match["stop"], match["word"], after, model),
                )
        offset += len(line) + 1


def _gain(before: str, stop: str, word: str, after: str, model: LanguageModel) -> float:
    left = _units(before)[-_AROUND:]
    right = _units(after)[:_AROUND]
    middle = bare(word) or word
    as_is = [*left, stop, middle, *right]
    if not left and not right:
        return _ALONE
    if not left:
        # What stands first in the line may end the line as well.
        as_is = [middle, *right, stop]
    return model.score([*left, middle, stop, *right]) - model.score(as_is)


def _units(text: str) -> list[str]:
    return [token.bare or token.text for token in tokens(text)]
