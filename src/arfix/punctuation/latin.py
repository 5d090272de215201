"""Tell which way round a Latin word stands: by its letters and by its capital."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Final

from arfix.latin_order import LETTERS, ROWS

#: Latin words, with what stands between them in one run.
RUN: Final = re.compile(
    r"[A-Za-z0-9@#_](?:[A-Za-z0-9@#_.,:;!?/&+'\- ]*[A-Za-z0-9@#_])?"
    # A pair of brackets round its last word, which is the first one yet.
    r"|[()][A-Za-z0-9]+[()] [A-Za-z0-9@#_.,:;!?/&+'\- ]*[A-Za-z0-9@#_]"
)
WORD: Final = re.compile("[A-Za-z]{3,}")
#: In half natural logs, as the table.
_CAPITAL: Final = 8.0
_MOST: Final = 14.0


@cache
def _table() -> dict[str, int]:
    return {
        first + second: int(value)
        for first, row in zip(LETTERS, ROWS, strict=True)
        for second, value in zip(LETTERS, row.split(), strict=True)
    }


@lru_cache(maxsize=4096)
def forward(word: str) -> float:
    """Return how much more a Latin word makes sense as it stands than in reverse.

    Args:
        word: Three ASCII letters or more.

    Example:
        >>> forward("Components") > 0 > forward("stnenopmoC")
        True
    """
    table = _table()
    edged = LETTERS[0] + word.lower() + LETTERS[0]
    found = float(sum(table[edged[index : index + 2]] for index in range(len(edged) - 1)))
    if word[1:].islower() and word[0].isupper():
        found += _CAPITAL
    elif word[:-1].islower() and word[-1].isupper():
        found -= _CAPITAL
    return max(-_MOST, min(_MOST, found))


_LEADING: Final = ("@", "#")
_MIRRORED: Final = str.maketrans("()", ")(")
_ATOMS: Final = re.compile(r"[0-9]+(?:[.,:/][0-9]+)*|.", re.DOTALL)


def turned(run: str) -> str:
    """Return a run of Latin words read from the other end; its numbers stay.

    Example:
        >>> turned("3.1 amalL"), turned("4-TPG"), turned("@ra_eman"), turned(")B70( amalL")
        ('Llama 3.1', 'GPT-4', '@name_ar', 'Llama (70B)')
    """
    # A sign that leads a name was put in its place already.
    head = run[:1] if run[:1] in _LEADING else ""
    text = "".join(_ATOMS.findall(run[len(head) :])[::-1])
    if text.find(")") < text.find("("):
        text = text.translate(_MIRRORED)
    return head + text
