"""Numbers that fell apart, and signs inside of ranges: shapes that nobody writes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from arfix.punctuation.numerals import CORE, DIGITS

_DASH: Final = "[\\-\u2013]"
#: ``18- 12- 2022``: three groups or more with a space behind each hyphen.
_CHAIN: Final = re.compile(
    rf"(?<![\w\-.])[{DIGITS}]+(?:- [{DIGITS}]+){{2,}}(?![\w\-])"
    rf"|(?<![\w\-.])[{DIGITS}]+(?: -[{DIGITS}]+){{2,}}(?![\w\-])"
)
#: ``91. %7``: a decimal number cut at its point, with the sign before what was cut off.
_CUT: Final = re.compile(
    rf"(?<![\w.,%])(?P<whole>\w?[{DIGITS}]+)\. %(?P<part>[{DIGITS}]+)(?![\w%])"
)
#: ``60-%75``: a sign before the second number of a range alone.
_RANGE: Final = re.compile(
    rf"(?<![\w%.,])(?P<low>{CORE})(?P<dash>{_DASH})%(?P<high>{CORE})(?![\w%])"
)

Change = tuple[int, int, str]


def fallen_apart(page: str) -> Iterator[Change]:
    """Yield where a number fell apart, and the number.

    Example:
        >>> [text for *_, text in fallen_apart("on 18- 12- 2022, 91. %7 of it")]
        ['18-12-2022', '91.7%']
    """
    chained = "- " in page or " -" in page
    for match in _CHAIN.finditer(page) if chained else ():
        yield match.start(), match.end(), match.group().replace(" ", "")
    for match in _CUT.finditer(page) if ". %" in page else ():
        yield match.start(), match.end(), f"{match['whole']}.{match['part']}%"


def ranges(page: str) -> Iterator[Change]:
    """Yield where a percent sign stands inside of a range, and the range with the sign behind.

    Example:
        >>> [text for *_, text in ranges("60-%75")]
        ['60-75%']
    """
    inside = "-%" in page or "\u2013%" in page
    for match in _RANGE.finditer(page) if inside else ():
        yield match.start(), match.end(), f"{match['low']}{match['dash']}{match['high']}%"
