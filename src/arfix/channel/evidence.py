"""How much the words of a document speak for a set of lost glyphs.

For a set Λ the observed words have the distribution P'(w) = Σ P(c) over the lexicon words c
that lose Λ's glyphs and become w; log P'(w) / P(w) is the evidence of one word. It is positive
for words that make no sense as they stand and for words too common as they stand, because a
glyph never occurs; a glyph that survived is evidence against.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

from arfix.candidates import Erasure, Proposal
from arfix.channel.document import Document

if TYPE_CHECKING:
    from arfix.lexicon.mapped import MappedLexicon
    from arfix.lm.letters import LetterModel

#: Share of running words that the lexicon lacks.
UNKNOWN_SHARE: Final = 0.03
#: Natural log of the chance that a lost glyph is there all the same.
SURVIVAL: Final = math.log(0.003)
#: Most evidence that one word type gives, natural log: a word is one witness.
TYPE_CAP: Final = 4.0
#: Least probability of a word of one letter: they are written apart in many styles.
LETTER_FLOOR: Final = math.log(2e-3)
#: Chances that damage begins or ends between two stretches of one line, and between lines.
SWITCH_INSIDE: Final = 0.01
SWITCH_BETWEEN: Final = 0.12

_CLITICS: Final = ("وال", "بال", "فال", "كال", "ال", "لل", "و", "ف", "ب", "ل", "ك")


def stem(word: str) -> str:
    """Return a rough key of the word's stem: forms of one name are one witness."""
    for clitic in _CLITICS:
        if word.startswith(clitic) and len(word) >= len(clitic) + 3:
            word = word[len(clitic) :]
            break
    return word[:4]


class WordOdds:
    """Probabilities of single words, healthy and under lost sets."""

    def __init__(self, lexicon: MappedLexicon, letters: LetterModel) -> None:
        self._lexicon = lexicon
        self._letters = letters
        self._known = math.log(1 - UNKNOWN_SHARE)
        self._unknown = math.log(UNKNOWN_SHARE)

    def healthy(self, word: str) -> float:
        """Return ln P(word) in healthy text."""
        number = self._lexicon.id_of(word)
        if number >= 0:
            result = self._known + self._lexicon.prior(number)
        else:
            result = self._unknown + self._letters.log_probability(word)
        return max(result, LETTER_FLOOR) if len(word) == 1 else result

    def candidate(self, proposal: Proposal) -> float:
        """Return ln P(candidate)."""
        prior = self._lexicon.prior(proposal.number)
        if proposal.clitic:
            return self._unknown + proposal.clitic + prior
        return self._known + prior


class Evidence:
    """The evidence of one document for any subset of some glyphs.

    Args:
        document: What to explain.
        erasure: The candidates under all the glyphs together.
        odds: The word probabilities.
    """

    def __init__(self, document: Document, erasure: Erasure, odds: WordOdds) -> None:
        self.document = document
        self.erasure = erasure
        self._rows: dict[str, tuple[float, int, list[tuple[int, int, float]]]] = {}
        for word in document.types:
            healthy = odds.healthy(word)
            own = erasure.survivors(word)
            rows = [
                (proposal.erased, proposal.survived, math.exp(odds.candidate(proposal)))
                for proposal in erasure.proposals(word)
                if proposal.erased
            ]
            self._rows[word] = (healthy, own, rows)

    def gain(self, word: str, mask: int) -> float:
        """Return log P'(word) / P(word) when the glyphs of the mask are lost, not capped."""
        healthy, own, rows = self._rows[word]
        survived = own & mask
        total = math.exp(healthy) * math.exp(SURVIVAL * survived.bit_count())
        for erased, kept, probability in rows:
            if not erased & ~mask and not kept & mask:
                total += probability
        return math.log(total) - healthy

    def witnesses(self, mask: int) -> dict[str, float]:
        """Return the evidence of one occurrence of each word type, capped and damped.

        Repeats of a type, and types of one stem, count for less and less.
        """
        result: dict[str, float] = {}
        groups: dict[str, list[tuple[float, str]]] = defaultdict(list)
        for word, count in self.document.types.items():
            gain = self.gain(word, mask)
            if gain < 0:
                result[word] = gain
            elif gain > 0:
                total = min(gain, TYPE_CAP) * (1 + 0.5 * math.log(count))
                groups[stem(word)].append((total, word))
            else:
                result[word] = 0.0
        for members in groups.values():
            members.sort(reverse=True)
            for place, (total, word) in enumerate(members):
                result[word] = total / (1 + place) / self.document.types[word]
        return result

    def total(self, mask: int) -> float:
        """Return the evidence of the whole document, damage allowed to come and go."""
        return damage_odds(self.document, self.witnesses(mask))[0]


def damage_odds(document: Document, witness: dict[str, float]) -> tuple[float, list[float]]:
    """Return the evidence for damage and, for each stretch, the chance that it is damaged.

    Two states, healthy and damaged, run over the stretches and tend to stay.

    Args:
        document: The stretches.
        witness: Evidence of one occurrence of each word.
    """
    total = 0.0
    shares: list[float] = []
    pages: dict[int, list[tuple[float, float]]] = defaultdict(list)
    for stretch in document.stretches:
        odds = sum(witness[word] for word in stretch.words())
        switch = SWITCH_INSIDE if stretch.joined else SWITCH_BETWEEN
        pages[stretch.page].append((odds, switch))
    for rows in pages.values():
        log_sum, chances = _two_states(rows)
        total += log_sum
        shares.extend(chances)
    return total, shares


def _two_states(rows: Sequence[tuple[float, float]]) -> tuple[float, list[float]]:
    """Return ln of the summed odds over all runs of damage, and each row's chance of it."""
    # All-damaged keeps an even share of the prior, so that one font costs next to nothing.
    forward: list[tuple[float, float]] = []
    healthy, damaged, log_sum = 0.5, 0.5, 0.0
    for place, (odds, switch) in enumerate(rows):
        if place:
            healthy, damaged = (
                healthy * (1 - switch) + damaged * switch,
                damaged * (1 - switch) + healthy * switch,
            )
        top = max(0.0, odds)
        healthy *= math.exp(-top)
        damaged *= math.exp(max(odds - top, -700.0))
        scale = healthy + damaged
        log_sum += top + math.log(scale)
        healthy, damaged = healthy / scale, damaged / scale
        forward.append((healthy, damaged))
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


def shortlist(
    types: Counter[str] | Iterable[str], erasure: Erasure, odds: WordOdds, rare: float
) -> dict[int, float]:
    """Return for each single glyph how much the odd words alone speak for its loss.

    Args:
        types: The words of the document.
        erasure: Candidates under every glyph there is; one letter is put back at most.
        odds: The word probabilities.
        rare: Words commoner than this (natural log) are not asked.
    """
    gains: dict[int, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for word in types:
        healthy = odds.healthy(word)
        if healthy > rare:
            continue
        found: dict[int, float] = defaultdict(float)
        for proposal in erasure.proposals(word, 1):
            if proposal.erased and not proposal.erased & (proposal.erased - 1):
                if not proposal.survived & proposal.erased:
                    found[proposal.erased] += math.exp(odds.candidate(proposal))
        for bit, probability in found.items():
            gain = min(math.log1p(probability / math.exp(healthy)), TYPE_CAP)
            key = stem(word)
            if gain > gains[bit][key]:
                gains[bit][key] = gain
    return {bit.bit_length() - 1: sum(of.values()) for bit, of in gains.items()}
