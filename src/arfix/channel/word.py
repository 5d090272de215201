"""What the way from glyphs to text does to one word whose document is not at hand.

P(observed | candidate) is a sum over what may have happened: nothing, the loss of glyphs that
fonts are known to lose together, of one other glyph, of two, or slips of a writer. Glyph by glyph
a loss is exact: it takes every occurrence, so a candidate that would have lost a letter which the
observed word still has is not explained by it. With the channel of the document given, its losses
cost nothing and the known sets mean nothing.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Container, Sequence
from itertools import combinations
from typing import TYPE_CHECKING, Final, NamedTuple

from rapidfuzz.distance import OSA

from arfix.channel.inference import ALL_GLYPHS
from arfix.channel.odds import SURVIVAL
from arfix.channel.prior import ROWS
from arfix.channel.readings import Reading, form_in
from arfix.channel.slots import slot_bonus
from arfix.glyphs import Glyph, glyphs_of, joins_next
from arfix.nearby import ALEFS, SYMBOL

if TYPE_CHECKING:
    from arfix.channel.model import Channel

#: What happened to a word that somebody asks about, natural log; tuned on ``corpora/tune``.
AS_IT_STANDS: Final = math.log(0.3)
#: A set of glyphs that is known to be lost together (all rows share this); one glyph of such a
#: set alone; any one glyph; any two.
ROW: Final = math.log(0.35)
ONE_OF_ROW: Final = math.log(0.02)
ONE: Final = math.log(0.15 / len(ALL_GLYPHS))
TWO: Final = math.log(0.05 / math.comb(len(ALL_GLYPHS), 2))
#: A hamza or its seat, or the dots of final yeh and teh marbuta, written otherwise.
SEAT: Final = math.log(0.003)
#: A letter taken for one of the same shape with other dots; any other slip.
DOTS: Final = math.log(0.00004)
SLIP: Final = math.log(0.00001)
#: The space between two words left out: after a letter that does not join, and after others.
UNSEEN_SPACE: Final = math.log(0.01)
SPACE: Final = math.log(0.0005)
#: A space inside a word.
STRAY_SPACE: Final = math.log(0.01)
#: A symbol that drew a certain glyph, or that was no letter at all.
DRAWN: Final = math.log(0.8 / len(ALL_GLYPHS))
NO_LETTER: Final = math.log(0.02)

IMPOSSIBLE: Final = -1e9
#: Code of the class that loses glyphs, and of the one whose symbols are unread.
LOST: Final = "AR301"
UNREAD: Final = "AR202"

_SEATS: Final = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ئ": "ي", "ؤ": "و", "ة": "ه", "ی": "ي", "ک": "ك"}
)
_SHAPES: Final = str.maketrans(
    {
        **dict.fromkeys("تثنيپ", "ب"), **dict.fromkeys("حخچ", "ج"), "ذ": "د", "ز": "ر", "ژ": "ر",
        "ش": "س", "ض": "ص", "ظ": "ط", "غ": "ع", **dict.fromkeys("قڤ", "ف"), "گ": "ك",
    }
)  # fmt: skip


class Cause(NamedTuple):
    """What must have happened to a candidate.

    Attributes:
        score: Natural log of the probability that the candidate turned into the observed word.
        reason: The likeliest way, in words.
        code: The defect class of that way, empty where it is none.
    """

    score: float
    reason: str
    code: str


NONE: Final = Cause(IMPOSSIBLE, "", "")


def erased(letters: str, glyphs: frozenset[Glyph]) -> str:
    """Return what is left of a word when some glyphs vanish.

    Example:
        >>> erased("مكتبي", frozenset({Glyph("ك", "medial"), Glyph("ي", "final")}))
        'متب'
    """
    return _without(letters, glyphs_of(letters), glyphs)


def _without(letters: str, drawn: list[Glyph | None], gone: Container[Glyph | None]) -> str:
    return "".join(
        [letter for letter, glyph in zip(letters, drawn, strict=True) if glyph not in gone]
    )


def slips(candidate: str, observed: str) -> float:
    """Return the natural log of the chance that a writer put one word for the other.

    Three distances: letter by letter, with all seats of a hamza alike, with all dots alike too.

    Example:
        >>> slips("أحمد", "احمد") > slips("أحمد", "أخمد") > slips("أحمد", "أكمد")
        True
    """
    letters = OSA.distance(candidate, observed)
    one, two = candidate.translate(_SEATS), observed.translate(_SEATS)
    seats = OSA.distance(one, two)
    shapes = OSA.distance(one.translate(_SHAPES), two.translate(_SHAPES))
    return SEAT * (letters - seats) + DOTS * (seats - shapes) + SLIP * shapes


class WordChannel:
    """What may have happened to the words of a document.

    Args:
        channel: What is known to happen in it; None where nothing is.
        use_prior: Whether, without it, the sets of the prior are expected.
    """

    def __init__(self, channel: Channel | None = None, use_prior: bool = True) -> None:
        self._rates = {
            Glyph(lost.letter, lost.form): min(max(lost.rate, 1e-9), 1.0)
            for lost in (channel.lost if channel else ())
        }
        self._share = channel.share if channel is not None else 1.0
        self.given = channel is not None
        #: Sets that are expected before all others.
        self.sets: tuple[tuple[Glyph, ...], ...]
        if channel is None:
            self.sets = tuple(row.glyphs for row in ROWS if use_prior)
        else:
            self.sets = (tuple(self._rates),) if self._rates else ()
        self._frozen = tuple(map(frozenset, self.sets))
        self._of_rows = frozenset(glyph for row in self.sets for glyph in row)

    def cause(self, candidate: str, observed: str) -> Cause:
        """Return how a candidate can have become the observed word.

        Args:
            candidate: Bare letters, with one space where it is two words.
            observed: Bare letters, and the symbols among them as they stand; with one space where
                it is two words.
        """
        if candidate == observed:
            stands = 0.0 if self.given else AS_IT_STANDS
            return Cause(stands + self._survival(candidate), "as it stands", "")
        if " " in observed:
            whole = observed.replace(" ", "")
            if candidate == whole:
                return Cause(STRAY_SPACE, "one word", "")
            rest = self.cause(candidate, whole)
            return rest._replace(score=rest.score + STRAY_SPACE)
        if SYMBOL.search(observed):
            return self._read(candidate, observed)
        if " " in candidate:
            return self._joined(candidate, observed)
        ways: list[Cause] = []
        if len(candidate) > len(observed):
            ways.extend(self._losses(candidate, observed))
        ways.append(Cause(slips(candidate, observed), "another spelling", ""))
        best = max(ways)
        if len(ways) == 1:
            return best
        total = math.log(math.fsum(math.exp(way.score - best.score) for way in ways))
        return best._replace(score=best.score + total)

    def _losses(self, candidate: str, observed: str) -> list[Cause]:
        missing = Counter(candidate)
        missing.subtract(observed)
        if min(missing.values()) < 0:
            return []
        glyphs = glyphs_of(candidate)
        letters = {letter for letter, count in missing.items() if count}
        able = sorted({glyph for glyph in glyphs if glyph and glyph.letter in letters})
        ways: list[Cause] = []
        for members, whole in zip(self.sets, self._frozen, strict=True):
            gone = [glyph for glyph in members if glyph in able]
            if not gone or _without(candidate, glyphs, whole) != observed:
                continue
            if self.given:
                score = math.log(max(self._share, 1e-9))
                score += sum(math.log(self._rates[g]) for g in glyphs if g in whole and g)
            else:
                score = ROW - math.log(len(self.sets))
            ways.append(Cause(score, _lost(gone), LOST))
        for size, price in ((1, ONE), (2, TWO)):
            if len(letters) > size:
                continue
            for some in combinations(able, size):
                if _without(candidate, glyphs, some) == observed:
                    known = size == 1 and some[0] in self._of_rows and not self.given
                    score = ONE_OF_ROW - math.log(len(self._of_rows)) if known else price
                    ways.append(Cause(score, _lost(some), LOST))
        if self.given and not ways:
            ways.extend(self._now_and_then(candidate, observed))
        return ways

    def _now_and_then(self, candidate: str, observed: str) -> list[Cause]:
        """Return the loss of some occurrences of glyphs that are not always lost."""
        gone, place, score = [], 0, math.log(max(self._share, 1e-9))
        for letter, glyph in zip(candidate, glyphs_of(candidate), strict=True):
            rate = self._rates.get(glyph, 0.0) if glyph else 0.0
            if place < len(observed) and observed[place] == letter:
                place += 1
                score += max(math.log(1 - rate) if rate < 1 else SURVIVAL, SURVIVAL)
            elif rate and glyph:
                gone.append(glyph)
                score += math.log(rate)
            else:
                return []
        return [Cause(score, _lost(sorted(set(gone))), LOST)] if place == len(observed) else []

    def _survival(self, letters: str) -> float:
        """Return the natural log of the chance that a word came through whole."""
        if not self._rates:
            return 0.0
        whole = math.prod(
            max(1 - self._rates[glyph], math.exp(SURVIVAL))
            for glyph in glyphs_of(letters)
            if glyph in self._rates and glyph
        )
        return math.log(self._share * whole + 1 - self._share)

    def _joined(self, candidate: str, observed: str) -> Cause:
        before, _, after = candidate.partition(" ")
        if before + after != observed:
            return NONE
        price = SPACE if joins_next(before[-1]) else UNSEEN_SPACE
        return Cause(price, "two words", "")

    def _read(self, candidate: str, observed: str) -> Cause:
        """Return how likely the symbols of a word are to stand for what the candidate has."""
        symbols = SYMBOL.findall(observed)
        best = NONE
        for spans in _fits(candidate, observed):
            score = 0.0
            read: dict[str, Reading | None] = {}
            for symbol, (start, end) in zip(symbols, spans, strict=True):
                reading = None
                score += NO_LETTER
                if start < end:
                    reading = Reading(candidate[start:end], form_in(candidate, start, end))
                    score += DRAWN - NO_LETTER + slot_bonus(symbol, reading)
                if read.setdefault(symbol, reading) != reading:
                    break  # one symbol, one glyph
            else:
                names = [f"{it.text}.{it.form}" if it else "no letter" for it in read.values()]
                best = max(best, Cause(score, "the symbol is " + ", ".join(names), UNREAD))
        return best


def _fits(candidate: str, pattern: str) -> list[list[tuple[int, int]]]:
    """Return for each way in which a word fits a pattern the span of each symbol in it."""
    rows: list[tuple[int, list[tuple[int, int]]]] = [(0, [])]
    for char in pattern:
        grown: list[tuple[int, list[tuple[int, int]]]] = []
        for place, spans in rows:
            if not SYMBOL.match(char):
                if candidate[place : place + 1] == char:
                    grown.append((place + 1, spans))
                continue
            ends = [place, place + 1]
            if candidate[place : place + 1] == "ل" and candidate[place + 1 : place + 2] in (
                *ALEFS,
            ):
                ends.append(place + 2)
            grown.extend((end, [*spans, (place, end)]) for end in ends if end <= len(candidate))
        rows = grown
    return [spans for place, spans in rows if place == len(candidate)]


def _lost(glyphs: Sequence[Glyph]) -> str:
    return "lost " + ", ".join(map(str, glyphs))
