"""Whether a document has lost every hamza on its alefs, which fonts may draw as a glyph apart.

Careless writers leave the hamza off the first letter of a word, but hardly ever inside one: who
writes يأخذ never, has had it taken away.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

from arfix.cipher.slips import Slip
from arfix.glyphs import FINAL, ISOLATED
from arfix.view import WORD, bare

if TYPE_CHECKING:
    from arfix.lexicon.protocols import Lexicon

_ALEF: Final = "\u0627"
_ABOVE: Final = "\u0623"
_BELOW: Final = "\u0625"
_MADDA: Final = "\u0622"
HAMZAS: Final = frozenset((_ABOVE, _BELOW))
#: Hamzas for each character of a text; no healthy one of any length has a tenth of that.
_USUAL: Final = 0.017
_LEFT: Final = 0.1
#: Words with a hamza inside, distinct, that must be missing, and all words.
_FEWEST_INSIDE: Final = 2
_FEWEST_WORDS: Final = 60
#: Nats by which a word must be commoner with its hamza.
_LEAD: Final = 3.0
_COMMON: Final = -13.5
#: What is between the pieces of a word, and how long such a word is.
_BLANK: Final = re.compile(" {1,3}\\Z")
_SHORTEST: Final = 3
#: What may stand before the first letter of a word.
_BEFORE: Final = re.compile("[\u0648\u0641]?[\u0628\u0643\u0644]?(?:\u0627\u0644)?\\Z")


def has_hamza(pages: Sequence[str]) -> bool:
    """Return whether alefs have hamzas, about as many as in any text; nearly free."""
    size = sum(map(len, pages))
    return sum(page.count(_ABOVE) + page.count(_BELOW) for page in pages) > _LEFT * _USUAL * size


def hamza_slips(pages: Sequence[str], words: Iterable[str], lexicon: Lexicon) -> tuple[Slip, ...]:
    """Return the slips of a document whose alefs have no hamza, none if that is how it was written.

    Args:
        pages: The text.
        words: Its distinct words, bare.
        lexicon: Tells how common a word is.
    """
    total = inside = 0
    for word in words:
        total += 1
        inside += _has_lost_one_inside(word, lexicon)
    if inside < _FEWEST_INSIDE:
        whole = {text.replace(_ABOVE, _ALEF) for page in pages for *_, text in gaps(page, lexicon)}
        inside += sum(_has_lost_one_inside(word, lexicon) for word in whole)
    if total < _FEWEST_WORDS or inside < _FEWEST_INSIDE:
        return ()
    madda = not any(_MADDA in page for page in pages)
    meant = (_ABOVE, _BELOW, _MADDA) if madda else (_ABOVE, _BELOW)
    return tuple(Slip(_ALEF, letter, form) for letter in meant for form in (ISOLATED, FINAL))


def _has_lost_one_inside(word: str, lexicon: Lexicon) -> bool:
    """Return whether a word is a common one with a hamza that is not on its first letter."""
    if _ABOVE in word:
        return False
    for at, letter in enumerate(word):
        if letter != _ALEF or _BEFORE.match(word[:at]):
            continue
        meant = lexicon.log_probability(word[:at] + _ABOVE + word[at + 1 :])
        if meant > _COMMON and meant > lexicon.log_probability(word) + _LEAD:
            return True
    return False


def gaps(page: str, lexicon: Lexicon) -> Iterator[tuple[int, int, str]]:
    """Yield what falls apart beside an alef that has lost its hamza, and the whole word.

    The hamza was drawn as a glyph of its own, and what drew it left a gap.

    Args:
        page: The text.
        lexicon: Tells how common a word is.
    """
    before: re.Match[str] | None = None
    for match in WORD.finditer(page):
        left, before = before, match
        if left is None or not _BLANK.match(page[left.end() : match.start()]):
            continue
        one, two = left.group(), match.group()
        found = max(
            ((lexicon.log_probability(bare(whole)), whole) for whole in _joined(one, two)),
            default=None,
        )
        if found is None or len(found[1]) < _SHORTEST:
            continue
        apart = lexicon.log_probability(bare(one)) + lexicon.log_probability(bare(two))
        if found[0] > max(_COMMON, apart + _LEAD):
            before = None
            yield left.start(), match.end(), found[1]


def _joined(left: str, right: str) -> Iterator[str]:
    for hamza in (_ABOVE, _BELOW, _MADDA):
        if left.endswith(_ALEF):
            yield left[:-1] + hamza + right
        if right.startswith(_ALEF):
            yield left + hamza + right[1:]
