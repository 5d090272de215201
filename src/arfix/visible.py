"""Text made visible: what a terminal would swallow or obey is written as ``<U+E940>``."""

from __future__ import annotations

import os
import unicodedata
from typing import Final

#: Controls, format and private-use characters, surrogates, unassigned, separators.
_UNSEEN: Final = frozenset({"Cc", "Cf", "Co", "Cs", "Cn", "Zs", "Zl", "Zp"})
#: Invisible, though their category says letter or mark: grapheme joiner, Hangul fillers,
#: variation selectors.
_BLANK: Final = frozenset(
    {0x034F, 0x115F, 0x1160, 0x3164, 0xFFA0, *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)}
)


class _Visible(dict[int, "str | int"]):
    """``str.translate`` table that finds out about a character when it first meets it."""

    def __missing__(self, code: int) -> str | int:
        unseen = unicodedata.category(chr(code)) in _UNSEEN or code in _BLANK
        # Numbers stand for themselves in `translate`.
        value = self[code] = f"<U+{code:04X}>" if unseen else code
        return value


_VISIBLE: Final = _Visible({ord(" "): ord(" "), ord("\t"): ord("\t")})


def visible(text: str) -> str:
    r"""Return `text` with each invisible character written out as its code point.

    Example:
        >>> visible("a\ue940b\u200f")
        'a<U+E940>b<U+200F>'
    """
    return text.translate(_VISIBLE)


def visible_line(line: str) -> str:
    r"""Return a line so, its own ending left alone.

    Example:
        >>> visible_line("a\rb\r\n")
        'a<U+000D>b\r\n'
    """
    body = line.rstrip("\n")
    ending = line[len(body) :]
    if ending and body.endswith("\r"):
        body, ending = body[:-1], "\r" + ending
    return visible(body) + ending


def unescaped(argument: str) -> str:
    """Return an argument as UTF-8, whatever the locale made Python take it for.

    Under ``LC_ALL=C`` each byte beyond ASCII may arrive as a lone surrogate.
    """
    try:
        return os.fsencode(argument).decode("utf-8")
    except UnicodeError:
        return argument


def visible_name(name: str) -> str:
    """Return a file name fit for one line of a message."""
    return visible(unescaped(name))
