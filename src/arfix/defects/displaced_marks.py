"""AR502 displaced-marks: vowel marks beside the letter that they belong to."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from arfix.edits import Edit
from arfix.stages import Finding
from arfix.view import LETTER_CLASS
from arfix.vowels import dense, madda
from arfix.vowels.clusters import (
    BROKEN,
    FIRST,
    INSIDE,
    JOINED,
    LAST,
    LONELY,
    MARK,
    MOST,
    QURANIC,
    Chain,
    Cluster,
    chains_of,
)
from arfix.vowels.moves import BEHIND_STOP, edits_between, ready
from arfix.vowels.places import COMPOSED, SEATS

if TYPE_CHECKING:
    from arfix.stages import Context

#: What healthy spelling hardly shows: a mark at the start of a word, nunation inside one, a vowel
#: on an alef, two vowels on one letter, a hamza apart from its alef.
#: What marks are set on where a text is about them: a dotted circle.
_SHOWN_ALONE: Final = "\u25cc"
_SYMPTOM: Final = re.compile(
    f"(?<![{LETTER_CLASS}{MARK}])[{MARK}]"
    "|[\u064b-\u064d][\u0621-\u0626\u0628-\u063a\u0641-\u0648\u064a]"
    "|\u064b[\u0627\u0649][\u0621-\u064a]"
    "|[\u0621-\u064a]\u0627[\u064e-\u0652]"
    "|[\u064e-\u0650][\u064e-\u0650]"
    "|[\u0627\u0648\u064a\u0649][\u0653-\u0655]"
    f"|[^{SEATS}{MARK}][\u0654\u0655]"
)
_MARKED: Final = re.compile(f"[{MARK}]")
#: Marks to a character below which marks are for doubtful words only.
_SPARING: Final = 0.15
#: A font may draw some seats with their hamza and others not: each is asked about by itself.
_SEATED: Final = tuple(
    (
        re.compile("|".join(apart for apart in COMPOSED if apart[0] in seats)),
        re.compile(f"[{''.join(whole for apart, whole in COMPOSED.items() if apart[0] in seats)}]"),
        seats,
    )
    for seats in ("\u0627", "\u0648", "\u064a\u0649")
)
#: Where healthy marks stand.
_IN_PLACE: Final = (INSIDE, LAST)
#: Characters that marks may have drifted.
_LATEST: Final = 3
_ROUNDS: Final = 8
#: Quranic signs in a text that is no copy of the Quran are at most a few.
_MOST_QURANIC: Final = 2
#: The document's habit counts at most so much against a word.
_MOST_PRIOR: Final = 4.0
#: Evidence, in natural logs, that marks stand before their letter.
_LEAST_EVIDENCE: Final = 5.0
#: Evidence for it over evidence against it.
_LEAST_RATIO: Final = 3.0
_MIXED: Final = 0.5
#: Distinct words with a mark one letter off, of all marks, and how many there must be where nothing
#: else is damaged: a writer whose marks all stand right but two has slipped.
_SLIPPED: Final = 0.025
_LEAST_SLIPPED: Final = 3
#: Marks that cannot be right, of all, where marks stand too late.
_LEAST_SHARE: Final = 0.3
#: The odds in a document of which only some words are hit.
_UNSURE: Final = -3.0
#: Log odds at which the shift is that of a tool and holds for every mark.
_UNIFORM: Final = 2.0
_LEAST: Final = 2
#: Hamzas in one piece, for each in two, at which both are the writer's.
_MOST_COMPOSED: Final = 0.1
#: What a finding says of a text in which each letter has its mark.
_DENSE: Final = "dense"
#: Share of edits that are right where the document has the defect, by real extractor output.
_RIGHT: Final = 0.92


@dataclass(frozen=True, slots=True)
class _Habits:
    """What became of the marks.

    Attributes:
        odds: Log odds by kind of place that a mark belongs to the letter behind it.
        hamza: The letters from which a hamza stands apart.
        slips: Whether marks of well-known words stand one letter from where they belong.
        late: How many characters behind their place marks stand.
    """

    odds: dict[str, float]
    hamza: str
    late: int
    slips: bool


class DisplacedMarks:
    """Bring vowel marks back to their letters.

    What it does:
        Moves marks that stand before their letter behind it, closes the space that came with them,
        brings back marks that a space cut off, and joins a hamza with its alef. Where each letter
        has its mark, those without one and those with two tell which moved. A replacement
        character that stands beside alefs only is their madda.

    Why:
        A mark is drawn as a glyph of its own, above or below a letter. Tools sort glyphs by
        where they start, turn lines round letter by letter, and see a gap where a mark has no
        width.

    Example:
        ``ُمستِقَّلة`` becomes ``مُستقِلَّة``

    When it stays silent:
        The marks of the document stand where spelling allows them; copies of the Quran.
    """

    code = "AR502"
    name = "displaced-marks"

    def detect(self, pages: Sequence[str], context: Context) -> Finding | None:
        """Return how many marks are displaced, or None if the document shows no habit of it."""
        if any(_SHOWN_ALONE in page for page in pages):  # a text about the marks
            return None
        lost = madda.count_lost(pages) if any(madda.LOST in page for page in pages) else 0
        if lost:
            return Finding(
                code=self.code,
                name=self.name,
                count=lost,
                rate=1.0,
                evidence=f"{lost} replacement characters all stand beside an alef",
                confidence=1.0 - 0.5 ** (lost + 1),
                detail=None,
            )
        if not any(_MARKED.search(page) for page in pages):  # nor is any symptom without one
            return None
        sparing = _is_sparing(pages)
        if not sparing and not any(_SYMPTOM.search(page) for page in pages):
            return None
        if sum(len(QURANIC.findall(page)) for page in pages) > _MOST_QURANIC:
            return None
        late = 0
        chains, clusters, odds, worth = _reading(pages, context, late)
        if _out_of_place(clusters):
            for characters in range(1, _LATEST + 1):
                later = _reading(pages, context, characters)
                if later[3] > worth + _LEAST_EVIDENCE and not _excluded(later[1]):
                    late = characters
                    chains, clusters, odds, worth = later
        if not late and odds[INSIDE] <= 0.0 and dense.is_shifted(pages):
            count = sum(1 for page in pages for _ in dense.shifted(page))
            return Finding(
                code=self.code,
                name=self.name,
                count=count,
                rate=1.0,
                evidence=f"{count} vocalised words have a mark one letter beside its own",
                confidence=1.0 - 0.5 ** (count + 1),
                detail=_DENSE,
            )
        moved = sum(_moves(cluster, odds) for cluster in clusters)
        if late:
            moved = len(clusters)
        else:
            moved += sum(len(BEHIND_STOP.findall(page)) for page in pages)
        least = _LEAST if context.repaired else _LEAST_SLIPPED
        slipped = 0 if late or odds[INSIDE] > 0.0 else _slips(chains, least)
        moved += slipped
        hamza, apart = _seats_without(pages)
        count = moved + apart
        if not count or not (hamza or moved >= _LEAST):
            return None
        return Finding(
            code=self.code,
            name=self.name,
            count=count,
            rate=min(1.0, count / max(1, len(clusters))),
            evidence=f"{count} of {len(clusters)} vowel marks stand beside their letter",
            confidence=1.0 - 0.5 ** (count + 1),
            detail=_Habits(odds, hamza, late, slipped > 0),
        )

    def repair(self, page: str, finding: Finding, context: Context) -> list[Edit]:
        """Return an edit for each word whose marks move."""
        if finding.detail == _DENSE:
            return [
                Edit(self.code, start, start + len(word), word, after, _RIGHT)
                for start, word, after in dense.shifted(page)
            ]
        habits: _Habits | None = finding.detail
        if habits is None:
            return [
                Edit(self.code, start, end, page[start:end], madda.WHOLE, finding.confidence)
                for start, end in madda.places(page)
            ]
        text = ready(page, late=habits.late, early=habits.odds[INSIDE] > 0.0)
        parts = []
        position = 0
        for chain in chains_of(text, context.resources):
            parts += [text[position : chain.start], _placed(chain, habits)]
            position = chain.start + len(chain.text)
        after = "".join([*parts, text[position:]])
        return list(edits_between(self.code, page, after, _RIGHT * finding.confidence))


def _seats_without(pages: Sequence[str]) -> tuple[str, int]:
    """Return the letters from which their hamza stands apart, and how often."""
    letters, total = "", 0
    for apart, whole, seats in _SEATED:
        count = sum(len(apart.findall(page)) for page in pages)
        joined = sum(len(whole.findall(page)) for page in pages)
        if count and joined <= _MOST_COMPOSED * count:
            letters += seats
            total += count
    return (letters, total) if total >= _LEAST else ("", 0)


def _is_sparing(pages: Sequence[str]) -> bool:
    """Return whether the document has marks, but only where a reader could go wrong."""
    marks = sum(len(_MARKED.findall(page)) for page in pages)
    return 0 < marks < _SPARING * sum(map(len, pages))


def _reading(
    pages: Sequence[str], context: Context, late: int
) -> tuple[list[Chain], list[Cluster], dict[str, float], float]:
    """Return the words with marks, their marks, the habits that these show, and their worth."""
    read = [ready(page, late=late) for page in pages]
    chains = [chain for page in read for chain in chains_of(page, context.resources)]
    clusters = [cluster for chain in chains for cluster in chain.clusters]
    odds = _odds(clusters)
    return chains, clusters, odds, _worth(clusters, odds)


def _odds(clusters: Sequence[Cluster]) -> dict[str, float]:
    """Return for each kind of place the log odds that a mark there belongs to what follows."""
    odds = {FIRST: _MOST_PRIOR, LONELY: -_MOST_PRIOR, LAST: -_MOST_PRIOR}
    for kind in (INSIDE, JOINED, BROKEN):
        gains = [cluster.gain for cluster in clusters if cluster.kind == kind]
        share = 0.5
        for _ in range(_ROUNDS):
            prior = math.log(share / (1.0 - share))
            behind = sum(1.0 / (1.0 + math.exp(-gain - prior)) for gain in gains)
            share = (behind + 0.5) / (len(gains) + 1.0)
        prior = math.log(share / (1.0 - share))
        if kind == INSIDE:
            prior = _inside(gains, prior)
        odds[kind] = max(-2.0 * _MOST_PRIOR, min(2.0 * _MOST_PRIOR, prior))
    inside = sum(cluster.gain for cluster in clusters if cluster.kind == INSIDE)
    joined = sum(cluster.kind == JOINED for cluster in clusters)
    if joined > _LEAST and odds[JOINED] > 0.0 and inside >= 0.0:
        # A space between a letter and the mark behind it says whose mark it is.
        odds[INSIDE] = 2.0 * _MOST_PRIOR
    if odds[INSIDE] >= 2.0 * _MOST_PRIOR:
        odds[JOINED] = odds[BROKEN] = odds[INSIDE]
    return odds


def _inside(gains: Sequence[float], prior: float) -> float:
    """Return the log odds for marks between two letters, where healthy marks stand, too."""
    behind = sum(gain for gain in gains if gain > 0.0)
    before = -sum(gain for gain in gains if gain < 0.0)
    if behind >= _LEAST_EVIDENCE and behind >= _LEAST_RATIO * before:
        return prior if prior < _UNIFORM else 2.0 * _MOST_PRIOR
    proven = sum(gain >= MOST for gain in gains)
    return _UNSURE if proven >= _LEAST and behind > before * _MIXED else -2.0 * _MOST_PRIOR


def _out_of_place(clusters: Sequence[Cluster]) -> bool:
    """Return whether marks stand where spelling excludes them, and not by a slip."""
    wrong = sum(cluster.ahead <= -MOST or cluster.kind not in _IN_PLACE for cluster in clusters)
    return wrong >= _LEAST and wrong >= _LEAST_SHARE * len(clusters)


def _excluded(clusters: Sequence[Cluster]) -> bool:
    """Return whether spelling excludes many places of marks even as they are read."""
    wrong = sum(cluster.kind == INSIDE and cluster.ahead <= -MOST for cluster in clusters)
    return wrong > _LEAST_SHARE * len(clusters)


def _slips(chains: Sequence[Chain], least: int) -> int:
    """Return how many marks of well-known words stand one letter off, 0 for a writer's slips.

    Args:
        chains: The words with marks.
        least: Distinct words that must show it.
    """
    slipped = [chain.text for chain in chains for cluster in chain.clusters if cluster.slip >= 0]
    total = sum(len(chain.clusters) for chain in chains)
    distinct = len(set(slipped))
    return len(slipped) if distinct >= max(least, _SLIPPED * total) else 0


def _worth(clusters: Sequence[Cluster], odds: dict[str, float]) -> float:
    """Return how well the marks sit on the letters that they are given to."""
    worth = 0.0
    for cluster in clusters:
        goes_on = _goes_on(cluster, odds)
        found = cluster.behind if goes_on else cluster.ahead
        worth += max(found, -MOST) - (0.5 if _moves(cluster, odds) else 0.0)
    return worth


def _goes_on(cluster: Cluster, odds: dict[str, float]) -> bool:
    """Return whether marks belong to the letter behind them."""
    return not cluster.stays and cluster.after >= 0 and cluster.gain + odds[cluster.kind] > 0.0


def _moves(cluster: Cluster, odds: dict[str, float]) -> bool:
    return cluster.kind not in _IN_PLACE or _goes_on(cluster, odds)


def _placed(chain: Chain, habits: _Habits) -> str:
    """Return a chain with every mark behind its letter."""
    carried = [""] * len(chain.letters)
    lost = ""
    for cluster in chain.clusters:
        place = cluster.after if _goes_on(cluster, habits.odds) else cluster.before
        if habits.slips and cluster.slip >= 0 and place == cluster.before:
            place = cluster.slip
        if place < 0:
            lost += cluster.text
        else:
            carried[place] += cluster.text
    parts = [lost]
    for index, (letter, marks) in enumerate(zip(chain.letters, carried, strict=True)):
        if index in chain.breaks:
            parts.append(" ")
        if letter in habits.hamza and marks and letter + marks[0] in COMPOSED:
            letter, marks = COMPOSED[letter + marks[0]], marks[1:]
        parts.append(letter + marks)
    return "".join(parts)
