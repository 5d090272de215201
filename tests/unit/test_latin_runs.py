"""Latin words in reverse, and addresses with spaces in them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from unit.rules import once

from arfix.defects.latin_runs import LatinRuns
from arfix.punctuation.latin import forward, turned
from arfix.punctuation.quoted import inside_out

if TYPE_CHECKING:
    from arfix.stages import Context


def repaired(text: str, context: Context) -> str:
    return once(LatinRuns(), text, context)


@pytest.mark.parametrize(
    "word", ["Components", "properties", "Microsoft", "University", "network", "Gemini"]
)
def test_letters_tell_which_way_a_word_runs(word: str) -> None:
    assert forward(word) > 0 > forward(word[::-1])


def test_reversed_words_turn_round(context: Context) -> None:
    gold = "تعتمد الشركة على Kubernetes وعلى Terraform في إدارة خوادم Windows كلها."
    broken = re.sub("[A-Za-z]+", lambda match: match.group()[::-1], gold)
    assert repaired(broken, context) == gold


def test_a_run_of_several_words_is_read_from_its_other_end(context: Context) -> None:
    text = "اشترك في خدمة ecruoseR reganaM وفي خدمة dessecorP atadateM اليوم"
    assert (
        repaired(text, context)
        == "اشترك في خدمة Manager Resource وفي خدمة Metadata Processed اليوم"
    )


def test_numbers_in_a_run_keep_their_digits() -> None:
    assert turned("3.1 amalL") == "Llama 3.1"
    assert turned("4-TPG") == "GPT-4"


def test_addresses_close_up(context: Context) -> None:
    text = "زوروا http : / / www . example . com واكتبوا إلى office @ example . org غدا"
    gold = "زوروا http://www.example.com واكتبوا إلى office@example.org غدا"
    assert repaired(text, context) == gold


@pytest.mark.parametrize(
    "text",
    [
        "اتفقت Siemens مع Xerox وSpotify على مشروع Qwzx مع Nvidia.",
        "صيغ XML وHTML وSQL وJPEG وDNS كثيرة.",
        "كتب a @ b في الدفتر، ثم c / d تحته.",
        "انظر https://example.com ، ثم عد.",
        "sdrawkcab nettirw si txet siht",
        "كلمة tpircSavaJ واحدة غريبة بين Windows وMicrosoft وInternet وProgramming.",
    ],
)
def test_healthy_latin_stays(text: str, context: Context) -> None:
    assert repaired(text, context) == text


def test_a_label_comes_before_its_address(context: Context) -> None:
    text = "مكتبة الميناء\ninfo@example.net :بريد المكتبة\nوالسلام"
    assert repaired(text, context) == "مكتبة الميناء\nبريد المكتبة: info@example.net\nوالسلام"


def test_the_at_sign_leads_a_name(context: Context) -> None:
    assert repaired("راسلونا عبر news_port@ كل يوم", context) == "راسلونا عبر @news_port كل يوم"


@pytest.mark.parametrize(
    "text",
    [
        "بريدنا info@example.net : للأسئلة",
        "نسبة العرض 16:9 :شاشة",
        "اكتب إلى info@ example.net",
        "price@ home and a@b",
    ],
)
def test_other_signs_stay_where_they_are(text: str, context: Context) -> None:
    assert "@" not in text or repaired(text, context).index("@") == text.index("@")
    assert repaired(text, context).replace(" ", "") == text.replace(" ", "")


def test_quotations_that_stand_last_word_first_are_turned() -> None:
    page = 'سماها way" Milky "The ثم door" "Open, لا غير'
    assert [text for *_, text in inside_out(page)] == ['"The Milky way"', '"Open, door"']


@pytest.mark.parametrize(
    "page",
    [
        'سماها "The way" "Open door" لا غير',
        'ألف way" "The',  # nothing but a slip, once
        'print("a" "b")',
    ],
)
def test_quotations_in_order_stay(page: str, context: Context) -> None:
    assert repaired(page, context) == page


@pytest.mark.parametrize(
    ("run", "result"),
    [("@ra_eman", "@name_ar"), (")B70( amalL", "Llama (70B)"), ("(B70) amalL", "Llama (70B)")],
)
def test_signs_and_brackets_of_a_run_come_out_right(run: str, result: str) -> None:
    assert turned(run) == result


def test_a_name_and_its_number_change_places(context: Context) -> None:
    text = "جرب الباحثون -4GPT في الشكل (-3أ) ثم نشروا في 4/2025Q نتائجهم"
    assert (
        repaired(text, context) == "جرب الباحثون GPT-4 في الشكل (3-أ) ثم نشروا في Q4/2025 نتائجهم"
    )


def test_a_negative_number_alone_proves_nothing(context: Context) -> None:
    text = "هبطت الحرارة إلى -4 درجات في الحقل (-3أ) وبلغت 4/2025Q في المجموع"
    assert repaired(text, context) == text


def test_stops_that_a_line_break_cut_off_go_back(context: Context) -> None:
    page = "في Redis\n، ثم في Python\n، ثم في Rust\n: لا غير"
    assert repaired(page, context) == "في Redis،\n ثم في Python،\n ثم في Rust:\n لا غير"


def test_a_line_that_starts_with_a_sign_stays(context: Context) -> None:
    twice = "في Redis\n، ثم في Python\n، لا غير"
    glued = "في Redis\n.net\nفي Rust\n.gitignore\nفي Go\n.env\nلا غير"
    assert repaired(twice, context) == twice
    assert repaired(glued, context) == glued
