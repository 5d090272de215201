"""The lines of a document, and the edits that put some of them in order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from arfix.edits import Edit


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


def lines(pages: Sequence[str]) -> Iterator[str]:
    """Yield the lines without the space around them."""
    for page in pages:
        for line in page.split("\n"):
            body = line.strip()
            if body:
                yield body
