"""Read the marks of a page: between which two letters each stands, and which is its own.

A *chain* is a row of pieces without marks of their own at the start of a line or behind a real
space, followed by pieces that start with a mark. Tools that put a mark before its letter often
put a space before the mark, too, so the pieces of a chain may be one word or several.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from arfix.lexicon.marks import MARKS, SHADDA
from arfix.view import LETTER_CLASS, TATWEEL, bare
from arfix.vowels.places import (
    ALEF,
    ALEF_MAKSURA,
    COMPOSED,
    FATHATAN,
    HAMZA_ABOVE,
    HAMZA_SEATS,
    HEHS,
    TANWEEN,
    TEH_MARBUTA,
    score,
)

if TYPE_CHECKING:
    from arfix.resources import Resources

#: The marks that modern writers use; those of the Quran are another matter.
MARK: Final = "\u064b-\u0655\u0670"
#: Signs that only copies of the Quran have.
QURANIC: Final = re.compile("[\u0610-\u061a\u0656-\u065f\u06d6-\u06ed]")
_PIECE: Final = f"[{LETTER_CLASS}{MARK}]"
_CHAIN: Final = re.compile(f"{_PIECE}+(?: [{MARK}]{_PIECE}*)*")
_CLUSTER: Final = re.compile(f"[{MARK}]+")

_BLOCKS: Final = [chr(code) for code in range(0x600, 0x900)]
_PIECES: Final = frozenset(char for char in _BLOCKS if re.match(_PIECE, char))
_MARKS: Final = frozenset(char for char in _BLOCKS if _CLUSTER.match(char))

#: Where a mark stands.
INSIDE: Final = "inside"
JOINED: Final = "joined"
BROKEN: Final = "broken"
LONELY: Final = "lonely"
FIRST: Final = "first"
LAST: Final = "last"

#: What it costs to give a letter marks besides those that it has.
_ONE_TOO_MANY: Final = 3.0
#: By how much a word's other letter must be the commoner place of a mark, in natural logs, and
#: the shortest word of which that can be said.
_KNOWN_BETTER: Final = 3.0
_SHORTEST: Final = 3
#: What speaks for the other end of the word that marks lead, where the word before is not made
#: for them.
_FROM_BEHIND: Final = 3.0
_SPACE_LOST: Final = -1.0
#: What an unknown word costs besides its letters: where spaces stand inside of most words, and
#: elsewhere.
_UNKNOWN_IN_PIECES: Final = -3.0
_UNKNOWN: Final = -25.0
#: The spelling model has a floor; longer words than this are made of several.
_LONG_WORD: Final = 9
_EACH_LETTER: Final = -4.0
#: One letter alone is no word.
_LETTER: Final = -8.0
#: Letters to a piece below which the pieces are not words.
_SHORT_PIECES: Final = 2.3
_LONGEST: Final = 9
#: Letters that words with fathatan nearly all end in.
_BEFORE_FATHATAN: Final = frozenset((ALEF, ALEF_MAKSURA, TEH_MARBUTA, "\u0621"))
_HEH: Final = "\u0647"
#: One piece of evidence may not decide for a document.
MOST: Final = 4.0


@dataclass(slots=True)
class Cluster:
    """Marks that stand together.

    Attributes:
        text: The marks.
        kind: Where they stand.
        gain: By how much they sit better on the letter behind them than on the one before.
        ahead: How well they sit on the letter before.
        behind: How well they sit on the letter behind.
        before: Index of the letter before, among the letters of the chain; -1 for none.
        after: Index of the letter behind; -1 for none.
        next_marked: Whether the letter behind has marks of its own.
        slip: The letter on which alone the word carries these marks elsewhere, and which has none
            here; -1 for none.
        stays: Whether both places are in use, so that the writer's is kept.
        from_behind: Whether ``after`` is the last letter of a word that the marks lead.
    """

    text: str
    kind: str
    before: int
    after: int
    gain: float = 0.0
    ahead: float = 0.0
    behind: float = 0.0
    stays: bool = False
    next_marked: bool = False
    slip: int = -1
    from_behind: bool = False


@dataclass(slots=True)
class Chain:
    """A word or a row of pieces.

    Attributes:
        start: Where it starts in the page.
        text: Its text.
        letters: Its letters, tatweel among them.
        breaks: Indices of letters that start a new word.
        clusters: Its marks.
    """

    start: int
    text: str
    letters: str = ""
    breaks: set[int] = field(default_factory=set)
    clusters: list[Cluster] = field(default_factory=list)


def chains_of(page: str, resources: Resources) -> Iterator[Chain]:
    """Yield the chains of a page that carry marks."""
    found = list(_marked(page))
    rows = [_CLUSTER.sub("", match.group()).split(" ") for match in found]
    pieces = [len(piece) for row in rows if len(row) > 1 for piece in row]
    unknown = _UNKNOWN
    if pieces and sum(pieces) < _SHORT_PIECES * len(pieces):
        unknown = _UNKNOWN_IN_PIECES
    for match, row in zip(found, rows, strict=True):
        chain = Chain(match.start(), match.group(), "".join(row))
        chain.breaks = _breaks(row, unknown, resources)
        _read(chain, resources)
        yield chain


def _marked(page: str) -> Iterator[re.Match[str]]:
    """Yield the chains of a page that hold a mark, looking at no other words."""
    done = 0
    for cluster in _CLUSTER.finditer(page):
        start = cluster.start()
        if start < done:
            continue
        while start > done and (
            page[start - 1] in _PIECES or (page[start - 1] == " " and page[start] in _MARKS)
        ):
            start -= 1
        if page[start] == " ":
            start += 1
        match = _CHAIN.match(page, start)
        if match is not None:
            done = match.end()
            yield match


def _read(chain: Chain, resources: Resources) -> None:
    """Fill in the clusters of a chain."""
    text = chain.text
    index = 0
    position = 0
    while position < len(text):
        match = _CLUSTER.match(text, position)
        if match is None:
            index += text[position] != " "
            position += 1
            continue
        position = match.end()
        spaced = match.start() == 0 or text[match.start() - 1] == " "
        followed = position < len(text) and text[position] != " "
        after = index if followed else -1
        before = index - 1
        kind = INSIDE
        if before < 0:
            kind = FIRST
        elif not followed and not spaced:
            kind = LAST
        elif spaced:
            kind = LONELY if not followed else BROKEN if index in chain.breaks else JOINED
        follows = after
        lone = kind == JOINED and (before == 0 or before in chain.breaks)
        if after >= 0 and (kind in (FIRST, BROKEN) or (lone and HAMZA_ABOVE in match.group())):
            after = _from_behind(chain, match.group(), before, after)
        cluster = Cluster(match.group(), kind, before, after, from_behind=after != follows)
        cluster.next_marked = _CLUSTER.match(text, position + 1) is not None
        chain.clusters.append(cluster)
    taken = {cluster.before for cluster in chain.clusters}
    for cluster in chain.clusters:
        cluster.gain = _gain(chain, cluster, resources)
        if cluster.kind in (INSIDE, LAST):
            cluster.slip = _slip(chain, cluster, taken, resources)


def _from_behind(chain: Chain, marks: str, before: int, after: int) -> int:
    """Return the letter that marks at the start of a word sit on if they follow what they sit on.

    Nunation, and the hamza of a Persian heh, end a word: where one leads a word and the word before
    is not made for it, it has come round from the other end.
    """
    last = min((place for place in chain.breaks if place > after), default=len(chain.letters)) - 1
    letters = chain.letters
    if HAMZA_ABOVE in marks:
        return last if letters[last] in HEHS and letters[after] not in HEHS else after
    if TANWEEN.isdisjoint(marks) or letters[after + 1 : last + 1] in ("", ALEF, ALEF_MAKSURA):
        return after
    fits = before >= 0 and (FATHATAN not in marks or letters[before] in _BEFORE_FATHATAN)
    return after if fits else last


def _breaks(pieces: list[str], unknown: float, resources: Resources) -> set[int]:
    """Return the letters at which a new word starts, given the pieces of a chain."""
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(pieces) + 1):
        options = []
        for start in range(max(0, end - _LONGEST), end):
            word = bare("".join(pieces[start:end]))
            cost = _SPACE_LOST * (end - start - 1) + _worth(word, unknown, resources)
            options.append((best[start][0] + cost, start))
        best.append(max(options))
    starts = set()
    end = len(pieces)
    while end:
        end = best[end][1]
        if end:
            starts.add(sum(map(len, pieces[:end])))
    return starts


def _worth(word: str, unknown: float, resources: Resources) -> float:
    """Return the natural log of a bare word's probability, known or not."""
    if not word:
        return 0.0
    if len(word) == 1:
        return min(_LETTER, unknown)
    if word in resources.lexicon:
        return resources.lexicon.log_probability(word)
    longer = max(0, len(word) - _LONG_WORD)
    return resources.letters.log_probability(word) + unknown + _EACH_LETTER * longer


def _word(chain: Chain, index: int) -> tuple[str, int]:
    """Return the bare word around a letter of a chain, and the letter's place in it."""
    start = max((place for place in chain.breaks if place <= index), default=0)
    end = min((place for place in chain.breaks if place > index), default=len(chain.letters))
    return bare(chain.letters[start:end]), len(bare(chain.letters[start:index]))


def _gain(chain: Chain, cluster: Cluster, resources: Resources) -> float:
    """Return the log odds that the marks belong to the letter behind them."""
    scores = []
    for index in (cluster.before, cluster.after):
        if index < 0:
            scores.append(-2.0 * MOST)
        elif chain.letters[index] == TATWEEL:
            scores.append(-1.0)
        else:
            word, place = _word(chain, index)
            lost = _lost_heh(word, place, cluster.text, resources)
            scores.append(0.0 if lost else score(word, place, cluster.text, resources.marks))
    cluster.ahead, cluster.behind = scores
    if min(cluster.before, cluster.after) < 0:
        return MOST if cluster.before < 0 else -MOST
    word, place = _word(chain, cluster.before)
    if cluster.text == FATHATAN and word[place + 1 :] in (ALEF, ALEF_MAKSURA):
        cluster.stays = cluster.kind == INSIDE  # both sides of the final alef are in use
        return 0.0
    gain = scores[1] - scores[0] + (_FROM_BEHIND if cluster.from_behind else 0.0)
    if cluster.kind == BROKEN and cluster.next_marked:
        gain -= _ONE_TOO_MANY
    return max(-MOST, min(MOST, gain))


def _lost_heh(word: str, place: int, marks: str, resources: Resources) -> bool:
    """Return whether the hamza that ends a word sat on a Persian heh, which was lost."""
    return marks == HAMZA_ABOVE and place == len(word) - 1 and word + _HEH in resources.persian


def _slip(chain: Chain, cluster: Cluster, taken: set[int], resources: Resources) -> int:
    """Return the letter beside its own that a cluster belongs to by all that is known of the word.

    Only letters without marks count, so nothing slips in a text that is fully vocalised.
    """
    if cluster.text[0] in HAMZA_SEATS:
        return _hamza_slip(chain, cluster, taken, resources)
    mark = "".join(sorted(cluster.text, key=lambda char: (char != SHADDA, char)))
    word, place = _word(chain, cluster.before)
    if cluster.ahead <= -MOST:
        return _spelling_slip(chain, cluster, taken, resources)
    if mark not in MARKS or len(word) < _SHORTEST or FATHATAN in mark:
        return -1
    if word[place] == ALEF_MAKSURA:  # some writers mark it like the yeh
        return -1
    table = resources.marks
    here = table.log_probability(word, place, mark)
    for step in (-1, 1):
        index = cluster.before + step
        if index in taken or not 0 <= place + step < len(word):
            continue
        if table.log_probability(word, place + step, mark) > here + _KNOWN_BETTER:
            return index
    return -1


def _hamza_slip(chain: Chain, cluster: Cluster, taken: set[int], resources: Resources) -> int:
    """Return the letter beside one that no hamza sits on, if one does on it."""
    mark = cluster.text[0]
    seats = HAMZA_SEATS[mark]
    if chain.letters[cluster.before] in seats:
        return -1
    found = []
    word, place = _word(chain, cluster.before)
    if _lost_heh(word, place, mark, resources):
        return -1
    for step in (-1, 1, -2):
        index = cluster.before + step
        if not 0 <= place + step < len(word) or index in taken:
            continue
        whole = COMPOSED.get(word[place + step] + mark)
        if whole is not None:
            made = word[: place + step] + whole + word[place + step + 1 :]
            found.append((made in resources.lexicon, index))
    known = [index for is_known, index in found if is_known]
    return known[0] if known else found[0][1] if len(found) == 1 else -1


def _spelling_slip(chain: Chain, cluster: Cluster, taken: set[int], resources: Resources) -> int:
    """Return the letter beside one that cannot carry the marks, if it can."""
    word, place = _word(chain, cluster.before)
    best, chosen = cluster.ahead + MOST, -1
    for step in (-1, 1):
        index = cluster.before + step
        if 0 <= place + step < len(word) and index not in taken:
            value = score(word, place + step, cluster.text, resources.marks)
            if value > best:
                best, chosen = value, index
    return chosen
