"""A unified diff for eyes: what is invisible is written out, so it is not for ``patch``."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from typing import Final

from arfix.visible import visible_line, visible_name

_CONTEXT: Final = 3


def unified(before: str, after: str, name: str) -> str:
    r"""Return the differences between two texts, or nothing when there are none.

    Example:
        >>> print(unified("a\nb\n", "a\nc\n", "x.txt"), end="")
        --- x.txt
        +++ x.txt (repaired)
        @@ -1,2 +1,2 @@
         a
        -b
        +c
    """
    if before == after:
        return ""
    old, new = _lines(before), _lines(after)
    shown = visible_name(name)
    parts = [f"--- {shown}\n", f"+++ {shown} (repaired)\n"]
    # A repair keeps the lines, nearly always; then they pair off in linear time, while
    # aligning them anew is quadratic at worst.
    groups = _paired(old, new) if len(old) == len(new) else _aligned(old, new)
    for group in groups:
        _, start, _, new_start, _ = group[0]
        _, _, end, _, new_end = group[-1]
        parts.append(f"@@ -{_range(start, end)} +{_range(new_start, new_end)} @@\n")
        for tag, i1, i2, j1, j2 in group:
            if tag == "equal":
                parts += [_shown(" ", line) for line in old[i1:i2]]
            else:
                parts += [_shown("-", line) for line in old[i1:i2]]
                parts += [_shown("+", line) for line in new[j1:j2]]
    return "".join(parts)


_Operation = tuple[str, int, int, int, int]


def _aligned(old: list[str], new: list[str]) -> Iterator[list[_Operation]]:
    """Group the differences of texts with different numbers of lines."""
    matcher = difflib.SequenceMatcher(None, old, new)
    for group in matcher.get_grouped_opcodes(_CONTEXT):
        yield [(tag, i1, i2, j1, j2) for tag, i1, i2, j1, j2 in group]


def _paired(old: list[str], new: list[str]) -> Iterator[list[_Operation]]:
    """Group the differences of texts whose lines belong together one by one."""
    changed = [i for i, line in enumerate(old) if line != new[i]]
    position = 0
    while position < len(changed):
        first = changed[position]
        cursor = max(first - _CONTEXT, 0)
        group: list[_Operation] = []
        while position < len(changed) and changed[position] <= cursor + 2 * _CONTEXT:
            run = changed[position]
            end = run + 1
            position += 1
            while position < len(changed) and changed[position] == end:
                end += 1
                position += 1
            if cursor < run:
                group.append(("equal", cursor, run, cursor, run))
            group.append(("replace", run, end, run, end))
            cursor = end
        tail = min(cursor + _CONTEXT, len(old))
        if cursor < tail:
            group.append(("equal", cursor, tail, cursor, tail))
        yield group


def _lines(text: str) -> list[str]:
    r"""Split at ``\n`` alone, endings kept; the other separators are part of their line."""
    lines = [line + "\n" for line in text.split("\n")]
    lines[-1] = lines[-1][:-1]
    if not lines[-1]:
        lines.pop()
    return lines


def _range(start: int, end: int) -> str:
    """Spell a stretch of lines as ``diff -u`` does."""
    length = end - start
    if length == 1:
        return str(start + 1)
    return f"{start + 1 if length else start},{length}"


def _shown(sign: str, line: str) -> str:
    """Return one line of the diff."""
    if line.endswith("\n"):
        return sign + visible_line(line)
    return f"{sign}{visible_line(line)}\n\\ No newline at end of file\n"
