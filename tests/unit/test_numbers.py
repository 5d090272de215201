"""Numbers in reverse, and signs on the wrong side of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from unit.rules import once

from arfix.defects.numbers import Numbers
from arfix.punctuation.numerals import is_year, plausibility, turned_gain

if TYPE_CHECKING:
    from arfix.stages import Context


def repaired(text: str, context: Context) -> str:
    return once(Numbers(), text, context)


def backwards(text: str) -> str:
    return re.sub(r"\d+(?:[.,:/]\d+)*", lambda match: match.group()[::-1], text)


def test_years_prove_that_digits_are_reversed(context: Context) -> None:
    gold = "بدأ العمل عام 1987 وانتهى عام 2019 بعد أن شارك فيه 64 مهندسا و12,450 عاملا."
    assert repaired(backwards(gold), context) == gold


def test_arabic_digits_follow_the_european_ones(context: Context) -> None:
    gold = "بدأ العمل عام 1987 وانتهى عام 2019.\nوشارك فيه ٦٤ مهندسا."
    assert repaired(backwards(gold), context) == gold


def test_a_year_in_order_stays_among_reversed_numbers(context: Context) -> None:
    text = "بدأ عام 7891 وانتهى عام 9102 وافتتح عام 8891، ثم هدم\nعام 2022"
    assert "2022" in repaired(text, context)


def test_stops_before_final_numbers_prove_displaced_signs(context: Context) -> None:
    text = "بلغت النسبة %2.5 في عام .2022\nوبلغت %3.1 في عام .2023\nثم هبطت كثيرا."
    gold = "بلغت النسبة 2.5% في عام 2022.\nوبلغت 3.1% في عام 2023.\nثم هبطت كثيرا."
    assert repaired(text, context) == gold


@pytest.mark.parametrize(
    "text",
    [
        "ارتفعت الأسعار %5 هذا العام بعد ارتفاعها %3 في الماضي، وبلغ التضخم %7.",
        "ولد سنة 1491 ومات سنة 1541 ودفن في بلدة أبيه الذي مات سنة 1499.",
        "رقم الهاتف 0110045 والرمز 00213 وصندوق البريد 7210.",
        "الفصل 4.2 والفصل 4.1 والفقرة 3.2.1",
        "في عام 2991 ق.م بني السور، وحكم الملك من 2981 إلى 2931 قبل الميلاد.",
        "3-1 ثم 2-0 ثم 1-4",
        "price 3202 and 4202 and 5202",
    ],
)
def test_healthy_numbers_stay(text: str, context: Context) -> None:
    assert repaired(text, context) == text


def test_both_calendars_have_years() -> None:
    assert is_year("1445")
    assert is_year("1962")
    assert not is_year("5441")


@pytest.mark.parametrize("number", ["2024", "14/03/2024", "12,450", "34,110,821"])
def test_patterns_read_forward(number: str) -> None:
    assert plausibility(number) > plausibility(number[::-1])
    assert turned_gain(number[::-1]) > 1.0


def test_a_year_behind_its_cue_proves_itself(context: Context) -> None:
    assert repaired("بني الجسر في عام 9991 ثم وسع.", context) == "بني الجسر في عام 1999 ثم وسع."
    assert repaired("عدد المقاعد 9991 مقعدا.", context) == "عدد المقاعد 9991 مقعدا."


def test_no_date_has_its_year_in_the_middle(context: Context) -> None:
    assert repaired("بتاريخ ٣/١٤٠٧/٢١ه، صدر", context) == "بتاريخ ٢١/٣/١٤٠٧ه، صدر"
    assert repaired("بتاريخ ١/٣/١٤٠٧ه٢ صدر", context) == "بتاريخ ٢١/٣/١٤٠٧ه صدر"
    for text in ("الوثيقة 45/2012/88 محفوظة", "القرار 13/2012/45 نافذ", "بتاريخ 21/3/2012 صدر"):
        assert repaired(text, context) == text


def test_a_stop_before_a_number_ends_the_sentence(context: Context) -> None:
    text = "افتتح المتحف الجديد في عام .2019 وزاره كثير من الناس"
    gold = "افتتح المتحف الجديد في عام 2019. وزاره كثير من الناس"
    assert repaired(text, context) == gold


def test_percent_signs_on_both_sides_are_no_writers(context: Context) -> None:
    text = "بلغت الدقة %91.7 ثم %92.3 وكانت 88.2% من قبل"
    assert repaired(text, context) == "بلغت الدقة 91.7% ثم 92.3% وكانت 88.2% من قبل"


def test_numbers_that_fell_apart_close(context: Context) -> None:
    text = "حدث ذلك يوم 14- 3- 2021 والهاتف 0012- 44- 555- 18 للسؤال."
    assert repaired(text, context) == "حدث ذلك يوم 14-3-2021 والهاتف 0012-44-555-18 للسؤال."


def test_a_percent_sign_inside_a_range_goes_behind(context: Context) -> None:
    text = "بلغت الرطوبة 40-%55 وكانت الدقة 91.7% أمس"
    assert repaired(text, context) == "بلغت الرطوبة 40-55% وكانت الدقة 91.7% أمس"
    alone = "بلغت الرطوبة 40-%55 أمس"
    assert repaired(alone, context) == alone


def test_a_stop_turns_the_range_that_it_leads(context: Context) -> None:
    text = "انظر الصفحات .48-45\nوبني الجسر في عام .2011\nيوم 12-10-2020 فتح"
    gold = "انظر الصفحات 45-48.\nوبني الجسر في عام 2011.\nيوم 12-10-2020 فتح"
    assert repaired(text, context) == gold


def test_one_hyphenated_number_alone_stays(context: Context) -> None:
    text = "المواد 3- 4- 5 من النظام"
    assert repaired(text, context) == text


def test_numbers_set_apart_from_one_bracket_close_up(context: Context) -> None:
    text = (
        "بموجب القرار (أ/ ٤٥ ) بتاريخ ٣/٢/١٤٤٠ هـ.\nوبعد الاطلاع على القرار (ب/ ١٢ ) والمادة (٧ )"
        " صدر في عام ٢٠١٩ م و ٨ مواد أخرى"
    )
    gold = (
        "بموجب القرار (أ/٤٥) بتاريخ ٣/٢/١٤٤٠هـ.\nوبعد الاطلاع على القرار (ب/١٢) والمادة (٧)"
        " صدر في عام ٢٠١٩م و٨ مواد أخرى"
    )
    assert repaired(text, context) == gold
    assert repaired(gold, context) == gold


@pytest.mark.parametrize(
    ("broken", "gold"),
    [
        ("صدر في هـ.٣/٢/١٤٤٠", "صدر في ٣/٢/١٤٤٠هـ."),
        ("الموافق م٢٠١٩ / ١٠ / ١٤", "الموافق ١٤ / ١٠ / ٢٠١٩م"),
        ("بتاريخ ١٤هـ/١٤٤٠/٢ في المدينة", "بتاريخ ١٤/٢/١٤٤٠هـ في المدينة"),
        ("بتاريخ 1440/2/هـ14 في المدينة", "بتاريخ 14/2/1440هـ في المدينة"),
        (
            "بلغ المتوسط .78 45 ثم .82 10 وكان الفرق 3. 2 فقط",
            "بلغ المتوسط 78.45 ثم 82.10 وكان الفرق 3.2 فقط",
        ),
        ("تراوحت الرطوبة بين 40–75.%\nوالمرجع {9.}", "تراوحت الرطوبة بين 40–75%.\nوالمرجع {9}."),
        ("تراوحت الرطوبة بين 40–.75%", "تراوحت الرطوبة بين 40–75%."),
        ("بلغت النسبة 91.%7 ثم 88.%2 من السكان", "بلغت النسبة 91.7% ثم 88.2% من السكان"),
    ],
)
def test_shapes_that_nobody_writes(broken: str, gold: str, context: Context) -> None:
    assert repaired(broken, context) == gold


@pytest.mark.parametrize(
    "text",
    [
        "كما جاء في المادة ( ٥ ) والمادة ( ٦ ) والمادة ( ٧ ) والمادة ( ٨ ) من النظام",
        "على ما نصت عليه (م ٣٩/ ٥) و(م ٣٩/ ٦) و(م ٣٩/ ٧) و(م ٣٩/ ٨) من اللائحة",
        "صدر القرار في 1445/6/25هـ ونشر في عام 1446 هـ في الجريدة",
        "انتهى العمل في عام 2019. 15 مهندسا غادروا، ثم 20 في 2020. 7 بقوا",
        "المقاس م1200 والطراز م2",
        "تحدث عن ذلك (انظر المرجع 9.)\nثم عاد إلى الفصل {9.}",
    ],
)
def test_what_writers_do_with_their_numbers_stays(text: str, context: Context) -> None:
    assert repaired(text, context) == text


def test_a_rising_range_stays_where_the_parts_of_dates_are_in_reverse(context: Context) -> None:
    text = "بلغ %2.5 في عام .2022\nوبلغ %3.1 يوم 2023-12-18 في الصفحات 12–15 عام .2023\nثم هبط."
    after = repaired(text, context)
    assert "18-12-2023" in after
    assert "12–15" in after


@pytest.mark.parametrize(
    ("broken", "gold"),
    [
        ("صدر الأمر بتاريخ /٢٧ /٨ ١٤٤٢هـ", "صدر الأمر بتاريخ ٢٧/ ٨/ ١٤٤٢هـ"),
        ("بالمرسوم (م١٢/) والأمر (أ ٩٠/)", "بالمرسوم (م/١٢) والأمر (أ ٩٠/)"),
    ],
)
def test_slashes_come_back_between_numbers(broken: str, gold: str, context: Context) -> None:
    assert repaired(broken, context) == gold


@pytest.mark.parametrize(
    "text",
    [
        "في المجلد /home /27 وفي 8/ 9 من 1442",
        "المادة (م/١٢) والبند (٩٠/) والقسم ب٣/ في الصفحة 4",
        "بتاريخ ٢٧ /٨ /١٤٤٢ كما كتب",
        "الملفات /1 /2 /1999 في القرص",
    ],
)
def test_slashes_of_writers_stay(text: str, context: Context) -> None:
    assert repaired(text, context) == text
