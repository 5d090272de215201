"""Glyphs that a font calls by another letter's name."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from unit.test_unknown_symbols import TEXT, written

import arfix
from arfix.cipher.learner import Learner
from arfix.cipher.slips import Slip, by_written, variants
from arfix.corrupt import KNOWN_SETS, Damage, corrupt
from arfix.defects.wrong_letters import WrongLetters
from arfix.edits import apply
from arfix.resources import Resources
from arfix.view import WORD, bare

if TYPE_CHECKING:
    from arfix.stages import Context

# ruff: noqa: E501

LAM, TEH, ALEF = ("ل", "medial"), ("ت", "medial"), ("ا", "final")


def learnt(text: str) -> list[Slip]:
    words = {word: bare(word) for word in WORD.findall(text)}
    return Learner(words.items(), Resources.load().lexicon).learn()


def test_one_glyph_written_as_another_is_learnt_and_put_right() -> None:
    broken = written(TEXT, {LAM: "ف"})
    assert Slip("ف", "ل", "medial") in learnt(broken)
    repaired = arfix.repair(broken, select=["AR304"])
    wrong = sum(a != b for a, b in zip(repaired.split(), TEXT.split(), strict=True))
    assert wrong <= 1


def test_several_slips_in_one_word_are_put_right() -> None:
    broken = written(TEXT, {LAM: "ظ", TEH: "ش", ALEF: "غ"})
    repaired = arfix.repair(broken, select=["AR304"])
    before = sum(a != b for a, b in zip(broken.split(), TEXT.split(), strict=True))
    after = sum(a != b for a, b in zip(repaired.split(), TEXT.split(), strict=True))
    assert before > 60
    assert after <= 4


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        # dialect, spelled as it comes
        "احنا كنا ماشيين في الشارع وقلتله يا عم خلينا نروح من هنا عشان الدنيا زحمه اوي\n" * 3,
        # feminine endings without dots, final yeh without dots
        TEXT.replace("ة", "ه").replace("ي ", "ى "),
        TEXT.replace("أ", "ا").replace("إ", "ا"),
        # names that no lexicon holds
        "كوندراتكي وشفارتسمان ومخيتاريان وزلاتانوفيتش لعبوا مع فريق برينتفورد أمام هوفنهايم\n" * 4,
        # another language
        "این کتاب‌ها را می‌خوانم و دوست دارم که بنویسم و با دوستانم گفتگو کنم\n" * 5,
        "یہ کتاب بہت اچھی ہے اور میں اسے روز پڑھتا ہوں\n" * 6,
        "وَقَالَ لَهُ صَاحِبُهُ وَهُوَ يُحَاوِرُهُ اذْهَبْ إِلَى السُّوقِ\n" * 5,
        "for i in range(10): print('مرحبا', i)\n" * 5,
    ],
    ids=["plain", "dialect", "endings", "hamza", "names", "persian", "urdu", "vowels", "code"],
)
def test_healthy_text_stays(text: str) -> None:
    assert arfix.repair(text, select=["AR304"]) is text


def test_a_lost_glyph_is_no_wrong_one() -> None:
    assert not learnt(written(TEXT, {("ي", "final"): "", ("ك", "medial"): ""}))


def test_a_slip_holds_in_its_form_only() -> None:
    slips = by_written([Slip("ف", "ل", "medial")])
    assert "علم" in {text for text, _ in variants("عفم", slips, 9)}
    assert {text for text, _ in variants("فم", slips, 9)} == {"فم"}


def test_marks_stay_where_they_are() -> None:
    broken = written(TEXT, {LAM: "ف"}) + "\nوكان العمف\u0651 كبيراً"
    assert arfix.repair(broken, select=["AR304"]).endswith("\u0651 كبيراً")


@pytest.mark.parametrize("name", ["law_libraries", "news_railway", "technology_assistants"])
def test_lost_glyphs_are_not_taken_for_wrong_letters(name: str) -> None:
    path = Path(__file__).resolve().parents[2] / "fixtures" / "documents" / f"{name}.txt"
    text = path.read_text(encoding="utf-8")
    broken = corrupt(3 * text, Damage(lost=KNOWN_SETS[0])).text
    codes = {step.code for step in arfix.explain(broken).steps}
    assert "AR301" in codes
    assert "AR304" not in codes


def test_a_comma_written_as_a_letter_becomes_a_comma_again() -> None:
    whole = TEXT.replace(".", "،")
    broken = written(whole, {LAM: "ظ", TEH: "ش"}).replace("،", "غ")
    repaired = arfix.repair(broken, select=["AR304"])
    assert repaired.count("،") >= 0.8 * whole.count("،")
    assert arfix.repair(repaired, select=["AR304"]) is repaired


def test_no_letter_becomes_a_comma_where_there_are_commas() -> None:
    whole = TEXT.replace("وقد", "، وقد").replace(".", "،")
    broken = written(whole, {LAM: "ظ", TEH: "ش", ALEF: "غ"})
    assert arfix.repair(broken, select=["AR304"]).count("،") == whole.count("،")


def test_a_ligature_written_for_one_letter_is_learnt() -> None:
    broken = written(TEXT, {LAM: "ظ", TEH: "ش", ("م", "final"): "لا"})
    assert Slip("لا", "م", "final") in learnt(broken)


def test_a_mark_in_front_of_a_word_may_be_its_first_letter() -> None:
    broken = written(TEXT, {LAM: "ظ", TEH: "ش", ("م", "initial"): "\u0615"})
    assert "\u0615" in broken
    repaired = arfix.repair(broken, select=["AR304"])
    assert repaired.count("\u0615") <= 0.1 * broken.count("\u0615")


def test_letters_that_unknown_words_of_one_stem_share_are_no_ligature() -> None:
    broken = written(TEXT, {LAM: "ظ", TEH: "ش", ALEF: "غ"})
    assert not [slip for slip in learnt(broken) if len(slip.written) > 1]


HAMZAS = """\
أعلنت إدارة الحديقة أمس أنها ستفتح أبوابها أمام الأطفال، ويأمل المدير أن يأتي الأهالي في الأسبوع الأول من الإجازة.
وأضاف أن الأعمال بدأت قبل أشهر، وتأخر بعضها لأن الأمطار أخرت وصول الأشجار إلى المكان.
وقال إن الدخول مجاني إلى نهاية الشهر، ثم إن الفريق تأكد من سلامة الألعاب، فلا رأي بعد رأي المهندس.
وتسأل الأسر عن أوقات الزيارة: من التاسعة إلى المغرب، إلا يوم الأحد، أما الإفطار فيؤخذ من المقصف أو يأتي مع الزائر.
ويرى أحد الزوار أن الفكرة مسألة وقت، وأن المدينة تأخذ بها شيئاً فشيئاً، وفقاً لما رأى في أماكن أخرى.
"""
BARE = HAMZAS.replace("أ", "ا").replace("إ", "ا")


def test_hamzas_come_back_in_what_a_tool_wrote(context: Context) -> None:
    stage = WrongLetters()
    repaired = replace(context, repaired=frozenset({"AR101"}))
    finding = stage.detect([BARE], repaired)
    assert finding is not None
    assert apply(BARE, stage.repair(BARE, finding, repaired)) == HAMZAS


def test_a_gap_where_a_hamza_was_is_closed(context: Context) -> None:
    broken = BARE.replace("بدات", "بد ات").replace("تاخذ", "تا خذ")
    stage = WrongLetters()
    repaired = replace(context, repaired=frozenset({"AR101"}))
    finding = stage.detect([broken], repaired)
    assert finding is not None
    assert apply(broken, stage.repair(broken, finding, repaired)) == HAMZAS


def test_who_writes_no_hamza_gets_none(context: Context) -> None:
    assert WrongLetters().detect([BARE], context) is None


def test_who_leaves_off_the_first_hamza_only_gets_none(context: Context) -> None:
    first = re.sub(r"\b(ال|و|لـ?)?[أإ]", r"\1ا", HAMZAS)
    repaired = replace(context, repaired=frozenset({"AR101"}))
    assert "يأتي" in first
    assert WrongLetters().detect([first], repaired) is None
