"""Clean text: whatever the repair changes in it is a false alarm."""

from __future__ import annotations

from typing import TYPE_CHECKING

from measure.corpus import MSA, SPECIAL, of_size, sample, unit_count
from measure.damage import undamaged
from measure.runner import Job, Outcome

if TYPE_CHECKING:
    from measure.bench import Bench, Report

#: Words of each genre and size that a run looks at: full, fast.
_WORDS = {"500": (60_000, 4_000), "100": (40_000, 1_500), "paragraph": (40_000, 1_500)}
_UNIT = {"500": 500, "100": 100, "paragraph": 28}


def clean(bench: Bench) -> Report:
    """Return what the repair changes in clean text, for each genre and length."""
    jobs: list[Job] = []
    units: dict[str, int] = {}
    for genre in MSA + SPECIAL:
        for size, (full, fast) in _WORDS.items():
            count = bench.size(full // _UNIT[size], fast // _UNIT[size])
            for text in sample(of_size(genre, size), count, bench.seed, "clean", genre, size):
                key = f"{genre}/{size}"
                units[key] = units.get(key, 0) + unit_count(text, genre)
                jobs.append(Job(key, undamaged(text), bench.keyed_options(), explain=False))
    listed: list[Report] = []
    seen: dict[str, Report] = {}

    def watch(outcome: Outcome) -> None:
        row = seen.setdefault(
            outcome.key, {"documents_changed": 0, "same_object": 0, "changed_outside_words": 0}
        )
        row["same_object"] += outcome.same_object
        row["documents_changed"] += bool(outcome.score.errors) or outcome.outside
        row["changed_outside_words"] += outcome.outside
        # Words only: what stands around them belongs to their writers (``--errors`` has it).
        listed.extend(
            {
                "row": outcome.key,
                "gold": error.gold,
                "output": error.output,
                "gold_codes": _codes(error.gold),
                "output_codes": _codes(error.output),
            }
            for error in outcome.score.errors
        )

    rows = bench.measure("clean", jobs, watch)
    report = {
        key: {
            "documents": row["documents"],
            "words": units[key],
            "changed": row["changed"],
            "changed_per_100k": _per_100k(row["changed"], units[key]),
            **seen[key],
            "words_per_s": row["words_per_s"],
        }
        for key, row in rows.items()
    }
    groups = {}
    for name, members in (("modern standard Arabic", MSA), ("special", SPECIAL)):
        for size in _WORDS:
            chosen = [report[f"{genre}/{size}"] for genre in members if f"{genre}/{size}" in report]
            words = sum(row["words"] for row in chosen)
            changed = sum(row["changed"] for row in chosen)
            groups[f"{name}/{size}"] = {
                "documents": sum(row["documents"] for row in chosen),
                "words": words,
                "changed": changed,
                "changed_per_100k": _per_100k(changed, words),
                "documents_changed": sum(row["documents_changed"] for row in chosen),
            }
    return {"groups": groups, "rows": report, "changed_words": listed}


def _per_100k(changed: int, words: int) -> float | None:
    return round(100_000 * changed / words, 1) if words else None


def _codes(word: str) -> str:
    return " ".join(f"{ord(char):04X}" for char in word)
