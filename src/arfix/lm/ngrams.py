"""The shipped language model: a word trigram beside a class 4-gram, memory-mapped.

Both are modified Kneser-Ney models with backoff (Chen & Goodman 1998), pruned and quantised by
``tools/build_data.py``. Words are numbers here: ids below ``SPECIALS`` are what is no word.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Final

from arfix.lm.table import tables
from arfix.store import DataFile

if TYPE_CHECKING:
    from pathlib import Path

    from arfix.batch.ngrams import BatchNgrams

BOUNDARY: Final = 0
UNKNOWN: Final = 1
SPECIALS: Final = 8
#: Ids of what ``arfix.view`` calls a token that is no word.
KINDS: Final = {
    "blank": BOUNDARY,
    "number": 2,
    "latin": 3,
    "stop": 4,
    "comma": 5,
    "colon": 6,
    "semicolon": 7,
}
WORD_BITS: Final = 20
CLASS_BITS: Final = 10
#: What of a history the next look-up goes by: two words, three classes.
WORDS_MASK: Final = (1 << 2 * WORD_BITS) - 1
CLASSES_MASK: Final = (1 << 3 * CLASS_BITS) - 1
#: Entries that a cache may hold before it is emptied: about 50 MB at the worst.
CACHE_LIMIT: Final = 300_000

#: Weights of the two models in the score of a word, tuned on ``corpora/tune``.
WORD_WEIGHT: Final = 0.5
CLASS_WEIGHT: Final = 0.6


class NgramModel:
    """Scores a word after its history, by words and by word classes.

    Attributes:
        file: Where all that it knows is.
        mass: By class: ln P(class), by frequency.
        known_words: What ``word`` has answered, by ``history << WORD_BITS | word``; the decoder
            looks here first, which spares it a call for nearly every arc.
        known_classes: The same for ``klass``.

    Args:
        path: ``language.dat``.
    """

    def __init__(self, path: Path) -> None:
        self.file = file = DataFile(path)
        self._prior = file.array("w.prior")
        self._prior_book = list(file.array("w.prior.book"))
        self._uni = file.array("w.uni")
        self._uni_book = list(file.array("w.uni.book"))
        self._back = file.array("w.back")
        self._back_book = list(file.array("w.back.book"))
        self.class_of = file.array("c.class")
        self.mass = list(file.array("c.mass"))
        self._class_uni = list(file.array("c.uni"))
        self._class_back = list(file.array("c.back"))

        def books(prefix: str, kind: str, orders: Sequence[int]) -> dict[int, list[float]]:
            return {k: list(file.array(f"{prefix}.{kind}{k}")) for k in orders}

        self._wp, self._wb = books("w", "p", (2, 3)), books("w", "b", (2,))
        self._cp, self._cb = books("c", "p", (2, 3, 4)), books("c", "b", (2, 3))
        self._word_tables = tables(file, "w", 3)
        self._class_tables = tables(file, "c", 4)
        self._pairs: dict[int, int] = {}
        self._two: dict[int, int] = {}
        self._three: dict[int, int] = {}
        self._histories: dict[int, tuple[float, float | None, float | None]] = {}
        self.known_words: dict[int, float] = {}
        self.known_classes: dict[int, float] = {}

    @cached_property
    def many(self) -> BatchNgrams:
        """The same, asked for all that may stand at many places; needs numpy."""
        from arfix.batch.ngrams import BatchNgrams

        return BatchNgrams(self.file)

    def within(self, word: int) -> float:
        """Return ln P(word | its class), by frequency."""
        if word < SPECIALS:
            return 0.0
        return self._prior_book[self._prior[word]] - self.mass[self.class_of[word]]

    def _pair(self, key: int) -> int:
        """Return what the table of word pairs has under a key; remembered."""
        if len(self._pairs) > CACHE_LIMIT:
            self._pairs.clear()
        found = self._pairs[key] = self._word_tables[0].get(key)
        return found

    def _class_pair(self, key: int) -> int:
        # There are a million at the most.
        found = self._two[key] = self._class_tables[0].get(key)
        return found

    def _class_triple(self, key: int) -> int:
        if len(self._three) > CACHE_LIMIT:
            self._three.clear()
        found = self._three[key] = self._class_tables[1].get(key)
        return found

    def _class_history(self, history: int) -> tuple[float, float | None, float | None]:
        """Return the backoffs of the last class, the last two and the last three.

        None where the model has not seen them, and so knows of nothing that follows them.
        """
        two = three = None
        one = history & 0x3FF
        if one:
            key = history & 0xFFFFF
            before = self._two.get(key)
            if before is None:
                before = self._class_pair(key)
            if before >= 0:
                two = self._cb[2][before >> 8]
                if history & 0xFFC00:
                    before = self._three.get(history)
                    if before is None:
                        before = self._class_triple(history)
                    if before >= 0:
                        three = self._cb[3][before >> 8]
        if len(self._histories) > CACHE_LIMIT:
            self._histories.clear()
        found = self._histories[history] = (self._class_back[one], two, three)
        return found

    def word(self, history: int, word: int) -> float:
        """Return ln P(word | two words before).

        Args:
            history: The id before last, shifted by ``WORD_BITS``, plus the last id.
            word: An id.
        """
        key = history << WORD_BITS | word
        known = self.known_words.get(key)
        if known is not None:
            return known
        last = history & 0xFFFFF
        two = last << WORD_BITS | word
        pair = self._pairs.get(two)
        if pair is None:
            pair = self._pair(two)
        before = -1
        if last:
            seen = self._pairs.get(history)
            before = self._pair(history) if seen is None else seen
        code = self._word_tables[1].get(key) if before >= 0 and pair >= 0 else -1
        if code >= 0:
            result = self._wp[3][code]
        else:
            if pair >= 0:
                result = self._wp[2][pair & 0xFF]
            else:
                result = self._back_book[self._back[last]] + self._uni_book[self._uni[word]]
            if before >= 0:
                result += self._wb[2][before >> 8]
        if len(self.known_words) > CACHE_LIMIT:
            self.known_words.clear()
        self.known_words[key] = result
        return result

    def klass(self, history: int, last: int) -> float:
        """Return ln P(class | three classes before).

        Args:
            history: Three classes, the last in the low ``CLASS_BITS``.
            last: A class.
        """
        key = history << CLASS_BITS | last
        known = self.known_classes.get(key)
        if known is not None:
            return known
        histories = self._histories.get(history)
        if histories is None:
            histories = self._class_history(history)
        one, two, three = histories
        # The longest history that has been seen before this class decides; the shorter ones are
        # not even looked at.
        found = -1
        if three is not None:
            found = self._class_tables[2].get(key)
        if found >= 0:
            result = self._cp[4][found]
        else:
            if two is not None:
                triple = key & 0x3FFFFFFF
                seen = self._three.get(triple)
                found = self._class_triple(triple) if seen is None else seen
            if found >= 0:
                result = self._cp[3][found & 0xFF]
            else:
                pair = key & 0xFFFFF
                seen = self._two.get(pair)
                found = self._class_pair(pair) if seen is None else seen
                result = self._cp[2][found & 0xFF] if found >= 0 else one + self._class_uni[last]
                if two is not None:
                    result += two
            if three is not None:
                result += three
        if len(self.known_classes) > CACHE_LIMIT:
            self.known_classes.clear()
        self.known_classes[key] = result
        return result
