"""Starting costs next to nothing: import and models are measured in processes of their own."""

from __future__ import annotations

import os
import subprocess
import sys

IMPORT = """
from time import perf_counter
start = perf_counter()
import arfix
print(perf_counter() - start)
"""
MODELS = """
from time import perf_counter
import arfix.repairer, arfix.lm.sentences, arfix.lexicon.marks
from arfix.resources import Resources
start = perf_counter()
resources = Resources.load()
resources.lexicon, resources.language_model, resources.letters, resources.marks
print(perf_counter() - start)
"""


def fastest(code: str, runs: int) -> float:
    """Return the seconds that the code printed; the best run, since a machine may be busy."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    return min(
        float(
            subprocess.run(  # noqa: S603 - our own interpreter
                [sys.executable, "-c", code],
                capture_output=True,
                text=True,
                check=True,
                env=environment,
            ).stdout
        )
        for _ in range(runs)
    )


def test_the_import_takes_less_than_five_milliseconds() -> None:
    assert fastest(IMPORT, 5) < 0.005


def test_the_models_open_in_milliseconds() -> None:
    # Mapped, not read: reading 24 MB and making objects of them would take seconds.
    assert fastest(MODELS, 3) < 0.1
