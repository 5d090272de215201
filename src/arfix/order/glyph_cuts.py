"""Lines cut at each glyph of another font: their pieces come out last to first.

Where a font lacks a glyph, the page draws it from another one, each time as a stretch of text of
its own. Extractors that put the glyphs of each stretch in reading order, but leave the stretches
as they were drawn, hand out ``P1 ~ P2 ~ P3`` as ``P3 ~ P2 ~ P1``. Words are cut there as well, so
that the pieces make words in one order only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from arfix.order.atoms import DIGITS
from arfix.order.halves import units_of
from arfix.order.word_halves import reads_on
from arfix.view import LETTER_CLASS, MARK_CLASS

if TYPE_CHECKING:
    from arfix.order.scoring import Scorer

_HAMZA: Final = "\u0654"
_HEH: Final = "\u0647"
#: A heh and its hamza are one glyph, of which some tools keep the hamza alone.
_BEREFT: Final = re.compile(f"(?P<word>[{LETTER_CLASS}]+)(?<!{_HEH})(?P<hamzas>{_HAMZA}+)")
#: What fonts lack: the vowel marks, or the hamza that Persian sets above its heh.
_CLASSES: Final = (f"[{MARK_CLASS}]", _HAMZA)
_ANY: Final = re.compile(_CLASSES[0])
_MARKED: Final = re.compile(
    f"[{LETTER_CLASS}{MARK_CLASS}]*[{MARK_CLASS}][{LETTER_CLASS}{MARK_CLASS}]*"
)
#: What no line starts with.
_NO_START: Final = re.compile(f"\\s*[{MARK_CLASS}.\u060c:\u061b\u061f!]")
_NUMBER: Final = f"[{DIGITS}A-Za-z]+(?:[.,:/ -]*[{DIGITS}A-Za-z]+)*"
#: Nats by which a line must read better, and lines that do.
_MARGIN: Final = 3.0
_LEAST_LINES: Final = 3
#: Share of the lines that read better from which less will do for the others.
_MOST: Final = 0.5
_SMALL_MARGIN: Final = 1.0
#: Of lines that have such a glyph; the font may draw some of them itself.
_LEAST_SHARE: Final = 0.25
#: Share of the words with a mark that are unknown where lines were cut at these.
_LEAST_UNKNOWN: Final = 0.2
_LONGEST_LINE: Final = 600


def uncut(bodies: Sequence[str], scorer: Scorer) -> dict[str, str]:
    """Return the lines that were cut at glyphs of another font, in order; the others are left out.

    Args:
        bodies: The lines of a document.
        scorer: Judges words and their order.
    """
    asked = [
        body
        for body in dict.fromkeys(bodies)
        if len(body) <= _LONGEST_LINE and _ANY.search(body) and not _NO_START.match(body)
    ]
    if len(asked) < _LEAST_LINES:
        return {}
    words = {word for body in asked for word in _MARKED.findall(body)}
    unknown = sum(not scorer.is_known(word) for word in words)
    if unknown < _LEAST_UNKNOWN * len(words):
        return {}
    if not reads_on(asked, scorer):
        return {}
    best: dict[str, str] = {}
    most = 0.0
    for kind in _CLASSES:
        held = [body for body in asked if re.search(kind, body)]
        rows: list[tuple[float, str, str]] = []
        for body in held:
            ways = [text for text in _ways(body, kind) if not _NO_START.match(text)]
            if ways:
                score, text = max((_score(text, scorer), text) for text in ways)
                rows.append((score - _score(body, scorer), body, text))
        better = [row for row in rows if row[0] > _MARGIN]
        if len(better) < max(_LEAST_LINES, _LEAST_SHARE * len(held)):
            continue
        if len(better) >= _MOST * len(held):
            better = [row for row in rows if row[0] > _SMALL_MARGIN]
        total = sum(gain for gain, _, _ in better)
        if total > most:
            best, most = {body: text for _, body, text in better}, total
    return best


def _score(text: str, scorer: Scorer) -> float:
    if scorer.persian:
        text = _BEREFT.sub(f"\\g<word>{_HEH}", text)
    return scorer.score(units_of(text, scorer))


def _ways(body: str, kind: str) -> Iterator[str]:
    """Yield what a line may have been: numbers within pieces, between them, or pieces."""
    yield _turned(body, kind)
    parts = re.split(f"({_NUMBER})", body)
    if len(parts) > 1:
        yield "".join(
            part if number % 2 else _turned(part, kind) for number, part in enumerate(parts)
        )
        yield _turned(body, f"{_NUMBER}|{kind}")


def _turned(text: str, kind: str) -> str:
    return "".join(reversed(re.split(f"({kind})", text)))
