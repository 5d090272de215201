"""The bench counts as it says: damage, alignment, restored, changed, floors."""

from __future__ import annotations

import json
import lzma
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

BENCH = Path(__file__).resolve().parents[2] / "bench"
sys.path.insert(0, str(BENCH))

import render  # noqa: E402
from measure import floors  # noqa: E402 - the bench is no package of the project
from measure.corpus import MSA, SPECIAL  # noqa: E402
from measure.damage import (  # noqa: E402
    SAMPLE_SET,
    erase,
    erase_paragraphs,
    random_sets,
    undamaged,
)
from measure.runner import _judge  # noqa: E402
from measure.score import (  # noqa: E402
    ERASED,
    HEALTHY,
    LEFT,
    OTHER,
    align,
    is_restored,
    score,
)

from arfix.glyphs import Glyph  # noqa: E402


def test_the_sample_set_takes_medial_kaf_and_both_final_yehs():
    case = erase("تمكن علي من المشي إلى الكلية لكي يكتب", SAMPLE_SET)
    assert case.text == "تمن عل من المش إل اللية ل يتب"
    assert case.damaged == 7


def test_initial_and_final_kaf_stay():
    assert erase("كتاب ملك", SAMPLE_SET).damaged == 0


def test_lam_alef_is_one_drawing():
    lost = frozenset({Glyph("ل", "initial")})
    assert erase("لا ليل", lost).seen_words == ("لا", "يل")


def test_marks_outlive_their_letter():
    assert erase("شَكَّلَ", SAMPLE_SET).text == "شََّلَ"


def test_a_word_may_vanish_wholly():
    lost = frozenset({Glyph("و", "isolated")})
    case = erase("هذا و ذاك", lost)
    assert case.seen_words == ("هذا", "", "ذاك")
    result = score(case, case.text)
    assert (result.counts.damaged, result.counts.erased, result.counts.restored) == (1, 1, 0)
    assert [error.kind for error in result.errors] == [ERASED]
    assert score(case, "هذا و ذاك").counts.restored == 1


def test_restored_and_changed_have_their_own_denominators():
    case = erase("تمكن سعيد من السفر إلى مصر", SAMPLE_SET)
    counts = score(case, "تمكن سعيدي من السفر إل مصر").counts
    assert (counts.damaged, counts.restored) == (2, 1)
    assert (counts.others, counts.changed) == (4, 1)
    assert counts.report()["restored_pct"] == 50.0
    assert counts.report()["changed_pct"] == 25.0


def test_kinds_of_error():
    case = erase("تمكن سعيد من السفر إلى مصر", SAMPLE_SET)
    kinds = [error.kind for error in score(case, "تمني سعيدي من السفر إل مصر").errors]
    assert kinds == [OTHER, HEALTHY, LEFT]


def test_a_word_too_many_does_not_shift_the_rest():
    gold = ["a", "b", "c", "d"]
    assert align(gold, ["a", "x", "b", "c", "d"]) == gold
    assert align(gold, ["a", "c", "d"]) == ["a", None, "c", "d"]


def test_marks_count_unless_the_damage_took_them():
    assert not is_restored("كتاب", gold="كِتاب", seen="تِاب")
    assert is_restored("قليلا", gold="قليلاً", seen="قليل")


def test_only_broken_paragraphs_are_damaged():
    case = erase_paragraphs("في بيتي\nفي بيتي", SAMPLE_SET, [False, True])
    assert case.text == "في بيتي\nف بيت"


def test_clean_text_has_no_damage():
    case = undamaged("في بيتي")
    assert case.damaged == 0
    assert score(case, case.text).counts.changed == 0


def test_random_sets_repeat_for_a_seed():
    glyphs = [Glyph(chr(code), "final") for code in range(0x628, 0x640)]
    assert random_sets(glyphs, 20, 3) == random_sets(glyphs, 20, 3)
    assert len(set(random_sets(glyphs, 20, 3))) == 20


@pytest.fixture
def pinned(tmp_path):
    path = tmp_path / "floors.json"
    path.write_text(json.dumps({"digest": {"a": "1"}, "floors": {"random.restored": 90.0}}))
    return path


def test_a_fallen_figure_fails_the_gate(pinned):
    assert floors.check({"random": {"restored_pct": 89.9}}, {"a": "1"}, pinned)
    assert not floors.check({"random": {"restored_pct": 90.0}}, {"a": "1"}, pinned)


def test_a_figure_that_is_not_measured_fails_the_gate(pinned):
    assert floors.check({}, {"a": "1"}, pinned)


def test_other_evaluation_texts_fail_the_gate(pinned):
    assert floors.check({"random": {"restored_pct": 95.0}}, {"a": "2"}, pinned)


def test_floors_rise_and_never_fall(pinned):
    floors.raise_floors({"random": {"restored_pct": 80.0}}, {"a": "1"}, pinned)
    assert floors.load(pinned)["floors"]["random.restored"] == 90.0
    floors.raise_floors({"random": {"restored_pct": 95.0}}, {"a": "1"}, pinned)
    assert floors.load(pinned)["floors"]["random.restored"] == 94.5


class Sure:
    """An explanation with one edit for each changed word."""

    def __init__(self, text, edits):
        self.text = text
        self.edits = [
            SimpleNamespace(start=start, end=end, confidence=confidence)
            for start, end, confidence in edits
        ]


def test_every_changed_word_is_judged_with_its_confidence():
    case = erase("تمكن سعيد من السفر إلى مصر", SAMPLE_SET)
    assert case.text == "تمن سعيد من السفر إل مصر"
    explained = Sure("تمكن سعيدي من السفر إلي مصر", [(2, 2, 0.9), (8, 8, 0.6), (20, 20, 0.7)])
    assert _judge(case, explained.text, explained) == [
        (0.9, True, True),
        (0.6, False, False),
        (0.7, False, True),
    ]


@pytest.fixture(scope="module")
def own_texts(tmp_path_factory):
    """A folder in the shape of the evaluation texts, filled with texts of this project."""
    shared = tmp_path_factory.mktemp("shared")
    (shared / "samples").mkdir()
    fixtures = Path(__file__).resolve().parents[2] / "fixtures" / "readme"
    gold, broken = ((fixtures / name).read_bytes() for name in ("gold.txt", "broken.txt"))
    for name, data in (
        ("000_gold", gold),
        ("000_broken", broken),
        ("000_broken_stripped", broken),
        ("001_clean", gold),
    ):
        (shared / "samples" / f"{name}.txt").write_bytes(data)
    for genre in MSA + SPECIAL:
        folder = shared / "eval" / genre
        folder.mkdir(parents=True)
        with lzma.open(folder / "own.txt.xz", "wb") as stream:
            stream.write(gold * 30)
    return shared


def run(shared, target, *arguments):
    subprocess.run(  # noqa: S603 - our own program
        [
            sys.executable,
            str(BENCH / "quality.py"),
            "--fast",
            "--json",
            str(target),
            "--repairer",
            "stand_ins:identity",
            *arguments,
        ],
        check=True,
        capture_output=True,
        env={**os.environ, "ARFIX_SHARED": str(shared), "PYTHONPATH": str(BENCH.parent / "src")},
    )
    return json.loads(target.read_text(encoding="utf-8"))


def without_times(found):
    if isinstance(found, dict):
        return {
            key: without_times(value)
            for key, value in found.items()
            if key not in {"cpu_s", "wall_s", "words_per_s", "command"}
        }
    return [without_times(item) for item in found] if isinstance(found, list) else found


def test_a_run_repeats_and_shows_what_was_not_repaired(own_texts, tmp_path):
    suites = ["--suite=samples", "--suite=news", "--suite=random", "--suite=clean"]
    suites += ["--suite=confidence"]
    first = run(own_texts, tmp_path / "first.json", *suites)
    second = run(own_texts, tmp_path / "second.json", *suites, "--processes=1")
    assert without_times(first) == without_times(second)
    row = first["suites"]["news"]["rows"]["500 words"]
    assert row["damaged"] > 100
    assert row["restored"] == row["changed"] == 0
    groups = first["suites"]["clean"]["groups"]
    assert all(group["changed"] == group["documents_changed"] == 0 for group in groups.values())
    assert first["suites"]["samples"]["as extracted"]["in_place"] < 66


def test_a_report_becomes_a_page(own_texts, tmp_path, monkeypatch):
    found = run(own_texts, tmp_path / "report.json", "--suite=news", "--suite=clean")
    page = render.page(found)
    assert "## The sample's lost set on news" in page
    assert "restored, news, 500 words" in render.readme_figures(found["suites"])


def test_the_readme_has_a_place_for_figures():
    text = (BENCH.parent / "README.md").read_text(encoding="utf-8")
    assert "| new |" in render.replace_between(text, "| new |")
