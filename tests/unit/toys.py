"""Defect classes of no language at all, to see what the pipeline does with them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from arfix.channel.model import Channel, LostGlyph, SymbolReading
from arfix.config import Config
from arfix.edits import Edit
from arfix.pipeline import PageResult, examine, run
from arfix.repairer import Repairer
from arfix.stages import Context, Finding


@dataclass
class Toy:
    """Replaces what a pattern finds; a finding exists when any page of the document has it."""

    code: str
    pattern: str
    after: str | Callable[[str], str]
    confidence: float = 1.0
    name: str = "toy"
    detail: Any = None
    seen: list[tuple[str, ...]] = field(default_factory=list)

    def detect(self, pages: Sequence[str], context: Context) -> Finding | None:
        self.seen.append(tuple(pages))
        count = sum(len(re.findall(self.pattern, page)) for page in pages)
        if not count:
            return None
        return Finding(self.code, self.name, count, 0.5, "seen", 0.9, self.detail)

    def repair(self, page: str, finding: Finding, context: Context) -> list[Edit]:
        return [
            Edit(
                self.code,
                match.start(),
                match.end(),
                match[0],
                self.after if isinstance(self.after, str) else self.after(match[0]),
                self.confidence,
            )
            for match in re.finditer(self.pattern, page)
        ]


def context(**options: Any) -> Context:
    """Return a context for stages that look at no model."""
    return Context(Config(**options), None)  # type: ignore[arg-type]


@dataclass
class Known:
    """What a toy found out about the channel."""

    channel: Channel


class ToyRepairer(Repairer):
    """A repairer that knows three toys and opens no models; it can be sent to other processes."""

    def _context(self) -> Context:
        return Context(self.config, None)  # type: ignore[arg-type]

    def _stages(self) -> Sequence[Toy]:
        symbols = Channel(symbols=(SymbolReading("#", "sharp", 0.75),))
        lost = Channel(lost=(LostGlyph("k", "medial", 0.5),), share=0.25, confidence=0.5)
        tanween = Channel(lost_tanween=True, confidence=0.75)
        return (
            Toy("AR202", "#", "sharp", 0.75, "symbols", Known(symbols)),
            Toy("AR301", r"ta\b", "take", 0.5, "lost", Known(lost)),
            Toy("AR302", "~", "", 1.0, "tanween", Known(tanween)),
        )

    def _run(self, pages: Sequence[str]) -> list[PageResult]:
        return run(pages, self._context(), self._stages())

    def _examine(self, pages: Sequence[str]) -> tuple[Finding, ...]:
        return examine(pages, self._context(), self._stages())
