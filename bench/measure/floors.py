"""The gate: pinned figures of the fast run, which may be raised and never lowered."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from measure.bench import Report

PATH: Final = Path(__file__).resolve().parents[1] / "floors.json"


def _get(report: Report, *path: str) -> float | None:
    found: Any = report
    for name in path:
        if not isinstance(found, dict) or name not in found:
            return None
        found = found[name]
    return float(found) if isinstance(found, bool | int | float) else None


def _row(suite: str, row: str, field: str) -> Callable[[Report], float | None]:
    return lambda suites: _get(suites, suite, "rows", row, field)


def _at(*path: str) -> Callable[[Report], float | None]:
    return lambda suites: _get(suites, *path)


def _all_ok(suites: Report) -> float | None:
    suite = suites.get("bad_input", {})
    if "rows" not in suite:
        return None
    refused = suite["types"]["bytes"].startswith("TypeError")
    return float(refused + sum(bool(row["ok"]) for row in suite["rows"].values()))


def _same_objects(suites: Report) -> float | None:
    clean = suites.get("samples", {}).get("clean articles come back as the same object")
    return None if clean is None else float(sum(clean.values()))


def _named(suites: Report) -> float | None:
    named = suites.get("suggest", {}).get("named")
    return None if named is None else float(sum(row["first"] for row in named.values()))


#: Figure: how to read it, +1 where more is better and -1 where less is, and how far below the
#: measured value it is pinned (times vary between machines; a count does not).
GATED: Final[dict[str, tuple[Callable[[Report], float | None], int, float]]] = {
    "samples.extracted.in_place": (_at("samples", "as extracted", "in_place"), 1, 0),
    "samples.stripped.in_order": (_at("samples", "codes stripped", "in_order"), 1, 0),
    "samples.clean_same_object": (_same_objects, 1, 0),
    "pairs.natural.f1": (_row("pairs", "natural, present", "f1"), 1, 0.003),
    "pairs.altered.f1": (_row("pairs", "altered, present", "f1"), 1, 0.005),
    "pairs.worse": (_at("pairs", "worse_pct"), -1, 0),
    "news.500.restored": (_row("news", "500 words", "restored_pct"), 1, 0.3),
    "news.500.changed": (_row("news", "500 words", "changed_pct"), -1, 0.03),
    "news.100.restored": (_row("news", "100 words", "restored_pct"), 1, 0.5),
    "news.100.changed": (_row("news", "100 words", "changed_pct"), -1, 0.04),
    "news.paragraph.restored": (_row("news", "paragraphs of 20-40 words", "restored_pct"), 1, 1.0),
    "news.paragraph.changed": (_row("news", "paragraphs of 20-40 words", "changed_pct"), -1, 0.1),
    "random.restored": (_at("random", "restored_pct"), 1, 0.5),
    "random.median": (_at("random", "restored_pct_median_of_sets"), 1, 0.5),
    "random.changed": (_at("random", "changed_pct"), -1, 0.04),
    "genres.legal.restored": (_row("genres", "legal", "restored_pct"), 1, 1.0),
    "genres.wiki.restored": (_row("genres", "wiki", "restored_pct"), 1, 1.0),
    "genres.technology.restored": (_row("genres", "technology", "restored_pct"), 1, 1.0),
    "genres.academic.restored": (_row("genres", "academic", "restored_pct"), 1, 1.0),
    "lam_alef.lam.restored": (_row("lam_alef", "lam left, 500 words", "restored_pct"), 1, 1.0),
    "lam_alef.nothing.restored": (
        _row("lam_alef", "nothing left, 500 words", "restored_pct"),
        1,
        1.0,
    ),
    "fonts.half_contiguous.restored": (_row("fonts", "half, contiguous", "restored_pct"), 1, 1.0),
    "fonts.half_alternating.restored": (_row("fonts", "half, alternating", "restored_pct"), 1, 1.0),
    "fonts.fifth.restored": (_row("fonts", "a fifth", "restored_pct"), 1, 1.5),
    "clean.msa.500": (
        _at("clean", "groups", "modern standard Arabic/500", "changed_per_100k"),
        -1,
        0,
    ),
    "clean.msa.100": (
        _at("clean", "groups", "modern standard Arabic/100", "changed_per_100k"),
        -1,
        0,
    ),
    "clean.msa.paragraph": (
        _at("clean", "groups", "modern standard Arabic/paragraph", "changed_per_100k"),
        -1,
        0,
    ),
    "clean.special.500": (_at("clean", "groups", "special/500", "changed_per_100k"), -1, 0),
    "clean.special.100": (_at("clean", "groups", "special/100", "changed_per_100k"), -1, 0),
    "clean.special.paragraph": (
        _at("clean", "groups", "special/paragraph", "changed_per_100k"),
        -1,
        0,
    ),
    "suggest.first": (_at("suggest", "first_pct"), 1, 1.0),
    "suggest.five": (_at("suggest", "five_pct"), 1, 1.0),
    "suggest.named": (_named, 1, 0),
    "bad_input.ok": (_all_ok, 1, 0),
    "confidence.sample.error": (
        _at("confidence", "rows", "sample's set", "expected_error_pct"),
        -1,
        1.0,
    ),
}


def measured(suites: Report) -> dict[str, float]:
    """Return the gated figures that a run has."""
    found = {name: read(suites) for name, (read, _, _) in GATED.items()}
    return {name: value for name, value in found.items() if value is not None}


def load(path: Path = PATH) -> Report:
    """Return the pinned figures, none where no file is."""
    if not path.exists():
        return {"digest": {}, "floors": {}}
    found: Report = json.loads(path.read_text(encoding="utf-8"))
    return found


def check(suites: Report, digest: dict[str, str], path: Path = PATH) -> list[str]:
    """Return what is wrong with a fast run, nothing when it may pass."""
    pinned = load(path)
    problems = [f"{name}: {reason}" for name, reason in lowered(path).items()]
    moved = sorted(
        name
        for name in {*pinned["digest"], *digest}
        if pinned["digest"].get(name) != digest.get(name)
    )
    if pinned["digest"] and moved:
        problems.append(
            f"the evaluation texts are not those the floors were pinned on: {', '.join(moved[:5])}"
        )
    found = measured(suites)
    for name, floor in pinned["floors"].items():
        if name not in found:
            problems.append(f"{name}: pinned at {floor} and not measured")
        elif _worse(name, found[name], floor):
            problems.append(f"{name}: {found[name]} is worse than the pinned {floor}")
    return problems


def _worse(name: str, value: float, floor: float) -> bool:
    sign = GATED[name][1] if name in GATED else 1
    return sign * value < sign * floor - 1e-9


def raise_floors(suites: Report, digest: dict[str, str], path: Path = PATH) -> list[str]:
    """Pin every figure that got better; return what was raised.

    A change of the evaluation texts starts afresh: figures of different texts do not compare.
    """
    pinned = load(path)
    fresh = pinned["digest"] != digest
    floors: dict[str, float] = {} if fresh else dict(pinned["floors"])
    raised = []
    for name, value in measured(suites).items():
        _, sign, slack = GATED[name]
        target = round(value - sign * slack, 3)
        if name not in floors or sign * target > sign * floors[name]:
            raised.append(f"{name}: {floors.get(name)} -> {target}")
            floors[name] = target
    path.write_text(
        json.dumps({"digest": digest, "floors": dict(sorted(floors.items()))}, indent=1) + "\n",
        encoding="utf-8",
    )
    return raised


def lowered(path: Path = PATH) -> dict[str, str]:
    """Return the figures that are pinned laxer than some earlier commit pinned them."""
    pinned = load(path)
    found: dict[str, str] = {}
    for commit in _git(path, "log", "--format=%H", "--", path.name).split():
        try:
            earlier = json.loads(_git(path, "show", f"{commit}:./{path.name}"))
        except ValueError:
            continue
        if earlier.get("digest") != pinned["digest"]:
            continue
        for name, floor in earlier.get("floors", {}).items():
            now = pinned["floors"].get(name)
            if name in GATED and (now is None or _worse(name, now, floor)):
                found[name] = f"lowered from {floor} to {now} since {commit[:10]}"
    return found


def _git(path: Path, *arguments: str) -> str:
    try:
        done = subprocess.run(
            ["git", *arguments], cwd=path.parent, capture_output=True, text=True, check=False
        )
    except OSError:
        return ""
    return done.stdout if done.returncode == 0 else ""
