"""Ligatures whose letters stand in reverse order."""

from __future__ import annotations

import json
import lzma
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from unit.rules import alone, once

from arfix.defects.swapped_ligatures import SwappedLigatures
from arfix.edits import apply
from arfix.ligatures.learning import variants
from arfix.ligatures.units import LIGATURES, Unit, clusters, unit_at

if TYPE_CHECKING:
    from arfix.stages import Context

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("ARFIX_SHARED", ROOT.parent / "shared"))


def repaired(text: str, context: Context) -> str:
    return once(SwappedLigatures(), text, context)


CASES = alone("AR303")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_fixtures(case: dict[str, str], context: Context) -> None:
    assert repaired(case["input"], context) == case["output"]
    assert repaired(case["output"], context) == case["output"]


def test_bare_alef_lam_is_decided_by_its_neighbours(context: Context) -> None:
    text = "األولاد ال يذهبون إلى اإلدارة، ألن األبواب مغلقة. وال أحد يعرف السبب."
    found = repaired(text.replace("أولا", "أوال"), context)
    assert found == "الأولاد لا يذهبون إلى الإدارة، لأن الأبواب مغلقة. ولا أحد يعرف السبب."


def test_words_that_are_right_stay(context: Context) -> None:
    # المال and العمال hold alef-lam, and are words.
    text = "األمير واألميرة في اإلمارة، والمال عند العمال، والسؤال عن األحوال."
    found = repaired(text, context)
    assert found == "الأمير والأميرة في الإمارة، والمال عند العمال، والسؤال عن الأحوال."


def test_pages_decide_together(context: Context) -> None:
    pages = ["وصل األمير مساء.", "وغادر اإلمارة صباحا."]
    rule = SwappedLigatures()
    finding = rule.detect(pages, context)
    assert finding is not None
    assert [apply(page, rule.repair(page, finding, context)) for page in pages] == [
        "وصل الأمير مساء.",
        "وغادر الإمارة صباحا.",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "كتب التلميذ «األحداث» بدل «الأحداث»، وهذا خطأ شائع في الملفات القديمة.",
        "قال علي: ال أعرف. ثم عاد إلى البيت.",  # one slip
        "بني البيت في حي بني مالك، وفيه مر يف الشارع.",
        "امين راجل طيب وامبارح كان ماشي لوحده، ومش عارف ليه الناس بتقول كده عليه.",
        "مِنَ ٱلۡجِنَّةِ وَٱلنَّاسِ",
        "قِفا نَبكِ مِن ذِكرى حَبيبٍ وَمَنزِلِ",
        "کتابخانهٔ شهر هر روز باز است و سال گذشته کتاب های زیادی خرید.",
        "یہ کتاب بہت اچھی ہے اور سال میں دو بار چھپتی ہے۔",
        "ئەم کتێبە زۆر باشە و هەموو ساڵێک چاپ دەکرێت.",
        "def f(x):\n    return x  # ال",
        "الاسم\tالعمر\nال سعيد\t12",
        "",
    ],
)
def test_healthy_text_is_no_evidence(text: str, context: Context) -> None:
    assert SwappedLigatures().detect([text], context) is None


def test_lam_before_a_noun_without_article_keeps_the_article_away(context: Context) -> None:
    # Both alefs of the article and the ligature are there: nothing was merged.
    text = "األولاد في اإلدارة، والدعوة الستقبال الوفد والستثمار المال بعد االجتماع األخير."
    found = repaired(text.replace("أولا", "أوال"), context)
    assert found == (
        "الأولاد في الإدارة، والدعوة لاستقبال الوفد ولاستثمار المال بعد الاجتماع الأخير."
    )


def test_marks_stay_where_an_alef_comes_back(context: Context) -> None:
    text = "األول في الجتماع واألخير في الفتتاح، ثم الستِعداد لألسبوع الخامس في اإلدارة."
    found = repaired(text, context)
    assert found == (
        "الأول في الاجتماع والأخير في الافتتاح، ثم الاستِعداد للأسبوع الخامس في الإدارة."
    )


def test_a_page_of_any_length_is_decoded_in_pieces(context: Context) -> None:
    line = "وصل األمير إلى اإلمارة وال أحد معه.\n"
    assert repaired(line * 300, context) == "وصل الأمير إلى الإمارة ولا أحد معه.\n" * 300


def test_the_form_is_part_of_a_unit() -> None:
    assert unit_at("فيه", 0, 2) == Unit("في", before=False, after=True)
    assert unit_at("كفي", 1, 3) == Unit("في", before=True, after=False)


def test_a_persian_yeh_is_the_same_unit() -> None:
    assert unit_at("فی", 0, 2) == unit_at("في", 0, 2)


def test_the_table_holds_letters_only() -> None:
    assert {"لا", "في", "لله"} <= LIGATURES
    assert all(text.isalpha() and len(text) > 1 for text in LIGATURES)


def test_marks_stay_with_their_letter() -> None:
    assert clusters("أولًا") == ["أ", "و", "لً", "ا"]


@pytest.mark.skipif(not SHARED.is_dir(), reason="needs the shared texts")
@pytest.mark.parametrize("name", ["dialect/arzwiki_egyptian", "urdu/ud_udtb", "persian/ud_seraji"])
def test_real_text_is_no_evidence(name: str, context: Context) -> None:
    with lzma.open(SHARED / "eval" / f"{name}.txt.xz", "rt", encoding="utf-8") as lines:
        text = lines.read(40_000)
    assert SwappedLigatures().detect([text], context) is None


def torn_case() -> dict[str, str]:
    lines = (ROOT / "fixtures" / "AR303.jsonl").read_text(encoding="utf-8").split("\n")
    found = {case["id"]: case for case in map(json.loads, filter(None, lines))}
    return dict(found["swapped_ligatures-torn"])


def test_article_cut_off_its_word_is_no_negation(context: Context) -> None:
    found = repaired(torn_case()["input"], context)
    assert "ال طالب ال مقا لة" in found
    assert "إلى ال بيت" in found


def test_negation_stays_one_in_a_document_that_tears_words(context: Context) -> None:
    text = torn_case()["input"] + "\nوقال إنه ال يعرف أحدا هنا، وال يريد أن يعود."
    found = repaired(text, context)
    assert found.endswith("إنه لا يعرف أحدا هنا، ولا يريد أن يعود.")


def test_ligature_of_a_torn_word_is_read_with_the_word(context: Context) -> None:
    text = torn_case()["input"] + "\nوكان السالم واإلسالم والكالم مست قال"
    assert "مست قلا" in repaired(text, context)


def test_one_sure_word_is_enough_once_lam_alef_is_reversed(context: Context) -> None:
    text = (
        "األولاد في اإلدارة، واألبواب مغلقة، واألم تنتظر األخبار.\nارتفع سعر الربميل أمس".replace(
            "أولا", "أوال"
        )
    )
    assert "سعر البرميل" in repaired(text, context)


def test_form_that_a_known_word_shows_in_order_is_not_turned(context: Context) -> None:
    # Final beh-reh is reversed nowhere: it stands in a known word as it should.
    text = "األب واألم في اإلدارة، واألبواب مغلقة.\nعبر الجسر عرب كثيرون."
    assert repaired(text, context).endswith("عبر الجسر عرب كثيرون.")


def test_what_is_joined_how_depends_on_what_else_is_turned() -> None:
    active = {unit_at("دسترسی", 2, 4): 0.9, unit_at("دسترسی", 4, 6): 0.9}
    assert ((2, 4), (4, 6)) in set(variants("دسرتیس", active))
