"""AR601 hard-wraps: paragraphs that the page's width has cut into lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from arfix.defects.running_lines import key_of, repeated, sheets_of
from arfix.edits import Edit
from arfix.stages import Finding
from arfix.view import LETTER_CLASS, bare

if TYPE_CHECKING:
    from arfix.stages import Context

_BREAK: Final = re.compile(r"[ \t\r]*\n[ \t]*")
_ARABIC: Final = re.compile(f"[{LETTER_CLASS}]")
#: What ends a sentence: a paragraph may end there, and a break is then better kept.
_ENDED: Final = re.compile(r"[.!?:\u061f\u2026][\u00bb)\]\u203a\"\u201d]*\s*\Z")
#: An item of a list starts a line of its own however full the line before is.
_ITEM: Final = re.compile(
    r"\s*(?:[-\u2013\u2014\u2022\u25cf\u25aa*\u00b7]|[0-9\u0660-\u0669]{1,3}\s*[-.)\u2013](?=\s)"
    rf"|[{LETTER_CLASS}]\s*[-.)](?=\s))"
)
#: Cells of a table: a tab, or a gap that no writer sets between words.
_CELLS: Final = re.compile(r"\t|\S {3,}\S")
#: Where lines are longer, each is a paragraph already; where shorter, it is verse or a column.
_NARROWEST, _WIDEST = 25, 220
#: The width that nearly all lines keep within: one overlong line says nothing.
_QUANTILE: Final = 0.9
#: Letters differ in width: a line this much short of the width may still be full.
_SLACK: Final = 0.14
_LEAST_FULL: Final = 3
#: In verse and lists many lines end early without a full stop; in wrapped prose hardly one.
_LEAST_SHARE: Final = 0.7


@dataclass(frozen=True, slots=True)
class _Wrapping:
    """How a document is wrapped: its width in letters, and the lines that pages repeat."""

    width: float
    running: frozenset[str]


class HardWraps:
    """Join the lines of a paragraph that the page's width has cut.

    What it does:
        With ``unwrap=True`` puts a space in place of a line break after a line that is full,
        that is, which the first word of the next line would not have fitted into, and that does
        not end a sentence.

    Why:
        A page's lines end where its width ends. Search, translation and segmentation want
        paragraphs.

    Example:
        ``وصل الوفد`` and ``مساء أمس`` on two lines become ``وصل الوفد مساء أمس``.

    When it stays silent:
        By default. After a full stop, a question mark or a colon; before an item of a list; at
        a line that the pages repeat; in tables; where the text is not wrapped at all, or where
        lines end early without ending a sentence, as in verse.
    """

    code = "AR601"
    name = "hard-wraps"

    def detect(self, pages: Sequence[str], context: Context) -> Finding | None:
        """Return the width and how many lines are cut at it, or ``None``."""
        if not context.config.unwrap:
            return None
        lengths = sorted(_length(line) for page in pages for line in page.split("\n") if line)
        lengths = [length for length in lengths if length]
        if len(lengths) <= _LEAST_FULL:
            return None
        width = float(lengths[int(_QUANTILE * (len(lengths) - 1))])
        if not _NARROWEST <= width <= _WIDEST:
            return None
        wrapping = _Wrapping(width, repeated(list(sheets_of(pages))))
        full = early = 0
        for page in pages:
            for before, after, _ in _breaks(page):
                if _ENDED.search(before) or not after.strip():
                    continue
                if _is_full(before, after, width):
                    full += _joins(before, after, wrapping)
                else:
                    early += 1
        if full < _LEAST_FULL or full < _LEAST_SHARE * (full + early):
            return None
        return Finding(
            code=self.code,
            name=self.name,
            count=full,
            rate=full / len(lengths),
            evidence=f"{full} lines end at a width of about {width:.0f} letters, {early} earlier",
            confidence=full / (full + early),
            detail=wrapping,
        )

    def repair(self, page: str, finding: Finding, context: Context) -> list[Edit]:
        """Return an edit for each break: a space in its place."""
        wrapping: _Wrapping = finding.detail
        return [
            Edit(
                code=self.code,
                start=found.start(),
                end=found.end(),
                before=found.group(),
                after=" ",
                confidence=finding.confidence,
            )
            for before, after, found in _breaks(page)
            if not _ENDED.search(before) and _joins(before, after, wrapping)
        ]


def _breaks(page: str) -> Iterator[tuple[str, str, re.Match[str]]]:
    """Yield each line break with the lines before and after it."""
    found = list(_BREAK.finditer(page))
    starts = [0, *(match.end() for match in found)]
    ends = [*(match.start() for match in found), len(page)]
    for index, match in enumerate(found):
        before = page[starts[index] : ends[index]]
        yield before, page[starts[index + 1] : ends[index + 1]], match


def _length(line: str) -> int:
    """Return the width of a line in letters: marks take no room."""
    return len(bare(line).strip())


def _is_full(before: str, after: str, width: float) -> bool:
    word = after.split(None, 1)[:1]
    return _length(before) + 1 + (_length(word[0]) if word else 0) > (1.0 - _SLACK) * width


def _joins(before: str, after: str, wrapping: _Wrapping) -> bool:
    """Return whether the second line goes on where the first was cut."""
    return bool(
        after.strip()
        and _is_full(before, after, wrapping.width)
        and _ARABIC.search(before)
        # A number alone on its line is the page's, unless a full stop makes it a year.
        and (_ARABIC.search(after) or _ENDED.search(after))
        and "\f" not in after
        and not _ITEM.match(after)
        and not _CELLS.search(before)
        and not _CELLS.search(after)
        and key_of(before) not in wrapping.running
        and key_of(after) not in wrapping.running
    )
