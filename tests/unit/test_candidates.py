"""Candidates against brute force: every word of a lexicon, every way of losing its glyphs."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arfix.candidates import MOST_LOST, PROCLITICS, SHORTEST_STEM, Erasure
from arfix.glyphs import FORMS, Glyph, glyphs_of

pytest.importorskip("numpy", reason="needed to build a lexicon, never to read one")

from typing import TYPE_CHECKING

from unit.lexicons import lexicon

if TYPE_CHECKING:
    from pathlib import Path

#: Letters of every joining behaviour, and lam-alef.
LETTERS = "لاأيكبوء"
WORDS = st.sets(st.text(LETTERS, min_size=1, max_size=5), min_size=1, max_size=25)
GLYPHS = st.sets(
    st.builds(Glyph, st.sampled_from(LETTERS), st.sampled_from(FORMS)), min_size=1, max_size=6
)
#: Masks of what a word lost and of what it ought to have lost and kept.
Masks = tuple[int, int]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("candidates")


def damaged(word: str, glyphs: list[Glyph], start: int = 0) -> Iterator[tuple[str, Masks]]:
    """Yield what losing any of the glyphs makes of a word; letters before ``start`` stay."""
    bits = [
        1 << glyphs.index(glyph) if index >= start - 1 and glyph in glyphs else 0
        for index, glyph in enumerate(glyphs_of(word))
    ]
    held = sorted({bit for bit in bits if bit})
    for count in range(len(held) + 1):
        for lost in itertools.combinations(held, count):
            if any(bit in lost for bit in bits[:start]):
                continue
            seen = "".join(
                letter for letter, bit in zip(word, bits, strict=True) if bit not in lost
            )
            if len(word) - len(seen) <= MOST_LOST:
                yield seen, (sum(lost), sum(held) - sum(lost))


def everything(words: list[str], glyphs: list[Glyph]) -> dict[str, dict[str, list[Masks]]]:
    """Return for each observable word the words that it may have been, and how."""
    found: dict[str, dict[str, list[Masks]]] = defaultdict(lambda: defaultdict(list))
    for word in words:
        for seen, masks in damaged(word, glyphs):
            found[seen][word].append(masks)
    return found


@given(WORDS, GLYPHS)
@settings(max_examples=80)
def test_proposals_are_all_words_that_erasing_makes_the_observed_one(
    folder: Path, chosen: set[str], glyph_set: set[Glyph]
) -> None:
    words, glyphs = sorted(chosen), sorted(glyph_set)
    erasure = Erasure(lexicon(folder, words), glyphs)
    for seen, expected in everything(words, glyphs).items():
        proposals = erasure.proposals(seen)
        assert {proposal.text for proposal in proposals} == set(expected), ascii(seen)
        assert len(proposals) == len(expected)
        for proposal in proposals:
            assert proposal.clitic == 0.0
            assert words[proposal.number] == proposal.text
            options = expected[proposal.text]
            assert (proposal.erased, proposal.survived) in options
            # Where there are several ways, one that leaves least to chance.
            assert proposal.survived.bit_count() == min(kept.bit_count() for _, kept in options)


@given(WORDS, GLYPHS, st.text(LETTERS, max_size=4))
@settings(max_examples=60)
def test_behind_a_proclitic_the_stem_is_looked_for(
    folder: Path, chosen: set[str], glyph_set: set[Glyph], other: str
) -> None:
    words, glyphs = sorted(chosen), sorted(glyph_set)
    erasure = Erasure(lexicon(folder, words), glyphs)
    whole = everything(words, glyphs)
    expected: dict[str, set[tuple[str, float]]] = defaultdict(set)
    for clitic, rate in PROCLITICS.items():
        for word in words:
            for seen, _ in damaged(clitic + word, glyphs, len(clitic)):
                if len(seen) >= len(clitic) + SHORTEST_STEM - 1:
                    expected[seen].add((clitic + word, rate))
    for seen in {*expected, other, *("و" + word for word in words)}:
        if seen and seen not in whole:
            proposals = erasure.proposals(seen)
            assert {(p.text, p.clitic) for p in proposals} == expected[seen], ascii(seen)
            for proposal in proposals:
                assert proposal.text.endswith(words[proposal.number])


@given(st.text(LETTERS, max_size=8), GLYPHS)
def test_survivors_are_the_glyphs_that_a_word_still_holds(
    folder: Path, word: str, glyph_set: set[Glyph]
) -> None:
    glyphs = sorted(glyph_set)
    erasure = Erasure(lexicon(folder, ["ب"]), glyphs)
    held = sum(1 << index for index, glyph in enumerate(glyphs) if glyph in glyphs_of(word))
    assert erasure.survivors(word) == held


@pytest.mark.parametrize("alef", "اأ")
def test_lam_alef_never_loses(folder: Path, alef: str) -> None:
    word = f"ب\u0644{alef}ب"
    every = [Glyph(letter, form) for letter in f"\u0644{alef}" for form in FORMS]
    erasure = Erasure(lexicon(folder, [word]), every)
    for seen in ("بب", f"ب{alef}ب", "ب\u0644ب"):
        assert erasure.proposals(seen) == []
    (proposal,) = erasure.proposals(word)
    assert (proposal.text, proposal.erased, proposal.survived) == (word, 0, 0)


def test_lam_before_another_letter_does_lose(folder: Path) -> None:
    erasure = Erasure(lexicon(folder, ["بلب"]), [Glyph("ل", "medial")])
    (proposal,) = erasure.proposals("بب")
    assert (proposal.text, proposal.erased, proposal.survived) == ("بلب", 1, 0)


def test_the_form_is_that_of_the_whole_word(folder: Path) -> None:
    # In what is left the yeh of يب would be initial; where it was lost it is final.
    erasure = Erasure(lexicon(folder, ["بي", "يب"]), [Glyph("ي", "final")])
    assert [proposal.text for proposal in erasure.proposals("ب")] == ["بي"]


def test_a_glyph_is_lost_everywhere_or_nowhere(folder: Path) -> None:
    erasure = Erasure(lexicon(folder, ["بككب"]), [Glyph("ك", "medial")])
    assert erasure.proposals("بكب") == []
    (proposal,) = erasure.proposals("بب")
    assert proposal.erased == 1


def test_no_more_than_so_many_letters_were_lost(folder: Path) -> None:
    word = "ب" + "ك" * (MOST_LOST + 1) + "ب"
    erasure = Erasure(lexicon(folder, [word]), [Glyph("ك", "medial")])
    assert erasure.proposals("بب") == []
    assert len(erasure.proposals("بب", MOST_LOST + 1)) == 1


@pytest.mark.parametrize("word", ["", "abc", "بa", "ب\u064e", "\ud800", "پ"])
def test_other_letters_have_no_candidates(folder: Path, word: str) -> None:
    assert Erasure(lexicon(folder, ["ب"]), [Glyph("ي", "final")]).proposals(word) == []
