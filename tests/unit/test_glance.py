"""The quick looks that spare healthy lines a closer one say what the closer one would."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

import arfix.order.glance as glance
from arfix.channel.engine import _torn
from arfix.lexicon.automaton import CODES
from arfix.order.scoring import shared
from arfix.testing import arabic_words

if TYPE_CHECKING:
    from arfix.stages import Context

_SIGNS = st.sampled_from(["،", ".", "(2)", "URL", "2,5", "«", "قض", "ظثغ", "\ufffd", ""])
_WORDS = st.builds(
    lambda word, turned, sign: (word[::-1] if turned else word) + sign,
    arabic_words(),
    st.booleans(),
    _SIGNS,
)
_LINES = st.lists(st.lists(_WORDS, min_size=1, max_size=12).map(" ".join), max_size=4)


@given(_LINES)
def test_no_line_in_reverse_is_passed_over(context: Context, lines: list[str]) -> None:
    scorer = shared(context.resources)
    quick = glance.backward_lines(lines, scorer)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(glance, "_reads_well", lambda body, scorer: False)
        assert quick == glance.backward_lines(lines, scorer)


def test_lines_in_reverse_are_found(context: Context) -> None:
    line = "وصلت الحافلة إلى القرية الصغيرة متأخرة ساعتين"
    turned = " ".join(word[::-1] for word in line.split())
    assert glance.backward_lines([line, turned], shared(context.resources)) == [turned]


_LETTERS = "".join(CODES)
_PLAIN = re.compile(
    "[\ufb50-\ufd3d\ufd50-\ufdf9\ufe70-\ufefc]+"
    f"|(?<=[{_LETTERS}])(?:[\ue000-\uf8ff\ufffd\u0000-\u0008\u000e-\u001f]|\\(cid:"
    "|[a-z\u00c0-\u05ff\u0780-\u089f\u0900-\u1fff])"
)


@given(
    st.lists(
        st.sampled_from(
            [*"باك \ufb50\ufe90\ue000\ufffd\x01az\u00c0\u0900(:3.", "(cid:7)", "ب(cid:4)", "cid:"]
        )
    ).map("".join)
)
def test_torn_words_are_counted_like_with_a_plain_pattern(text: str) -> None:
    assert _torn([text]) == len(_PLAIN.findall(text))
