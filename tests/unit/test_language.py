"""Telling Arabic from Persian, and both from their neighbours, by words."""

from __future__ import annotations

import pytest

from arfix.language import ARABIC, PERSIAN, leaning
from arfix.resources import Resources

ARABIC_TEXT = "في آخر الشارع ورشة صغيرة لإصلاح الساعات فتحها الجد قبل ثمانين عاما ولم تغلق يوما"
DIALECT = "في اخر الشارع في ورشة صغيرة بتصلح الساعات فتحها جدهم من تمانين سنة وما سكرتش ولا يوم"
PERSIAN_TEXT = "در انتهای کوچه کارگاه کوچکی هست که پدربزرگ هشتاد سال پیش باز کرد و بسته نشد"
#: Nearly every word of it is Arabic as well.
LOANS = "این کتاب تاریخ و ادبیات و علم و فلسفه را برای عموم مردم تشریح می کند"
URDU = "گلی کے آخر میں گھڑیوں کی ایک چھوٹی سی دکان ہے جو دادا نے اسی برس پہلے کھولی تھی"


def lean(text: str) -> float:
    return leaning(text.split(), Resources.load())


@pytest.mark.parametrize("text", [ARABIC_TEXT, DIALECT])
def test_arabic_leans_to_arabic_also_in_persian_letters(text: str) -> None:
    assert lean(text) > ARABIC
    assert lean(text.translate(str.maketrans("يىك", "ییک"))) > ARABIC


@pytest.mark.parametrize("text", [PERSIAN_TEXT, LOANS])
def test_persian_leans_to_persian_also_in_arabic_letters(text: str) -> None:
    assert lean(text) < PERSIAN
    assert lean(text.translate(str.maketrans("یک", "يك"))) < PERSIAN


def test_neighbours_lean_to_neither() -> None:
    assert PERSIAN < lean(URDU) < ARABIC


def test_nothing_leans_nowhere() -> None:
    assert lean("") == 0.0
    assert lean("xyz 12") == 0.0
