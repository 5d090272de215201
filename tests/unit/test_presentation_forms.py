"""Letters written as drawings of letters."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import pytest
from unit.rules import alone, settled
from unit.shaping import drawn, form, shaped

from arfix.defects.presentation_forms import PresentationForms
from arfix.forms import backwards, cells, pattern, table

if TYPE_CHECKING:
    from arfix.stages import Context

TEXT = """\
زرع الفلاح شجرة التين قرب البئر القديمة
ثم سقاها كل صباح حتى كبرت أغصانها
لا أحد يعلم كم ثمرة أكل منها الأولاد
ولأن الظل واسع صار الجيران يجلسون تحتها"""
LETTER_FORMS = [char for char, found in table().items() if found.before is not None]


def repaired(text: str, context: Context) -> str:
    return settled(PresentationForms(), text, context)


CASES = alone("AR101")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_fixtures(case: dict[str, str], context: Context) -> None:
    assert repaired(case["input"], context) == case["output"]
    assert repaired(case["output"], context) is case["output"]


@pytest.mark.parametrize("char", LETTER_FORMS, ids=lambda char: f"{ord(char):04X}")
def test_the_table_agrees_with_unicode(char: str) -> None:
    text = unicodedata.normalize("NFKC", char)
    assert unicodedata.normalize("NFKC", table()[char].text) == text
    assert not pattern().search(text)


@pytest.mark.parametrize(
    "char", "\ufd3e\ufd3f\ufdfa\ufdfb\ufdfc\ufdfd\ufbb2\ufbc1\ufdd0\ufeff\ufe73"
)
def test_ornaments_phrases_and_gaps_are_no_forms(char: str) -> None:
    assert not pattern().search(char)


def test_a_logical_text_comes_back_whole(context: Context) -> None:
    assert repaired(shaped(TEXT), context) == TEXT


def test_a_drawn_text_comes_back_reversed_ligatures_too(context: Context) -> None:
    plain = "\n".join(line[::-1] for line in TEXT.split("\n"))
    assert repaired(drawn(TEXT), context) == plain


def test_each_line_has_its_own_direction(context: Context) -> None:
    first, second, third, fourth = TEXT.split("\n")
    text = "\n".join([shaped(first), shaped(second), shaped(fourth), drawn(third)])
    assert repaired(text, context) == "\n".join([first, second, fourth, third[::-1]])


@pytest.mark.parametrize("turn", [shaped, drawn])
def test_joined_letters_lose_the_space_between_them(turn, context: Context) -> None:  # type: ignore[no-untyped-def]
    whole, sign = turn(TEXT), form("ج", "medial")
    broken = whole.replace(sign, f"{sign} ") if turn is shaped else whole.replace(sign, f" {sign}")
    assert broken != whole
    assert repaired(broken, context) == repaired(whole, context)


@pytest.mark.parametrize("turn", [shaped, drawn])
def test_a_final_form_ends_the_word(turn, context: Context) -> None:  # type: ignore[no-untyped-def]
    whole = turn(TEXT)
    ending = form("ن", "final")
    glued = whole.replace(f"{ending} ", ending).replace(f" {ending}", ending)
    assert glued != whole
    assert repaired(glued, context) == repaired(whole, context)


def test_a_font_that_draws_every_letter_alone_tells_nothing_of_words(context: Context) -> None:
    apart = "".join(form(char, "isolated") for char in TEXT.replace(" ", "", 1))
    assert repaired(apart, context) == TEXT.replace(" ", "", 1)


def test_the_name_of_god_behind_an_alef_has_none_of_its_own(context: Context) -> None:
    text = shaped(TEXT) + "\n" + shaped("الحمد ") + "\ufdf2\n\ufe8d\ufdf2 " + shaped("أعلم")
    assert repaired(text, context).split("\n")[-2:] == ["الحمد لله", "الله أعلم"]


def test_the_name_of_god_without_an_alef_beside_it_is_whole(context: Context) -> None:
    text = shaped(TEXT) + "\n" + shaped("عبد ") + "\ufdf2 " + shaped("وصل")
    assert repaired(text, context).endswith("عبد الله وصل")


def test_marks_shown_alone_go_to_their_letter(context: Context) -> None:
    text = shaped(TEXT) + "\n" + form("ب", "initial") + "\ufe77" + form("ر", "final") + "\ufc60"
    assert repaired(text, context).endswith("بَر\u0651\u064e")


@pytest.mark.parametrize(
    "text",
    [
        "قال النبي ﷺ ذلك في حديث طويل، ﷽ في أول الصفحة.",
        "يسبق النص ﴿ثم قرأ﴾ قوس مزهر، وقيمته ٣ ﷼ فقط.",
        "رمز الحرف في أول الكلمة ﻫ ورمزه وحده ﻩ في جدول المحارف القديم.",
        "ﺏ ﺐ ﺑ ﺒ\nﺕ ﺖ ﺗ ﺘ\nﺙ ﺚ ﺛ ﺜ",
        "عبد ﷲ رجل كريم يحب الناس ويكرم الضيف.",
        "این کتاب را می‌خواهم و آن گچ پاک ژاله است.",
        "یہ کتاب ہے اور وہ گاڑی ٹوٹ گئی",
        "بِسْمِ اللَّهِ الرَّحْمَٰنِ الرَّحِيمِ",
        "print('x')  # لا شيء",
        "",
        "\ufdfa",
        "\ufd3e\ufd3f",
    ],
)
def test_healthy_text_stays(text: str, context: Context) -> None:
    assert repaired(text, context) is text


def test_single_forms_inside_words_are_damage_in_a_plain_text(context: Context) -> None:
    text = TEXT.replace("لا", "\ufefb").replace("الأ", "ا\ufef7")
    assert repaired(text, context) == TEXT


def test_direction_shows_in_joining() -> None:
    assert backwards(*cells(shaped("شجرة التين"))) < 0 < backwards(*cells(drawn("شجرة التين")))
    assert backwards(*cells("شجرة التين")) == 0
