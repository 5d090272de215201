"""The table of Persian words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from datakit.persian import build

from arfix.errors import DataError
from arfix.lexicon.persian import UNKNOWN, PersianWords, folded
from arfix.resources import DATA, Resources

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def words() -> PersianWords:
    return Resources.load().persian


@pytest.mark.parametrize("word", ["این", "کتاب", "می‌شود", "می‌خواهم", "گفت", "پدر", "چرا"])
def test_words_of_persian_are_known(word: str, words: PersianWords) -> None:
    assert word in words
    assert UNKNOWN < words.log_probability(word) < 0


@pytest.mark.parametrize("word", ["سيقولون", "والمستشفيات", "گاڑیوں", "hello", "", "12"])
def test_other_words_are_not(word: str, words: PersianWords) -> None:
    assert word not in words
    assert words.log_probability(word) == UNKNOWN


def test_the_keyboard_and_the_joiner_make_no_difference(words: PersianWords) -> None:
    spellings = ["می‌کنند", "ميكنند", "می\u200cكنند", "میکنند", "مِیکنند"]
    assert {words.log_probability(word) for word in spellings} == {words.log_probability("میکنند")}


def test_common_words_are_more_probable(words: PersianWords) -> None:
    assert words.log_probability("و") > words.log_probability("کتاب") > UNKNOWN


def test_folding_keeps_letters_of_persian_apart() -> None:
    assert len({folded(word) for word in ["گرد", "کرد", "پرده", "برده", "چرا", "جرا"]}) == 6


def test_spellings_of_one_word_add_up(tmp_path: Path) -> None:
    path = tmp_path / "persian.marisa"
    path.write_bytes(build({"کتاب": 0.1, "كتاب": 0.1, "2024": 0.1, "book": 0.2, "نان": 0.2}))
    words = PersianWords(path)
    assert len(words) == 2
    assert words.log_probability("كتاب") == words.log_probability("نان")


def test_the_same_words_give_the_same_bytes() -> None:
    pairs = {"کتاب": 0.1, "نان": 0.2, "آب": 0.3}
    assert build(pairs) == build(dict(reversed(pairs.items())))


def test_a_broken_file_is_refused_with_advice(tmp_path: Path) -> None:
    path = tmp_path / "persian.marisa"
    for content in (None, b"", (DATA / "persian.marisa").read_bytes()[:100]):
        if content is not None:
            path.write_bytes(content)
        with pytest.raises(DataError, match="reinstall"):
            PersianWords(path)
    path.write_bytes((DATA / "marks.marisa").read_bytes())
    assert "قلم" not in PersianWords(path)


def test_the_table_is_small() -> None:
    assert (DATA / "persian.marisa").stat().st_size <= 330_000
