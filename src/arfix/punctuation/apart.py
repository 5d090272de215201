"""Numbers with spaces between them and what they hang on: ``(أ/ 90 )`` for ``(أ/90)``.

Extractors see a gap where the direction or the font changes, at either end of a number. Writers put
spaces inside of both brackets, or of none; a space inside of one alone is the mark of a tool, and
tells of its other gaps, which look like a writer's: before the letter of an era, behind a
conjunction of one letter, behind a sign.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from arfix.punctuation.numerals import DIGITS
from arfix.view import LETTER_CLASS

_SPACE: Final = "[ \t\u00a0]"
#: A bracket round a short label with a number.
_LABEL: Final = re.compile(
    rf"(?P<open>[(\[{{])(?P<before>{_SPACE}*)(?P<inner>[^\s()\[\]{{}}\n](?:[^()\[\]{{}}\n]{{0,12}}?"
    rf"[^\s()\[\]{{}}\n])?)(?P<after>{_SPACE}*)(?P<close>[)\]}}])"
)
_DIGIT: Final = re.compile(f"[{DIGITS}]")
#: A stroke behind a letter, with a space behind it alone.
_STROKE: Final = re.compile(rf"(?<=[^\s/{DIGITS}])/{_SPACE}+(?=[{DIGITS}])")
#: ``1412 h``, where it is told that a tool set the letter apart.
_ERA: Final = re.compile(rf"(?<=[{DIGITS}])(?P<gap>{_SPACE}+)(?=(?:\u0647\u0640?|\u0645)(?![\w]))")
_ERA_GLUED: Final = re.compile(f"[{DIGITS}](?:\u0647\u0640?|\u0645)(?![\\w])")
_CLITIC: Final = re.compile(rf"(?<![^\s])\u0648(?P<gap>{_SPACE}+)(?=[{DIGITS}A-Za-z])")
_CLITIC_GLUED: Final = re.compile(f"(?<![^\\s])\u0648[{DIGITS}]")
_SIGN: Final = re.compile(
    rf"(?<=[{LETTER_CLASS}]{{2}} )[+\-](?P<gap>{_SPACE}+)(?=[{DIGITS}])"
    rf"|(?<=\s\u0648 )[+\-](?P<gap2>{_SPACE}+)(?=[{DIGITS}])"
)
_LEAST: Final = 3
#: Labels as a writer leaves them, for each that a tool set apart.
_MOST_GOOD: Final = 0.7

Change = tuple[int, int, str]


def is_set_apart(pages: Sequence[str]) -> int:
    """Return how many numbers have a space on the inner side of one bracket, 0 if too few."""
    bad = good = 0
    for page in pages:
        for match in _LABEL.finditer(page):
            sides = _sides(match)
            if sides is None:
                continue
            bad += bool(match["before"]) != bool(match["after"])
            good += not (match["before"] or match["after"])
    return bad if bad >= _LEAST and good <= _MOST_GOOD * bad else 0


def closed_up(page: str, *, eras: bool, clitics: bool) -> Iterator[Change]:
    """Yield the spaces beside numbers that go.

    Args:
        page: The text of a document in which numbers are set apart.
        eras: Whether those before the letters of eras go.
        clitics: Whether those behind a conjunction of one letter go.
    """
    for match in _LABEL.finditer(page):
        if _sides(match) is None:
            continue
        for name in ("before", "after"):
            if match[name]:
                yield match.start(name), match.end(name), ""
        for stroke in _STROKE.finditer(page, match.start("inner"), match.end("inner")):
            yield stroke.start() + 1, stroke.end(), ""
    for match in _ERA.finditer(page) if eras else ():
        yield match.start("gap"), match.end("gap"), ""
    for match in _CLITIC.finditer(page) if clitics else ():
        yield match.start("gap"), match.end("gap"), ""
    for match in _SIGN.finditer(page):
        name = "gap" if match["gap"] else "gap2"
        yield match.start(name), match.end(name), ""


def are_apart(pages: Sequence[str]) -> tuple[bool, bool]:
    """Return whether letters of eras, and conjunctions, are set apart throughout a document."""
    eras = sum(len(_ERA_GLUED.findall(page)) for page in pages)
    clitics = sum(len(_CLITIC_GLUED.findall(page)) for page in pages)
    return eras == 0, clitics == 0


def _sides(match: re.Match[str]) -> tuple[bool, bool] | None:
    """Return on which sides of a label its number is, None where it has none there."""
    inner = match["inner"]
    first, last = _DIGIT.match(inner) is not None, _DIGIT.match(inner[-1]) is not None
    return (first, last) if first or last else None
