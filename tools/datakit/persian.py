"""Packs the list of Persian words that comes with the PyPI package wordfreq.

``python tools/build_data.py --only persian`` builds this file alone. The same version of the
package gives the same bytes.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Mapping
from importlib.metadata import version

import marisa_trie

from arfix.lexicon import persian
from arfix.view import LETTER_CLASS

NAME = "persian.marisa"
_WORD = re.compile(f"[{LETTER_CLASS}]+")
_MOST = 0xFF


def build(frequencies: Mapping[str, float]) -> bytes:
    """Return the table of words in the letters of the script; spellings of one word are one."""
    total: defaultdict[str, float] = defaultdict(float)
    for word, frequency in frequencies.items():
        letters = persian.folded(word)
        if _WORD.fullmatch(letters):
            total[letters] += frequency
    records = [(persian.VERSION_KEY, bytes([persian.VERSION]))]
    for word, frequency in total.items():
        records.append((word, bytes([min(_MOST, round(-math.log(frequency) / persian.STEP))])))
    content: bytes = marisa_trie.BytesTrie(sorted(records)).tobytes()
    return content


def build_file() -> bytes:
    """Return the table of the installed package."""
    from wordfreq import get_frequency_dict

    return build(get_frequency_dict("fa"))


def origin() -> dict[str, str]:
    """Return what the manifest says of it."""
    return {
        "command": "python tools/build_data.py --only persian",
        "licence": "CC BY-SA 4.0",
        "source": f"wordfreq {version('wordfreq')}, fa",
    }
