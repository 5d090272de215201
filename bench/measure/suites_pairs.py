"""Real extractor outputs with the text that was typeset: how much of it stands there afterwards.

The scorer is the shared one, ``tools/score_pairs.py``, so that a figure here is a figure there.
Constants were set on some of the typeset texts; what the other texts say is reported beside it.
"""

from __future__ import annotations

import importlib.util
import json
import random
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from statistics import mean
from typing import TYPE_CHECKING, Any, Final

from arfix.verdict import REFUSED
from measure.corpus import require_shared
from measure.runner import repairer

if TYPE_CHECKING:
    from pathlib import Path

    from measure.bench import Bench, Report

#: Typeset texts that nothing was tuned on; their outputs were not looked at.
LEFT_OUT: Final = frozenset({"s03", "s13", "s15", "s20"})
#: The control: another language in the same letters.
PERSIAN: Final = "s17"
#: Below this share of words whose letters are there at all, the right answer is to say so.
PRESENT: Final = 0.5
#: From this share on, a refusal is a mistake.
WHOLE: Final = 0.95
#: Extractors with fewer outputs are not judged on their own.
ENOUGH: Final = 20


@dataclass(frozen=True, slots=True)
class Output:
    """One extractor's output of one PDF.

    Attributes:
        row: Its line of the manifest.
        folder: Where the pairs lie.
        options: Options of the repairer, as sorted pairs.
    """

    row: dict[str, Any]
    folder: Path
    options: tuple[tuple[str, Any], ...]


@cache
def scorer(tool: Path) -> Any:
    """Return the shared scorer as a module."""
    spec = importlib.util.spec_from_file_location("score_pairs", tool)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{tool} is no Python file")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def score_output(output: Output) -> Report:
    """Repair one output and score it against the text that was typeset."""
    tool = scorer(output.folder.parent / "tools" / "score_pairs.py")
    text = tool.read(output.folder / output.row["broken"])
    gold = tool.fold(tool.read(output.folder / output.row["gold"])).split()
    machine = repairer(output.options)
    start = time.process_time()
    explained = machine.explain(text)
    cpu = time.process_time() - start
    before, after = tool.fold(text).split(), tool.fold(explained.text).split()
    diagnosis = explained.diagnosis
    raw, repaired = tool.f1(before, gold), tool.f1(after, gold)
    return {
        "id": output.row["id"],
        "source": output.row["source"].split("_")[0],
        "extractor": output.row["extractor"],
        "producer": output.row["producer"].split("+")[0],
        "natural": output.row["natural"],
        "present": output.row["present"],
        "raw": raw,
        "f1": repaired,
        "worse": raw >= 0.1 and repaired < raw - 0.01,
        "settled": explained.converged,
        "verdict": getattr(diagnosis, "verdict", ""),
        "letters_kept": sorted(tool.letters(text)) == sorted(tool.letters(explained.text)),
        "words": len(before),
        "cpu_s": cpu,
    }


def pairs(bench: Bench) -> Report:
    """Return how near the outputs come to the typeset text, by what made them."""
    folder = require_shared() / "pairs"
    manifest = folder / "manifest.jsonl"
    if not manifest.exists():
        return {"skipped": "no pairs"}
    rows = [json.loads(line) for line in manifest.read_text(encoding="utf-8").splitlines()]
    random.Random(bench.seed).shuffle(rows)
    if bench.fast:
        rows = [row for row in rows if row["present"] >= PRESENT]
    rows = rows[: bench.size(None, 48)]
    options = bench.keyed_options()
    scored = list(bench.runner.map(score_output, [Output(row, folder, options) for row in rows]))
    bench.errors += [
        {"suite": "pairs", "row": row["id"], "raw": row["raw"], "f1": row["f1"]}
        for row in scored
        if row["worse"]
    ]
    return report(scored)


def report(scored: list[Report]) -> Report:
    """Return the figures of scored outputs, group by group."""
    natural = [row for row in scored if row["natural"]]
    altered = [row for row in scored if not row["natural"]]
    groups: dict[str, list[Report]] = {
        "natural": natural,
        "natural, present": _present(natural),
        "natural, texts tuned on": [row for row in natural if row["source"] not in LEFT_OUT],
        "natural, texts left out": [row for row in natural if row["source"] in LEFT_OUT],
        "natural, left out, present": _present(
            [row for row in natural if row["source"] in LEFT_OUT]
        ),
        "altered": altered,
        "altered, present": _present(altered),
        "altered, texts left out": [row for row in altered if row["source"] in LEFT_OUT],
    }
    absent = [row for row in scored if row["present"] < PRESENT]
    whole = [row for row in scored if row["present"] >= WHOLE]
    persian = [row for row in scored if row["source"] == PERSIAN]
    seconds = sum(row["cpu_s"] for row in scored)
    return {
        "rows": {name: _figures(rows) for name, rows in groups.items() if rows},
        "extractors": _table(natural, "extractor"),
        "producers": _table(natural, "producer"),
        "sources": _table(natural, "source"),
        "worse_pct": _share(scored, lambda row: row["worse"]),
        "refused": {
            "present below a half": _share(absent, _refused),
            "present 95 % and more": _share(whole, _refused),
        },
        "persian_letters_kept_pct": _share(persian, lambda row: row["letters_kept"]),
        "not_settled": sorted(row["id"] for row in scored if not row["settled"]),
        "words_per_s": round(sum(row["words"] for row in scored) / seconds) if seconds else None,
    }


def _present(rows: Iterable[Report]) -> list[Report]:
    return [row for row in rows if row["present"] >= PRESENT]


def _refused(row: Report) -> bool:
    return row["verdict"] in REFUSED


def _share(rows: list[Report], test: Callable[[Report], bool]) -> float | None:
    return round(100.0 * mean(map(test, rows)), 2) if rows else None


def _figures(rows: list[Report]) -> Report:
    return {
        "outputs": len(rows),
        "raw": round(mean(row["raw"] for row in rows), 4),
        "f1": round(mean(row["f1"] for row in rows), 4),
        "at_95_pct": _share(rows, lambda row: row["f1"] >= 0.95),
        "worse_pct": _share(rows, lambda row: row["worse"]),
        "present": round(mean(row["present"] for row in rows), 4),
    }


def _table(rows: list[Report], key: str) -> dict[str, Report]:
    groups: dict[str, list[Report]] = defaultdict(list)
    for row in rows:
        groups[row[key]].append(row)
    return {name: _figures(found) for name, found in sorted(groups.items())}
