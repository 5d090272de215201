"""Signs beside Latin words that were left as they were drawn."""

from __future__ import annotations

import re
from itertools import groupby

import pytest

import arfix
from arfix.bidi import visual
from arfix.order.atoms import atoms
from arfix.order.hypotheses import Hypothesis
from arfix.order.placement import ended
from arfix.order.render import render
from arfix.order.segments import from_the_right
from arfix.order.signs import are_suspect
from arfix.unicode_tables import MIRRORS

TEXT = """\
يقرأ البرنامج (Parser) كل ملف سطراً سطراً ثم يبني منه
شجرة صغيرة (tree) تمثل ما في الملف من أوامر وقيم.
ويحفظها في الذاكرة "cache" حتى لا يعود إلى القرص مرة
أخرى، ثم يكتب النتيجة في ملف اسمه "full report" قرب
الملف الأول. وتسمى العقد (nodes) التي لا أبناء لها
أوراقاً "leaves" عند من كتب عنها أول مرة في كتابه.
"""
_WEAK = "0123456789.,:/+-#$%\u060c"


def read_from_the_right(line: str, base: str) -> str:
    """Return what PDFium makes of a line, written down from its source a second time."""
    drawn = visual(line, "L" if base == "L" else "R")

    def kind(char: str) -> str:
        if re.match("[\u0621-\u064a\u064b-\u0652]", char):
            return "right"
        return "left" if char.isalpha() else "weak" if char in _WEAK else "neutral"

    pieces = [(name, "".join(chars)) for name, chars in groupby(drawn, kind)]
    found, current = [], "right"
    for name, text in reversed(pieces):
        if name == "right" or (name == "neutral" and current == "right"):
            current = "right"
            found.append("".join(MIRRORS.get(char, char) for char in reversed(text)))
        else:
            current = current if name == "weak" else "left"
            found.append(text)
    return "".join(found)


@pytest.mark.parametrize("base", ["R", "L"])
def test_what_was_read_from_the_right_is_undone(base: str) -> None:
    for line in TEXT.splitlines():
        broken = atoms(read_from_the_right(line, base))
        order = from_the_right(broken, latin=base == "L")
        assert order is not None
        exact = Hypothesis("", ended(broken, tuple(order)), turned=False, exact=True)
        assert render(broken, exact, mirror=False, clusters=False) == line


def test_signs_come_back() -> None:
    lines = [read_from_the_right(line, "R") for line in TEXT.splitlines()]
    broken = "\n".join(lines) + "\n"
    assert broken != TEXT
    assert arfix.repair(broken) == TEXT


def test_names_of_several_words() -> None:
    line = "صدر (Learning Python) و«Node» من بعده"
    assert from_the_right(atoms("كل الكلام عربي (هنا) 12"), latin=False) is None
    broken = atoms(read_from_the_right(line, "R"))
    order = from_the_right(broken, latin=False)
    assert order is not None
    exact = Hypothesis("", tuple(order), turned=False, exact=True)
    assert render(broken, exact, mirror=False, clusters=False) == line


def test_signs_in_order_stay() -> None:
    assert arfix.repair(TEXT) == TEXT


def test_brackets_within_brackets_are_no_reason() -> None:
    assert not are_suspect(["الملف (tree) والعقد (الأولى)", 'كتاب "leaves" (الطبعة الأولى)'] * 3)


def test_two_slips_of_a_writer_are_no_habit() -> None:
    assert not are_suspect(["الملف (tree (الأول", "العقد (node (الثانية", "لا شيء هنا"])
