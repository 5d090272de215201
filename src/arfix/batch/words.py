"""Words as columns of letters, and the forms of their letters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np

from arfix.candidates import ALEFS, FORMS_OF_LETTER, JOINS_NEXT, JOINS_PREVIOUS, LAM
from arfix.lexicon.automaton import ALL_CODES, ALPHABET, LABEL_MASK

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Flags: TypeAlias = NDArray[np.bool_]
    Ints: TypeAlias = NDArray[np.intp]

CODE_RANGE: Final = np.arange(len(ALPHABET) + 1)
#: In place of a letter behind the last one; no label of an edge.
END: Final = LABEL_MASK
_FIRST: Final = ord(ALPHABET[0])
_CODE_OF: Final = np.zeros(ord(ALPHABET[-1]) - _FIRST + 1, np.intp)
_CODE_OF[[ord(letter) - _FIRST for letter in ALPHABET]] = ALL_CODES


def _forms() -> Ints:
    before, letter, after = np.meshgrid(CODE_RANGE, CODE_RANGE, CODE_RANGE, indexing="ij")
    alefs, joins_next, joins_previous = map(np.array, (ALEFS, JOINS_NEXT, JOINS_PREVIOUS))
    lam_alef = (before == LAM) & alefs[letter] | (letter == LAM) & alefs[after]
    form = FORMS_OF_LETTER * letter + 2 * (joins_next[before] & joins_previous[letter])
    return np.where(lam_alef, 0, form + (joins_next[letter] & joins_previous[after]))


#: The form of a letter by the letter before, itself, and the one behind; 0 in a lam-alef.
FORMS: Final = _forms()


def columns_of(words: Sequence[str]) -> Ints:
    """Return the codes of the letters, a word a column, a row of noughts above and below."""
    lengths = np.fromiter(map(len, words), np.intp, len(words))
    points = np.frombuffer("".join(words).encode("utf-32-le"), np.uint32)
    rows = np.zeros((len(words), int(lengths.max()) + 2), np.intp)
    rows[:, 1:][np.arange(rows.shape[1] - 1) < lengths[:, None]] = _CODE_OF[points - _FIRST]
    return np.ascontiguousarray(rows.T)
