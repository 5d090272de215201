"""Lines as they were drawn, of which an extractor put the Arabic stretches in order."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from unit.rules import once

from arfix.bidi import visual
from arfix.defects.visual_order import VisualOrder
from arfix.order.atoms import atoms
from arfix.order.drawn import DRAWN, DRAWN_WAYS, JOINED, QUOTED, drawn, numbers_fit
from arfix.order.placement import crossed

if TYPE_CHECKING:
    from arfix.stages import Context

NUMBERS = [
    "افتتح المتحف في 3 مارس 2019 بحضور 1,250 زائرا، بزيادة قدرها 4.5% عن العام السابق.",
    "وبلغ سعر التذكرة 12.50 دينارا (أي بخصم 20%) بين 9:30 و17:45 كل يوم.",
    "وحفظت اللوحات في غرفة تبلغ حرارتها -2 أو +17 درجة، ونسبة رطوبتها 40–65% طوال العام.",
    "كتب المهندسون برنامج Vector 2.5 وأدوات أخرى، ثم نشروا النسخة 3.0 في عام 2021.",
    "وزار المعرض 88,120 شخصا من 14 دولة بين 10-05-2021 و 12-06-2021 في المدينة.",
]
QUOTATIONS = [
    "اجتمع أعضاء اللجنة مع مدير «المكتبة الوطنية» في مكتبه مساء الأربعاء الماضي",
    "وناقشوا معه فكرة «القراءة للجميع» التي تريد الوزارة أن تبدأ بها",
    "ووعد المدير بأن تفتح «القاعة الكبرى» أبوابها كل يوم جمعة",
    "وأن تشتري من «معرض الكتاب» ألف كتاب جديد للأطفال والكبار",
]


def stretched(line: str) -> str:
    """Return a line as an extractor writes it that puts the Arabic stretches in order."""
    written, stretch, backwards = "", "", False
    for char in visual(line, "R"):
        if char <= "/" or ":" <= char <= "@" or "\u2000" <= char <= "\u206f":
            stretch = char + stretch if backwards else stretch + char
        elif "\u0590" <= char <= "\u08ff":
            if not backwards:
                written, stretch, backwards = written + stretch, "", True
            stretch = char + stretch
        else:
            if backwards:
                written, stretch, backwards = written + stretch, "", False
            stretch += char
    return written + stretch


def reading(line: str, way: str) -> str:
    parts = atoms(line)
    order = drawn(parts, way)
    return "" if order is None else "".join(parts[index].text for index, _ in order).strip()


@pytest.mark.parametrize("gold", [NUMBERS, QUOTATIONS], ids=["numbers", "quotations"])
def test_a_drawn_document_comes_back(gold: list[str], context: Context) -> None:
    broken = [stretched(line).strip() for line in gold]
    assert broken != gold
    assert once(VisualOrder(), "\n".join(broken), context) == "\n".join(gold)


@pytest.mark.parametrize("gold", [NUMBERS, QUOTATIONS], ids=["numbers", "quotations"])
def test_a_document_in_order_stays(gold: list[str], context: Context) -> None:
    text = "\n".join(gold)
    assert once(VisualOrder(), text, context) == text


@pytest.mark.parametrize(
    ("line", "way", "result"),
    [
        ("خامس4.5  رابع2 أول", DRAWN, "أول2رابع  4.5خامس"),
        ("4.5 % ثان2.5  أول", DRAWN, "أول  2.5% ثان 4.5"),
        ("40+  و5- أول", DRAWN, "أول -5 و +40"),
        ("18:45 و12:30 أول", DRAWN, "أول 12:30 و18:45"),
        ("4 = س14 أول", DRAWN, "أول 14س = 4"),
        ("2021-06-12 أول", DRAWN, "أول 12-06-2021"),
        ("12-06-2021 أول", JOINED, "أول 12-06-2021"),
        ("2.5%  ثان1 أول", JOINED, "أول 1 ثان 2.5%"),
        (".2022 أول", DRAWN, "أول 2022."),
        ("ثالث«ثان» أول", QUOTED, "أول »ثان«ثالث"),
        ("Gamma وBeta 3.1 (70B) أول", DRAWN, "أول Beta 3.1 (70B)وGamma"),
    ],
)
def test_every_sign_goes_back_to_its_stretch(line: str, way: str, result: str) -> None:
    found = reading(line, way)
    assert "".join(found.split()) == "".join(result.split())


def test_nothing_was_drawn_so_without_anything_from_left_to_right() -> None:
    assert all(drawn(atoms("أول ثان، ثالث ٢٠٢٢"), way) is None for way in DRAWN_WAYS)
    assert drawn(atoms("2022 Gamma"), DRAWN) is None


@given(st.text("ابتو 12٣%.-+=()«»،:aB–", max_size=30))
def test_no_atom_is_lost_or_doubled(line: str) -> None:
    parts = atoms(line)
    for way in DRAWN_WAYS:
        order = drawn(parts, way)
        assert order is None or sorted(index for index, _ in order) == list(range(len(parts)))


@pytest.mark.parametrize(
    ("text", "misfits"),
    [
        ("4.5% من 2021-06-12", -1),
        ("12-06-2021 و 10-05-2021", 0),
        ("%4.5 من 20%%", -2),
        ("الهاتف 0555-12-3456", 0),
    ],
)
def test_numbers_tell_which_way_they_were_drawn(text: str, misfits: int) -> None:
    assert numbers_fit(text) == misfits


@pytest.mark.parametrize(
    ("line", "count"),
    [
        ("قال (أمس) ذلك", 0),
        ("قال )أمس( ذلك", 0),
        ("قال) أمس (ذلك", 1),
        ("قال) أمس", 0),
        ("أ) أول ب) ثان", 0),
        ('قال" أمس "ذلك', 1),
    ],
)
def test_brackets_that_close_before_they_open(line: str, count: int) -> None:
    parts = atoms(line)
    assert crossed(parts, tuple((index, False) for index in range(len(parts)))) == count


def test_rows_of_a_table_and_labels_with_their_numbers_stay(context: Context) -> None:
    rows = [
        "فاتورة رقم: 2025/00731",
        "التاريخ: 11/04/2025",
        "هاتف: 0500-221-874",
        "1 مقعد خشبي للحديقة 4 120.00 480.00",
        "2 مظلة كبيرة من القماش 2 85.50 171.00",
        "3 مصباح شمسي LED 5 6 32.00 192.00",
        "4 HP 18B حبر طابعة أسود 3 75.00 225.00",
        "5 طاولة معدنية مستديرة 1 310.00 310.00",
        "المجموع قبل الضريبة: 1,378.00",
        "خصم الزبون الدائم (5%): -68.90",
        "ضريبة القيمة المضافة (15%): 196.37",
        "المبلغ المستحق: 1,505.47",
    ]
    text = "\n".join(rows)
    assert once(VisualOrder(), text, context) == text
