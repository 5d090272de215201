"""AR305 lost-lam-alef: words whose lam-alef is gone, or has only its lam left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from arfix.arcs import SPECIAL_ARCS, WordArcs
from arfix.decoder import NEEDED, decode_paragraphs, preferred
from arfix.edits import Alternative, Edit
from arfix.language import OTHER_LETTER
from arfix.ligatures import pairs
from arfix.ligatures.lost import (
    COMMONEST,
    ELSEWHERE,
    NOTHING_LEFT,
    REMAINS,
    USUAL,
    Lost,
    Reading,
    by_chance,
    explained,
    readings,
    seen,
    turned_round,
)
from arfix.ligatures.units import ALEFS, LAM, LAM_ALEF
from arfix.stages import Finding
from arfix.view import STRIP_MARKS, WORD, bare, tokens

if TYPE_CHECKING:
    from arfix.lattice import Arc
    from arfix.resources import Resources
    from arfix.stages import Context

#: Lam-alefs a word: no healthy text of any length has fewer.
_LEAST_RATE: Final = 0.035
#: How many of the lost ones must be missed, where none is seen.
_LEAST_MISSED: Final = 3.0
#: Slips of the pen and of the damage make one of many.
_STRAY: Final = 0.15
#: Share of the commonest other ligature of lam above which a glance tells that it is there; lam
#: and meem stand side by side without it, too. How many must be missed.
_LEFT_PAIRS: Final = 0.15
_LEFT_OTHERWISE: Final = 0.006
_LEAST_PAIRS: Final = 2.5
#: Share of the lams before other letters that must be left: else the lam itself was lost.
_LAM_LEFT: Final = 0.33
#: And from how many on one word less will do, if most unknown ones are explained.
_SURELY_MISSED: Final = 5.0
#: Distinct unknown words that the loss makes known ones, their share, and by how much more often
#: than other losses do.
_LEAST_EXPLAINED: Final = 3
_LEAST_SHARE: Final = 0.1
_OVER_CHANCE: Final = 2.0
_SHORTEST: Final = 3
_MOST_ASKED: Final = 400
_FOREIGN_SHARE: Final = 0.04
_MOST_ARCS: Final = 10


class LostLamAlef:
    """Put lam-alef back where the document has none, or the lam of it alone.

    What it does:
        Misses the ligature in a document that ought to have many, learns from the unknown words
        whether it left its lam or nothing, and decides every word by the lexicon and the language
        model. The same for lam and meem as one glyph, which left nothing.

    Why:
        Lam-alef is one glyph for two letters. A font's map that has no entry for it loses both;
        an extractor that takes one letter for a glyph keeps the lam.

    Example:
        ``الستقلل والعلم`` becomes ``الاستقلال والإعلام``.

    When it stays silent:
        The document has lam-alefs of the kind that would be lost; it is so short that none need
        be there; fewer than three of its unknown words become words by it, or other letters put
        in their places would do as well.
    """

    code = "AR305"
    name = "lost-lam-alef"

    def detect(self, pages: Sequence[str], context: Context) -> Finding | None:
        """Return which lam-alefs the document lost, None for none."""
        found = None if _has_enough(pages) else self._without_lam_alef(pages, context.resources)
        return found or self._without_pairs(pages, context.resources)

    def _without_lam_alef(self, pages: Sequence[str], resources: Resources) -> Finding | None:
        counts = _counted(pages)
        total = counts.total()
        lost, missed = _missed(counts, total)
        if missed < _LEAST_MISSED or _is_foreign(counts, total):
            return None
        lexicon = resources.lexicon
        unknown = [word for word in counts if len(word) >= _SHORTEST and word not in lexicon]
        unknown = unknown[:: 1 + len(unknown) // _MOST_ASKED]
        turned = 1 + sum(turned_round(word, lexicon) for word in unknown)
        best: tuple[int, str] = (0, "")
        for remains in REMAINS:
            words = [word for word in unknown if explained(word, lost, remains, lexicon)]
            chance = sum(by_chance(word, remains, lexicon) for word in unknown)
            few = missed >= _SURELY_MISSED and 2 * len(words) >= len(unknown)
            least = max(_LEAST_EXPLAINED - few, _LEAST_SHARE * len(unknown), turned)
            if len(words) >= least and len(words) > _OVER_CHANCE * chance:
                best = max(best, (len(words), remains))
        count, remains = best
        if not count:
            return None
        return Finding(
            code=self.code,
            name=self.name,
            count=count,
            rate=count / max(1, len(unknown)),
            evidence=(
                f"no lam-alef where about {missed:.0f} are usual;"
                f" {count} of {len(unknown)} unknown words become words with one"
            ),
            confidence=0.98,
            detail=_Detail(lost, remains, _alef_first(pages)),
        )

    def _without_pairs(self, pages: Sequence[str], resources: Resources) -> Finding | None:
        """Return which other ligatures of lam the document lost, None for none."""
        size = sum(map(len, pages))
        least = _LEFT_PAIRS * pairs.USUAL[pairs.COMMONEST] / 1000 * size / 6
        if sum(page.count(pairs.COMMONEST) for page in pages) > least + _LEFT_OTHERWISE * size:
            return None
        counts = _counted(pages)
        total = counts.total()
        seen_pairs = pairs.counted(counts)
        lost = frozenset(
            pair
            for pair, usual in pairs.USUAL.items()
            if seen_pairs[pair] <= _STRAY * usual * total / 1000
            and usual * total / 1000 >= _LEAST_PAIRS
        )
        if pairs.otherwise(counts) < _LAM_LEFT * pairs.USUAL_OTHERWISE * total / 1000:
            return None
        missed = sum(pairs.USUAL[pair] for pair in lost) * total / 1000
        if pairs.COMMONEST not in lost or missed < _LEAST_PAIRS or _is_foreign(counts, total):
            return None
        lexicon = resources.lexicon
        unknown = [word for word in counts if len(word) >= _SHORTEST and word not in lexicon]
        unknown = unknown[:: 1 + len(unknown) // _MOST_ASKED]
        words = sum(pairs.explained(word, lost, lexicon) for word in unknown)
        chance = sum(pairs.by_chance(word, lexicon) for word in unknown)
        if words < max(_LEAST_EXPLAINED, _LEAST_SHARE * len(unknown), _OVER_CHANCE * chance):
            return None
        return Finding(
            code=self.code,
            name=self.name,
            count=words,
            rate=words / max(1, len(unknown)),
            evidence=(
                f"none of the ligatures {' '.join(sorted(lost))} where about {missed:.0f} are"
                f" usual; {words} of {len(unknown)} unknown words become words with one"
            ),
            confidence=0.98,
            detail=_Detail(frozenset(), NOTHING_LEFT, pairs=lost),
        )

    def repair(self, page: str, finding: Finding, context: Context) -> list[Edit]:
        """Return the edits of one page, one for each ligature."""
        detail: _Detail = finding.detail
        found = [token for token in tokens(page) if token.kind != "word" or token.bare]
        lattice: list[tuple[Arc, ...]] = []
        choices: list[tuple[Reading, ...]] = []
        for token in found:
            if token.kind == "word":
                arcs, texts = detail.of(token.bare, context.resources)
            else:
                arcs, texts = SPECIAL_ARCS[token.kind], (_AS_IT_IS,)
            lattice.append(arcs)
            choices.append(texts)
        rows = decode_paragraphs(lattice, context.resources.language_model.ngrams)
        needed = NEEDED[context.config.level]
        edits: list[Edit] = []
        for token, row, texts in zip(found, rows, choices, strict=True):
            best = preferred(row, needed)
            if not best:
                continue
            confidence = min(row[best], 0.9999) * finding.confidence
            alternatives = (Alternative("", row[0]),) if row[0] > 0.01 else ()
            for at, put in texts[best].places:
                start = token.start + _raw_index(token.text, at)
                if detail.alef_first and page[start - 1 : start] == _FATHATAN:
                    start -= 1
                edits.append(Edit(self.code, start, start, "", put, confidence, alternatives))
        return edits


_FATHATAN: Final = "\u064b"
_AS_IT_IS: Final = Reading("", ())


@dataclass(slots=True)
class _Detail:
    """What a document lost, and the readings of its words.

    Attributes:
        lost: The lost ligatures.
        remains: What is left of them.
        alef_first: Whether the document writes fathatan behind its alef.
        pairs: The lost ligatures of lam and another letter, where no lam-alef is lost.
    """

    lost: Lost
    remains: str
    alef_first: bool = False
    pairs: frozenset[str] = frozenset()
    _known: dict[str, tuple[tuple[Arc, ...], tuple[Reading, ...]]] = field(
        default_factory=dict, repr=False
    )

    def __getstate__(self) -> tuple[Lost, str, bool, frozenset[str]]:
        return self.lost, self.remains, self.alef_first, self.pairs

    def __setstate__(self, state: tuple[Lost, str, bool, frozenset[str]]) -> None:
        self.lost, self.remains, self.alef_first, self.pairs = state
        self._known = {}

    def of(self, word: str, resources: Resources) -> tuple[tuple[Arc, ...], tuple[Reading, ...]]:
        """Return the arcs of a word, the first for the word as it stands, and their readings."""
        known = self._known.get(word)
        if known is None:
            plain = resources.once(WordArcs).plain
            lexicon = resources.lexicon
            ranked = sorted(
                (
                    (-lexicon.prior(number), reading)
                    for reading in self._readings(word)
                    if (number := lexicon.id_of(reading.text)) >= 0
                ),
            )[:_MOST_ARCS]
            taken = (_AS_IT_IS, *(reading for _, reading in ranked))
            arcs = (*plain(word), *(arc for it in taken[1:] for arc in plain(it.text)))
            known = self._known[word] = arcs, taken
        return known

    def _readings(self, word: str) -> list[Reading]:
        if self.pairs:
            return pairs.readings(word, self.pairs)
        return readings(word, self.lost, self.remains)


def _counted(pages: Sequence[str]) -> Counter[str]:
    """Return the words, bare, and how often each occurs."""
    counts: Counter[str] = Counter()
    for page in pages:
        counts.update(bare(word) for word in WORD.findall(page))
    counts.pop("", None)
    return counts


def _has_enough(pages: Sequence[str]) -> bool:
    """Return whether lam-alef is as common as in any text; a look without reading words."""
    size = sum(map(len, pages))
    least = _LEAST_RATE * size / 6  # a word and its space
    return sum(page.count(unit) for page in pages for unit in LAM_ALEF) > least


def _missed(counts: Mapping[str, int], total: int) -> tuple[Lost, float]:
    """Return the lam-alefs that the document hardly ever shows, and how many of them it should.

    None are missed where the commonest are there: fonts lose all of them or none.
    """
    found: Counter[tuple[str, bool]] = Counter()
    for word, count in counts.items():
        if LAM in word:
            for unit in seen(word):
                found[unit] += count
    lost = frozenset(
        unit for unit, usual in USUAL.items() if found[unit] <= _STRAY * usual * total / 1000
    )
    if not lost.issuperset(COMMONEST):
        return lost, 0.0
    missed = 0.0
    for alef in ALEFS:
        elsewhere = sum(count for word, count in counts.items() if alef in word)
        usual = sum(USUAL[unit] for unit in lost if unit[0] == alef) * total / 1000
        # Who writes no hamza writes none on lam-alef either.
        missed += min(usual, elsewhere / ELSEWHERE[alef])
    return lost, missed


def _is_foreign(counts: Mapping[str, int], total: int) -> bool:
    foreign = sum(count for word, count in counts.items() if OTHER_LETTER.search(word))
    return foreign > _FOREIGN_SHARE * total


def _alef_first(pages: Sequence[str]) -> bool:
    behind = sum(page.count("\u0627" + _FATHATAN) for page in pages)
    return behind >= sum(page.count(_FATHATAN + "\u0627") for page in pages)


def _raw_index(text: str, at: int) -> int:
    """Return where in a word the letter of a number stands; the end for the one after the last."""
    places = [index for index, char in enumerate(text) if ord(char) not in STRIP_MARKS]
    return places[at] if at < len(places) else len(text)
