"""Lines cut inside words at a glyph that has no letter: its pieces come out last to first.

Fonts draw shadda and its vowel as one glyph, which often has no character. An extractor that takes
it for a gap ends a piece there: the glyph opens the piece behind it, or closes the one before. All
such borders show but one, that of the piece which the line starts with; the words show it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from arfix.lexicon.marks import SHADDA
from arfix.order.halves import Reading, in_context, parted, units_of
from arfix.view import LETTER_CLASS, MARK_CLASS, bare

if TYPE_CHECKING:
    from arfix.order.scoring import Scorer

#: What stands for the glyph, and the words that it opens or closes.
_SYMBOL: Final = "[\\x00-\\x08\\x0e-\\x1f\\ufffd]"
_PART: Final = f"[{LETTER_CLASS}{MARK_CLASS}]"
#: A shadda opens no word either.
_OPENS: Final = re.compile(f"(?:{_SYMBOL}|{SHADDA}){_PART}")
_CLOSES: Final = re.compile(f"{_PART}+{_SYMBOL}\\Z")
_ANY: Final = re.compile(_SYMBOL)
_SIGN: Final = re.compile(f"{_SYMBOL}|\\A{SHADDA}")
_HEAD: Final = re.compile(f"(?:{_SYMBOL}|{_PART})+")
_TAIL: Final = re.compile(f"(?:{_SYMBOL}|{_PART})+\\Z")
#: A mark that no text holds, and that no word is looked up with.
_STAND_IN: Final = "\u06e0"
_SHORTEST: Final = 3
#: Lines that were cut, and their share of those that would be.
_LEAST: Final = 3
_LEAST_SHARE: Final = 0.6
_LONGEST_LINE: Final = 600


def sewn(bodies: Sequence[str], scorer: Scorer) -> dict[str, str]:
    """Return the lines cut at such glyphs, in order; the others are left out.

    Args:
        bodies: The lines of a document.
        scorer: Judges words and their order.
    """
    if sum(_SIGN.search(body) is not None for body in bodies) < _LEAST:
        return {}
    for opens in (True, False):
        found: dict[int, list[Reading]] = {}
        asked = 0
        for number, body in enumerate(bodies):
            words = body.split()
            if len(words) < _SHORTEST or len(body) > _LONGEST_LINE:
                continue
            if (_OPENS.match(words[0]) if opens else _CLOSES.search(words[-1])) is None:
                continue
            asked += 1
            readings = _sewn(words, opens, scorer)
            if readings:
                found[number] = readings
        if len(found) >= _LEAST and len(found) >= _LEAST_SHARE * asked:
            return in_context(bodies, found, scorer)
    return {}


def _sewn(words: list[str], opens: bool, scorer: Scorer) -> list[Reading]:
    """Return what a line may have been, nothing where its pieces make no words."""
    pattern = _OPENS if opens else _CLOSES
    cuts = [at for at, word in enumerate(words) if pattern.search(word)]
    starts = cuts if opens else [0, *(at + 1 for at in cuts[:-1])]
    bounds = [*starts, len(words)]
    pieces = [words[start:end] for start, end in pairwise(bounds)]
    fixed = (words[-1], pieces[-1][0]) if opens else (pieces[0][-1], words[0])
    if not _fit(*fixed, scorer):
        return []
    if len(pieces) == 1:
        return _at_any_border(words, scorer)
    # The border that does not show is in the last piece where glyphs open theirs, or the first.
    shown, rest = (pieces[:-1], pieces[-1]) if opens else (pieces[1:], pieces[0])
    if not all(_fit(after[-1], piece[0], scorer) for piece, after in pairwise(shown)):
        return []
    if opens:
        places = [at for at in range(1, len(rest)) if _fit(rest[at - 1], shown[-1][0], scorer)]
    else:
        places = [at for at in range(1, len(rest)) if _fit(shown[0][-1], rest[at], scorer)]
    if not places:
        return []
    units = [scorer.unit(word) for word in rest]
    at = min(places, key=lambda place: scorer.pair(units[place - 1], units[place]))
    order = [*shown, rest[:at], rest[at:]] if opens else [rest[:at], rest[at:], *shown]
    text = "".join(" ".join(piece) for piece in reversed(order))
    seen = units_of(_ANY.sub("", text), scorer)
    return [Reading(text, 0.0, seen[0], seen[-1])] if seen else []


def _at_any_border(words: Sequence[str], scorer: Scorer) -> list[Reading]:
    """Return a line that was cut once with its second piece of each possible length."""
    glyph = next((match.group() for word in words if (match := _ANY.search(word))), _STAND_IN)
    # The models are to see the words without it.
    clean = [word.replace(glyph, _STAND_IN) for word in words]
    return [
        replace(reading, text=reading.text.replace(_STAND_IN, glyph))
        for reading in parted(" ".join(clean[1:]), clean[-1], clean[0], scorer)
    ]


def _fit(end: str, start: str, scorer: Scorer) -> bool:
    """Return whether the end of a piece and the start of the next make a word."""
    tail, head = _TAIL.search(end), _HEAD.match(start)
    if tail is None or head is None:
        return False
    word = bare(_ANY.sub("", tail.group() + head.group()))
    return len(word) >= _SHORTEST and scorer.is_known(word)
