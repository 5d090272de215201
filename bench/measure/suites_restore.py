"""Restoration: clean text is damaged, repaired blind and compared with what it was."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Callable
from statistics import median
from typing import TYPE_CHECKING

from measure.corpus import documents, many_paragraph_documents, of_size, sample
from measure.damage import (
    DRAWN_FROM,
    SAMPLE_SET,
    Damaged,
    GlyphSet,
    erase,
    erase_lam_alef,
    erase_paragraphs,
    random_sets,
    set_name,
)
from measure.runner import Job, Outcome
from measure.score import percent

if TYPE_CHECKING:
    from arfix.extraction import LamAlef
    from measure.bench import Bench, Report

#: Where texts for random sets come from: half news, the rest whatever else is modern Arabic.
_MIXED = (
    "news_unseen_source",
    "news",
    "news_unseen_source",
    "wiki",
    "news_unseen_source",
    "technology",
    "news",
    "legal",
    "news_unseen_source",
    "academic",
)


def news(bench: Bench) -> Report:
    """Return how the sample's set fares on news of a source no model has seen."""
    jobs: list[Job] = []
    plan = {"500": (60, 10), "100": (150, 24), "paragraph": (300, 50)}
    for size, (full, fast) in plan.items():
        texts = sample(
            of_size("news_unseen_source", size), bench.size(full, fast), bench.seed, "news", size
        )
        for label, options in (("", {}), (", no prior rows", {"use_prior": False})):
            # The rows can only matter where the text is short.
            if size == "500" and label and bench.fast:
                continue
            jobs += [
                Job(
                    f"{_size_name(size)}{label}",
                    erase(text, SAMPLE_SET),
                    bench.keyed_options(**options),
                )
                for text in texts
            ]
    return {"set": set_name(SAMPLE_SET), "rows": bench.measure("news", jobs)}


def _size_name(size: str) -> str:
    return "paragraphs of 20-40 words" if size == "paragraph" else f"{size} words"


def random_glyphs(bench: Bench) -> Report:
    """Return how random sets of one to three of the 60 commonest glyphs fare."""
    sets = random_sets(DRAWN_FROM, bench.size(120, 16) or 1, bench.seed, "random")
    each = 1 if bench.fast else 2
    pools: dict[str, list[str]] = {}
    for genre in dict.fromkeys(_MIXED):
        pools[genre] = list(documents(genre, 500))
        random.Random(f"{bench.seed}:random:{genre}").shuffle(pools[genre])
    taken: dict[str, int] = defaultdict(int)
    jobs: list[Job] = []
    for number, lost in enumerate(sets):
        for turn in range(each):
            genre = _MIXED[(number * each + turn) % len(_MIXED)]
            pool = pools[genre]
            text = pool[taken[genre] % len(pool)]
            taken[genre] += 1
            jobs.append(Job(set_name(lost), erase(text, lost), bench.keyed_options()))
    rows = bench.measure("random", jobs)
    damaged = sum(row["damaged"] for row in rows.values())
    others = sum(row["others"] for row in rows.values())
    enough = [row["restored_pct"] for row in rows.values() if row["damaged"] >= 10]
    return {
        "sets": len(sets),
        "documents": len(jobs),
        "glyphs": [str(glyph) for glyph in DRAWN_FROM],
        "words": sum(row["words"] for row in rows.values()),
        "damaged": damaged,
        "channel": dict(sum((Counter(row["channel"]) for row in rows.values()), Counter())),
        "restored_pct": percent(sum(row["restored"] for row in rows.values()), damaged),
        "restored_pct_median_of_sets": round(median(enough), 2) if enough else None,
        "changed_pct": percent(sum(row["changed"] for row in rows.values()), others, 3),
        "rows": dict(sorted(rows.items(), key=lambda item: item[1]["restored_pct"] or 0.0)),
    }


def genres(bench: Bench) -> Report:
    """Return how the sample's set fares in four other genres, 500 words each."""
    jobs = [
        Job(genre, erase(text, SAMPLE_SET), bench.keyed_options())
        for genre, full, fast in (
            ("legal", 40, 3),
            ("wiki", 40, 4),
            ("technology", 18, 4),
            ("academic", 40, 3),
        )
        for text in sample(
            documents(genre, 500), bench.size(full, fast), bench.seed, "genres", genre
        )
    ]
    return {"set": set_name(SAMPLE_SET), "rows": bench.measure("genres", jobs)}


def lam_alef(bench: Bench) -> Report:
    """Return how news fares that lost its lam-alefs, wholly or all but the lam."""
    plan: dict[str, tuple[LamAlef, str, int, int]] = {
        "lam left, 500 words": ("lam", "500", 40, 4),
        "lam left, 100 words": ("lam", "100", 100, 10),
        "nothing left, 500 words": ("nothing", "500", 40, 4),
        "nothing left, 100 words": ("nothing", "100", 100, 10),
    }
    jobs = [
        Job(label, erase_lam_alef(text, remains), bench.keyed_options())
        for label, (remains, size, full, fast) in plan.items()
        for text in sample(
            of_size("news_unseen_source", size),
            bench.size(full, fast),
            bench.seed,
            "lam-alef",
            size,
        )
    ]
    return {"set": "lam-alef", "rows": bench.measure("lam_alef", jobs)}


def _half_contiguous(count: int) -> list[bool]:
    return [index >= count // 2 for index in range(count)]


def _half_alternating(count: int) -> list[bool]:
    return [index % 2 == 1 for index in range(count)]


def _fifth(count: int) -> list[bool]:
    broken = max(1, round(count / 5))
    start = count // 2
    return [start <= index < start + broken for index in range(count)]


def _all(count: int) -> list[bool]:
    return [True] * count


def two_fonts(bench: Bench) -> Report:
    """Return how documents fare of which only some paragraphs are set in the bad font."""
    texts = sample(
        many_paragraph_documents("news_unseen_source", 500),
        bench.size(40, 4),
        bench.seed,
        "fonts",
    )
    plans = {
        "one font": _all,
        "half, contiguous": _half_contiguous,
        "half, alternating": _half_alternating,
        "a fifth": _fifth,
    }
    jobs = [
        Job(label, _partly(text, SAMPLE_SET, plan), bench.keyed_options())
        for label, plan in plans.items()
        for text in texts
    ]
    missed: dict[str, int] = defaultdict(int)

    def watch(outcome: Outcome) -> None:
        missed[outcome.key] += outcome.same_object and outcome.score.counts.damaged > 0

    rows = bench.measure("fonts", jobs, watch)
    for label, row in rows.items():
        row["documents_left_alone"] = missed[label]
    return {"set": set_name(SAMPLE_SET), "rows": rows}


def _partly(text: str, lost: GlyphSet, plan: Callable[[int], list[bool]]) -> Damaged:
    return erase_paragraphs(text, lost, plan(len(text.split("\n"))))
