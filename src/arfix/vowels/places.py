"""How well a mark sits on a letter: the rules of Arabic spelling, and the table of habits."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from arfix.lexicon.marks import MARKS, SHADDA

if TYPE_CHECKING:
    from arfix.lexicon.marks import MarkTable

TANWEEN: Final = frozenset("\u064b\u064c\u064d")
FATHATAN: Final = "\u064b"
FATHA: Final = "\u064e"
VOWELS: Final = frozenset("\u064e\u064f\u0650")
SUKUN: Final = "\u0652"
SMALL_ALEF: Final = "\u0670"
MADDA: Final = "\u0653"
HAMZA_ABOVE: Final = "\u0654"
HAMZA_BELOW: Final = "\u0655"
ALEF: Final = "\u0627"
TEH_MARBUTA: Final = "\u0629"
ALEF_MAKSURA: Final = "\u0649"
#: What a detached hamza can sit on.
HAMZA_SEATS: Final = {
    HAMZA_ABOVE: frozenset("\u0627\u0648\u064a\u0649\u0647\u06cc\u06d5\u06c1\u0640"),
    HAMZA_BELOW: frozenset("\u0627"),
    MADDA: frozenset("\u0627"),
}
#: Forms of heh, on which Persian writes the hamza of its genitive.
HEHS: Final = frozenset("\u0647\u06c1\u06d5")
#: The same as a character class.
SEATS: Final = "".join(sorted(set().union(*HAMZA_SEATS.values())))
#: Letter and mark that are one letter.
COMPOSED: Final = {
    "\u0627\u0653": "\u0622",
    "\u0627\u0654": "\u0623",
    "\u0627\u0655": "\u0625",
    "\u0648\u0654": "\u0624",
    "\u064a\u0654": "\u0626",
    "\u0649\u0654": "\u0626",
}

#: What may stand before the first letter of a word.
_CLITICS: Final = re.compile("[\u0648\u0641]?[\u0628\u0643]?(?:\u0627\u0644|\u0644\u0644?)?")

#: Natural logs of how unlikely a place is. They are set by eye: what the spelling excludes must
#: outweigh what the table of habits can say about a word it has seen twice.
_IMPOSSIBLE: Final = -8.0
_STRANGE: Final = -4.0
_RARE: Final = -1.5
#: Enough to let the table choose between two places that the rules allow.
_MOST_BY_HABIT: Final = 3.0


@lru_cache(maxsize=50_000)
def score(bare: str, place: int, cluster: str, table: MarkTable) -> float:
    """Return the log of how likely a letter of a word carries a cluster of marks.

    Args:
        bare: The word without marks.
        place: Index of the letter.
        cluster: One mark, or shadda and a vowel in either order.
        table: The habits of marking.

    Example:
        >>> from arfix.lexicon.marks import MarkTable
        >>> good, bad = (score("\u0645\u062f\u0629", at, "\u0651", MarkTable()) for at in (1, 2))
        >>> good > bad
        True
    """
    return _spelling(bare, place, cluster) + _habit(bare, place, cluster, table)


def _habit(bare: str, place: int, cluster: str, table: MarkTable) -> float:
    mark = "".join(sorted(cluster, key=lambda char: (char != SHADDA, char)))
    # Some writers mark the alef maksura as if it were the yeh.
    if mark not in MARKS or bare[place] == ALEF_MAKSURA or not table.markings(bare):
        return 0.0
    here = table.log_probability(bare, place, mark)
    best = max(table.log_probability(bare, at, mark) for at in range(len(bare)))
    return max(here - best, -_MOST_BY_HABIT)


def _spelling(bare: str, place: int, cluster: str) -> float:
    letter = bare[place]
    after = bare[place + 1 : place + 2]
    found = 0.0
    vowel = next((char for char in cluster if char in VOWELS), "")
    for mark, seats in HAMZA_SEATS.items():
        if mark in cluster and letter not in seats:
            found += _IMPOSSIBLE
    if len(set(cluster)) < len(cluster) or sum(char in VOWELS for char in cluster) > 1:
        found += _STRANGE
    nunated = TANWEEN.intersection(cluster)
    if letter == ALEF and place == 0 and cluster == "\u064d":
        pass  # some writers type the hamza below like this
    elif nunated:
        final_alef = place == len(bare) - 2 and after in (ALEF, ALEF_MAKSURA)
        if after and not (FATHATAN in cluster and final_alef):
            found += _IMPOSSIBLE
        if letter == ALEF and (FATHATAN not in cluster or place == 0):
            found += _IMPOSSIBLE
        if letter == ALEF and SHADDA in cluster:
            found += _IMPOSSIBLE
    elif letter == ALEF:
        # The alef that starts a word may show its vowel, also behind the article or "and".
        shown = vowel and SHADDA not in cluster and _CLITICS.fullmatch(bare, 0, place)
        if not shown and not HAMZA_SEATS.keys() & set(cluster):
            found += _IMPOSSIBLE
    elif letter == ALEF_MAKSURA and (vowel or SHADDA in cluster or SUKUN in cluster):
        found += _RARE if after == "" else 0.0
    if SHADDA in cluster and (place == 0 or letter in (TEH_MARBUTA, "\u0621")):
        found += _STRANGE
    if SUKUN in cluster and place == 0:
        found += _STRANGE
    if after in (ALEF, TEH_MARBUTA) and not nunated:
        # A long a or the feminine ending follows a fatha; the article's alef follows anything.
        article = after == ALEF and bare[place + 2 : place + 3] in ("\u0644", "\u0633")
        if vowel and vowel != FATHA and not (article and place < 2):
            found += _STRANGE
        elif SUKUN in cluster:
            found += _RARE
        elif vowel == FATHA:
            found += 0.7
    return max(found, _IMPOSSIBLE)
