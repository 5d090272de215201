"""AR105 mojibake: letters that are another encoding's reading of Arabic bytes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, Final

from arfix.edits import Edit
from arfix.stages import Finding
from arfix.view import LETTER_CLASS, WORD, bare

if TYPE_CHECKING:
    from arfix.stages import Context

_UTF8: Final = "utf-8"
#: What UTF-8 is read as by mistake; both Latin code pages are one, since they agree where both
#: have a character.
_MULTIBYTE: Final = ("cp1252", "mac_roman", "cp1256")
#: What Latin readers take for Latin, a byte a letter.
_SINGLE: Final = ("cp1256", "iso8859_6")
#: First bytes of the two-byte letters of the Arabic blocks, and all that may come second.
_FIRST: Final = (0xD8, 0xD9, 0xDA, 0xDB)
_SECOND: Final = range(0x80, 0xC0)
#: The bytes of those first bytes, had they been Latin letters.
_TWICE: Final = (0xC3, range(0x98, 0x9C))
#: Latin letters in a row that no language writes; Vietnamese comes closest.
_ACCENTED: Final = re.compile("[\u00c0-\u00ff][\u00c0-\u00ff][\u00c0-\u00ff]")
_ARABIC: Final = re.compile(f"[{LETTER_CLASS}\u060c\u061b\u061f\u064b-\u0652\u0660-\u0669]")
_LETTER: Final = re.compile("[A-Za-z]")
_BEYOND_ASCII: Final = re.compile("[^\x00-\x7f]+")
_TOKEN: Final = re.compile("[^\\s]+")
#: Letters that the whole document must yield, and how much of what it yields must be Arabic.
_LEAST_LETTERS: Final = 4
_LEAST_ARABIC: Final = 0.7
#: A single byte can always be read as a letter: there the words have to be words.
_LEAST_WORDS: Final = 2
_LEAST_KNOWN: Final = 0.6
_MOST_WORDS: Final = 2000
_LONGEST_LINE: Final = 20_000
_SURE, _KNOWN = 0.995, 0.97


@dataclass(frozen=True, slots=True)
class _Reading:
    """How the bytes were read, and how they are to be read."""

    wrong: str
    right: str


class Mojibake:
    """Read the bytes of misread Arabic as what they are.

    What it does:
        Turns letters back into the bytes that they were read from, and reads these as UTF-8 or as
        the Arabic code page that they are in.

    Why:
        A program that guesses the encoding of a file wrong turns each Arabic letter into one or
        two Latin ones. No letter is lost by it, so the way back is exact.

    Example:
        ``Ø³Ù„Ø§Ù…`` becomes ``سلام``, and so does ``ÓáÇã``.

    When it stays silent:
        French, German, Vietnamese and all other text with accents; bytes that are no UTF-8 in a
        line (a byte was lost: nothing of the line is touched); words that are none when read as
        Arabic.
    """

    code = "AR105"
    name = "mojibake"

    def detect(self, pages: Sequence[str], context: Context) -> Finding | None:
        """Return how the text was misread, if it was, or ``None``."""
        for wrong in _MULTIBYTE:
            count = sum(_decodable(page, wrong) for page in pages if _is_hinted(page, wrong))
            if count >= _LEAST_LETTERS:
                return self._found(pages, count, _Reading(wrong, _UTF8), _SURE)
        if not any(_ACCENTED.search(page) for page in pages):
            return None
        # Both pages turn some words into others, so the commoner words decide.
        options = [(*_known(pages, right, context), right) for right in _SINGLE]
        _, share, words, right = max(options)
        if words < _LEAST_WORDS or share < _LEAST_KNOWN:
            return None
        return self._found(pages, words, _Reading("cp1252", right), _KNOWN)

    def _found(self, pages: Sequence[str], count: int, reading: _Reading, sure: float) -> Finding:
        size = sum(len(part) for page in pages for part in _BEYOND_ASCII.findall(page))
        return Finding(
            code=self.code,
            name=self.name,
            count=count,
            rate=min(1.0, 2 * count / max(1, size)) if reading.right == _UTF8 else 1.0,
            evidence=f"{count} pieces of Arabic in {reading.right} were read as {reading.wrong}",
            confidence=sure,
            detail=reading,
        )

    def repair(self, page: str, finding: Finding, context: Context) -> list[Edit]:
        """Return an edit for each stretch of misread letters."""
        reading: _Reading = finding.detail
        stretches = _misread if reading.right == _UTF8 else _misread_letters
        edits = []
        start = 0
        for line in page.split("\n"):
            for at, before, after in stretches(line, reading):
                edits.append(
                    Edit(
                        self.code,
                        start + at,
                        start + at + len(before),
                        before,
                        after,
                        finding.confidence,
                    )
                )
            start += len(line) + 1
        return edits


@cache
def _bytes(codec: str) -> dict[str, int]:
    """Return the byte that each character beyond ASCII was read from."""
    table = {}
    for byte in range(0x80, 0x100):
        if codec == "cp1252":
            table[chr(byte)] = byte  # Latin-1, and what browsers make of undefined bytes
        try:
            table[bytes([byte]).decode(codec)] = byte
        except UnicodeDecodeError:
            continue
    return table


def _is_hinted(page: str, codec: str) -> bool:
    """Return whether a page holds two letters, each read as several characters, in a row."""
    # One pair is looked for first: that is a fast search, and there is hardly ever one.
    one = _pair(codec).search(page) or _twice(codec).search(page)
    return one is not None and _pairs(codec).search(page) is not None


@cache
def _pairs(codec: str) -> re.Pattern[str]:
    """Return what finds two letters of the Arabic block, each read as two characters."""
    once = f"(?:{_pair(codec).pattern}){{2}}"
    return re.compile(f"{once}|(?:{_twice(codec).pattern}[^\x00-\x7f]{{2,3}}){{2}}")


@cache
def _twice(codec: str) -> re.Pattern[str]:
    """Return what finds the start of a letter read wrong twice: four characters or five."""
    table = _bytes(codec)
    lead = "".join(char for char, byte in table.items() if byte == _TWICE[0])
    after = "".join(re.escape(char) for char, byte in table.items() if byte in _TWICE[1])
    return re.compile(f"[{lead}][{after}]")


@cache
def _pair(codec: str) -> re.Pattern[str]:
    """Return what finds a single such letter."""
    table = _bytes(codec)
    first = "".join(char for char, byte in table.items() if byte in _FIRST)
    second = "".join(re.escape(char) for char, byte in table.items() if byte in _SECOND)
    return re.compile(f"[{first}][{second}]")


@cache
def _readable(codec: str) -> re.Pattern[str]:
    """Return what finds stretches of characters beyond ASCII that the code page has."""
    return re.compile("[" + "".join(map(re.escape, _bytes(codec))) + "]+")


def _decoded(stretch: str, reading: _Reading) -> str:
    """Return what the bytes of a stretch say, or nothing if they say nothing."""
    table = _bytes(reading.wrong)
    try:
        decoded = bytes(table[char] for char in stretch).decode(reading.right)
    except (KeyError, UnicodeDecodeError):
        return ""
    if reading.right == _UTF8 and _pairs(reading.wrong).search(decoded):
        return _decoded(decoded, reading) or decoded
    return decoded


def _decodable(page: str, wrong: str) -> int:
    """Return how many letters of Arabic a page yields in stretches that are sure to be misread."""
    total = arabic = 0
    reading = _Reading(wrong, _UTF8)
    for match in _readable(wrong).finditer(page):
        if _pairs(wrong).search(match.group()):
            decoded = _decoded(match.group(), reading)
            total += len(decoded)
            arabic += len(_ARABIC.findall(decoded))
    return arabic if arabic >= _LEAST_ARABIC * total else 0


def _misread(line: str, reading: _Reading) -> Iterator[tuple[int, str, str]]:
    """Yield the stretches of a line that are UTF-8, or one that shows why they are left alone."""
    pair = _pair(reading.wrong)
    found = []
    for match in _readable(reading.wrong).finditer(line):
        decoded = _decoded(match.group(), reading)
        if decoded:
            found.append((match.start(), match.group(), decoded))
        elif pair.search(match.group()):
            # A byte is missing: what the rest of the line says may be off, too.
            yield match.start(), match.group(), match.group()
            return
    yield from found


def _misread_letters(line: str, reading: _Reading) -> Iterator[tuple[int, str, str]]:
    """Yield the tokens of a line that were Arabic, a byte a letter."""
    for match in _TOKEN.finditer(line):
        token = match.group()
        if _LETTER.search(token):
            continue  # a French or German word
        for part in _BEYOND_ASCII.finditer(token):
            decoded = _decoded(part.group(), reading)
            if decoded and decoded != part.group():
                yield match.start() + part.start(), part.group(), decoded


def _known(pages: Sequence[str], right: str, context: Context) -> tuple[float, float, int]:
    """Return how probable the words are if read so, which share are words, and their number."""
    lexicon, persian = context.resources.lexicon, context.resources.persian
    reading = _Reading("cp1252", right)
    words = known = 0
    total = 0.0
    for line in chain.from_iterable(page.split("\n") for page in pages):
        if words > _MOST_WORDS or not _ACCENTED.search(line):
            continue
        for _, _, decoded in _misread_letters(line[:_LONGEST_LINE], reading):
            for letters in map(bare, WORD.findall(decoded)):
                if len(letters) > 2:
                    words += 1
                    known += letters in lexicon or letters in persian
                    total += max(lexicon.log_probability(letters), persian.log_probability(letters))
    return total / max(1, words), known / max(1, words), words
