"""The one real article that ``shared/samples`` holds, and four healthy ones."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from rapidfuzz.distance import LCSseq

from arfix.view import bare
from measure.corpus import require_shared

if TYPE_CHECKING:
    from pathlib import Path

    from measure.bench import Bench, Report

_SHADDA = "\u0651"
#: The gold text cannot know whether this word's mark was a kasra or a shadda as well.
_EITHER_MARK = "\u0628\u0645\u0648\u0631\u062f"
_EDGE = re.compile(r"^[^\w]+|[^\w]+$")


def _read(path: Path) -> str:
    with path.open(encoding="utf-8", newline="") as stream:
        return stream.read()


def _same(produced: str, gold: str) -> bool:
    if produced == gold:
        return True
    if bare(gold) != _EITHER_MARK or bare(produced) != _EITHER_MARK:
        return False
    marks = [char for char in produced if not bare(char)]
    return _SHADDA in marks and len(marks) <= 3


def samples(bench: Bench) -> Report:
    """Return how much of the sample comes back, and whether the healthy articles stay."""
    folder = require_shared() / "samples"
    tool = bench.runner.local(bench.keyed_options())
    gold = _read(folder / "000_gold.txt")
    broken = _read(folder / "000_broken.txt")
    stripped = _read(folder / "000_broken_stripped.txt")
    clean = {}
    for path in sorted(folder.glob("*_clean.txt")):
        text = _read(path)
        clean[path.name] = tool.repair(text) is text
    return {
        "as extracted": _extracted(broken, tool.repair(broken), gold),
        "codes stripped": _stripped(stripped, tool.repair(stripped), gold),
        "clean articles come back as the same object": clean,
    }


def _extracted(broken: str, produced: str, gold: str) -> Report:
    expected, tokens = gold.split(), produced.split()
    in_place = [_same(a, b) for a, b in zip(tokens, expected, strict=False)]
    gold_lines, lines = gold.split("\n"), produced.split("\n")
    right_lines = [
        len(a.split()) == len(b.split())
        and all(_same(x, y) for x, y in zip(a.split(), b.split(), strict=True))
        for a, b in zip(lines, gold_lines, strict=False)
    ]
    return {
        "tokens": len(expected),
        "before_in_place": sum(a == b for a, b in zip(broken.split(), expected, strict=False)),
        "before_in_order": LCSseq.similarity(broken.split(), expected),
        "in_place": sum(in_place),
        "in_order": LCSseq.similarity(tokens, expected),
        "damaged": _damaged(broken.split(), tokens, expected),
        "lines": len(gold_lines),
        "lines_after": len(lines),
        "lines_right": sum(right_lines),
        "wrong": [
            {"gold": a, "output": b}
            for a, b in zip(expected, tokens, strict=False)
            if not _same(b, a)
        ][:40],
    }


def _stripped(broken: str, produced: str, gold: str) -> Report:
    expected, before, after = (_plain(text) for text in (gold, broken, produced))
    words, words_before, words_after = (
        [word for word in (_EDGE.sub("", token) for token in tokens) if word]
        for tokens in (expected, before, after)
    )
    missing = Counter(words) - Counter(words_after)
    surplus = Counter(words_after) - Counter(words)
    return {
        "tokens": len(expected),
        "before_in_order": LCSseq.similarity(before, expected),
        "in_order": LCSseq.similarity(after, expected),
        # Marks counted too, as the other tools were measured.
        "exact_before_in_order": LCSseq.similarity(broken.split(), gold.split()),
        "exact_in_order": LCSseq.similarity(produced.split(), gold.split()),
        "damaged": _damaged(broken.split(), produced.split(), gold.split()),
        "before_bag": _bag(before, expected),
        "bag": _bag(after, expected),
        "words_before_in_order": LCSseq.similarity(words_before, words),
        "words_in_order": LCSseq.similarity(words_after, words),
        "words_before_bag": _bag(words_before, words),
        "words_bag": _bag(words_after, words),
        "missing": sorted(missing.elements()),
        "surplus": sorted(surplus.elements()),
    }


def _damaged(before: list[str], after: list[str], expected: list[str]) -> int:
    """Return how many tokens were right in order before and are not afterwards."""
    return len(_matched(before, expected) - _matched(after, expected))


def _matched(tokens: list[str], expected: list[str]) -> set[int]:
    """Return the places of the expected tokens that are there in order."""
    steps = LCSseq.opcodes(tokens, expected)
    return {
        place
        for step in steps
        if step.tag == "equal"
        for place in range(step.dest_start, step.dest_end)
    }


def _plain(text: str) -> list[str]:
    """Return the tokens of a text without vowel marks; private-use codes stay."""
    return [token for token in (bare(token) for token in text.split()) if token]


def _bag(tokens: list[str], expected: list[str]) -> int:
    return sum((Counter(tokens) & Counter(expected)).values())
