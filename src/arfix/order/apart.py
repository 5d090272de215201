"""Lines of Persian cut at letters that are drawn as two: what stood there comes out by itself.

Where a font draws a heh with its hamza, or an alef with its madda, as two glyphs, some extractors
end the stretch of text there. The stretches stay in their order, each with its letters in reverse,
and the letter between two of them stands apart. Where the text has no other spaces that shows.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from arfix.order.atoms import WORD as WORD_KIND
from arfix.order.atoms import atoms, turned
from arfix.view import WORD

if TYPE_CHECKING:
    from arfix.order.scoring import Scorer

#: The letter that stands apart, in whichever order its parts came.
_SEAM: Final = re.compile(
    "(?:^|(?<=\\S) )(?P<letter>(?P<hamza>\u0654+)\u0647|\u0647\u0654+|\u0622|\ufffd\u0627)"
    "(?: (?=\\S)|(?=\\S)|$)"
)
#: Letters that words have on average where hardly a space is left.
_GLUED: Final = 9.0
#: Lines with such a letter, and nats by which they must read better.
_LEAST_LINES: Final = 3
_LEAST_GAIN: Final = 20.0


def apart(bodies: Sequence[str], scorer: Scorer) -> dict[str, str]:
    """Return the lines in which letters stand apart, put together; the others are left out.

    Args:
        bodies: The lines of a Persian document.
        scorer: Judges words of Persian.
    """
    cut = [body for body in bodies if _SEAM.search(body)]
    if len(cut) < _LEAST_LINES:
        return {}
    words = [word for body in bodies for word in WORD.findall(body)]
    if sum(map(len, words)) < _GLUED * len(words):
        return {}
    found: dict[str, str] = {}
    gain = 0.0
    for body in cut:
        parts: list[str] = []
        place = 0
        for match in _SEAM.finditer(body):
            text, better = _turned(body[place : match.start()], scorer)
            letter = match["letter"]
            parts += [text, letter if match["hamza"] is None else letter[::-1]]
            gain += better
            place = match.end()
        text, better = _turned(body[place:], scorer)
        gain += better
        found[body] = "".join([*parts, text])
    return found if gain >= _LEAST_GAIN else {}


def _turned(text: str, scorer: Scorer) -> tuple[str, float]:
    """Return a stretch in reverse, and by how much it reads better so."""
    line = atoms(text)
    forward, backward = scorer.units(line)
    gain = sum(
        after[2] - before[2]
        for before, after in zip(forward, backward, strict=True)
        if before is not None and after is not None
    )
    return "".join(
        turned(atom.text) if atom.kind == WORD_KIND else atom.text for atom in reversed(line)
    ), gain
