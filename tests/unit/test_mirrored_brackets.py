"""Brackets and quotation marks that face or stand the wrong way."""

from __future__ import annotations

import lzma
from typing import TYPE_CHECKING

import pytest
from unit.rules import once

from arfix.defects.mirrored_brackets import MirroredBrackets
from arfix.punctuation.gaps import AS_IS, gaps_of, mirror, read

if TYPE_CHECKING:
    from pathlib import Path

    from arfix.stages import Context

COSTS = (0.0, 0.6, 0.6, 0.7)
CLEAN = (
    "زار الوفد متحف المدينة (المبنى القديم) واستمع إلى شرح «أمين المتحف» ثم غادر.\n"
    "وأعلن المنظمون برنامجا جديدا (ثلاثة أيام) وسموه «ليالي الصيف» كعادتهم."
)


def repaired(text: str, context: Context) -> str:
    return once(MirroredBrackets(), text, context)


def readings(text: str) -> list[str]:
    gaps = list(gaps_of(text))
    read(text, gaps, COSTS)
    return [gap.readings[gap.chosen][1] for gap in gaps if gap.readings[gap.chosen][0] != AS_IS]


def test_every_bracket_is_mirrored_back(context: Context) -> None:
    assert repaired(mirror(CLEAN), context) == CLEAN
    assert repaired(CLEAN, context) == CLEAN


def test_the_percent_sign_belongs_to_its_number(context: Context) -> None:
    text = "ارتفع السعر )بنسبة 4.65%( ثم هبط )بنسبة 1.2%( في يوم."
    assert repaired(text, context) == mirror(text)


def test_a_bracket_mirrored_behind_a_latin_word(context: Context) -> None:
    gold = "تستعمل المكونات (Components) في الصفحة (Page) وفي القالب (Template) كله."
    assert repaired(gold.replace(") ", " ("), context) == gold


def test_a_colon_keeps_its_place_when_the_space_moves() -> None:
    assert readings("قال:« نعم أنا هنا» ثم مضى") == [": «"]


def test_brackets_may_close_lines_later() -> None:
    assert readings("قال المدير «نريد أن نبدأ\nفي الصباح الباكر\nإن شاء الله» ثم جلس") == []


def test_one_pair_alone_proves_nothing(context: Context) -> None:
    text = CLEAN + "\nوكتب )ملاحظة( أخيرة."
    assert repaired(text, context) == text


@pytest.mark.parametrize("opening", ["(", "[", "«"])
def test_list_items_stay(opening: str, context: Context) -> None:
    closing = mirror(opening)
    text = "\n".join(f"{number}{closing} بند من بنود العقد" for number in range(1, 9))
    assert repaired(text, context) == text


def test_latin_lines_stay(context: Context) -> None:
    text = "Er sagte »Guten Tag« und ging.\nSie rief »Halt« und »Komm« hinterher.\nقال: نعم."
    assert repaired(text, context) == text


@pytest.mark.slow
def test_vocalised_texts_stay(shared: Path, context: Context) -> None:
    for path in sorted(shared.glob("eval/religious*/*.xz")):
        with lzma.open(path, "rt", encoding="utf-8", newline="") as file:
            text = file.read(400_000)
        assert MirroredBrackets().detect([text], context) is None


def test_glyphs_are_mirrored_and_spaces_stay(context: Context) -> None:
    gold = (
        "سعر الورق (علبة) ثم الحبر (زجاجة): عشرة\n"
        "1) يدفع المشتري نصف الثمن.\n2) يسلم البائع البضاعة.\n3) لا يرد المبيع."
    )
    assert repaired(mirror(gold), context) == gold


def test_a_bracket_comes_back_over_its_number(context: Context) -> None:
    text = "هبط السهم )نحو (7.5% ثم فاز الفريق )في الشوط (1-0 أمس."
    assert repaired(text, context) == "هبط السهم (نحو 7.5%) ثم فاز الفريق (في الشوط 1-0) أمس."


def test_quotation_marks_come_back_over_their_words(context: Context) -> None:
    text = (
        "قرأت بائع» خبز «طيب، ثم خرجت إلى السوق القديم مع أخي الأصغر ورأيت دار» «القمر.\n"
        "وعند المساء جلسنا قرب النافذة نسمع حكاية حارس» باب «البحر."
    )
    gold = (
        "قرأت «بائع خبز طيب»، ثم خرجت إلى السوق القديم مع أخي الأصغر ورأيت «دار القمر».\n"
        "وعند المساء جلسنا قرب النافذة نسمع حكاية «حارس باب البحر»."
    )
    assert repaired(text, context) == gold


@pytest.mark.parametrize(
    "text",
    [
        "أن تأتي غدا» ثم قال «لا بأس» ومضى، وقالت «خذ هذا» فأخذ «الكتاب القديم» وشكر.",
        "وحماسا) ثم فترة. (وقد) يعود إليها (بعد حين) كما كان.",
        "قال «نعم هنا» وقال «لا هناك» وقال «ربما غدا».",
    ],
)
def test_two_quotations_in_a_row_are_no_pair(text: str, context: Context) -> None:
    assert repaired(text, context) == text


def test_embedded_runs_are_not_judged(context: Context) -> None:
    text = "\u202bعنوان )\u202a (Page\u202cثم )\u202a (View\u202cثم )\u202a (Tool\u202cأخيرا\u202c"
    assert repaired(text, context) == text
