"""Writes the pruned n-gram models and the words' own numbers as data files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from arfix.lm.table import HIGHEST, LOWER
from datakit import table

if TYPE_CHECKING:
    from datakit.kneser_ney import Pruned


def codebook(values: np.ndarray, bits: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the code of each value and the mean value of each code.

    Bins are equally wide: the few common words matter more than the many rare ones, so bins
    that hold equally many values would be coarse just where it counts.
    """
    size = 1 << bits
    if len(values) == 0:
        return np.zeros(0, np.int64), np.zeros(size)
    low, high = float(values.min()), float(values.max())
    width = max((high - low) / size, 1e-9)
    codes = np.minimum(((values - low) / width).astype(np.int64), size - 1)
    total = np.bincount(codes, values, size)
    number = np.bincount(codes, minlength=size)
    return codes, np.where(number > 0, total / np.maximum(number, 1), 0.0)


def sections(model: Pruned, prefix: str) -> dict[str, tuple[str, bytes]]:
    """Return the sections for the orders above one.

    Bits of cells that are always zero are packed away in the wheel.
    """
    found: dict[str, tuple[str, bytes]] = {}
    top = len(model.keys)
    multipliers = []
    for k in range(2, top + 1):
        codes, book = codebook(model.probability[k - 1], 6 if k == top else 8)
        found[f"{prefix}.p{k}"] = ("f", book.astype("<f4").tobytes())
        if k < top:
            back, backbook = codebook(model.backoff[k - 1], 8)
            found[f"{prefix}.b{k}"] = ("f", backbook.astype("<f4").tobytes())
            cells, multiplier = table.build(model.keys[k - 1], codes | (back << 8), *LOWER)
            found[f"{prefix}.t{k}"] = ("I", cells.tobytes())
        else:
            cells, multiplier = table.build(model.keys[k - 1], codes, *HIGHEST)
            found[f"{prefix}.t{k}"] = ("H", cells.tobytes())
        multipliers.append(multiplier)
    pairs = [part for value in multipliers for part in (value & 0xFFFFFFFF, value >> 32)]
    found[f"{prefix}.mult"] = ("I", np.array(pairs, "<u4").tobytes())
    return found


def words(
    model: Pruned, lexicon_probability: np.ndarray, specials: int, size: int
) -> dict[str, tuple[str, bytes]]:
    """Return the sections that hold one number a word.

    Args:
        model: The word trigram.
        lexicon_probability: The frequencies of the words, without the specials.
        specials: How many ids are no words.
        size: How many ids there are.
    """
    found: dict[str, tuple[str, bytes]] = {}
    for name, values in (
        ("prior", np.concatenate([np.full(specials, -20.0), np.log(lexicon_probability)])),
        ("uni", model.probability[0][:size]),
        ("back", model.backoff[0][:size]),
    ):
        codes, book = codebook(values, 8)
        found[f"w.{name}"] = ("B", codes.astype("u1").tobytes())
        found[f"w.{name}.book"] = ("f", book.astype("<f4").tobytes())
    return found


def class_unigrams(
    model: Pruned,
    class_of: np.ndarray,
    lexicon_probability: np.ndarray,
    specials: int,
    prefix: str,
) -> dict[str, tuple[str, bytes]]:
    """Return the sections that hold the class of each word and one number a class.

    What a class emits goes by frequency; the trigram's unigrams are continuation counts.
    """
    member = np.concatenate([np.full(specials, 1e-3), lexicon_probability])
    mass = np.bincount(class_of, member, len(model.probability[0]))
    count = int(class_of.max()) + 1
    return {
        f"{prefix}.class": ("H", class_of.astype("<u2").tobytes()),
        f"{prefix}.mass": ("f", np.log(np.maximum(mass[:count], 1e-12)).astype("<f4").tobytes()),
        f"{prefix}.uni": ("f", model.probability[0][:count].astype("<f4").tobytes()),
        f"{prefix}.back": ("f", model.backoff[0][:count].astype("<f4").tobytes()),
    }
