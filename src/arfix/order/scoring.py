"""How good a line reads: the language model over atoms, forgiving what later classes repair.

Presentation forms, swapped lam-alef, symbols and glued words would each make a line look wrong in
every order; here they count as what they will become.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from arfix.lexicon.persian import folded
from arfix.lm.ngrams import (
    CLASS_BITS,
    CLASS_WEIGHT,
    KINDS,
    SPECIALS,
    UNKNOWN,
    WORD_BITS,
    WORD_WEIGHT,
)
from arfix.order.atoms import (
    JOINERS,
    LATIN,
    NUMBER,
    PRESENTATION,
    PUNCTUATION,
    STRAY,
    SYMBOLS,
    WORD,
    Atom,
    turned,
)
from arfix.order.persian import BACKWARDS, KIND, LINK, PREPOSITION
from arfix.view import LETTER_CLASS, bare

if TYPE_CHECKING:
    from arfix.resources import Resources

#: A word as the model sees it: its id, its class, and its weighted log-probability inside them.
Unit = tuple[int, int, float]

_STOPS: Final = {
    ".": "stop", "!": "stop", "?": "stop", "\u061f": "stop", "\u2026": "stop", "\u06d4": "stop",
    ",": "comma", "\u060c": "comma", ":": "colon", ";": "semicolon", "\u061b": "semicolon",
}  # fmt: skip
_FORMS: Final = re.compile(f"[{PRESENTATION}]")
_SYMBOL: Final = re.compile(f"[{SYMBOLS}{STRAY}]|\\(cid:\\d+\\)")
_ZWNJ: Final = "\u200c"
_JOINER: Final = re.compile(f"[{JOINERS}]")
_NO_LETTER: Final = re.compile(f"[^{LETTER_CLASS}]")
_SWAPPED: Final = re.compile("([\u0627\u0623\u0625\u0622])\u0644")
#: What a form that only unswapping makes a word costs.
_SWAP_COST: Final = 1.5
#: A symbol may be any letter.
_SYMBOL_COST: Final = -3.0
#: Longer unknown words may be several that were glued.
_GLUED: Final = 10
_LONGEST_PIECE: Final = 14
_PIECE_COST: Final = -3.0
_BOUNDARY: Final[Unit] = (0, 0, 0.0)
#: Histories in which only the last word is known.
_NOTHING_BEFORE: Final = UNKNOWN << WORD_BITS
_NO_CLASSES_BEFORE: Final = (UNKNOWN << CLASS_BITS | UNKNOWN) << CLASS_BITS
#: Persian words that the table lacks.
_ABSENT: Final = -30.0
_FOREIGN_LETTER: Final = -1.5
_CACHE: Final = 200_000


class Scorer:
    """Scores orders of atoms; remembers every distinct word.

    Args:
        resources: The opened models.
        persian: Judge by the words of Persian. No model knows its sentences, so only the letters
            of words, a few small words, and the place of punctuation tell.
    """

    def __init__(self, resources: Resources, *, persian: bool = False) -> None:
        self.persian = persian
        self._lexicon = resources.lexicon
        self._model = resources.language_model
        self._letters = resources.letters
        self._persian = resources.persian
        self._units: dict[str, Unit] = {}
        self._turned: dict[str, Unit] = {}
        self._gains: dict[str, float] = {}
        self._known: dict[str, float] = {}
        self._steps: dict[tuple[int, int, int, int], float] = {}

    def unit(self, text: str) -> Unit:
        """Return what the model sees of a word."""
        found = self._units.get(text)
        if found is None:
            if len(self._units) > _CACHE:
                self._units.clear()
            found = self._units[text] = self._judge(text)
        return found

    def turned_unit(self, text: str) -> Unit:
        """Return what the model sees of a word with its letters in reverse."""
        found = self._turned.get(text)
        if found is None:
            if len(self._turned) > _CACHE:
                self._turned.clear()
            found = self._turned[text] = self.unit(turned(text))
        return found

    def is_known(self, text: str) -> bool:
        """Return whether a word makes sense as it stands, perhaps with its lam-alef swapped."""
        return self.unit(text)[0] != UNKNOWN

    def reversal_gain(self, text: str) -> float:
        """Return by how many nats a word is more common with its letters in reverse."""
        known = self._gains.get(text)
        if known is None:
            probability = self._lexicon.log_probability
            known = self._gains[text] = probability(text[::-1]) - probability(text)
        return known

    def is_word(self, text: str) -> bool:
        """Return whether letters are a word of the lexicon just as they stand."""
        return bare(text) in self._lexicon

    def log_probability(self, text: str) -> float:
        """Return how common a word is just as it stands."""
        value = self._known.get(text)
        if value is None:
            if len(self._known) > _CACHE:
                self._known.clear()
            letters = bare(text)
            if self.persian:
                parts = bare(unicodedata.normalize("NFKC", letters)).split(_ZWNJ)
                value = min(self._persian.log_probability(part) for part in parts)
            else:
                value = self._lexicon.log_probability(letters)
            self._known[text] = value
        return value

    def units(
        self, line: Sequence[Atom], *, turned: bool = True
    ) -> tuple[list[Unit | None], list[Unit | None]]:
        """Return what the model sees of each atom, as it stands and turned; None is nothing.

        Args:
            line: The atoms.
            turned: Whether the words in reverse are wanted too.
        """
        forward: list[Unit | None] = []
        backward: list[Unit | None] = []
        for atom in line:
            if atom.kind == WORD:
                forward.append(self.unit(atom.text))
                backward.append(self.turned_unit(atom.text) if turned else None)
                continue
            kind = ""
            if atom.kind in (NUMBER, LATIN):
                kind = atom.kind
            elif atom.kind == PUNCTUATION:
                kind = _STOPS.get(atom.text, "")
            number = KINDS[kind] if kind else 0
            unit = (number, number, 0.0) if kind else None
            forward.append(unit)
            backward.append(unit)
        return forward, backward

    def score(self, sequence: Sequence[Unit]) -> float:
        """Return the log-probability of a sequence of units between two boundaries."""
        if self.persian:
            total = sum(unit[2] for unit in sequence)
            for before, after in pairwise(sequence):
                if before[1] == PREPOSITION and after[1] == LINK:
                    total += BACKWARDS
            return total
        ngrams = self._model.ngrams
        known_words, known_classes = ngrams.known_words, ngrams.known_classes
        total, words, classes = 0.0, 0, 0
        for word, klass, inside in (*sequence, _BOUNDARY):
            key = words << WORD_BITS | word
            by_word = known_words.get(key)
            if by_word is None:
                by_word = ngrams.word(words, word)
            class_key = classes << CLASS_BITS | klass
            by_class = known_classes.get(class_key)
            if by_class is None:
                by_class = ngrams.klass(classes, klass)
            total += inside + WORD_WEIGHT * by_word + CLASS_WEIGHT * by_class
            words = key & 0xFFFFFFFFFF
            classes = class_key & 0x3FFFFFFF
        return total

    def pair(self, before: Unit | None, after: Unit) -> float:
        """Return how well a unit follows another one, or anything when that is None."""
        words, classes = (before[0], before[1]) if before is not None else (UNKNOWN, UNKNOWN)
        return self._step(_NOTHING_BEFORE | words, _NO_CLASSES_BEFORE | classes, after)

    def opening(self, unit: Unit) -> float:
        """Return how well a unit starts a line."""
        return self._step(0, 0, unit)

    def closing(self, unit: Unit) -> float:
        """Return how well a unit ends a line."""
        return self.pair(unit, _BOUNDARY)

    def _step(self, words: int, classes: int, unit: Unit) -> float:
        key = words, classes, unit[0], unit[1]
        known = self._steps.get(key)
        if known is None:
            if len(self._steps) > _CACHE:
                self._steps.clear()
            ngrams = self._model.ngrams
            by_word = ngrams.word(words, unit[0])
            by_class = ngrams.klass(classes, unit[1])
            known = self._steps[key] = WORD_WEIGHT * by_word + CLASS_WEIGHT * by_class
        return known

    def _judge(self, text: str) -> Unit:
        if _FORMS.search(text):
            text = _FORMS.sub(lambda match: unicodedata.normalize("NFKC", match.group()), text)
        letters = _JOINER.sub("", bare(text))
        if _SYMBOL.search(letters):
            pieces = [piece for piece in _SYMBOL.split(letters) if piece]
            symbols = len(_SYMBOL.findall(letters))
            spelled = sum(self._spelled(piece) for piece in pieces)
            return UNKNOWN, UNKNOWN, spelled + symbols * _SYMBOL_COST
        letters = _NO_LETTER.sub("", letters)
        if not letters:
            return UNKNOWN, UNKNOWN, 0.0
        if self.persian:
            return UNKNOWN, KIND.get(folded(letters), UNKNOWN), self._as_persian(letters)
        if letters in self._lexicon:
            return self._of_lexicon(letters)
        swapped = _SWAPPED.sub(lambda match: "\u0644" + match.group(1), letters)
        if swapped != letters:
            if swapped in self._lexicon:
                word, klass, inside = self._of_lexicon(swapped)
                return word, klass, inside - _SWAP_COST
            last = _last_unswapped(letters)
            if last in self._lexicon:
                word, klass, inside = self._of_lexicon(last)
                return word, klass, inside - _SWAP_COST
        return UNKNOWN, UNKNOWN, self._unknown(letters)

    def _of_lexicon(self, letters: str) -> Unit:
        """Return the unit of a word of the lexicon; any language model has the n-grams for it."""
        ngrams = self._model.ngrams
        word = self._lexicon.id_of(letters) + SPECIALS
        return word, ngrams.class_of[word], CLASS_WEIGHT * ngrams.within(word)

    def _spelled(self, letters: str) -> float:
        weight = WORD_WEIGHT + CLASS_WEIGHT
        return weight * self._letters.log_probability(letters)

    def _unknown(self, letters: str) -> float:
        spelled = self._spelled(letters)
        if len(letters) > _GLUED:
            spelled = max(spelled, self._segmented(letters, self._lexicon.log_probability))
        return spelled

    def _as_persian(self, letters: str) -> float:
        known = self._persian.log_probability(letters)
        if known <= _ABSENT:
            known = self._lexicon.log_probability(letters)
        if len(letters) > _GLUED and known <= _ABSENT:
            # Several words; that one is not in the table must not make up for the others.
            return self._segmented(letters, self._persian.log_probability)
        return max(known, _ABSENT, _FOREIGN_LETTER * len(letters) - 10.0)

    def _segmented(self, letters: str, log_probability: Callable[[str], float]) -> float:
        """Return the probability of the best way to cut letters into known words."""
        best = [0.0] + [-1e9] * len(letters)
        for end in range(1, len(letters) + 1):
            for start in range(max(0, end - _LONGEST_PIECE), end):
                if end - start == 1 and best[start] > -1e8:
                    value = best[start] - 12.0
                else:
                    value = best[start] + log_probability(letters[start:end]) + _PIECE_COST
                best[end] = max(best[end], value)
        return best[-1]


def shared(resources: Resources) -> Scorer:
    """Return the scorer of Arabic over some resources, made once: it remembers words."""
    return resources.once(Scorer)


def _last_unswapped(letters: str) -> str:
    """Return the word with the last swapped pair only put right."""
    found = list(_SWAPPED.finditer(letters))
    if len(found) < 2:
        return letters
    match = found[-1]
    return letters[: match.start()] + match.group()[::-1] + letters[match.end() :]
