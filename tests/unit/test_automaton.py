"""The lexicon automaton against a sorted list."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from arfix.lexicon.automaton import ALPHABET
from arfix.resources import Resources

pytest.importorskip("numpy", reason="needed to build an automaton, never to read one")

from itertools import islice
from typing import TYPE_CHECKING

from datakit.automaton import build
from unit.lexicons import lexicon

if TYPE_CHECKING:
    from pathlib import Path

#: Few letters, so that words share their beginnings and their ends.
LETTERS = "ابتيء"
WORDS = st.sets(st.text(LETTERS, min_size=1, max_size=6), max_size=40)
OTHERS = st.lists(st.text(LETTERS + "a\u064e\x00\ud800", max_size=7), max_size=20)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("automaton")


@given(WORDS, OTHERS)
@hypothesis_settings(max_examples=60)
def test_numbers_are_places_in_sorted_order(
    folder: Path, chosen: set[str], others: list[str]
) -> None:
    words = sorted(chosen)
    automaton = lexicon(folder, words)
    places = {word: number for number, word in enumerate(words)}
    assert len(automaton) == len(words)
    assert list(automaton.words()) == words
    parts = {word[:end] for word in words for end in range(len(word) + 1)}
    for word in {*words, *parts, *others, *(word + "ا" for word in words)}:
        assert automaton.number(word) == places.get(word, -1), ascii(word)


def test_every_letter_has_a_place(folder: Path) -> None:
    words = sorted({*ALPHABET, *(a + b for a in ALPHABET for b in ALPHABET)})
    assert list(lexicon(folder, words).words()) == words


def test_no_words_at_all(folder: Path) -> None:
    automaton = lexicon(folder, [])
    assert len(automaton) == 0
    assert automaton.number("ا") == automaton.number("") == -1


@pytest.mark.parametrize("words", [["ب", "ا"], ["ا", "ا"], [""]])
def test_unsorted_words_are_refused(words: list[str]) -> None:
    with pytest.raises(ValueError, match="sorted and distinct"):
        build(words)


def test_the_shipped_lexicon_is_in_order() -> None:
    automaton = Resources.load().lexicon.automaton
    last = ""
    for number, word in enumerate(islice(automaton.words(), 60_000)):
        assert last < word
        if number % 97 == 0:
            assert automaton.number(word) == number
        last = word
