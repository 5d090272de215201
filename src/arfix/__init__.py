"""arfix repairs Arabic text that a PDF extractor broke.

``repair(text)`` returns the repaired text, and the very same object when nothing is wrong.
``explain(text)`` tells what was done and undoes it; ``diagnose(text)`` only tells what is wrong.

Names are imported when they are first used: ``import arfix`` itself costs next to nothing.
"""

from __future__ import annotations

TYPE_CHECKING = False  # type checkers take it for true; importing typing would cost 3 ms
if TYPE_CHECKING:
    from typing import Any

    from arfix.channel.model import Channel
    from arfix.config import Config
    from arfix.edits import Alternative, Edit, Step
    from arfix.errors import ArfixError, ConfigError, DataError, DecodeError
    from arfix.repairer import (
        Repairer,
        diagnose,
        explain,
        infer_channel,
        repair,
        repair_document,
        suggest,
    )
    from arfix.report import Diagnosis, Repair
    from arfix.stages import Finding
    from arfix.suggestions import Candidate

__version__ = "0.1.0"

__all__ = [
    "Alternative",
    "ArfixError",
    "Candidate",
    "Channel",
    "Config",
    "ConfigError",
    "DataError",
    "DecodeError",
    "Diagnosis",
    "Edit",
    "Finding",
    "Repair",
    "Repairer",
    "Step",
    "__version__",
    "diagnose",
    "explain",
    "infer_channel",
    "repair",
    "repair_document",
    "suggest",
]

_HOMES = {
    "channel.model": ("Channel",),
    "config": ("Config",),
    "edits": ("Alternative", "Edit", "Step"),
    "errors": ("ArfixError", "ConfigError", "DataError", "DecodeError"),
    "repairer": (
        "Repairer",
        "diagnose",
        "explain",
        "infer_channel",
        "repair",
        "repair_document",
        "suggest",
    ),
    "report": ("Diagnosis", "Repair"),
    "stages": ("Finding",),
    "suggestions": ("Candidate",),
}


def __getattr__(name: str) -> Any:
    for home, names in _HOMES.items():
        if name in names:
            from importlib import import_module

            value = globals()[name] = getattr(import_module(f"arfix.{home}"), name)
            return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
