"""Lines cut where the font changes, inside words, and their pieces put in order."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from arfix.defects.bidi_cut import BidiCut
from arfix.edits import apply
from arfix.order.scoring import shared
from arfix.order.word_halves import whole_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from arfix.stages import Context

MARKED = (
    "حضر المعلّم إلى المدرسة في الصباح ثم رتّب الكتب الجديدة فوق الرفّ الطويل",
    "وبعد الدرس الأول قدّم الطلاب عرضا عن الطيور المهدّدة في هذه المنطقة",
    "وفي نهاية اليوم قرّر المدير أن يشجّع هذه الفكرة في السنوات القادمة",
    "ثم عاد الجميع إلى بيوتهم قبل أن تغيب الشمس خلف الجبال",
)
WITH_NUMBERS = "وصل العدد في سنة 2015 إلى مئتي طالب وقدّم لهم مكتب المدينة 40 جهازا للتعلّم"
#: Where a line is cut: inside words.
PLAIN = (
    "زار الوزير صباح أمس مستشفى المد|ينة واطلع على أقسام الطوارئ والجراحة",
    "وقال إن الحكومة ستبني ثلاثة مستش|فيات جديدة في المحاف|ظات البعيدة خلال عامين",
    "وطلب من الأطباء أن يكتبوا تقر|يرا عن حاجاتهم وعن الأجهزة القديمة",
    "وشكر المم|رضات على عملهن الطويل في أيام المرض وفي ليالي الش|تاء الباردة",
    "ثم غادر الوفد المدينة في المساء عائدا إلى العاصمة",
)
PERSIAN = (
    "نامه‌ای که دیروز ر|سیده بود روی میز کتابخانه ماند و کسی آن را نخواند",
    "صاحب خانه از باز|گشت برادرش خوشحال شد و برای او غذای گرمی آورد",
    "در آن سال زمستان بسیار سخت بود و راه‌های کوه|ستان چند ماه بسته شد",
    "مردم ده برای گذراندن رو|زها کنار آتش می‌نشستند و داستان می‌گفتند",
)
HAMZAS = (
    "دیروز نامهٔ دوست قدیم من پس از چند ماه به خانهٔ پدربزرگ رسید",
    "دفترچهٔ کوچک او روی میز کتابخانهٔ مدرسه مانده بود و کسی آن را نخواند",
    "همهٔ مردم ده برای دیدن مسابقهٔ بزرگ به کنار رودخانهٔ شهر رفتند",
    "زمستان آن سال بسیار سخت بود و راه بسته شد",
)


def repaired(text: str, context: Context) -> str:
    rule = BidiCut()
    finding = rule.detect([text], context)
    return text if finding is None else apply(text, rule.repair(text, finding, context))


def at_marks(line: str) -> str:
    """Return the pieces between marks, and the marks, last to first."""
    return "".join(reversed(re.split("([\u064b-\u0652])", line)))


def backwards(line: str, between: str = " ") -> str:
    return between.join(reversed(line.split("|")))


def whole(lines: Sequence[str]) -> str:
    return "\n".join(lines).replace("|", "")


def test_cut_at_each_mark(context: Context) -> None:
    assert repaired("\n".join(map(at_marks, MARKED)), context) == whole(MARKED)


def test_numbers_stay_between_the_pieces(context: Context) -> None:
    parts = re.split(r"(\d+)", WITH_NUMBERS)
    cut = "".join(part if part.isdigit() else at_marks(part) for part in parts)
    assert repaired("\n".join((*map(at_marks, MARKED), cut)), context).endswith(WITH_NUMBERS)


@pytest.mark.parametrize("between", [" ", ""])
def test_cut_inside_words(between: str, context: Context) -> None:
    broken = "\n".join(backwards(line, between) for line in PLAIN)
    assert repaired(broken, context) == whole(PLAIN)


def test_words_do_not_tell_where_persian_was_cut(context: Context) -> None:
    broken = "\n".join(map(backwards, PERSIAN))
    assert BidiCut().detect([broken], context) is None


def test_persian_cut_at_its_hamzas(context: Context) -> None:
    # A heh and its hamza are one glyph, of which the hamza is left; no letter is made.
    lines = [line.replace("\u0647\u0654", "\u0654") for line in HAMZAS]
    cut = ["".join(reversed(re.split("(\u0654)", line))) for line in lines]
    assert repaired("\n".join(cut), context) == whole(lines)


def test_what_is_repaired_is_left(context: Context) -> None:
    for lines in (MARKED, PLAIN):
        assert BidiCut().detect([whole(lines)], context) is None


def test_words_that_fell_apart_are_for_others(context: Context) -> None:
    apart = whole([line.replace("|", " ") for line in PLAIN])
    assert BidiCut().detect([apart], context) is None


def test_words_in_reverse_are_for_others(context: Context) -> None:
    turned = "\n".join(" ".join(line.replace("|", " ").split()[::-1]) for line in PLAIN)
    assert BidiCut().detect([turned], context) is None


def test_one_line_proves_nothing(context: Context) -> None:
    lines = [backwards(PLAIN[1]), *(line.replace("|", "") for line in PLAIN[2:])]
    assert BidiCut().detect(["\n".join(lines)], context) is None


def test_halves_that_follow_one_another_fell_apart(context: Context) -> None:
    scorer = shared(context.resources)
    assert whole_words(["فيات", "جديدة", "في", "المدينة", "وستبني", "مستش"], scorer)[0] == {
        "مستشفيات"
    }
    assert whole_words(["وستبني", "مستش", "فيات", "جديدة", "في", "المدينة"], scorer) == (set(), 1)


@pytest.mark.parametrize(
    "text",
    [
        # Names and words in no list.
        (
            "التقى كوفاتشيفيتش وبرزيبيلسكي في زغرب\nثم سافر شفاينشتايغر إلى غدانسك\n"
            "وعاد بوروشنكو مع ياتسينيوك إلى دنيبرو\nوقال تيموشينكو إن زيلينسكي لن يأتي"
        ),
        # Dialect, with spaces in words.
        (
            "ايه ده يا عم انت مش عارف تعمل حاجه\nو الله ما شفتهوش من ساعة ما مشي\n"
            "قلتله يجيلي بكره الصبح بدري اوي\nو ما جاش لحد دلوقتي"
        ),
        # Verse with all its marks.
        "وَلِي قَلْبٌ إِذَا هَبَّتْ نَسِيمٌ\nتَذَكَّرَ عَهْدَهُ وَبَكَى زَمَانَا\nوَإِنْ مَرَّتْ بِهِ رِيحُ الصَّبَا\nتَنَهَّدَ ثُمَّ أَطْرَقَ وَاسْتَكَانَا",
        # A table.
        "ق ١٢ ر ٥ م\nج ٤٠ ب ٧ ل\nص ٩ د ٣ ن\nع ١١ ف ٢ ك",
    ],
)
def test_healthy_text_is_left(text: str, context: Context) -> None:
    assert BidiCut().detect([text], context) is None
