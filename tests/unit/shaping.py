"""Text as fonts draw it, in presentation forms: an independent way there, for tests."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from arfix.glyphs import forms_of, joins_next
from arfix.view import LETTER_CLASS, MARK_CLASS

_RUN: Final = re.compile(f"[{LETTER_CLASS}][{LETTER_CLASS}{MARK_CLASS}]*")
_MARK: Final = re.compile(f"[{MARK_CLASS}]")
_BY_NAME: Final = {
    unicodedata.decomposition(chr(code)): chr(code)
    for code in (*range(0xFB50, 0xFBB2), *range(0xFBD3, 0xFBFF + 1), *range(0xFE80, 0xFEFD))
    if unicodedata.decomposition(chr(code))
}


def form(letters: str, kind: str) -> str:
    """Return the character that shows letters in a joining form, or the letters themselves."""
    codes = " ".join(f"{ord(letter):04X}" for letter in letters)
    return _BY_NAME.get(f"<{kind}> {codes}", letters)


def shaped(text: str) -> str:
    """Return the text with each letter as the form it is drawn in, lam-alef as one."""
    return _RUN.sub(lambda match: _shaped_word(match.group()), text)


def _shaped_word(word: str) -> str:
    letters = _MARK.sub("", word)
    kinds = forms_of(letters)
    at = [index for index, char in enumerate(word) if not _MARK.match(char)]
    out: dict[int, str] = {
        place: form(letter, kind) for place, letter, kind in zip(at, letters, kinds, strict=True)
    }
    for index in range(len(letters) - 1):
        if letters[index] == "ل" and letters[index + 1] in "اأإآ":
            joined = index > 0 and joins_next(letters[index - 1])
            out[at[index]] = form(letters[index : index + 2], "final" if joined else "isolated")
            out[at[index + 1]] = ""
    return "".join(out.get(index, char) for index, char in enumerate(word))


def drawn(text: str) -> str:
    """Return the lines of a text without numbers and Latin as they stand from left to right."""
    return "\n".join(line[::-1] for line in shaped(text).split("\n"))
