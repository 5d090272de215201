"""Which lexicon words lost just one letter: all glyphs and all places in one walk.

The candidates of a word under the loss of some glyphs are the business of ``candidates.py``; the
first sieve of the inference asks less, but of every word and of every glyph there is. So the walk
goes along the word once, with all words that have a letter more beside it. What it knows
after the first letters of a word is remembered: words that begin alike share it, in this document
and in the next one.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator, Sequence
from itertools import compress, repeat
from operator import eq
from typing import TYPE_CHECKING, Final

from arfix.batch import spelled
from arfix.candidates import ALEFS, FORMS_OF_LETTER, JOINS_NEXT, JOINS_PREVIOUS, LAM, Erasure
from arfix.lexicon.automaton import ALL_CODES, CODES, FINAL_BIT, LABEL_MASK

if TYPE_CHECKING:
    from arfix.batch.insertions import BatchInsertions

#: First letters of which the walk is remembered, how many of such beginnings (10 MB at the
#: worst), and how many places of one inserted letter.
REMEMBERED: Final = 3
MOST_BEGINNINGS: Final = 10_000
MOST_BRIDGES: Final = 60_000
#: A letter in one form as one number; a letter that stands beside its like has this much more,
#: because what its like is drawn with depends on it.
_BESIDE: Final = FORMS_OF_LETTER * (len(ALL_CODES) + 1)
#: Where the number of a word ends and the place of the inserted letter begins.
_PLACE: Final = 32
_NUMBER: Final = (1 << _PLACE) - 1
_LABELS: Final = bytes(ALL_CODES)
_BARE_LABEL: Final = bytes(label & LABEL_MASK for label in range(256))
_WHOLE: Final = LABEL_MASK | FINAL_BIT

#: A word with a letter more, as far as it was read: its node; how many words come before it, and
#: the place of the letter; the letter in its form.
_Grown = tuple[int, int, int]
#: A letter between two others, the node behind the second, and how many words were passed.
_Bridge = tuple[int, int, int]
#: What is known after some letters: the node, how many words come before it, what has grown. A
#: beginning has dozens of these, which all over the memory would take long to read: so packed.
_State = tuple[int, int, bytes]
_GROWN: Final = struct.Struct("<IQH")


class Insertions:
    """The words that have one letter more, which one of some glyphs draws.

    Args:
        erasure: Names the glyphs, and gives the candidates where one letter does not help.
    """

    def __init__(self, erasure: Erasure) -> None:
        self._erasure = erasure
        self._automaton = erasure.automaton
        bits = [bit for row in erasure.bits for bit in row]
        self._bits = [*bits, *bits]
        self._free = bytes(bit > 0 for bit in self._bits)
        self._drawn: dict[int, list[int]] = {}
        self._bridges: dict[int, tuple[_Bridge, ...]] = {}
        self._states: dict[str, _State] = {"": (self._automaton.root, 0, b"")}
        self._batch: BatchInsertions | None = None

    def explained(self, word: str) -> list[tuple[int, int, float]]:
        """Return for each word that one lost letter turns into this one what is to be known.

        Words in which the lost glyph survived elsewhere are left out. Where there is none, and
        the word itself is not known, words behind a proclitic are looked for.

        Returns:
            The bit of the glyph, and the number and the clitic as in a ``Proposal``.
        """
        codes = [CODES.get(letter, 0) for letter in word]
        if not codes or not all(codes):
            return []
        grown, known = self._walk(word, codes)
        bits = self._bits
        found = []
        for _, number, drawn in grown:
            if drawn >= _BESIDE:
                place = number >> _PLACE
                letter = (drawn - _BESIDE) // FORMS_OF_LETTER
                others = _forms([*codes[:place], letter, *codes[place:]])
                del others[place]
                if drawn - _BESIDE in others:
                    continue
            found.append((bits[drawn], number & _NUMBER, 0.0))
        return found if found or known else self._behind_a_clitic(word)

    def explained_all(
        self, words: Sequence[str]
    ) -> Iterator[tuple[str, Iterable[tuple[int, int, float]]]]:
        """Yield words, each with what ``explained`` returns for it, walked for all together.

        Words with other letters than those of the lexicon, and very long ones, are left out. This
        needs numpy.

        Args:
            words: Which.
        """
        asked = spelled(words)
        if not asked:
            return
        if self._batch is None:
            from arfix.batch.insertions import BatchInsertions

            self._batch = BatchInsertions(self._automaton, self._bits[:_BESIDE])
        bit_of = self._bits.__getitem__
        note = self._erasure.note_survivors
        walked = self._batch.walk(asked)
        for word, (forms, numbers, known, own) in zip(asked, walked, strict=True):
            note(word, own)
            if forms or known:
                yield word, zip(map(bit_of, forms), numbers, repeat(0.0), strict=False)
            else:
                yield word, self._behind_a_clitic(word)

    def _behind_a_clitic(self, word: str) -> list[tuple[int, int, float]]:
        return [
            (proposal.erased, proposal.number, proposal.clitic)
            for proposal in self._erasure.proposals(word, 1)
            if proposal.erased
        ]

    def _walk(self, word: str, codes: list[int]) -> tuple[list[_Grown], bool]:
        """Return the words with a letter more, and whether the word itself is one."""
        automaton = self._automaton
        base, skip, check = automaton.base, automaton.skip, automaton.check
        shared = min(REMEMBERED, len(word) - 1)
        node, number, packed = self._state(word, codes, shared)
        # Glyphs that the word holds did not get lost.
        free = bytearray(self._free)
        for drawn in _forms(codes):
            free[drawn] = 0
        grown: list[_Grown] = []
        passing: Iterable[_Grown] = _GROWN.iter_unpack(packed)
        before = codes[shared - 1] if shared else 0
        last = len(codes) - 1
        label = 0
        for place in range(shared, last + 1):
            if place > shared and not node and not grown:
                return [], False
            after = codes[place]
            mask, want = (_WHOLE, after | FINAL_BIT) if place == last else (LABEL_MASK, after)
            grown = [
                (base[slot], passed + skip[slot], drawn)
                for at, passed, drawn in passing
                if check[slot := at + after] & mask == want and free[drawn]
            ]
            passing = grown
            label = 0
            if node:
                added = self._added(node, number, before, after, mask, want)
                grown += [item for item in added if free[item[2]]]
                slot = node + after
                if check[slot] & LABEL_MASK == after:
                    label, number, node = check[slot], number + skip[slot], base[slot]
                else:
                    node = 0
                number += 1 << _PLACE
            before = after
        if node:
            added = self._added(node, number, before, 0, FINAL_BIT, FINAL_BIT)
            grown += [item for item in added if free[item[2]]]
        return grown, bool(label & FINAL_BIT)

    def _state(self, word: str, codes: list[int], length: int) -> _State:
        """Return what is known after the first letters of a word, which goes on behind them."""
        key = word[:length]
        known = self._states.get(key)
        if known is not None:
            return known
        node, number, packed = self._state(word, codes, length - 1)
        after = codes[length - 1]
        before = codes[length - 2] if length > 1 else 0
        automaton = self._automaton
        base, skip, check = automaton.base, automaton.skip, automaton.check
        grown = [
            (base[slot], passed + skip[slot], drawn)
            for at, passed, drawn in _GROWN.iter_unpack(packed)
            if check[slot := at + after] & LABEL_MASK == after and base[slot]
        ]
        if node:
            added = self._added(node, number, before, after, LABEL_MASK, after)
            grown += [item for item in added if item[0]]
            slot = node + after
            if check[slot] & LABEL_MASK == after:
                number, node = number + skip[slot], base[slot]
            else:
                node = 0
            number += 1 << _PLACE
        if len(self._states) > MOST_BEGINNINGS:
            self._states = {"": self._states[""]}
        known = self._states[key] = (node, number, b"".join([_GROWN.pack(*item) for item in grown]))
        return known

    def _added(
        self, node: int, number: int, before: int, after: int, mask: int, want: int
    ) -> list[_Grown]:
        """Return the words that grow by a letter between two letters of the word."""
        bridges = self._bridges.get(node << 7 | want)
        if bridges is None:
            bridges = self._bridge(node, after, mask, want)
        if not bridges:
            return []
        drawn = self._drawn.get(before << 6 | after) or self._draw(before, after)
        return [(at, number + passed, drawn[code]) for code, at, passed in bridges if drawn[code]]

    def _bridge(self, node: int, after: int, mask: int, want: int) -> tuple[_Bridge, ...]:
        """Return the letters that fit between a node and a letter, or the end of the word.

        With each comes the node behind the letter that follows, and how many words were passed.
        """
        base, skip, check = self._automaton.base, self._automaton.skip, self._automaton.check
        labels = check[node + 1 : node + 1 + len(_LABELS)]
        # The C loop: hardly any of the slots belong to the node.
        children = compress(ALL_CODES, map(eq, labels.translate(_BARE_LABEL), _LABELS))
        if after:
            found = [
                (code, base[slot], skip[node + code] + skip[slot])
                for code in children
                if (child := base[node + code]) and check[slot := child + after] & mask == want
            ]
        else:
            found = [
                (code, 0, skip[node + code]) for code in children if check[node + code] & FINAL_BIT
            ]
        if len(self._bridges) > MOST_BRIDGES:
            self._bridges.clear()
        known = self._bridges[node << 7 | want] = tuple(found)
        return known

    def _draw(self, before: int, after: int) -> list[int]:
        """Return for each letter put between two others its form there, 0 where it has none."""
        drawn = [0] * (len(ALL_CODES) + 1)
        for code in ALL_CODES:
            if (before == LAM and ALEFS[code]) or (code == LAM and ALEFS[after]):
                continue
            form = FORMS_OF_LETTER * code
            form += 2 if JOINS_NEXT[before] and JOINS_PREVIOUS[code] else 0
            form += 1 if JOINS_NEXT[code] and JOINS_PREVIOUS[after] else 0
            if self._bits[form]:
                drawn[code] = form + (_BESIDE if code in (before, after) else 0)
        self._drawn[before << 6 | after] = drawn
        return drawn


def _forms(codes: list[int]) -> list[int]:
    """Return the letters of a word in their forms, 0 for those in a lam-alef."""
    found = []
    left, ligated = 0, False
    last = len(codes) - 1
    for place, code in enumerate(codes):
        after = codes[place + 1] if place < last else 0
        right = 1 if JOINS_NEXT[code] and JOINS_PREVIOUS[after] else 0
        lam = code == LAM and ALEFS[after]
        found.append(0 if lam or ligated else FORMS_OF_LETTER * code + 2 * left + right)
        ligated, left = lam, right
    return found
