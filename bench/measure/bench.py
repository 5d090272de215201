"""What every suite gets: the runner, the sizes, and one place where rows are added up."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from statistics import median
from typing import TYPE_CHECKING, Any

from measure.score import Counts

if TYPE_CHECKING:
    from measure.runner import Job, Outcome, Runner

Report = dict[str, Any]


@dataclass(slots=True)
class Bench:
    """The settings of one run.

    Attributes:
        runner: Where documents are repaired.
        fast: Whether to take the small subset that the floors are pinned on.
        seed: Decides which documents and sets are drawn.
        options: Options given to the repairer in every suite.
        scale: Multiplies the number of documents of a full run.
        errors: Every word got wrong, for ``--errors``.
    """

    runner: Runner
    fast: bool
    seed: int
    options: dict[str, Any] = field(default_factory=dict)
    scale: float = 1.0
    errors: list[Report] = field(default_factory=list)

    def size(self, full: int | None, fast: int) -> int | None:
        """Return the number of documents to take; ``None`` is all of them."""
        if self.fast:
            return fast
        return None if full is None else max(1, round(full * self.scale))

    def keyed_options(self, **more: Any) -> tuple[tuple[str, Any], ...]:
        """Return the run's options and more of them, as a job holds them."""
        return tuple(sorted({**self.options, **more}.items()))

    def measure(
        self, suite: str, jobs: Sequence[Job], each: Callable[[Outcome], None] | None = None
    ) -> dict[str, Report]:
        """Repair and score the documents; return a report for each row.

        Args:
            suite: Name of the suite, for the list of errors.
            jobs: The documents.
            each: Called with every outcome.
        """
        sums: dict[str, Counts] = defaultdict(Counts)
        shares: dict[str, list[float]] = defaultdict(list)
        channels: dict[str, Counter[str]] = defaultdict(Counter)
        for outcome in self.runner.run(jobs):
            counts = outcome.score.counts
            if outcome.channel and counts.damaged:
                channels[outcome.key][outcome.channel] += 1
            sums[outcome.key].add(counts)
            if counts.damaged >= 5:
                shares[outcome.key].append(100.0 * counts.restored / counts.damaged)
            self.errors += [
                {"suite": suite, "row": outcome.key, **asdict(error)}
                for error in outcome.score.errors
            ]
            if each is not None:
                each(outcome)
        return {
            key: {
                **counts.report(),
                "restored_pct_median_of_documents": (
                    round(median(shares[key]), 2) if shares[key] else None
                ),
                "channel": dict(sorted(channels[key].items())),
            }
            for key, counts in sums.items()
        }
