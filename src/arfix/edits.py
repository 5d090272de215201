"""Edits: replace spans of a text, undo it, and tell where each character went.

An edit speaks about one text; a step is one stage's edits of one text; :func:`compose` folds
the steps of a whole repair into the net edits between the original and the final text. It does so
by carrying spans through the steps, never by comparing the two texts, so what it says is exact and
its time is linear in the number of edits.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from arfix.errors import EditError
from arfix.spans import Span, by_word, join, trim


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another reading of an edit's span, and how probable it is."""

    text: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Edit:
    """One replaced span of a text; offsets count code points.

    Attributes:
        code: Code of the defect class, ``AR301``; of several, joined: ``AR201+AR401``.
        start: Where the span starts in the text before.
        end: Where it ends there.
        before: What the span held.
        after: What it holds now.
        confidence: Calibrated probability that ``after`` is what the author wrote.
        alternatives: Other readings of the span, the most probable first.
        output_start: Where ``after`` starts in the text after; -1 until it is known.
        output_end: Where it ends there.
    """

    code: str
    start: int
    end: int
    before: str
    after: str
    confidence: float = 1.0
    alternatives: tuple[Alternative, ...] = ()
    output_start: int = -1
    output_end: int = -1


@dataclass(frozen=True)
class Step:
    """What one stage did to one text.

    Attributes:
        code: Code of the stage.
        name: Its name.
        before: The text it was given.
        after: The text it left.
        edits: What it replaced, with the spans in both texts.
    """

    code: str
    name: str
    before: str
    after: str
    edits: tuple[Edit, ...]

    @classmethod
    def make(cls, code: str, name: str, text: str, edits: Sequence[Edit]) -> Step:
        """Return the step that applies the edits to the text.

        Args:
            code: Code of the stage.
            name: Its name.
            text: The text that the edits speak about.
            edits: Sorted, not overlapping; their output spans are filled in here.

        Raises:
            EditError: The edits overlap, are out of order or do not belong to the text.

        Example:
            >>> step = Step.make("AR301", "lost-glyphs", "من ف", [Edit("AR301", 3, 4, "ف", "في")])
            >>> step.after, step.edits[0].output_end
            ('من في', 5)
        """
        after = apply(text, edits)
        return cls(code, name, text, after, place(edits))

    @cached_property
    def _map(self) -> OffsetMap:
        return OffsetMap(self.edits)

    def revert(self, text: str) -> str:
        """Return the text before this step, given the text after it."""
        return apply(text, [_inverse(edit) for edit in self.edits])

    def to_output(self, offset: int) -> int:
        """Return where the character at an offset of ``before`` stands in ``after``."""
        return self._map.to_output(offset)

    def to_input(self, offset: int) -> int:
        """Return where the character at an offset of ``after`` stood in ``before``."""
        return self._map.to_input(offset)


class OffsetMap:
    """Where each offset of one text lies in the other.

    The character at an unchanged offset maps to itself exactly. Inside a replaced span the
    part that both sides share at its start and end maps exactly too; the rest maps in order from
    the start of what replaced it, and not past its end.
    """

    __slots__ = ("_ends", "_output_ends", "_output_starts", "_starts")

    def __init__(self, edits: Iterable[Edit]) -> None:
        spans = [trim(edit.before, edit.after, edit.start, edit.output_start) for edit in edits]
        self._starts = [span[0] for span in spans]
        self._ends = [span[1] for span in spans]
        self._output_starts = [span[2] for span in spans]
        self._output_ends = [span[3] for span in spans]

    def to_output(self, offset: int) -> int:
        """Map an offset of the text before to the text after."""
        return _map(offset, self._starts, self._ends, self._output_starts, self._output_ends)

    def to_input(self, offset: int) -> int:
        """Map an offset of the text after to the text before."""
        return _map(offset, self._output_starts, self._output_ends, self._starts, self._ends)


def _map(
    offset: int, starts: list[int], ends: list[int], to_starts: list[int], to_ends: list[int]
) -> int:
    # Of several spans that start here (all but the last are empty on this side) the last
    # decides: the character at the offset stands behind what was put in before it.
    nearest = bisect_right(starts, offset) - 1
    if nearest < 0:
        return offset
    if offset >= ends[nearest]:
        return to_ends[nearest] + offset - ends[nearest]
    return min(to_starts[nearest] + offset - starts[nearest], to_ends[nearest])


def apply(text: str, edits: Sequence[Edit]) -> str:
    """Return the text with the edits made; the same object when there are none.

    Args:
        text: The text that the edits speak about.
        edits: Sorted by place, not overlapping.

    Raises:
        EditError: The edits overlap, are out of order or do not belong to the text.

    Example:
        >>> apply("من ف", [Edit("AR301", 3, 4, "ف", "في")])
        'من في'
    """
    if not edits:
        return text
    parts: list[str] = []
    position = 0
    for edit in edits:
        if edit.start < position or edit.end < edit.start or edit.end > len(text):
            raise EditError(
                f"edit {edit.start}:{edit.end} ({edit.code}) overlaps the one before it, which ends"
                f" at {position}, or leaves the text of {len(text)} characters; pass edits sorted"
                " by start, without overlap, that were made for this text"
            )
        if text[edit.start : edit.end] != edit.before:
            raise EditError(
                f"edit {edit.start}:{edit.end} ({edit.code}) expects {edit.before[:40]!a}, the"
                f" text has {text[edit.start : edit.end][:40]!a}; apply edits to the very text"
                " they were made for"
            )
        parts.append(text[position : edit.start])
        parts.append(edit.after)
        position = edit.end
    parts.append(text[position:])
    return "".join(parts)


def place(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """Return the edits with their spans in the text after filled in."""
    placed = []
    shift = 0
    for edit in edits:
        output_start = edit.start + shift
        output_end = output_start + len(edit.after)
        placed.append(replace(edit, output_start=output_start, output_end=output_end))
        shift = output_end - edit.end
    return tuple(placed)


def _inverse(edit: Edit) -> Edit:
    return Edit(edit.code, edit.output_start, edit.output_end, edit.after, edit.before)


def revert(text: str, edits: Sequence[Edit]) -> str:
    """Return the text before placed edits were made, given the text after.

    Raises:
        EditError: The text is not the one that the edits lead to.

    Example:
        >>> revert("من في", place([Edit("AR301", 3, 4, "ف", "في")]))
        'من ف'
    """
    return apply(text, [_inverse(edit) for edit in edits])


def compose(steps: Sequence[Step]) -> tuple[Edit, ...]:
    """Return the net edits between the text before the first step and the one after the last.

    Changes that overlap are one edit: its code names all that had a hand in it and its
    confidence is the least of theirs. What a later step undid is no edit. Spans are as small as
    they can be, but letters are shown with the word they stand in.

    Args:
        steps: In the order they were made; each starts from the text the last one left.

    Raises:
        EditError: A step does not start from the text that the one before it left.

    Example:
        >>> first = Step.make("AR202", "x", "الاسم: ف", [Edit("AR202", 7, 8, "ف", "في")])
        >>> second = Step.make("AR401", "y", first.after, [Edit("AR401", 9, 9, "", ".")])
        >>> [(edit.code, edit.before, edit.after) for edit in compose([first, second])]
        [('AR202', 'ف', 'في'), ('AR401', '', '.')]
    """
    if not steps:
        return ()
    for earlier, later in pairwise(steps):
        if earlier.after != later.before:
            raise EditError(
                f"step {later.code} does not start from the text that {earlier.code} left;"
                " pass all steps of one repair, in order"
            )
    spans = _spans(steps[0].edits)
    for step in steps[1:]:
        spans = join(spans, _spans(step.edits))
    return _net_edits(steps[0].before, steps[-1].after, spans)


def _spans(edits: Iterable[Edit]) -> list[Span]:
    """Return the spans of one step's edits, cut down to what really changes."""
    spans = []
    for edit in edits:
        if edit.before == edit.after:
            continue
        if edit.alternatives:  # they speak about the whole span, so it must stay whole
            bounds = edit.start, edit.end, edit.output_start, edit.output_end
        else:
            bounds = trim(edit.before, edit.after, edit.start, edit.output_start)
        codes = frozenset(edit.code.split("+"))
        spans.append(Span(*bounds, codes, edit.confidence, edit.alternatives))
    return spans


def _net_edits(original: str, final: str, spans: list[Span]) -> tuple[Edit, ...]:
    changes: list[Span] = []
    for span in spans:
        before, after = original[span.start : span.end], final[span.output_start : span.output_end]
        if before == after:
            continue
        if not span.alternatives:
            bounds = trim(before, after, span.start, span.output_start)
            span.start, span.end, span.output_start, span.output_end = bounds
        changes.append(span)
    net = (_edit(original, final, span) for span in by_word(original, final, changes))
    # Changes that only together, in one word, come to nothing.
    return tuple(edit for edit in net if edit.before != edit.after)


def _edit(original: str, final: str, span: Span) -> Edit:
    return Edit(
        "+".join(sorted(span.codes)),
        span.start,
        span.end,
        original[span.start : span.end],
        final[span.output_start : span.output_end],
        span.confidence,
        span.alternatives,
        span.output_start,
        span.output_end,
    )
