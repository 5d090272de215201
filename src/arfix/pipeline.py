"""Run the defect classes over a document until nothing changes any more.

The pipeline knows no Arabic. It keeps four promises: stages run in registry order, each on the
text that the last one left; every change is recorded as a step; no edit is made that is less sure
than wanted or touches a word to keep; and what comes back is a fixed point, so that repairing it
once more changes nothing.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from arfix.edits import Edit, Step
from arfix.spans import word_around

if TYPE_CHECKING:
    from arfix.stages import Context, Finding, Rule

#: Rounds before a document counts as one that never settles.
MAX_ROUNDS: Final = 6

logger = logging.getLogger("arfix")
logger.addHandler(logging.NullHandler())


@dataclass(frozen=True, slots=True)
class PageResult:
    """What the pipeline did to one page of a document.

    Attributes:
        original: The page as it came.
        text: The page as it is now; the very same object when nothing changed.
        steps: Every change in order, over all rounds.
        findings: What was wrong with the document, the same for each of its pages.
        unrepaired: What is seen to be broken in ``text`` and was left alone: edits that were
            not sure enough, and spans where the stage abstained. Offsets are those of ``text``.
        converged: Whether the document settled; if not, it was left as it came.
    """

    original: str
    text: str
    steps: tuple[Step, ...]
    findings: tuple[Finding, ...]
    unrepaired: tuple[Edit, ...]
    converged: bool


def run(
    pages: Sequence[str], context: Context, stages: Sequence[Rule] | None = None
) -> list[PageResult]:
    """Return what repairing the document does to each of its pages.

    Args:
        pages: The document; what is wrong with it is looked for in all pages together.
        context: The options and the models.
        stages: What to run, in order; the registry when None.
    """
    chosen = _chosen(context, stages)
    document = _Document(pages, context)
    settled = 0  # how many stages in a row have left the document as it is
    for round_number in range(MAX_ROUNDS):
        for stage in chosen:
            changed, finding = document.advance(stage)
            if round_number == 0 and finding is not None:
                document.findings.append(finding)
            settled = 0 if changed else settled + 1
            if settled == len(chosen):
                return document.results()
    if not chosen:
        return document.results()
    logger.info("no fixed point after %d rounds; the document is left as it came", MAX_ROUNDS)
    return [
        PageResult(page, page, (), tuple(document.findings), (), converged=False) for page in pages
    ]


def examine(
    pages: Sequence[str], context: Context, stages: Sequence[Rule] | None = None
) -> tuple[Finding, ...]:
    """Return what is wrong with the document, without finishing its repair.

    These are the findings of :func:`run`: a class sees the text as the classes before it leave it,
    since what is lost cannot be told while the order is wrong.
    """
    document = _Document(pages, context)
    chosen = _chosen(context, stages)
    for stage in chosen:
        last = stage is chosen[-1]
        if last:
            finding = stage.detect(document.pages, document.context)
        else:
            finding = document.advance(stage)[1]
        if finding is not None:
            document.findings.append(finding)
    return tuple(document.findings)


def _chosen(context: Context, stages: Sequence[Rule] | None) -> list[Rule]:
    if stages is None:
        from arfix.defects import stages as registered

        stages = registered()
    return [stage for stage in stages if context.config.uses(stage.code)]


class _Document:
    """The pages as they are now, and how they came to be so."""

    def __init__(self, pages: Sequence[str], context: Context) -> None:
        self.originals = list(pages)
        self.pages = list(pages)
        self.context = context
        self.findings: list[Finding] = []
        self._steps: list[list[Step]] = [[] for _ in pages]
        #: What each stage left alone when it last ran, page by page.
        self._left: dict[str, list[list[Edit]]] = {}

    def advance(self, stage: Rule) -> tuple[bool, Finding | None]:
        """Run one stage; return whether it changed anything, and what it found."""
        self._left.pop(stage.code, None)
        finding = stage.detect(self.pages, self.context)
        if finding is None:
            return False, None
        changed = False
        left: list[list[Edit]] = []
        for number, page in enumerate(self.pages):
            made, untouched = self._sorted_out(page, stage.repair(page, finding, self.context))
            left.append(untouched)
            if not made:
                continue
            step = Step.make(stage.code, stage.name, page, made)
            if step.after == page:
                continue
            self.pages[number] = step.after
            self._steps[number].append(step)
            changed = True
        self._left[stage.code] = left
        if changed and stage.code not in self.context.repaired:
            self.context = replace(self.context, repaired=self.context.repaired | {stage.code})
        return changed, finding

    def _sorted_out(self, page: str, edits: Sequence[Edit]) -> tuple[list[Edit], list[Edit]]:
        """Return the edits to make, and those that only say what is broken."""
        config = self.context.config
        made: list[Edit] = []
        untouched: list[Edit] = []
        for edit in edits:
            if config.keep and word_around(page, edit.start, edit.end) in config.keep:
                continue
            sure = edit.confidence >= config.min_confidence
            (made if sure and edit.before != edit.after else untouched).append(edit)
        return made, untouched

    def results(self) -> list[PageResult]:
        """Return the settled pages."""
        findings = tuple(self.findings)
        results = []
        for number, (original, page) in enumerate(zip(self.originals, self.pages, strict=True)):
            left = [edit for by_page in self._left.values() for edit in by_page[number]]
            left.sort(key=lambda edit: (edit.start, edit.end, edit.code))
            steps = tuple(self._steps[number])
            text = original if page == original else page  # undone on the way: the same object
            results.append(PageResult(original, text, steps, findings, tuple(left), converged=True))
        return results
