"""One command that measures arfix: quality, silence on clean text, speed, bad input.

    python bench/quality.py --json bench.json            everything, minutes
    python bench/quality.py --fast --gate                what CI holds against pinned floors
    python bench/quality.py --suite news --suite clean   some of it

Everything is measured blind: the repairer is given a text and told nothing about its damage.
"""

from __future__ import annotations

import argparse
import json
import platform
import sys
import time
import traceback
from collections.abc import Callable
from importlib import metadata
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))

from measure import floors
from measure.bench import Bench, Report
from measure.corpus import MSA, SPECIAL, digest, require_shared, shared_root
from measure.runner import Runner
from measure.suites_bad_input import bad_input
from measure.suites_clean import clean
from measure.suites_confidence import confidence
from measure.suites_pairs import pairs
from measure.suites_restore import genres, lam_alef, news, random_glyphs, two_fonts
from measure.suites_sample import samples
from measure.suites_speed import speed
from measure.suites_suggest import suggest
from measure.table import summary

SUITES: dict[str, Callable[[Bench], Report]] = {
    "samples": samples,
    "pairs": pairs,
    "news": news,
    "random": random_glyphs,
    "suggest": suggest,
    "genres": genres,
    "fonts": two_fonts,
    "lam_alef": lam_alef,
    "clean": clean,
    "speed": speed,
    "bad_input": bad_input,
    "confidence": confidence,
}


def parse(arguments: list[str] | None = None) -> argparse.Namespace:
    """Return the command line's settings."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--suite", action="append", choices=SUITES, help="only this one; repeat")
    parser.add_argument("--fast", action="store_true", help="the small subset, under 90 s")
    parser.add_argument("--gate", action="store_true", help="fail below the pinned floors")
    parser.add_argument("--raise-floors", action="store_true", help="pin what got better")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the report here")
    parser.add_argument("--errors", type=Path, metavar="FILE", help="write every wrong word here")
    parser.add_argument("--repairer", default="arfix:Repairer", metavar="MODULE:FACTORY")
    parser.add_argument(
        "--option",
        action="append",
        default=[],
        metavar="NAME=JSON",
        help="an option for the repairer, such as min_confidence=0.6; repeat",
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--scale", type=float, default=1.0, help="times the documents, full run")
    parser.add_argument("--processes", type=int, default=2)
    settings = parser.parse_args(arguments)
    if (settings.gate or settings.raise_floors) and not (settings.fast and settings.suite is None):
        parser.error("floors are pinned on the whole fast run: add --fast, leave --suite out")
    return settings


def options_of(pairs: list[str]) -> dict[str, Any]:
    """Return the repairer's options; a value that is no JSON is a string."""
    found: dict[str, Any] = {}
    for pair in pairs:
        name, _, value = pair.partition("=")
        try:
            found[name] = json.loads(value)
        except ValueError:
            found[name] = value
    return found


def command(settings: argparse.Namespace) -> str:
    """Return the command that repeats the figures, without the places it wrote to."""
    parts = ["python bench/quality.py"]
    parts += [f"--suite {name}" for name in settings.suite or ()]
    parts += ["--fast"] if settings.fast else []
    parts += [f"--option {pair}" for pair in settings.option]
    parts += [f"--repairer {settings.repairer}"] if settings.repairer != "arfix:Repairer" else []
    parts += [f"--seed {settings.seed}"] if settings.seed != 1 else []
    parts += [f"--scale {settings.scale}"] if settings.scale != 1.0 else []
    return " ".join(parts)


def meta(settings: argparse.Namespace) -> Report:
    """Return what a figure must be read with."""
    try:
        version = metadata.version("arfix")
    except metadata.PackageNotFoundError:
        version = "not installed"
    return {
        "command": command(settings),
        "arfix": version,
        "repairer": settings.repairer,
        "options": options_of(settings.option),
        "python": platform.python_version(),
        "machine": f"{platform.system()} {platform.machine()}",
        "seed": settings.seed,
        "fast": settings.fast,
        "digest": digest(MSA + SPECIAL),
    }


def main(arguments: list[str] | None = None) -> int:
    """Run the suites; return 1 where a gated figure fell."""
    settings = parse(arguments)
    if settings.gate and shared_root() is None:
        sys.stdout.write("gate skipped: no evaluation texts (ARFIX_SHARED, or ../shared)\n")
        return 0
    require_shared()
    runner = Runner(settings.repairer, settings.processes)
    bench = Bench(runner, settings.fast, settings.seed, options_of(settings.option), settings.scale)
    report: Report = {"meta": meta(settings), "suites": {}}
    for name in settings.suite or SUITES:
        start = time.perf_counter()
        try:
            suite = SUITES[name](bench)
        except Exception:  # the other suites are still worth their figures
            suite = {"failed": traceback.format_exc()}
        suite["wall_s"] = round(time.perf_counter() - start, 1)
        report["suites"][name] = suite
        sys.stdout.write(f"\n{summary(name, suite)}\n({suite['wall_s']} s)\n")
        sys.stdout.flush()
    runner.close()
    if settings.json:
        settings.json.write_text(
            json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
        )
    if settings.errors:
        with settings.errors.open("w", encoding="utf-8") as stream:
            for error in bench.errors:
                stream.write(json.dumps(error, ensure_ascii=False) + "\n")
    return finish(settings, report)


def finish(settings: argparse.Namespace, report: Report) -> int:
    """Hold the run against the floors, or raise them; return the exit status."""
    found = report["meta"]["digest"]
    if settings.raise_floors:
        raised = floors.raise_floors(report["suites"], found)
        sys.stdout.write("\n".join(["", "raised:", *raised, ""]))
    if settings.gate:
        problems = floors.check(report["suites"], found)
        sys.stdout.write("\n".join(["", *(problems or ["every pinned figure holds"]), ""]))
        return 1 if problems else 0
    return int(any("failed" in suite for suite in report["suites"].values()))


if __name__ == "__main__":
    sys.exit(main())
