"""Infers which glyphs a document has lost, from the document alone.

Three sieves, each dearer and asked less often: odd words vote for single glyphs; the whole
document is explained by sets of the glyphs that got votes, and by the rows of the prior; in
short documents the language model judges what is left. A healthy document falls through the
first one as a rule.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from arfix.candidates import MOST_LOST, Erasure
from arfix.channel.document import USUAL_UNKNOWN, Document
from arfix.channel.evidence import Evidence, Witness, WordRow
from arfix.channel.model import Channel, LostGlyph
from arfix.channel.odds import WordOdds
from arfix.channel.prior import LEFT_OUT, LEFT_OUT_LETTERS, ROWS, Row, style_cost
from arfix.channel.search import BRIEF, IN_CONTEXT, LEAST_GAIN, Judge, Search
from arfix.channel.single_loss import SingleLoss
from arfix.channel.torn import EXPLAINED, is_torn
from arfix.glyph_counts import GLYPH_COUNTS
from arfix.glyphs import FINAL, FORMS, INITIAL, ISOLATED, MEDIAL, Glyph, joins_next
from arfix.lexicon.automaton import ALPHABET

if TYPE_CHECKING:
    from arfix.resources import Resources

#: Words rarer than this (natural log of relative frequency) are asked in the first sieve.
RARE: Final = -11.5
#: In short documents every word is asked.
SHORT: Final = 150
ALL_WORDS: Final = 0.0
#: Votes (natural log) that a glyph needs to get through the first sieve; fewer in short documents.
ENOUGH_VOTES: Final = 3.0
FEW_VOTES: Final = 1.0
#: Running text of any kind has ninety glyphs and more; what has fewer is none, whatever it lacks.
LEAST_PRESENT: Final = 60
MOST_VOTED: Final = 16
#: What the whole document must say for the best single glyph where it is long.
LEAST_FIRST: Final = 4.0
MOST_GLYPHS: Final = 8
#: Least score that is looked at, and the score that a lost set needs by the number of words in
#: the document: in general, and for sets that the prior knows. Set on ``corpora/tune`` and,
#: for the false alarms of dialect, on ``eval/dialect``, which is no blind test any more.
LEAST_SCORE: Final = 4.0
THRESHOLDS: Final = ((60, 14.0, 5.5), (250, 13.0, 8.0), (1 << 60, 12.0, 9.0))
#: What is added for each time that the usual share of unknown words is exceeded.
STRANGE: Final = 9.0
STRANGE_KNOWN: Final = 3.0
#: The same in long documents, where the language model is asked as well; but not where so much
#: is needed that the text is dialect, or careless: context fits nothing there. Context also tells
#: what a writer leaves out, which becomes another word, from what was lost: that costs nothing.
LEAST_JUDGED: Final = 2.0
MOST_NEEDED: Final = 18.0
#: What context must say beyond that for one glyph that never occurs; for other sets it is
#: ``IN_CONTEXT``. In 2,500 healthy documents it said 4 at the most (names in final teh).
ABSENT_ALONE: Final = 6.0
#: How often a glyph comes among the letters of running text; one beyond the sixty commonest.
COMMONNESS: Final = {Glyph(letter, form): count / 1e5 for letter, form, count in GLYPH_COUNTS}
RARENESS: Final = 0.002
#: In texts of fewer words only sets that the prior knows are looked for: paradigms, riddles and
#: lists of letters look like damage, and so few words cannot say otherwise.
LEAST_WORDS: Final = 26
#: Words of usual text that the share is mixed with, so that a few words decide little.
STEADY: Final = 50
#: Where so many words make no sense whatever was lost, the text has another disease.
HOPELESS_SHARE: Final = 0.2
#: Rounds of looking for glyphs among the words not explained yet.
MOST_ROUNDS: Final = 4
#: Documents of more words than this are judged without the language model: there it finds a
#: little more of what is lost (0.2 points over random sets) and much more that is not, in dialect.
#: It is asked for what is nearly certain without it.
LONG: Final = 350

ALL_GLYPHS: Final = tuple(
    Glyph(letter, form)
    for letter in ALPHABET
    for form in FORMS
    if form == "isolated" or (letter != "ء" and (form == "final" or joins_next(letter)))
)
#: The common glyphs, as bits.
_COMMON_BITS: Final = {1 << ALL_GLYPHS.index(glyph): rate for glyph, rate in COMMONNESS.items()}
#: Forms that share the side on which the word goes on: a writer leaves a letter out, or its dots,
#: in both, a font loses one.
_TWIN: Final = {FINAL: ISOLATED, ISOLATED: FINAL, INITIAL: MEDIAL, MEDIAL: INITIAL}
#: Of the glyphs whose absence is a matter of style as a rule, the twins, as bits.
_TWINS: Final = {
    glyph: sum(
        1 << index
        for index, other in enumerate(ALL_GLYPHS)
        if other == Glyph(glyph.letter, _TWIN[glyph.form])
    )
    for glyph in COMMONNESS
    if glyph in LEFT_OUT or glyph.letter in LEFT_OUT_LETTERS
}


@dataclass(frozen=True, slots=True)
class LostSet:
    """A set of lost glyphs and how sure it is.

    Attributes:
        glyphs: The glyphs.
        score: What the document says for the set less what the set costs, natural log.
        erasure: Candidates under the set and whatever was considered beside it.
        mask: The set, in the erasure's bits.
        witness: What each word says.
        words: How many words said it.
    """

    glyphs: tuple[Glyph, ...]
    score: float
    erasure: Erasure
    mask: int
    witness: Witness
    words: int

    @property
    def confidence(self) -> float:
        """The probability that the set is lost."""
        return 1 / (1 + math.exp(-min(self.score, 50.0)))

    def rates(self) -> dict[int, float]:
        """Return for the bit of each glyph how often it comes among the letters of running text."""
        return {
            1 << index: COMMONNESS.get(glyph, RARENESS)
            for index, glyph in enumerate(self.erasure.glyphs)
            if glyph in self.glyphs
        }

    @property
    def channel(self) -> Channel:
        """The set as a channel."""
        lost = tuple(LostGlyph(glyph.letter, glyph.form, 1.0) for glyph in self.glyphs)
        return Channel(lost=lost, confidence=self.confidence)


class Inference:
    """The sieves, with the tables that they share from document to document.

    Args:
        resources: Lexicon and models.
        judge: Judges a set of glyphs by the language model.
    """

    def __init__(self, resources: Resources, judge: Judge) -> None:
        self.lexicon = resources.lexicon
        self.odds = WordOdds(resources.lexicon, resources.letters)
        self._single = SingleLoss(Erasure(self.lexicon.automaton, ALL_GLYPHS), self.odds)
        self._erasures: dict[tuple[Glyph, ...], Erasure] = {}
        self._rows: dict[tuple[Erasure, int], dict[str, WordRow]] = {}
        self.judge = judge

    def erasure(self, glyphs: tuple[Glyph, ...]) -> Erasure:
        """Return the candidates under a set of glyphs; kept, because sets recur."""
        known = self._erasures.get(glyphs)
        if known is None:
            if len(self._erasures) > 40:
                self._erasures.clear()
                self._rows.clear()
            known = self._erasures[glyphs] = Erasure(self.lexicon.automaton, glyphs)
        return known

    def evidence(self, document: Document, erasure: Erasure, most: int) -> Evidence:
        """Return the evidence of a document; what it says of single words is kept for others."""
        rows = self._rows.setdefault((erasure, most), {})
        return Evidence(document, erasure, self.odds, most, rows)

    def suspects(
        self, document: Document, types: Iterable[str], explained: Collection[str] = ()
    ) -> list[Glyph]:
        """Return the glyphs that the document, one by one, speaks for losing; best first.

        Args:
            document: What to explain.
            types: The words that nothing explains yet.
            explained: The others.
        """
        short = len(document) <= SHORT
        votes = self._single.votes(document, types, ALL_WORDS if short else RARE)
        enough = FEW_VOTES if short else ENOUGH_VOTES
        ranked = sorted(
            ((vote, bit) for bit, vote in votes.items() if vote >= enough),
            key=lambda item: (-item[0], item[1]),
        )
        most = MOST_VOTED if short or explained else MOST_GLYPHS
        found = self._told(document, [bit for _, bit in ranked[:most]], explained)
        if not short and (not found or found[0][0] < LEAST_FIRST):
            if explained:
                return []
            # Common glyphs get more votes whatever is lost; one that never occurs needs fewer.
            present = self._single.present(document)
            if present.bit_count() < LEAST_PRESENT:
                return []
            rest = [bit for bit, vote in votes.items() if vote >= FEW_VOTES and not bit & present]
            found = self._told(document, sorted(rest), explained)
            if not found or found[0][0] < LEAST_FIRST:
                return []
        return [glyph for _, glyph in found[:MOST_GLYPHS]]

    def _told(
        self, document: Document, bits: Sequence[int], explained: Collection[str]
    ) -> list[tuple[float, Glyph]]:
        """Return what the document says of single glyphs, where that is enough; best first."""
        totals = self._single.totals(document, bits, explained)
        return sorted(
            (
                (total, ALL_GLYPHS[bit.bit_length() - 1])
                for bit, total in totals.items()
                if total >= LEAST_GAIN
            ),
            key=lambda item: (-item[0], item[1]),
        )

    def absent(self, document: Document, explained: Collection[str] = ()) -> set[Glyph]:
        """Return the glyphs whose absence speaks for their loss.

        What writers leave out is told from what a font lost by the letter's other form; a short
        document may lack one of them by chance.
        """
        bits = self._single.absent(document, _COMMON_BITS, explained)
        found = {ALL_GLYPHS[bit.bit_length() - 1] for bit in bits}
        if not _TWINS.keys().isdisjoint(found):
            present = self._single.present(document) if len(document) > LONG else 0
            found -= {glyph for glyph, twin in _TWINS.items() if not twin & present}
        return found

    def _missing(self, document: Document) -> list[Glyph]:
        """Return the glyphs that speak for their loss by their absence alone."""
        present = self._single.present(document)
        # Most documents have all the common glyphs, and nothing needs to be counted.
        if present.bit_count() < LEAST_PRESENT or not sum(_COMMON_BITS) & ~present:
            return []
        return sorted(self.absent(document))

    def infer(self, document: Document, use_prior: bool) -> LostSet | None:
        """Return the lost set that explains the document best, None where nothing is lost.

        Args:
            document: What to explain.
            use_prior: Whether the rows of the prior may be used.
        """
        fresh = self.suspects(document, document.types)
        if not fresh and len(document) > LONG:
            # What is left of common words, such as those in final alef maksura, has no votes.
            fresh = self._missing(document)
        if not fresh:
            return None
        rows = [row.glyphs for row in ROWS if use_prior and any(g in fresh for g in row.glyphs)]
        found, best = self._explain(document, fresh, rows, judged=len(document) <= LONG)
        if not found or best < (LEAST_SCORE if len(document) <= LONG else _least_judged(found)):
            return None
        result = self.given(document, found, best)
        known = use_prior and any(
            set(found) <= set(row.glyphs) and self._fits(document, result, row) for row in ROWS
        )
        needed = self.needed(document, result, known)
        if best >= needed:
            return result
        if len(document) > LONG and needed <= MOST_NEEDED:
            explained = {word for word in document.types if result.witness[word] >= EXPLAINED}
            alone = len(found) == 1 and found[0] in self.absent(document, explained)
            more = ABSENT_ALONE if alone else IN_CONTEXT
            if self.judge(document, result.erasure, result.mask) >= needed + more:
                return result
        return None

    def _fits(self, document: Document, found: LostSet, row: Row) -> bool:
        """Return whether a brief document may have lost a whole row: it holds none of it."""
        if len(document) > BRIEF:
            return True
        lost = sum(1 << ALL_GLYPHS.index(glyph) for glyph in row.glyphs)
        holds, witness = self._single.erasure.survivors, found.witness
        return not any(holds(word) & lost and witness[word] < EXPLAINED for word in document.types)

    def _explain(
        self, document: Document, fresh: list[Glyph], rows: list[tuple[Glyph, ...]], *, judged: bool
    ) -> tuple[tuple[Glyph, ...], float]:
        """Return the best set and its score.

        Args:
            document: What to explain.
            fresh: Glyphs to begin with.
            rows: Sets that the prior knows.
            judged: Whether the language model is asked.
        """
        found: tuple[Glyph, ...] = ()
        best = 0.0
        absent = self.absent(document)
        for _ in range(MOST_ROUNDS):
            glyphs = dict.fromkeys([*found, *fresh, *(glyph for row in rows for glyph in row)])
            erasure = self.erasure(tuple(sorted(glyphs)))
            judge = self.judge if judged else None
            search = Search(document, erasure, self.evidence, judge, rows=rows, absent=absent)
            grown, value = search.grow(found)
            for row in rows:
                other = search.grow(row)
                if other[1] > value:
                    grown, value = other
            if not grown or (found and value <= best):
                if found and not judged:
                    found, best = search.second_look(found, best, self.judge)
                break
            found, best = grown, value
            # Words that the set explains hide, by their number, what else is lost.
            explained = {word for word in document.types if search.gain(word, found) >= EXPLAINED}
            rest = [word for word in document.types if word not in explained]
            absent |= self.absent(document, explained)
            fresh = [*self.suspects(document, rest, explained), *sorted(absent)]
            fresh = [glyph for glyph in dict.fromkeys(fresh) if glyph not in found]
            if not fresh or best < LEAST_SCORE:
                break
        return found, best

    def needed(self, document: Document, found: LostSet, known: bool) -> float:
        """Return the score that a lost set needs.

        Words that stay unknown whatever is lost are the mark of dialect, of another register or
        of careless spelling, and those explain odd words better than any loss.

        Args:
            document: What was explained.
            found: The set.
            known: Whether the prior knows the set or one that holds it.
        """
        size = len(document)
        base = next(values for limit, *values in THRESHOLDS if size <= limit)
        left = sum(
            document.types[word] for word in document.unknown if found.witness[word] < EXPLAINED
        )
        share = (left + USUAL_UNKNOWN * STEADY) / (size + STEADY)
        if left > HOPELESS_SHARE * (size + STEADY) or is_torn(
            document.stretches, found.witness, self.lexicon
        ):
            return math.inf
        excess = max(0.0, share / USUAL_UNKNOWN - 1)
        # More words hit than the glyphs are common is a sign that something else is at work.
        hit = sum(1 for word, value in found.witness.items() if value > EXPLAINED)
        letters = sum(map(len, document.types))
        rate = sum(COMMONNESS.get(glyph, RARENESS) for glyph in found.glyphs)
        expected = max(0.5, letters * rate)
        surprise = hit * math.log(hit / expected) - hit + expected if hit > expected else 0.0
        if not known and size < LEAST_WORDS:
            return math.inf
        return base[known] + surprise + excess * (STRANGE_KNOWN if known else STRANGE)

    def given(self, document: Document, glyphs: tuple[Glyph, ...], score: float) -> LostSet:
        """Return what the document says of a set that is known to be lost."""
        erasure = self.erasure(glyphs)
        mask = (1 << len(glyphs)) - 1
        evidence = self.evidence(document, erasure, MOST_LOST)
        evidence.prepare()
        witness = evidence.stretch_odds(mask)
        return LostSet(glyphs, score, erasure, mask, witness, len(document))


def _least_judged(glyphs: Iterable[Glyph]) -> float:
    """Return the score from which the language model is asked about a set."""
    return LEAST_JUDGED - sum(map(style_cost, glyphs))
