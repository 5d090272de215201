"""The channel: what one document's way from glyphs to text did to it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class LostGlyph:
    """A glyph that vanishes: a letter in one joining form, and how often it does."""

    letter: str
    form: str
    rate: float


@dataclass(frozen=True, slots=True)
class SymbolReading:
    """What a symbol of this document stands for."""

    symbol: str
    text: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Channel:
    """The damage of one document; false when there is none."""

    lost: tuple[LostGlyph, ...] = ()
    symbols: tuple[SymbolReading, ...] = ()
    lost_tanween: bool = False
    share: float = 1.0
    confidence: float = 1.0

    def __bool__(self) -> bool:
        return bool(self.lost or self.symbols or self.lost_tanween)

    def to_json(self) -> str:
        """Return the channel as JSON text."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> Channel:
        """Return the channel that :meth:`to_json` wrote."""
        data = json.loads(text)
        data["lost"] = tuple(LostGlyph(**glyph) for glyph in data["lost"])
        data["symbols"] = tuple(SymbolReading(**symbol) for symbol in data["symbols"])
        return cls(**data)
