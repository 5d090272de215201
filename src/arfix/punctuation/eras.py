"""Dates with the letter of their era at a wrong place, shapes that nobody writes.

The letter of the Hijri or of the common year stands behind the year. A tool that turns stretches
round by itself leaves it before the date, or beside the day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from arfix.punctuation.numerals import DIGITS, is_year, plain

_ERA: Final = "(?:\u0647\u0640?|\u0645)"
_DAY: Final = f"[{DIGITS}]{{1,2}}"
_YEAR: Final = f"[{DIGITS}]{{4}}"
_STROKE: Final = r"[ \t]*/[ \t]*"
#: The letter, perhaps with the stop of the line, before a date or a year.
_BEFORE: Final = re.compile(
    rf"(?<![\w/])(?P<era>{_ERA})(?P<stop>\.?)(?P<date>{_DAY}(?P<s1>{_STROKE}){_DAY}(?P<s2>{_STROKE})"
    rf"(?P<last>{_YEAR})|(?P<first>{_YEAR})(?:(?P<s3>{_STROKE})(?P<m>{_DAY})(?P<s4>{_STROKE})"
    rf"(?P<d>{_DAY}))?)(?![\w/])"
)
#: The letter beside the day: behind the first part, or before the last one.
_BESIDE_DAY: Final = re.compile(
    rf"(?<![\w/])(?:(?P<d1>{_DAY})(?P<e1>{_ERA})/(?:(?P<y1>{_YEAR})/(?P<m1>{_DAY})"
    rf"|(?P<m2>{_DAY})/(?P<y2>{_YEAR}))|(?P<y3>{_YEAR})/(?P<m3>{_DAY})/(?P<e3>{_ERA})(?P<d3>{_DAY}))"
    rf"(?![\w/])"
)
_HINT: Final = re.compile(f"{_ERA}\\.?[{DIGITS}]|[{DIGITS}]{_ERA}/|/{_ERA}[{DIGITS}]")
_MOST_MONTHS: Final = 12
_MOST_DAYS: Final = 31

Change = tuple[int, int, str]


def misplaced_eras(page: str) -> Iterator[Change]:
    """Yield where the letter of an era stands wrong, and the date with it behind its year.

    Example:
        >>> [text for *_, text in misplaced_eras("\u0645\u0662\u0660\u0662\u0662")]
        ['\u0662\u0660\u0662\u0662\u0645']
        >>> [text for *_, text in misplaced_eras("\u0647.27/8/1412")]
        ['27/8/1412\u0647.']
    """
    if not _HINT.search(page):
        return
    for match in _BEFORE.finditer(page):
        year = match["last"] or match["first"]
        if not is_year(plain(year)):
            continue
        date = match["date"]
        if match["d"]:
            date = f"{match['d']}{match['s4'][::-1]}{match['m']}{match['s3'][::-1]}{year}"
        yield match.start(), match.end(), f"{date}{match['era']}{match['stop']}"
    for match in _BESIDE_DAY.finditer(page):
        found = match.groupdict()
        day = found["d1"] or found["d3"]
        month = found["m1"] or found["m2"] or found["m3"]
        year = found["y1"] or found["y2"] or found["y3"]
        era = found["e1"] or found["e3"]
        fits = 0 < int(month) <= _MOST_MONTHS and 0 < int(day) <= _MOST_DAYS
        if fits and is_year(plain(year)):
            yield match.start(), match.end(), f"{day}/{month}/{year}{era}"
