"""Lines that PDFBox cut at private-use codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st
from unit.rules import once

from arfix.bidi import pdfbox_pass, visual
from arfix.defects.bidi_cut import BidiCut, inverse, inverses

if TYPE_CHECKING:
    from pathlib import Path

    from arfix.stages import Context

LETTERS = "ابتثجحدرسعفقكلمنهوي"


def extracted(line: str, page: str = "R") -> str:
    """Return what PDFBox makes of a line whose codes were drawn as Arabic letters."""
    return pdfbox_pass(visual(line, "R" if page == "R" else "L", private="AL"))


def repaired(text: str, context: Context) -> str:
    return once(BidiCut(), text, context)


@given(st.lists(st.text(LETTERS + "\ue001\ue002", min_size=2, max_size=7), min_size=2, max_size=9))
def test_the_inverse_leads_back(words: list[str]) -> None:
    line = " ".join(words) + "\ue001"
    cut = extracted(line)
    for found in inverses(cut):
        assert extracted(found) == cut


@given(st.lists(st.text(LETTERS, min_size=2, max_size=7), min_size=2, max_size=9))
def test_a_line_that_ends_in_a_code_comes_back(words: list[str]) -> None:
    line = "\ue001 ".join(words) + "\ue001"
    assert inverse(extracted(line)) == line


def test_brackets_numbers_and_latin_words_keep_their_direction() -> None:
    for line in (
        "قال المدير (وهو مهندس) إن المصنع الرئيس\ue001",
        "بلغ العدد 250 في اليوم الثان\ue001",
        "اشترى جهاز Pixel من المتجر الرئيس\ue001",
    ):
        assert line in inverses(extracted(line))


def test_healthy_lines_have_no_inverse() -> None:
    for line in ("ذهب إلى السوق.", "\ue001 قائمة", "ذهب\ue001 إلى", "plain text", ""):
        assert inverse(line) in (line, inverse(line))
    assert inverses("ذهب إلى السوق.") == []
    assert inverses("x" * 5000 + "\ue001") == []


def test_no_code_no_finding(context: Context) -> None:
    assert BidiCut().detect(["ذهب إلى السوق.\n" * 100], context) is None


def test_bullets_stay(context: Context) -> None:
    text = "\n".join(f"\uf0b7{line}" for line in ("خبز وزيتون من السوق", "ماء بارد", "سكر وشاي"))
    assert repaired(text, context) == text


def test_line_ends_survive(context: Context) -> None:
    lines = [
        "ذهب الرجل إلى السوق الكبير ف\ue001 الصباح الباكر",
        extracted("ثم عاد إلى بيته ف\ue001 المساء بعد يوم طويل من العمل الشاق\ue002 ف\ue001"),
        "وجلس ف\ue001 الحديقة وحده حت\ue002 منتصف الليل",
        "وف\ue001 اليوم الثان\ue001 لم يخرج من بيته أبدا",
    ]
    text = "\r\n".join(lines)
    fixed = repaired(text, context)
    assert fixed.count("\r\n") == 3
    assert len(fixed) == len(text)


def test_the_sample(shared: Path, context: Context) -> None:
    broken = (shared / "samples" / "000_broken.txt").read_bytes().decode()
    finding = BidiCut().detect([broken], context)
    assert finding is not None
    assert finding.count == 4
    fixed = repaired(broken, context)
    assert not any("\ue000" <= line[:1] <= "\uf8ff" for line in fixed.split("\n"))
    assert repaired(fixed, context) == fixed
