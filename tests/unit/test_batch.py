"""Many look-ups at once against the same ones one by one: nothing may tell them apart."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arfix import batch
from arfix.candidates import _FEWEST, Erasure
from arfix.corrupt import COMMON_GLYPHS, KNOWN_SETS
from arfix.decoder import LEAST_TOKENS, decode, decode_paragraphs
from arfix.glyphs import FORMS, Glyph
from arfix.insertions import Insertions
from arfix.lattice import Arc
from arfix.lexicon.automaton import ALL_CODES, ALPHABET, FINAL_BIT, LABEL_MASK, Automaton
from arfix.lm.table import Table
from arfix.resources import Resources

numpy = pytest.importorskip("numpy", reason="what is tested here is what it speeds up")

from datakit import table as tables  # noqa: E402
from unit.lexicons import lexicon  # noqa: E402

from arfix.batch.decoder import WIDEST, decoded  # noqa: E402
from arfix.batch.ngrams import BatchTable  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Sequence

    from arfix.lm.ngrams import NgramModel

ROOT = Path(__file__).resolve().parents[2]
#: Letters that make lam-alefs and proclitics, that join nothing, and that are drawn alike.
LETTERS = "لاأيىكبوء"
WORD = st.text(LETTERS, min_size=1, max_size=7)
WORDS = st.sets(WORD, min_size=1, max_size=40)
GLYPHS = [Glyph(letter, form) for letter in LETTERS for form in FORMS]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("batch")


def real_words(seed: int, count: int) -> list[str]:
    """Return words of the shipped lexicon, half of them with a letter less."""
    chance = random.Random(seed)
    automaton = Resources.load().lexicon.automaton
    chosen: list[str] = []
    while len(chosen) < count:
        node, word, ends = automaton.root, "", False
        while node and not (ends and chance.random() < 0.4):
            label = {code: automaton.check[node + code] & LABEL_MASK for code in ALL_CODES}
            code = chance.choice([code for code in ALL_CODES if label[code] == code])
            ends = automaton.check[node + code] & FINAL_BIT > 0
            node, word = automaton.base[node + code], word + ALPHABET[code - 1]
        place = chance.randrange(len(word))
        chosen.append(word if len(word) < 3 or place % 2 else word[:place] + word[place + 1 :])
    return chosen


def check_insertions(automaton: Automaton, glyphs: Sequence[Glyph], asked: Sequence[str]) -> None:
    together = Insertions(Erasure(automaton, glyphs))
    erasure = Erasure(automaton, glyphs)
    alone = Insertions(erasure)
    found = {word: list(explained) for word, explained in together.explained_all(asked)}
    for word in asked:
        assert found.get(word, []) == alone.explained(word), ascii(word)
        # The glyphs of a word are read off on the way.
        assert together._erasure.survivors(word) == erasure.survivors(word), ascii(word)


def check_candidates(
    automaton: Automaton, glyphs: Sequence[Glyph], asked: Sequence[str], most: int
) -> None:
    together, alone = Erasure(automaton, glyphs), Erasure(automaton, glyphs)
    together.prepare(asked, most)
    assert len(together._cache) == len({word for word in asked if set(word) <= {*ALPHABET}})
    for word in asked:
        # Order too: sums of what they say depend on it.
        assert together.proposals(word, most) == alone.proposals(word, most), ascii(word)


@given(WORDS, st.lists(WORD, min_size=1, max_size=30), st.sets(st.sampled_from(GLYPHS), min_size=1))
@settings(max_examples=60)
def test_one_letter_put_back(
    folder: Path, chosen: set[str], others: list[str], glyphs: set[Glyph]
) -> None:
    short = [word[:place] + word[place + 1 :] for word in chosen for place in range(len(word))]
    asked = [*dict.fromkeys([*chosen, *filter(None, short), *others])]
    check_insertions(lexicon(folder, chosen), sorted(glyphs), asked)


@given(
    WORDS,
    st.lists(WORD, min_size=_FEWEST, max_size=36, unique=True),
    st.sets(st.sampled_from(GLYPHS), min_size=1, max_size=9),
    st.integers(1, 3),
)
@settings(max_examples=80)
def test_letters_put_back(
    folder: Path, chosen: set[str], others: list[str], glyphs: set[Glyph], most: int
) -> None:
    short = [word[::2] for word in chosen] + [word[1:] for word in chosen]
    behind = ["و" + word for word in chosen] + ["لل" + word[1:] for word in chosen]
    asked = [*dict.fromkeys([*others, *chosen, *filter(None, short), *behind])]
    check_candidates(lexicon(folder, chosen), sorted(glyphs), asked, most)


def test_words_of_the_shipped_lexicon() -> None:
    automaton = Resources.load().lexicon.automaton
    words = [*dict.fromkeys(real_words(1, 500))]
    everywhere = [Glyph(letter, form) for letter in ALPHABET for form in FORMS]
    check_insertions(automaton, everywhere, words)
    check_candidates(automaton, sorted(KNOWN_SETS[0]), words[:150], 3)
    check_candidates(automaton, sorted([*COMMON_GLYPHS][:8]), words[150:300], 2)


@pytest.mark.parametrize("odd", ["", "abc", "بa", "ب\u064e", "\ud800", "پ", "ب" * 41, "ب" * 70_000])
def test_odd_words_are_left_to_the_plain_way(odd: str) -> None:
    automaton = Resources.load().lexicon.automaton
    erasure = Erasure(automaton, sorted(KNOWN_SETS[0]))
    words = real_words(2, 60)
    assert odd not in dict(Insertions(erasure).explained_all([*words, odd]))
    erasure.prepare([*words, odd])
    assert (odd, 3) not in erasure._cache
    assert (words[0], 3) in erasure._cache


def test_more_glyphs_than_a_mask_holds_are_left_to_the_plain_way() -> None:
    many = sorted({Glyph(letter, form) for letter in ALPHABET for form in FORMS})
    erasure = Erasure(Resources.load().lexicon.automaton, many)
    erasure.prepare(real_words(3, 60), 1)
    assert not erasure._cache


@pytest.mark.parametrize(("value_bits", "cell_bits"), [(6, 16), (16, 32)])
def test_keys_of_a_table(value_bits: int, cell_bits: int) -> None:
    chance = random.Random(cell_bits)
    wanted = {chance.randrange(1 << 60): chance.randrange(1 << value_bits) for _ in range(3_000)}
    cells, multiplier = tables.build(
        numpy.array(list(wanted), numpy.int64),
        numpy.array(list(wanted.values()), numpy.int64),
        value_bits,
        cell_bits,
    )
    view = memoryview(cells.tobytes()).cast("H" if cell_bits == 16 else "I")
    table = Table(view, value_bits, cell_bits, multiplier)
    asked = [*wanted, 0, 1, (1 << 60) - 1, *(chance.randrange(1 << 60) for _ in range(20_000))]
    found = BatchTable(table).get(numpy.array(asked, numpy.int64)).tolist()
    assert found == [table.get(key) for key in asked]


def lattice_of(model: NgramModel, seed: int, length: int, widest: int) -> list[tuple[Arc, ...]]:
    """Return a lattice of words that go together about as often as not, with boundaries."""
    chance = random.Random(seed)
    lattice: list[tuple[Arc, ...]] = []
    size = len(model.class_of)
    for _ in range(length):
        # The first ids are boundaries, unknown words and punctuation; low ones are common.
        width = chance.choice((1, 1, 1, 2, 3, widest))
        words = [int(size ** chance.random()) for _ in range(width)]
        arcs = [Arc(word, model.class_of[word], -8 * chance.random(), "") for word in words]
        lattice.append(tuple(arcs) if chance.random() > 0.03 else (Arc(0, 0, 0.0, ""),))
    return lattice


@pytest.mark.parametrize("seed", range(12))
def test_posteriors_are_the_same_to_the_last_bit(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = Resources.load().language_model.ngrams
    lattice = lattice_of(model, seed, LEAST_TOKENS + 60 * seed, 2 + seed % 6)
    together = decode_paragraphs(lattice, model)
    assert decoded([lattice], model.many) is not None
    monkeypatch.setattr("arfix.decoder.worth", lambda asked: False)
    assert together == decode_paragraphs(lattice, model)


def test_a_lattice_with_too_many_readings_is_left_to_the_plain_way() -> None:
    model = Resources.load().language_model.ngrams
    wide = [tuple(Arc(8 + n, model.class_of[8 + n], -1.0, "") for n in range(9))] * LEAST_TOKENS
    assert len({arc.klass for arc in wide[0]}) ** 4 > WIDEST
    assert decoded([wide], model.many) is None
    assert decode_paragraphs(wide, model) == decode([*wide, (Arc(0, 0, 0.0, ""),)], model).rows[:-1]


def test_the_import_waits_until_it_pays(monkeypatch: pytest.MonkeyPatch) -> None:
    assert batch.worth(0)  # these tests have imported it
    monkeypatch.delitem(sys.modules, "numpy")
    assert not batch.worth(batch.WORTH - 1)


RUN = """
import sys
exec(sys.argv[1])
from pathlib import Path
import arfix
repairer = arfix.Repairer()
for name in sorted(Path("fixtures/broken").glob("*pdfbox3+isprintable.txt"))[:3]:
    repair = repairer.explain(name.read_text(encoding="utf-8"))
    print(ascii((repair.text, repair.edits, repair.unrepaired)))
print(sys.modules.get("numpy"), file=sys.stderr)
"""


def run(code: str, first: str) -> tuple[str, str]:
    """Return what a process of its own printed, after some code."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "PYTHONHASHSEED": "0"}
    done = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", code, first],
        capture_output=True,
        text=True,
        check=True,
        env=environment,
        cwd=ROOT,
    )
    return done.stdout, done.stderr


@pytest.mark.slow
def test_without_numpy_all_answers_are_the_same() -> None:
    with_it, there = run(RUN, "import numpy")
    without, missing = run(RUN, "sys.modules['numpy'] = None")
    assert "module 'numpy'" in there
    assert missing.strip() == "None"
    assert with_it == without
    assert "AR301" in with_it


def test_a_single_text_does_without_it() -> None:
    code = """
import sys, arfix
from pathlib import Path
exec(sys.argv[1])
print(bool(arfix.explain(Path("fixtures/readme/broken.txt").read_text(encoding="utf-8")).edits))
print("numpy" in sys.modules)
"""
    assert run(code, "pass")[0].split() == ["True", "False"]
