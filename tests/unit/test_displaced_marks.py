"""Vowel marks beside the letter that they belong to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from unit.rules import once

from arfix.defects.displaced_marks import DisplacedMarks
from arfix.lexicon.marks import MarkTable
from arfix.vowels.moves import ready
from arfix.vowels.places import score

if TYPE_CHECKING:
    from arfix.stages import Context

MARKS = "\u064b-\u0652"
VOCALISED = (
    "خَرَجَ الصَّيَّادُ مِنْ بَيْتِهِ قَبْلَ الفَجْرِ، وَحَمَلَ شَبَكَتَهُ عَلَى كَتِفِهِ.\n"
    "وَحِينَ بَلَغَ الشَّاطِئَ وَجَدَ البَحْرَ هَادِئاً، فَجَلَسَ يَنْتَظِرُ رَفِيقَهُ."
)


def repaired(text: str, context: Context) -> str:
    return once(DisplacedMarks(), text, context)


def same_tanween(text: str) -> str:
    return text.replace("\u064b\u0627", "\u0627\u064b")


def test_marks_before_their_letters(context: Context) -> None:
    broken = re.sub(f"(\\w)([{MARKS}]+)", r"\2\1", VOCALISED)
    assert broken != VOCALISED
    assert same_tanween(repaired(broken, context)) == VOCALISED


def test_marks_one_character_too_late(context: Context) -> None:
    broken = re.sub(f"([{MARKS}]+)([^\n{MARKS}])", r"\2\1", VOCALISED)
    assert same_tanween(repaired(broken, context)) == VOCALISED


def test_spaces_before_the_marks(context: Context) -> None:
    broken = "َق ْو ُل ُه صحيح، َوَق ْو ُلها صحيح"
    assert repaired(broken, context) == "قَوْلُهُ صحيح، وَقَوْلُها صحيح"


def test_a_real_word_break_stays(context: Context) -> None:
    broken = "هذا البيت ُصمم عام 1990 ثم ُبني بعد عام وفي المدينة ُعرف باسمه"
    assert (
        repaired(broken, context) == "هذا البيت صُمم عام 1990 ثم بُني بعد عام وفي المدينة عُرف باسمه"
    )


def test_nunation_cut_off_by_a_space_goes_back(context: Context) -> None:
    broken = "كان العمل صعبا ً جدا ً في أوله، ثم صار سهلا ً بعد شهر"
    gold = "كان العمل صعباً جداً في أوله، ثم صار سهلاً بعد شهر"
    assert repaired(broken, context) == gold


def test_nunation_behind_a_comma_goes_back(context: Context) -> None:
    broken = "بدأ العمل أولا،ً ثم توقف قليلا،ً ثم انتهى."
    assert repaired(broken, context) == "بدأ العمل أولاً، ثم توقف قليلاً، ثم انتهى."


def test_a_hamza_joins_its_letter(context: Context) -> None:
    gold = "أعلن الأمير أن الإدارة الأولى ستبدأ أعمالها في إربد."
    broken = gold.replace("أ", "ا\u0654").replace("إ", "ا\u0655")
    assert repaired(broken, context) == gold


def test_where_hamzas_are_whole_a_loose_one_stays(context: Context) -> None:
    text = "أعلن الأمير أن الإدارة ستبدأ أعمالها، وكتب ا\u0654حمد وا\u0654مين."
    assert repaired(text, context) == text


@pytest.mark.parametrize(
    "text",
    [
        VOCALISED,
        "شكرًا جزيلاً وأهلًا وسهلاً",
        "الاُسرة واُستاذها في الاُردن",
        "اُس نے کہا کہ اُردو اِس ملک کی زبان ہے",
        "بِسْمِ اللَّهِ الرَّحْمَٰنِ الرَّحِيمِ ۝ قُلْ هُوَ اللَّهُ أَحَدٌ",
        "دروازهٔ خانهٔ ما کوچک است",
        "يـُـكـتـبُ هـٰـكـذا",
    ],
)
def test_healthy_marks_stay(text: str, context: Context) -> None:
    assert repaired(text, context) == text


def test_a_persian_hamza_moves_to_its_letter(context: Context) -> None:
    broken = "دروازٔه شهر و دهکدٔه کوچک و نقطٔه دور"
    assert repaired(broken, context) == "دروازهٔ شهر و دهکدهٔ کوچک و نقطهٔ دور"


def test_shadda_and_vowel_keep_their_order(context: Context) -> None:
    text = "البيت ُمقَّدم وُمَنَّظم وُمحَّدد وُمَرَّتب"
    assert "\u0651\u064e" not in text.replace("\u064e\u0651", "")
    assert "\u0651\u064e" not in repaired(text, context)


def test_no_mark_is_lost_or_made(context: Context) -> None:
    broken = re.sub(f"(\\w)([{MARKS}]+)", r" \2\1", VOCALISED)
    after = repaired(broken, context)
    assert sorted(re.findall(f"[{MARKS}]", after)) == sorted(re.findall(f"[{MARKS}]", broken))


def test_spelling_excludes_places() -> None:
    table = MarkTable()
    assert score("كتابا", 4, "\u064b", table) > score("كتابا", 2, "\u064b", table)
    assert score("مدرسة", 3, "\u064e", table) > score("مدرسة", 3, "\u0650", table)
    assert score("قال", 0, "\u064e", table) > score("قال", 1, "\u064e", table)


def test_late_marks_move_over_spaces_and_stops() -> None:
    assert ready("قليلا،\u064b ثم", late=1) == "قليلا\u064b، ثم"


def test_marks_of_known_words_return_from_the_letter_beside(context: Context) -> None:
    broken = "وهذا ما يعُتبر جديدا، ويمُكن أن يعُاد النظر فيه، كما يدُعى إليه الناس"
    gold = "وهذا ما يُعتبر جديدا، ويُمكن أن يُعاد النظر فيه، كما يُدعى إليه الناس"
    assert repaired(broken, context) == gold


def test_one_mark_on_the_letter_beside_is_a_slip(context: Context) -> None:
    text = "وهذا ما يعُتبر جديدا في هذه المدينة الكبيرة، ثمّ إنّ الناس يحبّونه جدّا"
    assert repaired(text, context) == text


def test_two_marks_on_the_letter_beside_are_slips_too(context: Context) -> None:
    # The writer set the others right, by hand as well.
    text = "إنّ الذي يعُتبر جديدا اليوم، ويمُكن أن يتغيّر غدا، ليس هو كلّ ما يهمّ الناس"
    assert repaired(text, context) == text


def test_nunation_at_the_start_of_a_word_comes_from_its_end(context: Context) -> None:
    broken = "سمع مارك ًخبرا عن قلم ًثمينا في بيت ٌقديم"
    after = repaired(broken, context)
    assert "مارك " in after
    assert "قلم " in after
    assert same_tanween(after).split()[2] == "خبراً"


def test_a_persian_hamza_belongs_to_the_heh(context: Context) -> None:
    broken = "و ٔخانه پدر و ٔنامه مادر را دید"
    after = repaired(broken, context)
    assert "خانهٔ" in after
    assert "نامهٔ" in after
    assert "ؤ" not in after


def test_each_seat_of_the_hamza_is_asked_about(context: Context) -> None:
    # The font drew the hamza of the alef apart, and that of the yeh not.
    broken = "قرا\u0654 الا\u0654ب رسائل كثيرة عن مسا\u0654لة الا\u0655رث وطرح اسئلة في قائمة"
    after = repaired(broken, context)
    assert "قرأ الأب" in after
    assert "مسألة الإرث" in after
    assert "قائمة" in after


def test_hamza_on_a_letter_that_carries_none(context: Context) -> None:
    broken = "قال ان\u0654 الوقت ضاق وان\u0655ه سيعود ال\u0655ى البيت"
    # Back on its alef first, one letter with it then.
    after = repaired(repaired(broken, context), context)
    assert after == "قال أن الوقت ضاق وإنه سيعود إلى البيت"


def test_mark_on_a_letter_that_cannot_carry_it(context: Context) -> None:
    broken = "هذه خاصيا\u0651ت مهمة للنظريا\u0651ت التقنيا\u0651ة وعن الشخصيا\u0651ت"
    assert "خاصي\u0651ات" in repaired(broken, context)


def test_replacement_characters_beside_alefs_only_are_maddas(context: Context) -> None:
    text = (
        "رأى الا\ufffdباء الا\ufffdثار في ا\ufffdخر الزقاق " + "وعاد الناس إلى الدار بعد العصر " * 3
    )
    after = repaired(text, context)
    assert "الآباء الآثار في آخر" in after
    assert "\ufffd" not in after


@pytest.mark.parametrize(
    "text",
    [
        # Also beside other letters; in most places where an alef stands; with whole maddas.
        "رأى الا\ufffdباء ال\ufffdقديم في ا\ufffdخر الزقاق " + "وعاد الناس إلى الدار " * 5,
        "ا\ufffdبيت ا\ufffdكبير وا\ufffdشارع ا\ufffdطويل",
        "رأى الا\ufffdباء الا\ufffdثار في ا\ufffdخر الزقاق الآن " + "وعاد الناس إلى الدار " * 5,
    ],
)
def test_other_replacement_characters_are_left(text: str, context: Context) -> None:
    assert repaired(text, context) == text
