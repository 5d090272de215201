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
    rf"(?<![\w.,%])(?P<whole>\w?[{DIGITS}]+)\. ?%(?P<part>[{DIGITS}]+)(?![\w%])"
)
#: ``.91 7``: the same with the point before it all.
_DOTTED: Final = re.compile(
    rf"(?<![^\s(])(?P<clitic>\w?)\.(?P<whole>[{DIGITS}]+) (?P<part>[{DIGITS}]+)(?P<sign>%?)(?!\w)"
)
#: ``91. 7`` and ``2- 1``, where the document shows what became of its numbers.
_LOOSE: Final = re.compile(
    rf"(?<![\w.,\-])(?P<whole>\w?[{DIGITS}]{{1,3}})(?P<mark>[.\-\u2013]) "
    rf"(?P<part>[{DIGITS}]{{1,3}})(?P<sign>%?)(?![\w\-])"
)
#: ``60-%75``: a sign before the second number of a range alone.
_RANGE: Final = re.compile(
    rf"(?<![\w%.,])(?P<low>{CORE})(?P<dash>{_DASH})%(?P<high>{CORE})(?![\w%])"
)
#: ``75.%``: the stop of a sentence before the sign, at the end of its line.
_STOP_FIRST: Final = re.compile(rf"(?<=[{DIGITS}])\.(?P<sign>[%\u066a])(?=[ \t\r]*(?:\n|\Z))")
_STOP_ENCLOSED: Final = re.compile(rf"(?<=[{DIGITS}])\.(?P<sign>[)\]}}])(?=[ \t\r]*(?:\n|\Z))")
#: ``60-.75%``: the same inside of a range.
_STOP_INSIDE: Final = re.compile(
    rf"(?<![\w%.,])(?P<low>{CORE}{_DASH})\.(?P<high>{CORE}%?)(?=[ \t\r]*(?:\n|\Z))"
)

Change = tuple[int, int, str]


def fallen_apart(page: str) -> Iterator[Change]:
    """Yield where a number fell apart, and the number.

    Example:
        >>> [text for *_, text in fallen_apart("on 18- 12- 2022, 91. %7 of it, .78 45")]
        ['18-12-2022', '91.7%', '78.45']
    """
    chained = "- " in page or " -" in page
    for match in _CHAIN.finditer(page) if chained else ():
        yield match.start(), match.end(), match.group().replace(" ", "")
    for match in _CUT.finditer(page) if "%" in page else ():
        yield match.start(), match.end(), f"{match['whole']}.{match['part']}%"
    for match in _DOTTED.finditer(page):
        number = f"{match['clitic']}{match['whole']}.{match['part']}{match['sign']}"
        yield match.start(), match.end(), number


def stops_inside(page: str) -> Iterator[Change]:
    r"""Yield where the stop of a sentence got before the last sign or part of its number.

    Example:
        >>> [text for *_, text in stops_inside("of 75.%\nof 60-.75%")]
        ['%.', '60-75%.']
    """
    signs = list(_STOP_FIRST.finditer(page)) if "%" in page or "\u066a" in page else []
    for match in signs:
        yield match.start(), match.end(), f"{match['sign']}."
    # A writer may put the stop inside of a bracket, but not before a sign.
    for match in _STOP_ENCLOSED.finditer(page) if signs else ():
        yield match.start(), match.end(), f"{match['sign']}."
    for match in _STOP_INSIDE.finditer(page):
        yield match.start(), match.end(), f"{match['low']}{match['high']}."


def loose(page: str) -> Iterator[Change]:
    """Yield the other numbers of a document with numbers that fell apart.

    Example:
        >>> [text for *_, text in loose("from 78. 45 to 2- 0")]
        ['78.45', '2-0']
    """
    for match in _LOOSE.finditer(page):
        whole = f"{match['whole']}{match['mark']}{match['part']}{match['sign']}"
        yield match.start(), match.end(), whole


def ranges(page: str) -> Iterator[Change]:
    """Yield where a percent sign stands inside of a range, and the range with the sign behind.

    Example:
        >>> [text for *_, text in ranges("60-%75")]
        ['60-75%']
    """
    inside = "-%" in page or "\u2013%" in page
    for match in _RANGE.finditer(page) if inside else ():
        yield match.start(), match.end(), f"{match['low']}{match['dash']}{match['high']}%"
