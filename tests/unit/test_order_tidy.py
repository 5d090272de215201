"""Spaces that came with a line's wrong order."""

from __future__ import annotations

import re

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


def test_an_end_in_front_of_its_line_goes_to_the_end() -> None:
    lines = [". عاد الوفد مساء", ". ثم نام الجميع", "وفي الصباح غادروا"]
    assert tidied(lines) == {
        ". عاد الوفد مساء": "عاد الوفد مساء.",
        ". ثم نام الجميع": "ثم نام الجميع.",
    }
    assert not tidied(lines[1:])


def test_a_number_goes_behind_the_slash_of_its_decree() -> None:
    lines = [f"المرسوم (م{number}/) صدر" for number in (51, 52, 53)]
    assert tidied(lines)[lines[0]] == "المرسوم (م/51) صدر"
    assert not tidied(["الصفحة أ5/ ثم", "المرسوم (م/51) صدر"])


def test_eras_close_up_only_where_stops_show_that_a_tool_set_signs_apart() -> None:
    apart = [f"صدر النظام عام {year} هـ ونشر بعده ." for year in (1412, 1425, 1437)]
    assert tidied(apart)[apart[0]] == "صدر النظام عام 1412هـ ونشر بعده."
    assert not tidied([line.replace(" .", ".") for line in apart])


def test_the_space_behind_the_stroke_of_a_date_is_the_writers() -> None:
    dates = [f"المرسوم (م/ {number}) بتاريخ {number}/ 3/ 1412" for number in (11, 12, 13)]
    assert tidied(dates)[dates[0]] == "المرسوم (م/11) بتاريخ 11/ 3/ 1412"


CUT = [
    "زرع الأولاد الأزهار في الحديقة",
    "ولا أحد يعلم متى ينقطع الأمل",
    "كتب الأستاذ رسالة إلى الإدارة",
]


def in_stretches(line: str) -> str:
    """Return each word in reverse between its lam-alefs, as PDFium reads what Cairo drew."""
    words = []
    for word in line.split():
        parts = [part for part in re.split("(ل[اأإآ])", word) if part]
        words.append("".join(part[::-1] for part in parts))
    return " ".join(words)


def test_words_turned_between_their_lam_alefs(context: Context) -> None:
    text = "\n".join(map(in_stretches, CUT))
    assert "األوالد" in text
    assert run([text], context, [VisualOrder()])[0].text == "\n".join(CUT)


def test_words_wholly_in_reverse_stay_so(context: Context) -> None:
    text = "\n".join(" ".join(word[::-1] for word in line.split()) for line in CUT)
    assert run([text], context, [VisualOrder()])[0].text == "\n".join(CUT)
