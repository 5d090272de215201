"""Several lines of a page with a left-to-right base, drawn from left to right, as one."""

from __future__ import annotations

import re

import pytest

from arfix.config import Config
from arfix.defects.visual_order import VisualOrder
from arfix.order.atoms import atoms
from arfix.order.scoring import shared
from arfix.order.several import several
from arfix.pipeline import run
from arfix.resources import Resources
from arfix.stages import Context

PARAGRAPHS = [
    [
        "قرار وزاري رقم (م/٣١٧) تعيين أعضاء مجلس إدارة الشركة الوطنية",
        "إن وزير التجارة",
        "بعد الاطلاع على نظام الشركات، الصادر بالمرسوم الملكي رقم (م/٤٥) بتاريخ ١٢/٣/١٤٣٧هـ.",
        "وبعد الاطلاع على نظام الاستثمار، الصادر بالأمر رقم (ب/٦١) بتاريخ ٢٥/٧/١٤٤١هـ.",
    ],
    [
        "قرار وزاري رقم (م/٤٠٨) تعديل موعد بدء العام الدراسي الجديد في المدارس",
        "إن وزير التعليم",
        "بعد الاطلاع على اللائحة التنفيذية، الصادرة بالقرار رقم (ت/٨٢) بتاريخ ١٤/٥/١٤٣٩هـ.",
    ],
    [
        "قرار وزاري رقم (م/٥٢٩) إنشاء لجنة لمتابعة أعمال الطرق في المنطقة الشرقية",
        "إن وزير النقل",
        "وبعد الاطلاع على نظام الطرق، الصادر بالأمر رقم (ن/٧٣) بتاريخ ١٨/٩/١٤٤٠هـ.",
    ],
]
RUN = re.compile("[٠-٩]+(?:/[٠-٩]+)*|[^٠-٩]+")
CHAR = re.compile("[٠-٩]+(?:/[٠-٩]+)*|.")


@pytest.fixture(scope="module")
def context() -> Context:
    return Context(config=Config(), resources=Resources.load())


def drawn(line: str) -> str:
    """Return the stretches of a line in the order in which they are drawn, a stop at the right."""
    body = line.rstrip(".")
    pieces = [piece.strip() for piece in RUN.findall(body)][::-1]
    return " ".join([*pieces, line[len(body) :]]).strip()


def turned(line: str) -> str:
    return "".join(CHAR.findall(line)[::-1])


def repaired(text: str, context: Context) -> str:
    result = run([text], context, [VisualOrder()])[0]
    assert result.converged
    return result.text


@pytest.mark.parametrize("reverse", [False, True])
def test_each_drawn_line_is_put_in_order(context: Context, reverse: bool) -> None:
    rows = [" ".join(map(drawn, paragraph)) for paragraph in PARAGRAPHS]
    text = "\n".join(turned(row) if reverse else row for row in rows)
    found = repaired(text, context)
    assert found == "\n".join(" ".join(paragraph) for paragraph in PARAGRAPHS)
    assert repaired(found, context) is found


def test_lines_in_order_stay(context: Context) -> None:
    text = "\n".join(" ".join(paragraph) for paragraph in PARAGRAPHS)
    assert repaired(text, context) is text


def test_a_name_behind_a_title_is_no_label_without_its_number(context: Context) -> None:
    text = "\n".join(
        [
            "حضر الندوة (أ/ محمود سالم) مدير المدرسة ومعه 12 معلما من المنطقة",
            "ثم تحدثت (د/ ليلى حسن) عن تجربة 30 عاما في تعليم الصغار",
            "وختم اللقاء (م/ عادل نور) بكلمة شكر إلى 45 متطوعا من أهل القرية",
        ]
    )
    assert repaired(text, context) is text


def _several(text: str, context: Context) -> str | None:
    scorer = shared(context.resources)
    line = atoms(text)
    base = tuple((index, False) for index in range(len(line)))
    found = several(line, base, scorer.units(line)[0], scorer)
    return found and "".join(line[index].text for index, _ in found[0])


def test_no_drawn_line_holds_latin_words(context: Context) -> None:
    text = drawn("بعد الاطلاع على البرنامج رقم (م/٤٥) Windows بتاريخ ١٢/٣/١٤٣٧هـ.")
    found = _several(text, context)
    assert found is None or found.index("Windows") == text.index("Windows")


def test_signs_between_numbers_stand_as_they_were_drawn(context: Context) -> None:
    found = _several(
        ") تعيين مدير الشركة ٣١٧ قرار وزاري رقم (م/ هـ ١٤٣٧ /٣ /١٢ بتاريخ صدر القرار في المدينة",
        context,
    )
    assert found is not None
    assert "(م/٣١٧)" in found.replace(" )", ")")
    assert "١٢/ ٣/ ١٤٣٧" in found


def test_a_line_without_numbers_has_no_such_order(context: Context) -> None:
    assert _several("ذهب الولد إلى المدرسة في الصباح", context) is None


def test_a_single_drawn_line_is_one_as_well(context: Context) -> None:
    found = _several(drawn(PARAGRAPHS[0][2]), context)
    assert found is not None
    assert " ".join(found.split()).replace(" )", ")") == PARAGRAPHS[0][2]
