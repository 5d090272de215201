"""Private-use code points whose glyph is known from a real font: a prior, never the answer.

A code point means whatever the font of a document says, so a row only tips the scale where the
words of the document leave two readings close together. Each row says where it was seen.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from arfix.channel.readings import MARK, Reading
from arfix.glyphs import FINAL, MEDIAL


class Slot(NamedTuple):
    """One row: the code point, what it stood for, and where that was seen."""

    symbol: str
    reading: Reading
    source: str


#: Nats that a row adds to its reading.
_BONUS: Final = 1.5

_NEWS: Final = "a PDFBox extraction of a news article (font unknown), read against its right text"

SLOTS: Final = (
    Slot("\ue940", Reading("\u0643", MEDIAL), _NEWS),
    Slot("\ue915", Reading("\u064a", FINAL), _NEWS),
    Slot("\ue913", Reading("\u0649", FINAL), _NEWS),
    Slot("\ue826", Reading("\u064f", MARK), _NEWS),
    Slot("\ue847", Reading("\u064b", MARK), _NEWS + "; over lam-alef"),
    Slot("\ue86b", Reading("\u064b", MARK), _NEWS + "; over lam-alef"),
)
_BY_SYMBOL: Final = {slot.symbol: slot.reading for slot in SLOTS}


def slot_bonus(symbol: str, reading: Reading) -> float:
    r"""Return what the table adds to the score of a reading of a symbol.

    Example:
        >>> slot_bonus("\ue000", Reading("ك", "medial"))
        0.0
    """
    return _BONUS if _BY_SYMBOL.get(symbol) == reading else 0.0
