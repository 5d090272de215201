"""What a document shows of broken spaces, counted without reading it closely."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from arfix.spacing.judge import AND, GLUED_MEAN, Judge
from arfix.spacing.lattice import LEAST_RATE, NONE, UNKNOWN, Border, Rates, border
from arfix.view import MARK_CLASS, TATWEEL, WORD

if TYPE_CHECKING:
    from arfix.spacing.stretches import Stretch

#: Less likely words may be pieces of one; the whole must be so likely, and likelier by so much
#: than its pieces one after the other.
PIECE: Final = -14.5
WHOLE: Final = -15.5
GAIN: Final = 10.0
SHORTEST: Final = 4
#: First guesses at the rates of false spaces, by border, where words fell apart at all.
FIRST_TORN: Final = (0.02, 0.001, 0.02, 0.3, 0.5, 0.3)
#: Distinct words that fell apart, and their rate, before the document is a broken one. Healthy
#: text of any kind shows one such place in ten thousand words.
LEAST_TORN: Final = 4
LEAST_MARKED: Final = 2
LEAST_TORN_RATE: Final = 0.01
MANY_TORN: Final = 8
MANY_TORN_RATE: Final = 0.006
LEAST_MARKED_RATE: Final = 0.005
#: The same for words that ran together; careless writers glue three in a thousand, some twelve.
LEAST_GLUED: Final = 4
LEAST_ENDLESS: Final = 2
#: A comment of a few sentences may hold that many; where there is so little text there are more.
SHORT_TEXT: Final = 150
LEAST_GLUED_SHORT: Final = 6
LEAST_GLUED_RATE: Final = 0.02
#: By how much two words must be likelier than one unknown word with the same letters.
LEAD: Final = 3.0
#: Unknown words so long are no words: they are judged by whether known ones make them up.
ENDLESS: Final = 16
#: Damage is everywhere in a document; one careless paragraph is in one or two of its parts.
PARTS: Final = 10
LEAST_PARTS: Final = 3
LEAST_MARKED_PARTS: Final = 2
#: Prepositions and the like that dialects write apart; no sign of anything.
_APART: Final = frozenset("وفبلكعمهسش")
_WINDOWS: Final = ((0, 1), (-1, 0), (-1, 1), (0, 2), (-2, 0))
#: Places that a quick look must find before a document is read closely.
LEAST_HITS: Final = 2
MARKED: Final = re.compile(f"[{MARK_CLASS}{TATWEEL}]")
_LONG: Final = 6
_WORD: Final = 12
_LIKELY: Final = -15.0
#: Letters of a line without spaces, how common its words are, and the share that they make up.
LINE: Final = 28
_COMMON: Final = -12.0
_COVERED: Final = 0.7


@dataclass(slots=True)
class Evidence:
    """Counts over a document.

    Attributes:
        words: Observed words.
        letters: Their letters.
        spaces: Between them, by border.
        torn: Those that stand inside a word.
        torn_words: The distinct words that fell apart.
        glued: Words that are two or more.
        glued_words: The distinct ones.
        places: Of both kinds, how many words come before.
    """

    words: int = 0
    letters: int = 0
    spaces: list[int] = field(default_factory=lambda: [0] * len(Border))
    torn: list[int] = field(default_factory=lambda: [0] * len(Border))
    torn_words: set[str] = field(default_factory=set)
    glued: int = 0
    glued_words: set[str] = field(default_factory=set)
    places: dict[str, list[int]] = field(default_factory=lambda: {"torn": [], "glued": []})

    @property
    def is_torn(self) -> bool:
        """Whether words fell apart."""
        torn = sum(self.torn)
        marked = self.torn[Border.MARK] + self.torn[Border.MARKED]
        least, rate, parts = LEAST_TORN, LEAST_TORN_RATE, LEAST_PARTS
        if 2 * marked > torn:
            least, rate, parts = LEAST_MARKED, LEAST_MARKED_RATE, LEAST_MARKED_PARTS
        elif len(self.torn_words) >= MANY_TORN:
            rate = MANY_TORN_RATE
        return (
            len(self.torn_words) >= least
            and torn >= rate * self.words
            and self._parts("torn") >= parts
        )

    @property
    def is_glued(self) -> bool:
        """Whether words ran together."""
        if self.is_endless:
            return len(self.glued_words) >= LEAST_ENDLESS
        least = LEAST_GLUED if self.words >= SHORT_TEXT else LEAST_GLUED_SHORT
        return (
            len(self.glued_words) >= least
            and self.glued >= LEAST_GLUED_RATE * self.words
            and self._parts("glued") >= LEAST_PARTS
        )

    @property
    def is_endless(self) -> bool:
        """Whether hardly a space is left."""
        return self.letters > GLUED_MEAN * self.words

    def _parts(self, kind: str) -> int:
        """Return in how many parts of the document something stands."""
        return len({PARTS * place // (self.words + 1) for place in self.places[kind]})

    def rates(self) -> Rates:
        """Return a first guess at what the channel does."""
        torn = glued = NONE
        if self.is_torn:
            shown = zip(self.torn, self.spaces, FIRST_TORN, strict=True)
            torn = tuple(
                min(max(2 * hits / max(1, all_), least), 0.6) for hits, all_, least in shown
            )
            if 2 * sum(self.torn[Border.ALEF :]) > sum(
                self.torn
            ):  # marks cut, and nothing else does
                torn = tuple(
                    rate if hits or where >= Border.MARK else LEAST_RATE
                    for where, rate, hits in zip(Border, torn, self.torn, strict=True)
                )
        if self.is_glued:
            rate = min(max(self.glued / self.words, 0.01), 0.9)
            glued = tuple(0.5 * rate if where == Border.JOINED else rate for where in Border)
        return Rates(torn, glued)


def is_suspect(pages: Sequence[str], judge: Judge) -> bool:
    """Return whether a document may be broken: a quick look that misses nothing.

    Args:
        pages: The document.
        judge: Knows the words.
    """
    prior = judge.prior
    hits = letters = words = 0
    for page in pages:
        row = WORD.findall(MARKED.sub("", page))
        words += len(row)
        letters += sum(map(len, row))
        values = [prior(word) for word in row]
        for index, value in enumerate(values):
            if value < PIECE:
                unknown = value < UNKNOWN and len(row[index]) >= _LONG
                glued = unknown and _holds_words(row[index], judge)
                hits += glued or _window(row, values, index, judge) is not None
        if hits >= LEAST_HITS:
            return True
    return bool(words) and letters > GLUED_MEAN * words


def gather(stretches: Sequence[Stretch], judge: Judge) -> Evidence:
    """Return what the words of a document show.

    Args:
        stretches: All of them.
        judge: Knows the words.
    """
    found = Evidence()
    prior = judge.prior
    for stretch in stretches:
        letters = stretch.letters
        words = [letters[start:end] for start, end in stretch.words]
        values = [prior(word) for word in words]
        found.words += len(words)
        found.letters += len(letters)
        for index, (word, value) in enumerate(zip(words, values, strict=True)):
            if index:
                found.spaces[border(stretch, stretch.words[index][0])] += 1
            if value >= PIECE:
                continue
            if value < UNKNOWN and len(word) >= _LONG and _holds_words(word, judge):
                found.glued += 1
                found.glued_words.add(word)
                found.places["glued"].append(found.words)
            window = _window(words, values, index, judge)
            if window is not None:
                first, last = window
                for _, end in stretch.words[first:last]:
                    found.torn[border(stretch, end)] += 1
                found.torn_words.add("".join(words[first : last + 1]))
                found.places["torn"].append(found.words)
    return found


def _window(
    words: Sequence[str], values: Sequence[float], index: int, judge: Judge
) -> tuple[int, int] | None:
    """Return the first and the last of the words that make one with a piece, None for none."""
    if words[index] == AND:
        return None
    for before, after in _WINDOWS:
        first, last = index + before, index + after
        if first < 0 or last >= len(words):
            continue
        # The same place seen from its left piece is not seen again from its right one.
        if first < index and values[first] < PIECE:
            continue
        pieces = words[first : last + 1]
        whole = "".join(pieces)
        if len(whole) < SHORTEST or not _APART.isdisjoint(pieces[:-1]):
            continue
        likely = judge.prior(whole)
        if likely > WHOLE:
            apart = sum(max(value, UNKNOWN) for value in values[first : last + 1])
            if likely > apart + GAIN:
                return first, last
    return None


def _is_line_of_words(letters: str, judge: Judge) -> bool:
    """Return whether common words make up most of what is too long for a word.

    A font may give some of the letters wrong names.
    """
    covered = [0] * (len(letters) + 1)
    for end in range(1, len(letters) + 1):
        covered[end] = covered[end - 1]
        for start in range(max(0, end - _WORD), end - SHORTEST + 2):
            if judge.prior(letters[start:end]) > _COMMON:
                covered[end] = max(covered[end], covered[start] + end - start)
    return covered[-1] >= _COVERED * len(letters)


def _holds_words(word: str, judge: Judge) -> bool:
    """Return whether known words make up an unknown one better than its letters do."""
    size = len(word)
    # The best cut into known words of two letters or more.
    scores: list[tuple[float, int]] = [(0.0, 0)] + [(-math.inf, 0)] * size
    for end in range(2, size + 1):
        for start in range(max(0, end - _WORD), end - 1):
            before, pieces = scores[start]
            if before > -math.inf:
                value = judge.prior(word[start:end])
                if value > _LIKELY and before + value > scores[end][0]:
                    scores[end] = before + value, pieces + 1
    score, pieces = scores[size]
    if not pieces and size >= LINE:
        return _is_line_of_words(word, judge)
    return pieces > 1 and (size >= ENDLESS or score > judge.spelled(word) + LEAD)
