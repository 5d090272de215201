"""Lines with Latin words: which of their orders fits to the lines around."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from arfix import repair
from arfix.order.context import Way, fitting
from arfix.order.glance import is_suspect
from arfix.order.scoring import shared
from arfix.spacing.stretches import Stretch, items

if TYPE_CHECKING:
    from arfix.stages import Context

LINES = (
    "يفتح المعلم برنامج Excel ثم يكتب أسماء الطلاب في العمود الأول.",
    "بعد ذلك يحفظ نسخة من الملف في خدمة Dropbox.",
    "تظهر الدرجات الضعيفة باللون الأحمر عند الضغط على زر Format في الشريط.",
    "ويستطيع أن يستعمل الدالة SUM لجمع درجات الفصل كله:",
    "نرسل الجدول بصيغة PDF إلى أولياء الأمور في آخر الشهر.",
    "هذه الطريقة أسهل بكثير من العمل ببرنامج Access.",
)
FROM_THE_LEFT = (
    "ثم يكتب أسماء الطلاب في العمود الأول. Excel يفتح المعلم برنامج",
    "Dropbox. بعد ذلك يحفظ نسخة من الملف في خدمة",
    "في الشريط. Format تظهر الدرجات الضعيفة باللون الأحمر عند الضغط على زر",
    "لجمع درجات الفصل كله: SUM ويستطيع أن يستعمل الدالة",
    "إلى أولياء الأمور في آخر الشهر. PDF نرسل الجدول بصيغة",
    "Access. هذه الطريقة أسهل بكثير من العمل ببرنامج",
)


def way(score: float, first: str, last: str, context: Context) -> Way:
    scorer = shared(context.resources)
    return Way(score, scorer.unit(first), scorer.unit(last))


def test_a_line_goes_on_where_the_one_before_ends(context: Context) -> None:
    before = [way(0.0, "وصل", "المتحدة", context), way(-0.5, "وصل", "الولايات", context)]
    after = [way(0.0, "المتحدة", "أمس", context)]
    assert fitting([before, after], shared(context.resources)) == [1, 0]


def test_a_border_outweighs_no_sure_order(context: Context) -> None:
    before = [way(0.0, "وصل", "المتحدة", context), way(-9.0, "وصل", "الولايات", context)]
    after = [way(0.0, "المتحدة", "أمس", context)]
    assert fitting([before, after], shared(context.resources)) == [0, 0]


def test_what_is_not_known_says_nothing(context: Context) -> None:
    before = [way(0.0, "وصل", "المتحدة", context), Way(-0.5, None, None)]
    assert fitting([before, [Way(0.0, None, None)]], shared(context.resources)) == [0, 0]


def test_runs_from_the_left_are_looked_for(context: Context) -> None:
    scorer = shared(context.resources)
    assert is_suspect(FROM_THE_LEFT, scorer)
    assert not is_suspect(LINES, scorer)


def test_lines_that_start_with_their_end_follow_the_others() -> None:
    assert repair("\n".join(FROM_THE_LEFT)) == "\n".join(LINES)


def test_a_definition_may_start_with_latin_words() -> None:
    text = (
        "React: مكتبة لكتابة الواجهات\nRedis: قاعدة بيانات سريعة في الذاكرة\n"
        "Linux: نواة نظام تشغيل حرة"
    )
    assert repair(text) is text


@pytest.mark.parametrize(
    ("page", "words"),
    [("باللغةالعربيةPython", 1), ("Pythonباللغةالعربية", 1), ("باللغةxy", 0), ("xyباللغة", 0)],
)
def test_letters_beside_a_latin_word_are_no_piece_of_one(page: str, words: int) -> None:
    assert sum(isinstance(item, Stretch) for item in items(page)) == words
