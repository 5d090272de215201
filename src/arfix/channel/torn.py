"""Tells words with spaces inside them from words that lost a letter: both look unknown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from arfix.candidates import PROCLITICS
from arfix.glyphs import joins_next

if TYPE_CHECKING:
    from arfix.channel.document import Stretch
    from arfix.lexicon.protocols import Lexicon

#: Evidence (natural log) from which on a word counts as explained by a loss.
EXPLAINED: Final = 1.0
#: Where so many of the words that speak for a loss make a known word with a neighbour, spaces
#: inside words are the disease; and how many these must be. In damaged tuning texts the share
#: stays below 0.45.
TORN_SHARE: Final = 0.55
FEWEST_PIECES: Final = 4


def is_torn(stretches: Sequence[Stretch], witness: Mapping[str, float], lexicon: Lexicon) -> bool:
    """Return whether what speaks for a loss are pieces of words with spaces in them.

    Args:
        stretches: The document.
        witness: What each word says for the loss.
        lexicon: The known words.
    """
    odd = pieces = 0
    for stretch in stretches:
        words = ["", *stretch.words, ""]
        for before, word, after in zip(words, words[1:-1], words[2:], strict=False):
            if len(word) > 1 and witness[word] > EXPLAINED:
                odd += 1
                pieces += _is_piece(before, word, after, lexicon)
    return pieces >= FEWEST_PIECES and pieces > TORN_SHARE * odd


def _is_piece(before: str, word: str, after: str, lexicon: Lexicon) -> bool:
    """Return whether a word makes a known one with a neighbour that does not join it."""
    if word in PROCLITICS:  # they make a word with nearly any other
        return False
    left = bool(before) and not joins_next(before[-1]) and before + word in lexicon
    return left or (bool(after) and not joins_next(word[-1]) and word + after in lexicon)
