"""Reads a text written in symbols throughout, word after word, keeping the likeliest maps.

Words that share symbols must agree on them. So the words are taken in an order in which each
shares as much as it can with those before it, every map kept so far is extended by each word of
the lexicon that agrees with it, or by none, and the likeliest maps are kept.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from arfix.cipher.shelf import Glyph, Shelf, glyphs_in
from arfix.cipher.symbols import is_name
from arfix.glyphs import FINAL, FORMS, INITIAL, ISOLATED, MEDIAL, joins_next

#: Maps kept, words tried to extend one of them, and to begin with.
_WIDTH: Final = 250
_BRANCHES: Final = 12
_FIRST_BRANCHES: Final = 1_500
#: Words that the search looks at.
_MOST_TYPES: Final = 220
_SHORTEST_START: Final = 5
#: Natural log of what a word is worth that the row of words lacks, and by letter.
_NONE: Final = -15.0
#: Power of the times that a word occurs by which it counts.
REPEATS: Final = 0.75
#: What it costs that a glyph has two symbols: a font may draw it in several shapes.
_TWIN: Final = -0.7
#: Worse than the best by so much, and a map is dropped.
_MARGIN: Final = 45.0
#: Share of the places of a symbol that may speak against a form of it.
_AGAINST: Final = 0.12


@dataclass(frozen=True, slots=True)
class Map:
    """A map: what symbols stand for, and the log-probability of the words read so far."""

    score: float
    glyphs: Mapping[str, Glyph]


class Search:
    """Looks for the likeliest map of a text.

    Args:
        patterns: The words, and how often each occurs.
        rows: The commonest words of the lexicon by length.
    """

    def __init__(self, patterns: Mapping[str, int], rows: Mapping[int, Shelf]) -> None:
        self._rows = rows
        ranked = sorted(patterns.items(), key=lambda item: (-item[1], item[0]))
        self._counts = {
            pattern: count for pattern, count in ranked if len(pattern) > 1 and len(pattern) in rows
        }
        self.isolated = plain_is_isolated(self._counts)
        self.forms = forms_of(self._counts, isolated=self.isolated)

    def run(self) -> Map:
        """Return the likeliest map."""
        order = self._order()
        maps = [Map(0.0, {})]
        for number, pattern in enumerate(order):
            maps = self._extended(maps, pattern, _FIRST_BRANCHES if not number else _BRANCHES)
        return maps[0] if maps else Map(-math.inf, {})

    def _order(self) -> list[str]:
        """Return the words, each sharing as many symbols as may be with those before it."""
        left = dict.fromkeys(list(self._counts)[:_MOST_TYPES])
        masks = {pattern: self._mask(pattern, {}) for pattern in left}
        frequency: Counter[str] = Counter()
        for pattern in left:
            frequency.update(set(pattern))
        long = [pattern for pattern in left if len(pattern) >= _SHORTEST_START] or list(left)
        if not long:
            return []

        def value(pattern: str) -> float:
            fitting = masks[pattern].bit_count()
            return math.log(fitting + 1) - 0.6 * math.log(
                sum(frequency[char] for char in set(pattern)) / len(set(pattern))
            )

        first = min((pattern for pattern in long if masks[pattern]), key=value, default=long[0])
        order: list[str] = []
        known: set[str] = set()
        pattern = first
        while True:
            order.append(pattern)
            del left[pattern]
            known.update(pattern)
            if not left:
                return order
            pattern = min(
                left,
                key=lambda it: (
                    len({char for char in it if is_name(char) and char not in known})
                    - 0.45 * sum(char in known or not is_name(char) for char in it)
                    - 0.2 * math.log(self._counts[it]),
                    it,
                ),
            )

    def _mask(self, pattern: str, glyphs: Mapping[str, Glyph]) -> int:
        """Return which words of its length fit a pattern under a map."""
        row = self._rows[len(pattern)]
        mask = row.all
        for at, char in enumerate(pattern):
            glyph = glyphs.get(char)
            if glyph is not None:
                mask &= row.glyph(at, glyph)
            elif is_name(char):
                forms = self.forms[char]
                if len(forms) < len(FORMS):
                    either = 0
                    for form in forms:
                        either |= row.form(at, form)
                    mask &= either
            elif self.isolated:
                mask &= row.glyph(at, (char, ISOLATED))
            else:
                mask &= row.letter(at, char)
            if not mask:
                break
        return mask

    def _extended(self, maps: Sequence[Map], pattern: str, most: int) -> list[Map]:
        """Return the likeliest maps when one more word is read."""
        row = self._rows[len(pattern)]
        weight = self._counts[pattern] ** REPEATS
        bare = self._mask(pattern, {})
        none = _NONE * weight
        names = {char for char in pattern if is_name(char)}
        found: list[tuple[float, int, int, dict[str, Glyph] | None]] = []
        for index, known in enumerate(maps):
            glyphs = known.glyphs
            found.append((known.score + none, index, -1, None))
            mask = bare
            fresh = False
            for at, char in enumerate(pattern):
                if char not in names:
                    continue
                glyph = glyphs.get(char)
                if glyph is None:
                    fresh = True
                    continue
                mask &= row.glyph(at, glyph)
                if not mask:
                    break
            tried = 0
            taken: set[Glyph] | None = None
            while mask and tried < most:
                lowest = mask & -mask
                number = lowest.bit_length() - 1
                mask ^= lowest
                score = row.priors[number] * weight
                if score < none:
                    break
                new: dict[str, Glyph] = {}
                if fresh:
                    agrees = True
                    for char, glyph in zip(pattern, glyphs_in(row.words[number]), strict=True):
                        fits = char not in names or char in glyphs
                        if not fits and new.setdefault(char, glyph) != glyph:
                            agrees = False
                            break
                    if not agrees:
                        continue
                    if taken is None:
                        taken = set(glyphs.values())
                    score += _TWIN * sum(glyph in taken for glyph in new.values())
                tried += 1
                found.append((known.score + score, index, number, new))
                if not fresh:
                    break
        found.sort(key=lambda item: (-item[0], item[1], item[2]))
        best = found[0][0]
        result = []
        for score, index, _, change in found[: _WIDTH if most == _BRANCHES else most]:
            if score < best - _MARGIN:
                break
            known = maps[index]
            result.append(Map(score, {**known.glyphs, **change} if change else known.glyphs))
        return result


def plain_is_isolated(patterns: Mapping[str, int]) -> bool:
    """Return whether the plain letters among the symbols are those in isolated form.

    Where only shaped glyphs lack a letter, a plain one that could join is the last of its word.
    """
    inside = last = plain = total = 0
    for pattern in patterns:
        for at, char in enumerate(pattern):
            total += 1
            if is_name(char):
                continue
            plain += 1
            if joins_next(char):
                if at + 1 == len(pattern):
                    last += 1
                else:
                    inside += 1
    return plain >= 0.04 * total and inside <= 0.1 * (inside + last)


def forms_of(patterns: Mapping[str, int], *, isolated: bool) -> dict[str, tuple[str, ...]]:
    """Return for each symbol the joining forms that its places allow."""
    places: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for pattern in patterns:
        for at, char in enumerate(pattern):
            if is_name(char):
                before = pattern[at - 1] if at else ""
                after = pattern[at + 1 : at + 2]
                places[char].append((before, after))
    ends = FORMS if not isolated else (INITIAL, MEDIAL, FINAL)
    forms = {char: set(ends) for char in places}
    for _ in range(len(FORMS) + 2):
        changed = False
        for char, rows in places.items():
            if len(forms[char]) == 1:
                continue
            against = {
                form: sum(
                    not (
                        _may_join(before, after=True, forms=forms, isolated=isolated)[
                            form in (FINAL, MEDIAL)
                        ]
                        and _may_join(after, after=False, forms=forms, isolated=isolated)[
                            form in (INITIAL, MEDIAL)
                        ]
                    )
                    for before, after in rows
                )
                for form in forms[char]
            }
            most = min(against.values()) + _AGAINST * len(rows)
            worse = {form for form, count in against.items() if count > most}
            forms[char] -= worse
            changed = changed or bool(worse)
        if not changed:
            break
    return {char: tuple(sorted(found)) for char, found in forms.items()}


def _may_join(
    char: str, *, after: bool, forms: Mapping[str, set[str]], isolated: bool
) -> tuple[bool, bool]:
    """Return whether what stands beside a symbol may leave it unjoined, and joined."""
    if not char:
        return True, False
    if not is_name(char):
        return True, not isolated
    joining = (INITIAL, MEDIAL) if after else (FINAL, MEDIAL)
    found = forms[char]
    return any(form not in joining for form in found), any(form in joining for form in found)
