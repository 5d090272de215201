"""Where the marks of fully vocalised words belong, given that each letter carries one.

Extractors that sort glyphs by where they start put a mark behind the next letter if that one is
narrow, and leave it where that is wide. In a text in which every letter has its mark, the letters
that would have none, or two, tell which.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from arfix.lexicon.marks import SHADDA
from arfix.view import LETTER_CLASS, TATWEEL
from arfix.vowels.clusters import MARK
from arfix.vowels.places import (
    ALEF,
    ALEF_MAKSURA,
    FATHA,
    FATHATAN,
    SUKUN,
    TANWEEN,
    VOWELS,
)

_SMALL_ALEF: Final = "\u0670"
#: A word with marks.
WORD: Final = re.compile(f"[{LETTER_CLASS}{MARK}]*[{MARK}][{LETTER_CLASS}{MARK}]*")
_UNIT: Final = re.compile(
    f"{SHADDA}[\u064b-\u0650]\u0670?|[\u064b-\u0650]{SHADDA}\u0670?|{FATHA}{_SMALL_ALEF}|[{MARK}]"
)
_MARK: Final = re.compile(f"[{MARK}]")
_SYMBOLS: Final = ("\x00", "\ufffd")
#: Marks for each character of a vocalised text, at least.
_VOCALISED: Final = 0.25
_WASLA: Final = "\u0671"
_KASRA: Final = "\u0650"
_DAMMA: Final = "\u064f"
_LONG: Final = {"\u0648": _DAMMA, "\u064a": _KASRA, ALEF_MAKSURA: FATHA, ALEF: FATHA}
_SHORTEST: Final = 3
#: How far a mark may have gone, behind its letter and before it.
_LATE: Final = 2
_EARLY: Final = 1
#: What is odd, in no unit: set by eye, and tried on vocalised text as it should be.
_STEP: Final = 0.5
_EARLY_STEP: Final = 1.5
_NAKED: Final = 2.5
_NAKED_LAST: Final = 1.0
_NAKED_LAM: Final = 0.5
_ON_ALEF: Final = 6.0
_ON_LONG: Final = 2.0
_LIKE_LONG: Final = 1.0
_BEFORE_LONG: Final = 2.5
_NO_END: Final = 6.0
#: By how much a word must be better, the share of such words, and how many marks to a letter.
_GAIN: Final = 2.0
_LEAST_SHARE: Final = 0.25
_LEAST_WORDS: Final = 8
_DENSE: Final = 0.55
_SAMPLE: Final = 60


def is_shifted(pages: Sequence[str]) -> bool:
    """Return whether a fully vocalised text has its marks on the wrong letters here and there."""
    words = [word for page in pages for word in WORD.findall(page) if len(word) > _SHORTEST]
    marks = sum(len(_UNIT.findall(word)) for word in words)
    if marks < _DENSE * (sum(map(len, words)) - marks):
        return False
    # A few words do to see that the marks of a text are in their places.
    for sample in (words[:: max(1, len(words) // _SAMPLE)], words):
        better = sum(aligned(word) != word for word in sample)
        if better < max(_LEAST_WORDS if sample is words else 1, _LEAST_SHARE * len(sample)):
            return False
    return True


def shifted(page: str) -> Iterator[tuple[int, str, str]]:
    """Yield the words of a page whose marks move: place, word, word with its marks in place."""
    for match in WORD.finditer(page):
        after = aligned(match.group())
        if after != match.group():
            yield match.start(), match.group(), after


def shadda_symbol(pages: Sequence[str]) -> str:
    """Return what stands for shadda in a vocalised text that has none, nothing if that is unknown.

    Fonts draw shadda and its vowel as one glyph, which often has no character.
    """
    text = "\n".join(pages)
    if SHADDA in text:
        return ""
    marks = len(_MARK.findall(text))
    for symbol in _SYMBOLS:
        if text.count(symbol) >= _LEAST_WORDS and marks >= _VOCALISED * len(text):
            return symbol
    return ""


def aligned(word: str) -> str:
    """Return a vocalised word with its marks on the letters that want them."""
    letters: list[str] = []
    units: list[tuple[str, int]] = []
    at = 0
    while at < len(word):
        match = _UNIT.match(word, at)
        if match:
            units.append((match.group(), len(letters) - 1))
            at = match.end()
        else:
            letters.append(word[at])
            at += 1
    if len(letters) < _SHORTEST - 1 or TATWEEL in letters or len(units) > len(letters) + 1:
        return word
    as_it_is = _cost(letters, _spread(len(letters), units))
    # States: marks placed so far -> cost, places; one letter after the other.
    best: dict[int, tuple[float, tuple[str, ...]]] = {0: (0.0, ())}
    for index in range(len(letters)):
        following: dict[int, tuple[float, tuple[str, ...]]] = {}
        for used, (cost, placed) in best.items():
            options = [(used, "", 0.0)]
            if used < len(units):
                mark, place = units[used]
                step = place - index
                if -_EARLY <= step <= _LATE:
                    moved = step * step * _STEP if step >= 0 else _EARLY_STEP
                    options.append((used + 1, mark, moved))
            for count, mark, moved in options:
                total = cost + moved
                total += _at(letters, index, mark, placed[-1] if placed else "")
                if count not in following or total < following[count][0]:
                    following[count] = total, (*placed, mark)
        best = following
    if len(units) not in best:
        return word
    cost, placed = best[len(units)]
    if cost > as_it_is - _GAIN:
        return word
    return "".join(letter + mark for letter, mark in zip(letters, placed, strict=True))


def _spread(size: int, units: Sequence[tuple[str, int]]) -> list[str]:
    carried = [""] * size
    for mark, place in units:
        carried[max(place, 0)] += mark
    return carried


def _cost(letters: Sequence[str], carried: Sequence[str]) -> float:
    total = 0.0
    for index, marks in enumerate(carried):
        total += _at(letters, index, marks, carried[index - 1] if index else "")
        total += _ON_ALEF * max(0, len(_UNIT.findall(marks)) - 1)
    return total


def _at(letters: Sequence[str], index: int, marks: str, before: str) -> float:
    """Return how odd the marks of a letter are, given those of the letter before."""
    letter = letters[index]
    last = index == len(letters) - 1
    cost = 0.0
    if not last and not TANWEEN.isdisjoint(marks):
        final = index == len(letters) - 2 and letters[-1] in (ALEF, ALEF_MAKSURA)
        cost += 0.0 if final and FATHATAN in marks else _NO_END
    long = _LONG.get(letter)
    if letter in (ALEF, _WASLA):
        if marks and not (last and FATHATAN in marks):
            cost += _ON_ALEF if index else _ON_LONG
        if index and before and not (VOWELS | TANWEEN).isdisjoint(before):
            known = FATHA in before or FATHATAN in before
            cost += 0.0 if known or index < _SHORTEST else _BEFORE_LONG
        return cost
    if long is not None and long in before and index:
        return cost + (_ON_LONG if SUKUN in marks or long in marks else 0.0)
    if long is not None and long in marks and index:
        cost += _LIKE_LONG
    if not marks:
        if letter == "\u0644" and letters[:index] and letters[index - 1] in (ALEF, _WASLA):
            return cost + _NAKED_LAM
        if letter == ALEF_MAKSURA or _SMALL_ALEF in before:
            return cost
        return cost + (_NAKED_LAST if last else _NAKED)
    return cost
