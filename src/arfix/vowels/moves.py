"""Move marks by whole characters, before it is asked which letter each belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from arfix.edits import Edit
from arfix.spans import trim
from arfix.view import LETTER_CLASS
from arfix.vowels.clusters import MARK

#: A letter, the stop behind it, and the marks of the letter behind that.
BEHIND_STOP: Final = re.compile(
    f"(?<=[{LETTER_CLASS}])"
    r"(?P<stop>[.,:;!?\u060c\u061b\u061f\u00bb)\]\"]{1,3})"
    f" ?(?P<marks>[{MARK}]+)(?![{LETTER_CLASS}{MARK}])"
)
_LATE: Final = re.compile(f"(?P<char>[^\n{MARK}])(?P<marks>[{MARK}]+)")
_LETTERLESS: Final = re.compile(f"[{MARK}]+")
#: A vowel at the end of a word that belongs to the next one, where marks stand too early.
_EARLY: Final = re.compile(f"(?<=[{LETTER_CLASS}])(?P<marks>[\u064e-\u0652]+) (?=[{LETTER_CLASS}])")


def ready(page: str, *, late: int = 0, early: bool = False) -> str:
    """Return the page with its marks between the right characters.

    Args:
        page: The text.
        late: So many characters marks stand too far behind.
        early: Marks stand before their letter, so that none ends a word.

    Example:
        >>> ready("ab\u064ec", late=1) == "a\u064ebc"
        True
    """
    for _ in range(late):
        page = _LATE.sub(r"\g<marks>\g<char>", page)
    if early:
        page = _EARLY.sub(r" \g<marks>", page)
    return BEHIND_STOP.sub(r"\g<marks>\g<stop>", page)


def _aligned(old: list[str], new: list[str]) -> Iterator[tuple[str, str]]:
    """Yield what of a line became which word, where spaces may be gone and letters are the same."""
    index = 0
    for number, word in enumerate(new):
        size = len(_LETTERLESS.sub("", word))
        end = index + 1
        while end < len(old) and len(_LETTERLESS.sub("", "".join(old[index:end]))) < size:
            end += 1
        if number == len(new) - 1:
            end = len(old)
        left = len(new) - number - 1
        # Marks alone, and what has none, can be shared out in more than one way.
        if end > len(old) - left or len(_LETTERLESS.sub("", "".join(old[index:end]))) != size:
            yield " ".join(old[index:]), " ".join(new[number:])
            return
        if "".join(sorted("".join(old[index:end]))) != "".join(sorted(word)):
            follows = end < len(old) and not _LETTERLESS.sub("", old[end])
            end += follows and end + 1 <= len(old) - left
        yield " ".join(old[index:end]), word
        index = end


def edits_between(code: str, before: str, after: str, confidence: float) -> Iterator[Edit]:
    """Yield an edit for each word, or stretch of a line, in which two texts differ.

    Both texts have the same lines.
    """
    offset = 0
    for old, new in zip(before.split("\n"), after.split("\n"), strict=True):
        if old != new:
            place = offset
            for was, now in _aligned(old.split(" "), new.split(" ")):
                if was != now:
                    start, end, new_start, new_end = trim(was, now, 0, 0)
                    yield Edit(
                        code,
                        place + start,
                        place + end,
                        was[start:end],
                        now[new_start:new_end],
                        confidence,
                    )
                place += len(was) + 1
        offset += len(old) + 1
