"""The order of text in symbols: by the numbers of its codes, and by the words at its symbols."""

from __future__ import annotations

from pathlib import Path

import pytest
from unit.test_unknown_symbols import TEXT, written

import arfix
from arfix.bidi import pdfbox_pass, visual
from arfix.cipher.glance import lacks_glyphs
from arfix.cipher.numbering import is_in_codes, numbered_order
from arfix.cipher.runs import uncut
from arfix.cipher.shelf import LAM_ALEFS, glyphs_in
from arfix.cipher.symbols import is_suspect
from arfix.resources import Resources

DOCUMENTS = Path(__file__).parents[2] / "fixtures" / "documents"
LINES = [
    "جلس الطفل قرب النافذة ينتظر عودة أبيه من الحقل البعيد",
    "وكان القط الصغير ينام في سلة قديمة تحت الكرسي الخشبي",
    "ثم هبت ريح باردة وسقط المطر على سقف البيت طوال المساء",
    "فأشعلت الجدة المصباح وحكت له حكاية الصياد والبحر",
]


@pytest.fixture(scope="module")
def resources() -> Resources:
    return Resources.load()


def in_codes(lines: list[str]) -> list[str]:
    """Return lines in codes numbered by first use, one code for each letter."""
    key: dict[str, str] = {}

    def code(char: str) -> str:
        return char if char in " او" else key.setdefault(char, chr(0xE000 + len(key)))

    return ["".join(map(code, line)) for line in lines]


@pytest.mark.parametrize("extract", [lambda line: line[::-1], lambda line: pdfbox_pass(line[::-1])])
def test_the_numbers_of_the_codes_tell_the_order(extract) -> None:  # type: ignore[no-untyped-def]
    right = in_codes(LINES)
    broken = [extract(line) for line in right]
    order = numbered_order(["\n".join(broken)])
    restored = [order.get(line, (line, 0.0))[0] for line in broken]
    assert sum(a == b for a, b in zip(restored, right, strict=True)) >= 2


def test_lines_in_order_stay() -> None:
    assert numbered_order(["\n".join(in_codes(LINES))]) == {}


def test_a_text_in_letters_is_not_in_codes() -> None:
    assert not is_in_codes(["\n".join(LINES) + "\ue001" * 20])


def test_a_line_cut_at_every_symbol_is_put_in_order(resources: Resources) -> None:
    words = (DOCUMENTS / "news_railway.txt").read_text(encoding="utf-8").split()
    text = [" ".join(words[at : at + 12]) for at in range(0, 240, 12)]
    text = [line for line in text if not any(char.isdigit() for char in line)]
    coded = [f"{line} ".replace("ى ", "\ue001 ").replace("ي ", "\ue002 ") for line in text]
    coded = [line.rstrip() for line in coded]
    # An extractor that takes the symbols for Latin letters.
    cut = ["".join(_turned(line)) for line in coded]
    found = uncut(["\n".join(cut)], resources)
    assert found
    restored = [found.get(line, (line, 0.0))[0] for line in cut]
    assert sum(a == b for a, b in zip(restored, coded, strict=True)) > 0.9 * len(coded)
    assert uncut(["\n".join(coded)], resources) == {}


def _turned(line: str) -> list[str]:
    pieces = [""]
    for char in line:
        if char >= "\ue000":
            pieces += [char, ""]
        else:
            pieces[-1] += char
    return pieces[::-1]


@pytest.mark.parametrize(
    "text",
    [
        "مساحة البيت ١٥٠ م² وارتفاعه ٣ م",
        "#جمعة_مباركة على الجميع",
        r"السطر الأول\nالسطر الثاني\nالسطر الثالث",
        "لمزيد من المعلومات راجع الموقع example.com أو اتصل بنا",
    ],
)
def test_signs_and_tags_are_no_symbols(text: str) -> None:
    assert not is_suspect((text,))


def test_symbols_are_suspect() -> None:
    assert is_suspect(("الم(cid:7)تبة",))
    assert is_suspect(("المéتبة الéبيرة وéتب",))


def test_a_lam_alef_in_one_letter_does_not_join_on() -> None:
    word = f"س{LAM_ALEFS['لا']}م"
    assert [form for _, form in glyphs_in(word)] == ["initial", "final", "isolated"]


def test_a_text_without_a_common_letter_lacks_glyphs() -> None:
    text = " ".join(LINES * 8)
    assert lacks_glyphs([text.replace("ل", "م")])


def test_the_page_is_drawn_and_read_back() -> None:
    line = in_codes(LINES)[0]
    assert visual(visual(line, "R", private="AL"), "R", private="AL") == line


def put_before(line: str) -> str:
    """Return a line as a tool leaves it that puts right-to-left letters before what it has."""
    out = text = ""
    right = False
    for char in line:
        if char <= "/" or ":" <= char <= "@":
            text = char + text if right else text + char
            continue
        if ("\u0590" <= char <= "\u08ff") != right:
            out, text, right = out + text, "", not right
        text = char + text if right else text + char
    return out + text


KAF_YEH = {("ك", "medial"): "\u01dd", ("ي", "final"): "\u01bf"}
LAM_REH = {("ل", "medial"): "\u01dd", ("ر", "final"): "\u01bf"}


@pytest.mark.parametrize("glyphs", [KAF_YEH, LAM_REH])
def test_stretches_in_reverse_between_symbols(glyphs: dict[tuple[str, str], str]) -> None:
    broken = "\n".join(map(put_before, written(TEXT, glyphs).split("\n")))
    repaired = arfix.repair(broken)
    wrong = sum(one != other for one, other in zip(repaired.split(), TEXT.split(), strict=True))
    assert wrong <= 4


def test_lines_in_reverse_with_symbols_are_left_to_others(resources: Resources) -> None:
    coded = written(TEXT, KAF_YEH)
    assert uncut(["\n".join(line[::-1] for line in coded.split("\n"))], resources) == {}
