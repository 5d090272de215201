"""Lines that were cut at every symbol, told by the words that the pieces make.

A symbol is no right-to-left letter to an extractor that orders what it read: the Arabic on both
sides of it changes places, in every line that holds one. As the lines stand no word of the lexicon
fits what touches the symbols; with the pieces in order nearly all do.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

from arfix.cipher.stretches import in_place
from arfix.cipher.symbols import Alphabet, is_name, is_suspect
from arfix.cipher.walk import TooMuchError, fitting
from arfix.order.atoms import mirrored
from arfix.order.render import bracket_sense

if TYPE_CHECKING:
    from arfix.resources import Resources

#: Lines with symbols that are looked at; fewer words with symbols than these tell nothing.
_MOST_LINES: Final = 60
_FEWEST_WORDS: Final = 9
_ENOUGH_WORDS: Final = 12
#: Share of these that have to be words in order, and how much fewer are as the lines stand.
_LEAST_FITTING: Final = 0.6
_GAIN: Final = 0.25
#: The same over whole lines in reverse, for stretches that are, each by itself.
_LEAD: Final = 0.05
_WALK: Final = 3_000
#: How long words are with so many symbols.
_SHORTEST: Final = (0, 3, 5)
_LONGEST: Final = 14
_LONGEST_LINE: Final = 1_000
_SURE: Final = 0.97
_QUOTES: Final = {"\u00ab": "\u00bb", "\u00bb": "\u00ab"}
#: A number or Latin words, with the spaces behind.
_FOREIGN: Final = re.compile(r"[0-9A-Za-z](?:[!-~ ]*[0-9A-Za-z%])? *")


def uncut(pages: Sequence[str], resources: Resources) -> dict[str, tuple[str, float]]:
    """Return the lines that were cut at their symbols, in order, and how sure that is."""
    if not is_suspect(tuple(pages)):
        return {}
    alphabet = Alphabet(pages, private=True)
    lines = [
        line
        for page in pages
        for line in page.split("\n")
        if len(line) <= _LONGEST_LINE and alphabet.has_symbol(line)
    ]
    sample = lines[:: max(1, len(lines) // _MOST_LINES)]
    now = _fitting(sample, alphabet, resources)
    if now is None or now >= 1.0 - _GAIN:
        return {}
    then, quotes = 0.0, False
    for also in (False, True):
        mended = [in_order(line, alphabet, quotes=also) for line in sample]
        fit = _fitting(mended, alphabet, resources) or 0.0
        if fit > then:
            then, quotes = fit, also
    turned = _fitting([line[::-1] for line in sample], alphabet, resources) or 0.0
    placed = [in_place(line, alphabet, resources.lexicon) for line in sample]
    fit = _fitting(placed, alphabet, resources) or 0.0
    if fit > max(then, _LEAST_FITTING, now + _GAIN, turned + _LEAD):
        whole = {line: in_place(line, alphabet, resources.lexicon) for line in dict.fromkeys(lines)}
        if sum(map(bracket_sense, whole.values())) < 0:
            whole = {line: mirrored(text) for line, text in whole.items()}
        return {line.removesuffix("\r"): (it, _SURE) for line, it in whole.items() if it != line}
    if then < max(_LEAST_FITTING, now + _GAIN, turned + _GAIN):
        return {}
    found = ((line, in_order(line, alphabet, quotes=quotes)) for line in dict.fromkeys(lines))
    return {line.removesuffix("\r"): (text, _SURE) for line, text in found if text != line}


def in_order(line: str, alphabet: Alphabet, *, quotes: bool = False) -> str:
    """Return a line with the pieces between its symbols the other way round.

    What stands between two pieces goes with the one drawn to its left, so a space that follows a
    number belongs before it.

    Args:
        line: The line.
        alphabet: Knows the symbols.
        quotes: Whether the line was cut at guillemets, too.
    """
    body = line.removesuffix("\r")
    pieces: list[str] = []
    at = 0
    for match in _FOREIGN.finditer(body):
        pieces.extend(_letters_apart(body[at : match.start()], alphabet, quotes=quotes))
        found = match.group()
        if alphabet.has_symbol(found):
            pieces.extend(_letters_apart(found, alphabet, quotes=quotes))
        else:
            number = found.rstrip()
            pieces.append(found[len(number) :] + number)
        at = match.end()
    pieces.extend(_letters_apart(body[at:], alphabet, quotes=quotes))
    return "".join(reversed(pieces))


def _letters_apart(text: str, alphabet: Alphabet, *, quotes: bool) -> list[str]:
    """Return a text cut at its symbols, these as pieces of their own."""
    pieces = [""]
    for char in text:
        if alphabet.has_symbol(char):
            pieces += [char, ""]
        elif quotes and char in _QUOTES:
            # The spaces beside one were drawn on its other side.
            before = pieces[-1]
            pieces[-1] = before.rstrip(" ")
            pieces += [" " * (len(before) - len(pieces[-1])) + _QUOTES[char], ""]
        else:
            pieces[-1] += char
    return pieces


def _fitting(lines: Iterable[str], alphabet: Alphabet, resources: Resources) -> float | None:
    """Return the share of the words with few symbols that some letters make words of."""
    by_count: tuple[set[str], ...] = (set(), set())
    for line in lines:
        for word in alphabet.words(line):
            pattern = word.pattern(reverse=False)
            symbols = sum(map(is_name, pattern))
            if 0 < symbols < len(_SHORTEST) and len(pattern) >= _SHORTEST[symbols]:
                by_count[symbols - 1].add(pattern)
    patterns, two = by_count
    if len(patterns) < _ENOUGH_WORDS:
        # Words with two symbols tell less.
        patterns |= two
    if len(patterns) < _FEWEST_WORDS:
        return None
    fit = 0
    for pattern in patterns:
        if len(pattern) > _LONGEST:
            continue
        try:
            found = fitting(resources.lexicon.automaton, pattern, {}, _WALK)
        except TooMuchError:
            continue
        # A symbol behind a whole word may be its full stop.
        ends = is_name(pattern[-1]) and pattern[:-1] in found
        fit += ends or any(text for _, ways in found.values() for texts in ways for text in texts)
    return fit / len(patterns)
