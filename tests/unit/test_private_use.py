"""The cipher of private-use codes: inferred from the words of one document."""

from __future__ import annotations

import random
import time
from typing import TYPE_CHECKING, Any

import pytest
from unit.rules import once

import arfix
from arfix.channel.coded import collect, decode, is_coded
from arfix.channel.model import Channel, SymbolReading
from arfix.channel.readings import LETTERS, MARK, form_in
from arfix.channel.symbols import Solver
from arfix.channel.votes import Models
from arfix.config import Config
from arfix.defects.private_use import PrivateUse
from arfix.edits import apply
from arfix.lexicon.marks import MARKS, MarkTable, marking_of
from arfix.resources import Resources
from arfix.stages import Context
from arfix.view import WORD, bare

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

FATHATAN, DAMMA = "\u064b", "\u064f"

ARTICLE = """\
في طرف المدينة القديمة، خلف السوق الكبير، تقع مكتبة لا يعرفها إلا القليل من الناس. بناها تاجر
أقمشة قبل قرن كامل، ثم أوقفها على طلاب العلم، وترك لها دخل ثلاثة دكاكين تنفق منها على الورق
والحبر والشموع. تغير كل شيء من حولها: هدمت البيوت الطينية، وشق شارع واسع يحمل اسم قائد لا يذكره
أحد، ووصلت الكهرباء ثم الهاتف ثم الشبكة، وبقيت المكتبة في مكانها كأنها تنتظر موعداً قديماً.

أمين المكتبة اليوم امرأة في الستين اسمها هناء. تفتح الباب الخشبي الثقيل في الثامنة صباحاً، وتغلي
الماء لقهوتها على موقد صغير، ثم تجلس أمام دفتر ضخم تسجل فيه أسماء الزوار. في الشهر الماضي زارها
أربعة وعشرون قارئاً فقط، أكثرهم من كبار السن، وواحد منهم صبي يأتي كل يوم جمعة ويقرأ الكتاب
نفسه: رحلة بحار إلى جزر الجنوب.

تقول هناء إن الكتب مثل الأشجار، إذا لم يمسها أحد أصابها المرض. لذلك تنزل كل صباح عشرة كتب من
الرفوف العالية، وتمسح عنها الغبار، وتقلب صفحاتها بيدها واحدة واحدة. وحين سألتها البلدية عن سبب
حاجتها إلى ترميم السقف أجابت بجملة قصيرة: المطر لا يقرأ، لكنه يمحو.

حصلت المكتبة هذا العام على منحة صغيرة لتصوير المخطوطات، وعددها مئة وسبعون مخطوطاً في الطب
والفلك والفقه والشعر. يعمل على المشروع شابان من قسم التاريخ في الجامعة، يحملان معهما آلة تصوير
حديثة ومصباحين وقفازات بيضاء. اكتشفا في الأسبوع الثاني رسالة بين صفحتين، كتبها التاجر نفسه قبل
وفاته بأيام، يوصي فيها أولاده بألا يغلقوا الباب في وجه أحد، ولو جاء في منتصف الليل يطلب كلمة
واحدة. علقت هناء صورة الرسالة فوق مكتبها، وصارت تؤخر موعد الإغلاق ساعة كاملة كل مساء.
"""


def pieces(word: str) -> list[tuple[str, str]]:
    """Return the glyphs of a word as (text, form): an independent reading of its shape."""
    letters = bare(word)
    found: list[tuple[str, str]] = []
    at = 0
    for char in word:
        if char in "".join(MARKS):
            found.append((char, MARK))
        elif found and found[-1][0] == "ل" and char in "اأإآ":
            found[-1] = ("ل" + char, form_in(letters, at - 1, at + 1))
            at += 1
        else:
            found.append((char, form_in(letters, at, at + 1)))
            at += 1
    return found


def cipher(text: str, key: Mapping[tuple[str, str], str]) -> str:
    def code(word: str) -> str:
        return "".join(key.get(piece, piece[0]) for piece in pieces(word))

    return WORD.sub(lambda match: code(match.group()), text)


def repaired(text: str, context: Context) -> str:
    return once(PrivateUse(), text, context)


@pytest.mark.parametrize("seed", range(12))
def test_a_random_cipher_is_solved(seed: int, context: Context) -> None:
    dice = random.Random(seed)
    glyphs = [piece for match in WORD.finditer(ARTICLE) for piece in pieces(match.group())]
    common = sorted(
        {piece for piece in glyphs if glyphs.count(piece) >= 4 and piece[0] in (*LETTERS, *MARKS)}
    )
    chosen = dice.sample(common, dice.randint(1, 6))
    codes = dice.sample([chr(code) for code in range(0xE000, 0xF8FF)], len(chosen))
    assert repaired(cipher(ARTICLE, dict(zip(chosen, codes, strict=True))), context) == ARTICLE


def test_the_map_knows_what_it_does_not_know(context: Context) -> None:
    rule = PrivateUse()
    # One letter before a common ending: half the alphabet would do.
    text = "جلس على \ue123ال وحده."
    finding = rule.detect([text], context)
    assert finding is not None
    assert finding.detail.readings["\ue123"].text == ""
    edits = rule.repair(text, finding, context)
    assert [(edit.before, edit.after) for edit in edits] == [("\ue123", "\ue123")]
    assert apply(text, edits) == text


def test_what_stands_alone_stays(context: Context) -> None:
    for text in ("\uf0b7 خبز\n\uf0b7 زيتون", "هاتف \uf8ff جديد", "\ue000\ue001 \ue002", "\ue000"):
        assert repaired(text, context) == text


def test_a_mark_that_was_drawn_before_its_word_moves_behind_the_first_letter(
    context: Context,
) -> None:
    words = ["يعتبر", "يعد", "ينظر", "يمكن", "تعتبر", "صمم", "أعلن", "تستخدم", "يستخدم"]
    text = " ثم ".join("\ue777" + word for word in words)
    rule = PrivateUse()
    finding = rule.detect(["كان " + text], context)
    assert finding is not None
    reading = finding.detail.readings["\ue777"]
    if reading.text == DAMMA:
        assert "ي" + DAMMA + "عتبر" in repaired("كان " + text, context)


def test_one_look_is_enough_for_healthy_text(context: Context) -> None:
    rule = PrivateUse()
    start = time.perf_counter()
    assert rule.detect(["قلم " * 1_000_000], context) is None
    assert time.perf_counter() - start < 2


def test_page_order_does_not_change_the_map(context: Context) -> None:
    text = cipher(ARTICLE, {("ك", "medial"): "\ue940", ("ي", "final"): "\ue915"})
    pages = text.split("\n\n")
    rule = PrivateUse()
    first, second = rule.detect(pages, context), rule.detect(pages[::-1], context)
    assert first is not None
    assert second is not None
    assert {key: found.text for key, found in first.detail.readings.items()} == {
        key: found.text for key, found in second.detail.readings.items()
    }


def given(*rows: tuple[str, str, str], **options: Any) -> Context:
    channel = Channel(
        symbols=tuple(SymbolReading(char, text, 0.8, form) for char, text, form in rows)
    )
    return Context(config=Config(channel=channel, **options), resources=Resources.load())


class TestGivenChannel:
    def test_one_word_is_enough(self) -> None:
        [kaf] = [("\ue123", "ك", "medial")]
        assert repaired("زرنا الم\ue123تبة.", given(kaf)) == "زرنا المكتبة."

    def test_it_goes_before_what_the_words_say(self) -> None:
        text = cipher(ARTICLE, {("ك", "medial"): "\ue123"})
        rule, wrong = PrivateUse(), given(("\ue123", "ق", "medial"))
        finding = rule.detect([text], wrong)
        assert finding is not None
        assert "القتاب" in apply(text, rule.repair(text, finding, wrong))
        assert {edit.confidence for edit in rule.repair(text, finding, wrong)} == {0.8}

    def test_the_others_are_solved_with_its_help(self) -> None:
        key = {("ك", "medial"): "\ue123", ("ي", "final"): "\ue124", ("م", "initial"): "\ue125"}
        text = cipher(ARTICLE, key)
        assert repaired(text, given(("\ue123", "ك", "medial"))) == ARTICLE
        assert repaired(text, given()) == ARTICLE

    def test_forms_may_be_left_out(self) -> None:
        rows = [("\ue123", "ك", ""), ("\ue124", DAMMA, ""), ("\ue125", "ـ", "")]
        text = "ي\ue124عيد الم\ue123تـ\ue125بة"
        assert repaired(text, given(*rows)) == f"ي{DAMMA}عيد المكتــبة"

    def test_symbols_that_are_not_there_are_nothing(self) -> None:
        rule = PrivateUse()
        assert rule.detect(["زرنا المكتبة."], given(("\ue123", "ك", "medial"))) is None

    def test_what_was_inferred_is_enough_for_another_document(self, context: Context) -> None:
        key = {("ك", "medial"): "\ue123", ("ي", "final"): "\ue124"}
        channel = arfix.infer_channel([cipher(ARTICLE, key)])
        assert [row.text for row in channel.symbols] == ["ك", "ي"]
        short = "م\ue123تب ف\ue124 الحي"
        assert arfix.repair(short, channel=channel) == "مكتب في الحي"


class TestUnread:
    """Symbols that are seen and cannot be read: said so, and left alone."""

    def test_bullets_are_nothing(self, context: Context) -> None:
        text = "".join(f"\uf0b7{line}\n" for line in ARTICLE.split("\n") if line)
        assert PrivateUse().detect([text], context) is None
        coded = cipher(text, {("ك", "medial"): "\ue123"})
        assert repaired(coded, context) == text
        assert not arfix.explain(coded, ignore=["AR3"]).unrepaired

    def test_they_are_listed(self) -> None:
        text = "جلس على \ue123ال وحده."
        report = arfix.explain(text, ignore=["AR3"])
        assert report.text is text
        assert report.diagnosis.codes == ("AR202",)
        assert [(edit.before, edit.after) for edit in report.unrepaired] == [("\ue123", "\ue123")]
        assert report.unrepaired[0].start == text.index("\ue123")

    def test_they_are_listed_beside_those_that_are_read(self) -> None:
        text = cipher(ARTICLE, {("ك", "medial"): "\ue123"}) + "\nجلس على \ue124ال وحده."
        report = arfix.explain(text, ignore=["AR3"])
        assert report.text == ARTICLE + "\nجلس على \ue124ال وحده."
        assert [report.text[edit.start : edit.end] for edit in report.unrepaired] == ["\ue124"]

    def test_presentation_forms_tell_nothing(self, context: Context) -> None:
        shapes = {"ل": "\ufedf", "م": "\ufee4", "ت": "\ufe98", "ب": "\ufe92", "ه": "\ufeea"}
        drawn = cipher(ARTICLE, {("ك", "medial"): "\ue123"}).translate(str.maketrans(shapes))
        rule = PrivateUse()
        finding = rule.detect([drawn], context)
        assert finding is not None
        assert not finding.detail.channel
        edits = rule.repair(drawn, finding, context)
        assert apply(drawn, edits) == drawn
        assert len(edits) == len([word for word in drawn.split() if "\ue123" in word])
        assert all("\ue123" in edit.before for edit in edits)

    def test_words_that_go_on_in_presentation_forms_stay(self, context: Context) -> None:
        text = cipher(ARTICLE, {("ك", "medial"): "\ue123"})
        odd = "\nعلى \ufee3\ue123ان وم\ue123\ufe98ب"
        assert repaired(text + odd, context) == ARTICLE + odd

    @pytest.mark.parametrize(
        ("count", "kinds", "letters", "codes"),
        [(3_000, 200, 3, 3), (1_000, 64, 4, 2), (2_000, 200, 4, 1)],
        ids=["crowded", "pairs", "one each"],
    )
    def test_a_cipher_is_given_up_soon(
        self, count: int, kinds: int, letters: int, codes: int, context: Context
    ) -> None:
        text = scrambled(count, kinds, letters, codes)
        start = time.process_time()
        assert repaired(text, context) == text
        assert time.process_time() - start < 10

    def test_scrambled_words_beside_sound_ones(self, context: Context) -> None:
        text = ARTICLE + scrambled(1_000, 20, 3, 2)
        assert repaired(text, context) == text


def scrambled(count: int, kinds: int, letters: int, codes: int) -> str:
    """Return words of letters and codes drawn at random."""
    dice = random.Random(count)
    words = []
    for _ in range(count):
        word = [chr(dice.randrange(0x627, 0x63B)) for _ in range(letters)]
        word += [chr(0xE000 + dice.randrange(kinds)) for _ in range(codes)]
        dice.shuffle(word)
        words.append("".join(word))
    return " ".join(words)


@pytest.mark.slow
def test_a_million_codes_of_many_kinds(context: Context) -> None:
    rule = PrivateUse()
    spent = []
    for count in (165_000, 330_000):
        text = scrambled(count, 200, 3, 3)
        start = time.process_time()
        finding = rule.detect([text], context)
        assert finding is not None
        assert apply(text, rule.repair(text, finding, context)) == text
        spent.append(time.process_time() - start)
    assert spent[1] < 2.6 * spent[0]
    assert spent[1] < 20


@pytest.mark.slow
def test_a_million_codes_on_one_line(context: Context) -> None:
    rule = PrivateUse()
    for text in ("كتا\ue001 " * 1_000_000, "ا\ue001" * 1_000_000, "\ue001" * 1_000_000):
        start = time.perf_counter()
        finding = rule.detect([text], context)
        if finding is not None:
            rule.repair(text, finding, context)
        assert time.perf_counter() - start < 30


def test_text_that_is_all_symbols_is_another_matter() -> None:
    assert not is_coded(["\ue000\ue001\ue002 \ue003\ue004 و"])
    assert is_coded(["و\ue000\ue001كتاب"])


def test_any_text_is_accepted(context: Context) -> None:
    for text in ("\ud800\ue000ا\x00", "\ue000\u064b", "\u064b\ue000ب", "ـ\ue000ـ", "لـ\ue000ا"):
        assert isinstance(repaired(text, context), str)


def test_the_sample(shared: Path, context: Context) -> None:
    text = (shared / "samples" / "000_broken.txt").read_bytes().decode()
    lines = [line for line in text.split("\n") if not "\ue000" <= line[:1] <= "\uf8ff"]
    models = Models(context.resources.lexicon, context.resources.letters, context.resources.marks)
    for prior in (True, False):
        solved = {
            found.symbol: found.text
            for found in Solver(collect(lines), models, use_prior=prior).solve()
        }
        assert solved.pop("\ue827") in ("\u0650", "\u0651")
        assert solved == {
            "\ue940": "ك",
            "\ue915": "ي",
            "\ue913": "ى",
            "\ue826": DAMMA,
            "\ue847": FATHATAN,
            "\ue86b": FATHATAN,
        }


def test_decode_keeps_what_it_is_told_to() -> None:
    assert decode("\ue001لم", {}, "")[0] == "\ue001لم"


def test_marks_are_read_in_one_spelling() -> None:
    assert marking_of("شكرًا") == marking_of("شكراً") == ("شكرا", ((3, FATHATAN),))
    assert marking_of("ظن\u064e\u0651") == ("ظن", ((1, "\u0651\u064e"),))


def test_the_table_of_marks(context: Context) -> None:
    table = context.resources.marks
    assert table.log_probability("يعتبر", 0, DAMMA) > table.log_probability("يعتبر", 0, "\u064e")
    share = table.tanween_share("جدا")
    assert share is not None
    assert share > 0.5
    none = table.tanween_share("هذا")
    assert none is not None
    assert none < 0.01
    assert MarkTable().tanween("جدا") is None
