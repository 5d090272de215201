"""Atoms: what no reordering of a line takes apart.

A line is cut into words, numbers, Latin runs, spaces and single marks of punctuation. Extractors
move these, and turn words round; they never move a digit inside a number that they understood.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from arfix.unicode_tables import MIRRORS
from arfix.view import LETTER_CLASS, MARK_CLASS

WORD: Final = "word"
NUMBER: Final = "number"
LATIN: Final = "latin"
SPACE: Final = "space"
PUNCTUATION: Final = "punctuation"

#: Stand-ins for glyphs that the extractor had no letter for: private use, controls, U+FFFD.
SYMBOLS: Final = "\x00-\x08\x0e-\x1b\x7f-\x9f\ue000-\uf8ff\ufffc-\uffff\U000f0000-\U0010ffff"
#: Letters of other scripts, and signs, that a font without a table for its glyphs puts in words.
STRAY: Final = (
    "\u00a1-\u00aa\u00ac-\u00b6\u00b8-\u00ba\u00bc-\u05c7\u0700-\u074f\u0780-\u089f\u0900-\u1fff"
)
#: Joiners stand inside words and say nothing.
JOINERS: Final = "\u200b-\u200d\u2060\ufeff"
PRESENTATION: Final = "\ufb50-\ufdff\ufe70-\ufefc"
LETTERS: Final = f"{LETTER_CLASS}{PRESENTATION}"
_INNER: Final = f"{LETTERS}{MARK_CLASS}{SYMBOLS}{JOINERS}"
DIGITS: Final = "0-9\u0660-\u0669\u06f0-\u06f9"
_LATIN_LETTERS: Final = "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f"
_CID: Final = r"\(cid:\d+\)"
_ATOM: Final = re.compile(
    # Next to Arabic letters, and to no Latin ones, a stray letter stands for one of the word.
    rf"(?P<word>(?:[{STRAY}]{{1,3}}(?=[{LETTERS}]))?"
    rf"(?:[{_INNER}]|{_CID})+(?:[{STRAY}]{{1,3}}(?![A-Za-z{STRAY}])(?:[{_INNER}]|{_CID})*)*)"
    # A number with a Latin letter behind it is one with it: 70B, 3G.
    rf"|(?P<latin>(?:[0-9]+(?:[.,][0-9]+)*)?[{_LATIN_LETTERS}]"
    rf"(?:(?:[\x20-\x27\x2a-\x7e{_LATIN_LETTERS}\u2019]"
    rf"|\([\x20-\x27\x2a-\x7e]*\))*(?:[{_LATIN_LETTERS}0-9]|\([\x20-\x27\x2a-\x7e]*\)))?)"
    rf"|(?P<number>[{DIGITS}]+(?:[.,:/\u066b\u066c][{DIGITS}]+)*)"
    # Of several blanks the first may belong to another word than the rest.
    r"|(?P<space>(?<!\s)\s(?=\s)|\s+)"
    r"|(?P<punctuation>.)",
    re.DOTALL,
)
#: What reversing a word keeps together: a code of several characters.
_PIECE: Final = re.compile(rf"{_CID}|.", re.DOTALL)
#: A letter with the marks after it.
_CLUSTER: Final = re.compile(rf"{_CID}|.[{MARK_CLASS}]*", re.DOTALL)
#: Lam-alef in reverse.
_LAM_ALEF: Final = re.compile("([\u0627\u0623\u0625\u0622]\u0644)")
_ORPHAN: Final = re.compile(f"[{MARK_CLASS}]")
ALEF: Final = "\u0627"
TANWEEN: Final = "\u064b"
ARABIC: Final = re.compile(f"[{LETTERS}]")


class Atom(NamedTuple):
    """A piece of a line that keeps its characters together.

    Attributes:
        kind: ``word``, ``number``, ``latin``, ``space`` or ``punctuation``.
        text: The characters as they stand.
    """

    kind: str
    text: str


def atoms(line: str) -> list[Atom]:
    """Return the atoms of a line; joined, they are the line.

    Example:
        >>> [atom.kind for atom in atoms("في 2.5% (ab c)")]
        ['word', 'space', 'number', 'punctuation', 'space', 'punctuation', 'latin', 'punctuation']
    """
    make = tuple.__new__  # a third of the time that the class takes for it
    return [make(Atom, (match.lastgroup or "", match.group())) for match in _ATOM.finditer(line)]


def mended(line: Sequence[Atom], is_known: Callable[[str], bool]) -> list[Atom]:
    """Return the atoms with words that a space cuts in front of a vowel mark whole again.

    Args:
        line: The atoms.
        is_known: Whether letters are a word.

    Example:
        >>> whole = mended(atoms("حك \u064bرا"), {"حك \u064bرا"}.__contains__)
        >>> [atom.kind for atom in whole]
        ['word']
    """
    result: list[Atom] = []
    for atom in line:
        if atom.kind == WORD and len(result) > 1 and len(result[-1].text) == 1:
            before = result[-2]
            if (
                before.kind == WORD
                and result[-1].kind == SPACE
                and (_ORPHAN.match(atom.text) or (atom.text == ALEF and TANWEEN in before.text))
            ):
                whole = f"{before.text}{result[-1].text}{atom.text}"
                if is_known(whole):
                    result[-2:] = [Atom(WORD, whole)]
                    continue
        result.append(atom)
    return result


def turned(text: str, *, clusters: bool = False) -> str:
    """Return a word with its characters in reverse, codes of several characters whole.

    Args:
        text: The word.
        clusters: Marks stay behind their letters.

    Example:
        >>> turned("با(cid:7)")
        '(cid:7)اب'
    """
    if clusters:
        return "".join(reversed(_CLUSTER.findall(text)))
    if "(" not in text:
        return text[::-1]
    return "".join(reversed(_PIECE.findall(text)))


def turned_between(text: str) -> str:
    """Return a word with the stretches between its lam-alefs in reverse, each where it stands.

    Fonts draw lam-alef as one sign of two letters, which some producers write on its own, so that
    the word is no single stretch. Its letters are in reverse like any others.

    Example:
        >>> turned_between("االطالع")
        'الاطلاع'
    """
    return "".join(turned(piece) for piece in _LAM_ALEF.split(text))


def mirrored(text: str) -> str:
    """Return brackets and guillemets as their mirror images.

    Example:
        >>> mirrored("(«a")
        ')»a'
    """
    return "".join(MIRRORS.get(char, char) for char in text)
