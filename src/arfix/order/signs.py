"""Signs beside Latin words, in lines of which the order of the words is known.

The order of the words says nothing about the brackets and quotation marks between them: these tell
themselves, all lines together, whether they were left as they were drawn.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from arfix.order.atoms import LATIN, LETTERS, PUNCTUATION, SPACE, Atom
from arfix.order.hypotheses import Hypothesis
from arfix.order.placement import ended
from arfix.order.render import Line, sides
from arfix.order.segments import from_the_right

Read = tuple[Line, Hypothesis, float]

#: Names of what is read, by whether the page has a left-to-right base.
_NAMES: Final = {False: "from-the-right", True: "from-the-right-latin"}
#: Signs that must be better placed, and lines in which they are, for each line where it is worse.
_LEAST_GAIN: Final = 5
_LEAST_LINES: Final = 3
_RATIO: Final = 4
#: A bracket that opens again behind a Latin word; a mark that hangs on the word behind it.
_HANGING: Final = re.compile(
    rf"\([A-Za-z][^()\n]{{0,40}} \((?=[{LETTERS}])|[A-Za-z0-9] [\"(][{LETTERS}]"
    rf"|\)[A-Za-z][^()\n]{{0,40}} \)(?=[{LETTERS}])"
)


def are_suspect(bodies: Sequence[str]) -> bool:
    """Return whether signs hang on the word behind them that may belong to the Latin one before.

    Example:
        >>> are_suspect(["a (b (\u062c\u062f"] * 3), are_suspect(["a (b) \u062c\u062f"] * 3)
        (True, False)
    """
    return sum(len(_HANGING.findall(body)) for body in bodies) >= _LEAST_LINES


def set_right(lines: Sequence[Read]) -> list[Read]:
    """Return the lines with the signs beside Latin words as PDFium was given them, if it was.

    Args:
        lines: The lines and the order that they are read in.
    """
    result = list(lines)
    for latin, name in _NAMES.items():
        found: dict[int, tuple[Hypothesis, int]] = {}
        for number, (line, hypothesis, _) in enumerate(lines):
            order = from_the_right(line.atoms, latin=latin) if _is_asked(line.atoms) else None
            if order is None:
                continue
            exact = Hypothesis(name, ended(line.atoms, tuple(order)), False, exact=True)
            if _words(line.atoms, exact) == _words(line.atoms, hypothesis):
                gain = sides(line.atoms, exact) - sides(line.atoms, hypothesis)
                found[number] = exact, gain
        gains = [gain for _, gain in found.values()]
        better, worse = sum(gain > 0 for gain in gains), sum(gain < 0 for gain in gains)
        if sum(gains) >= _LEAST_GAIN and better >= max(_LEAST_LINES, _RATIO * worse):
            for number, (exact, gain) in found.items():
                if gain >= 0:
                    line, _, share = lines[number]
                    result[number] = line, exact, share
            break
    return result


def _is_asked(line: Sequence[Atom]) -> bool:
    return any(atom.kind == LATIN for atom in line) and any(
        atom.kind == PUNCTUATION for atom in line
    )


def _words(line: Sequence[Atom], hypothesis: Hypothesis) -> list[tuple[int, bool]]:
    """Return the order of the words and numbers, and which of the Arabic ones are turned."""
    return [
        (index, flipped and line[index].kind != LATIN)
        for index, flipped in hypothesis.arrangement
        if line[index].kind not in (SPACE, PUNCTUATION)
    ]
