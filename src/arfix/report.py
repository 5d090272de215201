"""What a repair found and did: for reading, for JSON, for undoing."""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from arfix.edits import Alternative, Edit, OffsetMap, Step, apply, compose, revert
from arfix.errors import DataError, EditError
from arfix.stages import Finding
from arfix.visible import visible

if TYPE_CHECKING:
    from arfix.channel.model import Channel

#: Version of the JSON; raised when a field changes its meaning.
FORMAT: Final = 1

_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_SURROGATE_PAIR: Final = re.compile("[\ud800-\udbff][\udc00-\udfff]")
#: Longest stretch of text that a line of a report shows.
_SHOWN: Final = 60
#: Text of any direction between these stands in its own order, whatever is around it.
_ISOLATE, _END_ISOLATE = "\u2068", "\u2069"


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What is wrong with a document; true when anything is.

    Attributes:
        findings: One for each defect class that was found, in the order of repair.
        words: How many Arabic words the document has.
        verdict: What to do with it: ``keep``, ``repair``, ``re-extract`` (the text is not in this
            output, but another tool may get it out of the file) or ``needs-ocr`` (the letters of
            the file say nothing). It judges the text as repaired.
        reasons: Why it is refused, under the last two: ``unknown-words``, ``unknown-symbols``,
            ``single-letters``, ``no-sentences``, ``not-settled``.
    """

    findings: tuple[Finding, ...] = ()
    words: int = 0
    verdict: str = "keep"
    reasons: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.findings) or self.refused

    @property
    def refused(self) -> bool:
        """Whether no repair of this text gives what was written."""
        return self.verdict in ("re-extract", "needs-ocr")

    def __iter__(self) -> Iterator[Finding]:
        return iter(self.findings)

    def __len__(self) -> int:
        return len(self.findings)

    @property
    def codes(self) -> tuple[str, ...]:
        """Codes of what was found, in the order of repair."""
        return tuple(finding.code for finding in self.findings)

    def to_dict(self) -> dict[str, Any]:
        """Return the diagnosis as JSON-ready data; the private details of findings stay out."""
        findings = [
            {key: getattr(finding, key) for key in _FINDING_KEYS} for finding in self.findings
        ]
        return {
            "format": FORMAT,
            "words": self.words,
            "verdict": self.verdict,
            "reasons": list(self.reasons),
            "findings": findings,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Diagnosis:
        """Return the diagnosis that :meth:`to_dict` described."""
        _check_format(data)
        findings = tuple(
            Finding(**{key: finding[key] for key in _FINDING_KEYS}) for finding in data["findings"]
        )
        # Both came later than the format's first version, and are not in what it wrote.
        verdict = data.get("verdict", "repair" if findings else "keep")
        return cls(findings, data["words"], verdict, tuple(data.get("reasons", ())))

    def to_json(self) -> str:
        """Return the diagnosis as JSON.

        Example:
            >>> Diagnosis().to_json()
            '{"format": 1, "words": 0, "verdict": "keep", "reasons": [], "findings": []}'
        """
        return _to_json(self.to_dict())

    @classmethod
    def from_json(cls, text: str) -> Diagnosis:
        """Return the diagnosis that :meth:`to_json` wrote.

        Example:
            >>> Diagnosis.from_json(Diagnosis(words=3).to_json()).words
            3
        """
        return cls.from_dict(json.loads(text))

    def to_text(self) -> str:
        """Return the diagnosis in plain lines: each finding, then the verdict.

        What cannot be seen is written out.

        Example:
            >>> Diagnosis(words=3).to_text()
            'nothing wrong in 3 words'
        """
        if not self:
            return f"nothing wrong in {_counted(self.words, 'word')}"
        lines = [
            f"{finding.code} {finding.name}: {finding.count} ({finding.rate:.1%}),"
            f" {finding.confidence:.0%} sure: {visible(finding.evidence)}"
            for finding in self.findings
        ]
        if self.verdict != "keep":
            reasons = f" ({', '.join(self.reasons)})" if self.reasons else ""
            lines.append(f"verdict: {self.verdict}{reasons}")
        return "\n".join(lines)


_FINDING_KEYS: Final = ("code", "name", "count", "rate", "evidence", "confidence")


@dataclass(frozen=True)
class Repair:
    """A repaired text, what was done to it and why; of a document, one for each page.

    Attributes:
        text: The text as it is now; the very same object when nothing changed.
        original: The text as it came.
        steps: Every change in the order it was made.
        diagnosis: What was wrong with the whole document.
        channel: The damage that was inferred for the whole document, or given.
        unrepaired: What is seen to be broken in ``text`` and was left alone, with offsets into
            ``text``: an edit whose ``before`` equals its ``after`` has no reading that is sure
            enough.
        converged: Whether the repair settled; if not, the text was left as it came.
    """

    text: str
    original: str
    steps: tuple[Step, ...]
    diagnosis: Diagnosis
    channel: Channel
    unrepaired: tuple[Edit, ...] = ()
    converged: bool = True

    @cached_property
    def edits(self) -> tuple[Edit, ...]:
        """The net edits from ``original`` to ``text``, in order."""
        return compose(self.steps)

    @cached_property
    def _map(self) -> OffsetMap:
        return OffsetMap(self.edits)

    @property
    def changed(self) -> bool:
        """Whether ``text`` differs from ``original``."""
        return self.text is not self.original and self.text != self.original

    def to_output(self, offset: int) -> int:
        """Return where the character at an offset of ``original`` stands in ``text``."""
        return self._map.to_output(offset)

    def to_input(self, offset: int) -> int:
        """Return where the character at an offset of ``text`` stood in ``original``."""
        return self._map.to_input(offset)

    def replay(self, text: str) -> str:
        """Return what the edits make of a text: of ``original``, exactly ``text``.

        Raises:
            EditError: The text does not hold what the edits replace where they replace it.
        """
        return apply(text, self.edits)

    def revert(self, edit: Edit | None = None) -> str:
        """Return the text with everything undone, or with one net edit undone.

        Args:
            edit: One of ``edits``; None undoes all, which gives exactly ``original``.

        Raises:
            EditError: The edit is none of this repair's net edits.
        """
        if edit is None:
            return revert(self.text, self.edits)
        if edit not in self.edits:
            raise EditError("that is none of this repair's edits; pass one out of repair.edits")
        return revert(self.text, [edit])

    def to_json(self) -> str:
        """Return everything as JSON; :meth:`from_json` reads it back.

        Arabic stands as itself. Lone surrogates are escaped, so that the JSON can be written as
        UTF-8; only a text that holds both halves of a pair as two characters, which JSON has
        no way to say, leaves them unescaped.
        """
        return _to_json(
            {
                "format": FORMAT,
                "original": self.original,
                "text": self.text,
                "converged": self.converged,
                "edits": [_from_edit(edit) for edit in self.edits],
                "unrepaired": [_from_edit(edit) for edit in self.unrepaired],
                "diagnosis": self.diagnosis.to_dict(),
                "channel": json.loads(self.channel.to_json()),
                "steps": [
                    {
                        "code": step.code,
                        "name": step.name,
                        "edits": [_from_edit(edit) for edit in step.edits],
                    }
                    for step in self.steps
                ],
            }
        )

    @classmethod
    def from_json(cls, text: str) -> Repair:
        """Return the repair that :meth:`to_json` wrote.

        Raises:
            DataError: The JSON is of another version, or its steps do not lead to its text.
        """
        from arfix.channel.model import Channel

        data = json.loads(text)
        _check_format(data)
        original = now = data["original"]
        steps = []
        for row in data["steps"]:
            step = Step.make(
                row["code"], row["name"], now, [_to_edit(edit) for edit in row["edits"]]
            )
            steps.append(step)
            now = step.after
        if now != data["text"]:
            raise DataError(
                "the steps of this JSON do not lead to its text; it was changed by hand"
            )
        return cls(
            text=original if now == original else now,
            original=original,
            steps=tuple(steps),
            diagnosis=Diagnosis.from_dict(data["diagnosis"]),
            channel=Channel.from_json(json.dumps(data["channel"])),
            unrepaired=tuple(_to_edit(edit) for edit in data["unrepaired"]),
            converged=data["converged"],
        )

    def to_text(self) -> str:
        """Return a report to read: what was found, then each edit by line and column from 1.

        Invisible characters are written out, and Arabic stands between isolating characters, so
        that a terminal cannot turn "before -> after" around.
        """
        lines = [self.diagnosis.to_text()]
        if not self.converged:
            lines.append("the repair did not settle, so the text was left as it came")
        left = _counted(len(self.unrepaired), "place")
        lines.append(f"{_counted(len(self.edits), 'edit')}, {left} left unrepaired")
        lines += _described(self.original, self.edits)
        if self.unrepaired:
            lines.append("left unrepaired, by line and column of the repaired text:")
            lines += _described(self.text, self.unrepaired)
        return "\n".join(lines)


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _described(text: str, edits: Sequence[Edit]) -> Iterator[str]:
    breaks = [match.start() for match in re.finditer("\n", text)]
    for edit in edits:
        line = bisect_left(breaks, edit.start)
        column = edit.start - (breaks[line - 1] if line else -1)
        readings = "".join(
            f" or {_shown(other.text)} {other.confidence:.0%}" for other in edit.alternatives
        )
        change = f"{_shown(edit.before)} -> {_shown(edit.after)} {edit.confidence:.0%}"
        yield f"  {line + 1}:{column} {edit.code} {change}{readings}"


def _shown(text: str) -> str:
    cut = text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
    return f"{_ISOLATE}{visible(cut)}{_END_ISOLATE}"


_EDIT_KEYS: Final = tuple(key.name for key in fields(Edit) if key.name != "alternatives")


def _from_edit(edit: Edit) -> dict[str, Any]:
    others = [{"text": it.text, "confidence": it.confidence} for it in edit.alternatives]
    return {**{key: getattr(edit, key) for key in _EDIT_KEYS}, "alternatives": others}


def _to_edit(row: Mapping[str, Any]) -> Edit:
    return Edit(**{**row, "alternatives": tuple(Alternative(**it) for it in row["alternatives"])})


def _check_format(data: Mapping[str, Any]) -> None:
    if data.get("format") != FORMAT:
        raise DataError(
            f"JSON of format {data.get('format')!r}, this arfix reads {FORMAT}; write it anew"
        )


def _to_json(data: Mapping[str, Any]) -> str:
    text = json.dumps(data, ensure_ascii=False)
    if _SURROGATE_PAIR.search(text):
        return text
    return _SURROGATE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
