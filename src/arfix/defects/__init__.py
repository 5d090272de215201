"""The registry: every defect class, in the order in which the pipeline runs them.

The order of the text comes first, since every later class reads words; symbols next, since a symbol
that has become its letter again is evidence for what was lost; punctuation last, since it leans on
whole sentences.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from arfix.stages import Rule

#: Module and class; imported at the first repair, so that ``import arfix`` stays light.
REGISTRY: Final = (
    ("bidi_cut", "BidiCut"),
    ("private_use", "PrivateUse"),
    ("cut_lines", "CutLines"),
    ("lost_glyphs", "LostGlyphs"),
    ("lost_tanween", "LostTanween"),
    ("edge_punctuation", "EdgePunctuation"),
)


@cache
def stages() -> tuple[Rule, ...]:
    """Return one object of each defect class, in pipeline order."""
    return tuple(
        getattr(import_module(f"{__name__}.{module}"), name)() for module, name in REGISTRY
    )
