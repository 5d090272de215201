"""Which ligatures a document shows reversed, decided for the document as a whole."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import Final

from arfix.ligatures.units import (
    ALEFS,
    HOLY,
    LAM,
    LAM_ALEF,
    LIGATURES,
    REVERSED,
    Unit,
    spans,
    turned,
    unit_at,
)

#: Lam-alef as one family of units, alone and joined to the letter before.
LAM_ALEF_UNITS: Final = frozenset(
    Unit(LAM + ALEFS[0], before, after=False) for before in (False, True)
)
#: No word holds these: lam-alef behind the article, with the alef before the lam.
IMPOSSIBLE: Final = re.compile("ا[اأإآ]ل")
#: في, لم, على, إلى and the article before meem, as a font with ligatures for them shows them.
SIGNS: Final = re.compile("\\b(?:[وف]?(?:يف|مل)\\b|[وفب]?امل)|ىل\\b")
LEAST_SIGNS: Final = 3
#: Words for every lam-alef beyond which they are too few.
RARE: Final = 100
#: A word counts as repaired if it becomes so much likelier (natural log), and likely enough.
GAIN: Final = 4.0
LIKELY: Final = -16.5
#: A word as likely as this is none that a swap has to explain.
COMMON: Final = -12.0
#: What an unknown word counts as.
UNKNOWN: Final = -19.0
#: Distinct words that a ligature must repair, where nothing else is known of the font.
LEAST_WORDS: Final = 2
#: The same where lam-alef is not among what is reversed, in all.
LEAST_WITHOUT: Final = 5
LEAST_KINDS: Final = 2
#: Distinct words that no writer wrote, where most lam-alefs are in their right order.
LEAST_IMPOSSIBLE: Final = 3
#: Ligatures in their right order for every reversed one: most fonts have none.
MOST_RIGHT: Final = 0.15
#: So many active ligatures show that the font draws them; a further one needs one word.
PROVEN: Final = 3
ROUNDS: Final = 3
#: What a unit that is not known to be active costs a reading (natural log).
NEW: Final = 2.0
_MOST_SPANS: Final = 7

Strength = Callable[[str], float]


@dataclass(frozen=True, slots=True)
class Active:
    """The ligatures that come out reversed.

    Attributes:
        rates: For each unit the share of its occurrences that is reversed.
        words: How many distinct words show it.
        seen: How many words of the document were repaired by them.
    """

    rates: Mapping[Unit, float]
    words: int
    seen: int


def variants(
    word: str, active: Mapping[Unit, float], most: int = 4
) -> Iterator[tuple[tuple[int, int], ...]]:
    """Yield every way of turning round some active ligatures of a word, at least one."""
    places = []
    for start, end in spans(word, REVERSED):
        if unit_at(turned(word, ((start, end),)), start, end) in active:
            places.append((start, end))
    for number in range(1, min(most, len(places)) + 1):
        for chosen in combinations(places[:_MOST_SPANS], number):
            if all(left[1] <= right[0] for left, right in pairwise(chosen)):
                yield chosen


def is_suspect(pages: Sequence[str]) -> bool:
    """Return whether a document may show ligatures reversed: a quick look at its commonest words.

    Healthy text has a lam-alef in every fortieth word, and never an alef before one.
    """
    right = words = 0
    for page in pages:
        if IMPOSSIBLE.search(page) or len(SIGNS.findall(page)) >= LEAST_SIGNS:
            return True
        right += sum(map(page.count, LAM_ALEF))
        words += page.count(" ") + page.count("\n")
    return right * RARE < words


def learn(counts: Mapping[str, int], strength: Strength) -> Active | None:
    """Return the ligatures that the words of a document show reversed, None for none.

    Args:
        counts: The distinct words and how often each occurs.
        strength: Natural log of how likely a word is, ``UNKNOWN`` where it is not known.
    """
    active: dict[Unit, float] = {}
    repaired: dict[str, str] = {}
    votes: dict[Unit, set[str]] = {}
    for _ in range(ROUNDS):
        votes = _votes(counts, strength, active, repaired)
        fresh = _accepted(votes, counts, repaired, active)
        if not fresh:
            break
        active.update(fresh)
    # A tool that turns one ligature turns them all, and every font has lam-alef.
    alone = LAM_ALEF_UNITS.isdisjoint(active)
    kinds = len({unit.letters for unit in active})
    if not active or (alone and (len(repaired) < LEAST_WITHOUT or kinds < LEAST_KINDS)):
        return None
    words = [word for word in repaired if counts[word]]
    return Active(active, len(words), sum(counts[word] for word in words))


def _votes(
    counts: Mapping[str, int],
    strength: Strength,
    active: Mapping[Unit, float],
    repaired: dict[str, str],
) -> dict[Unit, set[str]]:
    """Return for each unit the words that turning it round repairs."""
    votes: dict[Unit, set[str]] = defaultdict(set)
    for word in counts:
        now = strength(word)
        if now > COMMON:
            continue
        places = list(spans(word, REVERSED))[:_MOST_SPANS]
        if not places:
            continue
        if IMPOSSIBLE.search(word):
            now = UNKNOWN
        best: tuple[float, tuple[tuple[int, int], ...]] | None = None
        for number in (1, 2, 3):
            for chosen in combinations(places, number):
                if any(a[1] > b[0] for a, b in pairwise(chosen)):
                    continue
                text = turned(word, chosen)
                unknown = sum(unit_at(text, *span) not in active for span in chosen)
                # Beyond one unit that is new, chance makes words.
                if unknown > 1 and (number > 2 or not LAM_ALEF.isdisjoint(_letters(text, chosen))):
                    continue
                value = strength(text)
                score = value - NEW * unknown - number
                if value > LIKELY and value > now + GAIN and (best is None or score > best[0]):
                    best = score, chosen
        if best is not None:
            text = turned(word, best[1])
            repaired[word] = text
            for span in best[1]:
                votes[unit_at(text, *span)].add(word)
    return votes


def _letters(text: str, chosen: tuple[tuple[int, int], ...]) -> set[str]:
    return {text[start:end] for start, end in chosen}


def _accepted(
    votes: Mapping[Unit, set[str]],
    counts: Mapping[str, int],
    repaired: Mapping[str, str],
    active: Mapping[Unit, float],
) -> dict[Unit, float]:
    """Return the units that are reversed wherever they occur."""
    least = 1 if len(active) >= PROVEN else LEAST_WORDS
    # The forms of a ligature are glyphs of their own, but a font that has one has most.
    kin: dict[str, set[str]] = defaultdict(set)
    for unit, words in votes.items():
        kin[unit.letters] |= words
    likely = {
        unit: words
        for unit, words in votes.items()
        if unit not in active
        and (len(kin[unit.letters]) >= least or (active and unit.letters in HOLY))
    }
    first = LAM_ALEF_UNITS & likely.keys()
    if first:  # in every font, so it goes before the others
        likely = {unit: likely[unit] for unit in first}
    if not likely:
        return {}
    right: dict[Unit, int] = defaultdict(int)
    for word, count in counts.items():
        if word in repaired:
            continue
        for start, end in spans(word, LIGATURES):
            unit = unit_at(word, start, end)
            if unit in likely:
                right[unit] += count
    found = {}
    for unit, words in likely.items():
        swapped = sum(counts[word] for word in words)
        share = swapped / (swapped + right[unit])
        if unit in LAM_ALEF_UNITS and share < 0.5:
            # Most are right, perhaps by an earlier repair; what cannot be a word is not.
            if sum(IMPOSSIBLE.search(word) is not None for word in words) >= LEAST_IMPOSSIBLE:
                found[unit] = max(share, 0.02)
        elif unit in LAM_ALEF_UNITS or right[unit] <= MOST_RIGHT * swapped:
            found[unit] = min(share, 0.98)
    return found
