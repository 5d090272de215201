"""The channel: what one document's way from glyphs to text did to it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from arfix.errors import DataError


@dataclass(frozen=True, slots=True)
class LostGlyph:
    """A glyph that vanishes: a letter in one joining form, and how often it does."""

    letter: str
    form: str
    rate: float


@dataclass(frozen=True, slots=True)
class SymbolReading:
    """What a symbol of this document stands for.

    Attributes:
        symbol: The private-use character.
        text: A letter, the letters of a ligature, a mark, tatweel or a space.
        confidence: How sure the reading is.
        form: The joining form of the glyph, or what else it is; see ``channel.readings``.
            Empty where it is not known.
    """

    symbol: str
    text: str
    confidence: float
    form: str = ""


@dataclass(frozen=True, slots=True)
class Channel:
    """The damage of one document; false when there is none.

    Attributes:
        lost: The glyphs that vanish.
        symbols: What stands in place of glyphs, and what it reads as.
        lost_tanween: Whether fathatan vanishes.
        share: The share of the document that is damaged.
        confidence: How sure all this is: as sure as its least sure part.
    """

    lost: tuple[LostGlyph, ...] = ()
    symbols: tuple[SymbolReading, ...] = ()
    lost_tanween: bool = False
    share: float = 1.0
    confidence: float = 1.0

    def __bool__(self) -> bool:
        return bool(self.lost or self.symbols or self.lost_tanween)

    @classmethod
    def merged(cls, parts: Iterable[Channel]) -> Channel:
        """Return the channel that does what each of the parts does.

        Example:
            >>> Channel.merged([Channel(lost_tanween=True), Channel(confidence=0.5)]).lost_tanween
            True
        """
        found = [part for part in parts if part]
        return cls(
            lost=tuple(glyph for part in found for glyph in part.lost),
            symbols=tuple(symbol for part in found for symbol in part.symbols),
            lost_tanween=any(part.lost_tanween for part in found),
            share=min((part.share for part in found), default=1.0),
            confidence=min((part.confidence for part in found), default=1.0),
        )

    def to_json(self) -> str:
        r"""Return the channel as JSON text, in ASCII because symbols are invisible.

        Example:
            >>> channel = Channel(symbols=(SymbolReading("\ue001", "ك", 0.9, "medial"),))
            >>> Channel.from_json(channel.to_json()) == channel
            True
        """
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> Channel:
        """Return the channel that :meth:`to_json` wrote.

        Raises:
            DataError: The text is no such JSON.
        """
        try:
            data = json.loads(text)
            data["lost"] = tuple(LostGlyph(**glyph) for glyph in data["lost"])
            data["symbols"] = tuple(SymbolReading(**symbol) for symbol in data["symbols"])
            return cls(**data)
        except (ValueError, TypeError, KeyError) as error:
            raise DataError(f"this is no channel as Channel.to_json writes it: {error}") from error
