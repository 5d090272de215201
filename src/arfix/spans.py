"""Spans of change, and how the spans of two changes made one after the other become one list."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from arfix.edits import Alternative

#: A net edit is widened to the word it stands in, unless the "word" is longer than this.
_LONGEST_WORD: Final = 64
#: Letters, marks, digits and private-use characters: what a word may be made of.
_WORD_CATEGORIES: Final = frozenset(("Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nd", "Co"))


@dataclass(slots=True)
class Span:
    """A change on its way through the steps: spans only, the texts are cut out at the end."""

    start: int
    end: int
    output_start: int
    output_end: int
    codes: frozenset[str]
    confidence: float
    alternatives: tuple[Alternative, ...]


def trim(before: str, after: str, start: int, output_start: int) -> tuple[int, int, int, int]:
    """Return both spans without what the two sides share at their start and end."""
    end, output_end = start + len(before), output_start + len(after)
    shorter = min(len(before), len(after))
    head = 0
    while head < shorter and before[head] == after[head]:
        head += 1
    tail = 0
    while tail < shorter - head and before[-1 - tail] == after[-1 - tail]:
        tail += 1
    return start + head, end - tail, output_start + head, output_end - tail


def join(first: Sequence[Span], second: Sequence[Span]) -> list[Span]:
    """Return the spans of two changes made one after the other.

    Both lists speak about the text between them: the first by its output, the second by its
    input. Spans of the two that overlap there become one, and so do two that are empty at the same
    place, since nothing says which of them comes first.
    """
    joined: list[Span] = []
    back = on = 0  # how far the text between lies from the first and from the last text
    i = j = 0
    while i < len(first) or j < len(second):
        i_from, j_from = i, j
        low = high = -1
        while i < len(first) or j < len(second):
            from_first = j == len(second) or (i < len(first) and _comes_first(first[i], second[j]))
            if from_first:
                start, end = first[i].output_start, first[i].output_end
            else:
                start, end = second[j].start, second[j].end
            if low < 0:
                low = start
            elif start >= high:
                met_other = j > j_from if from_first else i > i_from
                if not (low == high == end and met_other):
                    break
            high = max(high, end)
            if from_first:
                i += 1
            else:
                j += 1
        before, after = first[i_from:i], second[j_from:j]
        start, output_start = low + back, low + on
        if before:
            back = before[-1].end - before[-1].output_end
        if after:
            on = after[-1].output_end - after[-1].end
        members = (*before, *after)
        joined.append(
            Span(
                start,
                high + back,
                output_start,
                high + on,
                frozenset().union(*(span.codes for span in members)),
                min(span.confidence for span in members),
                _surviving_alternatives(before, after, low, high),
            )
        )
    return joined


def _comes_first(first: Span, second: Span) -> bool:
    return (first.output_start, first.output_end) <= (second.start, second.end)


def _surviving_alternatives(
    before: Sequence[Span], after: Sequence[Span], low: int, high: int
) -> tuple[Alternative, ...]:
    """Return the alternatives that still describe the whole of a joined span."""
    if not after and len(before) == 1:
        return before[0].alternatives
    if len(after) == 1 and (after[0].start, after[0].end) == (low, high):
        return after[0].alternatives
    return ()


def by_word(original: str, final: str, spans: Sequence[Span]) -> list[Span]:
    """Return changes of letters widened to their words; changes in one word become one."""
    widened: list[Span] = []
    floor = 0  # no word reaches back over the change before it
    open_word = False  # whether the change before it ends in a word
    for index, span in enumerate(spans):
        ceiling = spans[index + 1].start if index + 1 < len(spans) else len(original)
        starts_in_word = _has_letter(original, final, span, 0)
        ends_in_word = _has_letter(original, final, span, -1)
        left = _reach(original, span.start, floor, -1) if starts_in_word else 0
        right = _reach(original, span.end, ceiling, 1) if ends_in_word else 0
        head = original[span.start - left : span.start]
        tail = original[span.end : span.end + right]
        wide = Span(
            span.start - left,
            span.end + right,
            span.output_start - left,
            span.output_end + right,
            span.codes,
            span.confidence,
            tuple(replace(other, text=head + other.text + tail) for other in span.alternatives),
        )
        last = widened[-1] if widened else None
        if last is not None and (
            wide.start < last.end or (wide.start == last.end and open_word and starts_in_word)
        ):
            last.end, last.output_end = wide.end, wide.output_end
            last.codes |= wide.codes
            last.confidence = min(last.confidence, wide.confidence)
            last.alternatives = ()
        else:
            widened.append(wide)
        floor = span.end
        # A word too long to be shown whole is not closed by that.
        open_word = ends_in_word and wide.end == ceiling
    return widened


def word_around(text: str, start: int, end: int) -> str:
    """Return a span with the word characters that stand directly around it."""
    left, right = _reach(text, start, 0, -1), _reach(text, end, len(text), 1)
    return text[start - left : end + right]


def _reach(text: str, edge: int, limit: int, direction: int) -> int:
    """Return how many word characters lie beyond an edge; 0 when there is no end in sight."""
    reach = 0
    position = edge if direction > 0 else edge - 1
    while position < limit if direction > 0 else position >= limit:
        if not _is_word(text[position]):
            return reach
        reach += 1
        if reach > _LONGEST_WORD:
            return 0
        position += direction
    return reach


def _has_letter(original: str, final: str, span: Span, edge: int) -> bool:
    """Tell whether a change has a word character at its first (0) or last (-1) place."""
    before = original[span.start : span.end]
    after = final[span.output_start : span.output_end]
    return any(side != "" and _is_word(side[edge]) for side in (before, after))


def _is_word(character: str) -> bool:
    return unicodedata.category(character) in _WORD_CATEGORIES
