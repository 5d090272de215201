"""Restores lost glyphs: candidates for every word, one lattice a paragraph, one decoder."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from arfix.arcs import BOTH, SPECIAL_ARCS, WordArcs
from arfix.calibration import calibrated
from arfix.channel.odds import SURVIVAL, soften, stem
from arfix.decoder import decode_paragraphs
from arfix.lattice import Arc
from arfix.lm.ngrams import UNKNOWN

if TYPE_CHECKING:
    from arfix.candidates import Erasure, Proposal
    from arfix.channel.document import Document, Stretch
    from arfix.resources import Resources

#: Candidates this much rarer than the best one (natural log) are hopeless.
HOPELESS: Final = 9.0
MOST_ARCS: Final = 8
#: Evidence that the language model may draw from one word in full, and how repeats count.
WORD_CAP: Final = 6.0
REPEAT: Final = 0.25


class Restorer:
    """Makes lattices of damaged text and decodes them.

    Args:
        resources: Lexicon and models.
    """

    def __init__(self, resources: Resources) -> None:
        self._lexicon = resources.lexicon
        self._model = resources.language_model.ngrams
        self._resources = resources
        self._words = resources.once(WordArcs)
        self._plain = self._words.plain
        self._arcs: dict[tuple[Erasure, int], dict[str, tuple[Arc, ...]]] = {}

    def _from(self, proposal: Proposal) -> tuple[float, Arc]:
        prior = self._lexicon.prior(proposal.number)
        if proposal.clitic:
            weight = proposal.clitic + prior
            return weight - 3.5, Arc(UNKNOWN, UNKNOWN, BOTH * weight, proposal.text)
        return prior, self._words.known(proposal.number, proposal.text)

    def arcs(self, word: str, erasure: Erasure, mask: int) -> tuple[Arc, ...]:
        """Return the readings of a word under the loss of the masked glyphs, itself first."""
        table = self._table(erasure, mask)
        return table.get(word) or self._enter(table, word, erasure, mask)

    def _table(self, erasure: Erasure, mask: int) -> dict[str, tuple[Arc, ...]]:
        table = self._arcs.get((erasure, mask))
        if table is None:
            if len(self._arcs) > 60:
                self._arcs.clear()
            table = self._arcs[(erasure, mask)] = {}
        return table

    def _enter(
        self, table: dict[str, tuple[Arc, ...]], word: str, erasure: Erasure, mask: int
    ) -> tuple[Arc, ...]:
        if len(table) > 60_000:
            table.clear()
        own = self.own(word, erasure, mask)
        known = table[word] = (own, *self._make(word, erasure, mask))
        return known

    def own(self, word: str, erasure: Erasure, mask: int) -> Arc:
        """Return the first of the arcs, the word as it stands; not remembered."""
        own = self._plain(word)[0]
        survived = (erasure.survivors(word) & mask).bit_count()
        return own._replace(weight=own.weight + survived * SURVIVAL) if survived else own

    def others(self, word: str, erasure: Erasure, mask: int) -> tuple[Arc, ...]:
        """Return the arcs but for the first: what the word may have been before the loss."""
        known = self._arcs.get((erasure, mask), {}).get(word)
        return self._make(word, erasure, mask) if known is None else known[1:]

    def _make(self, word: str, erasure: Erasure, mask: int) -> tuple[Arc, ...]:
        ranked = sorted(
            (
                self._from(proposal)
                for proposal in erasure.proposals(word)
                if proposal.erased and not proposal.erased & ~mask and not proposal.survived & mask
            ),
            key=lambda item: (-item[0], item[1].text),
        )
        if not ranked:
            return ()
        best = ranked[0][0]
        return tuple(arc for prior, arc in ranked[:MOST_ARCS] if prior > best - HOPELESS)

    def lattice(
        self, stretches: Sequence[Stretch], damaged: Sequence[bool], erasure: Erasure, mask: int
    ) -> list[tuple[Arc, ...]]:
        """Return the lattice of neighbouring stretches of one page."""
        rows: list[tuple[Arc, ...]] = []
        table = self._table(erasure, mask)
        for stretch, broken in zip(stretches, damaged, strict=True):
            for token in stretch.tokens:
                if not token.bare:
                    rows.append(SPECIAL_ARCS[token.kind])
                elif broken:
                    word = token.bare
                    rows.append(table.get(word) or self._enter(table, word, erasure, mask))
                else:
                    rows.append(self._plain(token.bare))
        return rows

    def posteriors(self, lattice: Sequence[Sequence[Arc]]) -> list[list[float]]:
        """Return the posterior of each arc; paragraphs are decoded one by one."""
        return decode_paragraphs(lattice, self._model)

    def in_company(self, lattice: Sequence[Sequence[Arc]], *, brief: bool) -> list[list[float]]:
        """Return the posterior of each arc of a page; far words and other classes weigh too.

        Args:
            lattice: For each token its arcs.
            brief: Whether the document is.
        """
        rows = self.posteriors(lattice)
        for opinion in (self._resources.company, self._resources.affix_classes):
            if opinion is not None:
                rows = opinion.reweighed(lattice, rows)
        return calibrated(lattice, rows, self._lexicon.prior if brief else None)

    def judge(self, document: Document, erasure: Erasure, mask: int) -> float:
        """Return how much the words in their context speak for the loss of the masked glyphs.

        Each word says how much worse the text is when just this word stays as observed; a word
        type counts once in full and a quarter for each repeat, words of one stem share a cap.
        """
        witness: dict[str, float] = defaultdict(float)
        counts: dict[str, int] = defaultdict(int)
        against = 0.0
        for members in document.pages():
            lattice = self.lattice(members, [True] * len(members), erasure, mask)
            words = [token.bare for stretch in members for token in stretch.tokens]
            for word, row in zip(words, self.posteriors(lattice), strict=True):
                if not word:
                    continue
                survived = (erasure.survivors(word) & mask).bit_count()
                if survived:
                    against += survived * SURVIVAL
                elif len(row) > 1:
                    # Posterior odds against the word as it stands, less where odd words abound.
                    odds = (1 / max(row[0], 1e-12) - 1) * document.scale(word)
                    gain = soften(math.log1p(odds), WORD_CAP, len(word))
                    counts[word] += 1
                    witness[word] = max(witness[word], gain)
        groups: dict[str, list[float]] = defaultdict(list)
        for word, gain in witness.items():
            repeats = 0 if len(word) == 1 else counts[word] - 1
            groups[stem(word)].append(gain * (1 + REPEAT * repeats))
        total = 0.0
        for gains in groups.values():
            gains.sort(reverse=True)
            total += sum(gain / (1 + place) for place, gain in enumerate(gains))
        return total + against
