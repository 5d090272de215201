"""Lines cut at their numbers, the pieces as lines of their own, last to first."""

from __future__ import annotations

import re

import pytest

from arfix.config import Config
from arfix.defects.visual_order import VisualOrder
from arfix.order.chains import chains
from arfix.pipeline import run
from arfix.resources import Resources
from arfix.stages import Context

TEXT = [
    "صدر القرار رقم 15 عن وزارة التجارة في المدينة",
    "نشرت الجريدة الرسمية نص القرار كاملا",
    "دفع المواطنون نحو 300 دينار كل عام",
    "يعمل في المصنع 42 عاملا منذ افتتاحه عام 1987 في الضاحية الجنوبية",
    "عاد الوفد إلى العاصمة مساء أمس",
]


@pytest.fixture(scope="module")
def context() -> Context:
    return Context(config=Config(), resources=Resources.load())


def cut(line: str) -> str:
    """Return the pieces of a line between its numbers as lines, last to first."""
    return "\n".join(reversed(re.split(r"(?<=[0-9]) | (?=[0-9])", line))).replace("\n", " \n")


def repaired(text: str, context: Context) -> str:
    result = run([text], context, [VisualOrder()])[0]
    assert result.converged
    return result.text


def test_the_pieces_become_one_line(context: Context) -> None:
    text = "\n".join(map(cut, TEXT))
    found = repaired(text, context)
    assert [line for line in found.split("\n") if line] == TEXT
    assert found.count("\n") == text.count("\n")
    assert repaired(found, context) is found


def test_where_no_space_was_there_is_none(context: Context) -> None:
    lines = [line.replace("رقم 15 عن", "رقم (أ/15) عن") for line in TEXT]
    text = "\n".join(map(cut, lines)).replace(
        cut(lines[0]), ") عن وزارة التجارة\n15\nصدر القرار رقم (أ/"
    )
    assert "صدر القرار رقم (أ/15) عن وزارة التجارة" in repaired(text, context).split("\n")


def test_chains_do_not_run_into_one_another() -> None:
    page = "واحد\n1\nاثنان\nثلاثة\n3\nأربعة\n\n5\nستة"
    assert [chain for _, chain in chains(page)] == [("واحد", "1", "اثنان"), ("ثلاثة", "3", "أربعة")]


@pytest.mark.parametrize(
    "text",
    [
        "الفصل الأول\n1\nالفصل الثاني\n2\nالفصل الثالث\n3\nالفصل الرابع\n4",
        "أحمد\n30\nسعاد\n28\nخالد\n25\nمنى\n31",
        "1\nمقدمة في علم النبات\n2\nأنواع التربة وخصائصها\n3\nطرق الري الحديثة",
        "کتاب اول\n12\nکتاب دوم\n13\nکتاب سوم\n14\nکتاب چهارم",
        (
            "صدر القرار رقم\n15\nعن وزارة التجارة في المدينة\nدفع المواطنون نحو\n300\nدينار كل عام"
            "\nيعمل في المصنع\n42\nعاملا منذ افتتاحه"
        ),
        "",
    ],
)
def test_numbers_in_lines_of_their_own_stay(text: str, context: Context) -> None:
    assert repaired(text, context) is text


def test_one_chain_proves_nothing(context: Context) -> None:
    text = "\n".join([cut(TEXT[0]), TEXT[1], TEXT[4]])
    assert repaired(text, context) is text


def spread(text: str) -> str:
    """Return the lines with an empty one behind each."""
    return text.replace("\n", "\n\n")


def test_pieces_with_empty_lines_between_them_become_one_line(context: Context) -> None:
    text = spread("\n".join(map(cut, TEXT)))
    found = repaired(text, context)
    assert [line for line in found.split("\n") if line] == TEXT
    assert found.count("\n") == text.count("\n")


def test_a_piece_of_latin_words_is_in_the_chain_as_numbers_are(context: Context) -> None:
    lines = [*TEXT, "نشر الباحثون شرح البرنامج على موقع example.org في 20 صفحة"]
    cuts = [cut(line) for line in TEXT]
    cuts.append("صفحة \n20 \nفي \nexample.org \nنشر الباحثون شرح البرنامج على موقع ")
    found = repaired("\n".join(cuts), context)
    assert [line for line in found.split("\n") if line] == lines


def test_arabic_and_latin_lines_by_turns_stay(context: Context) -> None:
    text = "\n".join(
        [
            "مفتاح الكهرباء في المدخل",
            "Model 45",
            "مصباح الحديقة مع حامل معدني",
            "Model 300",
            "بطارية تكفي يوما كاملا",
            "1987",
            "شاحن للسيارة والمنزل",
            "42",
            "كابل طويل من النحاس",
            "15",
        ]
    )
    assert repaired(text, context) is text
    assert repaired(spread(text), context) == spread(text)
