"""How much the words of a document speak for a set of lost glyphs.

For a set Λ the observed words have the distribution P'(w) = Σ P(c) over the lexicon words c
that lose Λ's glyphs and become w; log P'(w) / P(w) is the evidence of one word. It is positive
for words that make no sense as they stand and for words too common as they stand, because a
glyph never occurs; a glyph that survived is evidence against.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Final

from arfix.channel.odds import BEYOND, SURVIVAL, TYPE_CAP, WordOdds, soften, weight

if TYPE_CHECKING:
    from arfix.candidates import Erasure
    from arfix.channel.document import Document, Stretch

#: Evidence of a word that says nothing.
LEAST_TOLD: Final = 0.01
#: Words that are remembered under one of many erasures.
MOST_ROWS: Final = 10_000

#: The evidence of a word that holds so many lost glyphs and is explained by none.
_GONE: Final = tuple(math.log(math.exp(SURVIVAL * count)) for count in range(64))


def damp(document: Document, gains: Mapping[str, float]) -> dict[str, float]:
    """Return the evidence of one occurrence of each word type, softened.

    Repeats of a type, and types of one stem, count for less and less: they are one witness.

    Args:
        document: Whose words they are.
        gains: Evidence of each word type; what is left out says nothing.
    """
    result: dict[str, float] = {}
    groups: dict[str, list[tuple[float, str]]] = {}
    types, weights = document.types, document.weights
    for word, gain in gains.items():
        if gain > LEAST_TOLD:
            known = weights.get(word)
            if known is None:
                repeated = 1 + 0.5 * math.log(types[word])
                known = weights[word] = (*weight(word), repeated)
            key, cap, repeated = known
            if gain > cap:
                gain = cap + BEYOND * (gain - cap)
            gain *= repeated
            members = groups.get(key)
            if members is None:
                groups[key] = [(gain, word)]
            else:
                members.append((gain, word))
        elif gain:
            result[word] = gain
    for members in groups.values():
        if len(members) == 1:
            gain, word = members[0]
            result[word] = gain / types[word]
            continue
        members.sort(reverse=True)
        for place, (gain, word) in enumerate(members):
            result[word] = gain / (1 + place) / types[word]
    return result


def whole(document: Document, witness: Mapping[str, float]) -> float:
    """Return the evidence of the whole document, damage allowed to come and go.

    Args:
        document: The stretches.
        witness: Evidence of one occurrence of each word that says anything.
    """
    odds = [0.0] * len(document.stretches)
    places = document.places
    for word, value in witness.items():
        for place in places[word]:
            odds[place] += value
    return math.fsum(
        _damage_begins(zip(odds[start : start + len(switches)], switches, strict=True))
        for start, switches in document.switches
    )


#: ln P(word), the glyphs in it, and of each word that it may have been the glyphs lost, those
#: that survived, and its probability beside the word's; the last are all the lost ones.
WordRow = tuple[float, int, tuple[tuple[int, int, float], ...], int]


class Evidence:
    """The evidence of one document for any subset of some glyphs.

    Args:
        document: What to explain.
        erasure: The candidates under all the glyphs together.
        odds: The word probabilities.
        most: Most letters of a word that may be lost.
        rows: What is known of words under this erasure; it grows.
    """

    def __init__(
        self,
        document: Document,
        erasure: Erasure,
        odds: WordOdds,
        most: int,
        rows: dict[str, WordRow] | None = None,
    ) -> None:
        self.document = document
        self._erasure = erasure
        self._odds = odds
        self._most = most
        self._rows: dict[str, WordRow] = {} if rows is None else rows
        self._gains: dict[tuple[str, int], float] = {}

    def _row(self, word: str) -> WordRow:
        known = self._rows.get(word)
        if known is None:
            healthy = self._odds.healthy(word)
            candidates = []
            lost = 0
            for proposal in self._erasure.proposals(word, self._most):
                if proposal.erased:
                    ratio = math.exp(
                        self._odds.candidate(proposal.number, proposal.clitic) - healthy
                    )
                    candidates.append((proposal.erased, proposal.survived, ratio))
                    lost |= proposal.erased
            if len(self._rows) > MOST_ROWS:
                self._rows.clear()
            own = self._erasure.survivors(word)
            known = self._rows[word] = (healthy, own, tuple(candidates), lost)
        return known

    def prepare(self) -> None:
        """Find the candidates of all words of the document together, where that is worth it."""
        rows = self._rows
        self._erasure.prepare((w for w in self.document.types if w not in rows), self._most)

    def gain(self, word: str, mask: int) -> float:
        """Return log P'(word) / P(word) when the glyphs of the mask are lost, not capped."""
        _, own, rows, lost = self._rows.get(word) or self._row(word)
        survived = own & mask
        if not lost & mask:
            return _GONE[survived.bit_count()] if survived else 0.0
        total = 0.0
        for erased, kept, ratio in rows:
            if not erased & ~mask and not kept & mask:
                total += ratio
        total *= self.document.scale(word)
        return math.log(total + (math.exp(SURVIVAL * survived.bit_count()) if survived else 1.0))

    @cached_property
    def _active(self) -> list[tuple[str, int, int]]:
        """The words that could say something, the glyphs they say it of, and all they may hold."""
        self.prepare()
        found = []
        for word in self.document.types:
            _, own, candidates, lost = self._row(word)
            if own or candidates:
                held = own | lost
                for _, kept, _ in candidates:
                    held |= kept
                found.append((word, own | lost, held))
        return found

    def witnesses(self, mask: int) -> dict[str, float]:
        """Return the evidence of one occurrence of each word type that says anything."""
        known, gain = self._gains, self.gain
        gains = {}
        for word, told, held in self._active:
            if told & mask:
                # Sets that differ in other glyphs only ask the same of this word again.
                key = word, held & mask
                value = known.get(key)
                if value is None:
                    value = known[key] = gain(word, mask)
                gains[word] = value
        return damp(self.document, gains)

    def total(self, mask: int) -> float:
        """Return the evidence of the whole document, damage allowed to come and go."""
        return whole(self.document, self.witnesses(mask))

    def stretch_odds(self, mask: int) -> Witness:
        """Return the witnesses, for words beyond the document too."""
        return Witness(self, mask)


class Witness(dict[str, float]):
    """Evidence of one occurrence of each word for damage where it stands.

    Once a set is known to be lost somewhere, each stretch speaks for itself: repeats elsewhere
    in the document make its words no weaker.
    """

    def __init__(self, evidence: Evidence, mask: int) -> None:
        super().__init__()
        self._evidence = evidence
        self._mask = mask

    def __missing__(self, word: str) -> float:
        gain = self[word] = soften(self._evidence.gain(word, self._mask), TYPE_CAP, len(word))
        return gain


def chances(
    stretches: Sequence[Stretch], witness: Mapping[str, float]
) -> tuple[float, list[float]]:
    """Return the evidence for damage in a page and each stretch's chance of being damaged.

    Two states, healthy and damaged, run over the stretches and tend to stay.

    Args:
        stretches: Of one page, in order.
        witness: Evidence of one occurrence of each word.
    """
    rows = [(sum(witness[word] for word in stretch.words), stretch.switch) for stretch in stretches]
    return _two_states(rows)


def _two_states(rows: Sequence[tuple[float, float]]) -> tuple[float, list[float]]:
    """Return ln of the summed odds over all runs of damage, and each row's chance of it."""
    forward: list[tuple[float, float]] = []
    log_sum = _damage_begins(rows, forward)
    chances = [0.0] * len(rows)
    after_healthy = after_damaged = 1.0
    for place in range(len(rows) - 1, -1, -1):
        healthy, damaged = forward[place]
        bad, good = damaged * after_damaged, healthy * after_healthy
        chances[place] = bad / (bad + good)
        odds, switch = rows[place]
        top = max(0.0, odds)
        up, down = math.exp(-top) * after_healthy, math.exp(max(odds - top, -700.0)) * after_damaged
        after_healthy = up * (1 - switch) + down * switch
        after_damaged = down * (1 - switch) + up * switch
        scale = after_healthy + after_damaged
        after_healthy, after_damaged = after_healthy / scale, after_damaged / scale
    return log_sum, chances


def _damage_begins(
    rows: Iterable[tuple[float, float]], forward: list[tuple[float, float]] | None = None
) -> float:
    """Return ln of the summed odds.

    Args:
        rows: The odds of each stretch, and how likely it is to differ from the one before.
        forward: Where to put the shares of both states at each row from the front.
    """
    # All-damaged keeps an even share of the prior, so that one font costs next to nothing. Before
    # the first row both have the same, whatever its switch.
    exp, log = math.exp, math.log
    healthy, damaged, log_sum = 0.5, 0.5, 0.0
    for odds, switch in rows:
        healthy, damaged = (
            healthy * (1 - switch) + damaged * switch,
            damaged * (1 - switch) + healthy * switch,
        )
        if odds > 0.0:
            log_sum += odds
            healthy *= exp(max(-odds, -700.0))
        else:
            damaged *= exp(max(odds, -700.0))
        scale = healthy + damaged
        log_sum += log(scale)
        healthy, damaged = healthy / scale, damaged / scale
        if forward is not None:
            forward.append((healthy, damaged))
    return log_sum
