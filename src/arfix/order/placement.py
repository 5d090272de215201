"""Where stops and brackets of an arrangement come to stand, and what that says for it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from arfix.order.atoms import PUNCTUATION, SPACE, WORD, Atom
from arfix.view import TATWEEL

#: Atoms in their new order: index, and whether its letters are reversed.
Arrangement = tuple[tuple[int, bool], ...]

#: What ends a line or clause, and never starts one.
ENDS: Final = frozenset(".!?\u061f:\u061b;\u060c,\u2026\u06d4")
_MOVABLE: Final = ENDS | frozenset("\u00ab\u00bb()[]\u2039\u203a\"'\u201c\u201d")
_SLASH: Final = "/"
_BRACKETS: Final = frozenset("()[]")
QUOTES: Final = frozenset('\u00ab\u00bb"\u201c\u201d\u2039\u203a')
#: What stands close to one side at least: see :func:`placement`.
PLACED: Final = ENDS | QUOTES | _BRACKETS | {_SLASH}
#: Brackets and quotation marks, by what closes what.
_FAMILIES: Final = {
    "(": "()", ")": "()", "[": "[]", "]": "[]", "{": "{}", "}": "{}",
    "\u00ab": "\u00ab\u00bb", "\u00bb": "\u00ab\u00bb", '"': '"',
}  # fmt: skip


def is_prefix(atom: Atom) -> bool:
    """Return whether a word may well have a quotation hanging on it."""
    return atom.kind == WORD and (len(atom.text) == 1 or atom.text[-1] == TATWEEL)


def ended(line: Sequence[Atom], order: Arrangement) -> Arrangement:
    """Return the arrangement with what ends a line moved there from its start."""
    length = 0
    ends = False
    while length < len(order):
        atom = line[order[length][0]]
        if atom.kind != PUNCTUATION or atom.text not in _MOVABLE:
            break
        ends = ends or atom.text in ENDS
        length += 1
    if not ends or length == len(order) or line[order[length][0]].kind == SPACE:
        return order
    last = line[order[-1][0]]
    if last.kind == PUNCTUATION and last.text in ENDS:
        return order
    return (*order[length:], *order[:length][::-1])


def placement(line: Sequence[Atom], order: Arrangement) -> float:
    """Return how many stops and commas hang on the word before, less those on the word after.

    A slash in front of a word counts against it, too, and a bracket that stands alone, and a
    quotation that hangs on the word before, and not on the one behind as well.

    Args:
        line: The atoms.
        order: Their arrangement. A mark at the start of a line says less: other things put it
            there.
    """
    total = 0.0
    last = len(order) - 1
    quotes = 0
    hangs = False
    for place, (index, _) in enumerate(order):
        atom = line[index]
        if atom.kind != PUNCTUATION or atom.text not in PLACED:
            continue
        left = line[order[place - 1][0]].kind if place else SPACE
        right = line[order[place + 1][0]].kind if place < last else SPACE
        before, after = left not in (SPACE, PUNCTUATION), right not in (SPACE, PUNCTUATION)
        if atom.text == _SLASH:
            # Nobody starts a word or a line with a slash; what ends in one goes on in a number.
            total -= not before and (not place or right == WORD)
        elif atom.text in _BRACKETS:
            total -= 0.5 * (left == right == SPACE)
        elif atom.text in QUOTES:
            quotes += 1
            if quotes % 2:
                word = order[place - 1][0]
                hangs = before and after and index == word + 1 and not is_prefix(line[word])
            else:  # where there is no space behind it either, all of the text may lack them
                total -= 2.0 * (hangs and place < last and right == SPACE)
        elif before != after:
            total += (1.0 if before else -1.0) * (1.0 if place > 0 else 0.3)
    return total


def has_brackets(line: Sequence[Atom]) -> bool:
    """Return whether a line holds two brackets or quotation marks."""
    return sum(atom.text in _FAMILIES for atom in line) > 1


def crossed(line: Sequence[Atom], order: Arrangement) -> int:
    """Return how many brackets close before they open, whichever way they face.

    Where the blank is tells which side of a pair a bracket is; it may yet have to be turned round.

    Args:
        line: The atoms.
        order: Their arrangement.
    """
    strays: dict[str, int] = {}
    depths: dict[str, int] = {}
    last = len(order) - 1
    for place, (index, _) in enumerate(order):
        family = _FAMILIES.get(line[index].text)
        if family is None:
            continue
        before = place > 0 and line[order[place - 1][0]].kind not in (SPACE, PUNCTUATION)
        after = place < last and line[order[place + 1][0]].kind not in (SPACE, PUNCTUATION)
        if after and not before:
            depths[family] = depths.get(family, 0) + 1
        elif before and not after:
            if depths.get(family, 0):
                depths[family] -= 1
            else:
                strays[family] = strays.get(family, 0) + 1
    return sum(min(count, depths.get(family, 0)) for family, count in strays.items())
