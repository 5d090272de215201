"""Spaces that came with a line's wrong order: between a word and the stop or bracket at it.

A font change or a number cuts a line into runs, and an extractor that puts a space between runs
leaves one before each full stop and inside each bracket. Writers do so, too, so that it counts as
damage only in lines that stand in the order in which they were drawn, and where it holds of nearly
every sign of a kind.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from arfix.view import LETTER_CLASS, MARK_CLASS

_SOLID: Final = f"{LETTER_CLASS}{MARK_CLASS}\\w%\u066a"
_BLANKS: Final = "[ \t\u00a0]+"
_DIGITS: Final = "0-9\u0660-\u0669\u06f0-\u06f9"
_BEFORE: Final = f'(?<=[{_SOLID})\\]\u00bb"/])'
_BEHIND: Final = '(?=[\\s.,:;\u060c\u061b\u061f)\\]\u00bb"]|\\Z)'


class _Kind(NamedTuple):
    """A kind of sign: where it stands with the space, where without, and what it becomes."""

    apart: re.Pattern[str]
    close: re.Pattern[str]
    mended: str


def _kind(apart: str, close: str, mended: str) -> _Kind:
    return _Kind(re.compile(apart), re.compile(close), mended)


_STOP: Final = "[.!?\u061f]"
_COMMA: Final = "[\u060c\u061b]"
_OPENING: Final = "[(\\[\u00ab\u201c]"
_CLOSING: Final = "[)\\]\u00bb\u201d]"
_ENDS: Final = "(?=\\s|\\Z)"
_KINDS: Final = (
    # A comma that the space had brought inside of the quotation that it follows.
    _kind(
        f"(?<=[{_SOLID}]){_BLANKS}([\u060c.])([\u00bb\u201d]){_ENDS}",
        f"[\u00bb\u201d][\u060c.]{_ENDS}",
        r"\2\1",
    ),
    _kind(
        f"{_BEFORE}{_BLANKS}(?!\\.{{3}})({_STOP}+){_BEHIND}", f"{_BEFORE}{_STOP}{_BEHIND}", r"\1"
    ),
    _kind(f"{_BEFORE}{_BLANKS}({_COMMA}){_BEHIND}", f"{_BEFORE}{_COMMA}{_BEHIND}", r"\1"),
    _kind(f"({_OPENING}){_BLANKS}(?=[{_SOLID}])", f"{_OPENING}(?=[{_SOLID}])", r"\1"),
    _kind(f"(?<=[{_SOLID}/]){_BLANKS}({_CLOSING}){_BEHIND}", f"(?<=[{_SOLID}]){_CLOSING}", r"\1"),
    # Behind the stroke of a date the space is the writer's.
    _kind(
        f"(?<=[{LETTER_CLASS}]/){_BLANKS}(?=[{_DIGITS}])",
        f"(?<=[{LETTER_CLASS}]/)(?=[{_DIGITS}])",
        "",
    ),
    # The number of a decree, M/51, which the change of direction set before its slash.
    _kind(
        f"(?<!\\w)([{LETTER_CLASS}])([{_DIGITS}]+)/(?=[\\s)]|\\Z)",
        f"(?<!\\w)[{LETTER_CLASS}]/[{_DIGITS}]",
        r"\1/\2",
    ),
)
#: The letter of an era behind its year. Writers set it apart as well, so that it proves nothing.
_ERA: Final = _kind(
    f"(?<=[{_DIGITS}]{{4}}){_BLANKS}(?=(?:\u0647\u0640?|\u0645)(?!\\w))",
    f"(?<=[{_DIGITS}]{{4}})(?:\u0647\u0640?|\u0645)(?!\\w)",
    "",
)
#: Straight quotation marks with a space on both sides, in pairs.
_LOOSE: Final = re.compile(f'(?<!\\S)"{_BLANKS}([^"]+?){_BLANKS}"(?=[\\s.,\u060c:\u061b]|\\Z)')
_TIGHT: Final = re.compile(f'(?<!\\S)"[{_SOLID}]')
#: The end of a line in front of it.
_LED: Final = re.compile(f"([.!\u061f]){_BLANKS}(?=[{LETTER_CLASS}])")
_ENDED: Final = re.compile('[.!?\u061f:\u061b\u060c,\u2026][\u00bb\u201d)\\]"]*\\Z')
_FEWEST_LED: Final = 2
#: Signs apart that are more than a slip, and how many more than close ones they must be.
_FEWEST: Final = 3
_RATIO: Final = 4


def tidied(lines: Iterable[str]) -> dict[str, str]:
    """Return the lines from which spaces go that stand before nearly every sign of a kind.

    Args:
        lines: Lines of a document that stood in a wrong order, in the right one.

    Example:
        >>> tidied(["باب .", "دار .", "ثوب ."])["دار ."]
        'دار.'
    """
    texts = list(dict.fromkeys(lines))
    seen = [_seen(kind.apart, kind.close, texts) for kind in _KINDS]
    quotes = _seen(_LOOSE, _TIGHT, texts)
    # Where it holds of some signs, it takes less to hold of the others.
    led = {text for text in texts if _LED.match(text) and not _ENDED.search(text)}
    proven = any(_proves(*counts) for counts in (*seen, quotes))
    if not proven and len(led) < _FEWEST_LED:
        return {}
    counted = [*zip(_KINDS, seen, strict=True), (_ERA, _seen(_ERA.apart, _ERA.close, texts))]
    kinds = [kind for kind, (apart, close) in counted if proven and apart > close]
    found: dict[str, str] = {}
    for text in texts:
        after = text
        if text in led and (stop := _LED.match(text)):
            after = text[stop.end() :].rstrip() + stop[1]
        for kind in kinds:
            after = kind.apart.sub(kind.mended, after)
        if proven and quotes[0] > quotes[1] and after.count('"') % 2 == 0:
            after = _LOOSE.sub(r'"\1"', after)
        if after != text:
            found[text] = after
    return found


def _seen(apart: re.Pattern[str], close: re.Pattern[str], texts: Sequence[str]) -> tuple[int, int]:
    """Return how often signs stand apart, and how often close."""
    return (
        sum(len(apart.findall(text)) for text in texts),
        sum(len(close.findall(text)) for text in texts),
    )


def _proves(apart: int, close: int) -> bool:
    return apart >= _FEWEST and apart >= _RATIO * close
