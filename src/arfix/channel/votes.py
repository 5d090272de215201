"""What one coded word says of a symbol in it: how probable a word each reading makes.

Nothing here knows the document: the same pieces of a word give the same votes, so they are
remembered, and later rounds of solving cost little.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from arfix.channel.coded import stacked
from arfix.channel.readings import (
    EDGE,
    LETTERS,
    MARK,
    SPACE,
    STRETCH,
    Reading,
    form_in,
)
from arfix.glyphs import glyphs_of, joins_next, joins_previous
from arfix.lexicon.marks import ALEFS, FATHATAN, MARKS, MarkTable
from arfix.view import TATWEEL

if TYPE_CHECKING:
    from arfix.lexicon.protocols import Lexicon
    from arfix.lm.protocols import LanguageModel, SpellingModel

#: Words below this have no place in the lexicon.
ABSENT: Final = -29.0
#: Words below this are unlikely even as unknown ones.
UNKNOWN_BASE: Final = -14.0
_UNKNOWN_LETTER: Final = -2.0
_OOV_SHARE: Final = math.log(0.03)
_MARKED_SHARE: Final = math.log(0.02)
_SECOND_MARK: Final = math.log(0.25)
_DOUBLE_MARK: Final = math.log(0.0001)
_STRETCH_SHARE: Final = math.log(0.0005)
_EDGE_SHARE: Final = math.log(0.002)
_SPACE_SHARE: Final = math.log(0.0005)
_LAM_ALEF_PRIOR: Final = -1.0
_LIGATED_COST: Final = 4.0
#: Votes remembered: more than any map needs, about 30 MB at the worst.
_MOST_KEPT: Final = 5_000

#: What the marks of a word are, by the index of the letter that carries them.
Marks = tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Models:
    """The models that judge a reading; only the lexicon is needed."""

    lexicon: Lexicon
    letters: SpellingModel | None = None
    marks: MarkTable = field(default_factory=MarkTable)
    language_model: LanguageModel | None = None


class Voter:
    """Scores the readings of a symbol in one word.

    Attributes:
        work: How many words were scored for votes, those remembered left out.

    Args:
        models: Judge what the readings make of the word.
    """

    def __init__(self, models: Models) -> None:
        self._models = models
        self._kept: dict[tuple[tuple[str, ...], Marks, Sequence[str]], dict[Reading, float]] = {}
        self.word_score = lru_cache(maxsize=200_000)(self._word_score)
        self.work = 0

    def votes(
        self, pieces: tuple[str, ...], marks: Marks = (), texts: tuple[str, ...] = LETTERS
    ) -> Mapping[Reading, float]:
        """Return the score of each reading that fits a word.

        Args:
            pieces: The bare letters of the word, split at the symbol.
            marks: The marks that the word carries already.
            texts: What the symbol may stand for beside marks and what is no letter; these are
                only tried together with the letters.
        """
        key = (pieces, marks, texts)
        known = self._kept.get(key)
        if known is None:
            if len(self._kept) >= _MOST_KEPT:
                self._kept.clear()
            self.work += len(texts)
            known = self._kept[key] = self._votes(pieces, dict(marks), texts)
        return known

    def knows(self, word: str) -> bool:
        """Return whether the lexicon holds a word."""
        return self._models.lexicon.log_probability(word) > ABSENT

    def _votes(
        self, pieces: tuple[str, ...], marks: Mapping[int, str], texts: tuple[str, ...]
    ) -> dict[Reading, float]:
        votes: dict[Reading, float] = {}
        starts = _places(pieces)
        for text in texts:
            word = text.join(pieces)
            forms = {
                form_in(word, at + shift * len(text), at + (shift + 1) * len(text))
                for shift, at in enumerate(starts)
            }
            if len(forms) != 1:
                continue
            value = self.word_score(word)
            if len(text) == 1 and glyphs_of(word)[starts[0]] is None:
                value -= _LIGATED_COST
            elif len(text) > 1:
                value += _LAM_ALEF_PRIOR if text[0] == "\u0644" and len(text) == 2 else 0.0
            votes[Reading(text, forms.pop())] = value
        if texts is LETTERS:
            votes.update(self._other_votes(pieces, starts, marks))
        return votes

    def _other_votes(
        self, pieces: Sequence[str], starts: Sequence[int], marks: Mapping[int, str]
    ) -> dict[Reading, float]:
        """Return the readings that are no letter: marks, tatweel, a space, not of this word."""
        votes: dict[Reading, float] = {}
        word = "".join(pieces)
        if not word:
            return votes
        value = self.word_score(word)
        table = self._models.marks
        for mark in MARKS:
            share = 0.0
            for at in starts:
                place = max(at - 1, 0)
                share += self._mark_share(table, word, place, mark, marks)
            votes[Reading(mark, MARK)] = value + share
        inside = all(
            0 < at < len(word) and joins_next(word[at - 1]) and joins_previous(word[at])
            for at in starts
        )
        if inside:
            votes[Reading(TATWEEL, STRETCH)] = value + _STRETCH_SHARE * len(starts)
        if len(pieces) == 2 and pieces[0] and pieces[1]:
            both = self.word_score(pieces[0]) + self.word_score(pieces[1])
            votes[Reading(" ", SPACE)] = both + _SPACE_SHARE
        if len(pieces) == 2 and not (pieces[0] and pieces[1]):
            votes[Reading("", EDGE)] = value + _EDGE_SHARE
        return votes

    @staticmethod
    def _mark_share(
        table: MarkTable, word: str, place: int, mark: str, marks: Mapping[int, str]
    ) -> float:
        there = marks.get(place, "")
        if there:
            # The letter carries a mark already: only a shadda goes with another one.
            together = stacked(there, mark) in MARKS
            return _MARKED_SHARE + (_SECOND_MARK if together else _DOUBLE_MARK)
        given = table.log_probability(word, place, mark, others=marks)
        if mark == FATHATAN and (word[place] in ALEFS or word[place + 1 : place + 2] in ALEFS):
            share = table.tanween_share(word)
            if share is not None:
                return math.log(max(share, 0.005)) + given
        return _MARKED_SHARE + given

    def _word_score(self, letters: str) -> float:
        """Return the log-probability of a bare word, known or not."""
        known = self._models.lexicon.log_probability(letters)
        if known > ABSENT:
            return known
        unknown = UNKNOWN_BASE + _UNKNOWN_LETTER * len(letters)
        if self._models.letters is not None:
            unknown = _OOV_SHARE + self._models.letters.log_probability(letters)
        return max(unknown, -40.0)


def _places(pieces: Sequence[str]) -> list[int]:
    """Return where the gaps between the pieces are, the gaps themselves not counted."""
    places, at = [], 0
    for piece in pieces[:-1]:
        at += len(piece)
        places.append(at)
    return places
