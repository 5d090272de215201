"""Which words are Persian, and how common they are.

Persian shares the Arabic script and much of its vocabulary, so no letter tells the two apart for
sure; a list of words does. It serves to leave Persian alone, and to know its words where a line
of it has to be put in order.

File format (``persian.marisa``, version 1): a ``marisa_trie.BytesTrie`` of words as :func:`folded`
spells them, each with one byte: how improbable it is, in steps of ``STEP`` nats. ``!version``: one
byte.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import marisa_trie

from arfix.errors import DataError
from arfix.view import STRIP_MARKS

if TYPE_CHECKING:
    from pathlib import Path

VERSION: Final = 1
VERSION_KEY: Final = "!version"
STEP: Final = 1 / 16
#: Natural logarithm of the probability of what is no word of the table.
UNKNOWN: Final = -30.0

#: One spelling for what two keyboards, or a font, write differently: yeh, kaf and heh with all
#: that looks like them, and no joiner.
_FOLD: Final = STRIP_MARKS | str.maketrans(
    {
        "\u064a": "\u06cc",
        "\u0649": "\u06cc",
        "\u0643": "\u06a9",
        "\u06c0": "\u0647",
        "\u06c1": "\u0647",
        "\u06be": "\u0647",
        "\u06d5": "\u0647",
        "\u200c": "",
        "\u200d": "",
    }
)


def folded(word: str) -> str:
    r"""Return a word as the table spells it.

    Example:
        >>> folded("\u0645\u064a\u200c\u0643\u0646\u064a") == "\u0645\u06cc\u06a9\u0646\u06cc"
        True
    """
    return word.translate(_FOLD)


class PersianWords:
    """The words of Persian, memory-mapped; yeh, kaf and joiners are folded at each look-up.

    Args:
        path: The file.

    Raises:
        DataError: The file is missing or has another format version.
    """

    def __init__(self, path: Path) -> None:
        self._trie = marisa_trie.BytesTrie()
        try:
            self._trie.mmap(str(path))
        except (OSError, RuntimeError) as error:
            raise DataError(f"cannot open the word table {path.name}: reinstall arfix") from error
        if self._trie.get(VERSION_KEY) != [bytes([VERSION])]:
            raise DataError(
                f"{path.name} is no word table of version {VERSION}: reinstall arfix, or build"
                " the data anew"
            )

    def __len__(self) -> int:
        return len(self._trie) - 1

    def __contains__(self, word: str) -> bool:
        return folded(word) in self._trie

    def log_probability(self, word: str) -> float:
        """Return the natural logarithm of a word's probability, -30 if it is not in the table."""
        values = self._trie.get(folded(word))
        return -STEP * values[0][0] if values else UNKNOWN
