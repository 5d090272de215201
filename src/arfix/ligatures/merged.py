"""Alefs that vanished beside the alef of a reversed lam-alef.

The article before a lam-alef has an alef of its own. Where a tool reverses the ligature, that alef
and the ligature's are neighbours, at one place on the page, and a tool that takes letters drawn
twice for one (as fake bold is) drops one of them: الاجتماع comes out as الجتماع, not as االجتماع.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Final

from arfix.ligatures.learning import GAIN, STRONG
from arfix.ligatures.units import ALEFS, LAM

_ALEF: Final = ALEFS[0]
#: What the article reads as then, perhaps behind prefixes of one letter.
_ARTICLE: Final = re.compile(f"[وف]?[بك]?(?={_ALEF}{LAM})")
_DOUBLE: Final = _ALEF * 2
#: Distinct words that the alef makes common ones.
_LEAST: Final = 2
#: How much commoner (natural log) than what has no article, as لاستثمار.
_LIKELIER: Final = 2.0


def merged_at(word: str) -> int | None:
    """Return where in a word the alef is missing, if it begins with what may have lost one.

    Example:
        >>> merged_at("والجتماع"), merged_at("مجتمع")
        (1, None)
    """
    found = _ARTICLE.match(word)
    return found.end() if found else None


def parted(word: str, at: int) -> str:
    """Return a word with the alef that vanished, its lam-alef reversed as before.

    Example:
        >>> parted("والجتماع", 1)
        'واالجتماع'
    """
    return word[:at] + _ALEF + word[at:]


def are_merged(words: Iterable[str], strength: Callable[[str], float]) -> bool:
    """Return whether the alefs of a document that shows lam-alef reversed were merged.

    Args:
        words: Its distinct words.
        strength: Natural log of how likely a word is.
    """
    shown = 0
    for word in words:
        if _DOUBLE in word:
            return False
        at = merged_at(word)
        if at is None:
            continue
        turned = word[:at] + LAM + _ALEF + word[at + 2 :]
        value = strength(parted(turned, at))
        shown += (
            value > STRONG
            and value > strength(word) + GAIN
            and value > strength(turned) + _LIKELIER
        )
    return shown >= _LEAST
