"""Joining forms, and the generated tables under them."""

from __future__ import annotations

import re
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest

from arfix.glyphs import FORMS, Glyph, forms_of, glyphs_of, ligated
from arfix.unicode_tables import BRACKETS, DUAL_JOINING, JOIN_CAUSING, MIRRORS, RIGHT_JOINING
from arfix.view import LETTER_CLASS, TATWEEL

GENERATOR = Path(__file__).resolve().parents[2] / "tools" / "generate_unicode_tables.py"
#: Characters that a word may hold and that join to nothing: hamza, the high hamza of Kazakh,
#: and ae as Kashmiri and others write it apart.
NON_JOINING = {"\u0621", "\u0674", "\u08ad"}

#: word -> initials of the forms, worked out by hand.
BY_HAND = {
    "كتب": "imf",
    "درس": "sss",
    "شكرا": "imfs",
    "يكون": "imfs",
    "على": "imf",
    "في": "if",
    "ماء": "ifs",
    "شيء": "ifs",
    "مسؤول": "imfss",
    "هيئة": "immf",
    "رأى": "sss",
    "ك": "s",
    "": "",
}
LETTER_OF = {"isolated": "s", "initial": "i", "medial": "m", "final": "f"}


@pytest.mark.parametrize(("word", "forms"), BY_HAND.items())
def test_forms_by_hand(word: str, forms: str) -> None:
    assert "".join(LETTER_OF[form] for form in forms_of(word)) == forms


def test_every_letter_of_a_word_has_one_joining_type() -> None:
    letters = {
        chr(code)
        for code in range(0x600, 0x900)
        if re.match(f"[{LETTER_CLASS}]", chr(code)) and unicodedata.category(chr(code)) != "Cn"
    }
    assert not DUAL_JOINING & RIGHT_JOINING
    assert letters - DUAL_JOINING - RIGHT_JOINING - JOIN_CAUSING == NON_JOINING & letters
    assert {TATWEEL} == JOIN_CAUSING


def test_forms_agree_with_the_presentation_forms() -> None:
    """NFKC of a shaped word is the word: the forms that Unicode codes are the ones we name."""
    coded: dict[tuple[str, str], str] = {}
    for code in range(0xFE70, 0xFEFD):
        tag, _, rest = unicodedata.decomposition(chr(code)).partition(" ")
        if tag and len(rest) == 4:
            coded[chr(int(rest, 16)), tag.strip("<>")] = chr(code)
    for word in ("مكتبة", "بيوتهم", "ظروف", "يضحك", "آراء", "غزال"):
        for letter, form in zip(word, forms_of(word), strict=True):
            assert (letter, form) in coded


def test_mirrors_are_an_involution_and_brackets_are_mirrors() -> None:
    assert all(MIRRORS[MIRRORS[char]] == char for char in MIRRORS)
    assert all(unicodedata.mirrored(char) for char in MIRRORS)
    assert all(MIRRORS[opening] == closing for opening, closing in BRACKETS.items())
    assert MIRRORS["«"] == "»"
    assert "«" not in BRACKETS


@pytest.mark.parametrize("text", ["", "ك", "ك.", "كي.medial", "ك.middle", ".medial", "كmedial"])
def test_parse_refuses(text: str) -> None:
    with pytest.raises(ValueError, match="is not a glyph"):
        Glyph.parse(text)


@pytest.mark.parametrize("form", FORMS)
def test_parse_reads_what_str_writes(form: str) -> None:
    assert Glyph.parse(str(Glyph("ه", form))) == Glyph("ه", form)


def test_lam_alef_has_no_glyphs_of_its_letters() -> None:
    assert ligated("الآن") == [False, True, True, False]
    assert glyphs_of("لا") == [None, None]
    assert glyphs_of("ال") == [Glyph("ا", "isolated"), Glyph("ل", "isolated")]


@pytest.mark.skipif(not GENERATOR.exists(), reason="the tools are not in the package")
def test_tables_are_up_to_date() -> None:
    found = subprocess.run(  # noqa: S603 (our own tool)
        [sys.executable, str(GENERATOR), "--check"], capture_output=True, text=True, check=False
    )
    assert found.returncode == 0, found.stderr
