"""What is to be done with a text, judged as it comes out of the repair."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from unit.shaping import shaped

import arfix
from arfix.coherence import coherence, put_in
from arfix.corrupt import erase_text
from arfix.glyphs import Glyph
from arfix.report import Diagnosis
from arfix.resources import Resources
from arfix.verdict import KEEP, NEEDS_OCR, RE_EXTRACT, REFUSED, REPAIR, judge, read_signs

if TYPE_CHECKING:
    from collections.abc import Callable

ARTICLE = """\
في آخر الشارع الضيق ورشة صغيرة لإصلاح الساعات، فتحها جد العائلة قبل ثمانين عاما ولم تغلق
يوما واحدا إلا في الأعياد. على الجدران عشرات الساعات، كل واحدة منها تدق في وقتها، فلا تمر
دقيقة من غير صوت. يجلس الحفيد خلف طاولة خشبية قديمة، ويفتح الغطاء الخلفي بملقط دقيق، ثم ينظر
طويلا قبل أن يلمس أي قطعة. يقول إن الساعة مثل الإنسان، تتعب إذا أهملها صاحبها، وتتعافى إذا
وجدت من يفهمها. يأتيه الزبائن من القرى المجاورة، وبعضهم يحمل ساعة ورثها عن أبيه ولا يعرف متى
توقفت. لا يأخذ الحفيد أجرا من كبار السن، ويكتفي بكوب من الشاي وحكاية عن صاحب الساعة الأول.
في الأسبوع الماضي أصلح ساعة حائط كبيرة كانت في محطة القطار، وسمع أهل المدينة دقاتها بعد صمت
دام عشرين سنة، فخرج بعضهم إلى الشرفات وصفقوا له طويلا، وبكى الحارس العجوز الذي كان يملؤها كل
صباح."""
PERSIAN = """\
در انتهای کوچه کارگاه کوچکی برای تعمیر ساعت هست که پدربزرگ خانواده هشتاد سال پیش باز کرد و
هیچ روزی جز عیدها بسته نشد. روی دیوارها ده‌ها ساعت است و هر کدام در وقت خود زنگ می‌زند و
دقیقه‌ای بی صدا نمی‌گذرد. نوه پشت میز چوبی کهنه می‌نشیند و در پشتی را با انبرک باز می‌کند و
پیش از آن که به چیزی دست بزند زمانی دراز نگاه می‌کند. می‌گوید ساعت مانند انسان است و اگر
صاحبش به آن نرسد خسته می‌شود."""
URDU = """\
گلی کے آخر میں گھڑیوں کی مرمت کی ایک چھوٹی سی دکان ہے جو دادا نے اسی برس پہلے کھولی تھی اور
عید کے سوا کبھی بند نہیں ہوئی۔ دیواروں پر درجنوں گھڑیاں لگی ہیں اور ہر ایک اپنے وقت پر بجتی
ہے۔ پوتا لکڑی کی پرانی میز کے پیچھے بیٹھتا ہے اور باریک چمٹی سے ڈھکن کھولتا ہے، پھر کسی پرزے
کو چھونے سے پہلے دیر تک دیکھتا ہے۔"""
KURDISH = """\
لە کۆتایی کۆڵانەکەدا کارگەیەکی بچووک هەیە بۆ چاککردنەوەی کاتژمێر کە باپیرەی خێزانەکە هەشتا
ساڵ لەمەوبەر کردوویەتیەوە و هیچ ڕۆژێک دانەخراوە جگە لە جەژنەکان. لەسەر دیوارەکان دەیان
کاتژمێر هەن و هەر یەکەیان لە کاتی خۆیدا لێدەدات. کوڕەزاکە لە پشت مێزێکی دارینی کۆن دادەنیشێت
و بە وردی سەیری دەکات."""
DIALECT = """\
في اخر الشارع في ورشة صغيرة بتصلح الساعات فتحها جدهم من تمانين سنة وما سكرتش ولا يوم غير في
العيد. عالحيطان ساعات كتير وكل وحدة بتدق بوقتها وما بتعدي دقيقة من غير صوت. قاعد الولد ورا
الطاولة القديمة وبيفتح الغطا وبعدين بيبص شوية قبل ما يمسك اي حاجة. بيقول الساعة زي البني ادم
بتتعب لو صاحبها مش سائل فيها."""
VOCALISED = """\
فِي آخِرِ الشَّارِعِ وَرْشَةٌ صَغِيرَةٌ لِإِصْلَاحِ السَّاعَاتِ، فَتَحَهَا الْجَدُّ قَبْلَ
ثَمَانِينَ عَامًا وَلَمْ تُغْلَقْ يَوْمًا وَعَلَى الْجُدْرَانِ سَاعَاتٌ كَثِيرَةٌ تَدُقُّ
كُلُّ وَاحِدَةٍ مِنْهَا فِي وَقْتِهَا فَلَا تَمُرُّ دَقِيقَةٌ مِنْ غَيْرِ صَوْتٍ"""
CODE = "def repair(text):\n    # يعيد النص\n    return text.translate({0x640: None})\n" * 8
TABLE = "\n".join(f"أ {n}\tساعة حائط\t{n * 7}\tب" for n in range(20))
LIST = "\n".join(f"{letter} - كتاب رقم {n}" for n, letter in enumerate("أبجدهوزحطيكلمنسعفصقرشت"))
HEALTHY = [ARTICLE, PERSIAN, URDU, KURDISH, DIALECT, VOCALISED, CODE, TABLE, LIST]
HEALTHY += ["", "12 / 2024", "plain English " * 40, "كلمة", "\ue0b0 main \ue0b0 ~/src", "😀" * 90]


@pytest.fixture(scope="module")
def resources() -> Resources:
    return Resources.load()


def wrong_map(text: str) -> str:
    """Let a font call each letter by the name of another."""
    letters = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
    mixed = list(letters)
    random.Random(7).shuffle(mixed)
    return text.translate(str.maketrans(letters, "".join(mixed)))


def scattered(text: str) -> str:
    """Set every letter by itself."""
    return " ".join(char for char in text if not char.isspace())


def without_meaning(text: str) -> str:
    """Name most glyphs by their number, as a file without a map has it."""
    return "".join(
        f"(cid:{ord(char) % 97})" if char in "اليمونرتبفسعدقهك" else char for char in text
    )


def private(text: str) -> str:
    """Put every letter where no one knows what it is."""
    return "".join(chr(0xE000 + ord(char) % 200) if char.isalpha() else char for char in text)


@pytest.mark.parametrize("text", HEALTHY, ids=range(len(HEALTHY)))
@pytest.mark.parametrize("found", [False, True])
def test_healthy_text_is_never_refused(text: str, found: bool, resources: Resources) -> None:
    assert judge([text], resources, found=found) == (REPAIR if found else KEEP, ())


@pytest.mark.parametrize("text", [ARTICLE, PERSIAN], ids=["arabic", "persian"])
@pytest.mark.parametrize(
    ("damage", "verdict", "reason"),
    [
        (wrong_map, RE_EXTRACT, "unknown-words"),
        (scattered, RE_EXTRACT, "single-letters"),
        (
            lambda text: "\n".join(line[::-1] for line in text.split("\n")),
            RE_EXTRACT,
            "unknown-words",
        ),
        (without_meaning, NEEDS_OCR, "unknown-symbols"),
        (private, NEEDS_OCR, "unknown-symbols"),
        (lambda text: "\u25a0" * len(text), NEEDS_OCR, "unknown-symbols"),
    ],
    ids=["wrong map", "scattered", "reversed", "numbers", "private", "boxes"],
)
def test_what_is_no_text_is_refused_by_name(
    text: str,
    damage: Callable[[str], str],
    verdict: str,
    reason: str,
    resources: Resources,
) -> None:
    found, reasons = judge([damage(text)], resources, found=True)
    assert found == verdict
    assert reason in reasons


def test_few_words_prove_nothing(resources: Resources) -> None:
    assert judge(["زخرف صغ طم"], resources, found=True) == (REPAIR, ())
    assert judge(["\ue001 \ue002 \ue003"], resources, found=False) == (KEEP, ())


def test_letters_that_no_language_has_do_not_pass_for_a_language(resources: Resources) -> None:
    strange = ARTICLE.translate(
        str.maketrans("اليمونر", "\u06a2\u06a3\u06b0\u068e\u06b2\u06b4\u0690")
    )
    assert judge([strange], resources, found=True)[0] in REFUSED


def test_a_part_of_a_long_text_stands_for_it(resources: Resources) -> None:
    signs = read_signs([ARTICLE] * 400, resources)
    assert signs.words < 20_000
    assert judge([wrong_map(ARTICLE)] * 400, resources, found=True)[0] == RE_EXTRACT


def test_a_repair_that_did_not_end_is_named(resources: Resources) -> None:
    verdict = judge([wrong_map(ARTICLE)], resources, found=True, settled=False)
    assert verdict == (RE_EXTRACT, ("unknown-words", "not-settled"))


def test_the_text_is_judged_as_repaired() -> None:
    diagnosis = arfix.diagnose(shaped(ARTICLE))
    assert diagnosis.codes[:1] == ("AR101",)
    assert (diagnosis.verdict, diagnosis.reasons, diagnosis.refused) == (REPAIR, (), False)
    assert diagnosis.to_text().endswith("\nverdict: repair")


def test_diagnose_and_explain_agree() -> None:
    text = private(ARTICLE)
    diagnosis = arfix.diagnose(text)
    assert diagnosis.refused
    assert bool(diagnosis)
    assert diagnosis == arfix.explain(text).diagnosis
    assert (
        diagnosis.to_text().split("\n")[-1]
        == f"verdict: needs-ocr ({', '.join(diagnosis.reasons)})"
    )


def test_nothing_wrong_is_kept() -> None:
    diagnosis = arfix.diagnose(ARTICLE)
    assert (diagnosis.verdict, bool(diagnosis)) == (KEEP, False)


def test_the_verdict_survives_json() -> None:
    diagnosis = Diagnosis((), 9, RE_EXTRACT, ("unknown-words",))
    assert Diagnosis.from_json(diagnosis.to_json()) == diagnosis
    old = '{"format": 1, "words": 3, "findings": []}'
    assert Diagnosis.from_json(old) == Diagnosis(words=3)


def mixed(text: str) -> str:
    words = text.split()
    random.Random(5).shuffle(words)
    return " ".join(words)


def test_sentences_make_sense_of_words(resources: Resources) -> None:
    sense = [coherence([text], resources) for text in (ARTICLE, mixed(ARTICLE), DIALECT, PERSIAN)]
    told = [value for value in sense if value is not None]
    assert len(told) == 4
    assert told[0] > 2 > 1 > max(told[1:])
    assert coherence(["كلمة واحدة لا تكفي"], resources) is None


def test_letters_put_in_are_told_from_letters_moved() -> None:
    assert put_in([ARTICLE], [mixed(ARTICLE)]) == 0
    assert put_in([ARTICLE], [ARTICLE[: len(ARTICLE) // 2]]) == 0
    assert put_in([shaped(ARTICLE)], [ARTICLE]) == 0
    assert put_in(["م ك ت"], ["مكتب في بيت"]) == pytest.approx(6 / 9)


def test_words_made_of_crumbs_are_refused(resources: Resources) -> None:
    # Every word is a word, and none has to do with the next; a third of the letters are new.
    made = mixed(ARTICLE)
    crumbs = "".join(letter for number, letter in enumerate(made) if number % 3)
    assert judge([made], resources, found=True)[0] == REPAIR
    assert judge([made], resources, found=True, before=[crumbs]) == (
        RE_EXTRACT,
        ("no-sentences",),
    )
    assert judge([made], resources, found=False, before=[crumbs])[0] == KEEP


@pytest.mark.parametrize("text", [ARTICLE, DIALECT], ids=["article", "dialect"])
def test_letters_put_back_into_sentences_are_no_reason(text: str) -> None:
    broken, _ = erase_text(text, frozenset({Glyph("ي", "final"), Glyph("ا", "final")}))
    assert arfix.diagnose(broken).verdict in (KEEP, REPAIR)


def test_sentences_in_another_language_are_not_judged(resources: Resources) -> None:
    crumbs = PERSIAN.replace("ا", "").replace("ی", "")
    assert judge([PERSIAN], resources, found=True, before=[crumbs])[0] == REPAIR
