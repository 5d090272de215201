"""Whose words a text is made of: the models know Arabic, a table knows Persian."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Final

from arfix.language import ARABIC_SPELLING, leaning
from arfix.order.atoms import WORD, atoms
from arfix.view import bare

if TYPE_CHECKING:
    from arfix.resources import Resources

ARABIC_TEXT: Final = "arabic"
PERSIAN: Final = "persian"
OTHER: Final = "other"
#: Letters of other languages that no font puts in the place of Arabic ones.
_FOREIGN: Final = re.compile(
    "[\u067e\u0686\u0698\u06af\u0679\u0688\u0691\u06ba\u06d2\u06d5\u06ce\u06c6\u0695\u06b5]"
)
#: The same, or a presentation form that may be one of theirs.
_MAY_BE_FOREIGN: Final = re.compile(f"{_FOREIGN.pattern}|[\ufb56-\ufbff]")
_URDU: Final = re.compile("[\u0679\u0688\u0691\u06ba\u06d2]")
_URDU_SHARE: Final = 0.02
#: The same, and those of Kurdish.
_NEIGHBOUR: Final = re.compile(f"{_URDU.pattern}|[\u06be\u06ce\u06c6\u0695\u06b5\u06d5]")
#: Nats a word by which a damaged text leans to Persian.
_DAMAGED_PERSIAN: Final = -2.2
#: Letters of Urdu, Kurdish and Pashto that Persian has not.
_NOT_PERSIAN: Final = re.compile(
    "[\u0679\u0688\u0691\u06ba\u06d2\u06d5\u06ce\u06c6\u0695\u06b5"
    "\u067c\u0681\u0685\u0689\u0693\u0696\u069a\u06ab\u06bc\u06cd\u06d0]"
)
_FEWEST: Final = 12
#: Fewer words may be Arabic ones that another language took over.
_FEWEST_ARABIC: Final = 25
_FOREIGN_SHARE: Final = 0.04
_MOST_LINES: Final = 40
#: Shorter words are the same in too many languages.
_SHORTEST: Final = 3
#: Share of the words that must be Persian, and by how much more than are Arabic. Of Urdu words half
#: are Persian ones, and a font that gives letters wrong names leaves no more of a Persian text.
_LEAST_PERSIAN: Final = 0.45
_LEAST_LEAD: Final = 0.03
#: By how much more of the words must be Arabic for its foreign letters to be a font's doing.
_LEAST_ARABIC: Final = 0.5
_ARABIC_LEAD: Final = 0.3
#: Letters that words of a text without spaces have on average, at least.
_GLUED: Final = 12
_MOST_GLUED: Final = 40
_LONGEST: Final = 12
_NO_WORD: Final = -22.0
_ZWNJ: Final = "\u200c"


def language(bodies: Sequence[str], resources: Resources) -> str:
    """Return whether lines are Arabic, Persian or anything else, whichever way they run.

    Args:
        bodies: The lines.
        resources: The lexicon, and the table of Persian words.
    """
    if not any(_MAY_BE_FOREIGN.search(body) for body in bodies):
        return ARABIC_TEXT
    total = foreign = counted = 0
    persian, arabic = [0, 0], [0, 0]
    step = max(1, len(bodies) // _MOST_LINES)
    words = {
        atom.text
        for body in bodies[::step][:_MOST_LINES]
        for atom in atoms(body)
        if atom.kind == WORD
    }
    joined = unicodedata.normalize("NFKC", " ".join(words))
    folded = set(bare(joined).replace(_ZWNJ, "").split())
    for word in folded:
        total += 1
        foreign += _FOREIGN.search(word) is not None
    if not foreign:
        return ARABIC_TEXT
    for word in folded:
        if len(word) < _SHORTEST:
            continue
        counted += 1
        spelled = word.translate(ARABIC_SPELLING)
        for side, (own, other) in enumerate(((word, spelled), (word[::-1], spelled[::-1]))):
            persian[side] += own in resources.persian
            arabic[side] += other in resources.lexicon
    if len("".join(folded)) > _GLUED * len(folded):
        return _of_glued(folded, resources)
    others = sum(_NOT_PERSIAN.search(word) is not None for word in folded)
    lead = max(persian) - max(arabic)
    enough = counted >= _FEWEST and others < _URDU_SHARE * total
    if enough and max(persian) > _LEAST_PERSIAN * counted and lead > _LEAST_LEAD * counted:
        return PERSIAN
    arabs = counted >= _FEWEST_ARABIC and max(arabic) > _LEAST_ARABIC * counted
    if arabs and -lead > _ARABIC_LEAD * counted:
        return ARABIC_TEXT
    if foreign <= _FOREIGN_SHARE * total:
        return ARABIC_TEXT
    # Wrong letters make many words unknown, the common ones less often than others.
    if enough and not any(_NEIGHBOUR.search(word) for word in folded):
        lean = min(leaning((word[::way] for word in folded), resources) for way in (1, -1))
        if lean < _DAMAGED_PERSIAN:
            return PERSIAN
    return OTHER


def _of_glued(words: Iterable[str], resources: Resources) -> str:
    """Return whose words are in a text that lost its spaces."""
    text = " ".join(sorted(words))
    if len(_URDU.findall(text)) > _URDU_SHARE * len(text) / _SHORTEST:
        return OTHER
    sample = text.split()[:_MOST_GLUED]
    persian = max(
        sum(_cut_up(word[::way], resources.persian.log_probability) for word in sample)
        for way in (1, -1)
    )
    arabic = max(
        sum(
            _cut_up(word[::way].translate(ARABIC_SPELLING), resources.lexicon.log_probability)
            for word in sample
        )
        for way in (1, -1)
    )
    return PERSIAN if persian > arabic else OTHER


def _cut_up(letters: str, log_probability: Callable[[str], float]) -> float:
    """Return how probable letters are as the best sequence of words."""
    best = [0.0] + [-math.inf] * len(letters)
    for end in range(1, len(letters) + 1):
        for start in range(max(0, end - _LONGEST), end):
            value = best[start] + max(log_probability(letters[start:end]), _NO_WORD)
            best[end] = max(best[end], value)
    return best[-1]
