"""The description of one document's damage: what its fonts and its extractor do to text.

``arfix.corrupt`` applies it. Written as JSON it is the recipe of a test case.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any, Final

from arfix.errors import ConfigError
from arfix.extraction import LAM_ALEF, ORDERS, LamAlef, Order
from arfix.glyph_counts import GLYPH_COUNTS
from arfix.glyphs import Glyph
from arfix.view import STRIP_MARKS, TATWEEL

#: The commonest glyphs of Arabic news, commonest first.
COMMON_GLYPHS: Final[tuple[Glyph, ...]] = tuple(
    Glyph(letter, form) for letter, form, _ in GLYPH_COUNTS
)
#: Sets of glyphs that real documents lost together.
KNOWN_SETS: Final[tuple[frozenset[Glyph], ...]] = (
    frozenset((Glyph("ك", "medial"), Glyph("ي", "final"), Glyph("ى", "final"))),
)

#: Marks that a symbol can stand for.
MARKS: Final = frozenset(map(chr, STRIP_MARKS)) - {TATWEEL}
#: What a symbol stands for: a glyph, a mark, two marks drawn as one (shadda and its vowel), or
#: lam-alef followed by the mark that is drawn on it.
Drawn = Glyph | str


@dataclass(frozen=True)
class Damage:
    """What one document's fonts, producer and extractor do to its text.

    Attributes:
        lost: Glyphs that vanish.
        rates: How often a lost glyph vanishes, where that is not always.
        symbols: Glyph, mark, pair of marks, or lam-alef with a mark -> the character that
            comes instead; see ``Drawn``.
        stripped: The symbols are removed in the end, as by a step that "cleans" text.
        lost_tanween: Fathatan on lam-alef vanishes.
        moved_stops: The page has a left-to-right base: punctuation at the edge of a paragraph
            is drawn, and read, on the other side.
        pdfbox: The lines go through PDFBox, which cuts those that end in a symbol.
        order: How the extractor reads a drawn line: ``logical``, as it should; ``visual``, from
            left to right; ``words``, from left to right with the letters of a word put right.
        swapped: The letters of lam-alef come in the wrong order.
        lam_alef: What is given for the glyph of lam-alef: ``whole`` for both letters, ``lam`` or
            ``nothing``.
        forms: The letters come as presentation forms.
        wrap: Lines are broken after so many characters; 0 leaves them alone.
        share: The share of the paragraphs that are damaged.
        scattered: Damaged paragraphs lie anywhere instead of in one block.

    Example:
        >>> damage = Damage(lost=frozenset({Glyph("ي", "final")}), moved_stops=True)
        >>> Damage.from_json(damage.to_json()) == damage
        True
    """

    lost: frozenset[Glyph] = frozenset()
    rates: Mapping[Glyph, float] = field(default_factory=dict, hash=False)
    symbols: Mapping[Drawn, str] = field(default_factory=dict, hash=False)
    stripped: bool = False
    lost_tanween: bool = False
    moved_stops: bool = False
    pdfbox: bool = False
    order: Order = "logical"
    swapped: bool = False
    lam_alef: LamAlef = "whole"
    forms: bool = False
    wrap: int = 0
    share: float = 1.0
    scattered: bool = False

    def __post_init__(self) -> None:
        # Copies: what the caller does to its dicts later must not reach a frozen object.
        object.__setattr__(self, "lost", frozenset(self.lost))
        object.__setattr__(self, "rates", dict(self.rates))
        object.__setattr__(self, "symbols", dict(self.symbols))
        if unknown := set(self.rates) - self.lost:
            names = ", ".join(map(str, unknown))
            raise ConfigError(f"rates name glyphs that are not lost: {names}")
        if both := self.lost & set(self.symbols):
            raise ConfigError(
                f"lost and symbols both name {', '.join(map(str, both))}: a glyph vanishes or "
                "turns into a symbol; to strip the symbols afterwards use stripped=True"
            )
        if not all(0 <= rate <= 1 for rate in (*self.rates.values(), self.share)):
            raise ConfigError("rates and share must lie between 0 and 1")
        if self.order not in ORDERS:
            raise ConfigError(f"order={self.order!r} is none of {', '.join(ORDERS)}")
        if self.lam_alef not in LAM_ALEF:
            raise ConfigError(f"lam_alef={self.lam_alef!r} is none of {', '.join(LAM_ALEF)}")
        if self.pdfbox and self.order != "logical":
            raise ConfigError("pdfbox is an order of its own: leave order out")
        if any(len(symbol) != 1 or symbol in "\r\n" for symbol in self.symbols.values()):
            raise ConfigError("a symbol is one character, and no line break")
        if wrong := [key for key in self.symbols if not isinstance(key, Glyph) and not _mark(key)]:
            raise ConfigError(
                "symbols are keyed by glyphs, marks, pairs of marks, and marks after lam-alef, "
                f"not by {wrong!a}"
            )

    def __bool__(self) -> bool:
        touches = self.lost or self.symbols or self.lost_tanween or self.moved_stops
        reads = self.pdfbox or self.order != "logical" or self.swapped or self.forms
        loses = self.lam_alef != "whole"
        return bool((touches or reads or loses or self.wrap) and self.share)

    def to_json(self) -> str:
        """Return the damage as a JSON object, in ASCII because symbols are invisible."""
        values: dict[str, Any] = {
            "lost": {str(glyph): self.rates.get(glyph, 1.0) for glyph in sorted(self.lost)},
            "symbols": {str(drawn): char for drawn, char in sorted(self.symbols.items(), key=str)},
        }
        for name in _PLAIN:
            values[name] = getattr(self, name)
        return json.dumps(values)

    @classmethod
    def from_json(cls, text: str) -> Damage:
        """Return the damage that ``to_json`` wrote.

        Raises:
            ConfigError: The text is no such JSON, or names an unknown glyph or field.
        """
        values = json.loads(text)
        if not isinstance(values, dict) or (extra := set(values) - {"lost", "symbols", *_PLAIN}):
            raise ConfigError(f"not a damage: {extra if isinstance(values, dict) else values!r}")
        rates = {Glyph.parse(name): rate for name, rate in values.pop("lost", {}).items()}
        symbols = {
            Glyph.parse(name) if "." in name else name: char
            for name, char in values.pop("symbols", {}).items()
        }
        partial = {glyph: rate for glyph, rate in rates.items() if rate != 1.0}
        return cls(lost=frozenset(rates), rates=partial, symbols=symbols, **values)


def _mark(key: str) -> bool:
    """Return whether a key names marks, as ``Drawn`` says."""
    marks = key.removeprefix("لا")
    return MARKS.issuperset(marks) and (len(marks) == 1 or (len(marks) == 2 and marks == key))


_PLAIN: Final = (
    "stripped",
    "lost_tanween",
    "moved_stops",
    "pdfbox",
    "order",
    "swapped",
    "lam_alef",
    "forms",
    "wrap",
    "share",
    "scattered",
)


def random_channel(seed: int, *, size: int | None = None) -> Damage:
    """Return a damage that loses some of ``COMMON_GLYPHS``, every one as likely as another.

    Args:
        seed: Which draw.
        size: How many glyphs; 1, 2 or 3 when left out.

    Example:
        >>> len(random_channel(7, size=2).lost), random_channel(7) == random_channel(7)
        (2, True)
    """
    rng = Random(seed)  # noqa: S311 (the damage is random on purpose, not for secrets)
    wanted = 1 + int(rng.random() * 3) if size is None else size
    pool = list(COMMON_GLYPHS)
    if not 0 <= wanted <= len(pool):
        raise ConfigError(f"size must lie between 0 and {len(pool)}, not {size}")
    return Damage(lost=frozenset(pool.pop(int(rng.random() * len(pool))) for _ in range(wanted)))
