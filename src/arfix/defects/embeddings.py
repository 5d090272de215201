"""AR102 embeddings: the directional controls that Poppler's pdftotext puts around runs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from arfix.order.atoms import ARABIC
from arfix.order.embedded import CONTROL, LRE, PDF, RLE, drawn
from arfix.order.line_edits import Reordered, line_edits
from arfix.order.reading import in_reading_order
from arfix.stages import Finding

if TYPE_CHECKING:
    from arfix.edits import Edit
    from arfix.stages import Context

#: Share of the Arabic lines that must look as Poppler writes them.
_LEAST_SHARE: Final = 0.9
#: Two lines of one letter each, which tools do that have every glyph start a line.
_ALONE: Final = f"{RLE}{ARABIC.pattern}{PDF}"
LETTER_LINES: Final = re.compile(f"^{_ALONE}\n{_ALONE}$", re.MULTILINE)
_MOST_ALONE: Final = 2
_ALONE_SURE: Final = 0.99


class Embeddings:
    """Read a line as it was drawn, by the controls that pdftotext put into it.

    What it does:
        Takes the embedding controls (U+202A to U+202C) out, after following them: they tell
        where each stretch of the line was drawn, and from there numbers, signs and Latin words
        come back to their places. Where each letter has a line of its own the order stays: it
        tells what belongs to the letters above and below.

    Why:
        Poppler reverses the stretches that run from right to left and marks them, and the rest
        of a line, with controls; what stands between them is in the order of the page:
        ``%2.5`` for ``2.5%``.

    Example:
        In ``{U+202B}نما {U+202A} %2.5{U+202C}أمس{U+202C}`` stands ``نما 2.5% أمس``.

    When it stays silent:
        No such controls; controls in a few lines only, in another nesting, or around text of
        both directions, as writers use them; other controls (marks, isolates, overrides).
    """

    code = "AR102"
    name = "embeddings"

    def detect(self, pages: Sequence[str], context: Context) -> Finding | None:
        """Return the lines that pdftotext wrote, or ``None`` if it did not."""
        if not any(RLE in page or LRE in page for page in pages):
            return None
        found: dict[str, str] = {}
        alone: dict[str, str] = {}
        arabic = fitting = count = 0
        for page in pages:
            for line in page.split("\n"):
                marked = CONTROL.search(line) is not None
                if not marked:
                    arabic += ARABIC.search(line) is not None
                    continue
                body = line.strip()
                visual = found.get(body) or alone.get(body) or drawn(body)
                arabic += 1
                if visual is not None:
                    fitting += 1
                    count += 1
                    if len(ARABIC.findall(body)) > _MOST_ALONE:
                        found[body] = visual
                    else:
                        alone[body] = CONTROL.sub("", body)
        if fitting < _LEAST_SHARE * arabic:
            return None
        # A letter that ends a stretch above and one that starts the next below are in no order.
        in_letters = len(alone) > 0 and any(LETTER_LINES.search(page) for page in pages)
        if not in_letters:
            found.update((body, drawn(body) or body) for body in alone)
        lines = in_reading_order(found, context.resources)
        if in_letters:
            lines.update((body, (text, _ALONE_SURE)) for body, text in alone.items())
        return Finding(
            code=self.code,
            name=self.name,
            count=count,
            rate=count / max(1, arabic),
            evidence=f"{count} of {arabic} lines hold embedding controls as pdftotext sets them",
            confidence=1.0 - 0.5 ** (count + 3),
            detail=Reordered(lines),
        )

    def repair(self, page: str, finding: Finding, context: Context) -> list[Edit]:
        """Return an edit for each line that held controls."""
        del context
        return line_edits(page, self.code, finding.detail)
