"""Repairers to measure in arfix's place: ``--repairer stand_ins:NAME``.

``identity`` gives the figures before any repair; the others are packages on PyPI that a
comparison installs first.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Explained:
    """What ``explain`` returns for a tool that explains nothing."""

    text: str
    edits: tuple[Any, ...] = ()


class StandIn:
    """A function from text to text in the shape of ``arfix.Repairer``."""

    def __init__(self, repair: Callable[[str], str]) -> None:
        self._repair = repair

    def repair(self, text: str) -> str:
        """Return what the function makes of the text."""
        return self._repair(text)

    def explain(self, text: str) -> Explained:
        """Return the same without reasons."""
        return Explained(self._repair(text))

    def suggest(self, _word: str) -> Sequence[Any]:
        """Return nothing: none of these tools suggests by channel."""
        return ()


def identity(**_options: Any) -> StandIn:
    """Return a repairer that changes nothing: the figures before any repair."""
    return StandIn(lambda text: text)


def ftfy(**_options: Any) -> StandIn:
    """Return ftfy with its defaults."""
    return StandIn(importlib.import_module("ftfy").fix_text)


def arafix(**_options: Any) -> StandIn:
    """Return arafix (one letter away) with its defaults."""
    repair_text = importlib.import_module("arafix").repair_text
    return StandIn(lambda text: repair_text(text).text)


def harfix(**_options: Any) -> StandIn:
    """Return harfix with its defaults."""
    repair_text = importlib.import_module("harfix").repair_text
    return StandIn(lambda text: repair_text(text).text)


def rtldoc(**_options: Any) -> StandIn:
    """Return pdf-rtldoc, line by line."""
    normalize = importlib.import_module("rtldoc.arabic").normalize
    return StandIn(lambda text: "\n".join(normalize(line)[0] for line in text.split("\n")))


def pdf2text_arabic(**_options: Any) -> StandIn:
    """Return pdf2text-arabic's cleaning function."""
    return StandIn(importlib.import_module("pdf2text_arabic").clean_arabic)
