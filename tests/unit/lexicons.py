"""Small lexicons. Building one needs numpy, so that whoever imports this asks for numpy first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from datakit.automaton import build

from arfix.lexicon.automaton import Automaton

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


def lexicon(folder: Path, words: Iterable[str]) -> Automaton:
    """Return the lexicon of some words, numbered as they sort."""
    path = folder / "words.dat"
    path.unlink(missing_ok=True)  # the last one may still be mapped
    path.write_bytes(build(sorted(words)))
    return Automaton(path)
