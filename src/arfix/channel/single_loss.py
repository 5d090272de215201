"""How much the words of a document speak for the loss of each single glyph there is."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Final

from arfix.batch import LEAST, worth
from arfix.channel.evidence import damp, whole
from arfix.channel.odds import BEYOND, CACHE_LIMIT, SURVIVAL, weight
from arfix.insertions import Insertions

if TYPE_CHECKING:
    from arfix.candidates import Erasure
    from arfix.channel.document import Document
    from arfix.channel.odds import WordOdds

#: A glyph that should come so often and does not is absent. On tuning texts of every genre that
#: happens by chance in e^-4 to e^-8 of the cases.
ABSENT_FROM: Final = 6.0
#: A glyph is as good as absent where it has no more than this share of what it should have:
#: what other losses leave of words may look like it.
ABSENT_SHARE: Final = 0.04

_SURVIVES: Final = math.exp(SURVIVAL)
#: ln P(word), the glyphs in it, what each lost glyph would explain, and the bits of those that do.
#: Rows are tuples of nothing but numbers: those the garbage collector leaves alone, and there are
#: tens of thousands.
SingleRow = tuple[float, int, tuple[tuple[int, float], ...], int]


class SingleLoss:
    """The evidence of every word for every single glyph, kept from document to document.

    Args:
        erasure: Candidates under every glyph there is; one letter is put back at most.
        odds: The word probabilities.
    """

    def __init__(self, erasure: Erasure, odds: WordOdds) -> None:
        self.erasure = erasure
        self._insertions = Insertions(erasure)
        self._odds = odds
        self._known: dict[str, SingleRow] = {}
        self._asked = 0

    def row(self, word: str) -> SingleRow:
        """Return ln P(word), the glyphs in it, and for each lost glyph what that would explain.

        That is P(candidates) / P(word); of a word that the lexicon holds, for which nothing
        else is weighed, ln(1 + that). Glyphs that explain next to nothing are left out; the last
        are the bits of those that do not.
        """
        known = self._known.get(word)
        return known or self._make(word, self._insertions.explained(word))

    def _make(self, word: str, explained: Iterable[tuple[int, int, float]]) -> SingleRow:
        odds, exp = self._odds, math.exp
        healthy, prior, known = odds.healthy(word), odds.prior, odds.known
        found: dict[int, float] = {}
        for bit, number, clitic in explained:
            if clitic:
                value = exp(odds.candidate(number, clitic) - healthy)
            else:
                value = exp(known + prior(number) - healthy)
            if bit in found:
                found[bit] += value
            else:
                found[bit] = value
        if self._odds.knows(word):
            gains = [(bit, math.log1p(ratio)) for bit, ratio in found.items() if ratio > 1e-3]
        else:
            gains = [(bit, ratio) for bit, ratio in found.items() if ratio > 1e-3]
        if len(self._known) > CACHE_LIMIT:
            self._known.clear()
        own = self.erasure.survivors(word)
        told = 0
        for bit, _ in gains:
            told |= bit
        row = self._known[word] = (healthy, own, tuple(gains), told)
        return row

    def _prepare(self, words: Iterable[str]) -> None:
        """Make the rows of many words at once, where that is worth it; else they come one by one.

        Args:
            words: Those that will be asked for.
        """
        rows = self._known
        fresh = [word for word in words if word not in rows]
        self._asked += len(fresh)
        if len(fresh) < LEAST or not self.erasure.in_batches or not worth(self._asked):
            return
        for word, explained in self._insertions.explained_all(fresh):
            self._make(word, explained)

    def votes(self, document: Document, types: Iterable[str], rare: float) -> dict[int, float]:
        """Return for each glyph what the odd words alone say for its loss.

        Args:
            document: Gives the measure of what is odd.
            types: The words to ask.
            rare: Words commoner than this (natural log) are not asked.
        """
        total: dict[int, dict[str, float]] = defaultdict(dict)
        healthy, unknown, scale = self._odds.healthy, document.unknown, document.oddness
        rows = self._known
        types = list(types)
        self._prepare(w for w in types if w not in rows and healthy(w) <= rare)
        for word in types:
            known = rows.get(word)
            if known is None:
                if healthy(word) > rare:
                    continue
                known = self.row(word)
            probability, _, explained, _ = known
            if probability > rare or not explained:
                continue
            key, cap = weight(word)
            odd = word in unknown
            for bit, gain in explained:
                if odd:
                    gain = math.log1p(gain * scale)
                if gain > cap:
                    gain = cap + BEYOND * (gain - cap)
                groups = total[bit]
                if gain > groups.get(key, 0.0):
                    groups[key] = gain
        return {bit: math.fsum(groups.values()) for bit, groups in total.items()}

    def totals(
        self, document: Document, bits: Iterable[int], explained: Collection[str] = ()
    ) -> dict[int, float]:
        """Return the evidence of the document for the loss of each of some single glyphs.

        Args:
            document: What to explain.
            bits: The glyphs.
            explained: Words that another loss explains; what they hold proves nothing.
        """
        asked = list(bits)
        if explained:
            return self._totals(document, asked, explained)
        found = document.totals
        fresh = [bit for bit in asked if bit not in found]
        if fresh:
            found.update(self._totals(document, fresh, explained))
        return {bit: found[bit] for bit in asked}

    def _totals(
        self, document: Document, bits: Iterable[int], explained: Collection[str]
    ) -> dict[int, float]:
        gains: dict[int, dict[str, float]] = {bit: {} for bit in bits}
        asked = sum(gains)
        unknown, scale = document.unknown, document.oddness
        rows = self._known
        self._prepare(document.types)
        for word in document.types:
            _, own, gained, told = rows.get(word) or self.row(word)
            own = 0 if word in explained else own & asked
            for bit, gain in gained if told & asked else ():
                if not bit & asked:
                    continue
                if own & bit:
                    # What is left of a word may hold the glyph anew (تسبب becomes تسب).
                    ratio = gain * scale if word in unknown else math.expm1(gain)
                    gains[bit][word] = math.log(_SURVIVES + ratio)
                    own ^= bit
                else:
                    gains[bit][word] = math.log1p(gain * scale) if word in unknown else gain
            while own:
                bit = own & -own
                own ^= bit
                gains[bit][word] = SURVIVAL
        return {bit: whole(document, damp(document, found)) for bit, found in gains.items()}

    def present(self, document: Document) -> int:
        """Return the bits of the glyphs that the document holds; remembered there."""
        if document.present is None:
            document.present = reduce(or_, map(self.erasure.survivors, document.types), 0)
        return document.present

    def absent(
        self, document: Document, common: Mapping[int, float], explained: Collection[str] = ()
    ) -> set[int]:
        """Return the common glyphs that the document ought to have and has not.

        Args:
            document: Where they ought to be.
            common: For each glyph how many there are among the letters of running text.
            explained: Words that another loss explains; what they hold proves nothing.
        """
        letters = sum(len(word) * count for word, count in document.types.items())
        # How many of each there may be; what exceeds that is not asked for any more.
        left = {
            bit: int(ABSENT_SHARE * letters * rate)
            for bit, rate in common.items()
            if letters * rate >= ABSENT_FROM
        }
        asked = sum(left)
        survivors = self.erasure.survivors
        for word in document.types:
            own = survivors(word) & asked
            if own and word not in explained:
                while own:
                    bit = own & -own
                    own ^= bit
                    left[bit] -= 1
                    if left[bit] < 0:
                        asked ^= bit
        return {bit for bit in left if asked & bit}
