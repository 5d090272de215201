from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from arfix.cli.diffs import unified
from arfix.visible import visible, visible_line

_HEADER = re.compile(r"@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@\n")
_LINES = st.lists(
    st.sampled_from(["a", "b", "\u0643\u062a\u0628", "\ue940", "", "c\r"]), max_size=40
)


def lines(text: str) -> list[str]:
    return re.findall(r"[^\n]*\n|[^\n]+$", text)


def patched(before: str, diff: str) -> str:
    """Apply a diff as `patch` would, checking each line of it."""
    old = [visible_line(line) for line in lines(before)]
    rows = lines(diff)[2:]
    new: list[str] = []
    position = 0
    while rows:
        header = _HEADER.fullmatch(rows.pop(0))
        assert header is not None
        start, length, new_start, new_length = (int(part or 1) for part in header.groups())
        start -= length > 0
        new += old[position:start]
        assert len(new) == new_start - (new_length > 0)
        hunk_old, hunk_new = [], []
        while rows and not rows[0].startswith("@@"):
            row = rows.pop(0)
            if row.startswith("\\"):
                continue
            line = row[1:]
            if rows and rows[0].startswith("\\"):
                line = line.removesuffix("\n")
            if row[0] in " -":
                hunk_old.append(line)
            if row[0] in " +":
                hunk_new.append(line)
        assert (len(hunk_old), len(hunk_new)) == (length, new_length)
        assert hunk_old == old[start : start + length]
        new += hunk_new
        position = start + length
    return "".join(new + old[position:])


@given(_LINES, _LINES, st.booleans(), st.booleans())
def test_a_diff_leads_from_one_text_to_the_other(
    old: list[str], new: list[str], same_length: bool, ended: bool
) -> None:
    if same_length:
        new = [b if b in "ab" else a for a, b in zip(old, [*new, *old], strict=False)]
    before, after = ("\n".join(part) + "\n" * ended for part in (old, new))
    diff = unified(before, after, "x")
    assert (diff == "") == (before == after)
    assert patched(before, diff) == "".join(map(visible_line, lines(after)))


def test_what_is_invisible_is_written_out() -> None:
    assert visible("\u200d\u00a0\u2028\ufe0f\U000e0041\x00\ufffd\ud800") == (
        "<U+200D><U+00A0><U+2028><U+FE0F><U+E0041><U+0000>\ufffd<U+D800>"
    )
    assert visible("سَلام 12\t(ok)") == "سَلام 12\t(ok)"
