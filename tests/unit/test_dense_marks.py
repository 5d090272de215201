"""Marks of fully vocalised words, and lines cut at a glyph without a letter."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from arfix import Repairer
from arfix.defects.bidi_cut import BidiCut
from arfix.edits import apply
from arfix.vowels.dense import aligned, is_shifted, shadda_symbol

if TYPE_CHECKING:
    from arfix.stages import Context

MARKS = "\u064b-\u0650\u0652"
VOCALISED = (
    "ذَهَبَتْ سَلْمَى إِلَى الْحَقْلِ قَبْلَ شُرُوقِ الشَمْسِ، وَحَمَلَتْ مَعَهَا خُبْزًا وَجُبْنًا وَمَاءً بَارِدًا.\n"
    "وَجَلَسَتْ تَحْتَ شَجَرَةٍ كَبِيرَةٍ تَسْمَعُ غِنَاءَ الْعَصَافِيرِ، وَتَقْرَأُ كِتَابًا قَدِيمًا عَنْ أَخْبَارِ الْبِلَادِ.\n"
    "وَكَانَ أَبُوهَا يَعْمَلُ بَيْنَ الْأَشْجَارِ حَتَى غَابَ النَهَارُ وَعَادَا مَعًا إِلَى الْبَيْتِ الصَغِيرِ."
)
#: Narrow letters, before which the mark of the letter before starts too late.
NARROW = "اأإلرزدذوينتب"
CUT = "\x00"


def shifted(text: str) -> str:
    """Return a text with the marks before narrow letters behind these."""
    return re.sub(f"([{MARKS}])([{NARROW}])(?=[ء-ي{MARKS}])", r"\2\1", text)


def same_tanween(text: str) -> str:
    return text.replace("\u064b\u0627", "\u0627\u064b")


def test_marks_behind_narrow_letters_come_back() -> None:
    broken = shifted(VOCALISED)
    assert is_shifted([broken])
    words = list(zip(broken.split(), VOCALISED.split(), strict=True))
    wrong = sum(same_tanween(was) != same_tanween(word) for was, word in words)
    left = sum(same_tanween(aligned(was)) != same_tanween(word) for was, word in words)
    assert left < 0.25 * wrong


@pytest.mark.parametrize(
    "text",
    [
        VOCALISED,
        "بِسْمِ ٱللَّهِ ٱلرَّحْمَٰنِ ٱلرَّحِيمِ",
        "أَلا لَيتَ الشَبابَ يَعودُ يَومًا فَأُخبِرَهُ بِما فَعَلَ المَشيبُ",
        "قُلْ يَا أَخِي مَنْ عَلَّمَكَ هَذَا؟ قَالَ: عَلَّمَنِي الَّذِي خَلَقَ السَّمَاءَ.",
        "هذا نصّ فيه شدّة وضمّة لُغةً لا أكثر",
    ],
)
def test_healthy_marks_are_no_evidence(text: str) -> None:
    assert not is_shifted([text])
    assert not is_shifted([text * 12])


@pytest.mark.parametrize("word", VOCALISED.split())
def test_sound_words_are_left(word: str) -> None:
    assert aligned(word) == word


def test_a_symbol_is_shadda_only_where_a_vocalised_text_has_none() -> None:
    broken = VOCALISED.replace("ل", "ل\x00", 9)
    assert shadda_symbol([broken]) == "\x00"
    assert shadda_symbol([broken + " ثمّ"]) == ""
    assert shadda_symbol([re.sub(f"[{MARKS}]", "", broken)]) == ""


def repaired(text: str, context: Context) -> str:
    rule = BidiCut()
    finding = rule.detect([text], context)
    return text if finding is None else apply(text, rule.repair(text, finding, context))


LINES = (
    f"حضر المعل{CUT}مون إلى المدرسة الجديدة قبل الصباح",
    f"ثم قد{CUT}م المدير هدايا كثيرة للطلاب المتفو{CUT}قين في الامتحان",
    f"وقال إن المكت{CUT}بة ستفتح أبوابها بعد شهر واحد",
    f"وسوف يتعل{CUT}م الأطفال القراءة والكتابة في وقت قصير",
)


def cut(line: str, *, opens: bool) -> str:
    pieces = line.split(CUT)
    if opens:
        pieces = [pieces[0], *(CUT + piece for piece in pieces[1:])]
    else:
        pieces = [*(piece + CUT for piece in pieces[:-1]), pieces[-1]]
    return " ".join(reversed(pieces))


@pytest.mark.parametrize("opens", [True, False])
def test_lines_cut_at_a_glyph_without_a_letter(context: Context, opens: bool) -> None:
    broken = "\n".join(cut(line, opens=opens) for line in LINES)
    assert repaired(broken, context).split("\n")[1] == LINES[1]
    joined = repaired(broken, context)
    for word in (f"المعل{CUT}مون", f"المكت{CUT}بة", f"يتعل{CUT}م"):
        assert word in joined


def test_symbols_at_the_edges_of_sound_lines_are_left(context: Context) -> None:
    text = "\n".join(f"{CUT}{line.replace(CUT, '')}" for line in LINES)
    assert repaired(text, context) == text


def test_what_was_sewn_is_left(context: Context) -> None:
    broken = "\n".join(cut(line, opens=True) for line in LINES)
    after = repaired(broken, context)
    assert repaired(after, context) == after
    assert Repairer(select=["AR201", "AR502"]).explain(broken).converged
