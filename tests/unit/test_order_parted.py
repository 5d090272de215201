"""Lines cut inside a word, the second piece as the line before the first."""

from __future__ import annotations

import pytest

from arfix.config import Config
from arfix.defects.visual_order import VisualOrder
from arfix.pipeline import run
from arfix.resources import Resources
from arfix.stages import Context


@pytest.fixture(scope="module")
def context() -> Context:
    return Context(config=Config(), resources=Resources.load())


def repaired(text: str, context: Context) -> str:
    result = run([text], context, [VisualOrder()])[0]
    assert result.converged
    return result.text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "ا في ساحة القرية القديمة\nوجد الباحث عند النهر حجرً",
            "وجد الباحث عند النهر حجرًا\nفي ساحة القرية القديمة",
        ),
        (
            "عاد الوفد مساء\nا. ثم نام الجميع\nكان الطريق طويلً\nوفي الصباح غادروا",
            "عاد الوفد مساء\nكان الطريق طويلًا.\nثم نام الجميع\nوفي الصباح غادروا",
        ),
    ],
)
def test_the_pieces_change_places(text: str, expected: str, context: Context) -> None:
    assert repaired(text, context) == expected
    assert repaired(expected, context) is expected


@pytest.mark.parametrize(
    "text",
    [
        "ا في ساحة القرية\nوجد الباحث عند النهر حجرا",  # nothing is missing below
        "ا في ساحة القرية\nوصلت السيارة سرعةً",  # the mark stands where it should
        "ا في ساحة القرية\nوجد الباحث شيئًا",
        "أ في ساحة القرية\nوجد الباحث عند النهر حجرً",
        "ا - البند الأول\nب - البند الثاني\nج - البند الثالث",
        "قُلْتُ لَهُ شُكْرًا\nثُمَّ عُدْتُ",
        "ا گر این کتاب را\nبخوانی",
    ],
)
def test_other_lines_stay(text: str, context: Context) -> None:
    assert repaired(text, context) is text
