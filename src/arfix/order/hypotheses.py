"""What may have been done to a line: a finite list of named ways to undo it.

Each hypothesis is an arrangement of the line's atoms, some of them with their letters in reverse.
A search over arrangements would find better scores and worse texts: only what extractors really do
is listed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from arfix.order.atoms import LATIN, NUMBER, PUNCTUATION, SPACE, WORD, Atom
from arfix.order.drawn import DRAWN_WAYS, drawn, is_arabic_number, joined_units
from arfix.order.placement import ENDS, QUOTES, Arrangement, ended, is_prefix
from arfix.order.segments import latin_base
from arfix.view import MARK_CLASS, bare

IDENTITY: Final = "id"
PIECES: Final = "pieces"
#: Each word by itself as it stands or in reverse; the orders of the words that this goes with.
EACH: Final = {
    "each": IDENTITY,
    "each-narrow": "runs-narrow-back-same",
    "each-wide": "runs-wide-back-same",
    "each-words": "words",
}
#: Words in reverse, in which Arabic commas stand behind their words as if they were letters.
WORDS_AND_COMMAS: Final = "words-commas"
#: All in reverse, but for what hyphens and percent signs hold together, too.
REVERSED: Final = "rev"
REVERSED_JOINED: Final = "rev-joined"
#: What was done to all between two Latin words, which stand where they should.
KEPT: Final = {
    "kept-words-commas": WORDS_AND_COMMAS,
    "kept-rev": REVERSED,
    "kept-runs-inplace": "runs-narrow-back-inplace",
}
#: Hypotheses that only a model of sentences can tell from others.
OF_SENTENCES: Final = frozenset((*DRAWN_WAYS, *KEPT, WORDS_AND_COMMAS, REVERSED_JOINED))
_TURNING: Final = frozenset((REVERSED, "runs-narrow-back-inplace"))
#: Only the end of the line stands at its start, which is for another class to repair.
END_FIRST: Final = "end"
#: As drawn with a left-to-right base: runs in their order, the Arabic ones reversed.
LATIN_BASE: Final = "latin-base"
#: Several drawn lines in one, as their letters stand or with these in reverse.
SEVERAL_REVERSED: Final = "several-rev"
SEVERAL: Final = ("several", SEVERAL_REVERSED)
#: Numbers one stretch too late, in lines as their letters stand or with these in reverse.
LATE_REVERSED: Final = "late-rev"
LATE: Final = ("late", LATE_REVERSED)
#: Kinds of lines: of Arabic alone; with numbers or Latin words; with signs that it was cut;
#: with both.
PLAIN: Final = "plain"
MIXED: Final = "mixed"
MARKED: Final = "marked"
MARKED_MIXED: Final = "marked-mixed"
KINDS: Final = (PLAIN, MIXED, MARKED, MARKED_MIXED)
_ARABIC_ENDS: Final = frozenset("\u061f\u061b\u060c")
_OF_NUMBERS: Final = frozenset("%+-")
_ORPHAN: Final = re.compile(f"[{MARK_CLASS}]")
#: Atoms that run from left to right on a page drawn from right to left.
_FORWARD: Final = frozenset((NUMBER, LATIN))


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """One way to undo what was done to a line.

    Attributes:
        name: Its name, the same in every line.
        arrangement: The atoms in their order.
        turned: Whether the letters of the words are reversed.
        each: Whether each word is, or is not, by itself.
        exact: Whether it says of each sign, too, if it is to be mirrored, and of each Latin run
            if its words are to be turned.
    """

    name: str
    arrangement: Arrangement
    turned: bool
    each: bool = False
    exact: bool = False


def hypotheses(line: Sequence[Atom], only: frozenset[str] | None = None) -> list[Hypothesis]:
    """Return the hypotheses about a line, the line as it stands first.

    Args:
        line: The atoms.
        only: Names of those to make, besides ``id``; all when None.
    """
    found = [Hypothesis(IDENTITY, tuple((index, False) for index in range(len(line))), False)]
    as_it_is = found[0].arrangement
    if (order := ended(line, as_it_is)) != as_it_is:
        found.append(Hypothesis(END_FIRST, order, False))
    for name, flips, order in _orders(line, only):
        found.append(Hypothesis(name, ended(line, order), flips))
    return found


def is_mixed(line: Sequence[Atom]) -> bool:
    """Return whether a line holds anything that runs from left to right."""
    return any(atom.kind in _FORWARD for atom in line)


def kind_of(line: Sequence[Atom]) -> str:
    """Return what in a line decides how an extractor treats it."""
    if signs(line) or _has_glued_quote(line):
        return MARKED_MIXED if is_mixed(line) else MARKED
    return MIXED if is_mixed(line) else PLAIN


def _orders(
    line: Sequence[Atom], only: AbstractSet[str] | None
) -> Iterator[tuple[str, bool, Arrangement]]:
    size = len(line)
    words = [atom.kind == WORD for atom in line]

    def wanted(name: str) -> bool:
        return only is None or name in only

    backwards = range(size - 1, -1, -1)
    if wanted(REVERSED):
        yield REVERSED, True, tuple((index, words[index]) for index in backwards)
    if wanted("words"):
        yield "words", False, tuple((index, False) for index in backwards)
    if wanted(WORDS_AND_COMMAS):
        units = _with_commas(line)
        order = [(index, False) for unit in reversed(units) for index in unit]
        yield WORDS_AND_COMMAS, False, tuple(order)
    tokens = _tokens(line)
    if wanted("tokens"):
        order = [(index, False) for token in reversed(tokens) for index in token]
        yield "tokens", False, tuple(order)
    if wanted("tokens-ends"):
        order = [(index, False) for token in reversed(tokens) for index in _with_ends(line, token)]
        yield "tokens-ends", False, tuple(order)
    if wanted("inplace"):
        order = [(index, words[index]) for index in range(size)]
        yield "inplace", True, tuple(order)
    if wanted("inplace-short"):
        short = [flip and len(bare(atom.text)) == 2 for flip, atom in zip(words, line, strict=True)]
        yield "inplace-short", True, tuple((index, short[index]) for index in range(size))
    if wanted("inplace-tokens"):
        order = [(index, words[index]) for token in tokens for index in reversed(token)]
        yield "inplace-tokens", True, tuple(order)
    if wanted("signals"):
        pieces = _signalled(line)
        if pieces:
            order = [
                (index, False) for start, end in reversed(pieces) for index in range(start, end)
            ]
            yield "signals", False, tuple(order)
    for name in DRAWN_WAYS:
        if wanted(name) and (found := drawn(line, name)) is not None:
            yield name, False, tuple(found)
    if not is_mixed(line):
        return
    if wanted(REVERSED_JOINED):
        linked = [index for unit in joined_units(line)[::-1] for index in unit]
        yield REVERSED_JOINED, True, tuple((index, words[index]) for index in linked)
    for name, inner in KEPT.items():
        if wanted(name):
            yield name, inner in _TURNING, tuple(_between_latin(line, inner))
    if wanted("whole"):
        turnable = [atom.kind in (WORD, NUMBER, LATIN) for atom in line]
        yield "whole", True, tuple((index, turnable[index]) for index in backwards)
    if wanted(LATIN_BASE) and (base := latin_base(line)) is not None:
        yield LATIN_BASE, True, tuple(base)
    for width in ("narrow", "wide"):
        runs = _runs(line, wide=width == "wide")
        for kept in (True, False):
            sequence = runs if kept else runs[::-1]
            for inside in ("same", "rev", "words", "inplace"):
                if kept and inside in ("same", "inplace"):
                    continue
                name = f"runs-{width}-{'kept' if kept else 'back'}-{inside}"
                if wanted(name):
                    flips = inside in ("rev", "inplace")
                    order = []
                    for start, end, rtl in sequence:
                        span = range(start, end)
                        if rtl and inside in ("rev", "words"):
                            span = span[::-1]
                        order += [(index, flips and words[index]) for index in span]
                    yield name, flips, tuple(order)


def signs(line: Sequence[Atom]) -> set[int]:
    """Return where a line shows that it was put together from pieces, none if it does not.

    A stop hangs on the word behind it; a quotation hangs on the word before it; a vowel mark has
    no letter before it.
    """
    cuts: set[int] = set()
    size = len(line)
    quotes = [index for index, atom in enumerate(line) if atom.text in QUOTES]
    for start, end in zip(quotes[::2], quotes[1::2], strict=False):
        glued = start > 0 and line[start - 1].kind != SPACE
        if glued and start + 1 < end and line[start + 1].kind != SPACE != line[end - 1].kind:
            cuts.update((start, end + 1))
    for index, atom in enumerate(line):
        if atom.kind == WORD:
            if _ORPHAN.match(atom.text):
                cuts.add(index)
        elif atom.text in ENDS and index + 1 < size and line[index + 1].kind == WORD:
            if index == 0:
                cuts.add(0)
            elif line[index - 1].kind == SPACE:
                cuts.update((index, index + 1))
    return cuts


def _has_glued_quote(line: Sequence[Atom]) -> bool:
    """Return whether a quotation mark has a word on either side."""
    return any(
        atom.text in QUOTES
        and line[index - 1].kind == WORD
        and line[index + 1].kind == WORD
        and not is_prefix(line[index - 1])
        for index, atom in enumerate(line[:-1])
        if index > 0
    )


def _signalled(line: Sequence[Atom]) -> list[tuple[int, int]]:
    """Return the pieces of a line that shows where it was cut, none where it does not.

    Numbers and Latin words are pieces of their own then.
    """
    cuts = signs(line)
    if not cuts:
        return []
    for start, end, rtl in _runs(line, wide=False):
        if not rtl and line[start].kind in _FORWARD:
            cuts.update((start, end))
    return list(pairwise(sorted(cuts | {0, len(line)})))


def _between_latin(line: Sequence[Atom], name: str) -> Iterator[tuple[int, bool]]:
    """Yield the atoms with what stands between Latin words put in order by itself."""
    size = len(line)
    borders = [-1, *(index for index, atom in enumerate(line) if atom.kind == LATIN), size]
    for before, after in pairwise(borders):
        start, end = before + 1, after
        # What stands beside a Latin word runs from left to right as well.
        while before >= 0 and start < end and _is_loose(line, start):
            start += 1
        while end > start and _is_loose(line, end - 1):
            if after == size and line[end - 1].text not in ENDS:
                break
            end -= 1
        yield from ((index, False) for index in range(before + 1, start))
        orders = {key: order for key, _, order in _orders(line[start:end], {name})}
        inner = orders.get(name)
        if inner is None:
            yield from ((index, False) for index in range(start, end))
        else:
            yield from ((start + index, flipped) for index, flipped in inner)
        yield from ((index, False) for index in range(end, min(after + 1, size)))


def _is_loose(line: Sequence[Atom], index: int) -> bool:
    return line[index].kind == SPACE or (
        line[index].kind == PUNCTUATION and line[index].text not in _OF_NUMBERS
    )


def _with_commas(line: Sequence[Atom]) -> list[list[int]]:
    """Return the atoms, Arabic commas and digits together with the word that they hang on."""
    units: list[list[int]] = []
    for index in range(len(line)):
        if index and _hangs(line, index):
            units[-1].append(index)
        else:
            units.append([index])
    return units


def _hangs(line: Sequence[Atom], index: int) -> bool:
    """Return whether an atom is to its extractor one word with the atom before it."""
    before, atom = line[index - 1], line[index]
    if before.kind == WORD:
        # The stroke of a date; its numbers hold theirs.
        after = line[index + 1] if atom.text == "/" and index + 1 < len(line) else atom
        slash = after is not atom and index > 1 and is_arabic_number(line[index - 2])
        return (
            atom.text in _ARABIC_ENDS
            or is_arabic_number(atom)
            or (slash and is_arabic_number(after))
        )
    if is_arabic_number(before):
        return atom.kind == WORD
    return before.text == "/" and is_arabic_number(atom) and index > 1 and _hangs(line, index - 1)


def _tokens(line: Sequence[Atom]) -> list[list[int]]:
    """Return the atoms between spaces, and each space alone."""
    found: list[list[int]] = []
    previous = True
    for index, atom in enumerate(line):
        space = atom.kind == SPACE
        if space or previous:
            found.append([])
        found[-1].append(index)
        previous = space
    return found


def _with_ends(line: Sequence[Atom], token: list[int]) -> list[int]:
    """Return a token with the stops at its start moved to its end."""
    length = 0
    while length < len(token) and line[token[length]].text in ENDS:
        length += 1
    return [*token[length:], *token[:length][::-1]]


def _runs(line: Sequence[Atom], *, wide: bool) -> list[tuple[int, int, bool]]:
    """Return the runs of a line: start, end, and whether they run from right to left.

    Args:
        line: The atoms.
        wide: Neutrals at the border of two runs belong to the Arabic one; else each stands alone.
    """
    runs: list[tuple[int, int, bool]] = []
    strong = [
        (index, atom.kind == WORD)
        for index, atom in enumerate(line)
        if atom.kind == WORD or atom.kind in _FORWARD
    ]
    for index, rtl in strong:
        if runs and runs[-1][2] == rtl and rtl:
            runs[-1] = (runs[-1][0], index + 1, rtl)
        else:
            runs.append((index, index + 1, rtl))
    filled: list[tuple[int, int, bool]] = []
    position = 0
    for start, end, rtl in runs:
        if wide:
            if rtl or not filled:
                start = position if rtl else start
            else:
                before = filled[-1]
                if before[2]:
                    filled[-1] = (before[0], start, True)
                    position = start
        filled += [(index, index + 1, False) for index in range(position, start)]
        filled.append((start, end, rtl))
        position = end
    if wide and filled and filled[-1][2]:
        filled[-1] = (filled[-1][0], len(line), True)
        position = len(line)
    filled += [(index, index + 1, False) for index in range(position, len(line))]
    return filled
