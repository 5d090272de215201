"""Whether a change said to be 0.9 sure is right nine times in ten, and what abstaining costs."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from measure.corpus import documents, sample
from measure.damage import DRAWN_FROM, SAMPLE_SET, erase, random_sets
from measure.runner import Job, Outcome
from measure.score import percent

if TYPE_CHECKING:
    from measure.bench import Bench, Report

_BINS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 0.999, 1.0)
_CUTS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99)

Judged = list[tuple[float, bool, bool]]


def confidence(bench: Bench) -> Report:
    """Return calibration and the price of ``min_confidence``, for two kinds of damage."""
    texts = sample(
        documents("news_unseen_source", 500), bench.size(50, 6), bench.seed, "confidence"
    )
    sets = random_sets(DRAWN_FROM, len(texts), bench.seed, "confidence")
    jobs = [
        Job(key, erase(text, lost), bench.keyed_options())
        for key, pairs in (
            ("sample's set", [(text, SAMPLE_SET) for text in texts]),
            ("random sets", list(zip(texts, sets, strict=True))),
        )
        for text, lost in pairs
    ]
    judged: dict[str, Judged] = {}

    def watch(outcome: Outcome) -> None:
        judged.setdefault(outcome.key, []).extend(outcome.judged)

    rows = bench.measure("confidence", jobs, watch)
    report: Report = {}
    for key, row in rows.items():
        report[key] = {
            "changes": len(judged[key]),
            "expected_error_pct": _expected_error(judged[key]),
            "bins": _bins(judged[key]),
            "min_confidence": _trade_off(judged[key], row["damaged"], row["others"]),
        }
    if not bench.fast:
        # The law behind the table: dropping the edits below a bound is what the option does.
        bound = 0.9
        real = bench.measure(
            "confidence",
            [
                Job("min_confidence=0.9", job.case, bench.keyed_options(min_confidence=bound))
                for job in jobs
                if job.key == "sample's set"
            ],
        )
        report["run with min_confidence=0.9, sample's set"] = real["min_confidence=0.9"]
    return {"rows": report}


def _bins(judged: Judged) -> list[Report]:
    rows = []
    for low, high in itertools.pairwise(_BINS):
        inside = [item for item in judged if low <= item[0] < high or (high == 1.0 == item[0])]
        if inside:
            rows.append(
                {
                    "from": low,
                    "to": high,
                    "changes": len(inside),
                    "said_pct": percent(sum(item[0] for item in inside), len(inside)),
                    "right_pct": percent(sum(item[1] for item in inside), len(inside)),
                }
            )
    return rows


def _expected_error(judged: Judged) -> float | None:
    """Return the mean distance between what bins say and what holds, weighted by their size."""
    return percent(
        sum(
            row["changes"] * abs(row["said_pct"] - row["right_pct"]) / 100 for row in _bins(judged)
        ),
        len(judged),
    )


def _trade_off(judged: Judged, damaged: int, others: int) -> list[Report]:
    return [
        {
            "min_confidence": cut,
            "restored_pct": percent(
                sum(right for sure, right, _ in judged if sure >= cut), damaged
            ),
            "changed_pct": percent(
                sum(not needed for sure, _, needed in judged if sure >= cut), others, 3
            ),
        }
        for cut in _CUTS
    ]
