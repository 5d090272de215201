"""Punctuation of a line's end that stands at its start."""

from __future__ import annotations

import lzma
import re
from typing import TYPE_CHECKING

import pytest
from unit.rules import fixtures, once

from arfix.defects.bidi_cut import BidiCut
from arfix.defects.edge_punctuation import EdgePunctuation
from arfix.defects.private_use import PrivateUse

if TYPE_CHECKING:
    from pathlib import Path

    from arfix.stages import Context


def repaired(text: str, context: Context) -> str:
    """Run the three classes to the point where nothing changes any more."""
    for _ in range(4):
        before = text
        for rule in (BidiCut(), PrivateUse(), EdgePunctuation()):
            text = once(rule, text, context)
        if text == before:
            return text
    raise AssertionError("no fixed point")


NEGATIVE = ("negative/bidi_cut", "negative/private_use", "negative/edge_punctuation")
WRITTEN = fixtures("AR201", "AR202", "AR401", *NEGATIVE)
CASES = [{"output": it["input"], **it} for it in WRITTEN if "AR205" not in it.get("code", "")]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_fixtures(case: dict[str, str], context: Context) -> None:
    assert repaired(case["input"], context) == case["output"]
    assert repaired(case["output"], context) == case["output"]


@pytest.mark.parametrize("ending", [".", "؟", "!", ":", "».", ".»"])
def test_each_ending_comes_home(ending: str, context: Context) -> None:
    mirror = str.maketrans("«»", "»«")
    opened = "«" if "»" in ending else ""
    lines = ["وصل الوفد إلى المدينة مساء أمس", "ونزل ضيفا على أهلها في البيت الكبير"]
    gold = "\n".join([opened + lines[0] + ending, opened + lines[1] + ending])
    broken = "\n".join(ending[::-1].translate(mirror) + opened + line for line in lines)
    assert repaired(broken, context) == gold


def test_a_line_of_which_little_can_be_read_stays(context: Context) -> None:
    text = (
        ".و \ue001\ue002ن \ue002ا \ue003\ue004 م\ue002 ا\n.ثم \ue005\ue006ا \ue007ن \ue001\ue004\n"
    )
    assert EdgePunctuation().detect([re.sub("[\ue000-\uf8ff]", "", text)], context)
    assert EdgePunctuation().detect([text], context) is None


def test_trailing_spaces_stay_behind_the_mark(context: Context) -> None:
    text = " .وصل الوفد مساء  \r\n .ورحل الوفد صباحا\t\r\n"
    assert repaired(text, context) == " وصل الوفد مساء.  \r\n ورحل الوفد صباحا.\t\r\n"


def test_reversed_lines_are_another_matter(context: Context) -> None:
    text = "\n".join([".ءاسم ةنيدملا ىلإ دفولا لصو", ".ءاسم ةنيدملا نع دفولا لحر"])
    assert repaired(text, context) == text


def test_persian_words_in_reverse_keep_their_ends(context: Context) -> None:
    lines = [
        ".داد گنجشک‌ها به و آورد پایین درخت از را گردوها پیرمرد",
        ".کند روشن را چراغ که رفت پنجره به و نشست چمن روی ما برای پدر",
        ".آورد گاراژ از پیچ‌گوشتی که گفت همسایه و",
    ]
    assert EdgePunctuation().detect(["\n".join(lines)], context) is None
    forward = "\n".join("." + " ".join(reversed(line[1:].split())) for line in lines)
    assert EdgePunctuation().detect([forward], context) is not None


@pytest.mark.parametrize(
    "text",
    [
        ".میرا بھائی ہر روز باغ میں جاتا ہے\n.وہ پھولوں کو پانی دیتا ہے اور گھر آتا ہے",
        ".باوکم هەموو ڕۆژێک دەچێتە باخچەکە\n.منداڵەکان لە کۆڵان یاری دەکەن",
    ],
)
def test_other_languages_keep_what_they_start_with(text: str, context: Context) -> None:
    assert EdgePunctuation().detect([text], context) is None


def test_a_document_in_order_keeps_a_slip(context: Context) -> None:
    text = "وصل الوفد إلى المدينة مساء.\n" * 30 + ".رحل الوفد عن المدينة صباحا"
    assert repaired(text, context) == text


def test_stops_that_lead_the_words_they_end(context: Context) -> None:
    gold = "وصل الزوار إلى القلعة، وصعدوا إلى سطحها. ثم نزلوا إلى السوق، وعادوا إلى الفندق مساء."
    broken = re.sub(r"(\w+)([.،])(?= )", r"\2\1", gold)
    assert broken != gold
    assert repaired(broken, context) == gold


def test_a_space_before_the_comma_is_a_habit(context: Context) -> None:
    text = "وصل الزوار إلى القلعة ،وصعدوا إلى سطحها ،ثم نزلوا إلى السوق ،وعادوا إلى الفندق"
    assert repaired(text, context) == text


@pytest.mark.slow
def test_clean_texts_stay(shared: Path, context: Context) -> None:
    rules = (BidiCut(), PrivateUse(), EdgePunctuation())
    for path in sorted(shared.glob("eval/*/*.xz")):
        with lzma.open(path, "rt", encoding="utf-8", newline="") as file:
            lines = file.read().split("\n")
        for start in range(0, len(lines), 500):
            text = "\n".join(lines[start : start + 500])
            for rule in rules:
                assert rule.detect([text], context) is None, (path.name, start, rule.code)


def test_the_sample_is_restored(shared: Path, context: Context) -> None:
    broken = (shared / "samples" / "000_broken.txt").read_bytes().decode()
    gold = (shared / "samples" / "000_gold.txt").read_bytes().decode()
    # One mark occurs once, over a letter that usually has a shadda there.
    assert repaired(broken, context).replace("ر\u0651د", "ر\u0650د") == gold
