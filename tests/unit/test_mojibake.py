"""Arabic bytes that were read in another encoding."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from unit.rules import alone, settled

from arfix.defects.mojibake import Mojibake

if TYPE_CHECKING:
    from arfix.stages import Context

TEXT = """\
وصلت الرسالة الأولى في صباح بارد، وفيها 3 أسئلة:
من كتبها؟ ولماذا؛ وأين المفتاح الصغير؟
اسم الملف: letter_02.txt"""
PERSIAN = "نامه در یک صبح سرد رسید و هیچ کس ندانست چه کسی آن را نوشته است"
URDU = "یہ خط ایک سرد صبح کو آیا تھا"


def repaired(text: str, context: Context) -> str:
    return settled(Mojibake(), text, context)


def misread(text: str, wrong: str, right: str = "utf-8") -> str:
    """Read bytes in the wrong encoding, undefined ones as the control characters that they are."""
    out = []
    for byte in text.encode(right):
        try:
            out.append(bytes([byte]).decode(wrong))
        except UnicodeDecodeError:
            out.append(chr(byte))
    return "".join(out)


CASES = alone("AR105")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_fixtures(case: dict[str, str], context: Context) -> None:
    assert repaired(case["input"], context) == case["output"]
    assert repaired(case["output"], context) is case["output"]


@pytest.mark.parametrize("text", [TEXT, PERSIAN, URDU, "سلام عليكم"])
@pytest.mark.parametrize("wrong", ["cp1252", "latin-1", "mac_roman", "cp1256"])
def test_utf8_comes_back_from_every_reading(text: str, wrong: str, context: Context) -> None:
    assert repaired(misread(text, wrong), context) == text


@pytest.mark.parametrize("right", ["cp1256", "iso8859_6"])
@pytest.mark.parametrize("wrong", ["cp1252", "latin-1"])
def test_a_byte_a_letter_comes_back(wrong: str, right: str, context: Context) -> None:
    assert repaired(misread(TEXT, wrong, right), context) == TEXT


def test_the_commoner_word_decides_between_two_pages(context: Context) -> None:
    # Under the ISO page the same bytes are words as well, rare ones.
    assert repaired("\u00d3\u00e1\u00c7\u00e3 \u00d3\u00e1\u00c7\u00e3", context) == "سلام سلام"


def test_misread_twice_is_read_back_twice(context: Context) -> None:
    assert repaired(misread(misread(TEXT, "cp1252"), "cp1252"), context) == TEXT


def test_quotation_marks_and_french_of_the_same_bytes_come_back_too(context: Context) -> None:
    text = "قال “نعم” في café القديم، ثم خرج إلى الشارع"
    assert repaired(misread(text, "cp1252"), context) == text


def test_french_words_stay_among_letters_of_a_code_page(context: Context) -> None:
    text = "وصلت الرسالة الأولى في صباح بارد من café إلى Zoë"
    assert repaired(misread(text, "cp1252", "cp1256"), context) == text


def test_a_line_with_a_lost_byte_is_left_whole(context: Context) -> None:
    lines = misread(TEXT, "cp1252").split("\n")
    lines[1] = lines[1][:3] + lines[1][4:]
    out = repaired("\n".join(lines), context).split("\n")
    assert out[1] == lines[1]
    assert out[0] == TEXT.split("\n")[0]


def test_arabic_that_was_read_well_stays_beside_it(context: Context) -> None:
    title = "عنوان الصفحة"
    assert repaired(f"{title}\n{misread(TEXT, 'cp1252')}", context) == f"{title}\n{TEXT}"
    assert repaired(f"{title}\n{misread(TEXT, 'cp1256')}", context) == f"{title}\n{TEXT}"


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        PERSIAN,
        URDU,
        "L'été dernier, où étiez-vous ? À Noël, çà et là, œuvre créée",
        "Größe, Übermäßig, Straße, ÄÖÜäöüß",
        "Þórður sló æðarfuglinn á Ísafirði; öðruvísi mér áður brá",
        "Nguyễn Ái Quốc đã đến Hà Nội; ưu tiên hàng đầu",
        "Øl og smørrebrød på Østerbro, Ærø",
        "ÀÈÌÒÙ ÂÊÎÔÛ ÃÕÑ",
        "Óêðà¿íà òà ¿¿ ìîâà",
        "ظ§ ط±",
        "الظل والطول في وسط الطريق: ظلط طظ",
        "§ 12 ± 3 µm ¼",
        "\x85\x91",
        "",
        "قِفا نَبكِ مِن ذِكرى حَبيبٍ وَمَنزِلِ",
    ],
)
def test_healthy_text_stays(text: str, context: Context) -> None:
    assert repaired(text, context) is text
