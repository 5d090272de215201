"""The lines of a document, set in the order that its own lines speak for."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Final

from arfix.edits import Edit
from arfix.order.atoms import ARABIC, PUNCTUATION, SPACE, WORD, Atom, atoms, mirrored, turned
from arfix.order.glance import is_suspect
from arfix.order.hypotheses import (
    END_FIRST,
    ENDS,
    IDENTITY,
    KINDS,
    MARKED,
    PIECES,
    PLAIN,
    QUOTES,
    Hypothesis,
    ended,
    hypotheses,
    kind_of,
    placement,
)
from arfix.order.language import ARABIC_TEXT, OTHER, PERSIAN, language
from arfix.order.pieces import CUT_COST, pieces
from arfix.order.prior import Prior
from arfix.order.scoring import Scorer
from arfix.view import MARK_CLASS

if TYPE_CHECKING:
    from arfix.order.scoring import Unit
    from arfix.resources import Resources

#: Lines that the document's prior is learnt from.
_SAMPLE: Final = 80
_FIRST: Final = 16
#: Longer lines are whole paragraphs, in which only the whole can be turned.
_LONGEST_LINE: Final = 1500
#: Nats for each stop and comma in its place, against it.
_PLACED: Final = 1.0
_PLACED_PERSIAN: Final = 3.0
#: Longer lines no page draws: they are joined from several, or a writer's.
_LONGEST_DRAWN: Final = 300
_LONG: Final = frozenset(("rev", "inplace"))
#: Shares below which a hypothesis is not tried on every line.
#: What a drawn line may have been, by the base direction of its page.
_FROM_DRAWN: Final = frozenset(("rev", "runs-wide-kept-rev"))
_LEAST_SHARE: Final = 0.004
#: Nats by which the document must be better explained as reordered.
_EVIDENCE: Final = 20.0
_HOPEFUL: Final = 4.0
#: Log-odds by which a line must be better than as it stands.
_MARGIN: Final = 2.0
#: Hypotheses that leave a line to others.
_STAYS: Final = (IDENTITY, END_FIRST)
_TINY: Final = 1e-300
#: Hypotheses under which brackets were never drawn backwards.
_PUT_TOGETHER: Final = frozenset((PIECES, "signals"))
_BRACKET: Final = re.compile(r"[()\[\]\u00ab\u00bb\u2039\u203a]")
_OPENING: Final = frozenset("([\u00ab\u2039")
_ENDS_IN_MARK: Final = re.compile(f"[{MARK_CLASS}]\\Z")
_STARTS_WITH_MARK: Final = re.compile(f"[{MARK_CLASS}]")


@dataclass(slots=True)
class Line:
    """A line, its atoms, and how each hypothesis about it reads."""

    text: str
    atoms: list[Atom]
    kind: str
    found: dict[str, Hypothesis] = field(default_factory=dict)
    scores: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reordered:
    """The lines to put in order: the line as it stands, the line in order, how sure that is."""

    lines: dict[str, tuple[str, float]]


def line_edits(page: str, code: str, reordered: Reordered) -> list[Edit]:
    """Return an edit for each line of a page to put in order, from first to last change."""
    edits = []
    start = 0
    for line in page.split("\n"):
        body = line.strip()
        if body in reordered.lines:
            after, sure = reordered.lines[body]
            at = start + line.index(body)
            edits.append(_trimmed(code, at, body, after, sure))
        start += len(line) + 1
    return edits


def _trimmed(code: str, start: int, before: str, after: str, sure: float) -> Edit:
    """Return the edit without what both texts share at their ends."""
    least = min(len(before), len(after))
    head = 0
    while head < least and before[head] == after[head]:
        head += 1
    tail = 0
    while tail < least - head and before[-1 - tail] == after[-1 - tail]:
        tail += 1
    end = len(before) - tail
    return Edit(
        code, start + head, start + end, before[head:end], after[head : len(after) - tail], sure
    )


class Document:
    """Decides about every line of a document.

    Args:
        pages: The document.
        resources: The opened models.
    """

    def __init__(self, pages: Sequence[str], resources: Resources) -> None:
        self._bodies = [body for body in dict.fromkeys(lines(pages)) if ARABIC.search(body)]
        self._resources = resources
        self._scorer = Scorer(resources)

    @cached_property
    def language(self) -> str:
        """Whose words these are."""
        return language(self._bodies, self._resources)

    def decide(self) -> dict[str, tuple[str, float]]:
        """Return for each line out of order the line in order, and how sure that is."""
        if not is_suspect(self._bodies, self._scorer) or self.language == OTHER:
            return {}
        if self.language == PERSIAN:
            self._scorer = Scorer(self._resources, persian=True)
        # Few lines do to see that a document is healthy after all.
        if self._learnt(_FIRST)[2] < _HOPEFUL:
            return {}
        sample, prior, evidence = self._learnt(_SAMPLE)
        if evidence < _EVIDENCE:
            return {}
        chosen: list[tuple[Line, Hypothesis, float]] = []
        likely = {kind: prior.likely(kind, _LEAST_SHARE) for kind in KINDS}
        known = {line.text: line for line in sample}
        for body in self._bodies:
            line = known.get(body) or self._line(body, likely)
            best = self._best(line, prior)
            if best is not None:
                chosen.append((line, *best))
        return _rendered(chosen)

    def _kind(self, line: Sequence[Atom]) -> str:
        # In Persian nothing but punctuation tells: all lines have to speak for one another.
        kind = kind_of(line)
        return PLAIN if kind == MARKED and self._scorer.persian else kind

    def _learnt(self, size: int) -> tuple[list[Line], Prior, float]:
        """Return so many lines, the prior that they teach, and how much it explains."""
        sample = self._judged(_spread(self._bodies, size), None)
        prior = Prior([(line.kind, line.scores) for line in sample])
        return sample, prior, sum(prior.evidence(line.kind, line.scores) for line in sample)

    def _judged(self, bodies: Sequence[str], only: frozenset[str] | None) -> list[Line]:
        return [self.judge(body, only) for body in bodies]

    def _line(self, body: str, likely: dict[str, frozenset[str]]) -> Line:
        parts = atoms(body)
        return self.judge(body, likely[self._kind(parts)], parts)

    def judge(
        self, body: str, only: frozenset[str] | None, parts: list[Atom] | None = None
    ) -> Line:
        """Return a line with the scores of the hypotheses about it."""
        parts = atoms(body) if parts is None else parts
        if len(body) > _LONGEST_LINE:
            only = _LONG
        line = Line(body, parts, self._kind(parts))
        forward, backward = self._scorer.units(parts)
        known: dict[tuple[object, ...], float] = {}
        stops = any(atom.kind == PUNCTUATION and atom.text in ENDS for atom in parts)
        weight = _PLACED_PERSIAN if self._scorer.persian else _PLACED
        for hypothesis in hypotheses(parts, only):
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
            line.found[hypothesis.name] = hypothesis
            line.scores[hypothesis.name] = score
        if (
            self.language == ARABIC_TEXT
            and (only is None or PIECES in only)
            and len(body) <= _LONGEST_DRAWN
        ):
            self._cut(line, forward)
        return line

    def _cut(self, line: Line, units: Sequence[Unit | None]) -> None:
        """Add the hypothesis that the line was cut in pieces."""
        found = pieces(line.atoms, units, self._scorer)
        if found is None:
            return
        arrangement, cuts = found
        sequence = [unit for index, _ in arrangement if (unit := units[index]) is not None]
        line.found[PIECES] = Hypothesis(PIECES, ended(line.atoms, arrangement), False)
        line.scores[PIECES] = self._scorer.score(sequence) - CUT_COST * cuts
        line.scores[PIECES] += placement(line.atoms, arrangement) * _PLACED

    def _best(self, line: Line, prior: Prior) -> tuple[Hypothesis, float] | None:
        posterior = prior.posterior(line.kind, line.scores)
        by_result: dict[tuple[tuple[int, bool], ...], float] = {}
        for name, share in posterior.items():
            arrangement = line.found[name].arrangement
            by_result[arrangement] = by_result.get(arrangement, 0.0) + share
        best = max(posterior, key=lambda name: (by_result[line.found[name].arrangement],
                                                posterior[name]))  # fmt: skip
        hypothesis = line.found[best]
        stays = {line.found[name].arrangement for name in _STAYS if name in line.found}
        if hypothesis.arrangement in stays:
            return None
        share = by_result[hypothesis.arrangement]
        rest = sum(by_result.get(arrangement, 0.0) for arrangement in stays)
        if math.log(max(share, _TINY)) - math.log(max(rest, _TINY)) < _MARGIN:
            return None
        return hypothesis, share


def lines(pages: Sequence[str]) -> Iterator[str]:
    """Yield the lines without the space around them."""
    for page in pages:
        for line in page.split("\n"):
            body = line.strip()
            if body:
                yield body


def in_reading_order(
    visual: Mapping[str, str], resources: Resources
) -> dict[str, tuple[str, float]]:
    """Return lines of which the drawn order is known in reading order, and how sure that is.

    Only the base direction of the page is open: right to left, or left to right.

    Args:
        visual: The lines: the text as it stands, the line as it was drawn.
        resources: The opened models.
    """
    document = Document(list(visual), resources)
    only = _FROM_DRAWN if document.language == ARABIC_TEXT else frozenset(("rev",))
    chosen: list[tuple[Line, Hypothesis, float]] = []
    judged = {body: document.judge(text.strip(), only) for body, text in visual.items()}
    for line in judged.values():
        for name in _STAYS:
            line.scores.pop(name, None)
    prior = Prior([(line.kind, line.scores) for line in judged.values()])
    for body, line in judged.items():
        posterior = prior.posterior(line.kind, line.scores)
        best = max(posterior, key=posterior.__getitem__)
        chosen.append((Line(body, line.atoms, line.kind), line.found[best], posterior[best]))
    return _rendered(chosen)


def _spread(bodies: Sequence[str], most: int) -> list[str]:
    """Return so many lines from all over the document, those of several words."""
    full = [body for body in bodies if " " in body] or list(bodies)
    full = [body for body in full if len(body) <= _LONGEST_DRAWN] or full
    step = max(1, len(full) // most)
    return full[::step][:most]


def _rendered(
    chosen: Sequence[tuple[Line, Hypothesis, float]],
) -> dict[str, tuple[str, float]]:
    """Return the lines as text; how brackets and marks turn is one decision for each way."""
    clusters = _keeps_clusters(chosen)
    senses: dict[str, int] = {}
    for line, hypothesis, _ in chosen:
        for mirror in (False, True):
            text = render(line.atoms, hypothesis, mirror=mirror, clusters=clusters)
            sense = bracket_sense(text)
            senses[hypothesis.name] = senses.get(hypothesis.name, 0) + (sense if mirror else -sense)
    result = {}
    for line, hypothesis, share in chosen:
        sense = senses[hypothesis.name]
        mirror = sense > 0 or (sense == 0 and hypothesis.name not in _PUT_TOGETHER)
        text = render(line.atoms, hypothesis, mirror=mirror, clusters=clusters)
        if text != line.text:
            result[line.text] = (text, min(share, 0.999))
    return result


def render(line: Sequence[Atom], hypothesis: Hypothesis, *, mirror: bool, clusters: bool) -> str:
    """Return the line as a hypothesis has it.

    Args:
        line: Its atoms.
        hypothesis: The arrangement.
        mirror: Whether brackets become their mirror images.
        clusters: Whether marks stay behind their letters when a word is turned.
    """
    parts: list[str] = []
    previous = 0
    for index, flipped in hypothesis.arrangement:
        atom = line[index]
        # What was drawn apart, and comes together now, has a space between.
        apart = abs(index - previous) > 1
        before = line[previous]
        if parts and apart and (_is_solid(before) or before.text in ENDS) and _is_solid(atom):
            parts.append(" ")
        previous = index
        if flipped:
            parts.append(turned(atom.text, clusters=clusters))
        elif mirror and atom.kind == PUNCTUATION:
            parts.append(mirrored(atom.text))
        else:
            parts.append(atom.text)
    return "".join(parts).strip()


def _is_solid(atom: Atom) -> bool:
    """Return whether an atom has a space between itself and the next of its like."""
    return atom.kind not in (SPACE, PUNCTUATION) or atom.text in QUOTES


def bracket_sense(text: str) -> int:
    """Return how many brackets stand on their right side, less those on the wrong side.

    Example:
        >>> bracket_sense("قال (أمس) ذلك"), bracket_sense("قال )أمس( ذلك")
        (2, -2)
    """
    total = 0
    for match in _BRACKET.finditer(text):
        before = match.start() > 0 and text[match.start() - 1].isalnum()
        after = match.end() < len(text) and text[match.end()].isalnum()
        if before != after:
            total += 1 if (match.group() in _OPENING) == after else -1
    return total


def _keeps_clusters(chosen: Sequence[tuple[Line, Hypothesis, float]]) -> bool:
    """Return whether in words to be turned the marks stand behind their letters already."""
    ends = starts = 0
    for line, hypothesis, _ in chosen:
        if hypothesis.turned:
            for atom in line.atoms:
                if atom.kind == WORD:
                    ends += _ENDS_IN_MARK.search(atom.text) is not None
                    starts += _STARTS_WITH_MARK.match(atom.text) is not None
    return ends > starts
