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

#: One module a class; imported at the first repair, so that ``import arfix`` stays light.
_MODULES: Final = (
    "bidi_cut",
    "private_use",
    "lost_glyphs",
    "lost_tanween",
    "edge_punctuation",
)


@cache
def stages() -> tuple[Rule, ...]:
    """Return one object of each defect class, in pipeline order."""
    found: list[Rule] = []
    for module_name in _MODULES:
        path = f"{__name__}.{module_name}"
        try:
            module = import_module(path)
        except ModuleNotFoundError as error:
            if error.name == path:
                continue
            raise
        found += [
            item()
            for item in vars(module).values()
            if isinstance(item, type)
            and item.__module__ == path
            and hasattr(item, "code")
            and hasattr(item, "detect")
        ]
    return tuple(found)
