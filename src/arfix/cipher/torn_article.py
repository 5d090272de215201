"""Articles that a space cuts off their word, with a symbol in place of their lam.

Taken as a word, an alef with one symbol behind it may be one of a few, each of them wrong: ابن, or
the name of God. With the word behind it there are as many words to learn from as articles.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from arfix.cipher.symbols import is_name

if TYPE_CHECKING:
    from arfix.lexicon.mapped import MappedLexicon

#: What stands before the lam of an article.
_BEFORE: Final = frozenset(("ا", "وا", "با", "فا", "كا"))
_ARTICLE: Final = "ال"
#: Articles with one symbol, and the share of them that make a word with what is behind.
_FEWEST: Final = 3
_LEAST: Final = 0.6
#: Nats by which a word may be rarer with its article than without. Those that take none, names and
#: particles, are rarer by more.
_RARER: Final = 3.0


def joined(lines: Sequence[Sequence[str]], lexicon: MappedLexicon) -> list[list[str]]:
    """Return the words of a text with such articles put to their words.

    Args:
        lines: The words in reading order, with names of symbols.
        lexicon: Knows which words take an article.
    """
    total: Counter[str] = Counter()
    fitting: Counter[str] = Counter()
    for line in lines:
        for at, pattern in enumerate(line):
            if _is_article(pattern):
                total[pattern[-1]] += 1
                fitting[pattern[-1]] += _goes_on(line, at, lexicon)
    torn = {
        name
        for name, count in total.items()
        if count >= _FEWEST and fitting[name] >= _LEAST * count
    }
    return [_line(line, torn, lexicon) if torn else list(line) for line in lines]


def _line(line: Sequence[str], torn: set[str], lexicon: MappedLexicon) -> list[str]:
    found: list[str] = []
    article = ""
    for at, pattern in enumerate(line):
        if article:
            found.append(article + pattern)
            article = ""
        elif _is_article(pattern) and pattern[-1] in torn and _goes_on(line, at, lexicon):
            article = pattern
        else:
            found.append(pattern)
    return found


def _is_article(pattern: str) -> bool:
    return len(pattern) > 1 and is_name(pattern[-1]) and pattern[:-1] in _BEFORE


def _goes_on(line: Sequence[str], at: int, lexicon: MappedLexicon) -> bool:
    """Return whether the word behind a place is at home behind an article."""
    word = line[at + 1] if at + 1 < len(line) else ""
    if not word or any(map(is_name, word)):
        return False
    whole = _ARTICLE + word
    likely = lexicon.log_probability(whole) > lexicon.log_probability(word) - _RARER
    return whole in lexicon and likely
