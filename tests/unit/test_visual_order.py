"""Lines that stand in the order in which they were drawn."""

from __future__ import annotations

import pickle
import re
from typing import TYPE_CHECKING

import pytest
from unit.rules import alone, once

from arfix.bidi import visual
from arfix.defects.visual_order import VisualOrder
from arfix.edits import apply

if TYPE_CHECKING:
    from arfix.stages import Context

LINES = [
    "جلس الجد في ظل الشجرة الكبيرة أمام بيته القديم وأخذ يروي للأحفاد حكاية",
    "عن صياد فقير كان يخرج إلى البحر كل صباح قبل طلوع الشمس ولا يعود",
    "إلا بعد أن يجمع من السمك ما يكفي أهل بيته وجيرانه طوال اليوم.",
    "وكان الصياد يحب البحر أكثر من أي شيء آخر في هذه الدنيا،",
    "ويقول لمن يسأله إن البحر صديق قديم لا ينسى من أحسن إليه.",
]


def repaired(text: str, context: Context) -> str:
    return once(VisualOrder(), text, context)


CASES = alone("AR204")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_fixtures(case: dict[str, str], context: Context) -> None:
    assert repaired(case["input"], context) == case["output"]
    assert repaired(case["output"], context) == case["output"]


def test_a_single_line_in_reverse_comes_back(context: Context) -> None:
    assert repaired(visual(LINES[0], "R"), context) == LINES[0]


def test_good_lines_stay_beside_reversed_ones(context: Context) -> None:
    broken = [visual(line, "R") if index % 2 else line for index, line in enumerate(LINES)]
    assert repaired("\n".join(broken), context) == "\n".join(LINES)


def test_numbers_that_touch_words_behind_the_start_of_their_line_are_seen(context: Context) -> None:
    lines = [*LINES, *LINES[:2]]
    gold = [
        (
            "وبقي منهم 60 رجلا يجمعون من الشاطئ ما تركته العاصفة الأخيرة من الشباك والأخشاب، وكان"
            " البحر هادئا كما كان دائما"
        ),
        (
            "وفي عام 2012 عادوا إلى بيوتهم في المساء وهم يحملون ما تركته العاصفة الأخيرة على الشاطئ"
            " كله، وكان البحر هادئا"
        ),
    ]
    for line in gold:
        first, number, last = re.split("([0-9]+)", line)
        lines.append(f"{last[1:]}{number}{first}")
    after = repaired("\n".join(lines), context)
    # The spaces at their borders are for another class.
    assert "".join(after.split()).endswith("".join("".join(gold).split()))


def test_indentation_blank_lines_and_carriage_returns_stay(context: Context) -> None:
    broken = "\r\n\r\n".join(f"   {visual(line, 'R')}  " for line in LINES)
    assert repaired(broken, context) == "\r\n\r\n".join(f"   {line}  " for line in LINES)


def test_codes_of_several_characters_stay_whole(context: Context) -> None:
    broken = "\n".join(visual(line, "R").replace("حب", "(cid:12)") for line in LINES)
    text = repaired(broken, context)
    assert text.count("(cid:12)") == broken.count("(cid:12)")
    assert LINES[0].split()[-3:] == text.split("\n")[0].split()[-3:]


def test_presentation_forms_are_read_through(context: Context) -> None:
    line = "\ufe8d\ufedf\ufe92\ufea4\ufeae \ufebb\ufea9\ufef3\ufed6 \ufe97\ufee4\ufed8"[::-1]
    rest = [visual(line, "R") for line in LINES]
    text = repaired("\n".join([*rest, line]), context)
    assert text.split("\n")[:-1] == LINES


def test_marks_come_back_behind_their_letters(context: Context) -> None:
    line = "ذَهَبَ الوَلَدُ إلى المَدرَسَةِ في الصَّباحِ ثُمَّ عادَ إلى البَيتِ مَعَ أَخيه"
    assert repaired(line[::-1], context) == line


def test_edits_span_no_more_than_what_changed(context: Context) -> None:
    broken = "\n".join(visual(line, "R") for line in LINES)
    rule = VisualOrder()
    finding = rule.detect([broken], context)
    assert finding is not None
    edits = rule.repair(broken, finding, context)
    assert len(edits) == len(LINES)
    for edit in edits:
        assert edit.before[0] != edit.after[0]
        assert edit.before[-1] != edit.after[-1]
        assert 0.5 < edit.confidence < 1.0


def test_what_was_found_travels_to_another_process(context: Context) -> None:
    broken = "\n".join(visual(line, "R") for line in LINES)
    rule = VisualOrder()
    finding = pickle.loads(pickle.dumps(rule.detect([broken], context)))  # noqa: S301 (our own)
    assert apply(broken, rule.repair(broken, finding, context)) == "\n".join(LINES)


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(LINES),
        # names and titles read as well in either order
        "محمد علي\nعلي محمد\nسالم يوسف\nيوسف سالم\nخالد عمر\nعمر خالد",
        # half-lines of a poem
        (
            "يا دار عند النهر هل من خبر    عن صاحب غاب مع الغيم ولم يعد\n"
            "قالت لنا الريح اسألوا عنه الشجر    فالظل يدري أين ينزل من قصد"
        ),
        # dialect
        (
            "والله ما بعرف شو بدي أقولك يا خيي، اليوم كان كتير طويل\n"
            "وبعدين إجا ابن عمي وقعدنا نحكي للفجر وما حدا نام"
        ),
        # vocalised
        "قَالَ الشَّيْخُ لِتَلَامِيذِهِ : مَنْ صَبَرَ عَلَى التَّعَلُّمِ سَاعَةً نَالَ عِزَّ الْعِلْمِ",
        # Persian, Urdu, Kurdish
        (
            "پدرم هر روز صبح زود به باغ می‌رود و گل‌ها را آب می‌دهد.\n"
            "او می‌گوید که گل‌ها هم مانند کودکان به مهربانی نیاز دارند."
        ),
        "میرا بھائی ہر روز صبح سویرے باغ میں جاتا ہے اور پھولوں کو پانی دیتا ہے۔",
        "باوکم هەموو ڕۆژێک زوو دەچێتە باخچەکە و گوڵەکان ئاو دەدات.",
        # a table, a list, code
        "الصنف\tالعدد\tالسعر\nتفاح\t12\t3.50\nخبز\t4\t1.25\nحليب\t7\t2.75",
        "1. افتح الملف data.csv من القائمة\n2. اختر File ثم Export\n3. اضغط Ctrl+S",
        "print('مرحبا')  # تحية\nfor x in range(10): total += x  # المجموع",
        # ordinary mixed text
        (
            "أصدرت شركة Mozilla النسخة 115 من متصفح Firefox في يوليو 2023.\n"
            "ويعمل المتصفح على Windows وLinux وmacOS دون مقابل."
        ),
        "",
        "\n\n",
        "hello world",
        "لا",
    ],
)
def test_healthy_text_is_not_touched(text: str, context: Context) -> None:
    assert VisualOrder().detect([text], context) is None


def test_escapes_of_line_breaks_are_no_latin_words(context: Context) -> None:
    lines = [f'"{first}\\n{last} \\n{first}",' for first in LINES for last in LINES[::2]]
    text = "\n".join(lines)
    assert repaired(text, context) == text


def test_persian_is_put_in_order_and_keeps_its_letters(context: Context) -> None:
    lines = [
        "پدرم هر روز صبح زود به باغ می‌رود و گل‌های آن را آب می‌دهد.",
        "او می‌گوید که گل‌ها هم مانند کودکان به مهربانی نیاز دارند،",
        "و هر کس که با آن‌ها حرف بزند، زیباتر خواهند شد.",
        "مادرم به این سخن می‌خندد، اما خودش نیز هر شب به آن‌ها سر می‌زند.",
    ]
    broken = "\n".join(visual(line, "R") for line in lines)
    text = repaired(broken, context)
    assert sorted(text) == sorted(broken)
    assert text.split("\n") == lines


def test_persian_without_spaces_keeps_letters_that_came_apart(context: Context) -> None:
    pieces = [
        ("نامهایکهدوستمازشهردورنوشتهبودرسیدومنبرایخان", "وادهپدرمخواندم"),
        ("درکناررودخان", "ازدرختانبلندسایهبودوپرندگانآوازمیخواندند"),
        ("پیرمردبرایهم", "مردمروستاداستانهایقدیمیمیگفتوبچههاخوشحالبودند"),
    ]
    broken = "\n".join(f"{first[::-1]} ه\u0654{second[::-1]}" for first, second in pieces)
    text = repaired(broken, context)
    assert text.split("\n") == [f"{first}ه\u0654{second}" for first, second in pieces]


def test_persian_without_spaces_is_turned_by_its_words(context: Context) -> None:
    lines = [
        "پدرمدرسال۱۳۵۰خانهایبزرگخریدوهمهخانوادهخوشحالشدند",
        "مادرمهرروزبرایماداستانهایزیبامیگفت",
    ]
    broken = "\n".join(visual(line, "R") for line in lines)
    assert repaired(broken, context).split("\n") == lines


def test_a_preposition_tells_the_order_of_persian_words(context: Context) -> None:
    lines = [
        "پیرمرد گردو را به پسری داد که از راه دور آمده بود",
        "و در خانه کسی نبود که از پنجره گنجشک را به لانه برگرداند",
        "باران که از شب گذشته شروع شد پل را برای ماشین بست و به باغچه رسید",
        "چراغ را در چادر گذاشتند که از سرما و از گرگ نترسند",
    ]
    broken = "\n".join(" ".join(reversed(line.split())) for line in lines)
    assert repaired(broken, context).split("\n") == lines
    assert VisualOrder().detect(["\n".join(lines)], context) is None
