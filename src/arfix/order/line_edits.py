"""The lines of a document, and the edits that put some of them in order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from arfix.edits import Edit
from arfix.spans import trim


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


def _trimmed(code: str, at: int, before: str, after: str, sure: float) -> Edit:
    """Return the edit without what both texts share at their ends."""
    start, end, first, last = trim(before, after, at, 0)
    return Edit(code, start, end, before[start - at : end - at], after[first:last], sure)


def lines(pages: Sequence[str]) -> Iterator[str]:
    """Yield the lines without the space around them."""
    for page in pages:
        for line in page.split("\n"):
            body = line.strip()
            if body:
                yield body
