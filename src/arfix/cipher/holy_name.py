"""Readings that make the name of God out of symbols: taken only where the words beside expect it.

It is by far the commonest word of its shape. Where nothing else tells what a glyph behind an alef
was, the article of a torn word as a rule, every single word would be read so, and no mistake
would offend more.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Final

from arfix.cipher.symbols import is_name
from arfix.cipher.walk import ALLAH
from arfix.lm.ngrams import SPECIALS

if TYPE_CHECKING:
    from arfix.resources import Resources

#: Nats by which the words beside it have to make the name likelier than it is anywhere. In news
#: and encyclopedias it is above this in 90 to 92 places of 100, in novels in 81; an article that
#: was cut off its word, read as the name, in 4 to 12.
_EXPECTED: Final = -1.0
#: What may stand before its last three letters; with these all are words.
_BEFORE: Final = frozenset(("", "ا", "وا", "با", "فا", "تا"))


def spells(
    pattern: str, word: str, texts: Sequence[str], is_proven: Callable[[str, str], bool]
) -> bool:
    """Return whether a word is the name only by symbols of which not all are proven.

    Where it is a part of a longer word, as in that of many men, the other letters tell.

    Args:
        pattern: The letters and names of symbols that the word is read from.
        word: What it is read as.
        texts: What its symbols are read as.
        is_proven: Whether many words tell that a symbol stands for a text.

    Example:
        >>> spells("ا\U00100000", "الله", ["لله"], lambda name, text: False)
        True
        >>> spells("\U00100000الله", "والله", ["و"], lambda name, text: False)
        False
    """
    if word[-len(ALLAH) :] != ALLAH or word[: -len(ALLAH)] not in _BEFORE:
        return False
    plain = "".join(" " if is_name(char) else char for char in pattern)
    names = filter(is_name, pattern)
    return ALLAH not in plain and not all(map(is_proven, names, texts))


def expected(before: int, name: int, behind: int, resources: Resources) -> float:
    """Return by how many nats the words beside it make the name likelier than it is anywhere.

    Args:
        before: The id of the word before in the language model; none or an unknown word is 0.
        name: That of the name, perhaps with what is written before it.
        behind: That of the word behind.
        resources: The language model.
    """
    model, lexicon = resources.language_model.ngrams, resources.lexicon
    found = 0.0
    if before >= SPECIALS:
        found += model.word(before, name) - lexicon.prior(name - SPECIALS)
    if behind >= SPECIALS:
        found += model.word(name, behind) - lexicon.prior(behind - SPECIALS)
    return found


def is_expected(before: int, name: int, behind: int, resources: Resources) -> bool:
    """Return whether the words beside it let the name stand there; see ``expected``."""
    return expected(before, name, behind, resources) > _EXPECTED


def impossible(lines: Iterable[Sequence[str]], resources: Resources) -> frozenset[str]:
    """Return the symbols behind an alef that stand where the name is not expected.

    Args:
        lines: The words in reading order, with names of symbols.
        resources: Lexicon and language model.
    """
    told: dict[str, list[float]] = defaultdict(list)
    for line in lines:
        for at, pattern in enumerate(line):
            if len(pattern) > 1 and is_name(pattern[-1]) and pattern[:-1] in _BEFORE:
                before, behind = _id(line, at - 1, resources), _id(line, at + 1, resources)
                if before or behind:
                    name = resources.lexicon.id_of(pattern[:-1] + ALLAH) + SPECIALS
                    told[pattern[-1]].append(expected(before, name, behind, resources))
    return frozenset(name for name, gains in told.items() if sum(gains) <= _EXPECTED * len(gains))


def _id(line: Sequence[str], at: int, resources: Resources) -> int:
    """Return the id of a word of a line in the language model, 0 where there is none."""
    if not 0 <= at < len(line) or any(map(is_name, line[at])):
        return 0
    number = resources.lexicon.id_of(line[at])
    return number + SPECIALS if number >= 0 else 0
