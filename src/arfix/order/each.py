"""Lines in which each word may stand in reverse by itself.

PDFium reverses what the font drew glyph by glyph from the left, and leaves what it drew otherwise:
in one line some words come reversed and others right. Which ones, only the words tell: one that
makes sense in reverse only was reversed; where both ways do, those around it decide.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from arfix.lm.ngrams import UNKNOWN
from arfix.order.atoms import WORD, Atom, turned
from arfix.order.paths import best_path
from arfix.view import MARK_CLASS, TATWEEL, bare

if TYPE_CHECKING:
    from arfix.order.placement import Arrangement
    from arfix.order.scoring import Scorer, Unit

#: Shorter words make sense both ways too often to prove anything.
_TELLING: Final = 3
_LEAST_EACH: Final = 2
_LEAST_SHARE: Final = 0.15
#: What each word may have been costs its share of the explanation.
_CHOICE: Final = math.log(0.5)
#: What stays behind a word that was reversed: an ending of marks, with their alef.
_TAIL: Final = re.compile(f"[{MARK_CLASS}]+\u0627?\\Z")


def turned_but_tail(text: str) -> str:
    """Return a word in reverse, marks at its end, with an alef behind them, where they stood.

    Example:
        >>> turned_but_tail("اركش\u064b") == "شكرا\u064b"
        True
        >>> turned_but_tail("ركش\u064bا") == "شكر\u064bا"
        True
    """
    tail = _TAIL.search(text)
    if tail is None:
        return turned(text)
    return turned(text[: tail.start()]) + tail.group()


def is_mixed_up(line: Sequence[Atom], scorer: Scorer) -> bool:
    """Return whether a line holds words that make sense one way, and others the other way only."""
    known = reversed_ = 0
    for atom in line:
        if atom.kind != WORD or len(bare(atom.text)) < _TELLING:
            continue
        forward = scorer.is_known(atom.text)
        if forward != (scorer.unit(turned_but_tail(atom.text))[0] != UNKNOWN):
            known += forward
            reversed_ += not forward
    least = min(known, reversed_)
    return least >= _LEAST_EACH and least >= _LEAST_SHARE * (known + reversed_)


def each_way(
    line: Sequence[Atom], order: Arrangement, units: Sequence[Unit | None], scorer: Scorer
) -> tuple[Arrangement, float]:
    """Return an arrangement with each word turned or not, as reads best, and how it reads.

    Args:
        line: The atoms.
        order: The order of the atoms; whether they are turned there does not matter.
        units: What the model sees of each as it stands.
        scorer: Judges words and pairs of them.
    """
    choices: list[tuple[int, tuple[tuple[bool, Unit], ...]]] = []
    cost = 0.0
    for index, _ in order:
        unit = units[index]
        if unit is None:
            continue
        atom = line[index]
        if atom.kind != WORD or len(atom.text.strip(TATWEEL)) < 2:
            choices.append((index, ((False, unit),)))
            continue
        back = scorer.unit(turned_but_tail(atom.text))
        choices.append((index, ((False, unit), (True, back))))
        cost += _CHOICE
    turns = _best(choices, scorer)
    chosen = [options[turn][1] for (_, options), turn in zip(choices, turns, strict=True)]
    flips = {index: options[turn][0] for (index, options), turn in zip(choices, turns, strict=True)}
    arrangement = tuple((index, flips.get(index, False)) for index, _ in order)
    return arrangement, scorer.score(chosen) + cost


def _best(
    choices: Sequence[tuple[int, tuple[tuple[bool, Unit], ...]]], scorer: Scorer
) -> list[int]:
    """Return for each place which of its readings the best chain of words goes through."""

    def link(old: Unit | None, new: Unit | None) -> float:
        if new is None:
            return scorer.closing(old) if old is not None else 0.0
        return scorer.opening(new) if old is None else scorer.pair(old, new)

    places = [[unit for _, unit in options] for _, options in choices]
    return best_path(places, lambda unit: unit[2], link)
