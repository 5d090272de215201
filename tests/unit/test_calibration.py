"""Doubts are shifted by where a word stands and what it is; what is certain is left alone."""

from __future__ import annotations

import math

import pytest

from arfix.calibration import RARE, RARER, calibrated, in_proportion
from arfix.lattice import Arc
from arfix.lm.ngrams import KINDS, SPECIALS, UNKNOWN

STANDS = Arc(20, 1, 0.0, "كاتب")
AT_THE_END = Arc(21, 1, 0.0, "كاتبة")
INSIDE = Arc(22, 1, 0.0, "كتائب")
BEFORE = (Arc(30, 2, 0.0, "قال"),)


def odds(before: tuple[Arc, ...], stands: Arc, reading: Arc) -> float:
    """Return the odds of a reading that were even before."""
    lattice = [before, (stands, reading)]
    row = calibrated(lattice, [[1.0], [0.5, 0.5]])[1]
    assert sum(row) == pytest.approx(1)
    return row[1] / row[0]


def test_a_word_after_a_word_is_as_likely_as_before() -> None:
    assert odds(BEFORE, STANDS, AT_THE_END) == pytest.approx(1)


@pytest.mark.parametrize("kind", ["blank", "stop", "comma"])
def test_readings_need_more_where_the_models_know_least(kind: str) -> None:
    mark = (Arc(KINDS[kind], KINDS[kind], 0.0, ""),)
    assert odds(mark, STANDS, AT_THE_END) < 0.8


def test_readings_need_less_where_the_word_as_it_stands_is_odd() -> None:
    assert odds(BEFORE, STANDS._replace(word=UNKNOWN), AT_THE_END) > 2
    assert odds(BEFORE, STANDS._replace(text="الكاتب"), AT_THE_END._replace(text="الكاتبة")) > 1.3
    assert odds(BEFORE, STANDS, INSIDE) > 1.1


def test_the_start_of_the_text_is_a_stop() -> None:
    (row,) = calibrated([(STANDS, AT_THE_END)], [[0.5, 0.5]])
    assert row[1] < 0.4


def test_what_is_certain_stays() -> None:
    rows = [[1.0], [0.02, 0.98]]
    assert calibrated([BEFORE, (STANDS, AT_THE_END)], rows) == rows


def test_the_order_among_readings_at_one_end_stays() -> None:
    row = calibrated([BEFORE, (STANDS, AT_THE_END, AT_THE_END)], [[1.0], [0.2, 0.3, 0.5]])[1]
    assert row[2] / row[1] == pytest.approx(5 / 3)


def test_in_brief_documents_rare_readings_need_more() -> None:
    def prior(number: int) -> float:
        return {AT_THE_END.word: RARE - 2, INSIDE.word: RARE + 2}[number + SPECIALS]

    lattice = [BEFORE, (STANDS, AT_THE_END, INSIDE)]
    rows = [[1.0], [0.4, 0.3, 0.3]]
    long, brief = calibrated(lattice, rows)[1], calibrated(lattice, rows, prior)[1]
    assert brief[1] / brief[0] == pytest.approx(long[1] / long[0] * math.exp(2 * RARER))
    assert brief[2] / brief[0] == pytest.approx(long[2] / long[0])


def test_what_no_lexicon_holds_is_as_rare_as_its_letters_say() -> None:
    spelled = AT_THE_END._replace(word=UNKNOWN)
    rows = [[1.0], [0.5, 0.5]]

    def prior(number: int) -> float:
        raise AssertionError(number)

    lattice = [BEFORE, (STANDS, spelled)]
    assert calibrated(lattice, rows, prior) == calibrated(lattice, rows)


def share(expected: float, *, words: int = 60) -> float:
    """Return the posterior of a doubtful reading on a page where most words lost a glyph."""
    lattice = [(STANDS, AT_THE_END)] * (words + 1)
    rows = [*([[0.02, 0.98]] * words), [0.5, 0.5]]
    found = in_proportion(lattice, rows, {1: expected}, lambda word: int(word.endswith("ة")))
    assert found[:-1] == rows[:-1]
    assert sum(found[-1]) == pytest.approx(1)
    return found[-1][1]


def test_a_page_that_has_much_of_a_glyph_is_read_with_it() -> None:
    assert share(60.5) == pytest.approx(0.5)
    assert share(30) > 0.55
    assert share(120) < 0.45


def test_a_page_of_few_words_says_next_to_nothing_of_its_glyphs() -> None:
    assert share(1, words=3) == pytest.approx(0.5, abs=0.03)


def test_readings_that_hold_none_of_the_lost_glyphs_keep_their_odds() -> None:
    lattice = [(STANDS, INSIDE, INSIDE)]
    assert in_proportion(lattice, [[0.3, 0.5, 0.2]], {1: 40.0}, lambda word: 0) == [
        pytest.approx([0.3, 0.5, 0.2])
    ]
