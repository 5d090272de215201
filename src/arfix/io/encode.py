"""Text to bytes: back into the encoding, the mark and the newlines that it came in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from arfix.errors import ArfixError

if TYPE_CHECKING:
    from arfix.io.decode import Encoding

_LONE_NEWLINE: Final = re.compile(r"(?<!\r)\n")


class EncodeError(ArfixError, ValueError):
    """The text holds characters that the encoding of its file cannot spell."""


def encode(text: str, encoding: Encoding) -> bytes:
    r"""Return `text` as bytes in `encoding`, with the mark in front that it came with.

    Raises:
        EncodeError: The encoding lacks a character of the text.

    Example:
        >>> from arfix.io.decode import Encoding
        >>> encode("a", Encoding("utf-16-le", b"\xff\xfe"))
        b'\xff\xfea\x00'
    """
    try:
        return encoding.mark + text.encode(encoding.codec)
    except UnicodeEncodeError as error:
        code = ord(text[error.start])
        raise EncodeError(
            f"the repaired text holds U+{code:04X}, which {encoding.codec} cannot spell: "
            "print it instead (arfix repair FILE > NEW), which writes UTF-8"
        ) from None


def keep_newlines(text: str, original: str) -> str:
    r"""Return `text` with ``\r\n`` for every newline where `original` had no other.

    Example:
        >>> keep_newlines("a\nb\r\n", "ab\r\n")
        'a\r\nb\r\n'
    """
    if "\r\n" in original and not _LONE_NEWLINE.search(original) and _LONE_NEWLINE.search(text):
        return _LONE_NEWLINE.sub("\r\n", text)
    return text
