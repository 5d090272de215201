"""Lexicon words near a string of letters, found by walking the automaton and not by scanning it.

Three walks, each with its own freedom: any few edits, one letter lost however often, and
characters that may stand for any letter. What a walk finds is measured elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from arfix.lexicon.automaton import ALPHABET, CODES, FINAL_BIT, LABEL_MASK, Automaton

#: Characters that say nothing of their own: each may have been any letter, two letters drawn as
#: one, or none.
SYMBOL_CLASS: Final = "\ufffd\ue000-\uf8ff"
SYMBOL: Final = re.compile(f"[{SYMBOL_CLASS}]")
#: Second letters of what fonts draw as one glyph with the lam before it.
ALEFS: Final = "اأإآ"
_CODES: Final = range(1, len(ALPHABET) + 1)
_LETTERS: Final = ("", *ALPHABET)


def near(automaton: Automaton, word: str, edits: int) -> dict[str, int]:
    """Return the words within so many edits of this one, with their numbers, itself included.

    An edit is a letter missing, one too many, another one in its place, or two neighbours
    swapped; this is the optimal string alignment distance.

    Args:
        automaton: The lexicon.
        word: Bare letters; letters that the lexicon has not match nothing.
        edits: How many at most; every further one makes the walk about fifteen times longer.
    """
    base, skip, check = automaton.base, automaton.skip, automaton.check
    codes = [CODES.get(letter, 0) for letter in word]
    length = len(codes)
    codes += [0, 0]
    found: dict[str, int] = {}
    # position, node, number, whether a word ends here, edits left, text
    stack = [(0, automaton.root, 0, 0, edits, "")]
    pop, push = stack.pop, stack.append
    while stack:
        position, node, number, final, left, text = pop()
        while True:
            code = codes[position]
            inside = position < length
            if left:
                rest = left - 1
                if inside:
                    push((position + 1, node, number, final, rest, text))
                after = codes[position + 1]
                for other, slot in _children(check, node) if node else ():
                    below, end = base[slot], check[slot] & FINAL_BIT
                    # With no edit to spare, only what goes on with the right letter is followed.
                    if rest or (
                        (below and code and check[below + code] & LABEL_MASK == code)
                        if inside
                        else end
                    ):
                        push((position, below, number + skip[slot], end, rest,
                              text + _LETTERS[other]))  # fmt: skip
                    if not inside or other == code:
                        continue
                    if rest or (
                        (below and after and check[below + after] & LABEL_MASK == after)
                        if position + 1 < length
                        else end
                    ):
                        push((position + 1, below, number + skip[slot], end, rest,
                              text + _LETTERS[other]))  # fmt: skip
                    if other == after and code and below:
                        second = below + code
                        label = check[second]
                        if label & LABEL_MASK == code:
                            push((position + 2, base[second], number + skip[slot] + skip[second],
                                  label & FINAL_BIT, rest,
                                  text + _LETTERS[other] + _LETTERS[code]))  # fmt: skip
            if not inside:
                if final:
                    found[text] = number
                break
            if not code or not node:
                break
            slot = node + code
            label = check[slot]
            if label & LABEL_MASK != code:
                break
            position, node, number = position + 1, base[slot], number + skip[slot]
            final, text = label & FINAL_BIT, text + _LETTERS[code]
    return found


def _children(check: bytes, node: int) -> list[tuple[int, int]]:
    """Return the letters that go on from a node, each with its slot."""
    labels = check[node + 1 : node + 1 + len(ALPHABET)]
    return [
        (code, node + code)
        for code, label in enumerate(labels, 1)
        if label and label & LABEL_MASK == code
    ]


def missing(automaton: Automaton, word: str, kinds: int, most: int) -> dict[str, int]:
    """Return the words that become this one when some letters vanish, with their numbers.

    Args:
        automaton: The lexicon.
        word: Bare letters.
        kinds: How many different letters may vanish, one or two.
        most: How many occurrences of them may vanish in all.
    """
    base, skip, check = automaton.base, automaton.skip, automaton.check
    codes = [CODES.get(letter, 0) for letter in word]
    length = len(codes)
    found: dict[str, int] = {}
    # position, node, number, whether a word ends here, the missing letters, how often, text
    stack = [(0, automaton.root, 0, 0, 0, 0, 0, "")] if all(codes) else []
    pop, push = stack.pop, stack.append
    while stack:
        position, node, number, final, one, two, count, text = pop()
        while True:
            if count < most and node:
                if not one:
                    choices = _children(check, node)
                elif two or kinds == 1:
                    choices = [
                        (other, node + other)
                        for other in (one, two)
                        if other and check[node + other] & LABEL_MASK == other
                    ]
                else:
                    choices = _children(check, node)
                spare = count + 1 < most
                for other, slot in choices:
                    below, end = base[slot], check[slot] & FINAL_BIT
                    if not spare:  # only what goes on with the right letter is followed
                        if position == length:
                            if not end:
                                continue
                        elif (
                            not below
                            or check[below + codes[position]] & LABEL_MASK != codes[position]
                        ):
                            continue
                    kept = (one, two) if other in (one, two) else (one or other, one and other)
                    push((position, below, number + skip[slot], end, *kept, count + 1,
                          text + _LETTERS[other]))  # fmt: skip
            if position == length:
                if final and count:
                    found[text] = number
                break
            code = codes[position]
            slot = node + code
            label = check[slot]
            if not node or label & LABEL_MASK != code:
                break
            position, node, number = position + 1, base[slot], number + skip[slot]
            final, text = label & FINAL_BIT, text + _LETTERS[code]
    return found


def fitting(automaton: Automaton, pattern: str) -> dict[str, int]:
    """Return the words that fit a pattern of bare letters and symbols.

    Args:
        automaton: The lexicon.
        pattern: As many letters as symbols, and no more than three of these, keep the walk short.
    """
    base, skip, check = automaton.base, automaton.skip, automaton.check
    lam, alefs = CODES["ل"], [CODES[alef] for alef in ALEFS]
    found: dict[str, int] = {}
    stack = [(0, automaton.root, 0, 0, 0, "")]
    while stack:
        position, node, number, final, second, text = stack.pop()
        if position == len(pattern) and not second and final:
            found[text] = number
        wild = position < len(pattern) and SYMBOL.match(pattern[position]) is not None
        if wild and not second:
            stack.append((position + 1, node, number, final, 0, text))
        if not node or (position == len(pattern) and not second):
            continue
        choices: Iterable[int] = (
            alefs if second else _CODES if wild else (CODES.get(pattern[position], 0),)
        )
        for code in choices:
            slot = node + code
            label = check[slot]
            if code and label & LABEL_MASK == code:
                step = (base[slot], number + skip[slot], label & FINAL_BIT)
                grown = text + _LETTERS[code]
                stack.append((position if second else position + 1, *step, 0, grown))
                if wild and not second and code == lam:
                    stack.append((position + 1, *step, 1, grown))
    return found
