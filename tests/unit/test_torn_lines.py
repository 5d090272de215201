"""Lines torn at their marks, and the pieces put together."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from arfix.defects.bidi_cut import BidiCut
from arfix.edits import apply

if TYPE_CHECKING:
    from arfix.stages import Context

HAMZA = "\u0654"
LINES = (
    "حضر المعلّم إلى المدرسة ثم رتّب الكتب فوق الرفّ",
    "وبعد الدرس قدّم الطلاب عرضاً عن الطيور المهدّدة",
    "فسرّ المدير كثيراً وقرّر أن يشجّع هذه الفكرة",
)
PERSIAN = (
    "دیروز نامهٔ دوستم را خواندم و بسیار خوشحال شدم",
    "سپس به خانهٔ پدربزرگ رفتم که در کنار رودخانهٔ شهر است",
    "آنجا همهٔ کتاب‌ها را دیدم و دفترچهٔ قدیمی او را پیدا کردم",
)


def repaired(text: str, context: Context) -> str:
    rule = BidiCut()
    finding = rule.detect([text], context)
    return text if finding is None else apply(text, rule.repair(text, finding, context))


def torn(lines: tuple[str, ...]) -> str:
    """Return each piece that starts with a mark on a line of its own, the last piece first."""
    return "\n".join("\n".join(reversed(re.split("(?=[\u064b-\u0652])", line))) for line in lines)


def filled(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.strip()]


def test_pieces_come_together_and_no_line_is_lost(context: Context) -> None:
    broken = torn(LINES)
    after = repaired(broken, context)
    assert filled(after) == list(LINES)
    assert after.count("\n") == broken.count("\n")


def test_marks_on_lines_of_their_own(context: Context) -> None:
    lines = (*LINES, "يُعلِّم الأستاذ طلابه ويُشجِّع من يقرأ")
    broken = torn(lines)
    assert "\n\u0650\n" in broken
    assert filled(repaired(broken, context)) == list(lines)


def test_carriage_returns_stay(context: Context) -> None:
    broken = torn(LINES).replace("\n", "\r\n") + "\r\n"
    after = repaired(broken, context)
    assert after.count("\r\n") == after.count("\n") == broken.count("\n")
    assert filled(after.replace("\r", "")) == list(LINES)


def test_what_is_repaired_once_is_left(context: Context) -> None:
    after = repaired(torn(LINES), context)
    assert repaired(after, context) == after


@pytest.mark.parametrize(
    "text",
    [
        # Each line starts with a mark of its own first letter.
        "ُنشر الخبر صباح اليوم\nُكتب التقرير قبل عام\nُعرف الكاتب في المدينة\nُفتح الباب أمام الناس",
        # A mark at the start of two lines is a slip.
        torn(("حضر المعلّم مع الطلّاب",)) + "\nثم عاد الجميع إلى البيت في المساء",
        "\n".join(LINES),
        "\n".join(PERSIAN),
        # One letter on each line is put together otherwise.
        "\n".join("".join(LINES).replace(" ", "")),
        "َ فتحة\nُ ضمة\nِ كسرة\nّ شدة",
    ],
)
def test_other_lines_are_left(text: str, context: Context) -> None:
    assert repaired(text, context) == text


def pushed(line: str, *, ahead: bool = False) -> list[str]:
    """Return a line cut before each word with hamza, the hamzas on a line of their own."""
    pieces = re.split(f" (?=\\w+ه{HAMZA})", line)
    marks = [HAMZA] * line.count(HAMZA)
    bare = [piece.replace(HAMZA, "") for piece in reversed(pieces)]
    return [*marks, *bare] if ahead else [*bare, *marks]


@pytest.mark.parametrize("ahead", [False, True])
def test_persian_lines_cut_before_a_heh(context: Context, ahead: bool) -> None:
    broken = "\n".join(piece for line in PERSIAN for piece in pushed(line, ahead=ahead))
    after = repaired(broken, context)
    assert filled(after) == list(PERSIAN)
    assert after.count("\n") == broken.count("\n")


def test_hamza_apart_at_the_end_of_the_right_piece(context: Context) -> None:
    lines = (PERSIAN[0], "بعد به خانهٔ پدربزرگ رفتم و آنجا ماندم", "در آن شهر همهٔ مردم مهربان بودند")
    rows = []
    for line in lines:
        left, right = pushed(line)[:2]
        rows += [left, f"{right}    {HAMZA}"]
    assert filled(repaired("\n".join(rows), context)) == list(lines)


def test_hamzas_that_no_word_has_a_place_for_are_left(context: Context) -> None:
    text = f"دیروز باران بارید\n{HAMZA}\nامروز برف آمد\n{HAMZA}\nفردا باد خواهد وزید\n{HAMZA}"
    assert repaired(text, context) == text


def test_a_hamza_goes_to_no_letter_alone(context: Context) -> None:
    broken = "\n".join(
        "\n".join(reversed(re.split(f"(?={HAMZA})", line.replace(f"{HAMZA} ", f"{HAMZA}  "))))
        for line in PERSIAN
    )
    after = repaired(f"{HAMZA}\nاز باغ گذشتم و\n{broken}", context)
    assert f"خانه{HAMZA}" in after
    assert after.startswith(f"{HAMZA}\nاز باغ گذشتم و\n")
