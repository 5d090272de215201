"""The texts of the tokens line by line are those of the tokens with their places."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from arfix.channel.document import LONGEST_STRETCH, stretches
from arfix.view import bare, token_lines, tokens

PARTS = ("كتاب", "في", "ـ", "وـها", "مـكـتـب", "مُحمد", "\u064f", "\n", "\n \n", " ", "2023", "1.5")
TEXTS = st.lists(st.sampled_from((*PARTS, "abc", "،", ".", "(", "\r\n", "ـُ"))).map("".join)


@given(TEXTS)
def test_no_token_is_lost_or_made_up(text: str) -> None:
    found = [part for row in token_lines(text) for part in row if bare(part)]
    assert found == [token.text for token in tokens(text) if bare(token.text)]


@given(TEXTS)
def test_the_tokens_of_a_page_fill_its_stretches(text: str) -> None:
    parts = stretches(text)
    assert [token for part in parts for token in part.tokens] == list(tokens(text))
    assert all(part.size == len(part.tokens) for part in parts)


def test_a_long_line_goes_on_in_the_next_stretch_and_a_new_line_does_not() -> None:
    parts = stretches("كتب " * (LONGEST_STRETCH + 1) + "\nقرأ")
    assert [(part.size, part.joined) for part in parts] == [
        (LONGEST_STRETCH, False),
        (1, True),
        (1, False),
    ]


def test_stumps_are_tokens_but_say_nothing() -> None:
    (part,) = stretches("وـها مـكـتـب ـ في")
    assert (part.size, part.words) == (3, ["مكتب", "في"])
