"""Pages that came out with one letter a line: their letters put together to words.

Some tools take every glyph of a line for a line of its own. Where words end is lost with it, so
the letters are read as one endless word. The number of lines stays: what was a line break inside
a word or between two goes to the end of the run.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from arfix.cipher.symbols import FORM_CLASS
from arfix.ligatures.units import LAM_ALEF, LIGATURES, REVERSED
from arfix.lm.ngrams import KINDS
from arfix.punctuation.numerals import DIGITS
from arfix.spacing.lattice import START, Border, Rates, Segmenter, path
from arfix.spacing.stretches import Stretch
from arfix.spacing.wild import SYMBOL_CLASS, WildJudge, letters_of
from arfix.view import LETTER_CLASS, MARK_CLASS, TATWEEL, WORD_KIND, bare, tokens

if TYPE_CHECKING:
    from arfix.spacing.judge import Judge

_BLANK: Final = "[ \\t\\r\\f\u00a0]*"
#: One glyph: a letter, or one of the ligatures in either order.
_GLYPHS: Final = "|".join(sorted(LIGATURES | REVERSED.keys(), key=len, reverse=True))
_LETTER: Final = (
    f"(?:{_GLYPHS}|[{LETTER_CLASS}{FORM_CLASS}{SYMBOL_CLASS}])?[{MARK_CLASS}{TATWEEL}]*"
)
#: A quick look: two such lines in a row.
SIGN: Final = re.compile(
    f"^{_BLANK}[{LETTER_CLASS}]{_BLANK}\n{_BLANK}[{LETTER_CLASS}]{_BLANK}$", re.MULTILINE
)
#: A year with the letter of its era is two pieces.
_PIECE: Final = re.compile(
    f"(?<![^ \\t\\r\\f\u00a0])\u0645(?=[{DIGITS}]{{4}}(?![^ \\t\\r\\f\u00a0]))|[^ \\t\\r\\f\u00a0]+"
)
_ALONE: Final = re.compile(
    f"(?P<letter>{_LETTER})|(?P<other>[^{LETTER_CLASS}{FORM_CLASS}{SYMBOL_CLASS}]+)"
)
#: Letters on one line that stand each alone there.
_MOST_ALONE: Final = 2
#: Letters on lines of their own, in one run and as a share of its lines.
LEAST_LETTERS: Final = 30
#: The same for a further run of a page that has one.
LEAST_FURTHER: Final = 8
LEAST_SHARE: Final = 0.6
#: Share of the letters that must make up words, and letters a word.
LEAST_READ: Final = 0.7
#: A long run of letters is text even where a font gives some of them wrong names.
LONG_RUN: Final = 200
LEAST_READ_LONG: Final = 0.5
LEAST_MEAN: Final = 2.6
#: How often a word ends behind a letter.
ENDS: Final = 0.22
RATES: Final = Rates(glued=(ENDS,) * len(Border))
KNOWN: Final = -16.0
#: Words in a line of the text put together.
ROW: Final = 12
#: Lam-alefs that show how their letters stand.
LEAST_TURNED: Final = 3
_TURNED: Final = {pair[::-1]: pair for pair in LAM_ALEF}
#: Words, and signs, in a line as it was drawn.
NEAR: Final = 24
_CLOSING: Final = frozenset(".,:;!?%\u060c\u061b\u061f\u066a)]}\u00bb\u201d")
_OPENING: Final = frozenset("([{\u00ab\u201c#@")
_PAIRS: Final = {")": "(", "]": "[", "}": "{", "\u00bb": "\u00ab"}
_HEH: Final = "\u0647"
_HIJRI: Final = _HEH + TATWEEL
_MEEM: Final = "\u0645"
#: A bracket in front of a letter with a stroke, the label of a number.
_LABEL: Final = re.compile(f"([()])[{LETTER_CLASS}]/")
_AND: Final = "\u0648"
#: What stands between two numbers without a space.
_BETWEEN: Final = ("/", "-", "\u2013")
#: The letters behind a year.
_ERAS: Final = frozenset(("\u0647", "\u0647\u0640", "\u0645"))

#: Where the text of a line begins and ends, and whether it is a letter.
_Part = tuple[int, int, bool]


def replacements(page: str, judge: Judge) -> list[tuple[int, int, str]]:
    """Return what comes in place of which line breaks; empty where letters stand together."""
    found: list[tuple[int, int, str]] = []
    if SIGN.search(page) is None:
        return found
    counted = [(run, sum(is_letter for _, _, is_letter in run)) for run in _runs(page)]
    counted = [(run, letters) for run, letters in counted if letters >= LEAST_SHARE * len(run)]
    if any(letters >= LEAST_LETTERS for _, letters in counted):
        mirrored = _are_mirrored(
            "".join(page[start:end] for run, _ in counted for start, end, _ in run)
        )
        glyphs = [page[start:end] for run, _ in counted for start, end, _ in run]
        turned = _are_turned(glyphs)
        for run, letters in counted:
            if letters >= LEAST_FURTHER:
                found.extend(_joined(page, run, judge, mirrored=mirrored, turned=turned))
    return found


def _runs(page: str) -> Iterator[list[_Part]]:
    """Yield the parts of lines that stand one below the other, each alone on its line."""
    run: list[_Part] = []
    at = 0
    for line in page.split("\n"):
        parts = [
            (at + piece.start(), at + piece.end(), name == "letter")
            for piece in _PIECE.finditer(line)
            if (name := _kind(piece.group()))
        ]
        letters = sum(is_letter for _, _, is_letter in parts)
        if not parts or letters > _MOST_ALONE or len(parts) < len(_PIECE.findall(line)):
            yield run
            run = []
        else:
            run.extend(parts)
        at += len(line) + 1
    yield run


def _kind(piece: str) -> str:
    """Return whether a piece of a line is a ``letter`` or ``other``, empty for a word."""
    match = _ALONE.fullmatch(piece)
    return (match.lastgroup or "") if match else ""


def _joined(
    page: str, run: Sequence[_Part], judge: Judge, *, mirrored: bool, turned: bool
) -> list[tuple[int, int, str]]:
    """Return the replacements of one run, none where its letters make no words."""
    begins: set[int] = set()
    swapped = _TURNED if turned else {}
    if any(letters_of(page[start:end]) != bare(page[start:end]) for start, end, _ in run):
        judge = WildJudge(judge)
    segmenter = Segmenter(judge, RATES)
    states = [START]
    read = words = total = 0
    stretch: list[int] = []

    def settle() -> None:
        nonlocal states, read, words, total
        if not stretch:
            return
        glyphs = [page[run[i][0] : run[i][1]] for i in dict.fromkeys(stretch)]
        letters = "".join(letters_of(swapped.get(glyph, glyph)) for glyph in glyphs)
        size = len(letters)
        places = tuple(range(size))
        whole = Stretch(letters, places, places, ((0, size),), frozenset())
        states = [max(segmenter.stretch(states, whole), key=lambda state: state.score)]
        at = size
        for start, end in path(states[0]):
            if end != at:
                break
            begins.add(stretch[start])
            words += 1
            read += end - start if judge.prior(letters[start:end]) > KNOWN else 0
            at = start
            if not start:
                break
        total += size
        stretch.clear()

    for index, (start, end, is_letter) in enumerate(run):
        text = page[start:end]
        behind = [page[low:high] for low, high, _ in run[index + 1 : index + 3]]
        if text == _HIJRI or (text == _HEH and TATWEEL in behind):
            # The letter of an era: no word has a tatweel behind its heh.
            settle()
            begins.add(index)
            continue
        if text == TATWEEL and not stretch:
            continue
        if text == _MEEM and any(
            (end == low and page[low].isdigit()) or (high == start and page[high - 1].isdigit())
            for low, high, _ in run[max(0, index - 1) : index + 2]
        ):
            settle()
            begins.add(index)
            continue
        if is_letter:
            stretch.extend([index] * len(letters_of(text)))
            continue
        settle()
        begins.add(index)
        for token in tokens(text):
            if token.kind != WORD_KIND:
                states = segmenter.other(states, KINDS[token.kind])
    settle()
    least = LEAST_READ_LONG if total >= LONG_RUN else LEAST_READ
    if read < least * total or total < LEAST_MEAN * words:
        return []
    found = list(_breaks(page, run, begins, mirrored=mirrored))
    pairs = [(start, end, page[start:end]) for start, end, _ in run]
    found += [(start, end, swapped[pair]) for start, end, pair in pairs if pair in swapped]
    return sorted(found)


def _breaks(
    page: str, run: Sequence[_Part], begins: set[int], *, mirrored: bool
) -> Iterator[tuple[int, int, str]]:
    """Yield what comes between the parts of a run, and the line breaks left over at its end."""
    left = row = 0
    closing, opening = _CLOSING, _OPENING
    if mirrored:
        closing = (closing - _PAIRS.keys()) | set(_PAIRS.values())
        opening = (opening - set(_PAIRS.values())) | _PAIRS.keys()
    words = [*sorted(begins), len(run)]
    ends = dict(pairwise(words))
    near = _near_numbers(page, run, words)
    word = 0
    for index in range(1, len(run)):
        stop, start = run[index - 1][1], run[index][0]
        broken = "\n" in page[stop:start]
        between = ""
        if not (broken or run[index - 1][2] or run[index][2]):
            # Numbers and signs that stood on one line keep their blanks.
            word = index
            continue
        if index in begins:
            if page[start] not in closing and page[stop - 1] not in opening:
                after = page[start : run[ends[index] - 1][1]].replace("\n", "")
                if not _hangs(page[run[word][0] : stop].replace("\n", ""), after):
                    row += 1
                    fits = broken and row >= ROW and index not in near
                    between = "\n" if fits else " "
                    row *= not fits
            word = index
        if between == "\n":
            continue
        left += broken
        if broken or between != page[stop:start]:
            yield stop, start, between
    if left:
        yield run[-1][1], run[-1][1], "\n" * left


def _near_numbers(page: str, run: Sequence[_Part], words: Sequence[int]) -> set[int]:
    """Return the words near a number, which may have been drawn in one line with it.

    These stay in one line, since their order is yet to be found.
    """
    found: set[int] = set()
    for place, word in enumerate(words[:-1]):
        start, end, is_letter = run[word]
        if not is_letter and any(char.isdigit() for char in page[start:end]):
            found.update(words[max(0, place - NEAR) : place + NEAR])
    return found


def _are_turned(glyphs: Iterable[str]) -> bool:
    """Return whether the glyphs of lam-alef hold their letters in reverse, all of them.

    Example:
        >>> _are_turned(["ب", "ال", "أل", "ال"]), _are_turned(["ال", "لا", "ال", "ال"])
        (True, False)
    """
    seen = Counter(glyphs)
    turned = sum(seen[pair] for pair in _TURNED)
    return turned >= LEAST_TURNED and not any(seen[pair] for pair in LAM_ALEF)


def _are_mirrored(text: str) -> bool:
    """Return whether of most kinds of brackets the first one closes.

    Where lines were drawn from left to right it does so anyway; the bracket in front of the label
    of a number tells then.

    Example:
        >>> _are_mirrored(")a( [b]"), _are_mirrored(")a( (b ]c["), _are_mirrored("(a")
        (False, True, False)
        >>> _are_mirrored(")ب 7 ا(م/")
        False
    """
    labels = _LABEL.findall(text)
    if labels:
        return labels.count(")") > labels.count("(")
    first: dict[str, int] = {}
    for sign in text:
        if sign in _PAIRS:
            first.setdefault(_PAIRS[sign], 1)
        elif sign in _PAIRS.values():
            first.setdefault(sign, -1)
    return sum(first.values()) > 0


def _hangs(before: str, after: str) -> bool:
    """Return whether no space stands between two, of which one is a number or a sign.

    Example:
        >>> _hangs("1412", "\u0647\u0640"), _hangs("\u0623", "/"), _hangs("/", "90")
        (True, True, True)
    """
    if after[0].isdigit():
        return before in (_AND, *_BETWEEN)
    if after[0].isascii() and after[0].isalpha():
        return before == _AND
    if after in _BETWEEN:
        return len(before) == 1 or before.isdigit()
    return before[-1].isdigit() and after in _ERAS
