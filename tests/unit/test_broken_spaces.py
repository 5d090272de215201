"""Words that fell apart or ran together."""

from __future__ import annotations

import lzma
import math
import os
import pickle
import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from unit.rules import alone, once

from arfix.defects.broken_spaces import BrokenSpaces
from arfix.spacing.confidence import JOINED, SPLIT, sure
from arfix.spacing.judge import persian_judge_of
from arfix.spacing.lattice import Border, border
from arfix.spacing.stretches import Stretch, items

if TYPE_CHECKING:
    from arfix.stages import Context

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("ARFIX_SHARED", ROOT.parent / "shared"))


def repaired(text: str, context: Context) -> str:
    rule = BrokenSpaces()
    for _ in range(4):
        after = once(rule, text, context)
        if after == text:
            return text
        text = after
    raise AssertionError("no fixed point")


CASES = alone("AR501")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_fixtures(case: dict[str, str], context: Context) -> None:
    assert repaired(case["input"], context) == case["output"]
    assert repaired(case["output"], context) == case["output"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_nothing_but_spaces_and_breaks_moves(case: dict[str, str], context: Context) -> None:
    found = repaired(case["input"], context)
    assert found.count("\n") == case["input"].count("\n")
    if "stops" not in case["id"]:
        found = found.replace("\u200c", "")  # which takes the place of a space
        assert "".join(found.split()) == "".join(case["input"].split())


TORN = (
    "يعمل المزا رعون في الوا دي، ويزر عون القمح والذر ة في كل عام.\n"
    "وقد اشتر ت الجمعية جرا را جديدا، فصا ر العمل أسر ع مما كان.\n"
)


def test_conjunctions_are_never_cut_off(context: Context) -> None:
    glued = "خرجالناسمنبيوتهموذهبواإلىالسوق.\nواشترىالرجلخبزاولبناوعادإلىأهله.\n" * 2
    words = repaired(glued, context).split()
    assert "وذهبوا" in words
    assert not {"و", "ف", "ب", "ل", "ك"} & set(words)


def test_marks_inside_a_torn_word_stay(context: Context) -> None:
    text = TORN + "هذا مُزا رِع نشيط.\n"
    assert "مُزارِع" in repaired(text, context)


def test_persian_is_put_together_with_its_own_words(context: Context) -> None:
    text = (
        "کشاورز ان روستا هر سال در آغاز بهار زمین را شخم می ز نند. د ختران جوان در کار گاه قالی"
        " کار می کنند و پسران به مد رسه می روند.\n"
        "معلم مد رسه مرد مهربا نی است و د استان های زیبا می خوا ند. پدران و ما دران از کار او"
        " خشنود هستند و از او سپاسگزا ری می کنند."
    )
    found = repaired(text, context)
    assert "کشاورزان روستا" in found
    assert "به مدرسه می\u200cروند" in found
    bare = found.replace("\u200c", "").replace(" ", "")
    assert bare == text.replace(" ", "")


GLUED_PERSIAN = (
    "مادر می‌گوید که باغ پدربزرگ در سال ۱۳۵۰ پر از درخت بود. پرندگان می‌آمدند و آواز می‌خواندند.\n"
    "بچه‌ها نیز هر روز به باغ می‌رفتند. پدربزرگ برای آنان داستان می‌گفت. همه خوشحال بودند.\n"
)


def test_spaces_of_persian_without_spaces_were_joiners(context: Context) -> None:
    broken = GLUED_PERSIAN.replace(" ", "").replace("\u200c", " ")
    found = repaired(broken, context)
    words = found.split()
    assert {"می\u200cگوید", "می\u200cآمدند", "می\u200cگفت."} <= set(words)
    assert "بود." in words
    assert "۱۳۵۰" in words
    assert repaired(found, context).split() == words


def test_stops_in_a_text_with_its_spaces_are_left(context: Context) -> None:
    text = TORN + "قال نعم.ثم سكت.وبعد ذلك قام.وفي المساء عاد. ثم نام. ولم يقل شيئا. ومضى.\n"
    assert "نعم.ثم" in repaired(text, context)


PARTED = (
    "پدر هر روز گل ها را آب می دهد و می گوید که باغچه ای کوچک دارد.\n"
    "بچه ها در کوچه بازی می کنند و نمی دانند که باران گرفته است.\n"
)


def damaged(context: Context, *codes: str) -> Context:
    return replace(context, repaired=frozenset(codes))


def test_affixes_of_a_damaged_persian_text_get_their_joiners_back(context: Context) -> None:
    found = repaired(PARTED, damaged(context, "AR204"))
    for word in ("گل\u200cها", "می\u200cدهد", "باغچه\u200cای", "بچه\u200cها", "نمی\u200cدانند"):
        assert word in found
    assert found.replace("\u200c", " ") == PARTED


@pytest.mark.parametrize("codes", [(), ("AR601",)])
def test_a_writer_who_sets_spaces_at_affixes_keeps_them(
    codes: tuple[str, ...], context: Context
) -> None:
    assert BrokenSpaces().detect([PARTED], damaged(context, *codes)) is None


def test_where_one_joiner_is_left_none_was_lost(context: Context) -> None:
    text = PARTED + "آن\u200cها خوابیده اند."
    assert BrokenSpaces().detect([text], damaged(context, "AR204")) is None


def test_arabic_has_no_joiners(context: Context) -> None:
    text = "جاء في الرسالة أن المي في البئر قليل، وأن ها هنا بئرا أخرى تر الناس عندها.\n" * 3
    assert BrokenSpaces().detect([text], damaged(context, "AR204")) is None


def test_a_long_stretch_is_rather_its_words_than_one_unknown_word(context: Context) -> None:
    judge = persian_judge_of(context.resources)
    words = ["پیرمرد", "از", "کوچه", "گلوچه", "و", "بازار", "رزچان", "به", "باغ", "زردوان", "رفت"]
    apart = sum(judge.unit(word).weight + math.log(0.22) for word in words)
    assert apart > judge.unit("".join(words)).weight


def test_lines_are_not_joined(context: Context) -> None:
    assert repaired(TORN + "المزا\nرعون", context).endswith("المزا\nرعون")


def test_a_word_beside_a_symbol_is_no_piece(context: Context) -> None:
    text = TORN + "قبل ا\ue012ستخدم"
    assert repaired(text, context).endswith("قبل ا\ue012ستخدم")


@pytest.mark.parametrize(
    "text",
    [
        "سافر الحاج عبد الله إلى مكة، ومعه عبدالرحمن وأبو بكر.",  # names are written both ways
        "قال:لا أدري.ثم سكت ومشى وراءهم.",  # a hasty writer
        "ذهب و عاد و أكل و شرب و نام.",
        "راح ع السوق و جاب ف ايده كيس، و قعد ب البيت م الصبح ل الليل.",
        "ذهب في عام 1444هـ إلى القاهرة ثم عاد في 1445هـ وأقام حتى 1446هـ.",
        "أ ب ت ث ج ح خ د ذ ر ز س ش ص ض ط ظ ع غ ف ق ك ل م ن ه و ي",
        "أ\nب\nت\nث\nج\nح\nخ\nد\nذ\nر\nز\nس\nش\nص\nض\nط\nظ\nع\nغ\nف\nق\nك\nل\nم\nن\nه\nو\nي\n" * 2,
        "كتاب لـ «سيبويه» ورسالة لـ«الجاحظ» وقصيدة هـ م.",
        "#لا_للعنف #كلنا_معا #يوم_الأرض",
        "بِسْمِ ٱللَّهِ ٱلرَّحْمَٰنِ ٱلرَّحِيمِ",
        "أَلا لَيتَ الشَبابَ يَعودُ يَومًا\t\tفَأُخبِرَهُ بِما فَعَلَ المَشيبُ",
        "او می گوید که کتاب ها را می خواند و خانه های شهر را می بیند.",
        "وہ روز صبح اسکول جاتا ہے اور شام کو گھر واپس آتا ہے۔",
        "ئەو هەموو ڕۆژێک دەچێتە قوتابخانە و ئێواران دەگەڕێتەوە ماڵ.",
        "x = 1  # العدد\ny = x+1",
        "",
    ],
)
def test_healthy_text_is_no_evidence(text: str, context: Context) -> None:
    assert BrokenSpaces().detect([text], context) is None


def test_a_finding_travels(context: Context) -> None:
    rule = BrokenSpaces()
    finding = rule.detect([TORN], context)
    assert finding is not None
    again = pickle.loads(pickle.dumps(finding))  # noqa: S301
    assert rule.repair(TORN, again, context) == rule.repair(TORN, finding, context)


def test_a_stretch_ends_at_punctuation_and_at_the_line() -> None:
    found = [item for item in items("من هنا، إلى\nهناك") if isinstance(item, Stretch)]
    assert [stretch.letters for stretch in found] == ["منهنا", "إلى", "هناك"]


def test_borders_are_told_apart() -> None:
    (stretch,) = (item for item in items("دار كلا مح ًمد خبر ا") if isinstance(item, Stretch))
    kinds = [border(stretch, start) for start, _ in stretch.words[1:]]
    assert kinds == [Border.LOOSE, Border.LIGATURE, Border.MARK, Border.LOOSE, Border.ALEF]


@pytest.mark.skipif(not SHARED.is_dir(), reason="needs the shared texts")
@pytest.mark.parametrize("name", ["dialect/arzwiki_egyptian", "urdu/ud_udtb", "persian/ud_seraji"])
def test_real_text_is_no_evidence(name: str, context: Context) -> None:
    with lzma.open(SHARED / "eval" / f"{name}.txt.xz", "rt", encoding="utf-8") as lines:
        text = lines.read(40_000)
    assert BrokenSpaces().detect([text], context) is None


def test_vocalised_text_is_not_cut_by_its_marks() -> None:
    (stretch,) = items("وَلَدٌ صَغِيرٌ يَلْعَبُ")
    assert isinstance(stretch, Stretch)
    assert not stretch.marked


def test_mark_beside_a_space_is_told_from_one_further_on() -> None:
    (stretch,) = items("رحلة طويل ةً في البلاد كلها")
    assert isinstance(stretch, Stretch)
    assert border(stretch, stretch.words[2][0]) == Border.MARKED
    assert border(stretch, stretch.words[1][0]) == Border.LOOSE


def test_stops_that_end_the_word_behind_them_are_left(context: Context) -> None:
    # The stop itself has to move, and that is another class's business.
    torn = "يعمل المزا رعون في الو ادي منذ الفجر و يزر عون القمح والشع ير والخضر اوات"
    text = torn + (
        "\nوصل الوزير إلى ،العاصمة وزار الرئيس في ،القصر ثم عاد إلى ،بلاده"
        "\nوتحدث مع الصحفيين عن ،الزيارة وقال إنها كانت ،ناجحة وشكر ،الجميع"
    )
    assert "، العاصمة" not in repaired(text, context)


def test_careless_comment_is_left_as_it_is(context: Context) -> None:
    text = (
        "شكرا لكم على هذا المقال الجميل، وأتمنى أن نرى مصرالجديدة كما يحبها الجميع، وأن"
        " تكون المدارسالحديثة في كل قرية، وأن يعود المهندسونالشباب إلى بلادهم، والله الموفق"
        " لكل خير في هذه الدنيا"
    )
    assert repaired(text, context) == text


def test_word_that_is_none_is_less_sure_than_one_that_is(context: Context) -> None:
    assert sure(-9.0, JOINED) > sure(-18.0, JOINED) > sure(-30.0, JOINED)
    assert sure(-9.0, SPLIT) > sure(-30.0, SPLIT) > 0.0
    finding = BrokenSpaces().detect([TORN], context)
    assert finding is not None
    assert max(e.confidence for e in BrokenSpaces().repair(TORN, finding, context)) >= 0.9


def _letter_by_letter(text: str) -> str:
    return "\n".join(re.findall(r"[0-9]+(?:/[0-9]+)*|\S", text))


def test_numbers_and_brackets_of_letter_lines_hang_where_they_should(context: Context) -> None:
    gold = "صدر القرار الجديد رقم (أ/90) بتاريخ 27/8/1412هـ، قبل وصول الوفد إلى المدينة"
    assert " ".join(repaired(_letter_by_letter(gold), context).split()) == gold


def test_mirrored_brackets_of_letter_lines_keep_their_words(context: Context) -> None:
    text = "صدر القرار الجديد رقم )أ/90( بتاريخ وصول الوفد الكبير إلى المدينة القديمة في المساء"
    assert " ".join(repaired(_letter_by_letter(text), context).split()) == text


def test_words_that_meet_at_the_ends_of_lines_stay_apart(context: Context) -> None:
    # Joined on the line they would be names and words that are written so as well.
    text = (
        "كتب الشيخ عبد\nالله إلى صديقه عبد\nالرحمن رسالة قصيرة عن أبي\nبكر وعن حضر\nموت، وعن ما\n"
        "زال يجري في بعل\nبك وبيت\nلحم، وهو أمر من\nذ زمن بعيد معروف"
    )
    assert repaired(text, context) == text


def test_two_cut_words_are_no_habit(context: Context) -> None:
    text = "قال مدير الشر\nكة إن المد\nينة تحتاج إلى طريق جديد\nوإن العمل فيه سيبدأ قريبا"
    assert repaired(text, context) == text


def test_marks_on_lines_of_their_own_are_for_another_class(context: Context) -> None:
    text = "أ\nَ\nصبح الماء ينزل ببطء\nوقد أ\nَ\nحضر الجد سلة أ\nُ\nخرى وأ\nَ\nكل منها"
    assert repaired(text, context) == text


def test_the_alef_of_nunation_is_no_word(context: Context) -> None:
    text = "دفع التاجر عشرين دينارً ا للبائع، ثم عاد مسرعا إلى بيته."
    assert repaired(text, context) == "دفع التاجر عشرين دينارًا للبائع، ثم عاد مسرعا إلى بيته."


@pytest.mark.parametrize(
    "text",
    ["او ظاهراً این کتاب را خوانده بود", "وہ تقریباً ایک سال وہاں رہا", "قرأ كتاباً أ ثم كتاباً ب"],
)
def test_words_in_alef_behind_nunation_stay(text: str, context: Context) -> None:
    assert repaired(text, context) == text
