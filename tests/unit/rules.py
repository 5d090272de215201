"""One class alone, applied to one text, and the cases written for it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from arfix.edits import apply
from arfix.pipeline import run

if TYPE_CHECKING:
    from arfix.stages import Context, Rule

FOLDER = Path(__file__).resolve().parents[2] / "fixtures"


def fixtures(*names: str) -> list[dict[str, str]]:
    """Return the cases of some files in the folder of fixtures."""
    files = [(FOLDER / f"{name}.jsonl").read_text(encoding="utf-8") for name in names]
    return [json.loads(line) for text in files for line in text.split("\n") if line]


def alone(code: str) -> list[dict[str, str]]:
    """Return the cases of a class in which no other one is at work."""
    return [case for case in fixtures(code) if case["code"] == code]


def once(rule: Rule, text: str, context: Context) -> str:
    """Return the text after one pass of the class."""
    finding = rule.detect([text], context)
    return text if finding is None else apply(text, rule.repair(text, finding, context))


def settled(rule: Rule, text: str, context: Context) -> str:
    """Return the text that the class leaves as it is."""
    result = run([text], context, [rule])[0]
    assert result.converged
    return result.text
