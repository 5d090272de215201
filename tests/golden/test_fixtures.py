"""The fixture files themselves: well formed, readable by code point, small."""

from __future__ import annotations

import json
import re
import unicodedata
from typing import TYPE_CHECKING

import pytest
from golden.cases import (
    BROKEN,
    CODE,
    DOCUMENTS,
    FIXTURES,
    NEGATIVE,
    broken,
    documents,
    negatives,
    positives,
    read,
)

from arfix.view import tokens

if TYPE_CHECKING:
    from pathlib import Path

JSON_FILES = sorted([*FIXTURES.glob("*.jsonl"), *NEGATIVE.glob("*.jsonl")])
#: Characters that nobody can see or tell apart in an editor; JSON writes them as escapes.
HIDDEN = re.compile("[\u00a0\u2000-\u200f\u2028-\u202f\u2060-\u206f\ufb50-\ufdff\ufe70-\ufeff]")


@pytest.mark.parametrize("path", JSON_FILES, ids=lambda path: path.stem)
def test_hidden_characters_are_escaped(path: Path) -> None:
    for number, line in enumerate(read(path).split("\n"), start=1):
        found = [
            f"U+{ord(char):04X}"
            for char in line
            if HIDDEN.match(char) or unicodedata.category(char) in {"Cc", "Cf", "Co", "Cs", "Cn"}
        ]
        assert not found, f"line {number}: write {found} as JSON escapes"


def test_ids_are_unique() -> None:
    ids = [case.id for case in positives()] + [case.id for case in negatives()]
    assert len(ids) == len(set(ids))


def test_every_case_gives_a_reason() -> None:
    assert all(case.why.strip() for case in positives())
    assert all(case.why.strip() for case in negatives())


def test_positive_cases_name_their_codes_and_change_something() -> None:
    for case in positives():
        assert CODE.fullmatch(case.code), case.id
        assert case.input != case.output, f"{case.id}: belongs in fixtures/negative"


def test_document_index_is_true() -> None:
    listed = documents()
    assert {f"{d.name}.txt" for d in listed} == {p.name for p in DOCUMENTS.glob("*.txt")}
    for document in listed:
        text = document.text
        assert text.endswith("\n")
        assert "\r" not in text
        assert document.words == sum(token.kind == "word" for token in tokens(text))


def test_broken_index_is_true() -> None:
    listed = broken()
    assert {row.file for row in listed} == {p.name for p in BROKEN.glob("*.txt")}
    assert {row.document for row in listed} <= {row.name for row in documents()}


def test_fixtures_stay_small() -> None:
    size = sum(path.stat().st_size for path in FIXTURES.rglob("*") if path.is_file())
    assert size < 1_500_000


def test_json_lines_are_objects() -> None:
    for path in JSON_FILES:
        for line in read(path).split("\n"):
            assert not line.strip() or isinstance(json.loads(line), dict)
