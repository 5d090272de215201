"""Presentation forms: what each stands for, and what its joining says about the line it is in.

A presentation form is a letter drawn in one joining form, and Unicode has code points for these
in two blocks. Beside the letter such a code tells whether the letter is joined to the one before
and to the one after, which settles three things that plain letters leave open: which way a line
runs, which letters are one word, and where a word ends.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Final, NamedTuple

from arfix.glyphs import joins_next, joins_previous
from arfix.view import LETTER_CLASS, MARK_CLASS, TATWEEL

#: The ligature that is encoded as the whole name of God and drawn by most fonts without its alef.
ALLAH: Final = "\ufdf2"
_BLOCKS: Final = ((0xFB50, 0xFDEF), (0xFDF2, 0xFDF2), (0xFE70, 0xFEFC))
_JOINED: Final = {
    "<isolated>": (False, False),
    "<initial>": (False, True),
    "<medial>": (True, True),
    "<final>": (True, False),
}
_SHADDA: Final = "\u0651"
#: Letters that only ever end a word: nothing follows them, whatever their joining would allow.
_LAST_LETTERS: Final = frozenset("\u0629\u0649")
#: Nothing to joining: marks, controls that set direction, tatweel.
_TRANSPARENT: Final = re.compile(
    f"[{MARK_CLASS}{TATWEEL}\u200d-\u200f\u202a-\u202e\u2066-\u2069\u061c]"
)
_LETTER: Final = re.compile(f"[{LETTER_CLASS}]")
_SPACES: Final = " \t\u00a0"


class Form(NamedTuple):
    """What a presentation form stands for.

    Attributes:
        text: Its letters in logical order, or its marks.
        before: Whether it is joined to the letter before; None for marks.
        after: Whether it is joined to the letter after; None for marks.
        ends: Whether a word ends with it where it is not joined to what follows.
    """

    text: str
    before: bool | None
    after: bool | None
    ends: bool


@cache
def table() -> dict[str, Form]:
    r"""Return every presentation form that is letters or marks; ornaments and phrases are none.

    Example:
        >>> table()["\ufefb"].text, table()["\ufef3"].after
        ('لا', True)
    """
    found = {}
    for first, last in _BLOCKS:
        for char in map(chr, range(first, last + 1)):
            tag, *codes = unicodedata.decomposition(char).split()[:9] or [""]
            if tag not in _JOINED:
                continue
            text = "".join(chr(int(code, 16)) for code in codes)
            if text[0] in f" {TATWEEL}":  # a mark, shown on something that carries it
                marks = text[1:]
                if _SHADDA in marks:  # the way it is written everywhere else
                    marks = _SHADDA + marks.replace(_SHADDA, "")
                found[char] = Form(marks, None, None, ends=False)
                continue
            last_letter = next(
                (letter for letter in reversed(text) if not _TRANSPARENT.match(letter)), text[-1]
            )
            ends = joins_next(last_letter) or last_letter in _LAST_LETTERS
            found[char] = Form(text, *_JOINED[tag], ends)
    return found


@cache
def pattern() -> re.Pattern[str]:
    """Return what finds the presentation forms of :func:`table`."""
    return re.compile("[" + "".join(sorted(table())) + "]")


class Cell(NamedTuple):
    """One letter of a line, plain or a presentation form.

    Attributes:
        at: Its place in the line.
        char: The character.
        before: Whether it is joined to the letter before it; None if that is not known.
        after: Whether it is joined to the letter after it.
        form: Whether it is a presentation form.
    """

    at: int
    char: str
    before: bool | None
    after: bool | None
    form: bool


#: What stands between two letters of a line: nothing, spaces, or something else.
NOTHING, SPACE, OTHER = range(3)


def cells(line: str) -> tuple[list[Cell], list[int]]:
    """Return the letters of a line, and what stands before each of them and after the last."""
    forms = table()
    found: list[Cell] = []
    gaps: list[int] = []
    gap = OTHER
    for at, char in enumerate(line):
        form = forms.get(char)
        if form is not None and form.before is not None:
            cell = Cell(at, char, form.before, form.after, form=True)
        elif _LETTER.match(char) and char != TATWEEL:
            before = None if joins_previous(char) else False
            after = None if joins_next(char) else False
            cell = Cell(at, char, before, after, form=False)
        else:
            if char in _SPACES:
                gap = max(gap, SPACE)
            elif form is None and not _TRANSPARENT.match(char):
                gap = OTHER
            continue
        found.append(cell)
        gaps.append(gap)
        gap = NOTHING
    gaps.append(OTHER)
    return found, gaps


def backwards(found: list[Cell], gaps: list[int]) -> float:
    """Return how much more the joining of a line speaks for visual than for logical order."""
    score = 0.0
    for index in range(len(found) - 1):
        left, right = found[index], found[index + 1]
        if not (left.form or right.form):
            continue
        if gaps[index + 1] == NOTHING:
            if left.after is not None and right.before is not None:
                score += left.after != right.before
            if left.before is not None and right.after is not None:
                score -= left.before != right.after
        else:
            # A letter joined to nothing; less is made of it, since spaces come and go.
            score += 0.25 * (bool(left.after) + bool(right.before))
            score -= 0.25 * (bool(left.before) + bool(right.after))
    return score
