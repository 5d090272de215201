"""The lexicon words that a pattern of letters and symbols may be, by walking the automaton."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from arfix.channel.readings import form_in
from arfix.cipher.symbols import is_name
from arfix.lexicon.automaton import ALPHABET, CODES, FINAL_BIT, LABEL_MASK
from arfix.ligatures.units import LIGATURES

if TYPE_CHECKING:
    from arfix.lexicon.protocols import WordGraph

_LAM: Final = "ل"
_ALEFS: Final = "اأإآ"
_ALEF: Final = frozenset(_ALEFS)
#: Ligatures of two letters, by their first.
PAIRS: Final = {
    first: tuple(second for second in ALPHABET if first + second in LIGATURES) for first in ALPHABET
}
_LETTERS: Final = ("", *ALPHABET)
#: Letters that are another one with dots or a hamza, which fonts may draw as a glyph of its own.
#: A text "+x" says that a symbol makes x of the letter behind it, "x+" of the one before it.
WITH: Final = "+"
SIBLINGS: Final[Mapping[str, str]] = {
    "ا": "أإآ",
    "و": "ؤ",
    "ى": "يئ",
    "ح": "جخ",
    "د": "ذ",
    "ر": "ز",
    "س": "ش",
    "ص": "ض",
    "ط": "ظ",
    "ع": "غ",
    "ه": "ة",
    "\u066e": "بتثني",
    "\u06a1": "فق",
    "\u066f": "قف",
    "\u06ba": "ن",
}
#: Arabic fonts draw these letters of God's name as one glyph.
ALLAH: Final = "لله"
PART: Final = "part"
#: Added to the joining form of a lam or alef that a lam-alef is drawn with.
HALF: Final = "half"

#: What a symbol stands for: its letters and their joining form; ("", "") for nothing.
Glyphs = tuple[tuple[str, str, str], ...]


class Candidate(NamedTuple):
    """A word that a pattern may be.

    Attributes:
        prior: Natural log of its frequency.
        word: Its letters.
        glyphs: For each symbol of the pattern in order: its name, letters, and joining form.
    """

    prior: float
    word: str
    glyphs: Glyphs


#: Position in the pattern, node, words passed, whether a word ends here, text, texts of symbols.
_Place = tuple[int, int, int, int, str, tuple[str, ...]]


class TooMuchError(Exception):
    """A pattern fits more of the lexicon than is worth looking at."""


def fitting(
    automaton: WordGraph,
    pattern: str,
    allowed: Mapping[str, Sequence[str]],
    most: int,
    whole: Collection[str] = (),
    *,
    ligatures: bool = False,
) -> dict[str, tuple[int, list[tuple[str, ...]]]]:
    """Return the words that fit a pattern, their numbers, and what its symbols are in each.

    Two symbols in a row may make the same word in more than one way.

    Args:
        automaton: The lexicon.
        pattern: Letters and names of symbols.
        allowed: The texts that a symbol may stand for; one that is missing is any letter, any
            lam-alef, or nothing.
        most: How many steps to walk at the most.
        whole: Symbols that are never a part of the letter beside them.
        ligatures: Whether a symbol that is missing may be any ligature of two letters, too.

    Raises:
        TooMuchError: The walk is longer.
    """
    base, skip, check = automaton.base, automaton.skip, automaton.check
    found: dict[str, tuple[int, list[tuple[str, ...]]]] = {}
    length = len(pattern)
    steps = 0
    size = len(ALPHABET)
    stack: list[_Place] = [(0, automaton.root, 0, 0, "", ())]
    while stack:
        here = position, node, number, final, text, texts = stack.pop()
        steps += 1
        if steps > most:
            raise TooMuchError
        if position == length:
            if final:
                ways = found.setdefault(text, (number, []))[1]
                if texts not in ways:
                    ways.append(texts)
            continue
        char = pattern[position]
        after = pattern[position + 1] if position + 1 < length else ""
        if not is_name(char):
            if after and char in SIBLINGS and is_name(after) and after not in whole:
                _with_parts(automaton, stack, here, SIBLINGS[char], "{}+", allowed.get(after))
            moved = follow(automaton, node, char)
            if moved is not None:
                stack.append(
                    (position + 1, moved[0], number + moved[1], moved[2], text + char, texts)
                )
            continue
        choices = allowed.get(char)
        if after in SIBLINGS and char not in whole:
            _with_parts(automaton, stack, here, SIBLINGS[after], "+{}", choices)
        if choices is not None:
            for choice in choices:
                if WITH in choice:
                    continue
                moved = follow(automaton, node, choice) if choice else (node, 0, final)
                if moved is not None:
                    stack.append(
                        (position + 1, moved[0], number + moved[1], moved[2], text + choice,
                         (*texts, choice))
                    )  # fmt: skip
            continue
        stack.append((position + 1, node, number, final, text, (*texts, "")))
        if not node:
            continue
        labels = check[node + 1 : node + 1 + size]
        for code, label in enumerate(labels, 1):
            if not label or label & LABEL_MASK != code:
                continue
            slot = node + code
            letter = _LETTERS[code]
            below, total = base[slot], number + skip[slot]
            stack.append(
                (position + 1, below, total, label & FINAL_BIT, text + letter, (*texts, letter))
            )
            seconds = PAIRS[letter] if ligatures else _ALEFS if letter == _LAM else ""
            if seconds and below:
                for other in seconds:
                    second = below + CODES[other]
                    label = check[second]
                    if label & LABEL_MASK == CODES[other]:
                        both = letter + other
                        stack.append(
                            (position + 1, base[second], total + skip[second], label & FINAL_BIT,
                             text + both, (*texts, both))
                        )  # fmt: skip
            if letter == _LAM and (moved := follow(automaton, below, ALLAH[1:])):
                stack.append(
                    (position + 1, moved[0], total + moved[1], moved[2], text + ALLAH,
                     (*texts, ALLAH))
                )  # fmt: skip
    return found


def follow(automaton: WordGraph, node: int, letters: str) -> tuple[int, int, int] | None:
    """Return where letters lead from a node: node, words passed, whether a word ends there."""
    passed, final = 0, 0
    for letter in letters:
        code = CODES.get(letter)
        if code is None or not node:
            return None
        slot = node + code
        label = automaton.check[slot]
        if label & LABEL_MASK != code:
            return None
        passed += automaton.skip[slot]
        final = label & FINAL_BIT
        node = automaton.base[slot]
    return node, passed, final


def _with_parts(
    automaton: WordGraph,
    stack: list[_Place],
    place: _Place,
    letters: str,
    shape: str,
    choices: Collection[str] | None,
) -> None:
    """Push what a letter and the symbol beside it are together."""
    position, node, number, _, text, texts = place
    for letter in letters:
        choice = shape.format(letter)
        if choices is None or choice in choices:
            moved = follow(automaton, node, letter)
            if moved is not None:
                stack.append(
                    (position + 2, moved[0], number + moved[1], moved[2], text + letter,
                     (*texts, choice))
                )  # fmt: skip


def compose(pattern: str, texts: Sequence[str]) -> tuple[str, Glyphs] | None:
    """Return the word that a pattern is with these texts, and the glyphs of its symbols.

    Returns:
        None where a symbol stands beside no letter that it could be a part of.

    Example:
        >>> compose("ق\U00100000م", ["ل"])
        ('قلم', (('\U00100000', 'ل', 'medial'),))
        >>> compose("\U00100000اب", ["+أ"])[0]
        'أب'
    """
    letters: list[str] = []
    places: list[tuple[str, str, int]] = []
    size = number = 0
    skip = False
    for index, char in enumerate(pattern):
        if not is_name(char):
            if not skip:
                letters.append(char)
                size += 1
            skip = False
            continue
        if skip:
            return None
        text = texts[number]
        number += 1
        places.append((char, text, size))
        if text.startswith(WITH):
            if text[1] not in SIBLINGS.get(pattern[index + 1 : index + 2], ""):
                return None
            letters.append(text[1])
            size += 1
            skip = True
        elif text.endswith(WITH):
            if not index or text[0] not in SIBLINGS.get(pattern[index - 1], ""):
                return None
            letters[-1] = text[0]
        else:
            letters.append(text)
            size += len(text)
    word = "".join(letters)
    glyphs = []
    for char, text, at in places:
        if WITH in text:
            glyphs.append((char, text, PART))
        else:
            glyphs.append((char, text, _form(word, at, text)))
    return word, tuple(glyphs)


def _form(word: str, at: int, text: str) -> str:
    """Return the joining form of what a symbol stands for.

    The halves of a lam-alef have shapes of their own, and fonts may draw them as two glyphs: that
    the word elsewhere shows an initial lam and a final alef says nothing of them.
    """
    if not text:
        return ""
    form = form_in(word, at, at + len(text))
    if (text == _LAM and word[at + 1 : at + 2] in _ALEF) or (
        text in _ALEF and word[at - 1 : at] == _LAM
    ):
        return f"{form} {HALF}"
    return form
