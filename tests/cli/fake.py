"""A repairer without models: U+E940 is kaf, and nothing else is ever wrong.

Run as a program it is the command `arfix` with this repairer in place of the real one.
"""

from __future__ import annotations

import os
import sys
import time
from dataclasses import dataclass
from typing import Any, ClassVar

from arfix.edits import Alternative, Edit, Step
from arfix.errors import DataError
from arfix.report import Diagnosis, Repair
from arfix.stages import Finding

LOST = "\ue940"
KAF = "\u0643"


class Undamaged:
    """A channel, as far as a report wants one."""

    def to_json(self) -> str:
        return "{}"


@dataclass(frozen=True)
class Candidate:
    text: str
    confidence: float


class FakeRepairer:
    """Notes its options, so that tests see what the command made of its arguments."""

    last: ClassVar[dict[str, Any]] = {}

    def __init__(self, **options: Any) -> None:
        from arfix.config import Config

        Config.make(None, **options)
        type(self).last = options

    def repair(self, text: str) -> str:
        if "CRASH" in text:
            raise RuntimeError("a bug")
        if "NO MODELS" in text:
            raise DataError("the lexicon is missing; install arfix anew")
        if "DIE" in text:
            os._exit(9)
        if "SLEEP" in text:
            sys.stderr.write("sleeping\n")
            sys.stderr.flush()
            time.sleep(30)
        return text.replace(LOST, KAF)

    def explain(self, text: str) -> Repair:
        edits = tuple(
            Edit("AR202", i, i + 1, LOST, KAF, 0.97, (Alternative("\u064a", 0.02),))
            for i, character in enumerate(text)
            if character == LOST
        )
        step = Step.make("AR202", "private-use", text, edits)
        return Repair(
            text=step.after,
            original=text,
            steps=(step,),
            diagnosis=self.diagnose(text),
            channel=Undamaged(),  # type: ignore[arg-type]
        )

    def diagnose(self, text: str) -> Diagnosis:
        count = text.count(LOST)
        evidence = f"{LOST} where no word has it"
        findings = (Finding("AR202", "private-use", count, 0.5, evidence, 0.99),) if count else ()
        return Diagnosis(findings, len(text.split()))

    def suggest(self, word: str, *, before: str, after: str, limit: int) -> list[Candidate]:
        if word == "none":
            return []
        type(self).last = {"word": word, "before": before, "after": after}
        return [Candidate(word.replace(LOST, KAF), 0.9), Candidate(word, 0.1)][:limit]


if __name__ == "__main__":
    import arfix

    arfix.Repairer = FakeRepairer  # type: ignore[misc,assignment]
    from arfix.cli.main import main

    sys.exit(main())
