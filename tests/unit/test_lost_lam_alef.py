"""Lam-alef that the document lost, wholly or but for its lam."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from unit.rules import alone, fixtures, once

from arfix.corrupt import corrupt
from arfix.damage import Damage
from arfix.defects.lost_lam_alef import LostLamAlef
from arfix.glyphs import Glyph
from arfix.ligatures.lost import LAM_LEFT, NOTHING_LEFT, readings, seen, turned_round

if TYPE_CHECKING:
    from arfix.stages import Context

DOCUMENTS = Path(__file__).resolve().parents[2] / "fixtures" / "documents"
CASES = alone("AR305")
HEALTHY = fixtures("negative/lost_lam_alef")
PLAIN = ("ا", False)
JOINED = ("ا", True)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_fixtures(case: dict[str, str], context: Context) -> None:
    assert once(LostLamAlef(), case["input"], context) == case["output"]
    assert once(LostLamAlef(), case["output"], context) is case["output"]


@pytest.mark.parametrize("case", HEALTHY, ids=lambda case: case["id"])
def test_texts_that_do_without_stay(case: dict[str, str], context: Context) -> None:
    assert LostLamAlef().detect([case["input"]], context) is None


def test_a_document_that_shows_some_lost_none(context: Context) -> None:
    broken = CASES[0]["input"]
    assert LostLamAlef().detect([broken], context) is not None
    some = "لا كلام ولا سلام خلال الأعوام الأولى، لا علاج ولا ملابس لأولاد البلاد"
    assert LostLamAlef().detect([broken, some], context) is None


def test_a_short_text_misses_nothing(context: Context) -> None:
    assert LostLamAlef().detect(["قال الستاذ إن العلم لم يصل"], context) is None


def test_vowel_marks_keep_their_letters(context: Context) -> None:
    text = CASES[0]["output"].replace("خلال", "خِلالَ").replace("الأولى", "الأُولى")
    broken = corrupt(text, Damage(lam_alef="lam")).text
    assert "خِللَ" in broken
    assert "خِلالَ" in once(LostLamAlef(), broken, context)
    assert "الأُولى" not in broken


@pytest.mark.parametrize(
    ("habit", "written"), [("كثيراً وقريباً وجداً", "قليلاً"), ("كثيرًا وقريبًا وجدًا", "قليلًا")]
)
def test_tanween_stands_where_the_document_has_it(
    habit: str, written: str, context: Context
) -> None:
    broken = CASES[0]["input"].replace("قليل ", "قليلً ") + "\n" + habit
    assert "قليلً " in broken
    assert f" {written} " in once(LostLamAlef(), broken, context)


def test_the_finding_travels_between_processes(context: Context) -> None:
    rule, text = LostLamAlef(), CASES[0]["input"]
    finding = rule.detect([text], context)
    assert finding is not None
    there = pickle.loads(pickle.dumps(finding))  # noqa: S301 - our own
    assert rule.repair(text, there, context) == rule.repair(text, finding, context)


def test_both_forms_are_told_apart() -> None:
    assert list(seen("لأكلاتها")) == [("أ", False), ("ا", True)]
    assert list(seen("والقلم")) == []


def test_readings_of_a_word() -> None:
    def texts(word: str, lost: frozenset[tuple[str, bool]], remains: str) -> set[str]:
        return {reading.text for reading in readings(word, lost, remains)}

    assert texts("سلم", frozenset({JOINED}), LAM_LEFT) == {"سلام"}
    assert texts("سلم", frozenset({PLAIN}), LAM_LEFT) == set()
    assert texts("ل", frozenset({PLAIN}), LAM_LEFT) == {"لا"}
    assert texts("سلام", frozenset({JOINED, PLAIN}), LAM_LEFT) == set()
    assert "الاطلاع" in texts("اطع", frozenset({JOINED, PLAIN}), NOTHING_LEFT)


def test_a_ligature_turned_round_is_not_lost(context: Context) -> None:
    lexicon = context.resources.lexicon
    assert turned_round("األسبوع", lexicon)
    assert turned_round("االجتماع", lexicon)
    assert not turned_round("السبوع", lexicon)
    text = corrupt(CASES[0]["output"], Damage(swapped=True)).text
    assert LostLamAlef().detect([text], context) is None


LAM_MEEM = next(case for case in CASES if case["id"] == "lost_lam_alef-lam-meem")


def test_lam_meem_in_one_glyph_comes_back(context: Context) -> None:
    finding = LostLamAlef().detect([LAM_MEEM["input"]], context)
    assert finding is not None
    assert "لم" in finding.evidence
    assert once(LostLamAlef(), LAM_MEEM["input"], context) == LAM_MEEM["output"]
    assert pickle.loads(pickle.dumps(finding.detail)).pairs == {"لم"}  # noqa: S301


def test_a_text_with_some_lam_meem_lost_none(context: Context) -> None:
    some = "المدينة والمصنع، والمال في المخزن"
    assert LostLamAlef().detect([LAM_MEEM["input"], some], context) is None


def test_a_lost_letter_is_no_lost_ligature(context: Context) -> None:
    # Every meem in the midst of a word is gone, so no lam and meem are left either.
    text = LAM_MEEM["output"]
    broken = text.replace("الم", "ال")
    assert LostLamAlef().detect([broken], context) is None


@pytest.mark.parametrize("name", ["news_railway", "letter_formal", "recipe_lentil_soup"])
def test_a_lost_lam_is_no_lost_ligature(name: str, context: Context) -> None:
    # Every lam that starts a stroke is gone, those before a meem with it.
    text = (DOCUMENTS / f"{name}.txt").read_text(encoding="utf-8")
    broken = corrupt(text, Damage(lost=frozenset({Glyph("ل", "initial")}))).text
    assert LostLamAlef().detect([broken], context) is None
