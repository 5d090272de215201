"""Which characters of a document are symbols, and the words that hold them.

A symbol is what an extractor writes for a glyph whose letter it does not know: ``(cid:7)``, U+FFFD,
a control character, or the raw character code, which may be any letter of any script. Only the
last need care: foreign letters are symbols where they stand inside Arabic words.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from arfix.view import LETTER_CLASS, MARK_CLASS, TATWEEL

#: What is never a letter of a text: controls but for white space, what replaces the unknown, and
#: noncharacters.
HARD_CLASS: Final = "\\x00-\\x08\\x0e-\\x1b\\x7f-\\x84\\x86-\\x9f\ufffd\ufffe\uffff"
#: Characters of other scripts, and signs; guillemets, no-break space and soft hyphen left out.
SOFT_CLASS: Final = (
    "\u00a1-\u00aa\u00ac\u00ae-\u00ba\u00bc-\u05ff\u0606-\u060b\u060e-\u060f\u061d-\u061e"
    "\u0700-\u074f\u0780-\u089f\u0900-\u1fff"
)
#: White space that is a raw character code where it stands beside a symbol.
BLANK_CLASS: Final = "\t\x0b\x0c\x1c-\x1f\x85"
PRIVATE_CLASS: Final = "\ue000-\uf8ff"
FORM_CLASS: Final = "\ufb50-\ufd3d\ufd50-\ufdfb\ufe70-\ufefc"
CONTROL_CLASS: Final = "\u200e\u200f\u202a-\u202e\u2066-\u2069"
_ARABIC: Final = f"{LETTER_CLASS}{MARK_CLASS}{FORM_CLASS}"
#: Underscores tie words together in tags, and backslashes are left of escapes.
_ASCII_CLASS: Final = "!#-'*+<->@A-Z^`-~"
_CID: Final = r"\(cid:\d{1,5}\)"
#: A symbol, or what looks like one: cheap, and rare in healthy text.
SUSPECT: Final = re.compile(
    f"[{HARD_CLASS}]|{_CID}|[{_ARABIC}][{SOFT_CLASS}]|[{SOFT_CLASS}][{LETTER_CLASS}{FORM_CLASS}]"
    f"|[{LETTER_CLASS}{FORM_CLASS}][{_ASCII_CLASS}]{{1,2}}[{LETTER_CLASS}{FORM_CLASS}]"
    f"|[{PRIVATE_CLASS}]"
)
_SOFT_RUN: Final = re.compile(
    f"(?P<before>[{_ARABIC}])?(?P<run>[{SOFT_CLASS}]+)(?P<after>[{_ARABIC}])?"
)
_ASCII_RUN: Final = re.compile(f"(?<=[{_ARABIC}])[{_ASCII_CLASS}]{{1,2}}(?=[{_ARABIC}])")
_LETTER: Final = re.compile(f"[{LETTER_CLASS}{FORM_CLASS}]")
_PRIVATE: Final = re.compile(f"[{PRIVATE_CLASS}]")

#: Letters that dots make other letters of.
_DOTTED: Final = "\u0649\u062d\u062f\u0631\u0633\u0635\u0637\u0639\u0647\u066e\u066f\u06a1\u06ba"
#: Runs of foreign characters of which so many touch Arabic letters are no words of their own.
_TOUCHING: Final = 0.6
_FEWEST_ASCII: Final = 3
#: Times that white space stands inside of a word, beside a symbol, and their share.
_FEWEST_BLANK: Final = 3
_BLANK_SHARE: Final = 0.8
#: Where the internal names of symbols begin: no text holds these.
_FIRST_NAME: Final = 0x100000
#: Symbols that stand for any of many letters, unless the document shows otherwise.
WILD: Final = frozenset("\x00\ufffd\ufffe\uffff")


_HARD: Final = re.compile(f"[{HARD_CLASS}{PRIVATE_CLASS}]|{_CID}")
#: So few foreign characters, and nothing else, tell nothing.
_FEWEST_SOFT: Final = 3


@lru_cache(maxsize=2)
def is_suspect(pages: tuple[str, ...]) -> bool:
    """Return whether pages hold anything that looks like a symbol; several classes ask."""
    if not any(SUSPECT.search(page) for page in pages):
        return False
    if any(_HARD.search(page) for page in pages):
        return True
    found = 0
    for page in pages:
        for _ in SUSPECT.finditer(page):
            found += 1
            if found >= _FEWEST_SOFT:
                return True
    return False


@dataclass(frozen=True, slots=True)
class Unit:
    """One glyph of a word as extracted.

    Attributes:
        start: Offset in the line.
        end: Offset behind it.
        text: Its letters, or the internal name of a symbol; empty for marks and controls.
    """

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class CodedWord:
    """A word of a line.

    Attributes:
        start: Offset in the line.
        end: Offset behind it.
        units: What it is made of, in the order of the text.
    """

    start: int
    end: int
    units: tuple[Unit, ...]

    def pattern(self, *, reverse: bool) -> str:
        """Return letters and internal names in reading order."""
        units = reversed(self.units) if reverse else self.units
        return "".join(unit.text for unit in units)


def is_name(char: str) -> bool:
    """Return whether a character of a pattern names a symbol."""
    return char >= "\U00100000"


@lru_cache(maxsize=4096)
def plain(char: str) -> str:
    """Return the letters that a character draws; empty for marks.

    Example:
        >>> plain("\ufedf"), plain("\u064b")
        ('\u0644', '')
    """
    if char >= "\ufb50":
        char = unicodedata.normalize("NFKC", char)
    return "".join(one for one in char if _LETTER.match(one) and one != TATWEEL)


class Alphabet:
    """The symbols of one document.

    Args:
        pages: Its text.
        private: Whether private-use characters are symbols, too.
        paired: A symbol of which two together are one letter: its skeleton and its dots.
        marks: Symbols that are vowel marks: they are no part of a pattern.
    """

    def __init__(
        self,
        pages: Sequence[str],
        *,
        private: bool,
        paired: str = "",
        marks: Collection[str] = (),
    ) -> None:
        soft = _soft(pages)
        classes = HARD_CLASS + "".join(map(re.escape, sorted(soft)))
        classes += "".join(map(re.escape, sorted(_blanks(pages, classes))))
        if private:
            classes += PRIVATE_CLASS
        self._names: dict[str, str] = {}
        self._texts: list[str] = []
        pair = re.escape(paired)
        # One that is left over is the dots of the letter before it.
        odd = f"(?<=[{_DOTTED}]){pair}(?=(?:{pair}{pair})*(?!{pair}))|{pair}{pair}|" if pair else ""
        self._symbol = re.compile(f"{_CID}|{odd}[{classes}]")
        inside = f"{_ARABIC}{classes}{CONTROL_CLASS}"
        self._word = re.compile(f"(?:[{inside}]|{_CID})+")
        self.soft = soft
        self.marks = frozenset(marks)

    def count(self, pages: Iterable[str]) -> int:
        """Return how many symbols there are in pages."""
        return sum(len(self._symbol.findall(page)) for page in pages)

    def has_symbol(self, line: str) -> bool:
        """Return whether a line holds a symbol."""
        return self._symbol.search(line) is not None

    def touched(self, text: str) -> Iterator[re.Match[str]]:
        """Yield the words that hold symbols, as matches."""
        for match in self._word.finditer(text):
            if self._symbol.search(match.group()):
                yield match

    def name(self, symbol: str) -> str:
        """Return the internal name of a symbol, one character."""
        known = self._names.get(symbol)
        if known is None:
            known = self._names[symbol] = chr(_FIRST_NAME + len(self._texts))
            self._texts.append(symbol)
        return known

    def symbol(self, name: str) -> str:
        """Return the symbol that a name stands for."""
        return self._texts[ord(name) - _FIRST_NAME]

    def words(self, line: str) -> Iterator[CodedWord]:
        """Yield the words of a line, those without symbols too."""
        for match in self._word.finditer(line):
            units: list[Unit] = []
            at = match.start()
            for found in self._symbol.finditer(line, match.start(), match.end()):
                units.extend(Unit(i, i + 1, plain(line[i])) for i in range(at, found.start()))
                symbol = found.group()
                text = "" if symbol in self.marks else self.name(symbol)
                units.append(Unit(found.start(), found.end(), text))
                at = found.end()
            units.extend(Unit(i, i + 1, plain(line[i])) for i in range(at, match.end()))
            yield CodedWord(match.start(), match.end(), tuple(units))


def _soft(pages: Sequence[str]) -> set[str]:
    """Return the foreign characters that are symbols in these pages."""
    touching: Counter[str] = Counter()
    everywhere: Counter[str] = Counter()
    runs = touched = 0
    for page in pages:
        for match in _SOFT_RUN.finditer(page):
            chars = match["run"]
            touches = match["before"] is not None or match["after"] is not None
            runs += 1
            touched += touches
            everywhere.update(chars)
            if touches:
                touching.update(chars)
    found = {
        char
        for char, count in everywhere.items()
        if touched >= _TOUCHING * runs or touching[char] >= _TOUCHING * count
    }
    inside: Counter[str] = Counter()
    for page in pages:
        for run in _ASCII_RUN.findall(page):
            inside.update(run)
    for char, count in inside.items():
        total = sum(page.count(char) for page in pages)
        if count >= _FEWEST_ASCII and count >= _TOUCHING * total:
            found.add(char)
    return found


def _blanks(pages: Sequence[str], classes: str) -> set[str]:
    """Return the white space that is a symbol: always between one and a letter, or two."""
    either = f"{_ARABIC}{classes}{BLANK_CLASS}"
    inside = re.compile(
        f"(?<=[{classes}])[{BLANK_CLASS}](?=[{either}])|(?<=[{either}])[{BLANK_CLASS}](?=[{classes}])"
    )
    found = Counter[str]()
    for page in pages:
        found.update(inside.findall(page))
    return {
        char
        for char, count in found.items()
        if count >= _FEWEST_BLANK
        and count >= _BLANK_SHARE * sum(page.count(char) for page in pages)
    }
