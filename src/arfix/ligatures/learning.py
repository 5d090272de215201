"""Which ligatures a document shows reversed, decided for the document as a whole."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
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
#: An unknown word that becomes as likely as this is proof by itself, once lam-alef is reversed.
STRONG: Final = -13.5
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
#: Active ligatures with the same last letter, beyond which the font has it with every letter.
FAMILY: Final = 3
#: How much of what was not seen itself is reversed, where its kin are.
KIN_RATE: Final = 0.85
#: By how much a word gains (natural log) where its own spelling is a word too.
LIKELIER: Final = 1.0
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
    letters = {unit.letters for unit in active}
    places = []
    for start, end in spans(word, REVERSED):
        if unit_at(turned(word, ((start, end),)), start, end).letters in letters:
            places.append((start, end))
    for number in range(1, min(most, len(places)) + 1):
        for chosen in combinations(places[:_MOST_SPANS], number):
            if any(left[1] > right[0] for left, right in pairwise(chosen)):
                continue
            # How a ligature is joined depends on what else is turned.
            text = turned(word, chosen)
            if all(unit_at(text, *span) in active for span in chosen):
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
        fresh = _accepted(votes, counts, repaired, active, strength)
        if not fresh:
            break
        active.update(fresh)
    # A tool that turns one ligature turns them all, and every font has lam-alef.
    alone = LAM_ALEF_UNITS.isdisjoint(active)
    kinds = len({unit.letters for unit in active})
    if not active or (alone and (len(repaired) < LEAST_WITHOUT or kinds < LEAST_KINDS)):
        return None
    active.update(_kin(active, counts, strength, repaired))
    words = [word for word in repaired if counts[word]]
    return Active(active, len(words), sum(counts[word] for word in words))


def _kin(
    active: Mapping[Unit, float],
    counts: Mapping[str, int],
    strength: Strength,
    repaired: Mapping[str, str],
) -> dict[Unit, float]:
    """Return the ligatures that the font must have too, judged by those that are active.

    A font that draws a ligature joined draws it alone as well, and one that ties several letters
    to a final yeh ties them all. What a known word shows in its right order is none of them.
    """
    others = [unit for unit in active if unit not in LAM_ALEF_UNITS]
    letters = {(unit.letters, unit.after) for unit in others}
    endings: dict[tuple[str, bool], set[str]] = defaultdict(set)
    for unit in others:
        if len(unit.letters) == 2:
            endings[unit.letters[1], unit.after].add(unit.letters)
    found: set[Unit] = set()
    right: set[Unit] = set()
    better: Counter[Unit] = Counter()
    for word in counts:
        if word in repaired:
            continue
        for start, end in spans(word, REVERSED):
            text = turned(word, ((start, end),))
            unit = unit_at(text, start, end)
            if unit in active:
                continue
            family = endings.get((unit.letters[1], unit.after), ())
            if (unit.letters, unit.after) in letters or (
                len(unit.letters) == 2 and len(family) >= FAMILY
            ):
                found.add(unit)
            elif strength(text) > strength(word) + LIKELIER:
                better[unit] += counts[word]
        if strength(word) > UNKNOWN:
            right.update(unit_at(word, *span) for span in spans(word, LIGATURES))
    if len(others) >= PROVEN:  # both orders are words; where one is gone it is the other
        found.update(unit for unit, seen in better.items() if seen >= LEAST_WORDS)
    return dict.fromkeys(found - right, KIN_RATE)


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
    strength: Strength,
) -> dict[Unit, float]:
    """Return the units that are reversed wherever they occur."""
    least = 1 if len(active) >= PROVEN else LEAST_WORDS
    # The forms of a ligature are glyphs of their own, but a font that has one has most.
    kin: dict[str, set[str]] = defaultdict(set)
    for unit, words in votes.items():
        kin[unit.letters] |= words

    def proves(word: str) -> bool:
        return strength(word) <= UNKNOWN and strength(repaired[word]) > STRONG

    likely = {
        unit: words
        for unit, words in votes.items()
        if unit not in active
        and (
            len(kin[unit.letters]) >= least
            or (active and (unit.letters in HOLY or any(map(proves, words))))
        )
    }
    first = LAM_ALEF_UNITS & likely.keys()
    if first:  # in every font, so it goes before the others
        likely = {unit: likely[unit] for unit in first}
    if not likely:
        return {}
    right: dict[Unit, int] = defaultdict(int)
    for word, count in counts.items():
        if word in repaired or (active and strength(word) <= UNKNOWN):
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
