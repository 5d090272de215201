"""Words that stand in reverse one by one, and words that hold foreign symbols."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from unit.rules import once

from arfix.defects.visual_order import VisualOrder
from arfix.order.atoms import atoms, mended
from arfix.order.each import turned_but_tail

if TYPE_CHECKING:
    from arfix.stages import Context

LINES = [
    "فتحت المكتبة أبوابها للأطفال في أول أيام العطلة وجاء إليها كثير من التلاميذ",
    "ومعهم آباؤهم ليسمعوا حكايات قديمة عن البحر والسفن التي كانت تعبر إلى الشرق",
    "وقالت المشرفة إن القراءة عادة تبدأ في الصغر وإن الكتاب صديق لا يغيب",
    "ثم وزعت على الحاضرين دفاتر وأقلاما ملونة ليكتب كل واحد منهم قصة قصيرة",
    "وسوف تعرض أجمل القصص على جدار القاعة الكبيرة حتى نهاية الشهر القادم",
]


def repaired(text: str, context: Context) -> str:
    return once(VisualOrder(), text, context)


def jumbled(line: str) -> str:
    """Turn every word that ends in a letter joined to the one before, and leave the others."""
    return " ".join(
        word if word[-1] in "اةردو" or "لا" in word else word[::-1] for word in line.split()
    )


def test_words_turned_one_by_one_come_back(context: Context) -> None:
    broken = "\n".join(map(jumbled, LINES))
    assert broken != "\n".join(LINES)
    after = repaired(broken, context).split()
    right = "\n".join(LINES).split()
    assert sum(a == b for a, b in zip(after, right, strict=True)) >= len(right) - 2


def test_whole_lines_in_reverse_are_not_taken_for_turned_words(context: Context) -> None:
    broken = "\n".join(line[::-1] for line in LINES)
    assert repaired(broken, context) == "\n".join(LINES)


def test_a_line_with_spaces_does_not_speak_for_those_with_tabs(context: Context) -> None:
    right = [LINES[0], *(line.replace(" ", "\t") for line in LINES[1:])]
    assert repaired("\n".join(line[::-1] for line in right), context) == "\n".join(right)


def test_words_of_two_letters_alone_may_be_turned(context: Context) -> None:
    broken = "\n".join(
        " ".join(word[::-1] if len(word) == 2 else word for word in line.split()) for line in LINES
    )
    assert repaired(broken, context) == "\n".join(LINES)


def test_what_follows_the_turned_letters_stays_behind_them() -> None:
    assert turned_but_tail("باتك\u064bا") == "كتاب\u064bا"
    assert turned_but_tail("اباتك\u064b") == "كتابا\u064b"
    assert turned_but_tail("باتك") == "كتاب"


@pytest.mark.parametrize("letter", ["\u00f8", "\u14d3", "\u0153"])
def test_lines_with_a_symbol_for_a_letter_stay(letter: str, context: Context) -> None:
    text = "\n".join(LINES).replace("ك", letter)
    assert repaired(text, context) == text


def test_a_symbol_is_a_letter_only_beside_arabic_ones() -> None:
    kinds = [atom.kind for atom in atoms("الم\u00f8تبة caf\u00e9 \u00e9t\u00e9 في\u00c9tat")]
    assert kinds == ["word", "space", "latin", "space", "word", "latin"]


def test_a_word_cut_before_its_mark_is_whole() -> None:
    known = {"كتا \u064bبا", "نموذ \u064bج", "نموذ \u064bج ا"}.__contains__
    assert [atom.text for atom in mended(atoms("كتا \u064bبا"), known)] == ["كتا \u064bبا"]
    assert [atom.text for atom in mended(atoms("نموذ \u064bج ا"), known)] == ["نموذ \u064bج ا"]
    assert len(mended(atoms("قلم \u064bبا"), known)) == 3
