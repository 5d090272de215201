"""What many damaged words may have been: the walk of ``arfix.candidates`` for all of them at once.

Letters are put back one after the other: behind every letter of a word that the lexicon can be
walked to, then behind every place that the words so grown can be walked to, and so on. Whether the
letters put back are drawn by lost glyphs, and whether none of these survived, is known at the end.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from arfix.batch.words import CODE_RANGE, END, FORMS, columns_of
from arfix.candidates import ALEFS, FORMS_OF_LETTER, JOINS_NEXT, JOINS_PREVIOUS, LAM
from arfix.lexicon.automaton import ALPHABET, FINAL_BIT, LABEL_MASK

if TYPE_CHECKING:
    from arfix.batch.words import Ints
    from arfix.lexicon.automaton import Automaton

#: Bits of what tells of one letter put back: its place and its code. Plain walks find words with a
#: letter here before words with none here, and with a later letter of the alphabet first.
_EVENT: Final = 12
_CODE: Final = 6
_NONE: Final = 1 << _CODE
_MOST: Final = 3
#: Glyphs that a mask has room for.
MOST_GLYPHS: Final = 62
_POINTS: Final = np.array([0, *map(ord, ALPHABET)], np.uint32)

#: Which of the words, what it may have been, the number of that, and the masks of a ``Proposal``.
Found = tuple[int, str, int, int, int]


class _States(NamedTuple):
    """Words that grew, as far as they were walked.

    Attributes:
        at: Where the next letter of the word is in the columns.
        node: The node behind the letter before.
        ends: Whether a word ends there.
        number: How many words come before.
        events: What was put back.
        before: The letter before.
        joined: Whether that was put back and is joined to the one before it; -1 where it was there.
    """

    at: Ints
    node: Ints
    ends: Ints
    number: Ints
    events: Ints
    before: Ints
    joined: Ints


class BatchCandidates:
    """Walks the lexicon along many words at once, with lost letters put back.

    Args:
        automaton: The lexicon.
        letters: The codes of the letters that may be lost.
        bits: By a letter in its form the bit of the glyph, 0 for those that are never lost; of
            at most ``MOST_GLYPHS``.
    """

    def __init__(self, automaton: Automaton, letters: Sequence[int], bits: Sequence[int]) -> None:
        self.root = automaton.root
        self.base = np.frombuffer(automaton.base, np.uint32)
        self.skip = np.frombuffer(automaton.skip, np.uint32)
        self.check = np.frombuffer(automaton.check, np.uint8)
        self.bare = self.check & LABEL_MASK
        self.letters = np.array(letters)
        self.bits = np.array(bits, np.int64)
        self.lost = self.bits > 0
        codes = CODE_RANGE
        joins_next, joins_previous = np.array(JOINS_NEXT), np.array(JOINS_PREVIOUS)
        # By a letter and the one behind it whether they are joined.
        self.joins = joins_next[:, None] & joins_previous
        lam_alef = (codes == LAM)[:, None] & np.array(ALEFS)
        forms = FORMS_OF_LETTER * codes + 2 * self.joins
        # By the letter before and a letter whether that may be lost there.
        self.fits = (self.lost[forms] | self.lost[forms + joins_next]) & ~lam_alef
        # The code that ends a word joins nothing.
        self.ahead = np.zeros((len(codes), END + 1), np.bool_)
        self.ahead[:, : len(codes)] = self.joins

    def walk(self, words: Sequence[str], most: int) -> Iterator[Found]:
        """Return what the words may have been.

        It comes in the order of the words, and for each word in that of the plain walk.

        Args:
            words: Letters of the alphabet only, at least one.
            most: Most letters to put back.
        """
        return _Walk(self, words).found(most)


class _Walk:
    """One walk along some words."""

    def __init__(self, tables: BatchCandidates, words: Sequence[str]) -> None:
        self._tables = tables
        self._columns = columns_of(words)
        self._count = len(words)
        self._lengths = np.fromiter(map(len, words), np.intp, self._count)
        self._after = np.where(self._columns[1:] > 0, self._columns[1:], END).ravel()
        self._ended: list[tuple[Ints, Ints, Ints]] = []

    def found(self, most: int) -> Iterator[Found]:
        """Return what the words may have been."""
        zeros = np.zeros(self._count, np.intp)
        root, first = zeros + self._tables.root, np.arange(self._count)
        begun = _States(first, root, zeros, zeros, zeros, zeros, zeros - 1)
        states = self._onward(begun, 0)
        for done in range(1, most + 1):
            states = self._onward(self._grown(states, done), done)
        which, number, events = (np.concatenate(part) for part in zip(*self._ended, strict=True))
        order = np.lexsort((events, which))
        return self._judged(which.take(order), number.take(order), events.take(order))

    def _judged(self, which: Ints, number: Ints, events: Ints) -> Iterator[Found]:
        """Return the words that ended, but for those where other letters were put back."""
        # Where the letters put back stand in the new words, and how far they push the others.
        size = len(self._columns) + _MOST
        here = np.arange(size)
        source = np.repeat(here[None], len(which), axis=0)
        put: list[tuple[Ints, Ints, Ints]] = []
        length = self._lengths.take(which)
        for back in range(_MOST):
            event = events >> _EVENT * (_MOST - 1 - back) & (1 << _EVENT) - 1
            there = (event & _NONE - 1).nonzero()[0]
            place = (event.take(there) >> _CODE) + back + 1
            source[there] -= here > place[:, None]
            length[there] += 1
            put.append((there, place, _NONE - (event.take(there) & _NONE - 1)))
        codes = self._columns[np.minimum(source, len(self._columns) - 1), which[:, None]]
        for there, place, code in put:
            codes[there, place] = code
        bits = self._tables.bits.take(FORMS[codes[:, :-2], codes[:, 1:-1], codes[:, 2:]])
        erased = np.zeros(len(which), np.int64)
        right = np.ones(len(which), np.bool_)
        for there, place, _ in put:
            bit = bits[there, place - 1]
            right[there] &= bit > 0
            erased[there] |= bit
            bits[there, place - 1] = 0
        survived = np.bitwise_or.reduce(bits, axis=1)
        right &= erased & survived == 0
        each = right.nonzero()[0]
        texts = _POINTS.take(codes[each, 1:]).tobytes().decode("utf-32-le")
        spans = zip(range(0, len(texts), size - 1), length.take(each).tolist(), strict=True)
        return zip(
            which.take(each).tolist(),
            (texts[at : at + end] for at, end in spans),
            number.take(each).tolist(),
            erased.take(each).tolist(),
            survived.take(each).tolist(),
            strict=True,
        )

    def _grown(self, states: _States, done: int) -> _States:
        """Return the states with one letter more, where it can be so many-th one put back."""
        tables = self._tables
        slots = states.node[:, None] + tables.letters
        before = states.before[:, None]
        fits = (tables.bare.take(slots) == tables.letters) & tables.fits[before, tables.letters]
        # What was put back before it has to be drawn by a lost glyph where it now stands.
        form = FORMS_OF_LETTER * before + 2 * states.joined[:, None]
        form = form + tables.joins[before, tables.letters]
        fits &= (states.joined < 0)[:, None] | tables.lost.take(form)
        row, column = np.nonzero(fits)
        slot, code, at = slots[row, column], tables.letters.take(column), states.at.take(row)
        event = (at // self._count << _CODE) + _NONE - code
        return _States(
            at,
            tables.base.take(slot).astype(np.intp),
            tables.check.take(slot) & FINAL_BIT,
            states.number.take(row) + tables.skip.take(slot),
            states.events.take(row) | event << _EVENT * (_MOST - done),
            code,
            tables.joins[states.before.take(row), code].astype(np.intp),
        )

    def _onward(self, states: _States, done: int) -> _States:
        """Return the states and all further ones along the words; note the words that end.

        Args:
            states: Where to begin.
            done: How many letters were put back in them.
        """
        tables = self._tables
        passed = [states]
        while len(states.at):
            at, node, ends, number, events, before, joined = states
            after = self._after.take(at)
            form = FORMS_OF_LETTER * before + 2 * joined
            drawn = (joined < 0) | tables.lost.take(form + tables.ahead[before, after])
            over = ((after == END) & (ends > 0) & drawn).nonzero()[0]
            word = at.take(over) % self._count
            rest = sum(1 << _EVENT * place for place in range(_MOST - done))
            told = events.take(over) | (self._lengths.take(word) << _CODE) * rest
            self._ended.append((word, number.take(over), told))
            slot = node + after
            fits = ((tables.bare.take(slot, mode="clip") == after) & drawn).nonzero()[0]
            slot = slot.take(fits)
            states = _States(
                at.take(fits) + self._count,
                tables.base.take(slot).astype(np.intp),
                tables.check.take(slot) & FINAL_BIT,
                number.take(fits) + tables.skip.take(slot),
                events.take(fits),
                after.take(fits),
                np.full(len(fits), -1),
            )
            passed.append(states)
        return _States(*map(np.concatenate, zip(*passed, strict=True)))
