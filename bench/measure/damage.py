"""Damage done on purpose, word by word: ``arfix.corrupt`` run on the evaluation texts."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from arfix.corrupt import erase_text
from arfix.damage import COMMON_GLYPHS, KNOWN_SETS
from arfix.extraction import lost_lam_alef
from arfix.glyphs import glyphs_of
from arfix.view import WORD, bare

if TYPE_CHECKING:
    import re
    from collections.abc import Sequence

    from arfix.extraction import LamAlef
    from arfix.glyphs import Glyph

GlyphSet = frozenset["Glyph"]

#: What the one real sample in ``shared/samples`` lost.
SAMPLE_SET: Final[GlyphSet] = KNOWN_SETS[0]
#: Random sets are drawn from the commonest glyphs of news.
DRAWN_FROM: Final = COMMON_GLYPHS[:60]


@dataclass(frozen=True, slots=True)
class Damaged:
    """A text, what is left of it, and which of its words the damage changed.

    Attributes:
        text: The text after the damage.
        gold_words: The Arabic-script words of the text before it, in order.
        seen_words: What is left of each; empty where a word was wholly erased.
        lost: The lost glyphs of which the text had any.
    """

    text: str
    gold_words: tuple[str, ...]
    seen_words: tuple[str, ...]
    lost: GlyphSet = frozenset()

    @property
    def damaged(self) -> int:
        """The number of words that the damage changed."""
        return sum(a != b for a, b in zip(self.gold_words, self.seen_words, strict=True))


def words_of(text: str) -> list[str]:
    """Return the Arabic-script words of a text; a tatweel alone is none."""
    return [word for match in WORD.finditer(text) if bare(word := match.group())]


def erase(text: str, lost: GlyphSet) -> Damaged:
    """Return a text damaged by the loss of a set of glyphs."""
    broken, pairs = erase_text(text, lost)
    had = {glyph for gold, seen in pairs if gold != seen for glyph in glyphs_of(bare(gold))}
    return Damaged(
        broken,
        tuple(gold for gold, _ in pairs),
        tuple(gold if seen == gold else _word_in(seen) for gold, seen in pairs),
        frozenset(lost & had),
    )


def _word_in(seen: str) -> str:
    """Return what is left of a word; marks at its start that lost their letter are no part."""
    found = words_of(seen)
    return found[0] if found else ""


def erase_lam_alef(text: str, remains: LamAlef) -> Damaged:
    """Return a text damaged by the loss of lam-alef, or of all but its lam."""
    gold = [match.group() for match in WORD.finditer(text) if bare(match.group())]
    seen: list[str] = []

    def broken(match: re.Match[str]) -> str:
        placed = [(char, 0) for char in match.group()]
        left = "".join(char for char, _ in lost_lam_alef(placed, remains))
        if bare(match.group()):
            seen.append(left if left == match.group() else _word_in(left))
        return left

    return Damaged(WORD.sub(broken, text), tuple(gold), tuple(seen))


def undamaged(text: str) -> Damaged:
    """Return a healthy text in the shape of a damaged one."""
    words = tuple(words_of(text))
    return Damaged(text, words, words)


def erase_paragraphs(text: str, lost: GlyphSet, broken: Sequence[bool]) -> Damaged:
    """Return a text of which only some paragraphs, those set in the bad font, are damaged."""
    parts = [
        erase(paragraph, lost) if bad else undamaged(paragraph)
        for paragraph, bad in zip(text.split("\n"), broken, strict=True)
    ]
    return Damaged(
        "\n".join(part.text for part in parts),
        tuple(word for part in parts for word in part.gold_words),
        tuple(word for part in parts for word in part.seen_words),
        frozenset().union(*(part.lost for part in parts)),
    )


def random_sets(glyphs: Sequence[Glyph], count: int, *seed: object) -> list[GlyphSet]:
    """Return different sets of one to three glyphs, the same ones for the same seed."""
    chooser = random.Random(":".join(map(str, seed)))
    found: dict[GlyphSet, None] = {}
    while len(found) < count:
        found[frozenset(chooser.sample(list(glyphs), chooser.randint(1, 3)))] = None
    return list(found)


def set_name(lost: GlyphSet) -> str:
    """Return a set as text that sorts the same everywhere."""
    return " ".join(sorted(map(str, lost)))
