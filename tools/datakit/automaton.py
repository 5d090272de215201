"""Builds the lexicon automaton: a minimal acyclic automaton in a double array.

Minimisation after Daciuk, Mihov, Watson & Watson (2000), "Incremental Construction of Minimal
Acyclic Finite-State Automata"; numbering of the words after Lucchesi & Kowaltowski (1993).
"""

from __future__ import annotations

import numpy as np

from arfix.lexicon.automaton import ALPHABET, FINAL_BIT, LABEL_MASK
from arfix.store import pack

MOST_TRIES = 60


class _Node:
    __slots__ = ("children", "final", "number", "words")

    def __init__(self) -> None:
        self.children: dict[int, _Node] = {}
        self.final = False
        self.number = -1
        self.words = 0


def _minimal(words: list[str]) -> _Node:
    codes = {letter: index for index, letter in enumerate(ALPHABET, 1)}
    register: dict[tuple[object, ...], _Node] = {}
    root = _Node()
    path: list[tuple[_Node, int, _Node]] = []
    serial = 0

    def close(depth: int) -> None:
        nonlocal serial
        while len(path) > depth:
            parent, label, child = path.pop()
            key = (child.final, *((code, node.number) for code, node in child.children.items()))
            known = register.get(key)
            if known is None:
                child.number = serial
                serial += 1
                child.words = int(child.final) + sum(n.words for n in child.children.values())
                register[key] = child
            else:
                parent.children[label] = known

    previous = ""
    for word in words:
        if word <= previous:
            raise ValueError(f"words must be sorted and distinct, {word!r} is not")
        common = 0
        while common < min(len(word), len(previous)) and word[common] == previous[common]:
            common += 1
        close(common)
        node = path[-1][2] if path else root
        for letter in word[common:]:
            child = _Node()
            node.children[codes[letter]] = child
            path.append((node, codes[letter], child))
            node = child
        node.final = True
        previous = word
    close(0)
    root.words = sum(node.words for node in root.children.values())
    return root


def build(words: list[str]) -> bytes:
    """Return the data file of the automaton that accepts and numbers the sorted words."""
    if len(ALPHABET) > LABEL_MASK:
        raise ValueError("the alphabet has more letters than a label has room for")
    root = _minimal(words)
    width = len(ALPHABET) + 1
    order: list[_Node] = []
    seen: set[int] = set()
    stack = [root]
    while stack:
        node = stack.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        order.append(node)
        stack.extend(node.children.values())
    # Nodes with many children are placed first, while there is room between.
    order = [root, *sorted(order[1:], key=lambda node: (-len(node.children), node.number))]
    size = 1 << 21
    used = bytearray(size)
    taken_base = bytearray(size)
    place: dict[int, int] = {}
    start: dict[int, int] = {}  # by fan-out: where the search for room begins
    for node in order:
        labels = sorted(node.children)
        if not labels:
            place[id(node)] = 0
            continue
        slot, tries = start.get(len(labels), width), 0
        while True:
            slot = used.find(0, slot)
            base = slot - labels[0]
            if not taken_base[base] and not any(used[base + label] for label in labels):
                break
            slot += 1
            tries += 1
        if tries > MOST_TRIES:  # hardly any room left of here for a node of this fan-out
            start[len(labels)] = slot - MOST_TRIES
        taken_base[base] = 1
        place[id(node)] = base
        for label in labels:
            used[base + label] = 1
    length = max(place.values()) + width + 1
    base_of = np.zeros(length, "<u4")
    skip = np.zeros(length, "<u4")
    check = np.zeros(length, "u1")
    for node in order:
        at = place[id(node)]
        before = int(node.final)
        for label in sorted(node.children):
            child = node.children[label]
            slot = at + label
            base_of[slot] = place[id(child)]
            skip[slot] = before
            check[slot] = label | (FINAL_BIT if child.final else 0)
            before += child.words
    meta = np.array([place[id(root)], root.words], "<u4")
    return pack(
        {
            "meta": ("I", meta.tobytes()),
            "base": ("I", base_of.tobytes()),
            "skip": ("I", skip.tobytes()),
            "check": ("B", check.tobytes()),
        }
    )
