"""The spelling model: how likely a string of letters is as a word that no lexicon holds.

Unknown words are of three kinds: a known word behind clitics that its combination was never seen
with (وبمايكروسوفت), a known word spelled carelessly (الحكومه), and words new altogether, mostly
names. The first two are judged by the lexicon, the last by a letter 5-gram counted over rare word
types; the three are mixed.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from arfix.lexicon.automaton import CODES
from arfix.lexicon.twins import twins
from arfix.lm.table import tables
from arfix.store import DataFile

if TYPE_CHECKING:
    from pathlib import Path

    from arfix.lexicon.mapped import MappedLexicon

ORDER: Final = 5
BITS: Final = 6
#: Shares of unknown words that each proclitic precedes; counted over word types of
#: ``corpora/train`` seen once to four times whose rest is in the lexicon.
CLITICS: Final[dict[str, float]] = {
    "و": 0.20,
    "ال": 0.05,
    "وال": 0.03,
    "ب": 0.05,
    "ل": 0.06,
    "ف": 0.03,
    "ك": 0.01,
    "بال": 0.01,
    "لل": 0.02,
    "وب": 0.015,
    "ول": 0.02,
    "س": 0.01,
}
#: How common slips of a word are among unknown words, in proportion to the word's frequency. In
#: careless styles (الاخبار, الحكومه) they are most of what the lexicon lacks.
SLIPS: Final = 0.5
#: A character that the lexicon's alphabet lacks.
FOREIGN: Final = -12.0
CACHE_LIMIT: Final = 100_000


class LetterModel:
    """Natural log-probability of a word among the words that the lexicon lacks.

    Args:
        path: ``letters.dat``.
        lexicon: Judges what stands behind a proclitic.
    """

    def __init__(self, path: Path, lexicon: MappedLexicon) -> None:
        file = DataFile(path)
        self._lexicon = lexicon
        self._uni = list(file.array("l.uni"))
        self._back1 = list(file.array("l.back"))
        self._p = [list(file.array(f"l.p{k}")) for k in range(2, ORDER + 1)]
        self._b = [list(file.array(f"l.b{k}")) for k in range(2, ORDER)]
        self._tables = tables(file, "l", ORDER)
        self._cache: dict[str, float] = {}
        self._steps: dict[int, float] = {}
        self._clitics = [(text, len(text), math.log(rate)) for text, rate in CLITICS.items()]
        self._new = math.log(1 - sum(CLITICS.values()))

    def log_probability(self, bare: str) -> float:
        """Return the natural log-probability of the word among unknown words."""
        known = self._cache.get(bare)
        if known is not None:
            return known
        total = math.exp(self._new + self._spelled(bare))
        for text, length, rate in self._clitics:
            if bare.startswith(text) and len(bare) > length + 1:
                total += math.exp(rate + self._lexicon.log_probability(bare[length:]))
        for twin in twins(bare):
            total += SLIPS * math.exp(self._lexicon.log_probability(twin))
        result = math.log(total) if total > 0 else -60.0
        if len(self._cache) > CACHE_LIMIT:
            self._cache.clear()
        self._cache[bare] = result
        return result

    def _spelled(self, bare: str) -> float:
        history, total = 0, 0.0
        for letter in bare:
            code = CODES.get(letter)
            if code is None:
                total += FOREIGN
                history = 0
                continue
            total += self._step(history, code)
            history = (history << BITS | code) & 0xFFFFFF
        return max(total + self._step(history, 0), -60.0)

    def _step(self, history: int, code: int) -> float:
        key = history << BITS | code
        known = self._steps.get(key)
        if known is not None:
            return known
        result = self._uni[code]
        penalty = self._back1[history & 63]
        found = self._tables[0].get(key & 0xFFF)
        result = self._p[0][found & 0xFF] if found >= 0 else penalty + result
        for k in range(3, ORDER + 1):
            used = history & (1 << BITS * (k - 1)) - 1
            if not used >> BITS:  # nothing but the word's start: no longer history
                break
            before = self._tables[k - 3].get(used)
            if before < 0:
                break
            found = self._tables[k - 2].get(key & (1 << BITS * k) - 1)
            if found >= 0:
                result = self._p[k - 2][found & 0xFF if k < ORDER else found]
            else:
                result += self._b[k - 3][before >> 8]
        self._steps[key] = result
        return result
