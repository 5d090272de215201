"""Restored words keep the marks and the tatweel of the observed ones."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arfix.defects.lost_glyphs import goes_on, rebuild
from arfix.view import bare

MARKS = "\u064b\u064e\u0651\u0640"


@st.composite
def damaged(draw: st.DrawFn) -> tuple[str, str]:
    """Return an observed word with marks, and the letters of the word that it was."""
    letters = draw(st.text("بتيكل", min_size=1, max_size=8))
    lost = draw(st.sets(st.integers(0, len(letters) - 1), max_size=3))
    seen = [letter for index, letter in enumerate(letters) if index not in lost]
    marked = [letter + draw(st.text(MARKS, max_size=2)) for letter in seen]
    return "".join(marked), letters


@given(damaged())
def test_the_letters_are_those_asked_for(case: tuple[str, str]) -> None:
    observed, letters = case
    assert bare(rebuild(observed, letters)) == letters


@given(damaged())
def test_nothing_of_the_observed_word_goes(case: tuple[str, str]) -> None:
    observed, letters = case
    rest = iter(rebuild(observed, letters))
    assert all(char in rest for char in observed), "not in order"


@given(damaged())
def test_a_mark_stays_on_its_letter(case: tuple[str, str]) -> None:
    observed, letters = case
    result = rebuild(observed, letters)
    for before, mark, after in zip(observed, observed[1:], observed[2:] + " ", strict=False):
        # A shadda, and the vowel with it, may be what a lost letter left behind.
        if mark in MARKS and before not in MARKS and "\u0651" not in (mark, after):
            assert before + mark in result


@given(st.text("بتيكل" + MARKS, min_size=1, max_size=8).filter(lambda word: bare(word) != ""))
def test_a_word_that_lost_nothing_is_itself(word: str) -> None:
    assert rebuild(word, bare(word)) == word


def test_letters_go_back_to_both_ends() -> None:
    assert rebuild("\u062a\u064e\u0628", "\u0643\u062a\u0628\u064a") == (
        "\u0643\u062a\u064e\u0628\u064a"
    )


@pytest.mark.parametrize(
    ("observed", "letters", "expected"),
    [
        ("\u0645\u0651\u0646", "\u0645\u0643\u0646", "\u0645\u0643\u0651\u0646"),
        ("\u0643\u0644\u0651", "\u0643\u0644\u064a", "\u0643\u0644\u0651\u064a"),
        (
            "\u0645\u064f\u0651\u064e\u0646",
            "\u0645\u0643\u0646",
            "\u0645\u064f\u0643\u0651\u064e\u0646",
        ),
    ],
)
def test_marks_of_a_lost_letter_go_back_to_it(observed: str, letters: str, expected: str) -> None:
    assert rebuild(observed, letters) == expected


@pytest.mark.parametrize(
    ("observed", "letters", "wanted"),
    [
        ("دائ\u064bا", "دائما", "دائم\u064bا"),  # before the last alef
        ("ال\u0651اس", "الناس", "الن\u0651اس"),  # a sun letter behind the article
        ("الش\u0651س", "الشمس", "الش\u0651مس"),  # that is there: its own
        ("ي\u064fص\u0650\u0651ر", "يصور", "ي\u064fصو\u0650\u0651ر"),  # with its vowel
        ("ب\u0651", "بد", "بد\u0651"),  # no word begins with a double letter
        ("قتي\u064d", "قتيل", "قتيل\u064d"),  # nunation is on the last letter
        ("شعب\u0651\u064c", "شعبي", "شعبي\u0651\u064c"),
        ("وع\u0652\u064c", "وعي", "وع\u0652ي\u064c"),
    ],
)
def test_marks_go_to_the_letter_that_had_them(observed: str, letters: str, wanted: str) -> None:
    assert rebuild(observed, letters) == wanted


@pytest.mark.parametrize(
    ("observed", "letters", "known", "wanted"),
    [
        ("قاض\u064d", "قاضي", True, False),  # whole, whatever else it may be without marks
        ("مكون\u064bا", "مكونات", True, True),  # fathatan is behind the alef in some texts only
        ("مكونا\u064b", "مكونات", True, False),
        ("كتب\u064d", "كاتب", True, True),  # nothing is put behind the nunation
        ("هد\u064b", "هدى", True, True),
        ("شعب\u0651\u064c", "شعبي", True, True),
        ("قتي\u064d", "قتيل", False, True),
        ("ل\u0640", "لي", True, False),  # an affix set apart
        ("وع\u0652\u064c", "وعي", True, True),  # a letter carries one vowel
        ("ف\u0650", "في", True, True),
        ("الرياض\u0640", "الرياضي", True, True),  # drawn long
    ],
)
def test_marks_tell_that_a_word_is_whole(
    observed: str, letters: str, known: bool, wanted: bool
) -> None:
    assert goes_on(observed, letters, known=known, drawn=False) == wanted


def test_where_words_are_drawn_long_tatweel_sets_nothing_apart() -> None:
    assert goes_on("ف\u0640", "في", known=True, drawn=True)
