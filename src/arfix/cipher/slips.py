"""Which glyphs of a document are written as another letter, and what words may be then.

A slip is a glyph, a letter in one joining form, that the font's character map gives the wrong
name: it then never occurs, and words that should hold it are unknown ones, until the one wrong
letter is put right in all of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from arfix.channel.readings import form_in
from arfix.ligatures.units import LIGATURES
from arfix.view import STRIP_MARKS

COMMA: Final = "\u060c"
#: The form of a comma: it ends a word.
END: Final = "end"
#: Ligatures of two letters, which a font names by both.
PAIRS: Final = frozenset(text for text in LIGATURES if len(text) == 2)


class Slip(NamedTuple):
    """A glyph and what it is written as.

    Attributes:
        written: A letter, a mark, or the letters of a ligature.
        letters: What it should be: a letter, a lam-alef or a comma.
        form: The joining form in which it is wrong; ``END`` for a comma.
    """

    written: str
    letters: str
    form: str


#: The places in a word where a slip is put right.
Used = tuple[tuple[int, Slip], ...]


def variants(
    word: str, slips: Mapping[str, Sequence[Slip]], most: int
) -> Iterator[tuple[str, Used]]:
    """Yield what a word may be under some slips, bare, and where they were put right.

    Args:
        word: Letters and marks.
        slips: Those known, by what is written.
        most: How many words to yield at the most.
    """
    stack: list[tuple[int, str, Used, tuple[int, ...]]] = [(0, "", (), ())]
    found = 0
    while stack and found < most:
        at, text, used, places = stack.pop()
        if at == len(word):
            if all(
                slip.form == END or form_in(text, place, place + len(slip.letters)) == slip.form
                for place, (_, slip) in zip(places, used, strict=True)
            ):
                found += 1
                yield text, used
            continue
        for written in written_at(word, at):
            for slip in slips.get(written, ()):
                after = at + len(written)
                if slip.form == END:
                    if after == len(word):
                        stack.append((after, text, (*used, (at, slip)), (*places, len(text))))
                    continue
                stack.append(
                    (after, text + slip.letters, (*used, (at, slip)), (*places, len(text)))
                )
        char = word[at]
        stack.append((at + 1, text if ord(char) in STRIP_MARKS else text + char, used, places))


def written_at(word: str, at: int) -> tuple[str, ...]:
    """Return what may be one glyph of a word: its letter there, and a ligature of two."""
    pair = word[at : at + 2]
    return (word[at], pair) if pair in PAIRS else (word[at],)


def by_written(slips: Iterable[Slip]) -> dict[str, list[Slip]]:
    """Return slips by what is written."""
    found: dict[str, list[Slip]] = defaultdict(list)
    for slip in slips:
        found[slip.written].append(slip)
    return found
