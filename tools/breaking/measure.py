"""What a tool did to a text, counted by code point against the text that was typeset."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING

from rapidfuzz.distance import LCSseq

if TYPE_CHECKING:
    from collections.abc import Iterable

_MARKS = re.compile("[\u064b-\u0652\u0670]")
_WORD = re.compile("[\u0621-\u063a\u0641-\u064a]+")
_FORMS = re.compile("[\ufb50-\ufdff\ufe70-\ufefc]")
_NUMBER = re.compile(r"[0-9][0-9.,/:-]+[0-9]")
_ARABIC = re.compile("[\u0600-\u06ff]")
_SPACES = "\n\r\t\f"
#: Letters that fonts map to their Persian or other look-alike: what was drawn, what is written.
_LOOKALIKES = re.compile("[\u06a9\u06cc\u06be\u06c0\u06c1]")


def _fold(text: str) -> str:
    """Return the text with presentation forms as letters, and nothing else changed."""
    return _FORMS.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)


def _words(text: str) -> list[str]:
    return _WORD.findall(_MARKS.sub("", text).replace("\u0640", ""))


def _shared(first: Iterable[str], second: Iterable[str]) -> int:
    return sum((Counter(first) & Counter(second)).values())


def symbols(gold: str, output: str) -> dict[str, int]:
    """Return what stands in the output and not in the text, the most frequent first.

    Letters of the Arabic script, spaces and bidi controls are left out: what remains are
    characters that stand for something else, as ``U+E940`` for a glyph.

    Args:
        gold: The text that was typeset.
        output: What the extractor returned.
    """
    more = Counter(_fold(output)) - Counter(gold)
    return {
        f"U+{ord(char):04X}": count
        for char, count in more.most_common()
        if count > 1
        and not _ARABIC.match(char)
        and not char.isspace()
        and unicodedata.category(char) != "Cf"
    }


def damage(gold: str, output: str) -> dict[str, int]:
    """Return how often each kind of damage is there; kinds that are absent are left out.

    Args:
        gold: The text that was typeset.
        output: What the extractor returned.
    """
    plain = _fold(output)
    wanted, found = _words(gold), _words(plain)
    overlap = _shared(wanted, found)
    lines = [line for line in output.split("\n") if line.strip()]
    lam_alef = [word for word in wanted if re.search("ل[اأإآ]", word)]
    unswapped = [re.sub("([اأإآ])ل", r"ل\1", word) for word in found if word not in set(wanted)]
    letters = Counter("".join(wanted)) - Counter("".join(found))
    numbers, seen = _NUMBER.findall(gold), set(_NUMBER.findall(output))
    counts = {
        "words": len(wanted),
        "words_present": overlap,
        "words_out_of_order": overlap - LCSseq.similarity(wanted, found),
        "words_reversed": _shared([w for w in wanted if w != w[::-1]], [w[::-1] for w in found])
        - _shared([w for w in wanted if w[::-1] in set(wanted) and w != w[::-1]], found),
        "letters_missing": letters.total(),
        "lam_alef_swapped": _shared(lam_alef, unswapped),
        "marks_missing": (Counter(_MARKS.findall(gold)) - Counter(_MARKS.findall(plain))).total(),
        "private_use": sum(unicodedata.category(char) == "Co" for char in output),
        "presentation_forms": len(_FORMS.findall(output)),
        "replacement_characters": output.count("\ufffd") + output.count("\ufffe"),
        "cid": len(re.findall(r"\(cid:\d+\)", output)),
        "controls": sum(
            unicodedata.category(char) == "Cc" and char not in _SPACES for char in output
        ),
        "bidi_controls": len(re.findall("[\u200e\u200f\u202a-\u202e\u2066-\u2069]", output)),
        "foreign_symbols": sum(symbols(gold, output).values()),
        "lookalike_letters": len(_LOOKALIKES.findall(plain)),
        "line_start_marks": sum(line.strip()[0] in ".،؛؟!:»" for line in lines),
        "line_start_private_use": sum(
            unicodedata.category(line.strip()[0]) == "Co" for line in lines
        ),
        "guillemets_turned": len(re.findall("»[\u0621-\u064a]|[\u0621-\u064a]«", plain)),
        "numbers_reversed": sum(
            n not in seen and n[::-1] in seen and n != n[::-1] for n in numbers
        ),
        "numbers_missing": sum(n not in seen and n[::-1] not in seen for n in numbers),
    }
    always = {"words", "words_present"}
    return {name: count for name, count in counts.items() if count > 0 or name in always}
