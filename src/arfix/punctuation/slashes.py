"""Slashes that came to stand on the wrong side of a number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from arfix.punctuation.numerals import DIGITS
from arfix.view import LETTER_CLASS

_BLANK: Final = "[ \\t\u00a0]"
_BRACKET: Final = "[()\\[\\]]"
#: A date that starts with a slash and has none before its year: each slash has moved.
_DATE: Final = re.compile(
    f"(?<![\\w/])/(?P<day>[{DIGITS}]{{1,2}})(?P<first>{_BLANK}+)"
    f"/(?P<month>[{DIGITS}]{{1,2}})(?P<second>{_BLANK}+)(?P<year>[{DIGITS}]{{4}})(?![{DIGITS}/])"
)
#: The number of a decree is a letter and a number with a slash between.
_DECREE: Final = re.compile(
    f"(?<={_BRACKET})(?P<blank>{_BLANK}?)(?P<letter>[{LETTER_CLASS}])"
    f"(?P<number>[{DIGITS}]+)/(?={_BLANK}?{_BRACKET})"
)


def misplaced_slashes(page: str) -> Iterator[tuple[int, int, str]]:
    """Yield the dates and decrees of which slashes stand wrongly, and how they read.

    Example:
        >>> [after for _, _, after in misplaced_slashes("on /27 /8 1412 (\u063390/)")]
        ['27/ 8/ 1412', 'س/90']
    """
    for match in _DATE.finditer(page):
        day, first, month, second, year = match.group("day", "first", "month", "second", "year")
        yield match.start(), match.end(), f"{day}/{first}{month}/{second}{year}"
    for match in _DECREE.finditer(page):
        blank, letter, number = match.group("blank", "letter", "number")
        yield match.start(), match.end(), f"{blank}{letter}/{number}"
