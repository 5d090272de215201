"""The search for the best subset of some glyphs: what each set explains less what it costs."""

from __future__ import annotations

import math
from collections.abc import Callable, Container, Iterable, Sequence
from typing import TYPE_CHECKING, Final

from arfix.candidates import MOST_LOST, Erasure
from arfix.channel.document import Document
from arfix.channel.prior import style_cost
from arfix.glyphs import Glyph

if TYPE_CHECKING:
    from arfix.channel.evidence import Evidence

#: What the whole document must say for a single glyph.
LEAST_GAIN: Final = 0.7
#: What every glyph of a set, and every row of the prior, costs.
GLYPH_COST: Final = 5.0
SECOND_YEH_COST: Final = 2.0
ROW_COST: Final = 5.0
#: What each glyph beside a row costs more: the row is all that its font was seen to lose, and one
#: odd word, a name or a slip, is enough to pay for a glyph. On tuning texts a fifth of what was
#: changed wrongly in paragraphs; from 10 on, glyphs that were lost are missed.
BESIDE_ROW: Final = 5.0
#: What each glyph beyond the second costs more than the one before: large sets explain anything.
MANY_COST: Final = 2.0
#: The same in texts of a paragraph at the most.
BRIEF: Final = 60
MANY_COST_BRIEF: Final = 6.0
#: A glyph with this much evidence is taken without a look at the next ones.
CERTAIN: Final = 20.0
MOST_TRIED: Final = 4
#: What the words of a long document, out of context, may say too little for one glyph more, and
#: what they must say in context then. On tuning texts glyphs that were lost had 14 to 76 in
#: context, others 8 at the most.
NEARLY: Final = 8.0
IN_CONTEXT: Final = 12.0
#: The same for a glyph that never occurs. Beside another loss, those that were lost had 1.8 to 5
#: out of context and 5 to 37 in it, others 2.7 at the most in context.
ABSENT_NEARLY: Final = 1.5
ABSENT_IN_CONTEXT: Final = 5.0
#: The first glyph may score a little below nought: the next may lift it.
WORTH_GROWING: Final = -4.0
#: What the absence of a glyph says for its loss (natural log). Less than its odds, because topics
#: and registers lack a glyph, too: a manual the feminine past, hence final teh.
ABSENT_GAIN: Final = 2.5
_YEHS: Final = (Glyph("ي", "final"), Glyph("ى", "final"))

#: Judges a set by the words in their context; see ``restore``.
Judge = Callable[[Document, Erasure, int], float]


class Search:
    """The search for the best subset of some glyphs in one document.

    Args:
        document: What to explain.
        erasure: Candidates under the glyphs that may be lost.
        weigh: Returns the evidence of a document, given the erasure and the most to put back.
        judge: Judges a set by the language model; None where that is not asked.
        rows: Sets that the prior knows.
        absent: Glyphs whose absence speaks for their loss.
    """

    def __init__(
        self,
        document: Document,
        erasure: Erasure,
        weigh: Callable[[Document, Erasure, int], Evidence],
        judge: Judge | None,
        *,
        rows: Sequence[tuple[Glyph, ...]],
        absent: Container[Glyph],
    ) -> None:
        self._absent = absent
        self._document = document
        self._glyphs = glyphs = erasure.glyphs
        self._erasure = erasure
        most = MOST_LOST if len(glyphs) <= 3 else 2
        self._evidence = weigh(document, erasure, most)
        self._judge = judge
        self._many = MANY_COST_BRIEF if len(document) <= BRIEF else MANY_COST
        self._bit = {glyph: 1 << index for index, glyph in enumerate(glyphs)}
        self._known = [self._mask(row) for row in rows if all(glyph in self._bit for glyph in row)]
        self._scores: dict[int, float] = {}
        self._totals: dict[int, float] = {0: 0.0}
        #: What each glyph adds at the most to the set that was grown first.
        self._bounds: dict[Glyph, float] = {}

    def _mask(self, glyphs: Iterable[Glyph]) -> int:
        return sum(self._bit[glyph] for glyph in glyphs)

    def _total(self, mask: int) -> float:
        known = self._totals.get(mask)
        if known is None:
            known = self._totals[mask] = self._evidence.total(mask)
        return known

    def gain(self, word: str, glyphs: Iterable[Glyph]) -> float:
        """Return the evidence of one word for a set."""
        return self._evidence.gain(word, self._mask(glyphs))

    def _cost(self, mask: int) -> float:
        """Return what a set costs: a row of the prior as one, every other glyph by itself."""
        costs = [self._price(mask)]
        costs += [
            ROW_COST + self._price(mask & ~row) + BESIDE_ROW * (mask & ~row).bit_count()
            for row in self._known
            if row & mask == row
        ]
        return min(costs)

    def _price(self, mask: int) -> float:
        count = mask.bit_count()
        yehs = all(mask & self._bit.get(yeh, 0) for yeh in _YEHS)
        pair = GLYPH_COST - SECOND_YEH_COST if yehs else 0.0
        style = sum(
            style_cost(glyph)
            for glyph, one in self._bit.items()
            if mask & one and glyph not in self._absent
        )
        absent = sum(
            ABSENT_GAIN for glyph, one in self._bit.items() if mask & one and glyph in self._absent
        )
        return (
            style - absent + count * GLYPH_COST - pair + self._many * max(0, count - 2 - bool(pair))
        )

    def _score(self, mask: int) -> float:
        known = self._scores.get(mask)
        if known is None:
            total = self._total(mask)
            if self._judge is None or total < 0.5:
                known = total
            else:
                known = 0.3 * min(total, 20.0) + self._judge(self._document, self._erasure, mask)
            self._scores[mask] = known
        return known

    def second_look(
        self, found: tuple[Glyph, ...], best: float, judge: Judge
    ) -> tuple[tuple[Glyph, ...], float]:
        """Add what was nearly added and what the words in their context speak for.

        A word of two or three letters says little out of context, however often it comes; in
        context it is as clear as any.

        Args:
            found: The best set.
            best: What the document says for it less its cost.
            judge: Judges a set by the language model.

        Returns:
            The set and its score, as ``grow`` does.
        """
        mask = self._mask(found)
        said: float | None = None
        for glyph, bit in self._bit.items():
            absent = glyph in self._absent
            least = ABSENT_NEARLY if absent else GLYPH_COST
            if mask & bit or self._bounds.get(glyph, 0.0) < least:
                continue
            if self._total(mask | bit) - self._total(mask) < least:
                continue
            value = self._score(mask | bit) - self._cost(mask | bit)
            if value < best - NEARLY:
                continue
            if said is None:
                said = judge(self._document, self._erasure, mask)
            wider = judge(self._document, self._erasure, mask | bit)
            needed = ABSENT_IN_CONTEXT if absent else IN_CONTEXT
            if wider - said >= needed:
                mask, best, said = mask | bit, value, wider
        return tuple(glyph for glyph in self._glyphs if self._bit[glyph] & mask), best

    def grow(self, start: tuple[Glyph, ...]) -> tuple[tuple[Glyph, ...], float]:
        """Add glyphs while that pays, then take out what the others explain.

        Args:
            start: A set to begin with; it stays.

        Returns:
            The set, and what the document says for it less its cost.
        """
        first = mask = self._mask(start)
        best = self._score(mask) - self._cost(mask) if mask else 0.0
        stale = dict.fromkeys(self._glyphs, math.inf)
        while True:
            chosen: tuple[float, int] | None = None
            for gain, glyph in self._ranked(mask, stale)[:MOST_TRIED]:
                if gain < LEAST_GAIN:
                    break
                wider = mask | self._bit[glyph]
                value = self._score(wider) - self._cost(wider)
                if chosen is None or value > chosen[0]:
                    chosen = (value, wider)
                if gain > CERTAIN:
                    break
            if chosen is None or chosen[0] <= (best if mask else WORTH_GROWING):
                break
            best, mask = chosen
        self._bounds = self._bounds or stale
        for one in sorted(self._bit.values()):
            # What came in with a row of the prior was paid for together, and stays together.
            if mask & one & ~first and mask != one:
                value = self._score(mask ^ one) - self._cost(mask ^ one)
                if value > best:
                    best, mask = value, mask ^ one
        return tuple(glyph for glyph in self._glyphs if self._bit[glyph] & mask), best

    def _ranked(self, mask: int, stale: dict[Glyph, float]) -> list[tuple[float, Glyph]]:
        """Return the glyphs that add most evidence to a set, the best ones only.

        What a glyph adds hardly ever grows as the set grows, so what it added before is a bound:
        glyphs whose bound is below what others add are not looked at again.

        Args:
            mask: The set.
            stale: What each glyph added when last looked at; brought up to date.
        """
        base = self._total(mask)
        fresh: list[float] = []
        for glyph in sorted(self._glyphs, key=lambda glyph: (-stale[glyph], glyph)):
            if mask & self._bit[glyph]:
                continue
            bound = stale[glyph]
            if bound < LEAST_GAIN or (fresh and bound <= fresh[0] > CERTAIN):
                break
            if len(fresh) >= MOST_TRIED and bound <= fresh[MOST_TRIED - 1]:
                break
            stale[glyph] = self._total(mask | self._bit[glyph]) - base
            fresh.append(stale[glyph])
            fresh.sort(reverse=True)
        return sorted(
            ((gain, glyph) for glyph, gain in stale.items() if not mask & self._bit[glyph]),
            key=lambda item: (-item[0], item[1]),
        )
