"""Lines cut inside a word: the end of the word opens the line, its start closes it.

Extractors that look for the direction of each stretch take a vowel mark, or a ligature without a
letter, for a stretch of its own. What follows it comes out before what precedes it: with fathatan
``P1ً`` and ``ا P2`` become ``ا P2 P1ً``. That the two edges of the line together are a word, and
apart are not, proves it. Where a line was cut twice the middle piece shows both its ends; where it
was cut once only the words, and the lines around, tell where the second piece starts.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from arfix.order.atoms import LATIN, NUMBER, PUNCTUATION, SPACE, TANWEEN, WORD, Atom, atoms
from arfix.view import LETTER_CLASS, MARK_CLASS, bare

if TYPE_CHECKING:
    from arfix.order.scoring import Scorer, Unit

_ALEF: Final = "\u0627"
#: A word of which the alef is gone: letters carry fathatan that never do at the end.
BEREFT: Final = (
    f"[{LETTER_CLASS}{MARK_CLASS}]+(?<![\u0621\u0622\u0627\u0629\u0649])\u0651?\u064b\u0651?"
)
_CUT: Final = re.compile(f"{_ALEF}[ \t]+.*?{BEREFT}", re.DOTALL)
#: The first and the last word of a line, where nothing else stands there.
_EDGES: Final = re.compile(
    f"(?P<first>[{LETTER_CLASS}{MARK_CLASS}]+)[ \t]+(?P<rest>(?:.*[ \t])?"
    f"(?P<last>[{LETTER_CLASS}][{LETTER_CLASS}{MARK_CLASS}]*))",
    re.DOTALL,
)
#: Shorter words come about by chance when two fragments meet.
_SHORTEST: Final = 4
_FEWEST_WORDS: Final = 3
#: Nats for a mark in front of its line having gone there alone.
_MOVED_ALONE: Final = 4.0
#: Between pieces that show their ends: the next starts with an alef, or the last has lost one.
_OPENS: Final = re.compile(f"[ \t]+(?={_ALEF}[ \t])")
_CLOSES: Final = re.compile(f"(?<=\u064b)(?<![{_ALEF}\u0621\u0629\u0649]\u064b)[ \t]+")
_MARKS: Final = re.compile(f"[{MARK_CLASS}]")
#: Rather a swapped lam-alef than the first half of a word.
_ARTICLE: Final = "\u0627\u0644"
#: Many write it apart, and dialect ends a line with it.
_AND: Final = "\u0648"
_LAST_WORD: Final = re.compile(f"{BEREFT}\\Z")
_SOLID: Final = frozenset((WORD, NUMBER, LATIN))
#: What hangs on the word behind it, drawn one way or the other.
_BRACKETS: Final = frozenset('()[]"\u00ab\u00bb\u201c\u201d')
#: A line so much shorter than the next is the last one of its paragraph.
_SHORT: Final = 0.6
_NOTHING: Final[tuple[int, int, float]] = (0, 0, 0.0)


@dataclass(frozen=True, slots=True)
class Reading:
    """One order of a line: how it reads in itself, and what it shows to the lines around.

    Attributes:
        text: The line in this order.
        score: How it reads.
        first: Its first word; None where that is not known.
        last: Its last word; the same.
    """

    text: str
    score: float
    first: Unit | None
    last: Unit | None


def rejoined(bodies: Sequence[str], scorer: Scorer) -> dict[str, str]:
    """Return the lines cut inside a word, in order; the others are left out.

    ``ا في المساء. وصل الوفد متعبً`` is ``وصل الوفد متعبًا في المساء.``

    Args:
        bodies: The lines of a document.
        scorer: Judges which words follow one another.
    """
    cut: dict[int, list[Reading]] = {}
    for number, body in enumerate(bodies):
        readings = _readings(body, scorer)
        if readings:
            cut[number] = readings
    return in_context(bodies, cut, scorer)


def in_context(
    bodies: Sequence[str], cut: Mapping[int, Sequence[Reading]], scorer: Scorer
) -> dict[str, str]:
    """Return the lines that were cut as they read best with the lines around.

    Args:
        bodies: The lines of a document.
        cut: What each of those that were cut may have been, by its number.
        scorer: Judges which words follow one another.
    """
    found: dict[str, str] = {}
    for number in cut:
        if number - 1 not in cut:
            chain: list[Sequence[Reading]] = [[_as_it_is(bodies, number - 1, scorer)]]
            while number in cut:
                chain.append(cut[number])
                number += 1
            chain.append([_as_it_is(bodies, number, scorer)])
            lines = bodies[number - len(chain) + 2 : number]
            chosen = _best(chain, scorer)[1:-1]
            found.update(zip(lines, (reading.text for reading in chosen), strict=True))
    return found


def _as_it_is(bodies: Sequence[str], number: int, scorer: Scorer) -> Reading:
    body = bodies[number] if 0 <= number < len(bodies) else ""
    units = units_of(body, scorer)
    if not units or (number + 1 < len(bodies) and len(body) < _SHORT * len(bodies[number + 1])):
        return Reading(body, 0.0, None, _NOTHING)
    # What opens with an alef is cut in a way that is not known.
    first = None if body.startswith(f"{_ALEF} ") else units[0]
    return Reading(body, 0.0, first, units[-1] if first else None)


def _best(chain: Sequence[Sequence[Reading]], scorer: Scorer) -> list[Reading]:
    """Return of each line the reading that fits best to those of its neighbours."""
    values = [reading.score for reading in chain[0]]
    origins: list[list[int]] = []
    for before, now in pairwise(chain):
        links = [
            max(
                (value + _link(old, new, scorer), number)
                for number, (value, old) in enumerate(zip(values, before, strict=True))
            )
            for new in now
        ]
        origins.append([number for _, number in links])
        values = [link + new.score for (link, _), new in zip(links, now, strict=True)]
    place = values.index(max(values))
    chosen = [chain[-1][place]]
    for readings, origin in zip(chain[-2::-1], origins[::-1], strict=True):
        place = origin[place]
        chosen.append(readings[place])
    return chosen[::-1]


def _link(before: Reading, after: Reading, scorer: Scorer) -> float:
    if before.last is None or after.first is None:
        return 0.0
    return scorer.pair(before.last, after.first) - scorer.pair(None, after.first)


def _readings(body: str, scorer: Scorer) -> list[Reading]:
    """Return what a line may have been that shows that it was cut, nothing if it does not."""
    edges = _EDGES.fullmatch(body)
    if edges is None or edges["rest"].count(" ") < _FEWEST_WORDS - 2:
        return []
    first, last = edges["first"], edges["last"]
    if first != _ALEF:
        if _are_halves(first, last, scorer):
            return parted(edges["rest"], last, first, scorer)
        return []
    if _CUT.fullmatch(body) is None:
        return []
    pieces = _OPENS.split(body)
    head = pieces.pop()
    if not pieces:
        whole = _known_last(body, scorer)
        return [] if whole is None else parted(edges["rest"], last, first, scorer)
    # The last of the pieces that start with an alef has lost one too, and ends there.
    middle, *after = _CLOSES.split(head, maxsplit=1)
    if not after:
        return []
    order = [after[0], *[*pieces, middle][::-1]]
    if any(_known_last(piece, scorer) is None for piece in order[:-1]):
        return []
    text = "".join(order)
    units = units_of(text, scorer)
    return [Reading(text, 0.0, units[0], units[-1])]


def _are_halves(first: str, last: str, scorer: Scorer) -> bool:
    """Return whether the last word of a line and the first one are halves of one word."""
    if first == TANWEEN:
        return last.endswith(_ALEF) and scorer.is_known(last)
    if last in (_ARTICLE, _AND) or _MARKS.match(first) or not bare(first):  # a tatweel is a bullet
        return False
    if scorer.is_known(first) and scorer.is_known(last):
        return False
    whole = last + first
    return len(bare(whole)) >= _SHORTEST and scorer.is_word(whole)


def _known_last(piece: str, scorer: Scorer) -> str | None:
    """Return the word that a piece ends in, with its alef; None where that makes no word."""
    found = _LAST_WORD.search(piece)
    if found is None:
        return None
    word = found.group() + _ALEF
    return word if scorer.is_known(word) else None


def parted(text: str, last: str, first: str, scorer: Scorer) -> list[Reading]:
    """Return the line with its second piece of each possible length, nothing but the first too.

    Args:
        text: The line without its first word.
        last: Its last word, which goes on in the first one.
        first: The first word.
        scorer: Judges words and their order.
    """
    parts = atoms(text)
    forward, _ = scorer.units(parts, turned=False)
    chain = [(index, unit) for index, unit in enumerate(forward) if unit is not None]
    chain[-1] = (chain[-1][0], scorer.unit(last + first))
    units = [unit for _, unit in chain]
    readings = []
    for place, (start, opening) in enumerate(chain):
        if parts[start].kind not in _SOLID or (start and parts[start - 1].kind in _SOLID):
            continue
        while start and parts[start - 1].kind == PUNCTUATION and parts[start - 1].text in _BRACKETS:
            start -= 1
        head = "".join(atom.text for atom in parts[start:])
        tail = "".join(atom.text for atom in parts[:start]).strip()
        end = units[place - 1]
        # A page breaks its lines anywhere: neither end is that of a sentence.
        score = scorer.score([*units[place:], *units[:place]])
        score += scorer.pair(None, opening) - scorer.opening(opening) - scorer.closing(end)
        if not place and first == TANWEEN:
            score += _MOVED_ALONE
        readings.append(Reading(f"{head}{first} {tail}".rstrip(), score, opening, end))
    return readings


def units_of(line: str, scorer: Scorer) -> list[Unit]:
    """Return what the model sees of a line."""
    parts: list[Atom] = [atom for atom in atoms(line) if atom.kind != SPACE]
    return [unit for unit in scorer.units(parts, turned=False)[0] if unit is not None]
