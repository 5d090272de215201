"""AR301 lost-glyphs: letters that vanished because a font could not name their glyphs."""

from __future__ import annotations

from arfix.view import STRIP_MARKS

from typing import TYPE_CHECKING
if TYPE_CHECKING:
    pass


def rebuild(observed: str, letters: str) -> str:
    """Return the restored letters with the marks and tatweel of the observed word.

    Args:
        observed: The word as it stands, marks included.
        letters: The bare letters of the word it should be; the observed ones are in it in order.

    Example:
        >>> rebuild("ماي\u064eروسوفت", "مايكروسوفت") == "ماي\u064eكروسوفت"
        True
    """
    bare = [(index, char) for index, char in enumerate(observed) if ord(char) not in STRIP_MARKS]
    result: list[str] = []
    position = done = 0
    for place, letter in enumerate(letters):
        left = len(bare) - position
        if left and bare[position][1] == letter and len(letters) - place >= left:
            index = bare[position][0]
            end = bare[position + 1][0] if left > 1 else len(observed)
            result.append(observed[index:end])
            position += 1
            done = end
        else:
            result.append(letter)
    return "".join(result) + observed[done:]
