"""The edits that put what was found for symbols into a page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from arfix.cipher.symbols import is_name
from arfix.cipher.walk import WITH
from arfix.edits import Edit

if TYPE_CHECKING:
    from arfix.cipher.marked import Marked
    from arfix.cipher.symbols import Alphabet, CodedWord

_SURE_OF_MARK: Final = 0.95


def word_edits(
    code: str,
    line: str,
    offset: int,
    word: CodedWord,
    texts: Sequence[str] | None,
    probability: float,
) -> list[Edit]:
    """Return an edit for each symbol of a word.

    Args:
        code: The class that makes it.
        line: The line.
        offset: Where it starts in its page.
        word: The word.
        texts: For each symbol its text; None to leave all alone.
        probability: How sure they are.
    """
    edits = []
    units = [unit for unit in word.units if unit.text]
    symbols = [index for index, unit in enumerate(units) if is_name(unit.text)]
    for number, index in enumerate(symbols):
        start, end = units[index].start, units[index].end
        after = line[start:end] if texts is None else texts[number]
        if texts is None:
            pass
        elif after.startswith(WITH):  # together with the letter behind it
            after = after[1] + line[end : units[index + 1].start]
            end = units[index + 1].end
        elif after.endswith(WITH):
            after = after[0] + line[units[index - 1].end : start]
            start = units[index - 1].start
        edits.append(
            Edit(
                code,
                offset + start,
                offset + end,
                line[start:end],
                after,
                0.0 if texts is None else min(probability, 0.9999),
            )
        )
    return edits


def mark_edits(
    code: str,
    lines: Sequence[str],
    backward: Sequence[bool],
    alphabet: Alphabet,
    marks: Marked | None,
) -> list[Edit]:
    """Return the edits of the symbols that are vowel marks.

    Args:
        code: The class that makes them.
        lines: The lines of a page.
        backward: Which of them run back.
        alphabet: Knows the symbols.
        marks: What they are.
    """
    edits: list[Edit] = []
    if not marks:
        return edits
    offset = 0
    for line, reverse in zip(lines, backward, strict=True):
        for word in alphabet.words(line):
            letters = word.pattern(reverse=reverse)
            size = 0
            for unit in reversed(word.units) if reverse else word.units:
                symbol = line[unit.start : unit.end]
                if not unit.text and symbol in marks.symbols and size:
                    text = marks.of(symbol, letters, size - 1)
                    if text:
                        edits.append(
                            Edit(code, offset + unit.start, offset + unit.end,
                                 symbol, text, _SURE_OF_MARK)
                        )  # fmt: skip
                size += len(unit.text)
        offset += len(line) + 1
    return edits


def merged(edits: Sequence[Edit], marks: Sequence[Edit]) -> list[Edit]:
    """Return all edits in order, those of marks inside of another one left for the next round."""
    ends = {at for edit in edits for at in range(edit.start, edit.end)}
    apart = [mark for mark in marks if mark.start not in ends]
    return sorted((*edits, *apart), key=lambda edit: (edit.start, edit.end))
