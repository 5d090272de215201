"""AR602 running-lines: headers, footers and page numbers between the lines of the text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from arfix.stages import Finding

if TYPE_CHECKING:
    from arfix.edits import Edit
    from arfix.stages import Context

#: Extractors end a page with a form feed where they give all pages as one text.
PAGE_BREAK: Final = "\f"
_DIGITS: Final = re.compile(r"[0-9\u0660-\u0669\u06f0-\u06f9]+")
_SPACES: Final = re.compile(r"\s+")
#: A header may stand in two lines, above a rule or a title.
_DEPTH: Final = 2
#: A line that stands on fewer pages is a coincidence, or a table's.
_LEAST_PAGES: Final = 3
_LEAST_SHARE: Final = 0.4
#: Longer lines are text: a refrain, a clause repeated in every contract.
_LONGEST: Final = 160
_NAMED: Final = 3


class RunningLines:
    """Name the lines that a page repeats: headers, footers, page numbers.

    What it does:
        Nothing to the text. With ``unwrap=True`` a diagnosis names the lines that stand at the
        top or the bottom of most pages, the same but for their digits, and paragraphs are not
        joined with them.

    Why:
        An extractor gives everything that is drawn, in the order of the page: a title that the
        page repeats stands in the middle of a sentence.

    Example:
        ``تقرير البلدية - 3``, then ``تقرير البلدية - 4`` at the foot of the next page.

    When it stays silent:
        By default; where pages are not told apart (one text without form feeds); fewer than
        three pages.
    """

    code = "AR602"
    name = "running-lines"

    def detect(self, pages: Sequence[str], context: Context) -> Finding | None:
        """Return which lines the pages repeat, or ``None``."""
        if not context.config.unwrap:
            return None
        sheets = list(sheets_of(pages))
        running = repeated(sheets)
        if not running:
            return None
        count = sum(key_of(line) in running for sheet in sheets for line in edge_lines(sheet))
        total = sum(1 for sheet in sheets for line in sheet.split("\n") if line.strip())
        named = ", ".join(f"\u201c{key}\u201d" for key in sorted(running)[:_NAMED])
        return Finding(
            code=self.code,
            name=self.name,
            count=count,
            rate=count / total,
            evidence=f"{count} lines repeat on {len(sheets)} pages: {named}",
            confidence=1.0 - 0.5 ** (len(sheets) - 1),
        )

    def repair(self, page: str, finding: Finding, context: Context) -> list[Edit]:
        """Return no edit: what a page repeats is right where it stands."""
        return []


def sheets_of(pages: Sequence[str]) -> Iterator[str]:
    """Yield the drawn pages of a document, whether it came page by page or in one text."""
    for page in pages:
        for sheet in page.split(PAGE_BREAK):
            if sheet.strip():
                yield sheet


def edge_lines(sheet: str) -> list[str]:
    """Return the lines at the top and the bottom of a page."""
    lines = [line for line in sheet.split("\n") if line.strip()]
    if len(lines) <= 2 * _DEPTH:
        return lines
    return lines[:_DEPTH] + lines[-_DEPTH:]


def key_of(line: str) -> str:
    """Return what a repeated line has in common on all pages: everything but its numbers."""
    return _SPACES.sub(" ", _DIGITS.sub("#", line)).strip()


def repeated(sheets: Sequence[str]) -> frozenset[str]:
    """Return the keys of the lines that most pages have at an edge."""
    if len(sheets) < _LEAST_PAGES:
        return frozenset()
    seen: Counter[str] = Counter()
    for sheet in sheets:
        seen.update({key_of(line) for line in edge_lines(sheet) if len(line) <= _LONGEST})
    least = max(_LEAST_PAGES, _LEAST_SHARE * len(sheets))
    return frozenset(key for key, count in seen.items() if key and count >= least)
