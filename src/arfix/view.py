"""The one tokenizer: where the words, numbers and marks of a text stand.

Everything that looks at words, at run time and while the data is built, reads them through
this module, so that counts and look-ups can never disagree about what a word is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

TATWEEL: Final = "ـ"

_MARK_CHARS = {
    code
    for start, end in (
        (0x610, 0x61A),
        (0x64B, 0x65F),
        (0x670, 0x670),
        (0x6D6, 0x6DC),
        (0x6DF, 0x6E8),
        (0x6EA, 0x6ED),
    )
    for code in range(start, end + 1)
}
#: ``str.translate`` table that leaves the bare letters of a word.
STRIP_MARKS: Final[dict[int, None]] = dict.fromkeys([*sorted(_MARK_CHARS), ord(TATWEEL)])

#: Vowel marks, superscript alef, Quranic annotation; they never take part in a look-up.
MARK_CLASS: Final = "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed"
#: Letters that a word may hold: Arabic, and the Persian, Urdu, Kurdish and Pashto ones, so
#: that a word of those languages is one token and never a heap of Arabic-looking fragments.
LETTER_CLASS: Final = (
    "\u0621-\u063a\u0640-\u064a\u066e-\u066f\u0671-\u06d3\u06d5\u06ee-\u06ef\u06fa-\u06fc"
    "\u06ff\u0750-\u077f\u08a0-\u08c7"
)
#: What is not part of a bare word.
STRIPPED: Final = re.compile(f"[{MARK_CLASS}{TATWEEL}]")
#: A word: starts with a letter, goes on with letters, marks and tatweel.
WORD: Final = re.compile(f"[{LETTER_CLASS}][{LETTER_CLASS}{MARK_CLASS}]*")

#: What the language models see between words. Quotation marks, brackets and dashes are
#: transparent to them: «أوبن إيه آي» reads as the three words in it.
_TOKEN: Final = re.compile(
    f"(?P<word>[{LETTER_CLASS}][{LETTER_CLASS}{MARK_CLASS}]*)"
    r"|(?P<number>[0-9\u0660-\u0669\u06f0-\u06f9]+(?:[.,:/\u066b\u066c][0-9\u0660-\u0669\u06f0-\u06f9]+)*)"
    r"|(?P<latin>[A-Za-z\u00c0-\u024f](?:[A-Za-z\u00c0-\u024f0-9_.'-]*[A-Za-z\u00c0-\u024f0-9])?)"
    r"|(?P<stop>[.!?؟…])|(?P<comma>[,،])|(?P<colon>:)|(?P<semicolon>[;؛])"
    r"|(?P<blank>\n[ \t\r]*\n\s*)"
)

#: The same without the names, and with the ends of lines.
_TOKEN_TEXT: Final = re.compile(re.sub(r"\?P<\w+>", "?:", _TOKEN.pattern) + "|\n")
#: What a word may start with.
LETTERS: Final = frozenset(re.findall(f"[{LETTER_CLASS}]", "".join(map(chr, range(0x600, 0x900)))))

#: Token kinds, as ``Token.kind``.
WORD_KIND: Final = "word"


class Token(NamedTuple):
    """A stretch of text that the models see as one unit.

    Attributes:
        kind: ``word``, ``number``, ``latin``, ``stop``, ``comma``, ``colon``,
            ``semicolon`` or ``blank`` (an empty line: the end of a paragraph).
        start: Offset of the first character, in code points.
        end: Offset after the last character.
        text: The characters themselves.
        bare: For a word, its letters without marks and tatweel; else empty.
    """

    kind: str
    start: int
    end: int
    text: str
    bare: str


def bare(word: str) -> str:
    """Return the letters of a word, without marks and tatweel.

    Example:
        >>> bare("مُـورِد")
        'مورد'
    """
    # Few words have a mark, and to look for one is cheaper than to translate.
    return word.translate(STRIP_MARKS) if STRIPPED.search(word) else word


def tokens(text: str) -> Iterator[Token]:
    """Yield the tokens of a text in order; their offsets never overlap.

    Example:
        >>> [token.kind for token in tokens("في عام 2023، زار Paris مسرعا.")]
        ['word', 'word', 'number', 'comma', 'word', 'latin', 'word', 'stop']
    """
    make = tuple.__new__  # a third of the time that the class takes for it
    mark = STRIPPED.search(text)
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or ""
        start, end = match.span()
        found = match.group()
        letters = ""
        if kind == WORD_KIND:
            letters = found
            # Few words have a mark; the next one that has is known beforehand.
            if mark and mark.start() < end:
                letters = found.translate(STRIP_MARKS)
                mark = STRIPPED.search(text, end)
                if not letters:
                    continue
        yield make(Token, (kind, start, end, found, letters))


def token_lines(text: str) -> list[list[str]]:
    r"""Return the texts of the tokens, line by line, for those who do not ask for their places.

    An empty line is the first token of the line behind it. A word of nothing but tatweel, which
    is no token, is left in.

    Example:
        >>> token_lines("في 2023، زار\nباريس.")
        [['في', '2023', '،', 'زار'], ['باريس', '.']]
    """
    rows: list[list[str]] = [[]]
    row = rows[0]
    for found in _TOKEN_TEXT.findall(text):
        if found[0] == "\n":
            if row:
                row = []
                rows.append(row)
            if found == "\n":
                continue
        row.append(found)
    return rows
