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
    ("mojibake", "Mojibake"),
    ("embeddings", "Embeddings"),
    ("presentation_forms", "PresentationForms"),
    ("bidi_cut", "BidiCut"),
    ("visual_order", "VisualOrder"),
    ("private_use", "PrivateUse"),
    ("unknown_symbols", "UnknownSymbols"),
    ("cut_lines", "CutLines"),
    ("displaced_marks", "DisplacedMarks"),
    ("persian_letters", "PersianLetters"),
    ("lost_lam_alef", "LostLamAlef"),
    ("swapped_ligatures", "SwappedLigatures"),
    ("broken_spaces", "BrokenSpaces"),
    ("wrong_letters", "WrongLetters"),
    ("lost_glyphs", "LostGlyphs"),
    ("lost_tanween", "LostTanween"),
    ("edge_punctuation", "EdgePunctuation"),
    ("mirrored_brackets", "MirroredBrackets"),
    ("numbers", "Numbers"),
    ("latin_runs", "LatinRuns"),
    ("running_lines", "RunningLines"),
    ("hard_wraps", "HardWraps"),
)


@cache
def stages() -> tuple[Rule, ...]:
    """Return one object of each defect class, in pipeline order."""
    return tuple(
        getattr(import_module(f"{__name__}.{module}"), name)() for module, name in REGISTRY
    )
