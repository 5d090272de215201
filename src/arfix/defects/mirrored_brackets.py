"""AR402 mirrored-brackets: brackets and quotation marks that face or stand the wrong way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from arfix.edits import Edit
from arfix.punctuation.gaps import AS_IS, MIRRORED, TURNED, TURNED_AND_MIRRORED, gaps_of, read
from arfix.punctuation.pairs import leaning, moved_inside, outward
from arfix.punctuation.symptoms import suspicious
from arfix.stages import Finding

if TYPE_CHECKING:
    from arfix.stages import Context

#: Opens a run of another direction, in whose order extractors print brackets.
_EMBEDDING: Final = "\u202a"
_NEVER: Final = 1000.0
#: What each kind of damage costs while it is unproven, and where the document proves it.
_UNPROVEN: Final = (0.0, 1.5, 1.5, 1.7)
_PROVEN: Final = (0.0, 0.6, 0.6, 0.7)
#: Damaged gaps that prove each kind, and their least share of all that hold a bracket. A space on
#: the wrong side is a slip that writers make, too.
_LEAST: Final = (0, 2, 3, 3)
_LEAST_SHARE: Final = (0.0, 0.33, 0.4, 0.4)
#: The same for mirrored brackets where it is only a few that prove it.
_FEW: Final = 4
_LEAST_SHARE_OF_FEW: Final = 0.6
#: Mirrored pairs before their last number that prove that it is so.
_LEAST_LEANING: Final = 2
#: Share of edits that are right where the document has the defect, by real extractor output.
_RIGHT: Final = 0.94


@dataclass(frozen=True, slots=True)
class _Moves:
    """Which pairs stand past a word: on the inner sides of both, or before the last number."""

    inside: bool
    leaning: bool


class MirroredBrackets:
    """Turn brackets and quotation marks round, and give them their spaces back.

    What it does:
        Mirrors brackets and guillemets that face the wrong way, and moves the space to the
        outer side of those that are glued to the word outside.

    Why:
        Tools that turn a line round mirror its brackets once too often or not at all, and a
        change of direction beside a bracket turns the signs between two words round.

    Example:
        ``)أي بنسبة %4.65(`` becomes ``(أي بنسبة %4.65)``

    When it stays silent:
        Brackets pair up as they are; list items such as ``1)``; brackets in Latin lines and code;
        a few brackets out of many, which are slips of the writer.
    """

    code = "AR402"
    name = "mirrored-brackets"

    def detect(self, pages: Sequence[str], context: Context) -> Finding | None:
        """Return how many brackets face or stand the wrong way, or None if too few do."""
        if not any(suspicious(page) for page in pages):
            return None
        if any(_EMBEDDING in page for page in pages):  # the order is yet to be settled
            return None
        lean = sum(1 for page in pages for _ in leaning(page))
        inside = moved_inside(pages)
        if inside or lean >= _LEAST_LEANING:
            # What is left has its turn when the stages run again.
            return self._found(_Moves(inside > 0, lean > 0), inside + lean, inside + lean)
        total = 0
        seen = [0, 0, 0, 0]
        for page in pages:
            gaps = list(gaps_of(page))
            read(page, gaps, _UNPROVEN)
            total += len(gaps)
            for gap in gaps:
                seen[gap.readings[gap.chosen][0]] += 1
        turned = seen[TURNED] + seen[TURNED_AND_MIRRORED]
        seen[TURNED] = seen[TURNED_AND_MIRRORED] = turned
        costs = tuple(
            cost if _proves(kind, count, total) else _NEVER
            for kind, (cost, count) in enumerate(zip(_PROVEN, seen, strict=True))
        )
        proven = [kind for kind in (MIRRORED, TURNED) if costs[kind] < _NEVER]
        if not proven:
            return None
        changed = sum(seen[kind] for kind in proven)
        return self._found(costs, changed, total)

    def _found(self, detail: tuple[float, ...] | _Moves, count: int, total: int) -> Finding:
        return Finding(
            code=self.code,
            name=self.name,
            count=count,
            rate=count / total,
            evidence=f"{count} of {total} brackets or quotation marks face the wrong way",
            confidence=1.0 - 0.5 ** (count + 1),
            detail=detail,
        )

    def repair(self, page: str, finding: Finding, context: Context) -> list[Edit]:
        """Return an edit for each gap between words whose brackets are turned."""
        sure = _RIGHT * finding.confidence
        if isinstance(finding.detail, _Moves):
            moves = sorted(
                [
                    *(outward(page) if finding.detail.inside else ()),
                    *(leaning(page) if finding.detail.leaning else ()),
                ]
            )
            apart = [move for last, move in pairwise([(0, 0, ""), *moves]) if move[0] >= last[1]]
            return [
                Edit(self.code, start, end, page[start:end], text, sure)
                for start, end, text in apart
            ]
        gaps = list(gaps_of(page))
        read(page, gaps, finding.detail)
        edits = []
        for gap in gaps:
            kind, text = gap.readings[gap.chosen]
            if kind != AS_IS:
                before = page[gap.start : gap.end]
                edits.append(Edit(self.code, gap.start, gap.end, before, text, sure))
        return edits


def _proves(kind: int, count: int, total: int) -> bool:
    """Return whether so many damaged gaps of all are more than slips."""
    share = max(
        _LEAST_SHARE[kind], _LEAST_SHARE_OF_FEW if kind == MIRRORED and count < _FEW else 0.0
    )
    return count >= _LEAST[kind] and count >= share * total
