"""What fonts are known to lose together: the reviewed prior over lost sets.

A row is scored as one hypothesis, with one cost, instead of glyph by glyph; that is what makes
a paragraph of thirty words enough. A row never decides: the document's own words must speak for
it by more than the row costs. Add a row only with a source that shows real output.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from arfix.glyphs import Glyph


@dataclass(frozen=True, slots=True)
class Row:
    """A set of glyphs that one font loses, and where that was seen."""

    glyphs: tuple[Glyph, ...]
    source: str


def _row(names: str, source: str) -> Row:
    return Row(tuple(Glyph.parse(name) for name in names.split()), source)


ROWS: Final = (
    # The commonest complaint in Arabic newspapers' PDFs: مايروسوفت, ف, الاصطناع.
    _row(
        "ك.medial ي.final ى.final",
        "a newspaper article through PDFBox: the three glyphs are reachable only through "
        "private-use slots of the font (U+E940, U+E915, U+E913), which cleaning steps strip",
    ),
    # The two share one drawing but for the dots, and so one place in the font's tables.
    _row(
        "ي.final ى.final",
        "the same slots, text without medial kaf; poppler drops kerned final yeh of Noto Naskh",
    ),
)

#: What writers leave out themselves, so that its absence says little of the font; such glyphs
#: cost more (natural log). Each was the main kind of false alarm in some genre of tuning text.
STYLE_COST: Final = 7.0
#: Hamza and its seats (انا, اول, الصحرا: careless spelling and dialect), teh marbuta (حكومه).
STYLE_LETTERS: Final = frozenset("\u0621\u0622\u0623\u0625\u0629")
#: The conjunction at the start of a sentence: stories have it in every one, lists in none.
STYLE_GLYPHS: Final = frozenset((Glyph("\u0648", "isolated"),))
#: What dialect lacks beside these, or writes otherwise: seats of hamza, thal, dots of final yeh
#: (Egyptian spelling). That such a glyph is absent says nothing.
LEFT_OUT_LETTERS: Final = STYLE_LETTERS | frozenset("\u0624\u0626\u0630")
LEFT_OUT: Final = frozenset((Glyph("\u064a", "final"), Glyph("\u064a", "isolated")))


def style_cost(glyph: Glyph) -> float:
    """Return what the loss of a glyph costs more because writers leave it out themselves.

    Example:
        >>> style_cost(Glyph("ة", "final")), style_cost(Glyph("ك", "medial"))
        (7.0, 0.0)
    """
    left_out = glyph.letter in STYLE_LETTERS or glyph in STYLE_GLYPHS
    return STYLE_COST if left_out else 0.0
