"""Bytes to text: which encoding a file is in, strictly, or why it is none.

Nothing is ever replaced or dropped on the way in: a text that came in can go out again byte
for byte (see `encode`). What cannot be read so is refused with advice.
"""

from __future__ import annotations

import codecs
import difflib
import re
from dataclasses import dataclass
from typing import Final

from arfix.errors import DecodeError
from arfix.io import signatures

#: Longest first: the mark of UTF-32-LE begins with that of UTF-16-LE.
_MARKS: Final[tuple[tuple[bytes, str], ...]] = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
#: Names that leave the byte order or the mark open, and what they mean where there is no mark.
_FAMILIES: Final = {"utf-8-sig": "utf-8", "utf-16": "utf-16-le", "utf-32": "utf-32-le"}
#: What is suggested for a name that does not exist.
_KNOWN: Final = (
    "utf-8",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "cp1256",
    "windows-1256",
    "iso-8859-6",
    "mac-arabic",
    "utf-32",
)

_ARABIC: Final = re.compile(
    "[\u0621-\u0652\u0660-\u0669\u067e\u0686\u0688\u0691\u0698\u06a9\u06af"
    "\u06ba\u06be\u06c1\u06d2\u0679]"
)
_ALEF_OR_LAM: Final = re.compile("[\u0627\u0644]")
_HIGH: Final = re.compile("[^\x00-\x7f]")
_MIXED: Final = re.compile(
    "[\u0621-\u064a\u067e-\u06d2][A-Za-z\u00c0-\u00ff]"
    "|[A-Za-z\u00c0-\u00ff][\u0621-\u064a\u067e-\u06d2]"
)
_CONTROL: Final = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
#: What the text of a UTF-16 file is made of, and what a broken extraction adds to it: bidi
#: controls, private use, U+FFFD, Latin-1. Read with its bytes swapped it has next to none of the
#: former (its spaces are then U+2000).
_EXPECTED: Final = re.compile("[\t\n\f\r\x20-\x7e\u0600-\u06ff\ufb50-\ufdfd\ufe70-\ufefc]")
_POSSIBLE: Final = re.compile("[\x00-\xff\u2000-\u206f\ue000-\uf8ff\ufffd\ufffe]")


@dataclass(frozen=True, slots=True)
class Encoding:
    """How a file spells its text.

    Attributes:
        codec: Python's name of the encoding, byte order included.
        mark: The byte order mark that the file begins with, or nothing.
    """

    codec: str
    mark: bytes = b""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text and the encoding that it came in."""

    text: str
    encoding: Encoding


UTF8: Final = Encoding("utf-8")


def codec_name(name: str) -> str:
    """Return Python's name for the encoding `name`.

    Raises:
        DecodeError: There is no such encoding of text; the message names a close one.

    Example:
        >>> codec_name("Windows-1256")
        'cp1256'
    """
    try:
        codec = codecs.lookup(name).name
        "".encode(codec)  # "hex" and "rot13" can be looked up, but are no encodings of text
    except (LookupError, UnicodeError, ValueError):
        close = difflib.get_close_matches(name.lower(), _KNOWN, n=1)
        hint = f"did you mean {close[0]}?" if close else "try utf-8, utf-16 or cp1256"
        raise DecodeError(f"unknown encoding {name!r}: {hint}") from None
    return codec


def decode(data: bytes, encoding: str | None = None) -> Decoded:
    r"""Read bytes as text in their own or the named encoding, newlines untouched.

    UTF-8 and UTF-16 (with and without a byte order mark) and Windows-1256 are recognised.

    Args:
        data: The whole file.
        encoding: Its encoding, if it is known; nothing is guessed then.

    Raises:
        DecodeError: The bytes are not text, or not in that encoding.

    Example:
        >>> decode(b"\xff\xfe\x45\x06").encoding.codec
        'utf-16-le'
    """
    if (other := signatures.describe(data)) is not None:
        raise DecodeError(other)
    if encoding is not None:
        return _decode_named(data, codec_name(encoding))
    for mark, codec in _MARKS:
        if data.startswith(mark):
            if codec == "utf-32-le" and len(data) % 4:
                continue  # UTF-16 whose first character is NUL
            return Decoded(_strict(data[len(mark) :], codec), Encoding(codec, mark))
    if (unmarked := _unmarked_utf16(data)) is not None:
        return Decoded(_strict(data, unmarked), Encoding(unmarked))
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _decode_other(data, error)
    # Broken extractions hold NULs in place of up to half of their letters and are text all
    # the same; beyond that there is nothing to read.
    if text.count("\x00") * 2 > len(text):
        raise DecodeError(
            "this is not text (mostly NUL bytes): give a text file, "
            "or name its encoding with --encoding"
        )
    return Decoded(text, UTF8)


def _decode_named(data: bytes, codec: str) -> Decoded:
    """Decode what the caller has named; its mark, if there is one, is kept apart."""
    family = codec.removesuffix("-sig")
    for mark, marked in _MARKS:
        # "utf-16" and "utf-8-sig" take any mark of their kind.
        same = marked == codec or (codec in _FAMILIES and marked.startswith(family))
        if same and data.startswith(mark):
            return Decoded(_strict(data[len(mark) :], marked), Encoding(marked, mark))
    codec = _FAMILIES.get(codec, codec)
    return Decoded(_strict(data, codec), Encoding(codec))


def _strict(data: bytes, codec: str) -> str:
    """Decode or refuse, naming the place."""
    try:
        return data.decode(codec)
    except UnicodeDecodeError as error:
        raise DecodeError(
            f"not {codec}: byte 0x{data[error.start]:02X} at offset {error.start} does not fit "
            f"({error.reason}); name the right encoding with --encoding"
        ) from None
    except (UnicodeError, ValueError) as error:
        raise DecodeError(f"not {codec}: {error}; name another with --encoding") from None


def _unmarked_utf16(data: bytes) -> str | None:
    """Tell UTF-16 without a mark by what it would say; None when it says nothing likely."""
    # A space or a newline is a NUL byte there, and every Arabic letter a byte 06, or FE in its
    # presentation forms, which neither UTF-8 nor text in cp1256 has.
    telltale = data.count(0) + data.count(6) + data.count(0xFE)
    if not data or len(data) % 2 or telltale * 5 < len(data) // 2:
        return None
    best = max(("utf-16-le", "utf-16-be"), key=lambda codec: _share(_EXPECTED, data, codec))
    expected = _share(_EXPECTED, data, best)
    possible = _share(_POSSIBLE, data, best)
    return best if expected > 0.1 and expected + possible > 0.8 else None


def _share(characters: re.Pattern[str], data: bytes, codec: str) -> float:
    """Share of the characters that are among these; 0 when the data cannot be decoded."""
    try:
        text = data.decode(codec)
    except UnicodeDecodeError:
        return 0.0
    return len(characters.findall(text)) / len(text)


def _decode_other(data: bytes, error: UnicodeDecodeError) -> Decoded:
    """Decode as Windows-1256, or say what is wrong with data that is not UTF-8."""
    place = f"byte 0x{data[error.start]:02X} at offset {error.start}"
    if 0 in data:
        raise DecodeError(
            f"this is not text (NUL bytes, and {place} is not UTF-8): give a text "
            "file, or name its encoding with --encoding"
        )
    # Hardly any two Arabic letters of a one-byte encoding look like UTF-8, so a few good
    # sequences mean a UTF-8 file with a few bad bytes; those must not be guessed at.
    lenient = data.decode("utf-8", "replace")
    bad = lenient.count("\ufffd")
    if len(_HIGH.findall(lenient)) - bad > 3 * bad:
        cut = error.end == len(data) and "end of data" in error.reason
        what = "cut short inside a character" if cut else f"damaged: {place} does not fit"
        raise DecodeError(
            f"UTF-8, but {what}; get the file again, or drop what is broken: "
            "iconv -c -f utf-8 -t utf-8"
        )
    if _looks_arabic(data, "cp1256"):
        return Decoded(data.decode("cp1256"), Encoding("cp1256"))
    if _looks_arabic(data, "iso-8859-6"):
        raise DecodeError("not UTF-8, perhaps ISO-8859-6: say so with --encoding iso-8859-6")
    raise DecodeError(
        f"cannot tell the encoding ({place} is not UTF-8): name it with --encoding, "
        "for example --encoding cp1256"
    )


def _looks_arabic(data: bytes, codec: str) -> bool:
    """Tell whether one-byte data makes Arabic text in `codec`, rather than some other script.

    Other alphabets read as Windows-1256 give Arabic and accented Latin letters within one
    word, hardly ever seen in text, however broken; ISO-8859-6 too.
    """
    try:
        text = data.decode(codec)
    except UnicodeDecodeError:
        return False
    arabic = len(_ARABIC.findall(text))
    punctuation = sum(map(text.count, "\u060c\u061b\u061f\xab\xbb\u2013\u2026\xa0\u200c\u200f"))
    return (
        arabic > 0
        and arabic + punctuation >= 0.9 * len(_HIGH.findall(text))
        and len(_MIXED.findall(text)) <= 0.1 * arabic
        and len(_CONTROL.findall(text)) <= 0.02 * len(text)
        # Alef and lam are a quarter of any Arabic text; more than a word without them is none.
        and (arabic < 8 or len(_ALEF_OR_LAM.findall(text)) > 0.1 * arabic)
    )
