"""How extractors read a drawn line: in which order, as which characters.

The last part of the channel run forwards. A drawn line comes back as the extractor goes over the
page: in logical order where it undoes the layout, from left to right where it does not, or word
by word from left to right with the letters of each word put right. Ligatures come back as the
letters of their name, whichever way the line runs; some extractors give presentation forms.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import cache
from typing import Final, Literal

from arfix.bidi import reorder, resolve
from arfix.forms import table
from arfix.glyphs import FINAL, INITIAL, ISOLATED, LAM_ALEF_SECOND, MEDIAL, forms_of, joins_next
from arfix.unicode_tables import MIRRORS
from arfix.view import WORD

#: In which order an extractor hands over the characters of a line.
Order = Literal["logical", "visual", "words"]
ORDERS: Final = ("logical", "visual", "words")

#: What an extractor gives for the glyph of lam-alef: both letters, the lam, nothing.
LamAlef = Literal["whole", "lam", "nothing"]
LAM_ALEF: Final = ("whole", "lam", "nothing")

#: A character and where in the original it came from.
Placed = tuple[str, int]

_LAM: Final = "\u0644"
#: Joining form by whether the letter is joined to the one before, and to the one after.
_JOINING: Final = {
    (False, False): ISOLATED,
    (False, True): INITIAL,
    (True, True): MEDIAL,
    (True, False): FINAL,
}


@cache
def _form_chars() -> dict[tuple[str, str], str]:
    """Return the presentation form of letters in a joining form, by both."""
    return {
        (form.text, _JOINING[form.before, form.after]): char
        for char, form in table().items()
        if form.before is not None and form.after is not None
    }


def as_forms(line: Sequence[Placed]) -> list[Placed]:
    r"""Return the line in presentation forms, lam-alef as the one glyph that it is drawn as.

    Example:
        >>> [ascii(char) for char, _ in as_forms([("ل", 0), ("ا", 1)])]
        ["'\\ufefb'"]
    """
    text = "".join(char for char, _ in line)
    shaped = list(line)
    chars = _form_chars()
    for match in reversed(list(WORD.finditer(text))):  # from the end: a ligature shortens it
        word, start = match.group(), match.start()
        if not word.isalpha():  # marks between the letters: their forms are another font's
            continue
        forms = forms_of(word)
        for index in range(len(word) - 1, -1, -1):
            letters, form = word[index], forms[index]
            if index and word[index - 1] == _LAM and letters in LAM_ALEF_SECOND:
                continue
            if letters == _LAM and word[index + 1 : index + 2] in LAM_ALEF_SECOND:
                letters += word[index + 1]
                form = FINAL if form == MEDIAL else ISOLATED
            if char := chars.get((letters, form)):
                place = start + index
                shaped[place : place + len(letters)] = [(char, line[place][1])]
    return shaped


def swapped_lam_alef(line: Sequence[Placed]) -> list[Placed]:
    """Return the line with the letters of each lam-alef in the wrong order.

    Example:
        >>> "".join(char for char, _ in swapped_lam_alef([("ل", 0), ("ا", 1)]))
        'ال'
    """
    swapped = list(line)
    for index in range(len(swapped) - 1):
        if swapped[index][0] == _LAM and swapped[index + 1][0] in LAM_ALEF_SECOND:
            swapped[index : index + 2] = [swapped[index + 1], swapped[index]]
    return swapped


def lost_lam_alef(line: Sequence[Placed], remains: LamAlef) -> list[Placed]:
    """Return the line with what is left of each lam-alef.

    Example:
        >>> "".join(char for char, _ in lost_lam_alef([("ل", 0), ("ا", 1), ("م", 2)], "lam"))
        'لم'
    """
    kept: list[Placed] = []
    at = 0
    while at < len(line):
        pair = line[at][0] == _LAM and at + 1 < len(line) and line[at + 1][0] in LAM_ALEF_SECOND
        if not pair or remains != "nothing":
            kept.append(line[at])
        at += 2 if pair and remains != "whole" else 1
    return kept


def in_order(line: Sequence[Placed], order: Order) -> list[Placed]:
    """Return the line as an extractor hands it over that does not undo the layout.

    Args:
        line: Single characters in logical order.
        order: ``visual`` is from left to right as drawn; ``words`` the same with the letters of
            each Arabic word in logical order; ``logical`` changes nothing.

    Example:
        >>> "".join(char for char, _ in in_order(list(zip("جد 12", range(5))), "visual"))
        '12 دج'
    """
    if order == "logical":
        return list(line)
    text = "".join(char for char, _ in line)
    drawn = [
        (MIRRORS.get(line[index][0], line[index][0]) if mirrored else line[index][0], index)
        for index, mirrored in reorder(text, *resolve(text, "R", private="AL"))
    ]
    if order == "words":
        start = 0
        for end in range(1, len(drawn) + 1):
            if end == len(drawn) or not _one_word(drawn[end - 1], drawn[end]):
                drawn[start:end] = sorted(drawn[start:end], key=lambda placed: placed[1])
                start = end
    return [(char, line[index][1]) for char, index in drawn]


def _one_word(left: Placed, right: Placed) -> bool:
    """Return whether two neighbours as drawn are neighbours in one Arabic word."""
    return left[1] == right[1] + 1 and all(
        joins_next(char) or WORD.match(char) is not None or unicodedata.combining(char)
        for char in (left[0], right[0])
    )
