"""AR204 visual-order: lines that stand in the order in which they were drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from arfix.cipher.numbering import is_in_codes, numbered_order
from arfix.order.chains import LONE_NUMBER, Chain, chain_edits, chained
from arfix.order.document import Document
from arfix.order.line_edits import Reordered, line_edits, lines
from arfix.order.parted import may_be_parted, parted, parted_edits
from arfix.order.scoring import shared
from arfix.stages import Finding

if TYPE_CHECKING:
    from arfix.edits import Edit
    from arfix.stages import Context


_SURE_OF_CHAIN: Final = 0.95
_PARTED: Final = "parted"


@dataclass(frozen=True, slots=True)
class _Chains:
    """The lines that were cut at their numbers, and what they were."""

    whole: dict[Chain, str]


class VisualOrder:
    """Put the words and letters of a line back in the order in which they are read.

    What it does:
        Tries a finite list of orders on each line (letters and words reversed, words alone,
        each word in place, some words and others not, the runs between numbers and Latin words
        reversed or exchanged, the whole line as drawn but for its Arabic stretches, the line
        cut in pieces or inside a word, several drawn lines in one, numbers that come one stretch
        of words too late) and takes the one that the language model reads best, weighed by how
        often each order holds in this document. Takes spaces back that the wrong order brought,
        and puts lines together that were cut at their numbers, the pieces last to first. Where
        the words read alike, signs beside numbers, the blanks round brackets and the lines around
        tell.

    Why:
        A page holds glyphs from left to right. An extractor that does not know this, or corrects
        it where the producer had written the text in reading order already, hands out lines in
        reverse; numbers and Latin words cut them into runs, which change places.

    Example:
        ``ءاسم دفولا لصو`` becomes ``وصل الوفد مساء``

    When it stays silent:
        A document whose lines read best as they stand; a line that no order makes better by a
        clear margin; words of languages that the models do not know.
    """

    code = "AR204"
    name = "visual-order"

    def detect(self, pages: Sequence[str], context: Context) -> Finding | None:
        """Return the lines that are out of order, or ``None`` where the text reads as it stands."""
        # Nothing can be read in a text in codes; how they are numbered tells its order.
        if is_in_codes(pages):
            found = numbered_order(pages)
        else:
            found = Document(
                pages,
                context.resources,
                damaged=bool(context.repaired),
                reordered=self.code in context.repaired,
            ).decide()
        if not found:
            return self._chained(pages, context) or self._parted(pages, context)
        total = count = 0
        for body in lines(pages):
            total += 1
            count += body in found
        return Finding(
            code=self.code,
            name=self.name,
            count=count,
            rate=count / max(1, total),
            evidence=f"{count} of {total} lines read better in another order",
            confidence=max(sure for _, sure in found.values()),
            detail=Reordered(found),
        )

    def _chained(self, pages: Sequence[str], context: Context) -> Finding | None:
        """Return the lines that were one line, once each of them is in order."""
        if not any(LONE_NUMBER.search(page) for page in pages):
            return None
        whole = chained(pages, shared(context.resources))
        if not whole:
            return None
        return Finding(
            code=self.code,
            name=self.name,
            count=len(whole),
            rate=1.0,
            evidence=f"{len(whole)} lines were cut at their numbers, the pieces last to first",
            confidence=_SURE_OF_CHAIN,
            detail=_Chains(whole),
        )

    def _parted(self, pages: Sequence[str], context: Context) -> Finding | None:
        """Return the lines that a vowel mark cut inside a word, the pieces in two lines."""
        if not may_be_parted(pages):
            return None
        scorer = shared(context.resources)
        count = sum(1 for page in pages for _ in parted(page, scorer))
        if not count:
            return None
        return Finding(
            code=self.code,
            name=self.name,
            count=count,
            rate=1.0,
            evidence=f"{count} lines start with the alef of the word that ends the next line",
            confidence=_SURE_OF_CHAIN,
            detail=_PARTED,
        )

    def repair(self, page: str, finding: Finding, context: Context) -> list[Edit]:
        """Return an edit for each line out of order, from its first to its last change."""
        if finding.detail == _PARTED:
            return parted_edits(page, self.code, shared(context.resources), finding.confidence)
        if isinstance(finding.detail, _Chains):
            return chain_edits(page, self.code, finding.detail.whole, finding.confidence)
        return line_edits(page, self.code, finding.detail)
