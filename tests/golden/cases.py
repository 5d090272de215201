"""The fixture files as Python objects, and plain second implementations of replay and revert.

The helpers here know nothing of arfix but the attributes of its edits, so that a mistake in the
library's own replay cannot hide behind itself.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
DOCUMENTS = FIXTURES / "documents"
NEGATIVE = FIXTURES / "negative"
BROKEN = FIXTURES / "broken"

#: One code, or the codes of a case that several classes repair together: ``AR201+AR401``.
CODE = re.compile(r"AR[0-9]{3}(\+AR[0-9]{3})*")


class SomeEdit(Protocol):
    """What replay and revert need to know of an edit."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def before(self) -> str: ...
    @property
    def after(self) -> str: ...
    @property
    def output_start(self) -> int: ...
    @property
    def output_end(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Case:
    """A line of ``fixtures/*.jsonl``: damage, and what must come of it."""

    id: str
    code: str
    input: str
    output: str
    why: str
    strict_known_failure: str = ""
    options: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Negative:
    """A line of ``fixtures/negative/*.jsonl``: a text that must come back as it is."""

    id: str
    input: str
    why: str
    strict_known_failure: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A line of ``fixtures/documents/index.jsonl``."""

    name: str
    genre: str
    words: int
    note: str

    @property
    def text(self) -> str:
        return read(DOCUMENTS / f"{self.name}.txt")


@dataclass(frozen=True, slots=True)
class Broken:
    """A line of ``fixtures/broken/index.jsonl``: what a tool made of a document."""

    name: str
    file: str
    document: str
    producer: str
    font: str
    change: str
    glyphs: dict[str, str]
    base: str
    actual_text: bool
    tool: str
    version: str
    symbols: dict[str, int]
    damage: dict[str, int]

    @property
    def text(self) -> str:
        return read(BROKEN / self.file)

    @property
    def gold(self) -> str:
        return read(DOCUMENTS / f"{self.document}.txt")


def read(path: Path) -> str:
    """Return the text of a file with its line ends as they are."""
    return path.read_bytes().decode("utf-8")


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the objects of a JSON Lines file; an empty line is skipped."""
    for number, line in enumerate(read(path).split("\n"), start=1):
        if line.strip():
            try:
                row = json.loads(line)
            except ValueError as error:
                raise ValueError(f"{path.name}:{number}: {error}") from error
            yield row


def positives() -> list[Case]:
    """Return the cases of ``fixtures/*.jsonl``, in file order."""
    return [Case(**row) for path in sorted(FIXTURES.glob("*.jsonl")) for row in rows(path)]


def negatives() -> list[Negative]:
    """Return the cases of ``fixtures/negative/*.jsonl``, in file order."""
    return [Negative(**row) for path in sorted(NEGATIVE.glob("*.jsonl")) for row in rows(path)]


def documents() -> list[Document]:
    """Return the clean documents that the index lists."""
    return [Document(**row) for row in rows(DOCUMENTS / "index.jsonl")]


def broken() -> list[Broken]:
    """Return the tool outputs that the index lists; none when there is no index yet."""
    index = BROKEN / "index.jsonl"
    return [Broken(**row) for row in rows(index)] if index.exists() else []


def replayed(text: str, edits: Sequence[SomeEdit]) -> str:
    """Return the text with every edit made, one slice at a time."""
    parts: list[str] = []
    done = 0
    for edit in edits:
        assert done <= edit.start <= edit.end <= len(text), edit
        assert text[edit.start : edit.end] == edit.before, edit
        parts += text[done : edit.start], edit.after
        done = edit.end
    return "".join([*parts, text[done:]])


def reverted(output: str, edits: Sequence[SomeEdit]) -> str:
    """Return the output with every edit taken back, one slice at a time."""
    parts: list[str] = []
    done = 0
    for edit in edits:
        assert done <= edit.output_start <= edit.output_end <= len(output), edit
        assert output[edit.output_start : edit.output_end] == edit.after, edit
        parts += output[done : edit.output_start], edit.before
        done = edit.output_end
    return "".join([*parts, output[done:]])


def codes(edits: Sequence[Any]) -> set[str]:
    """Return the defect codes of the edits; a merged edit counts for each of its codes."""
    return {code for edit in edits for code in edit.code.split("+")}
