"""The lines of a document, set in the order that its own lines speak for."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, Final

from arfix.order.apart import apart
from arfix.order.atoms import (
    ARABIC,
    LETTERS,
    PUNCTUATION,
    Atom,
    atoms,
    mended,
)
from arfix.order.context import Order, in_context, open_orders
from arfix.order.drawn import DRAWN_WAYS, has_signs, numbers_fit, stretches
from arfix.order.each import each_way, is_mixed_up
from arfix.order.glance import backward_lines, is_suspect, is_suspect_persian
from arfix.order.halves import rejoined
from arfix.order.hypotheses import (
    EACH,
    END_FIRST,
    IDENTITY,
    KINDS,
    MARKED,
    MARKED_MIXED,
    MIXED,
    OF_SENTENCES,
    PIECES,
    PLAIN,
    SEVERAL,
    Hypothesis,
    hypotheses,
    kind_of,
)
from arfix.order.language import ARABIC_TEXT, OTHER, PERSIAN, language
from arfix.order.late import late_numbers, may_be_late
from arfix.order.line_edits import lines
from arfix.order.pieces import pieces
from arfix.order.placement import PLACED, crossed, ended, has_brackets, placement
from arfix.order.prior import Prior
from arfix.order.render import Line, rendered
from arfix.order.scoring import Scorer, shared
from arfix.order.several import several_lines
from arfix.order.signs import are_suspect, set_right
from arfix.order.tidy import tidied
from arfix.view import LETTER_CLASS, MARK_CLASS

if TYPE_CHECKING:
    from arfix.order.scoring import Unit
    from arfix.resources import Resources

#: Lines that the document's prior is learnt from.
_SAMPLE: Final = 80
_FIRST: Final = 16
#: Lines of a damaged document that are looked at one by one.
_MOST_BACKWARD: Final = 2_000
#: Longer lines are whole paragraphs, in which only the whole can be turned.
_LONGEST_LINE: Final = 1500
#: No page has as many characters, so that its lines came out as one.
_LONGEST_PAGE: Final = 20_000
#: Nats for each stop and comma in its place, against it.
_PLACED: Final = 1.0
#: Nats for a number that reads wrong, of which the model sees only that it is one.
_MISFIT: Final = 2.0
#: Stretches of words of which the order tells whether their line was drawn so.
_TELLING: Final = 2
#: Nats for a bracket that closes before it opens.
_CROSSED: Final = 1.0
_PLACED_PERSIAN: Final = 3.0
#: Longer lines no page draws: they are joined from several, or a writer's.
_LONGEST_DRAWN: Final = 300
_LONG: Final = frozenset(("rev", "inplace", *SEVERAL))
_EACH_ORDERS: Final = frozenset(EACH.values())
#: Shares below which a hypothesis is not tried on every line.
_LEAST_SHARE: Final = 0.004
#: Nats by which the document must be better explained as reordered.
_EVIDENCE: Final = 16.0
_HOPEFUL: Final = 4.0
#: Log-odds by which a line must be better than as it stands.
_MARGIN: Final = 2.0
#: Hypotheses that leave a line to others.
STAYS: Final = (IDENTITY, END_FIRST)
#: So many lines must hold words of both kinds for each word to be judged by itself.
_FEWEST_MIXED: Final = 2
_MIXED_SHARE: Final = 0.3
_SURE_OF_CUT: Final = 0.9
_WITH_SIGNS: Final = frozenset((MARKED, MARKED_MIXED))
_WITH_NUMBERS: Final = frozenset((MIXED, MARKED_MIXED))
_TINY: Final = 1e-300
#: Latin words with what ends a line, and Arabic ones without.
_ENDS_FIRST: Final = re.compile(
    f'["(]?[A-Za-z][A-Za-z0-9 ]*[")]?[.:!][ \t]+[{LETTERS}].*(?<![.:!?\u061f\u061b\u060c])\\Z'
)
#: Line breaks in the spelling of program code: what stands around them reads well in any order.
_ESCAPED: Final = re.compile(r"\\[nrt](?![A-Za-z])")
#: Two lines of one letter each, and a line that holds no two letters that stand together.
LETTER_LINES: Final = re.compile(f"^[{LETTER_CLASS}]\n[{LETTER_CLASS}]$", re.MULTILINE)
ALONE: Final = re.compile(f"(?:[^{LETTERS}]|[{LETTERS}](?![{LETTERS}]))*")
#: A word cut in front of a vowel mark.
_BROKEN_WORD: Final = re.compile(f" [{MARK_CLASS}]")


class Document:
    """Decides about every line of a document.

    Args:
        pages: The document.
        resources: The opened models.
        damaged: Whether it has been found damaged already, so that single lines may be, too.
        reordered: Whether its order was wrong in other ways.
    """

    def __init__(
        self,
        pages: Sequence[str],
        resources: Resources,
        *,
        damaged: bool = False,
        reordered: bool = False,
    ) -> None:
        self._again = reordered
        bodies = [
            body
            for body in dict.fromkeys(lines(pages))
            if ARABIC.search(body) and not _ESCAPED.search(body)
        ]
        if any(LETTER_LINES.search(page) for page in pages):
            # What is left of words tells no order; once they are put together, they will.
            bodies = [body for body in bodies if not ALONE.fullmatch(body)]
        self._bodies = bodies
        self._resources = resources
        self._scorer = shared(resources)
        self._damaged = damaged

    @cached_property
    def _backward(self) -> list[str]:
        """The lines in which nearly all words stand in reverse, in a damaged document."""
        if not self._damaged or self.language != ARABIC_TEXT:
            return []
        return backward_lines(self._bodies[:_MOST_BACKWARD], self._scorer)

    @cached_property
    def language(self) -> str:
        """Whose words these are."""
        return language(self._bodies, self._resources)

    @cached_property
    def _mixed_up(self) -> bool:
        """Whether in many lines some words stand in reverse and others do not."""
        seen = [atoms(body) for body in _spread(self._bodies, _FIRST)]
        mixed = sum(is_mixed_up(line, self._scorer) for line in seen)
        return mixed >= max(_FEWEST_MIXED, _MIXED_SHARE * len(seen))

    def decide(self) -> dict[str, tuple[str, float]]:
        """Return for each line out of order the line in order, and how sure that is."""
        found = {
            body: (text, _SURE_OF_CUT)
            for body, text in rejoined(self._bodies, self._scorer).items()
        }
        if found and self.language != ARABIC_TEXT:
            found = {}
        if found:
            # The others are judged as if these had never been cut.
            self._bodies = [body for body in self._bodies if body not in found]
        return {**found, **(self._reordered() or self._with_signs())}

    def _with_signs(self) -> dict[str, tuple[str, float]]:
        """Return the lines in which only the signs beside Latin words stand wrongly."""
        if self.language != ARABIC_TEXT or not are_suspect(self._bodies):
            return {}
        lines = []
        for body in self._bodies:
            line = Line(body, atoms(body), MIXED)
            lines.append((line, hypotheses(line.atoms, frozenset())[0], 1.0))
        read = [read for read in set_right(lines) if read[1].name != IDENTITY]
        return rendered(read, self._scorer)

    def _reordered(self) -> dict[str, tuple[str, float]]:
        """Return the lines that read better in another order, and that order."""
        if self.language == OTHER:
            return {}
        if self.language == PERSIAN:
            if not is_suspect_persian(self._bodies, self._resources):
                return {}
            self._scorer = Scorer(self._resources, persian=True)
            cut = apart(self._bodies, self._scorer)
            if cut:
                self._bodies = [body for body in self._bodies if body not in cut]
                found = {body: (text, _SURE_OF_CUT) for body, text in cut.items()}
                return {**found, **self._by_hypotheses()}
        elif not (
            is_suspect(self._bodies, self._scorer)
            or self._backward
            or (self._again and may_be_late(self._bodies))
        ):
            return {}
        return self._by_hypotheses()

    def _by_hypotheses(self) -> dict[str, tuple[str, float]]:
        """Return the lines for which one of the named orders is better, and that order."""
        # Few lines do to see that a document is healthy after all.
        if self._learnt(_FIRST)[2] < _HOPEFUL:
            return {}
        sample, prior, evidence = self._learnt(_SAMPLE)
        if evidence < _EVIDENCE:
            return {}
        chosen: list[tuple[Line, Hypothesis, float]] = []
        likely = {kind: prior.likely(kind, _LEAST_SHARE) for kind in KINDS}
        known = {line.text: line for line in sample}
        judged: list[Line] = []
        ranked: list[list[Order]] = []
        for body in self._bodies:
            line = known.get(body) or self._line(body, likely)
            shares = (prior.by_others if body in known else prior.posterior)(line.kind, line.scores)
            best = self._best(line, shares) or (line.found[IDENTITY], 1.0)
            mixed = line.kind in _WITH_NUMBERS and self.language == ARABIC_TEXT
            judged.append(line)
            ranked.append(open_orders(line, best, shares) if mixed else [best])
        places = in_context(judged, ranked, self._scorer)
        for line, orders, place in zip(judged, ranked, places, strict=True):
            chosen.append((line, *orders[place]))
        found = rendered(
            [read for read in set_right(chosen) if read[1].name != IDENTITY], self._scorer
        )
        tidy = tidied(text for text, _ in found.values())
        return {body: (tidy.get(text, text), share) for body, (text, share) in found.items()}

    def _kind(self, line: Sequence[Atom]) -> str:
        # In Persian nothing but punctuation tells: all lines have to speak for one another.
        kind = kind_of(line)
        return PLAIN if kind in _WITH_SIGNS and self._scorer.persian else kind

    def _atoms(self, body: str) -> list[Atom]:
        parts = atoms(body)
        if _BROKEN_WORD.search(body):
            return mended(parts, self._scorer.is_known)
        return parts

    def _learnt(self, size: int) -> tuple[list[Line], Prior, float]:
        """Return so many lines, the prior that they teach, and how much it explains."""
        seen = dict.fromkeys([*self._backward[: size // 2], *_spread(self._bodies, size)])
        sample = self._judged(list(seen), None)
        prior = Prior([(line.kind, line.scores) for line in sample])
        return sample, prior, sum(prior.evidence(line.kind, line.scores) for line in sample)

    def _judged(self, bodies: Sequence[str], only: frozenset[str] | None) -> list[Line]:
        return [self.judge(body, only) for body in bodies]

    def _line(self, body: str, likely: dict[str, frozenset[str]]) -> Line:
        parts = self._atoms(body)
        return self.judge(body, likely[self._kind(parts)], parts)

    def judge(
        self, body: str, only: frozenset[str] | None, parts: list[Atom] | None = None
    ) -> Line:
        """Return a line with the scores of the hypotheses about it."""
        parts = self._atoms(body) if parts is None else parts
        if len(body) > _LONGEST_LINE:
            only = _LONG
        line = Line(body, parts, self._kind(parts))
        forward, backward = self._scorer.units(parts)
        known: dict[tuple[object, ...], float] = {}
        stops = any(atom.kind == PUNCTUATION and atom.text in PLACED for atom in parts)
        persian = self._scorer.persian
        brackets = not persian and has_brackets(parts)
        signed = not persian and has_signs(body)
        weight = _PLACED_PERSIAN if self._scorer.persian else _PLACED
        for hypothesis in hypotheses(parts, only):
            if persian and hypothesis.name in OF_SENTENCES:
                continue
            units = [
                unit
                for index, flipped in hypothesis.arrangement
                if (unit := (backward if flipped else forward)[index]) is not None
            ]
            key = tuple(units)
            score = known.get(key)
            if score is None:
                score = known[key] = self._scorer.score(units)
            if stops:
                score += placement(parts, hypothesis.arrangement) * weight
            if brackets:
                score -= crossed(parts, hypothesis.arrangement) * _CROSSED
            if signed:
                text = "".join(parts[index].text for index, _ in hypothesis.arrangement)
                score += numbers_fit(text) * _MISFIT
            if hypothesis.name in DRAWN_WAYS and stretches(parts, hypothesis.name) < _TELLING:
                # A row of a table, or a label and its number, reads as well either way; the end
                # of a line that it starts with tells that it goes with the other lines.
                as_it_is = line.scores[IDENTITY]
                score = as_it_is if _ENDS_FIRST.match(body) else min(score, as_it_is)
            line.found[hypothesis.name] = hypothesis
            line.scores[hypothesis.name] = score
        if self.language == ARABIC_TEXT and (
            self._mixed_up if only is None else not only.isdisjoint(EACH)
        ):
            self._each_way(line, forward, only)
        if (
            self.language == ARABIC_TEXT
            and (only is None or PIECES in only)
            and len(body) <= _LONGEST_DRAWN
        ):
            self._cut(line, forward)
        if (
            self.language == ARABIC_TEXT
            and line.kind in _WITH_NUMBERS
            and len(body) <= _LONGEST_PAGE
        ):
            asked = (line.atoms, forward, backward, only, self._scorer)
            for hypothesis, gain in chain(several_lines(*asked), late_numbers(*asked)):
                units = [
                    unit
                    for index, flipped in hypothesis.arrangement
                    if (unit := (backward if flipped else forward)[index]) is not None
                ]
                score = self._scorer.score(units) + gain
                score += placement(parts, hypothesis.arrangement) * _PLACED
                if brackets:
                    score -= crossed(parts, hypothesis.arrangement) * _CROSSED
                line.found[hypothesis.name] = hypothesis
                line.scores[hypothesis.name] = score
        return line

    def _each_way(
        self, line: Line, units: Sequence[Unit | None], only: frozenset[str] | None
    ) -> None:
        """Add the hypotheses that each word by itself stands as it is or in reverse."""
        found = {hypothesis.name: hypothesis for hypothesis in hypotheses(line.atoms, _EACH_ORDERS)}
        for name, order in EACH.items():
            if order not in found or (only is not None and name not in only):
                continue
            chosen, score = each_way(line.atoms, found[order].arrangement, units, self._scorer)
            chosen = ended(line.atoms, chosen)
            line.found[name] = Hypothesis(name, chosen, True, each=True)
            line.scores[name] = score + placement(line.atoms, chosen) * _PLACED

    def _cut(self, line: Line, units: Sequence[Unit | None]) -> None:
        """Add the hypothesis that the line was cut in pieces."""
        found = pieces(line.atoms, units, self._scorer)
        if found is None:
            return
        arrangement, gain = found
        as_it_is = self._scorer.score([unit for unit in units if unit is not None])
        line.found[PIECES] = Hypothesis(PIECES, ended(line.atoms, arrangement), False)
        line.scores[PIECES] = as_it_is + gain + placement(line.atoms, arrangement) * _PLACED

    def _best(self, line: Line, posterior: Mapping[str, float]) -> tuple[Hypothesis, float] | None:
        by_result: dict[tuple[tuple[int, bool], ...], float] = {}
        for name, share in posterior.items():
            arrangement = line.found[name].arrangement
            by_result[arrangement] = by_result.get(arrangement, 0.0) + share
        best = max(posterior, key=lambda name: (by_result[line.found[name].arrangement],
                                                posterior[name]))  # fmt: skip
        hypothesis = line.found[best]
        stays = {line.found[name].arrangement for name in STAYS if name in line.found}
        if hypothesis.arrangement in stays:
            return None
        share = by_result[hypothesis.arrangement]
        rest = sum(by_result.get(arrangement, 0.0) for arrangement in stays)
        if math.log(max(share, _TINY)) - math.log(max(rest, _TINY)) < _MARGIN:
            return None
        return hypothesis, share


def _spread(bodies: Sequence[str], most: int) -> list[str]:
    """Return so many lines from all over the document, those of several words."""
    full = [body for body in bodies if len(body.split(None, 1)) > 1] or list(bodies)
    full = [body for body in full if len(body) <= _LONGEST_DRAWN] or full
    step = max(1, len(full) // most)
    return full[::step][:most]
