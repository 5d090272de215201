"""Spaces that came with a line's wrong order."""

from __future__ import annotations

import pytest

from arfix.config import Config
from arfix.defects.visual_order import VisualOrder
from arfix.order.tidy import tidied
from arfix.pipeline import run
from arfix.resources import Resources
from arfix.stages import Context

TEXT = [
    "زار الوفد مصنع النسيج في المدينة القديمة.",
    "قال المدير إن العمال يعملون ليلا ونهارا.",
    "عاد الجميع إلى الفندق بعد غروب الشمس.",
    "سيكتب الوفد تقريرا عن الزيارة غدا.",
]


@pytest.fixture(scope="module")
def context() -> Context:
    return Context(config=Config(), resources=Resources.load())


def apart(line: str) -> str:
    return line.replace(".", " .")


def test_stops_come_back_to_their_words() -> None:
    assert tidied(map(apart, TEXT)) == dict(zip(map(apart, TEXT), TEXT, strict=True))


def test_brackets_and_quotations_too() -> None:
    lines = [f'كتب « الأول » و( {n} ) ثم " الأخير " هنا' for n in "123"]
    assert tidied(lines)[lines[0]] == 'كتب «الأول» و(1) ثم "الأخير" هنا'


def test_a_comma_leaves_the_quotation_that_it_follows() -> None:
    lines = [f"زار « الدار ،» ثم {word}" for word in ("عاد", "رجع", "نام")]
    assert tidied(lines)[lines[0]] == "زار «الدار»، ثم عاد"


def test_a_number_comes_back_to_its_slash() -> None:
    lines = [f"القرار (م/ {n}0) صدر" for n in "123"]
    assert tidied(lines)[lines[1]] == "القرار (م/20) صدر"


@pytest.mark.parametrize(
    "lines",
    [
        TEXT,
        [apart(TEXT[0]), *TEXT[1:]],  # one slip
        [*map(apart, TEXT[:2]), *TEXT[2:]],
        ["في ٢ / ٤ / ١٤٤٤ و ٣ / ٥ / ١٤٤٤", "من ١ / ١ / ١٤٤٥"],  # a date set wide
        ['قال "نعم" ثم "لا"', 'وقال "ربما"'],
        ["يمتد من ... إلى", "ثم ... وبعد", "هكذا ... دائما"],
        ["قال : نعم", "أجاب : لا", "سأل : لم"],  # many write colons so
        [],
    ],
)
def test_what_writers_do_stays(lines: list[str]) -> None:
    assert not tidied(lines)


def test_only_lines_out_of_order_are_tidied(context: Context) -> None:
    spaced = "\n".join(map(apart, TEXT))
    assert run([spaced], context, [VisualOrder()])[0].text is spaced
    drawn = "\n".join(apart(line)[::-1] for line in TEXT)
    assert run([drawn], context, [VisualOrder()])[0].text == "\n".join(TEXT)
