"""What holds for every text and every damage."""

from __future__ import annotations

import random
import re
import sys
import unicodedata
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arfix import testing
from arfix.corrupt import (
    COMMON_GLYPHS,
    KNOWN_SETS,
    Corrupted,
    Damage,
    corrupt,
    erase,
    erase_text,
    random_channel,
)
from arfix.glyphs import LAM_ALEF_SECOND, Glyph, glyphs_of
from arfix.testing import arabic_paragraphs, arabic_words, broken_documents, channels
from arfix.unicode_tables import MIRRORS
from arfix.view import LETTER_CLASS, MARK_CLASS, STRIP_MARKS, WORD, bare, tokens

NO_WORD = re.compile(f"[^{LETTER_CLASS}{MARK_CLASS}]")
LOST = st.frozensets(st.sampled_from(COMMON_GLYPHS), max_size=5)
DOCUMENTS = broken_documents(
    st.lists(
        st.one_of(arabic_paragraphs(max_words=8, marks=True), st.text(max_size=20)), max_size=4
    ).map("\n".join)
)


def words(text: str) -> list[str]:
    return [token.text for token in tokens(text) if token.kind == "word"]


# Erasing


@given(arabic_words(), LOST)
def test_erase_removes_exactly_the_lost_glyphs(word: str, lost: frozenset[Glyph]) -> None:
    kept = [c for c, glyph in zip(word, glyphs_of(word), strict=True) if glyph not in lost]
    assert erase(word, lost) == "".join(kept)


@given(arabic_words(marks=True), LOST)
def test_marks_neither_change_the_forms_nor_get_lost(word: str, lost: frozenset[Glyph]) -> None:
    broken = erase(word, lost)
    assert bare(broken) == erase(bare(word), lost)
    assert [c for c in broken if ord(c) in STRIP_MARKS] == [
        c for c in word if ord(c) in STRIP_MARKS
    ]


@given(st.text(), LOST)
def test_erasing_in_a_text_is_erasing_in_its_words(text: str, lost: frozenset[Glyph]) -> None:
    broken, pairs = erase_text(text, lost)
    assert [before for before, _ in pairs] == words(text)
    assert all(after == erase(before, lost) for before, after in pairs)
    assert NO_WORD.findall(broken) == NO_WORD.findall(text)
    assert erase_text(text, frozenset())[0] is text or not text


@given(arabic_paragraphs(marks=True), LOST)
def test_corrupt_and_erase_text_agree(text: str, lost: frozenset[Glyph]) -> None:
    assert corrupt(text, Damage(lost=lost)).text == erase_text(text, lost)[0]


# The channel


@given(DOCUMENTS)
def test_every_character_has_an_origin(broken: Corrupted) -> None:
    assert len(broken.origins) == len(broken.text)
    assert len(set(broken.origins)) == len(broken.origins)
    symbols = set(broken.damage.symbols.values())
    for char, origin in zip(broken.text, broken.origins, strict=True):
        source = broken.original[origin]
        folded = unicodedata.normalize("NFKC", char)[:1] if broken.damage.forms else char
        assert char in (source, MIRRORS.get(source)) or char in symbols or folded == source
    missing = set(range(len(broken.original))) - set(broken.origins)
    may = {glyph.letter for glyph in broken.damage.lost}
    if broken.damage.stripped:
        may |= {drawn[0] for drawn in broken.damage.symbols} | symbols
    if broken.damage.lost_tanween:
        may.add("\u064b")
    if broken.damage.forms:  # the second letter of a ligature is where the first is
        may |= LAM_ALEF_SECOND
    assert {broken.original[index] for index in missing} <= may


@given(DOCUMENTS)
def test_replay_is_deterministic(broken: Corrupted) -> None:
    damage = Damage.from_json(broken.damage.to_json())
    texts = {corrupt(broken.original, damage, seed=9).text for _ in range(2)}
    assert len(texts) == 1


@given(DOCUMENTS)
def test_alignment_covers_the_words(broken: Corrupted) -> None:
    aligned = broken.alignment
    assert [broken.original[word.start : word.end] for word in aligned] == words(broken.original)
    covered: set[int] = set()
    for word in aligned:
        places = {place for start, end in word.pieces for place in range(start, end)}
        assert not places & covered
        covered |= places
        assert {broken.origins[place] for place in places} <= set(range(word.start, word.end))
        assert (not word.pieces) == (word in broken.erased)
        if word.pieces:
            assert (word.output_start, word.output_end) == (min(places), max(places) + 1)
    assert len(covered) == sum(
        any(word.start <= origin < word.end for word in aligned) for origin in broken.origins
    )


@given(broken_documents(damages=channels(order=False)))
def test_putting_the_words_back_gives_the_original(broken: Corrupted) -> None:
    restored = broken.text
    for word in reversed(broken.alignment):
        before = broken.original[word.start : word.end]
        restored = restored[: word.output_start] + before + restored[word.output_end :]
    assert restored == broken.original


@given(DOCUMENTS)
def test_lines_are_kept(broken: Corrupted) -> None:
    if not {"\n", "\r"} & set(broken.damage.symbols.values()):
        breaks = re.compile("[\r\n]")
        assert breaks.findall(broken.text) == breaks.findall(broken.original)


@given(st.text(), channels())
def test_without_arabic_nothing_happens(text: str, damage: Damage) -> None:
    latin = "".join(char for char in text if char < "\u0590")
    assert corrupt(latin, damage).text is latin


@given(st.text())
def test_no_damage_is_identity(text: str) -> None:
    assert corrupt(text, Damage()).text is text
    assert corrupt(text, Damage(lost=KNOWN_SETS[0], share=0)).text is text


def test_surrogates_and_nul_pass() -> None:
    text = "\ud800 في\x00 \udfff."
    damage = Damage(lost=KNOWN_SETS[0], moved_stops=True, pdfbox=True)
    assert "ي" not in corrupt(text, damage).text


# The strategies


@given(arabic_words(), arabic_words(marks=True))
def test_drawn_words_are_words(plain: str, marked: str) -> None:
    assert WORD.fullmatch(plain)
    assert WORD.fullmatch(marked)
    assert bare(plain) == plain
    assert bare(marked)


def test_words_are_built_where_there_is_no_lexicon() -> None:
    with patch.dict(sys.modules, {"arfix.resources": None}):
        stems, nouns = testing._stems.__wrapped__()
    assert len(stems) > 400
    assert set(nouns) < set(stems)
    assert all(WORD.fullmatch(stem) for stem in stems)


@given(arabic_paragraphs(min_words=2, max_words=5))
def test_drawn_paragraphs_are_one_line(paragraph: str) -> None:
    assert 2 <= len(words(paragraph)) <= 5
    assert len(paragraph.splitlines()) == 1


@given(channels(max_lost=2))
def test_drawn_damages_are_plausible(damage: Damage) -> None:
    assert len(damage.lost) <= 2
    assert len(set(damage.symbols.values())) == len(damage.symbols)
    assert not damage.lost & set(damage.symbols)


@given(channels(symbols=False, order=False))
def test_parts_of_the_damage_can_be_left_out(damage: Damage) -> None:
    assert not damage.symbols
    assert not damage.stripped
    assert not damage.moved_stops
    assert not damage.pdfbox


@given(st.integers(0, 2**64))
def test_random_channels_repeat(seed: int) -> None:
    assert random_channel(seed) == random_channel(seed)
    assert 1 <= len(random_channel(seed).lost) <= 3


def test_the_simplest_example_is_simple() -> None:
    hypothesis = pytest.importorskip("hypothesis")
    phases = (hypothesis.Phase.generate, hypothesis.Phase.shrink)
    settings = hypothesis.settings(max_examples=300, database=None, phases=phases)
    broken = hypothesis.find(
        broken_documents(max_paragraphs=2),
        lambda found: found.text != found.original,
        settings=settings,
        random=random.Random(1),
    )
    assert len(words(broken.original)) == 1
    assert len(broken.original) <= 8


def test_without_hypothesis_the_error_says_what_to_install() -> None:
    with patch.dict(sys.modules, {"hypothesis": None}), pytest.raises(ImportError, match="test"):
        arabic_words()
