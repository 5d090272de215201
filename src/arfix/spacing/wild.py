"""Judges words in which symbols stand for letters: as the best word that fits is judged."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from arfix.cipher.symbols import FORM_CLASS, is_name
from arfix.cipher.walk import TooMuchError, fitting
from arfix.spacing.judge import Judge, Unit
from arfix.view import bare

#: What stands for a letter that the extractor does not know.
SYMBOL_CLASS: Final = "\ue000-\uf8ff\ufffd"
_SYMBOL: Final = re.compile(f"[{SYMBOL_CLASS}]")
_FORM: Final = re.compile(f"[{FORM_CLASS}]")
#: The name of such a character in a pattern.
_NAME: Final = "\U00100000"
#: What each symbol costs: it may be any letter. What a pattern counts as that fits too much.
_COST: Final = -3.0
_MUCH: Final = -15.0
_WALK: Final = 300


def letters_of(text: str) -> str:
    """Return the letters of a glyph, with a name for each symbol.

    Example:
        >>> letters_of("\ufefc") == "لا", letters_of("\ue893") == "\U00100000"
        (True, True)
    """
    text = _FORM.sub(lambda match: unicodedata.normalize("NFKC", match.group()), text)
    return bare(_SYMBOL.sub(_NAME, text))


class WildJudge(Judge):
    """Scores words with symbols in them.

    Args:
        judge: Scores all others.
    """

    def __init__(self, judge: Judge) -> None:
        super().__init__(judge.resources)
        self._judge = judge
        self._best: dict[str, str | None] = {}

    def unit(self, word: str) -> Unit:
        """Return a word of bare letters and names as the models see it."""
        if not any(map(is_name, word)):
            return self._judge.unit(word)
        best = self._fitting(word)
        cost = _COST * sum(map(is_name, word))
        if best:
            unit = self._judge.unit(best)
            return unit._replace(weight=unit.weight + cost)
        known = self._judge.unit(word.replace(_NAME, "ي"))
        return known._replace(weight=known.weight + 2 * cost, prior=self.prior(word))

    def prior(self, word: str) -> float:
        """Return the natural log of the frequency of the best word that fits."""
        if not any(map(is_name, word)):
            return self._judge.prior(word)
        best = self._fitting(word)
        if best is None:
            return _MUCH
        return self._judge.prior(best) + _COST * sum(map(is_name, word)) if best else -30.0

    def _fitting(self, word: str) -> str | None:
        """Return the likeliest word that fits, empty for none, None for too many."""
        if word not in self._best:
            lexicon = self.resources.lexicon
            try:
                found = fitting(lexicon.automaton, word, {}, _WALK, (_NAME,))
            except TooMuchError:
                self._best[word] = None
            else:
                whole = {
                    text: number for text, (number, _) in found.items() if len(text) >= len(word)
                }
                self._best[word] = max(
                    whole, key=lambda text: lexicon.prior(whole[text]), default=""
                )
        return self._best[word]
