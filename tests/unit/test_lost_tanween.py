"""Fathatan that vanished from lam-alef: only where the document writes it everywhere else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from golden.cases import documents

from arfix.channel.model import Channel
from arfix.config import Config
from arfix.defects.lost_tanween import LostTanween
from arfix.edits import apply
from arfix.resources import Resources
from arfix.stages import ChannelPart, Context

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

FATHATAN = "\u064b"
#: Five words with tanween, none in lam-alef.
HABIT = "كان يوماً بارداً جداً، ولم يكن المطر كثيراً، فخرجوا معاً وفقاً للموعد. "


def repaired(pages: Sequence[str], context: Context) -> list[str]:
    rule = LostTanween()
    finding = rule.detect(pages, context)
    if finding is None:
        return list(pages)
    return [apply(page, rule.repair(page, finding, context)) for page in pages]


def test_words_that_take_it_get_it(context: Context) -> None:
    text = HABIT + "مشوا قليلا ثم جلسوا طويلا."
    wanted = HABIT + f"مشوا قليلا{FATHATAN} ثم جلسوا طويلا{FATHATAN}."
    assert repaired([text], context) == [wanted]
    assert repaired([wanted], context) == [wanted]


def test_the_order_of_the_document_is_followed(context: Context) -> None:
    words = "أولا مشوا قليلا ثم جلسوا طويلا، فضلا عمن بقي، ونام الطفل ليلا."
    text = (HABIT + words).replace(f"ا{FATHATAN}", f"{FATHATAN}ا")
    [after] = repaired([text], context)
    assert f"قليل{FATHATAN}ا" in after
    assert f"ا{FATHATAN}" not in after


def test_two_words_are_a_slip_where_the_mark_comes_before_the_alef(context: Context) -> None:
    text = (HABIT + "مشوا قليلا ثم جلسوا طويلا.").replace(f"ا{FATHATAN}", f"{FATHATAN}ا")
    assert repaired([text], context) == [text]


def test_one_word_again_and_again_is_its_writers_habit(context: Context) -> None:
    text = HABIT + "مشوا قليلا ثم جلسوا قليلا وناموا قليلا."
    assert repaired([text], context) == [text]


@pytest.mark.parametrize(
    "word", ["لا", "إلا", "كلا", "هؤلا", "وإلا", "قالا", "دخلا", "خلا", "مبلا"]
)
def test_words_that_never_take_it_stay(word: str, context: Context) -> None:
    text = HABIT + f"مشوا قليلا ثم جلسوا طويلا {word} هناك."
    [after] = repaired([text], context)
    assert after != text
    assert f" {word} " in after


def test_one_word_is_not_enough(context: Context) -> None:
    text = HABIT + "مشوا قليلا."
    assert LostTanween().detect([text], context) is None


@pytest.mark.parametrize(
    "habit",
    [
        HABIT.replace(FATHATAN, ""),
        HABIT.replace(f"جدا{FATHATAN}", "جدا").replace(f"كثيرا{FATHATAN}", "كثيرا"),
        HABIT + f"وقفوا بدلا{FATHATAN} منه. ",
        "كان يوماً حاراً. ",
    ],
    ids=["none", "now and then", "one lam-alef has it", "too few"],
)
def test_other_habits_are_left_alone(habit: str, context: Context) -> None:
    text = habit + "مشوا قليلا ثم جلسوا طويلا."
    assert LostTanween().detect([text], context) is None


def test_the_document_decides_not_the_page(context: Context) -> None:
    pages = [HABIT, "مشوا قليلا.", "ثم جلسوا طويلا."]
    after = repaired(pages, context)
    assert after[0] == HABIT
    assert after[1:] == [f"مشوا قليلا{FATHATAN}.", f"ثم جلسوا طويلا{FATHATAN}."]
    assert repaired(pages[::-1], context) == after[::-1]


class TestGivenChannel:
    """What is known is not inferred."""

    @staticmethod
    def context(*, lost: bool) -> Context:
        channel = Channel(lost_tanween=lost, confidence=0.9)
        return Context(config=Config(channel=channel), resources=Resources.load())

    def test_lost_marks_need_no_evidence(self) -> None:
        context = self.context(lost=True)
        text = "مشوا قليلا إلى هنا."
        wanted = f"مشوا قليلا{FATHATAN} إلى هنا."
        assert repaired([text], context) == [wanted]
        assert LostTanween().detect([wanted], context) is None
        finding = LostTanween().detect([text], context)
        assert finding is not None
        assert isinstance(finding.detail, ChannelPart)
        assert finding.detail.channel == Channel(lost_tanween=True, confidence=0.9)

    def test_the_order_of_the_document_is_followed_all_the_same(self) -> None:
        text = f"كان يوم{FATHATAN}ا حار{FATHATAN}ا، فمشوا قليلا."
        assert repaired([text], self.context(lost=True)) == [
            f"كان يوم{FATHATAN}ا حار{FATHATAN}ا، فمشوا قليل{FATHATAN}ا."
        ]

    def test_a_channel_that_keeps_them_is_believed(self) -> None:
        text = HABIT + "مشوا قليلا ثم جلسوا طويلا."
        assert LostTanween().detect([text], self.context(lost=False)) is None


def test_rare_words_are_less_sure(context: Context) -> None:
    text = HABIT + "مشوا قليلا ثم جلسوا طويلا، فشربوا أولا."
    rule = LostTanween()
    finding = rule.detect([text], context)
    assert finding is not None
    sure = {edit.before: edit.confidence for edit in rule.repair(text, finding, context)}
    assert 0.8 < sure["أولا"] < sure["طويلا"] < 1


@pytest.mark.parametrize("document", documents(), ids=lambda document: document.name)
def test_clean_documents(document: object, context: Context) -> None:
    assert LostTanween().detect([document.text], context) is None  # type: ignore[attr-defined]


def test_the_sample(shared: Path, context: Context) -> None:
    gold = (shared / "samples" / "000_gold.txt").read_bytes().decode()
    broken = re.sub(f"لا{FATHATAN}", "لا", gold)
    assert broken.count(FATHATAN) == gold.count(FATHATAN) - 2
    assert repaired([broken], context) == [gold]
    assert LostTanween().detect([gold], context) is None
