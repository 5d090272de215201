"""The Unicode bidirectional algorithm for one line, and what PDFBox makes of it.

``visual`` lays a logical line out from left to right, as a page draws it. Apache PDFBox goes
the other way with the same algorithm: it takes the drawn line for logical text whose base
direction is that of its first strong character. ``pdfbox_pass`` does that, so

    pdfbox_pass(visual(line, base_of_the_page))

is what PDFBox extracts. The two directions cancel out unless the line starts, at its left
edge, with something that is not Arabic: a Latin word, or a private-use code, which has the
class L whatever it looks like.

Scope: UAX #9 without explicit embeddings and isolates (no PDF page draws them; they are
treated as if absent) and without rule L3 (a mark stays next to its letter, on the side that
reversing puts it).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final, Literal, NamedTuple

from arfix.unicode_tables import BRACKETS, MIRRORS

#: Base direction: left to right, right to left, or that of the first strong character.
Base = Literal["L", "R", "auto"]

_STRONG: Final = frozenset(("L", "R", "AL"))
_NUMBERS: Final = frozenset(("EN", "AN"))
_NEUTRAL: Final = frozenset(("B", "S", "WS", "ON"))
_SPACE: Final = frozenset(("WS", "BN", "S", "B"))
#: Explicit formatting characters: not interpreted, and invisible like any BN (rule X9).
_EXPLICIT: Final = frozenset(("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"))
_CLOSERS: Final = {closing: opening for opening, closing in BRACKETS.items()}
#: The two angle brackets that are canonically equivalent pair with one another (BD16).
_SAME: Final = {"\u2329": "\u3008", "\u232a": "\u3009"}
#: Blocks whose unassigned code points are right-to-left.
_RTL_BLOCKS: Final = (
    (0x0590, 0x08FF, "AL"),
    (0xFB1D, 0xFDCF, "AL"),
    (0xFE70, 0xFEFE, "AL"),
    (0x10800, 0x10FFF, "R"),
    (0x1E800, 0x1EFFF, "R"),
)
#: Deepest nesting of brackets that is looked at (BD16).
_MAX_BRACKETS: Final = 63


class Levels(NamedTuple):
    """The embedding level of each character (odd: right to left) and that of the base."""

    levels: list[int]
    base: int


@lru_cache(maxsize=4096)
def _bidi_class(char: str) -> str:
    kind = unicodedata.bidirectional(char)
    if kind in _EXPLICIT:
        return "BN"
    if kind:
        return kind
    code = ord(char)
    return next((kind for low, high, kind in _RTL_BLOCKS if low <= code <= high), "L")


def _is_private(char: str) -> bool:
    return "\ue000" <= char <= "\uf8ff" or char >= "\U000f0000"


def bidi_classes(
    line: str, *, private: str = "L", override: Mapping[str, str] | None = None
) -> list[str]:
    """Return the bidi class of each character.

    Args:
        line: The characters.
        private: The class of private-use characters. Unicode, Java and with it PDFBox say
            ``L``; ``AL`` treats them as the Arabic letters that they stand for.
        override: Classes of single characters, before everything else.

    Example:
        >>> bidi_classes("ك 1a")
        ['AL', 'WS', 'EN', 'L']
    """
    classes = [private if _is_private(char) else _bidi_class(char) for char in line]
    if override:
        classes = [override.get(char, kind) for char, kind in zip(line, classes, strict=True)]
    return classes


def base_level(classes: Sequence[str], base: Base = "auto") -> int:
    """Return 1 for a right-to-left base, else 0 (rules P2 and P3).

    Example:
        >>> base_level(bidi_classes("1. في Paris")), base_level(bidi_classes("1."))
        (1, 0)
    """
    if base != "auto":
        return int(base == "R")
    return int(next((kind for kind in classes if kind in _STRONG), "L") != "L")


def resolve(
    line: str,
    base: Base = "auto",
    *,
    private: str = "L",
    override: Mapping[str, str] | None = None,
) -> Levels:
    """Return the embedding levels of a paragraph, before it is broken into lines.

    Args:
        line: One paragraph in logical order.
        base: Its base direction.
        private: The class of private-use characters, see ``bidi_classes``.
        override: Classes of single characters, see ``bidi_classes``.

    Example:
        >>> resolve("في 12 Paris", "R").levels
        [1, 1, 1, 2, 2, 1, 2, 2, 2, 2, 2]
    """
    original = bidi_classes(line, private=private, override=override)
    level = base_level(original, base)
    side = "R" if level else "L"
    # Rule X9: boundary neutrals do not exist for the rules that follow.
    kept = [index for index, kind in enumerate(original) if kind != "BN"]
    kinds = [original[index] for index in kept]
    _resolve_weak(kinds, side)
    _resolve_brackets([line[index] for index in kept], kinds, [original[i] for i in kept], side)
    _resolve_neutral(kinds, side)
    levels = [-1] * len(line)
    for index, kind in zip(kept, kinds, strict=True):
        if level:
            levels[index] = 1 if kind == "R" else 2
        else:
            levels[index] = {"L": 0, "R": 1}.get(kind, 2)
    previous = level
    for index, found in enumerate(levels):
        if found < 0:
            levels[index] = previous
        previous = levels[index]
    return Levels(levels, level)


def _resolve_weak(kinds: list[str], side: str) -> None:
    """Apply rules W1 to W7 in place."""
    previous = strong = side
    for index, kind in enumerate(kinds):
        if kind == "NSM":  # W1
            kind = kinds[index] = previous
        if kind in _STRONG:
            strong = kind
        elif kind == "EN" and strong == "AL":  # W2
            kind = kinds[index] = "AN"
        previous = kind
    for index, kind in enumerate(kinds):
        if kind == "AL":  # W3
            kinds[index] = "R"
        elif kind in ("ES", "CS") and 0 < index < len(kinds) - 1:  # W4
            before, after = kinds[index - 1], kinds[index + 1]
            if before == after and (before == "EN" or (before == "AN" and kind == "CS")):
                kinds[index] = before
    start = 0
    while start < len(kinds):  # W5
        end = start + 1
        if kinds[start] == "ET":
            while end < len(kinds) and kinds[end] == "ET":
                end += 1
            left = start > 0 and kinds[start - 1] == "EN"
            if left or (end < len(kinds) and kinds[end] == "EN"):
                kinds[start:end] = ["EN"] * (end - start)
        start = end
    strong = side
    for index, kind in enumerate(kinds):
        if kind in ("ES", "ET", "CS"):  # W6
            kinds[index] = "ON"
        elif kind in ("L", "R"):
            strong = kind
        elif kind == "EN" and strong == "L":  # W7
            kinds[index] = "L"


def _bracket_pairs(chars: Sequence[str], kinds: Sequence[str]) -> list[tuple[int, int]]:
    """Return the places of matching brackets by opening bracket (BD16)."""
    stack: list[tuple[str, int]] = []
    pairs: list[tuple[int, int]] = []
    for index, char in enumerate(chars):
        if kinds[index] != "ON":
            continue
        if char in BRACKETS:
            if len(stack) == _MAX_BRACKETS:
                break
            closing = BRACKETS[char]
            stack.append((_SAME.get(closing, closing), index))
        elif char in _CLOSERS:
            wanted = _SAME.get(char, char)
            for depth in range(len(stack) - 1, -1, -1):
                if stack[depth][0] == wanted:
                    pairs.append((stack[depth][1], index))
                    del stack[depth:]
                    break
    return sorted(pairs)


def _direction(kind: str) -> str:
    """Return the side that a class counts for in rules N0 to N2, or nothing."""
    return "R" if kind in _NUMBERS else kind if kind in ("L", "R") else ""


def _resolve_brackets(
    chars: Sequence[str], kinds: list[str], original: Sequence[str], side: str
) -> None:
    """Apply rule N0 in place: both brackets of a pair take one direction."""
    for opening, closing in _bracket_pairs(chars, kinds):
        inside = {_direction(kind) for kind in kinds[opening + 1 : closing]} - {""}
        if not inside:
            continue
        found = side
        if side not in inside:
            before = opening - 1
            while before >= 0 and not _direction(kinds[before]):
                before -= 1
            if before >= 0:
                found = _direction(kinds[before])
        for place in (opening, closing):
            kinds[place] = found
            mark = place + 1
            while mark < len(kinds) and original[mark] == "NSM":
                kinds[mark] = found
                mark += 1


def _resolve_neutral(kinds: list[str], side: str) -> None:
    """Apply rules N1 and N2 in place."""
    start = 0
    before = side
    while start < len(kinds):
        if kinds[start] not in _NEUTRAL:
            before = _direction(kinds[start])
            start += 1
            continue
        end = start
        while end < len(kinds) and kinds[end] in _NEUTRAL:
            end += 1
        after = _direction(kinds[end]) if end < len(kinds) else side
        kinds[start:end] = [before if before == after else side] * (end - start)
        start = end


def reorder(line: str, levels: Sequence[int], base: int) -> list[tuple[int, bool]]:
    """Return for each place from left to right its character's index and whether it mirrors.

    Args:
        line: One line of the paragraph in logical order.
        levels: The level of each of its characters.
        base: The level of the paragraph, to which trailing spaces fall back (rule L1).

    Example:
        >>> reorder("ab(", [1, 1, 1], 1)
        [(2, True), (1, True), (0, True)]
    """
    levels = list(levels)
    trailing = True
    for index in range(len(line) - 1, -1, -1):
        kind = _bidi_class(line[index])
        if kind in ("S", "B"):
            trailing = True
        if trailing and kind in _SPACE:
            levels[index] = base
        else:
            trailing = False
    order = list(range(len(line)))
    for level in range(max(levels, default=0), 0, -1):  # L2; no level here is above 2
        start = 0
        while start < len(order):
            end = start
            while end < len(order) and levels[order[end]] >= level:
                end += 1
            order[start:end] = order[start:end][::-1]
            start = max(end, start + 1)
    return [(index, levels[index] % 2 == 1) for index in order]


def visual(
    line: str,
    base: Base = "auto",
    *,
    private: str = "L",
    override: Mapping[str, str] | None = None,
) -> str:
    """Return a logical line as it is drawn, from left to right, brackets mirrored.

    Args:
        line: One line, without its line break.
        base: The base direction.
        private: The class of private-use characters, see ``bidi_classes``.
        override: Classes of single characters, see ``bidi_classes``.

    Example:
        >>> visual("(ab) جد.", "R") == ".دج (ab)"
        True
    """
    levels, level = resolve(line, base, private=private, override=override)
    return "".join(
        MIRRORS.get(line[index], line[index]) if mirrored else line[index]
        for index, mirrored in reorder(line, levels, level)
    )


def pdfbox_pass(visual_line: str) -> str:
    """Return what Apache PDFBox extracts for a line that is drawn from left to right.

    PDFBox hands the drawn line to ``java.text.Bidi`` with the base direction of its first
    strong character, and private-use characters are strongly left-to-right there. One of them
    at the left edge therefore leaves the pieces of the line in drawn order, cut at each of
    them; elsewhere in the line they do no harm.

    Example:
        >>> pdfbox_pass(visual("قرأ في داره.", "L")) == ".قرأ في داره"
        True
    """
    return visual(visual_line, "auto")
