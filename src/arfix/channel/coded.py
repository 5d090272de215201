"""The words of a document that hold private-use symbols, collected and decoded."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from arfix.channel.readings import EDGE, MARK, STRETCH, Reading, form_in
from arfix.glyphs import Glyph, glyphs_of
from arfix.lexicon.marks import MARK_CHARS, SHADDA
from arfix.view import LETTER_CLASS, MARK_CLASS, TATWEEL, WORD, bare

PRIVATE_CLASS: Final = "\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd"
PRIVATE: Final = re.compile(f"[{PRIVATE_CLASS}]")
#: A word with the symbols in it; more than this many characters is no word.
LONGEST_WORD: Final = 40
_INSIDE: Final = f"{LETTER_CLASS}{MARK_CLASS}{PRIVATE_CLASS}"
#: Presentation forms, which are letters that no word list knows; the ornate brackets are none.
FORM_CLASS: Final = "\ufb50-\ufd3d\ufd50-\ufdfb\ufe70-\ufefc"
#: Nothing that goes on in presentation forms: what is left of the word tells nothing.
CODED_WORD: Final = re.compile(f"(?<![{_INSIDE}{FORM_CLASS}])[{_INSIDE}]++(?![{FORM_CLASS}])")
_LETTER: Final = re.compile(f"[{LETTER_CLASS}]")
_FORM: Final = re.compile(f"[{FORM_CLASS}]")
#: A symbol that touches a letter, the last character of the match; and symbols between letters.
#: Some extractors set a symbol off by directional controls.
_CONTROL_CLASS: Final = "\u200e\u200f\u202a-\u202e\u2066-\u2069"
_CONTROLS: Final = f"[{_CONTROL_CLASS}]*"
_DRAWN: Final = f"[{LETTER_CLASS}{MARK_CLASS}{FORM_CLASS}]"
TOUCHING: Final = re.compile(
    f"{_DRAWN}{_CONTROLS}[{PRIVATE_CLASS}]|[{PRIVATE_CLASS}](?={_CONTROLS}{_DRAWN})"
)
#: What may be one word on the page, whatever it is written in.
DRAWN_WORD: Final = re.compile(f"[{_INSIDE}{FORM_CLASS}{_CONTROL_CLASS}]+")
_AMID: Final = re.compile(
    f"{_DRAWN}{_CONTROLS}[{PRIVATE_CLASS}]+{_CONTROLS}[{LETTER_CLASS}{FORM_CLASS}]"
)

#: Ceilings that keep the work bounded on any text; far above what a map needs.
_MOST_SYMBOLS: Final = 48
_MOST_HEALTHY: Final = 4000
_MOST_CONTEXTS: Final = 2
_MOST_KINDS: Final = 20_000
#: Different symbols in a word, beyond which it tells of none of them.
_MOST_UNKNOWN: Final = 2


@dataclass(slots=True)
class CodedWord:
    """A distinct word with symbols in it."""

    word: str
    count: int
    symbols: frozenset[str]
    contexts: list[tuple[tuple[str, ...], tuple[str, ...]]]

    @property
    def weight(self) -> float:
        """How much the word's vote counts: its repeats are hardly news."""
        return 1.0 + 0.5 * math.log(self.count)


@dataclass(frozen=True, slots=True)
class CodedWords:
    """The words of a document that hold symbols, and the glyphs that stand healthy in it."""

    types: tuple[CodedWord, ...]
    healthy: Mapping[Glyph, int]
    counts: Mapping[str, int]


def collect(lines: Iterable[str], known: Collection[str] = ()) -> CodedWords:
    r"""Return the coded words of lines of text, with their neighbours, and the healthy glyphs.

    Of a cipher, most of whose words hold several symbols, there is no coded word: nothing in
    such words tells what they are.

    Args:
        lines: The text.
        known: Symbols whose readings are given.

    Example:
        >>> [kind.word for kind in collect(["قلم \ue001لم"]).types] == ["\ue001لم"]
        True
    """
    found: dict[str, CodedWord] = {}
    healthy: set[str] = set()
    times: Counter[str] = Counter()
    done: set[str] = set()
    for line in lines:
        if not PRIVATE.search(line):
            if len(healthy) < _MOST_HEALTHY:
                healthy.update(bare(word) for word in WORD.findall(line[:4000]))
            continue
        words = CODED_WORD.findall(line)
        times.update(words)
        for index, word in enumerate(words):
            if word in done:
                continue
            kind = found.get(word)
            if kind is None:
                if len(found) >= _MOST_KINDS:
                    continue
                symbols = frozenset(PRIVATE.findall(word))
                if not symbols or len(word) > LONGEST_WORD or not _LETTER.search(word):
                    done.add(word)
                    if not symbols and len(healthy) < _MOST_HEALTHY:
                        healthy.add(bare(word))
                    continue
                kind = found[word] = CodedWord(word, 0, symbols, [])
            kind.contexts.append(
                (tuple(words[max(0, index - 2) : index]), tuple(words[index + 1 : index + 3]))
            )
            if len(kind.contexts) == _MOST_CONTEXTS:
                done.add(word)
    glyphs: Counter[Glyph] = Counter()
    for word in healthy:
        glyphs.update(set(_drawn(word)))
    crowded = sum(len(kind.symbols.difference(known)) > _MOST_UNKNOWN for kind in found.values())
    if 2 * crowded > len(found):
        return CodedWords((), glyphs, {})
    counts: Counter[str] = Counter()
    for word, kind in found.items():
        kind.count = times[word]
        for symbol in PRIVATE.findall(word):
            counts[symbol] += kind.count
    kept = {symbol for symbol, _ in common(counts)[:_MOST_SYMBOLS]}
    types = sorted(
        (kind for kind in found.values() if kind.symbols & kept),
        key=lambda kind: (len(kind.symbols), -kind.count, kind.word),
    )
    return CodedWords(tuple(types), glyphs, {symbol: counts[symbol] for symbol in kept})


def stacked(below: str, above: str) -> str:
    """Return two marks of one letter as the table of marks spells them, shadda first."""
    return above + below if SHADDA in above else below + above


def common(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    """Return symbols and their counts, the commonest first."""
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def _drawn(letters: str) -> Iterable[Glyph]:
    """Yield the glyphs of a word, a lam-alef as the one glyph that it is."""
    glyphs = glyphs_of(letters)
    for index, glyph in enumerate(glyphs):
        if glyph is not None:
            yield glyph
        elif letters[index] == "\u0644":
            pair = letters[index : index + 2]
            yield Glyph(pair, form_in(letters, index, index + 2))


def is_coded(pages: Sequence[str]) -> bool:
    r"""Return whether a text has symbols in it, but is written in letters for the most part.

    A font without any usable character map puts all its letters into private-use codes. There
    are too few words left then to tell what one of them means. So it is where the letters are
    presentation forms, which are no letters to the word list.

    Example:
        >>> is_coded(["قلم \ue001لم"]), is_coded(["\ue002\ue003 \ue004ا"]), is_coded(["قلم"])
        (True, False, False)
    """
    symbols = sum(len(PRIVATE.findall(page)) for page in pages if PRIVATE.search(page))
    if not symbols:
        return False
    forms = sum(len(_FORM.findall(page)) for page in pages)
    return symbols + forms <= sum(len(_LETTER.findall(page)) for page in pages)


def is_amid(pages: Sequence[str]) -> bool:
    r"""Return whether symbols stand between letters, where no bullet or icon stands.

    Example:
        >>> is_amid(["ق\ue001م"]), is_amid(["\ue001 قلم", "\ue001قلم"])
        (True, False)
    """
    return any(_AMID.search(page) for page in pages)


def bullets(lines: Iterable[str]) -> set[str]:
    r"""Return the symbols that open several lines of words and stand nowhere else.

    Example:
        >>> bullets(["\ue001قلم جديد", "\ue001خبز طازج", "م\ue002تب"]) == {"\ue001"}
        True
    """
    opening: Counter[str] = Counter()
    everywhere: Counter[str] = Counter()
    for line in lines:
        symbols = PRIVATE.findall(line)
        if symbols:
            everywhere.update(symbols)
            opens = line.lstrip()[:1] == symbols[0] and len(line.split(None, 2)) > 1
            opening.update(symbols[:1] if opens else ())
    return {symbol for symbol, n in opening.items() if n > 1 and n == everywhere[symbol]}


def decode(word: str, readings: Mapping[str, Reading], keep: str) -> tuple[str, dict[int, str]]:
    r"""Return a coded word's bare letters under a map, and the marks that it carries.

    Symbols without a reading, and those in ``keep``, stay in the letters.

    Example:
        >>> decode("\ue001لم", {"\ue001": Reading("ق", "initial")}, "")[0]
        'قلم'
    """
    letters: list[str] = []
    marks: dict[int, str] = {}
    real = 0
    for char in word:
        reading = readings.get(char)
        if char in MARK_CHARS:
            marks[max(real - 1, 0)] = stacked(marks.get(max(real - 1, 0), ""), char)
        elif reading is None or char == keep:
            letters.append(char)
            real += char != TATWEEL and PRIVATE.match(char) is None
        elif reading.form == MARK:
            marks[max(real - 1, 0)] = stacked(marks.get(max(real - 1, 0), ""), reading.text)
        elif reading.form not in (STRETCH, EDGE):
            letters.append(reading.text)
            real += len(reading.text)
    return bare("".join(letters)), marks
