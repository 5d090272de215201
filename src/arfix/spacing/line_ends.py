"""Words cut by a line break: their second part goes back to the line that it comes from.

A tool that starts a new line where the next glyph stands further back than it expects (a kaf that
reaches over the letter before it) cuts words there. No writer and no typesetter of Arabic divides
words at the end of a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from arfix.view import LETTER_CLASS, MARK_CLASS, bare

if TYPE_CHECKING:
    from arfix.spacing.judge import Judge

_PART: Final = f"[{LETTER_CLASS}{MARK_CLASS}]"
#: The last and the first word of two lines, with what closes it and the space behind.
_BREAK: Final = re.compile(
    f"(?<!{_PART})(?P<left>{_PART}{{2,}})(?P<break>\n)"
    f"(?P<right>[{LETTER_CLASS}]{_PART}*)(?P<signs>[^\\s\\w]*)(?P<space>[ \u00a0]*)"
)
#: How common (natural log) a word is that was cut, at least, and a part that is none, at most.
_WORD: Final = -15.0
_NO_WORD: Final = -15.0
#: By how much (natural log) a cut word is commoner than its parts would meet by chance, where words
#: are known to have been cut.
_GAIN: Final = 6.0
#: Distinct words that must have been cut, and cuts among all line breaks: by chance there is one
#: among a thousand.
_LEAST: Final = 3
_LEAST_SHARE: Final = 0.02


def replacements(pages: Sequence[str], judge: Judge) -> dict[str, list[tuple[int, int, str]]]:
    """Return for each page what takes the place of which breaks; empty where words are whole."""
    words: list[str] = []
    for page in pages:
        for left, right in ((bare(cut["left"]), bare(cut["right"])) for cut in _borders(page)):
            parts = judge.prior(left), judge.prior(right)
            if min(parts) < _NO_WORD and judge.prior(left + right) > _WORD:
                words.append(left + right)
    breaks = sum(page.count("\n") for page in pages)
    if len(set(words)) < _LEAST or len(words) < _LEAST_SHARE * breaks:
        return {}
    return {page: list(_joined(page, judge)) for page in pages}


def _borders(page: str) -> Iterator[re.Match[str]]:
    """Yield the borders of two lines with a word on either side."""
    at = 0
    while (match := _BREAK.search(page, at)) is not None:
        # What begins this line may end it, too.
        at = match.start("right")
        yield match


def _joined(page: str, judge: Judge) -> Iterator[tuple[int, int, str]]:
    """Yield the breaks inside words with what stands behind them, and both the other way round."""
    done = 0
    for match in _borders(page):
        left, right = bare(match["left"]), bare(match["right"])
        whole = judge.prior(left + right)
        apart = judge.prior(left) + judge.prior(right)
        if match.start() >= done and whole > _WORD and whole > apart + _GAIN:
            done = match.end("space")
            yield match.start("break"), done, f"{match['right']}{match['signs']}\n"
