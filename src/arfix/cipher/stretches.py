"""Lines in which each stretch of Arabic was reversed by itself, symbols being no part of any.

An extractor that puts every right-to-left letter before those that it has, until one comes that
runs from left to right, takes symbols for such.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from arfix.order.placement import ENDS
from arfix.punctuation.eras import misplaced_eras
from arfix.punctuation.numerals import DIGITS
from arfix.view import LETTER_CLASS, MARK_CLASS

if TYPE_CHECKING:
    from arfix.cipher.symbols import Alphabet
    from arfix.lexicon.protocols import Lexicon

#: What is put before the letters that stand already: right-to-left ones, and signs among them.
_RIGHT: Final = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff"
_SIGNS: Final = "\x00-/:-@\u2000-\u206f\u20a0-\u21ff"
_RIGHT_TO_LEFT: Final = re.compile(f"[{_RIGHT}](?:[{_RIGHT}{_SIGNS}]*[{_RIGHT}])?")
_NO_BREAK: Final = "\u00a0"
_OF_WORDS: Final = re.compile(f"[{LETTER_CLASS}{MARK_CLASS}]{{2}}")
_OF_NUMBERS: Final = re.compile(f"[{DIGITS}]")
_UNIT: Final = re.compile(f"[{DIGITS}]+(?:[./][{DIGITS}]+)*|.", re.DOTALL)
_NEUTRAL: Final = "".join(map(chr, [*range(0x30), *range(0x3A, 0x41), *range(0x2000, 0x2070)]))
_WORDS: Final = re.compile(f"[{LETTER_CLASS}]+")
#: Natural log of the frequency below which a word may be a part of one.
_RARE: Final = -14.0


def in_place(line: str, alphabet: Alphabet, lexicon: Lexicon) -> str:
    """Return a line with each stretch between its symbols and Latin words in reverse.

    Spaces and signs between what runs from left to right and a stretch behind may have ended
    either.

    Args:
        line: The line.
        alphabet: Knows the symbols.
        lexicon: Tells where a space belongs that may be on either side of a stretch.
    """
    body = line.removesuffix("\r")
    pieces: list[str] = []
    at = 0
    for match in _RIGHT_TO_LEFT.finditer(body):
        start, end = match.span()
        gap = start
        while gap > at and _is_neutral(body[gap - 1], alphabet):
            gap -= 1
        text = _turned(match.group())
        split = gap + _kept(body, (at, gap, start, end), text, alphabet, lexicon)
        pieces += [body[at:split], text, body[split:start][::-1]]
        at = end
    pieces.append(body[at:])
    return "".join(pieces)


def _kept(
    body: str,
    place: tuple[int, int, int, int],
    text: str,
    alphabet: Alphabet,
    lexicon: Lexicon,
) -> int:
    """Return how much of what stands before a stretch belongs there, and not behind it.

    Args:
        body: The line.
        place: Where what comes before starts, what may belong to either, and the stretch; its end.
        text: The stretch as it should be.
        alphabet: Knows the symbols.
        lexicon: Tells words.
    """
    at, gap, start, end = place
    if gap in (at, start):
        return 0
    after_symbol = alphabet.has_symbol(body[gap - 1])
    before_symbol = alphabet.has_symbol(body[end : end + 1])
    first = body[gap]
    if first != " ":
        if before_symbol:
            return start - gap
        return int(not after_symbol and body[gap - 1] == _NO_BREAK and first not in ENDS)
    if start - gap > 1:
        return start - gap if before_symbol and not body[gap:start].isspace() else 1
    if not after_symbol or end == len(body):
        return 1
    if not before_symbol:
        return 0
    # One space between a symbol and a stretch, another symbol behind that: either may end a word.
    # A long one is one whole sooner than a short one.
    words = [
        (lexicon.log_probability(word) > _RARE, len(word), lexicon.log_probability(word))
        for word in _WORDS.findall(text)
    ]
    return int(not words or words[0] >= words[-1])


def _turned(stretch: str) -> str:
    """Return a stretch in reverse, its numbers as they stand; numbers alone stay."""
    if _OF_NUMBERS.search(stretch) and not _OF_WORDS.search(stretch):
        return stretch
    text = "".join(reversed(_UNIT.findall(stretch)))
    for start, end, date in misplaced_eras(text):
        text = text[:start] + date + text[end:]
    return text


def _is_neutral(char: str, alphabet: Alphabet) -> bool:
    return char in _NEUTRAL and not alphabet.has_symbol(char)
