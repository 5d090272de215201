"""Tell from its shape whether a number stands the right way round."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

DIGITS: Final = "0-9\u0660-\u0669\u06f0-\u06f9"
#: A number: groups of digits and what may stand between them.
CORE: Final = f"[{DIGITS}]+(?:[.,:/\u066b\u066c][{DIGITS}]+)*"
_ASCII: Final = str.maketrans(
    "\u0660\u0661\u0662\u0663\u0664\u0665\u0666\u0667\u0668\u0669\u066b\u066c"
    "\u06f0\u06f1\u06f2\u06f3\u06f4\u06f5\u06f6\u06f7\u06f8\u06f9",
    "0123456789.,0123456789",
)
_GROUPS: Final = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?|[1-9]\d{0,2}(?:\.\d{3}){2,}")
_GROUPS_TURNED: Final = re.compile(r"(?:\d+\.)?(?:\d{3},)+\d{0,2}[1-9]|(?:\d{3}\.){2,}\d{0,2}[1-9]")
_DATE: Final = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})|(\d{4})[/.](\d{1,2})[/.](\d{1,2})")
_TIME: Final = re.compile(r"(\d{1,2}):(\d\d)")

_SURE: Final = 2.0
_LIKELY: Final = 1.0
_HINT: Final = 0.5


def plain(number: str) -> str:
    """Return a number in ASCII digits.

    Example:
        >>> plain("\u0662\u066b\u0665")
        '2.5'
    """
    return number.translate(_ASCII)


def is_year(digits: str) -> bool:
    """Return whether four digits are a year that texts speak of, of either calendar.

    Example:
        >>> is_year("1445"), is_year("2024"), is_year("4202")
        (True, True, False)
    """
    if len(digits) != 4 or not digits.isdecimal():
        return False
    return 1300 <= int(digits) <= 1460 or 1800 <= int(digits) <= 2060


@lru_cache(maxsize=4096)
def plausibility(number: str) -> float:
    """Return how much a number of ASCII digits looks like one that somebody wrote.

    Example:
        >>> plausibility("2024") > plausibility("4202")
        True
    """
    found = 0.0
    if is_year(number):
        found += _SURE
    elif len(number) == 4 and number.isdecimal() and number[0] == "1":
        found += _LIKELY  # of a century that is spoken of less
    if _GROUPS.fullmatch(number):
        found += _SURE
    elif "," in number and _GROUPS_TURNED.fullmatch(number):
        found -= _HINT
    date = _DATE.fullmatch(number)
    if date:
        day, month, year = (date[1], date[2], date[3]) if date[1] else (date[6], date[5], date[4])
        if is_year(year) and 1 <= int(day) <= 31 and 1 <= int(month) <= 12:
            found += _SURE + _LIKELY
    elif "/" in number and any(is_year(part) for part in number.split("/")):
        found += _LIKELY
    time = _TIME.fullmatch(number)
    if time:
        found += _HINT if int(time[1]) <= 24 and int(time[2]) <= 59 else -_LIKELY
    if len(number) > 1 and number[0] == "0" and number[1].isdigit() and not time:
        found -= _HINT
    if number.isdigit() and len(number) > 1 and number[-1] == "0":
        found += _HINT
    return found


#: What comes before a year and hardly before another number: the year in the singular, the dual
#: and with clitics, in Arabic and Persian.
_YEAR_CUE: Final = re.compile(
    "(?<!\\w)[\u0648\u0641\u0628\u0644]?(?:\u0627\u0644)?"
    "(?:\u0639\u0627\u0645|\u0639\u0627\u0645\u064a|\u0633\u0646\u0629|\u0633\u0627\u0644) \\Z"
)
LONGEST_CUE: Final = 8


def turned_gain(core: str, before: str = "") -> float:
    """Return by how much a number gains when its digits are turned round.

    Args:
        core: The number.
        before: What stands before it.

    Example:
        >>> turned_gain("3202") > 0 > turned_gain("2023")
        True
    """
    number = plain(core)
    gain = plausibility(number[::-1]) - plausibility(number)
    if len(number) > 2 and number.isdecimal() and before and _YEAR_CUE.search(before):
        # No year begins with a zero.
        gain += _SURE if number[0] == "0" != number[-1] else _LIKELY * (gain >= _SURE)
    return gain


_DAY: Final = f"[{DIGITS}]{{1,2}}"
_YEAR: Final = f"[{DIGITS}]{{4}}"
_HIJRI: Final = "\u0647"
#: Dates whose parts stand in an order that no date has: the year in the middle, or a part of the
#: day behind the letter of the Hijri year.
BROKEN_DATE: Final = re.compile(
    f"(?<![{DIGITS}/])(?:"
    f"(?P<month>{_DAY})/(?P<year>{_YEAR})/(?P<hijri>{_HIJRI}?)(?P<day>{_DAY})(?![{DIGITS}/])"
    f"|(?P<units>[{DIGITS}])/(?P<month2>{_DAY})/(?P<year2>{_YEAR}){_HIJRI}(?P<tens>[{DIGITS}])"
    f"(?![{DIGITS}/]))"
)
_MOST_MONTHS: Final = 12
_MOST_DAYS: Final = 31


def mended_date(match: re.Match[str]) -> str:
    """Return the date that a match of ``BROKEN_DATE`` was, or the match as it is.

    Example:
        >>> match = BROKEN_DATE.search("8/1412/27")
        >>> mended_date(match) if match else ""
        '27/8/1412'
    """
    if match["year"]:
        day, month, year, sign = match["day"], match["month"], match["year"], match["hijri"]
    else:
        day, month, year = match["tens"] + match["units"], match["month2"], match["year2"]
        sign = _HIJRI
    fits = 0 < int(month) <= _MOST_MONTHS and 0 < int(day) <= _MOST_DAYS and is_year(plain(year))
    return f"{day}/{month}/{year}{sign}" if fits else match.group()
