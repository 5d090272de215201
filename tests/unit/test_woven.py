"""Lines in which presentation forms and plain letters run different ways."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from unit.shaping import drawn, shaped

from arfix.config import Config
from arfix.defects.presentation_forms import PresentationForms
from arfix.forms import table
from arfix.pipeline import run
from arfix.resources import Resources
from arfix.stages import Context
from arfix.woven import BACKWARDS, FORWARDS, PARTS_TURNED, PLAIN_TURNED, weave_of

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
TEXT = """\
وزع الجار أرزاق الدار على أولاده قبل أن يزورهم زوار البلد
دار حوار طويل حول أسعار الأرز والدقيق واردات الدولة الأخرى
ورد أحدهم أن وزارة الزراعة أوردت أرقاما أدق في الدراسة الأولى
فزاد ذلك قدرا من الود بين أفراد الدار، وأدار الأب رأسه راضيا"""
_PLAIN = re.compile("[\u0621-\u064a\u060c](?:[ \u0621-\u064a\u060c]*[\u0621-\u064a\u060c])?")
_PART = re.compile("[\u0621-\u064a]+\u060c?|[\ufe70-\ufefc]+\u060c?|.", re.DOTALL)


@pytest.fixture(scope="module")
def context() -> Context:
    return Context(config=Config(), resources=Resources.load())


def lone_letters_plain(text: str) -> str:
    """Return shaped text as a font has it whose isolated forms have plain codes."""
    return "".join(
        unicodedata.normalize("NFKC", char)
        if char in table() and not table()[char].before and not table()[char].after
        and len(table()[char].text) == 1
        else char
        for char in text
    )  # fmt: skip


def plain_turned(text: str) -> str:
    """Return text as drawn, stretches of plain letters in order."""
    lines = drawn(text).split("\n")
    return "\n".join(
        _PLAIN.sub(lambda match: match.group()[::-1], lone_letters_plain(line)) for line in lines
    )


def parts_turned(text: str) -> str:
    """Return text with the parts of each word from left to right, each in order."""
    lines = lone_letters_plain(shaped(text)).split("\n")
    return "\n".join("".join(reversed(_PART.findall(line))) for line in lines)


def repaired(text: str, context: Context) -> str:
    result = run([text], context, [PresentationForms()])[0]
    assert result.converged
    return result.text


@pytest.mark.parametrize("turn", [plain_turned, parts_turned])
def test_woven_lines_come_back_in_order(turn: Callable[[str], str], context: Context) -> None:
    woven = turn(TEXT)
    assert woven not in (lone_letters_plain(shaped(TEXT)), lone_letters_plain(drawn(TEXT)))
    assert repaired(woven, context) == TEXT
    assert repaired(TEXT, context) is TEXT


def test_the_joining_tells_which_parts_were_turned() -> None:
    weaves = [weave_of([turn(TEXT)]) for turn in (plain_turned, parts_turned)]
    assert [weave and weave.reading for weave in weaves] == [PLAIN_TURNED, PARTS_TURNED]


@pytest.mark.parametrize("turn", [shaped, drawn])
def test_lines_that_run_one_way_are_not_woven(turn: Callable[[str], str]) -> None:
    assert weave_of([turn(TEXT)]) is None
    assert weave_of([lone_letters_plain(turn(TEXT))]) is None
    assert FORWARDS != BACKWARDS


def test_a_line_of_a_woven_text_that_runs_one_way_stays_so(context: Context) -> None:
    straight = "فتح الرجل دار أخيه ورأى أوراقه"
    text = parts_turned(TEXT) + "\n" + lone_letters_plain(shaped(straight))
    assert repaired(text, context) == f"{TEXT}\n{straight}"


def test_a_few_words_prove_nothing() -> None:
    assert weave_of([parts_turned("دار الوزير")]) is None


def test_brackets_are_as_they_were_written(context: Context) -> None:
    quoted = TEXT.replace("الأب", "«الأب»")
    parts = parts_turned(quoted).translate({0xAB: 0xBB, 0xBB: 0xAB})
    assert repaired(parts, context) == quoted


def test_numbers_stay_whole(context: Context) -> None:
    dated = TEXT.replace("قبل أن", "في 1995 قبل أن")
    parts = parts_turned(dated).replace("5991", "1995")
    assert repaired(parts, context) == dated


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        "قال أحمد: زر دارنا!",
        "وَزَرَ الرَّجُلُ دَارَ أَخِيهِ",
        "این کتاب را دارم و آن را نه",
        "return dict(a=1)  # دار",
        "",
    ],
)
def test_plain_text_is_not_woven(text: str) -> None:
    assert weave_of([text]) is None


def test_the_fixtures_are_these_readings() -> None:
    path = FIXTURES / "AR101.jsonl"
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]
    found = [weave_of([row["input"]]) for row in rows if "-woven-" in row["id"]]
    assert [weave and weave.reading for weave in found] == [PLAIN_TURNED, PARTS_TURNED]
