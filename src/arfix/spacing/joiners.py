"""Joiners that came out as spaces: between a Persian word and its affixes.

A page has no glyph for the joiner. Where the letters around it stand a little apart, as they do in
most fonts, an extractor takes it for a space. Many writers set a space there themselves, so a text
that shows nothing else says nothing; one that a tool has damaged, and that holds not one joiner
beside its parted affixes, has lost them there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

from arfix.lexicon.persian import folded
from arfix.spacing.affixes import BEHIND_HEH, JOINER, PREFIXES, SUFFIXES
from arfix.spacing.stretches import SPACE_CLASS
from arfix.view import LETTER_CLASS, MARK_CLASS

if TYPE_CHECKING:
    from arfix.spacing.judge import Judge

#: Distinct words of the list that lie in two parts, before it is no slip.
LEAST: Final = 3
#: How rare such a word may be (natural log).
LISTED: Final = -16.0
_INNER: Final = f"{LETTER_CLASS}{MARK_CLASS}{JOINER}"
#: Words so short are no stems.
_STEM: Final = f"(?<![{_INNER}])[{_INNER}]{{2,}}"
_GAP: Final = f"[{SPACE_CLASS}\t]+"


def _any_of(affixes: Iterable[str]) -> str:
    """Return a pattern for affixes, whichever keyboard wrote their yeh."""
    longest = sorted(affixes, key=lambda affix: (-len(affix), affix))
    return "|".join(longest).replace("\u06cc", "[\u06cc\u064a\u0649]")


_PREFIX: Final = re.compile(
    f"(?<![{_INNER}])(?:{_any_of(PREFIXES)})(?P<gap>{_GAP})(?=[{LETTER_CLASS}]{{2}})"
)
_SUFFIX: Final = re.compile(
    f"(?:{_STEM}(?P<gap>{_GAP})(?=(?:{_any_of(SUFFIXES)})(?![{_INNER}])))"
    f"|(?:(?<![{_INNER}])[{_INNER}]{{2,}}\u0647(?P<heh>{_GAP})"
    f"(?=(?:{_any_of(BEHIND_HEH)})(?![{_INNER}])))"
)
_WORD_BEFORE: Final = re.compile(f"[{_INNER}]+\\Z")
_WORD_BEHIND: Final = re.compile(f"[{_INNER}]+")


def parted(pages: Sequence[str], judge: Judge) -> dict[str, list[tuple[int, int]]]:
    """Return for each page the spaces that stand for joiners; none if the pages hold joiners.

    Args:
        pages: A document that a tool has damaged.
        judge: Knows the words.
    """
    if not judge.persian or any(JOINER in page for page in pages):
        return {}
    found = {page: sorted(set(_places(page))) for page in pages}
    words = {
        folded(_around(page, start, end)) for page, places in found.items() for start, end in places
    }
    if sum(judge.prior(word) > LISTED for word in words) < LEAST:
        return {}
    return found


def _places(page: str) -> Iterator[tuple[int, int]]:
    for match in _PREFIX.finditer(page):
        yield match.span("gap")
    for match in _SUFFIX.finditer(page):
        yield match.span("gap" if match["gap"] else "heh")


def _around(page: str, start: int, end: int) -> str:
    """Return the word that two parts make."""
    before = _WORD_BEFORE.search(page, max(0, start - 40), start)
    behind = _WORD_BEHIND.match(page, end)
    return (before.group() if before else "") + (behind.group() if behind else "")
