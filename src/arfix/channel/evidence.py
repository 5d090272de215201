"""How much the words of a document speak for a set of lost glyphs.

For a set Λ the observed words have the distribution P'(w) = Σ P(c) over the lexicon words c
that lose Λ's glyphs and become w; log P'(w) / P(w) is the evidence of one word. It is positive
for words that make no sense as they stand and for words too common as they stand, because a
glyph never occurs; a glyph that survived is evidence against.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Final

from arfix.batch import LEAST, worth
from arfix.insertions import Insertions

if TYPE_CHECKING:
    from arfix.candidates import Erasure
    from arfix.channel.document import Document, Stretch
    from arfix.lexicon.mapped import MappedLexicon
    from arfix.lm.letters import LetterModel

#: Share of running words that the lexicon lacks.
UNKNOWN_SHARE: Final = 0.03
#: Natural log of the chance that a lost glyph is there all the same.
SURVIVAL: Final = math.log(0.003)
#: Evidence of one word type counts in full up to here, natural log, and by ``BEYOND`` above: a
#: word is one witness, but what explains it better must still show.
TYPE_CAP: Final = 3.3
BEYOND: Final = 0.25
#: What is left of the cap for short words, by their number of letters.
SHORT_WORDS: Final = {1: 0.3, 2: 0.35, 3: 0.6}
#: Least probability of a word of one letter: they are written apart in many styles.
LETTER_FLOOR: Final = math.log(2e-3)
#: Evidence of a word that says nothing.
LEAST_TOLD: Final = 0.01
CACHE_LIMIT: Final = 60_000
#: The same for the words under one of many erasures.
MOST_ROWS: Final = 10_000
#: A glyph that should come so often and does not is absent. On tuning texts of every genre that
#: happens by chance in e^-4 to e^-8 of the cases.
ABSENT_FROM: Final = 6.0
#: A glyph is as good as absent where it has no more than this share of what it should have:
#: what other losses leave of words may look like it.
ABSENT_SHARE: Final = 0.04

_SURVIVES: Final = math.exp(SURVIVAL)
#: The evidence of a word that holds so many lost glyphs and is explained by none.
_GONE: Final = tuple(math.log(math.exp(SURVIVAL * count)) for count in range(64))
_CLITICS: Final = ("وال", "بال", "فال", "كال", "ال", "لل", "و", "ف", "ب", "ل", "ك")


def soften(gain: float, cap: float, length: int) -> float:
    """Return the evidence of a word, which grows slowly beyond a cap.

    The cap is lower for short words: nearly any letter makes another word of two letters.

    Args:
        gain: The evidence, natural log.
        cap: The cap for words of four letters and more.
        length: Letters of the word.

    Example:
        >>> soften(2.0, 3.0, 6), soften(7.0, 3.0, 6), round(soften(2.0, 3.0, 2), 2)
        (2.0, 4.0, 1.29)
    """
    cap *= SHORT_WORDS.get(length, 1.0)
    return gain if gain <= cap else cap + BEYOND * (gain - cap)


@lru_cache(maxsize=1 << 16)
def weight(word: str) -> tuple[str, float]:
    """Return the stem of a word, and how much evidence of it counts in full."""
    return stem(word), TYPE_CAP * SHORT_WORDS.get(len(word), 1.0)


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """Return a rough key of the word's stem: forms of one name are one witness.

    So are all letters that stand alone: puzzles, lists and habits of spacing are full of them.
    """
    if len(word) == 1:
        return ""
    for clitic in _CLITICS:
        if word.startswith(clitic) and len(word) >= len(clitic) + 3:
            word = word[len(clitic) :]
            break
    return word[:4]


class WordOdds:
    """Probabilities of single words, healthy and under lost sets.

    Attributes:
        known: Natural log of the share of running words that the lexicon holds.
        prior: Natural log of the relative frequency of such a word, by its number.

    Args:
        lexicon: Knows the words.
        letters: Judges the others.
    """

    def __init__(self, lexicon: MappedLexicon, letters: LetterModel) -> None:
        self._lexicon = lexicon
        self._letters = letters
        self.prior = lexicon.prior
        self.known = math.log(1 - UNKNOWN_SHARE)
        self._unknown = math.log(UNKNOWN_SHARE)
        self._healthy: dict[str, float] = {}

    def healthy(self, word: str) -> float:
        """Return ln P(word) in healthy text; remembered."""
        known = self._healthy.get(word)
        if known is None:
            if len(self._healthy) > CACHE_LIMIT:
                self._healthy.clear()
            known = self._healthy[word] = self._look_up(word)
        return known

    def knows(self, word: str) -> bool:
        """Return whether the lexicon holds a word."""
        return self._lexicon.id_of(word) >= 0

    def _look_up(self, word: str) -> float:
        number = self._lexicon.id_of(word)
        if number >= 0:
            result = self.known + self.prior(number)
        else:
            result = self._unknown + self._letters.log_probability(word)
        return max(result, LETTER_FLOOR) if len(word) == 1 else result

    def candidate(self, number: int, clitic: float) -> float:
        """Return ln P(candidate), told as in a ``Proposal``."""
        prior = self.prior(number)
        if clitic:
            return self._unknown + clitic + prior
        return self.known + prior


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
        """Return the bits of the glyphs that the document holds."""
        found = 0
        for word in document.types:
            found |= self.erasure.survivors(word)
        return found

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
        _damage_begins(list(zip(odds[start : start + len(switches)], switches, strict=True)))[0]
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
    log_sum, forward = _damage_begins(rows)
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


def _damage_begins(rows: Sequence[tuple[float, float]]) -> tuple[float, list[tuple[float, float]]]:
    """Return ln of the summed odds, and the shares of both states at each row from the front."""
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
    return log_sum, forward
