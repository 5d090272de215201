"""The words that have one letter more, of many words at once.

All nodes along all words come first; then every letter that may stand behind every one of them; and
then these walk on together, letter by letter, along what is left of their words, fewer with each
step. What is found, and its order, is that of the walk in ``arfix.insertions``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, Final

import numpy as np

from arfix.batch.words import CODE_RANGE, END, FORMS, columns_of
from arfix.lexicon.automaton import FINAL_BIT, LABEL_MASK

if TYPE_CHECKING:
    from arfix.batch.words import Flags, Ints
    from arfix.lexicon.automaton import Automaton

_LABELS: Final = CODE_RANGE[1:].astype(np.uint8)


class BatchInsertions:
    """Walks the lexicon along many words at once, with a letter more beside each.

    Args:
        automaton: The lexicon.
        bits: By a letter in its form the bit of the glyph, 0 for those that are never lost.
    """

    def __init__(self, automaton: Automaton, bits: Sequence[int]) -> None:
        self._root = automaton.root
        self._base = np.frombuffer(automaton.base, np.uint32)
        self._skip = np.frombuffer(automaton.skip, np.uint32)
        self._check = np.frombuffer(automaton.check, np.uint8)
        self._bare = self._check & LABEL_MASK
        self._lost = np.array([bit > 0 for bit in bits])

    def walk(self, words: Sequence[str]) -> Iterator[tuple[list[int], list[int], bool, list[int]]]:
        """Yield for each word what lost letters explain it, and what it is as it stands.

        The first two are the letters in their forms, and the numbers of the words with them; then
        comes whether the lexicon holds the word, and its own letters in their forms, with noughts.

        Args:
            words: Letters of the alphabet only, at least one.
        """
        codes = columns_of(words)
        forms = np.zeros_like(codes)
        forms[1:-1] = FORMS[codes[:-2], codes[1:-1], codes[2:]]
        nodes, numbers, known = self._along(codes)
        word, drawn, number = self._inserted(codes, forms, nodes, numbers)
        drawn_list, number_list = drawn.tolist(), number.tolist()
        start = 0
        ends = accumulate(np.bincount(word, minlength=len(words)).tolist())
        for end, held, own in zip(ends, known.tolist(), forms.T.tolist(), strict=True):
            yield drawn_list[start:end], number_list[start:end], held, own
            start = end

    def _along(self, codes: Ints) -> tuple[Ints, Ints, Flags]:
        """Return the nodes along the words, the numbers there, and which words are known."""
        base, skip, check = self._base, self._skip, self._check
        width, count = codes.shape[0] - 2, codes.shape[1]
        nodes = np.zeros((width + 1, count), np.intp)
        numbers = np.zeros((width + 1, count), np.intp)
        known = np.zeros(count, np.bool_)
        nodes[0] = self._root
        for at in range(width):
            letter = codes[at + 1]
            slot = nodes[at] + letter
            label = check[slot]
            fits = (label & LABEL_MASK == letter) & (letter > 0)
            nodes[at + 1] = np.where(fits, base[slot], 0)
            numbers[at + 1] = numbers[at] + skip[slot]
            known |= fits & (codes[at + 2] == 0) & (label & FINAL_BIT > 0)
        return nodes, numbers, known

    def _inserted(
        self, codes: Ints, forms: Ints, nodes: Ints, numbers: Ints
    ) -> tuple[Ints, Ints, Ints]:
        """Return of all words with a letter more: the word, the letter in its form, the number."""
        base, skip, check, bare = self._base, self._skip, self._check, self._bare
        count = codes.shape[1]
        # By word, then by place, then by letter: the order stays to the end.
        word, place = np.nonzero(nodes.T)
        node = nodes[place, word]
        labels = bare.take(node[:, None] + CODE_RANGE[1:])
        children = (labels == _LABELS).ravel().nonzero()[0]
        pair, letter = children // len(_LABELS), children % len(_LABELS) + 1
        slot = node.take(pair) + letter
        number: Ints = numbers[place, word].take(pair) + skip.take(slot)
        # Where each stands in the columns of letters; the next letter is a row below.
        letters = np.where(codes > 0, codes, END).astype(np.uint8).ravel()
        at = ((place + 1) * count + word).take(pair)
        each = np.arange(len(pair))
        ended: list[Ints] = []
        totals: list[Ints] = []
        while len(each):
            after = letters.take(at)
            over = (after == END).nonzero()[0]
            over = over.compress(check.take(slot.take(over)) & FINAL_BIT > 0)
            ended.append(each.take(over))
            totals.append(number.take(over))
            slot = base.take(slot) + after
            fits = (bare.take(slot, mode="clip") == after).nonzero()[0]
            each, at, slot = each.take(fits), at.take(fits) + count, slot.take(fits)
            number = number.take(fits) + skip.take(slot)
        whole: Ints = np.concatenate([pair[:0], *ended])
        order: Ints = whole.argsort()
        whole = whole[order]
        number = np.concatenate([number[:0], *totals])[order]
        pair, letter = pair.take(whole), letter.take(whole)
        word, place = word.take(pair), place.take(pair)
        form = FORMS[codes[place, word], letter, codes[place + 1, word]]
        free = (
            self._lost.take(form) & self._is_free(codes, forms, word, place, letter, form)
        ).nonzero()[0]
        return word.take(free), form.take(free), number.take(free)

    def _is_free(
        self, codes: Ints, forms: Ints, word: Ints, place: Ints, letter: Ints, form: Ints
    ) -> Flags:
        """Return whether a word with a letter more does not hold the letter in this form again."""
        count, size = codes.shape[1], len(self._lost)
        held = np.zeros(count * size, np.bool_)
        held[(forms + size * np.arange(count)).ravel()] = True
        free: Flags = ~held.take(size * word + form)
        # A letter beside its like: the other one is drawn in another way than before.
        before, after = codes[place, word], codes[place + 1, word]
        at = ((letter == before) | (letter == after)).nonzero()[0]
        word, place, letter, form = word.take(at), place.take(at), letter.take(at), form.take(at)
        same = forms.take(word, axis=1) == form
        each = np.arange(len(at))
        far = codes[np.minimum(place + 2, len(codes) - 1), word]
        same[place, each] = FORMS[codes[place - 1, word], before.take(at), letter] == form
        same[place + 1, each] = FORMS[letter, after.take(at), far] == form
        free[at] = ~same.any(axis=0)
        return free
