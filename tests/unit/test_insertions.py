"""The walk for one lost letter against brute force: every word, every glyph, every place."""

from __future__ import annotations

from collections import defaultdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arfix.candidates import Erasure
from arfix.glyphs import FORMS, Glyph, glyphs_of
from arfix.insertions import MOST_BEGINNINGS, Insertions

pytest.importorskip("numpy", reason="needed to build a lexicon, never to read one")

from typing import TYPE_CHECKING

from unit.lexicons import lexicon

if TYPE_CHECKING:
    from pathlib import Path

LETTERS = "لاأيكبوء"
WORDS = st.sets(st.text(LETTERS, min_size=1, max_size=7), min_size=1, max_size=40)
GLYPHS = [Glyph(letter, form) for letter in LETTERS for form in FORMS]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("insertions")


def everything(words: list[str]) -> dict[str, set[tuple[int, int]]]:
    """Return for each word that lost one glyph the bits and the numbers of what it was."""
    found: dict[str, set[tuple[int, int]]] = defaultdict(set)
    for number, word in enumerate(words):
        drawn = glyphs_of(word)
        for place, glyph in enumerate(drawn):
            if glyph is not None and drawn.count(glyph) == 1:
                seen = word[:place] + word[place + 1 :]
                found[seen].add((1 << GLYPHS.index(glyph), number))
    return found


@given(WORDS, st.text(LETTERS, min_size=1, max_size=6))
@settings(max_examples=80)
def test_explained_are_all_words_that_lost_one_glyph(
    folder: Path, chosen: set[str], other: str
) -> None:
    words = sorted(chosen)
    insertions = Insertions(Erasure(lexicon(folder, words), GLYPHS))
    expected = everything(words)
    # In one order and in the other: what is remembered of beginnings must not tell.
    asked = sorted({*words, *filter(None, expected), other})
    for seen in (*asked, *asked[::-1]):
        found = insertions.explained(seen)
        if seen in words or expected[seen]:
            assert len(found) == len(set(found))
            assert {(bit, number) for bit, number, _ in found} == expected[seen], ascii(seen)
            assert all(clitic == 0.0 for _, _, clitic in found)


def test_behind_a_proclitic_the_stem_is_looked_for(folder: Path) -> None:
    insertions = Insertions(Erasure(lexicon(folder, ["كبيب"]), GLYPHS))
    ((bit, number, clitic),) = insertions.explained("وكبب")
    assert GLYPHS[bit.bit_length() - 1] == Glyph("ي", "medial")
    assert number == 0
    assert clitic < 0.0


@pytest.mark.parametrize("word", ["", "abc", "بa", "ب\u064e", "\ud800", "پ"])
def test_other_letters_have_no_candidates(folder: Path, word: str) -> None:
    assert Insertions(Erasure(lexicon(folder, ["ب"]), GLYPHS)).explained(word) == []


def test_only_the_asked_glyphs_are_lost(folder: Path) -> None:
    erasure = Erasure(lexicon(folder, ["بب", "بكب", "بيب"]), [Glyph("ي", "medial")])
    assert [number for _, number, _ in Insertions(erasure).explained("بب")] == [2]


def test_more_beginnings_than_are_remembered(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert MOST_BEGINNINGS > 1
    monkeypatch.setattr("arfix.insertions.MOST_BEGINNINGS", 1)
    monkeypatch.setattr("arfix.insertions.MOST_BRIDGES", 1)
    words = sorted({"بكيب", "كيبو", "يبكي", "وبكي"})
    insertions = Insertions(Erasure(lexicon(folder, words), GLYPHS))
    for seen, expected in everything(words).items():
        assert {(bit, number) for bit, number, _ in insertions.explained(seen)} == expected
