"""Infers which glyphs a document has lost, from the document alone.

Three sieves, each dearer and asked less often: odd words vote for single glyphs; the whole
document is explained by sets of the glyphs that got votes, and by the rows of the prior; in
short documents the language model judges what is left. A healthy document falls through the
first one as a rule.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from arfix.candidates import Erasure
from arfix.channel.document import Document
from arfix.channel.evidence import SURVIVAL, Evidence, WordOdds, damage_odds, shortlist, stem
from arfix.channel.prior import ROWS
from arfix.glyphs import FORMS, Glyph, joins_next
from arfix.lexicon.automaton import ALPHABET

if TYPE_CHECKING:
    from arfix.resources import Resources

#: Words rarer than this (natural log of relative frequency) are asked in the first sieve.
RARE: Final = -11.5
#: Votes (natural log) that a glyph needs to get through the first sieve, and how many do.
ENOUGH_VOTES: Final = 1.5
MOST_GLYPHS: Final = 8
#: What every glyph of a set, and every row of the prior, costs.
GLYPH_COST: Final = 5.0
SECOND_YEH_COST: Final = 2.0
ROW_COST: Final = 7.0
#: Documents of more words than this are judged without the language model.
LONG: Final = 350

ALL_GLYPHS: Final = tuple(
    Glyph(letter, form)
    for letter in ALPHABET
    for form in FORMS
    if (form in ("isolated", "final") or joins_next(letter)) and not (letter == "ء" and form != "isolated")
)
_YEHS: Final = (Glyph("ي", "final"), Glyph("ى", "final"))


@dataclass(frozen=True, slots=True)
class LostSet:
    """A set of lost glyphs and how sure it is.

    Attributes:
        glyphs: The glyphs.
        score: What the document says for the set less what the set costs, natural log.
        witnesses: How many word types speak for it.
    """

    glyphs: tuple[Glyph, ...]
    score: float
    witnesses: int


#: Judges a set by the words in their context; see ``restore``.
Judge = Callable[[Document, Erasure, int], float]


class Inference:
    """The sieves, with the tables that they share from document to document.

    Args:
        resources: Lexicon and models.
        judge: Judges a set of glyphs by the language model.
    """

    def __init__(self, resources: Resources, judge: Judge) -> None:
        self.lexicon = resources.lexicon
        self.odds = WordOdds(resources.lexicon, resources.letters)
        self._every = Erasure(self.lexicon.automaton, ALL_GLYPHS)
        self._erasures: dict[tuple[Glyph, ...], Erasure] = {}
        self._judge = judge

    def erasure(self, glyphs: tuple[Glyph, ...]) -> Erasure:
        """Return the candidates under a set of glyphs; kept, because sets recur."""
        known = self._erasures.get(glyphs)
        if known is None:
            if len(self._erasures) > 40:
                self._erasures.clear()
            known = self._erasures[glyphs] = Erasure(self.lexicon.automaton, glyphs)
        return known

    def candidates(self, document: Document) -> dict[Glyph, float]:
        """Return the glyphs that odd words vote for, with their votes."""
        votes = shortlist(document.types, self._every, self.odds, RARE)
        ranked = sorted(votes.items(), key=lambda item: (-item[1], item[0]))
        return {ALL_GLYPHS[number]: vote for number, vote in ranked if vote >= ENOUGH_VOTES}

    def infer(self, document: Document, use_prior: bool, threshold: float) -> LostSet | None:
        """Return the lost set that explains the document best, None where nothing is lost.

        Args:
            document: What to explain.
            use_prior: Whether the rows of the prior may be used.
            threshold: Least score.
        """
        ranked = self.candidates(document)
        if not ranked:
            return None
        glyphs = list(ranked)[:MOST_GLYPHS]
        rows = [row.glyphs for row in ROWS if use_prior and any(g in ranked for g in row.glyphs)]
        for row in rows:
            glyphs.extend(glyph for glyph in row if glyph not in glyphs)
        key = tuple(sorted(glyphs))
        erasure = self.erasure(key)
        evidence = Evidence(document, erasure, self.odds)
        bit = {glyph: 1 << index for index, glyph in enumerate(key)}
        long = len(document) > LONG
        scores: dict[int, float] = {}

        def score(mask: int, cost: float) -> float:
            known = scores.get(mask)
            if known is None:
                unigram = evidence.total(mask)
                if long or unigram < 0.5:
                    known = unigram
                else:
                    known = 0.3 * min(unigram, 20.0) + self._judge(document, erasure, mask)
                scores[mask] = known
            return known - cost

        best_mask, best = self._greedy(bit, score, evidence)
        for row in rows:
            mask = sum(bit[glyph] for glyph in row)
            value = score(mask, ROW_COST)
            if value > best:
                best_mask, best = self._grow(mask, value, ROW_COST, bit, score, evidence)
        if not best_mask or best < threshold:
            return None
        found = tuple(glyph for glyph in key if bit[glyph] & best_mask)
        witnesses = sum(1 for value in evidence.witnesses(best_mask).values() if value > 0.7)
        return LostSet(found, best, witnesses)

    def _greedy(
        self, bit: dict[Glyph, int], score: Callable[[int, float], float], evidence: Evidence
    ) -> tuple[int, float]:
        return self._grow(0, 0.0, 0.0, bit, score, evidence)

    def _grow(
        self,
        mask: int,
        best: float,
        cost: float,
        bit: dict[Glyph, int],
        score: Callable[[int, float], float],
        evidence: Evidence,
    ) -> tuple[int, float]:
        """Add glyphs while that pays, then take out what the others explain."""
        while True:
            base = evidence.total(mask) if mask else 0.0
            ranked = sorted(
                ((evidence.total(mask | one) - base, glyph) for glyph, one in bit.items()
                 if not mask & one),
                key=lambda item: (-item[0], item[1]),
            )
            chosen: tuple[float, int, float] | None = None
            for gain, glyph in ranked[:4]:
                if gain < 0.7:
                    break
                one = bit[glyph]
                partner = any(mask & bit.get(yeh, 0) for yeh in _YEHS) and glyph in _YEHS
                price = cost + (SECOND_YEH_COST if partner else GLYPH_COST)
                value = score(mask | one, price)
                if chosen is None or value > chosen[0]:
                    chosen = (value, one, price)
                if gain > 20:
                    break
            if chosen is None or (mask and chosen[0] <= best):
                break
            if not mask and chosen[0] <= 0 and len(ranked) and chosen[0] < -4.0:
                break
            best, mask, cost = chosen[0], mask | chosen[1], chosen[2]
        for one in sorted(bit.values()):
            if mask & one and mask != one:
                value = score(mask ^ one, cost - GLYPH_COST)
                if value > best:
                    best, mask, cost = value, mask ^ one, cost - GLYPH_COST
        return mask, best


def damaged_stretches(
    document: Document, evidence: Evidence, mask: int
) -> tuple[float, list[float]]:
    """Return the evidence and each stretch's chance of being damaged."""
    return damage_odds(document, evidence.witnesses(mask))


__all__ = ["Inference", "Judge", "LostSet", "damaged_stretches", "SURVIVAL", "math", "stem",
           "Sequence"]
