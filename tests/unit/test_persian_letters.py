"""Arabic written with the yeh, kaf and heh of its neighbours."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from unit.rules import alone, settled

from arfix.defects.persian_letters import PersianLetters
from arfix.edits import apply

if TYPE_CHECKING:
    from arfix.stages import Context

TEXT = """\
كان الحكيم يجلس كل مساء أمام باب بيته الكبير في طرف القرية
ويحكي للأولاد حكايات عن البحر والسفن التي لم يركبها أحد منهم
حتى إذا مضى الليل قام إلى سريره ومشى كل صبي إلى أهله"""
PERSIAN = """\
پیرمرد هر شب جلوی در خانه‌اش می‌نشست و برای بچه‌ها قصه می‌گفت
قصه‌هایی از دریا و کشتی‌هایی که هیچ کس ندیده بود
وقتی شب می‌گذشت همه به خانه می‌رفتند و او تنها می‌ماند"""
URDU = "بوڑھا آدمی ہر شام اپنے گھر کے دروازے پر بیٹھتا تھا اور بچوں کو کہانیاں سناتا تھا"
KURDISH = (
    "پیرەمێردەکە هەموو ئێوارەیەک لە بەر دەرگای ماڵەکەی دادەنیشت و چیرۆکی بۆ منداڵان دەگێڕایەوە"
)
PASHTO = "بوډا سړی هر ماښام د خپل کور د دروازې مخې ته کېناست او ماشومانو ته یې کیسې کولې"
#: What such a font makes of every yeh and kaf.
FONT = str.maketrans("يىك", "ییک")


def repaired(text: str, context: Context) -> str:
    return settled(PersianLetters(), text, context)


CASES = alone("AR104")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_fixtures(case: dict[str, str], context: Context) -> None:
    assert repaired(case["input"], context) == case["output"]
    assert repaired(case["output"], context) is case["output"]


def test_final_yehs_are_told_apart_by_words_and_sentence(context: Context) -> None:
    assert repaired(TEXT.translate(FONT), context) == TEXT


def test_a_kept_alef_maksura_tells_that_the_others_have_dots(context: Context) -> None:
    # "على" and "علي" are both words; only the document can tell.
    text = TEXT + "\nوصل علي وحده"
    assert repaired(text.translate(str.maketrans("يك", "یک")), context) == text


def test_heh_of_urdu_and_kurdish(context: Context) -> None:
    for heh in "\u06be\u06c1\u06d5":
        assert repaired(TEXT.replace("ه", heh), context) == TEXT


def test_hamza_over_a_yeh_is_one_letter(context: Context) -> None:
    text = TEXT + "\nبئر الدقائق"
    assert repaired(text.replace("ئ", "\u06cc\u0654").translate(FONT), context) == text


def test_marks_and_tatweel_stay(context: Context) -> None:
    text = TEXT.replace("كل", "كُلّ").replace("كبير", "كـبير")
    assert repaired(text.translate(FONT), context) == text


def test_a_word_with_a_letter_of_persian_stays_in_a_damaged_text(context: Context) -> None:
    text = f"{TEXT}\nواسمه گیلکی"
    assert repaired(text.translate(FONT), context) == text


def test_edits_are_words_and_certain_where_nothing_is_to_choose(context: Context) -> None:
    rule = PersianLetters()
    text = TEXT.translate(FONT)
    finding = rule.detect([text], context)
    assert finding is not None
    edits = rule.repair(text, finding, context)
    assert apply(text, edits) == TEXT
    assert all(edit.confidence >= 0.99 for edit in edits if edit.after[-1] not in "يى")
    assert not any(" " in edit.before for edit in edits)


@pytest.mark.parametrize(
    "text",
    [
        PERSIAN,
        PERSIAN.split("\n")[1],
        URDU,
        KURDISH,
        PASHTO,
        f"{TEXT}\nوكان يردد بيت الشاعر: بنی آدم اعضای یکدیگرند",
        f"{TEXT}\nوالتقى الكاتب محمد علی فروغی في طهران",
        "علی اکبر",
        "یک",
        "",
        "def f(x): return 'کلید'",
        "الاسم | العدد\nعلی | 3\nكريم | 4",
        TEXT,
        "كِتَابٌ كَرِيمٌ فِي يَدِ صَبِيٍّ",
    ],
)
def test_other_languages_and_names_stay(text: str, context: Context) -> None:
    assert repaired(text, context) is text
