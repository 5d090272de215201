"""Lines cut inside a word."""

from __future__ import annotations

import pytest

from arfix.order.halves import rejoined
from arfix.order.scoring import Scorer
from arfix.resources import Resources

TANWEEN = "\u064b"


@pytest.fixture(scope="module")
def scorer() -> Scorer:
    return Scorer(Resources.load())


def test_the_alef_of_the_last_word_goes_home(scorer: Scorer) -> None:
    body = f"ا لا تزال هذه المدينة تنتظر قرار{TANWEEN}"
    assert rejoined([body], scorer) == {body: f"لا تزال هذه المدينة تنتظر قرار{TANWEEN}ا"}


def test_the_rest_of_the_line_goes_behind_its_start(scorer: Scorer) -> None:
    body = f"ا في السوق القديمة. اشترى أخي الصغير كتاب{TANWEEN}"
    after = f"اشترى أخي الصغير كتاب{TANWEEN}ا في السوق القديمة."
    assert rejoined(["ثم خرجنا.", body], scorer) == {body: after}


def test_a_line_cut_twice_shows_where_its_pieces_end(scorer: Scorer) -> None:
    first = f"وجد الباحث عند النهر حجر{TANWEEN}"
    second = f"ا كبير{TANWEEN}"
    third = "ا عليه رسم غريب"
    body = f"{third} {second} {first}"
    after = f"وجد الباحث عند النهر حجر{TANWEEN}ا كبير{TANWEEN}ا عليه رسم غريب"
    assert rejoined([body], scorer) == {body: after}


def test_halves_of_a_word_come_together(scorer: Scorer) -> None:
    body = "يقها إلى المدينة وصلت المهندسة مساء أمس مع وفر"
    found = rejoined([body], scorer)
    assert "وفريقها" in found[body]


@pytest.mark.parametrize(
    "body",
    [
        "وصلت المهندسة مساء أمس مع فريقها إلى المدينة",
        "يا ولدي لا تنس أن تعود قبل المساء إلى البيت يا",
        "ا ب ت ث ج حروف",
        f"كان يوم{TANWEEN}ا جميل{TANWEEN}ا",
        "شو بدك تعمل بكرا بعد الشغل يا خيي",
        "در این شهر کتاب‌های زیادی هست که خواندنی است",
        "د = 5 + س ثم أوجد قيمة المجهول في كل معادلة",
    ],
)
def test_other_lines_stay(body: str, scorer: Scorer) -> None:
    assert rejoined([body], scorer) == {}
