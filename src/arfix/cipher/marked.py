"""Symbols that stand for a shadda with its vowel, which fonts draw as one glyph."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from arfix.cipher.symbols import WILD, is_name
from arfix.cipher.walk import TooMuchError, fitting
from arfix.lexicon.marks import MARKS, SHADDA

if TYPE_CHECKING:
    from arfix.cipher.symbols import Alphabet
    from arfix.resources import Resources

_MARK: Final = re.compile("[\u064b-\u0652]")
#: Marks that a text shows at the least: who writes none has no glyphs for them.
_FEWEST_MARKS: Final = 2
#: Words that speak for a mark, which share of those with the symbol are words without it, and by
#: how many nats all together.
_FEWEST_WORDS: Final = 2
_LEAST_KNOWN: Final = 0.5
_LEAST_GAIN: Final = 2.0
#: Share of its places with another mark at its side above which it is none.
_BESIDE_MARKS: Final = 0.25
_SHORTEST: Final = 3
_OF_SHADDA: Final = tuple(mark for mark in MARKS if SHADDA in mark)
_FATHA: Final = "\u064e"
_KASRA: Final = "\u0650"
#: The vowels on a shadda: nats by which the rarer ones are less likely.
_VOWELS: Final[Mapping[str, float]] = {_FATHA: 0.0, _KASRA: -1.0, "\u064f": -1.5}
#: The same for one that the text has letters for.
_WRITTEN: Final = -3.0
#: Natural log below which the table has never seen a vowel there.
_UNSEEN: Final = -6.0
#: A verb of the second stem in the present.
_PRESENT: Final = re.compile("[\u0648\u0641]?[\u064a\u062a\u0646\u0623]..(?=.\\Z)")
#: A word that is so much commoner with a letter for the symbol has that.
_LETTER_LEAD: Final = 5.0
_WALK: Final = 6_000


@dataclass(slots=True)
class Marked:
    """The symbols of a document that are a shadda with its vowel.

    Attributes:
        fixed: Those that have one vowel throughout, and that.
        by_word: Those that are any.
        vowel_first: Whether the text writes a vowel before its shadda.
    """

    resources: Resources
    vowel_first: bool = False
    fixed: dict[str, str] = field(default_factory=dict)
    by_word: set[str] = field(default_factory=set)
    _stems: dict[str, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.fixed or self.by_word)

    @property
    def symbols(self) -> frozenset[str]:
        """All of them."""
        return frozenset((*self.fixed, *self.by_word))

    def of(self, symbol: str, word: str, at: int) -> str:
        """Return what a symbol is behind a letter of a word, nothing if it is no mark there."""
        vowel = self.fixed.get(symbol, "")
        if not vowel:
            if self._is_letter(word, at):
                return ""
            vowel = self._vowel(word, at) or self._usual(word, at)
        return vowel + SHADDA if self.vowel_first else SHADDA + vowel

    def learn(self, places: Iterable[tuple[str, int]]) -> None:
        """Remember the vowels of words by the letters around, for their kin."""
        votes: dict[str, Counter[str]] = defaultdict(Counter)
        for word, at in places:
            vowel = self._vowel(word, at)
            if vowel:
                votes[word[at - 1 : at + 2]][vowel] += 1
        self._stems = {stem: max(row, key=lambda it: (row[it], it)) for stem, row in votes.items()}

    def _vowel(self, word: str, at: int) -> str:
        """Return the vowel that the table has seen on a letter's shadda, nothing if none."""
        table = self.resources.marks
        best = max(
            _VOWELS, key=lambda it: table.log_probability(word, at, SHADDA + it) + _VOWELS[it]
        )
        return best if table.log_probability(word, at, SHADDA + best) > _UNSEEN else ""

    def _usual(self, word: str, at: int) -> str:
        known = self._stems.get(word[at - 1 : at + 2])
        if known:
            return known
        match = _PRESENT.match(word)
        return _KASRA if match and match.end() == at + 1 else _FATHA

    def _is_letter(self, word: str, at: int) -> bool:
        lexicon = self.resources.lexicon
        number = lexicon.id_of(word)
        pattern = word[: at + 1] + _ANY + word[at + 1 :]
        try:
            found = fitting(lexicon.automaton, pattern, {}, _WALK, (_ANY,))
        except TooMuchError:
            return False
        others = [lexicon.prior(it) for text, (it, _) in found.items() if text != word]
        own = lexicon.prior(number) if number >= 0 else -math.inf
        return max(others, default=-math.inf) > own + _LETTER_LEAD


#: The name of a symbol of any word.
_ANY: Final = "\U0010fffd"


def marked(
    pages: Sequence[str],
    lines: Iterable[Sequence[str]],
    alphabet: Alphabet,
    resources: Resources,
) -> Marked:
    """Return the symbols that stand for shadda and a vowel.

    Args:
        pages: The text.
        lines: Its words in reading order, as patterns.
        alphabet: Knows the symbols.
        resources: Lexicon and habits of marking.
    """
    result = Marked(resources, vowel_first=_writes_vowel_first(pages))
    if sum(len(_MARK.findall(page)) for page in pages) < _FEWEST_MARKS:
        return result
    lexicon = resources.lexicon
    held: dict[str, dict[str, None]] = defaultdict(dict)
    for line in lines:
        for pattern, after in pairwise((*line, "")):
            names = [char for char in pattern if is_name(char)]
            if len(names) == 1:
                # There may be a space behind the symbol, which was drawn as a glyph of its own.
                whole = pattern + after
                apart = pattern.endswith(names[0]) and whole.replace(names[0], "") in lexicon
                held[names[0]][whole if apart else pattern] = None
    for name, words in held.items():
        places = []
        for word in words:
            at = word.index(name) - 1
            letters = word.replace(name, "")
            if at >= 0 and len(letters) >= _SHORTEST and letters in lexicon:
                places.append((letters, at))
        gains = [_gain(resources, *place) for place in places]
        if (
            len(places) < _LEAST_KNOWN * len(words)
            or sum(gain > 0.0 for gain in gains) < _FEWEST_WORDS
            or sum(gains) < _LEAST_GAIN
        ):
            continue
        symbol = alphabet.symbol(name)
        if _is_beside_marks(pages, symbol):
            continue
        if symbol in WILD:
            result.by_word.add(symbol)
            result.learn(places)
        else:
            result.fixed[symbol] = _with_vowel(pages, places, resources)
    return result


def _gain(resources: Resources, word: str, at: int) -> float:
    """Return by how many nats a letter is likelier to carry a shadda than any letter is."""
    table = resources.marks
    here = sum(math.exp(table.log_probability(word, at, mark)) for mark in _OF_SHADDA)
    # A word that the table does not know tells what is usual.
    unknown = "\u0640" * len(word)
    usual = sum(math.exp(table.log_probability(unknown, at, mark)) for mark in _OF_SHADDA)
    return math.log(here / usual)


def _is_beside_marks(pages: Sequence[str], symbol: str) -> bool:
    """Return whether a symbol often has vowel marks at its side, which a letter needs once."""
    beside = re.compile(f"{_MARK.pattern}{re.escape(symbol)}|{re.escape(symbol)}{_MARK.pattern}")
    count = sum(page.count(symbol) for page in pages)
    return sum(len(beside.findall(page)) for page in pages) > _BESIDE_MARKS * count


def _with_vowel(
    pages: Sequence[str], places: Sequence[tuple[str, int]], resources: Resources
) -> str:
    """Return the vowel on a shadda that suits the words best."""
    text = "\n".join(pages)

    def score(vowel: str) -> float:
        written = SHADDA + vowel in text or vowel + SHADDA in text
        return (
            sum(resources.marks.log_probability(word, at, SHADDA + vowel) for word, at in places)
            + _VOWELS[vowel]
            + _WRITTEN * written
        )

    return max(_VOWELS, key=score)


def _writes_vowel_first(pages: Sequence[str]) -> bool:
    before = sum(page.count(vowel + SHADDA) for page in pages for vowel in _VOWELS)
    return before > sum(page.count(SHADDA + vowel) for page in pages for vowel in _VOWELS)
