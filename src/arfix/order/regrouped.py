"""Lines cut in pieces inside words, the pieces last to first: their halves make words again.

A glyph that a page draws apart from its neighbours, because another font has it or because it is
one of a ligature, ends a stretch of text, inside a word as a rule. Extractors that hand out the
stretches as drawn, ``P3 P2 P1``, leave halves of words where two of them meet, with or without a
space. A cut is believed where the halves that come together are one word. Where a piece starts at
the start of a word, only a model of sentences can tell, so that this is for Arabic.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from arfix.order.atoms import WORD, Atom, atoms
from arfix.order.halves import Reading, in_context
from arfix.order.placement import ENDS
from arfix.order.word_halves import (
    AND,
    FEWEST_WORDS,
    LONGEST_LINE,
    RARE,
    SHORTEST_SPLIT,
    halved,
    reads_on,
)
from arfix.view import MARK_CLASS, bare

if TYPE_CHECKING:
    from arfix.order.scoring import Scorer, Unit

#: Nats by which each cut must pay: at a space, inside a word, and where it makes no word.
_CUT_COST: Final = 3.0
_SPLIT_COST: Final = 4.0
_APART_COST: Final = 4.0
#: Cuts that are tried in a line, and in a word.
_MOST_CUTS: Final = 22
_MOST_SPLITS: Final = 3
#: Nats by which a gap beside such a word is more likely to be a cut.
_BESIDE_ODD: Final = 4.0
#: Shorter words are made by chance; so are some of a common word and another.
_SHORTEST: Final = 3
_COMMON: Final = -9.0
_VERY_RARE: Final = -13.0
#: Nats by which a line must read better, lines that do, distinct words that their halves make.
_MARGIN: Final = 6.0
_LEAST_LINES: Final = 3
_LEAST_WORDS: Final = 4
#: Nats by which an order may read worse than the best, to fit better to the lines around.
_OPEN: Final = 6.0
#: A page breaks its lines anywhere: that a line starts and ends well says little.
_BORDER: Final = 0.3
#: Marks that have no letter at the end of a line say nothing about it.
_LONE_MARKS: Final = re.compile(f"\\s+[{MARK_CLASS}\\s]*\\Z")
#: A stop set apart from its word at the end of a piece, and one that ends the piece before.
_LOOSE: Final = re.compile("\\s+([.\u060c:\u061b\u061f!])\\Z")
_CLOSE: Final = re.compile("[.\u060c:\u061b\u061f!]+(?:\\s|\\Z)")

#: The cuts before a piece and behind it, by their number.
_Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Cut:
    """A place where a line may have been cut.

    Attributes:
        at: Where it is.
        left: The number of the word that the piece before it ends in.
        right: The number of the word that the piece behind it starts with.
        before: What of the first of these is before the cut.
        after: What of the other is behind it.
        cost: What it costs.
    """

    at: int
    left: int
    right: int
    before: str
    after: str
    cost: float


@dataclass(frozen=True, slots=True)
class _Piece:
    """What stands between two cuts: the words at its ends, what the model sees, how it reads."""

    first: str
    last: str
    units: tuple[Unit, ...]
    score: float


@dataclass(frozen=True, slots=True)
class Regrouped:
    """What a line may have been, by how much it reads better, and the words of its halves."""

    readings: tuple[Reading, ...]
    gain: float
    made: tuple[str, ...]


def regrouped(bodies: Sequence[str], scorer: Scorer) -> dict[str, str]:
    """Return the lines that were cut inside words, in order; the others are left out.

    Args:
        bodies: The lines of a document.
        scorer: Judges words and their order.
    """
    lines = [body for body in dict.fromkeys(bodies) if len(body) <= LONGEST_LINE]
    shown = halved(lines, scorer)
    if not shown or not reads_on(lines, scorer):
        return {}
    found: dict[str, Sequence[Reading]] = {}
    made: set[str] = set()
    # Lines that show halves have to be better first, all of them together.
    for group in (shown, [body for body in lines if body not in shown]):
        for number, body in enumerate(group):
            if number == _LEAST_WORDS and not found:
                return {}
            best = in_order(body, scorer)
            if best is not None and best.gain > _MARGIN:
                found[body] = best.readings
                made.update(best.made)
        if len(found) < _LEAST_LINES - 1 or len(made) < _LEAST_WORDS - 1:
            return {}
    if len(found) < _LEAST_LINES or len(made) < _LEAST_WORDS:
        return {}
    cut = {number: found[body] for number, body in enumerate(bodies) if body in found}
    return in_context(bodies, cut, scorer)


def in_order(body: str, scorer: Scorer) -> Regrouped | None:
    """Return the best orders of the pieces of a line; None where it reads best as it stands.

    Args:
        body: The line.
        scorer: Judges words and their order.
    """
    lone = _LONE_MARKS.search(body)
    line = _Line(body[: lone.start()] if lone else body, scorer)
    best = line.best() if line.is_suspect() else None
    if best is None or lone is None:
        return best
    marks = lone.group()
    readings = tuple(replace(reading, text=reading.text + marks) for reading in best.readings)
    return Regrouped(readings, best.gain, best.made)


class _Line:
    """A line and what its words are to the models.

    Args:
        body: The line.
        scorer: Judges words and their order.
    """

    def __init__(self, body: str, scorer: Scorer) -> None:
        self._body = body
        self._scorer = scorer
        parts = atoms(body)
        forward, _ = scorer.units(parts, turned=False)
        self._words: list[Atom] = []
        self._units: list[Unit] = []
        self._spans: list[tuple[int, int]] = []
        start = 0
        for atom, unit in zip(parts, forward, strict=True):
            if unit is not None:
                self._words.append(atom)
                self._units.append(unit)
                self._spans.append((start, start + len(atom.text)))
            start += len(atom.text)
        self._chain = [0.0]
        for number, unit in enumerate(self._units):
            link = self._scorer.pair(self._units[number - 1], unit) if number else 0.0
            self._chain.append(self._chain[-1] + unit[2] + link)
        self._ends: list[_Cut] = []
        self._pieces: dict[tuple[int, int], _Piece] = {}

    def is_suspect(self) -> bool:
        """Return whether words of the line make no sense."""
        return len(self._words) >= FEWEST_WORDS and any(map(self._is_odd, range(len(self._words))))

    def best(self) -> Regrouped | None:
        """Return the best orders of pieces, nothing where the line reads best as it stands."""
        cuts = self._cuts()
        if not cuts:
            return None
        size = len(self._words)
        first = _Cut(0, -1, 0, "", self._words[0].text, 0.0)
        end = _Cut(len(self._body), size - 1, size, self._words[-1].text, "", 0.0)
        self._ends = [first, *cuts, end]
        count = len(self._ends)
        for low in range(count):
            for high in range(low + 1, count):
                piece = self._piece(self._ends[low], self._ends[high])
                if piece is not None:
                    self._pieces[low, high] = piece
        # The piece at the start is read last; each goes on with one of those before it.
        value: dict[_Place, float] = {}
        follows: dict[_Place, tuple[_Place, str]] = {}
        for low in range(count - 1):
            for high in range(low + 1, count):
                piece = self._pieces.get((low, high))
                if piece is None:
                    continue
                if not low:
                    value[low, high] = piece.score + self._closing(piece.units[-1])
                    continue
                options = [
                    (value[other, low] + link, (other, low), word)
                    for other in range(low)
                    if (other, low) in value
                    for link, word in (self._seam((low, high), (other, low)),)
                ]
                if options:
                    total, after, word = max(options)
                    value[low, high] = piece.score + total - self._ends[low].cost
                    follows[low, high] = after, word
        totals = {
            (low, count - 1): value[low, count - 1]
            + self._opening(self._pieces[low, count - 1].units[0])
            for low in range(count - 1)
            if (low, count - 1) in value
        }
        as_it_is = totals[0, count - 1]
        best = max(totals.values())
        if best == as_it_is:
            return None
        readings = []
        for place, total in totals.items():
            if place[0] and total > best - _OPEN:
                text, made, last = self._read(place, follows)
                opening = self._pieces[place].units[0]
                readings.append((total, made, Reading(text, total, opening, last)))
        total, made, _ = max(readings, key=lambda row: row[0])
        return Regrouped(tuple(reading for *_, reading in readings), total - as_it_is, made)

    def _read(
        self, place: _Place, follows: Mapping[_Place, tuple[_Place, str]]
    ) -> tuple[str, tuple[str, ...], Unit]:
        """Return the text from a piece on, the words that its seams make, and its last word."""
        texts: list[str] = []
        made: list[str] = []
        made_here = ""
        while True:
            low, high = place
            body = self._body[self._ends[low].at : self._ends[high].at].strip()
            if texts and not made_here and not _CLOSE.match(body):
                texts.append(" ")
            texts.append(_LOOSE.sub(r"\1", body))
            if place not in follows:
                return "".join(texts), tuple(made), self._pieces[place].units[-1]
            place, made_here = follows[place]
            if made_here:
                made.append(made_here)

    def _cuts(self) -> list[_Cut]:
        """Return where the line may have been cut, from its start to its end."""
        found = [row for number in range(len(self._words)) for row in self._cuts_at(number)]
        found.sort(key=lambda row: row[0])
        return sorted((cut for _, cut in found[:_MOST_CUTS]), key=lambda cut: cut.at)

    def _cuts_at(self, number: int) -> Iterator[tuple[float, _Cut]]:
        """Yield cuts before a word and inside of it, those first that are likelier."""
        scorer, words = self._scorer, self._words
        start = self._spans[number][0]
        text = words[number].text
        if number:
            end = self._spans[number - 1][1]
            before = words[number - 1].text
            space = re.search(r"\s", self._body[end:start])
            if space is not None:
                at = end + space.start()
                yield self._fit(number), _Cut(at, number - 1, number, before, text, _CUT_COST)
            elif self._hangs(number):
                yield -_CUT_COST, _Cut(start, number - 1, number, before, text, _CUT_COST)
        if words[number].kind != WORD or len(text) < SHORTEST_SPLIT or scorer.is_word(text):
            return
        unit = scorer.unit
        whole = unit(text)[2]
        splits = sorted(
            (whole - unit(text[:at])[2] - unit(text[at:])[2], at) for at in range(1, len(text))
        )[:_MOST_SPLITS]
        # A letter between two cuts.
        places = {splits[0][1] + 1: splits[0][0] + 1.0} | {at: cost for cost, at in splits}
        for at, cost in places.items():
            if at < len(text):
                yield cost, _Cut(start + at, number, number, text[:at], text[at:], _SPLIT_COST)

    def _fit(self, number: int) -> float:
        """Return how badly a word follows the one before it, the lower the worse."""
        units, pair = self._units, self._scorer.pair
        fit = pair(units[number - 1], units[number]) - pair(None, units[number])
        odd = self._is_odd(number - 1) or self._is_odd(number)
        return fit - _BESIDE_ODD if odd else fit

    def _is_odd(self, number: int) -> bool:
        atom = self._words[number]
        if atom.kind != WORD:
            return False
        least = RARE if len(atom.text) <= 2 else _VERY_RARE
        return self._scorer.log_probability(atom.text) < least

    def _hangs(self, number: int) -> bool:
        """Return whether a stop stands before a word, apart from what it ends."""
        if number < 2 or self._words[number - 1].text not in ENDS:
            return False
        start, end = self._spans[number - 1]
        return end == self._spans[number][0] and self._spans[number - 2][1] < start

    def _piece(self, low: _Cut, high: _Cut) -> _Piece | None:
        """Return what stands between two cuts, None for nothing."""
        if low.right > high.left:
            return None
        units, pair = self._units, self._scorer.pair
        if low.right == high.left:
            word = self._words[low.right].text
            text = high.before[len(word) - len(low.after) :]
            if not text:
                return None
            unit = self._unit(low.right, text)
            return _Piece(text, text, (unit,), unit[2])
        head, tail = self._unit(low.right, low.after), self._unit(high.left, high.before)
        middle = units[low.right + 1 : high.left]
        if not middle:
            score = head[2] + pair(head, tail) + tail[2]
            return _Piece(low.after, high.before, (head, tail), score)
        inside = self._chain[high.left] - self._chain[low.right + 1]
        inside -= pair(units[low.right], middle[0])
        score = head[2] + pair(head, middle[0]) + inside + pair(middle[-1], tail) + tail[2]
        return _Piece(low.after, high.before, (head, middle[0], middle[-1], tail), score)

    def _unit(self, number: int, text: str) -> Unit:
        if text == self._words[number].text:
            return self._units[number]
        return self._scorer.unit(text)

    def _seam(self, old: tuple[int, int], new: tuple[int, int]) -> tuple[float, str]:
        """Return how well a piece follows another, and the word that their halves make, if any."""
        before, after = self._pieces[old], self._pieces[new]
        pair = self._scorer.pair
        apart = pair(before.units[-1], after.units[0]) - _APART_COST
        whole = before.last + after.first
        if not self._makes_word(before.last, after.first, self._ends[old[1]], self._ends[new[0]]):
            return apart, ""
        made = self._scorer.unit(whole)
        value = made[2] - before.units[-1][2] - after.units[0][2]
        if len(before.units) > 1:
            value += pair(before.units[-2], made) - pair(before.units[-2], before.units[-1])
        if len(after.units) > 1:
            value += pair(made, after.units[1]) - pair(after.units[0], after.units[1])
        return (value, whole) if value > apart else (apart, "")

    def _makes_word(self, last: str, first: str, end: _Cut, start: _Cut) -> bool:
        """Return whether the ends of two pieces are halves of one word."""
        scorer, whole = self._scorer, last + first
        if len(bare(whole)) < _SHORTEST or bare(last) == AND or not scorer.is_word(whole):
            return False
        if not (self._ends_in_word(end) and self._starts_with_word(start)):
            return False
        worth = sorted(map(scorer.log_probability, (last, first)))
        return worth[1] <= _COMMON or scorer.log_probability(whole) >= worth[0]

    def _starts_with_word(self, cut: _Cut) -> bool:
        if cut.right == len(self._words) or self._words[cut.right].kind != WORD:
            return False
        return not self._body[cut.at : self._spans[cut.right][0]].strip()

    def _ends_in_word(self, cut: _Cut) -> bool:
        if cut.left < 0 or self._words[cut.left].kind != WORD:
            return False
        return not self._body[self._spans[cut.left][1] : cut.at].strip()

    def _opening(self, unit: Unit) -> float:
        return _BORDER * self._scorer.opening(unit) + (1 - _BORDER) * self._scorer.pair(None, unit)

    def _closing(self, unit: Unit) -> float:
        return _BORDER * self._scorer.closing(unit)
