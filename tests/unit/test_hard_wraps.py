"""Joining what the width of a page has cut, and leaving alone what only looks cut."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

import arfix
from arfix.view import bare

DOCUMENTS = Path(__file__).resolve().parents[2] / "fixtures" / "documents"


def article() -> list[str]:
    """Return the paragraphs of a document written for this project."""
    text = (DOCUMENTS / "encyclopaedia_bees.txt").read_text(encoding="utf-8")
    return [line for line in text.split("\n") if line.strip()]


def unwrapped(text: str) -> str:
    return arfix.repair(text, unwrap=True, select=["AR6"])


def wrapped(paragraphs: list[str], width: int) -> str:
    return "\n".join(textwrap.fill(paragraph, width) for paragraph in paragraphs)


@pytest.mark.parametrize("width", [45, 70, 100])
def test_paragraphs_come_back_but_for_sentences_that_end_with_a_line(width: int) -> None:
    paragraphs = [line for line in article() if len(bare(line)) > width]
    result = unwrapped(wrapped(paragraphs, width))
    assert " ".join(result.split()) == " ".join(" ".join(paragraphs).split())
    lines = result.split("\n")
    assert len(lines) <= 2.2 * len(paragraphs)
    # Whatever is still apart ends a sentence there, or a paragraph.
    ends = {paragraph.rstrip() for paragraph in paragraphs}
    for line in lines:
        assert line.rstrip()[-1] in ".!?:\u061f\u00bb)" or any(end.endswith(line) for end in ends)


def test_twice_is_once() -> None:
    text = wrapped(article(), 60)
    once = unwrapped(text)
    assert once != text
    assert unwrapped(once) == once


def test_off_by_default() -> None:
    text = wrapped(article(), 60)
    assert arfix.repair(text, select=["AR6"]) is text
    assert not arfix.diagnose(text, select=["AR6"])


def test_paragraphs_in_one_line_each_stay() -> None:
    text = "\n".join(article())
    assert unwrapped(text) is text


def test_verse_stays() -> None:
    verse = "\n".join(
        [
            "يا ليل طال على الغريب مسيره",
            "والبدر في كبد السماء يسامره",
            "ناديت من خلف التلال قوافلا",
            "لم يبق من وقع الخطى إلا الصدى وأواخره",
            "فإذا الطريق حكاية منسية",
            "تروي لمن ملأ الفؤاد مشاعره ومعابره",
            "وإذا النجوم على المدى",
            "عقد تناثر في الظلام جواهره",
        ]
    )
    assert unwrapped(verse) is verse


def test_items_of_a_list_stay_apart() -> None:
    items = [
        "- يحفظ السجل في مكتب الأمانة العامة مدة خمس سنوات من تاريخه",
        "- تسلم نسخة من القرار إلى كل عضو من الأعضاء في يومين",
        "- يرفع التقرير السنوي إلى المجلس في موعد لا يتجاوز شهر آذار",
        "- تنشر أسماء الفائزين في لوحة الإعلانات عند مدخل القاعة",
        "- يعاد النظر في بنود الاتفاق كلما طلب ذلك ثلث الأعضاء",
    ]
    text = "\n".join(items)
    assert unwrapped(text) is text


def test_tables_stay() -> None:
    rows = "\n".join(
        f"{name}\t{number}\tمكتب الاستقبال في الطابق {floor}"
        for name, number, floor in (
            ("سامر", 12, "الأول"),
            ("هالة", 14, "الثاني"),
            ("نادين", 9, "الثالث"),
            ("وائل", 31, "الرابع"),
        )
    )
    assert unwrapped(rows) is rows


def test_windows_line_ends_go_with_the_break() -> None:
    paragraphs = [line for line in article() if len(line) > 120][:3]
    text = wrapped(paragraphs, 60).replace("\n", "\r\n")
    result = unwrapped(text)
    assert result.count("\r") == result.count("\n") < text.count("\n")


def paged() -> str:
    lines = wrapped(article(), 60).split("\n")
    sheets = [lines[start : start + 9] for start in range(0, 36, 9)]
    return "\f".join(
        "\n".join(["نشرة النحالين الفصلية", *sheet, f"صفحة {number}", ""])
        for number, sheet in enumerate(sheets, 1)
    )


def test_a_diagnosis_names_what_the_pages_repeat() -> None:
    findings = {finding.code: finding for finding in arfix.diagnose(paged(), unwrap=True).findings}
    assert findings["AR602"].count == 8
    assert "نشرة النحالين الفصلية" in findings["AR602"].evidence
    assert "صفحة #" in findings["AR602"].evidence


def test_a_header_is_never_joined_with_the_text() -> None:
    lines = unwrapped(paged()).split("\n")
    assert sum(line.strip("\f") == "نشرة النحالين الفصلية" for line in lines) == 4
    assert [line for line in lines if line.startswith("صفحة ")] == [
        f"صفحة {number}" for number in (1, 2, 3, 4)
    ]


def test_pages_given_one_by_one_are_told_apart() -> None:
    pages = paged().split("\f")
    repairs = arfix.repair_document(pages, unwrap=True, select=["AR6"])
    assert all(page.text.startswith("نشرة النحالين الفصلية\n") for page in repairs)
    assert {finding.code for finding in repairs[0].diagnosis.findings} == {"AR601", "AR602"}
