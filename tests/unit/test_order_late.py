"""Numbers that come one stretch of words too late."""

from __future__ import annotations

import re

import pytest

from arfix.config import Config
from arfix.defects.visual_order import VisualOrder
from arfix.order.atoms import atoms
from arfix.order.late import late_numbers, may_be_late
from arfix.order.render import render
from arfix.order.scoring import shared
from arfix.pipeline import run
from arfix.resources import Resources
from arfix.stages import Context


@pytest.fixture(scope="module")
def context() -> Context:
    return Context(config=Config(), resources=Resources.load())


def found(text: str, context: Context) -> dict[str, str]:
    """Return what the hypotheses about a line make of it, its spaces single."""
    line = atoms(text)
    forward, backward = shared(context.resources).units(line)
    result = {}
    for hypothesis, _ in late_numbers(line, forward, backward, None, shared(context.resources)):
        assert sorted(index for index, _ in hypothesis.arrangement) == list(range(len(line)))
        text = render(line, hypothesis, mirror=False, clusters=False)
        result[hypothesis.name] = " ".join(text.split())
    return result


LATE = "في   مارس 14  استقبل المتحف 2019  زائرا، أي أكثر بنحو 5,320 من زوار عام 310 2018."
RIGHT = "في 14 مارس 2019 استقبل المتحف 5,320 زائرا، أي أكثر بنحو 310 من زوار عام 2018."


def test_each_number_goes_before_the_words_that_came_first(context: Context) -> None:
    assert found(LATE, context)["late"] == RIGHT


def test_letters_in_reverse_are_turned_as_well(context: Context) -> None:
    reverse = "".join(re.findall("[0-9,]*[0-9]|.", LATE)[::-1])
    assert found(reverse, context)["late-rev"] == RIGHT


def test_two_rows_of_late_numbers_do_not_get_into_one_another(context: Context) -> None:
    text = "سجلت البلدية المبنى بتاريخ رقم 15 2001 وفيه شقة 120 7 محلات ومصعد واحد"
    made = found(text, context)
    assert "late" in made
    for line in made.values():
        assert sorted(line.split()) == sorted(text.split())


def test_a_number_goes_behind_its_stroke_and_before_its_bracket(context: Context) -> None:
    text = "صدر النظام بالمرسوم الملكي رقم (م/ ) بتاريخ ٤٥ ١٢/٣/١٤٣٧ في العاصمة"
    assert "(م/ ٤٥ ) بتاريخ ١٢/٣/١٤٣٧" in found(text, context)["late"].replace("/٤٥", "/ ٤٥")


def test_without_two_numbers_together_none_came_late(context: Context) -> None:
    assert found("في مارس 14 استقبل المتحف 2019 زائرا", context) == {}


def test_lines_that_only_end_in_two_numbers_stay(context: Context) -> None:
    text = "\n".join(
        [
            "هاتف المدرسة في المدينة 02 5320718",
            "هاتف البلدية وقسم المياه 02 5914402",
            "هاتف المستشفى القريب من الساحة 02 5128860",
            "وصل الوفد إلى العاصمة في 14 مارس 2019 قبل الظهر",
        ]
    )
    result = run([text], context, [VisualOrder()])[0]
    assert result.text is text


def test_only_lines_with_neighbouring_numbers_are_looked_at() -> None:
    assert may_be_late(["باب 3 4", "دار 5 6", "نهر 7 8"])
    assert not may_be_late(["باب 3 4", "دار 5-6", "نهر 7\n8"])
