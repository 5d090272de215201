"""Addresses at the wrong end of their line or with their sign at the wrong end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from arfix.view import LETTER_CLASS, MARK_CLASS

_ADDRESS: Final = (
    r"(?:[A-Za-z0-9][\w.+\-]*@[\w\-]+(?:\.[\w\-]+)+|(?:https?://|www\.)[\x21-\x39\x3b-\x7e]+)"
)
#: ``a@b.org :label``: the value, a space, a colon, and the label that the colon ends.
_LABELLED: Final = re.compile(
    rf"^(?P<before>[ \t]*)(?P<value>{_ADDRESS})(?P<gap> ):"
    rf"(?P<label>[{LETTER_CLASS}][{LETTER_CLASS}{MARK_CLASS} ]{{1,40}}?)(?=[ \t\r]*$)",
    re.MULTILINE | re.ASCII,
)
#: ``name@``: a sign that leads a name and never ends one.
_HANDLE: Final = re.compile(
    r"(?<![\w@./\-])(?P<name>[A-Za-z][A-Za-z0-9]*(?:_[A-Za-z0-9]+)*)@"
    r"(?![\w@\-])(?! [\w\-]+ ?\.)",
    re.ASCII,
)
_HINT: Final = "@"
_COLON: Final = " :"

#: ``-4GPT``: the parts of a name and its number, last to first, with the hyphen that they share.
_CHUNKS: Final = re.compile(
    r"(?<![\w\-])(?:-(?P<number>[0-9]{1,4})(?P<name>[A-Za-z]{2,})(?!\w))", re.ASCII
)
#: The same of what a hyphen or stroke holds together, where a document shows it.
_PARTS: Final = re.compile(
    rf"(?<=\()-(?P<number>[0-9]{{1,3}})(?P<letter>[{LETTER_CLASS}])(?=\))"
    r"|(?<![\w/])(?P<date>[0-9]+/[0-9]+)(?P<capital>[A-Z])(?!\w)"
)

Change = tuple[int, int, str]


def misplaced(page: str) -> Iterator[Change]:
    """Yield where an address or its sign stands at the wrong end, and how it should.

    Example:
        >>> [text for *_, text in misplaced("a@b.org :\u0628\u0631\u064a\u062f")]
        ['\u0628\u0631\u064a\u062f: a@b.org']
        >>> [text for *_, text in misplaced("name@ \u0639\u0644\u0649")]
        ['@name']
        >>> [text for *_, text in misplaced("(-4GPT, -4)")]
        ['GPT-4']
    """
    if _COLON in page:
        for match in _LABELLED.finditer(page):
            start, end = match.start("value"), match.end()
            yield start, end, f"{match['label']}:{match['gap']}{match['value']}"
    if _CHUNKS.search(page):
        for match in _CHUNKS.finditer(page):
            yield match.start(), match.end(), f"{match['name']}-{match['number']}"
        for match in _PARTS.finditer(page):
            if match["letter"]:
                yield match.start(), match.end(), f"{match['number']}-{match['letter']}"
            else:
                yield match.start(), match.end(), match["capital"] + match["date"]
    if _HINT in page:
        for match in _HANDLE.finditer(page):
            yield match.start(), match.end(), "@" + match["name"]
