"""Words per second on one core, and what the first document costs."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from measure.corpus import documents, sample, word_count
from measure.damage import SAMPLE_SET, erase
from measure.runner import load_factory

if TYPE_CHECKING:
    from measure.bench import Bench, Report

_COLD = """
import json, re, sys, time
text = sys.stdin.read()
sys.path[:0] = json.loads(sys.argv[2])
start, cpu = time.perf_counter(), time.process_time()
import importlib
module, _, name = sys.argv[1].partition(":")
imported = importlib.import_module(module)
after_import = time.perf_counter()
output = getattr(imported, name)(**json.loads(sys.argv[3])).repair(text)
end, cpu_end = time.perf_counter(), time.process_time()
try:  # a child inherits getrusage's peak from its parent; this one is its own
    peak = int(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1]) // 1024
except OSError:
    peak = None
print(json.dumps({
    "import_ms": round(1000 * (after_import - start), 1),
    "first_document_ms": round(1000 * (end - after_import), 1),
    "cpu_ms": round(1000 * (cpu_end - cpu), 1),
    "peak_rss_mb": peak,
}))
"""


def speed(bench: Bench) -> Report:
    """Return words per second of CPU time, the process pinned to one core where that works."""
    texts = list(documents("news_unseen_source", 500))
    texts = sample(texts, bench.size(116, 24), bench.seed, "speed")
    warm_up, texts = texts[:4], texts[4:]
    # Words that were looked up once are quick ever after: healthy texts are others than the broken.
    texts, healthy = texts[::2], texts[1::2]
    tool = load_factory(bench.runner.factory_name)(**bench.options)
    broken = [erase(text, SAMPLE_SET).text for text in texts]
    previous = _pin()
    try:
        for text in warm_up:
            tool.repair(erase(text, SAMPLE_SET).text)
        rows = {
            "broken, 500 words, warm": _timed(tool.repair, broken),
            "clean, 500 words, warm": _timed(tool.repair, healthy),
        }
    finally:
        if previous:
            os.sched_setaffinity(0, previous)
    lost = erase(warm_up[0], SAMPLE_SET).text
    return {
        "rows": rows,
        # Whether the process had it; arfix imports it where it pays.
        "numpy": getattr(sys.modules.get("numpy"), "__version__", None),
        "first document of a new process": {
            "broken, 500 words": _cold(bench, lost),
            "clean, 500 words": _cold(bench, warm_up[0]),
            "nothing to look at": _cold(bench, "arfix"),
        },
    }


def _pin() -> set[int] | None:
    """Keep this process on one core; return the cores it could use before."""
    if not hasattr(os, "sched_setaffinity"):
        return None
    previous = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {max(previous)})
    return previous


def _timed(repair: object, texts: list[str]) -> Report:
    assert callable(repair)
    rates = []
    words = 0
    total = 0.0
    for text in texts:
        count = word_count(text)
        start = time.process_time()
        repair(text)
        spent = time.process_time() - start
        rates.append(count / max(spent, 1e-9))
        words += count
        total += spent
    return {
        "documents": len(texts),
        "words": words,
        "cpu_s": round(total, 3),
        "words_per_s": round(words / max(total, 1e-9)),
        "words_per_s_median_of_documents": round(statistics.median(rates)),
        "words_per_s_slowest_document": round(min(rates)),
    }


def _cold(bench: Bench, text: str) -> Report:
    """Return what one document costs a process that has loaded nothing; best of three."""
    bench_folder = str(Path(__file__).resolve().parents[1])
    command = [
        sys.executable,
        "-c",
        _COLD,
        bench.runner.factory_name,
        json.dumps([bench_folder]),
        json.dumps(bench.options),
    ]
    runs = []
    for _ in range(1 if bench.fast else 3):
        done = subprocess.run(command, input=text, capture_output=True, text=True, timeout=300)
        if done.returncode:
            return {"failed": done.stderr[-500:]}
        runs.append(json.loads(done.stdout))
    return min(runs, key=lambda run: run["import_ms"] + run["first_document_ms"])
