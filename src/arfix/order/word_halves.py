"""Halves of words in a line: whether its pieces came out last to first.

Where a line was cut inside a word, the end of the word opens one piece and its start closes
another, which the first one has come to stand in front of. Halves are rare words, or none, or one
letter or two; together they are a word that is common.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from arfix.order.atoms import WORD as WORD_KIND
from arfix.order.atoms import atoms
from arfix.view import WORD, bare

if TYPE_CHECKING:
    from arfix.order.scoring import Scorer

#: A longer line is a paragraph, which no page draws as one.
LONGEST_LINE: Final = 260
FEWEST_WORDS: Final = 4
#: How common words are, in nats: what may be a half, what hardly is anything else, no word.
RARE: Final = -9.5
ODD: Final = -14.0
UNKNOWN: Final = -29.0
#: Joins any other word, and is written apart by many.
AND: Final = "\u0648"
SHORTEST_SPLIT: Final = 4
#: By how many nats a word must be commoner than the rarer of its halves, and how common at least.
_GAIN: Final = 3.0
_LEAST_COMMON: Final = -13.0
_SHORTEST: Final = 3
_LONGEST: Final = 12
_MOST_LINES: Final = 60
_FEWEST_LINES: Final = 2
_FEWEST_WORDS_MADE: Final = 3
_LEAST_SHARE: Final = 0.1
#: Lines without halves, for each line with some, after which a document is taken for whole.
_PATIENCE: Final = 12
#: Where so many words fell apart, for one in halves, it was spaces that came into words.
_RATIO: Final = 2
_SAMPLE: Final = 16
_LEAST_KNOWN: Final = 0.75

#: A half, the number of the word that it is or is part of, and how common it is.
_Half = tuple[int, str, float]


def halved(lines: Sequence[str], scorer: Scorer) -> list[str]:
    """Return the lines that hold halves of words, the last half first; none where these are few.

    Args:
        lines: The lines of a document.
        scorer: Knows words.
    """
    made: set[str] = set()
    found: list[str] = []
    seen = apart = 0
    for body in lines[:: max(1, len(lines) // _MOST_LINES)]:
        words = WORD.findall(body)
        if len(words) < FEWEST_WORDS:
            continue
        seen += 1
        here, fell_apart = whole_words(words, scorer)
        apart += fell_apart
        if here:
            made |= here
            found.append(body)
        elif seen > _PATIENCE * (len(found) + 1):
            return []
    enough = len(found) >= max(_FEWEST_LINES, _LEAST_SHARE * seen)
    return found if enough and len(made) >= max(_FEWEST_WORDS_MADE, _RATIO * apart) else []


def whole_words(words: Sequence[str], scorer: Scorer) -> tuple[set[str], int]:
    """Return the words that halves in a line make, the last half first.

    Also how many words there are that fell apart where they stand.

    Args:
        words: The words of the line as they stand.
        scorer: Knows words.
    """
    worth = scorer.log_probability
    known = [worth(word) for word in words]
    rare = [number for number, value in enumerate(known) if value < RARE]
    found: set[str] = set()
    if len(rare) < 2 or not any(known[place] <= ODD or len(words[place]) < 3 for place in rare):
        return found, 0
    heads = [half for number in rare for half in _halves(words, known, number, scorer, last=True)]
    tails = [half for number in rare for half in _halves(words, known, number, scorer, last=False)]
    for number, head, of_head in heads:
        for other, tail, of_tail in tails:
            size = len(tail) + len(head)
            if other <= number or not _SHORTEST < size <= _LONGEST:
                continue
            least = min(of_head, of_tail)
            if least > ODD and min(len(tail), len(head)) > 2:
                continue
            if worth(tail + head) > max(_GAIN + least, _LEAST_COMMON):
                found.add(tail + head)
    apart = 0
    for number in rare:
        if number + 1 < len(words):
            whole = words[number] + words[number + 1]
            if _SHORTEST < len(whole) <= _LONGEST:
                least = min(known[number], known[number + 1])
                apart += worth(whole) > max(_GAIN + least, _LEAST_COMMON)
    return found, apart


def _halves(
    words: Sequence[str], known: Sequence[float], number: int, scorer: Scorer, *, last: bool
) -> Iterator[_Half]:
    """Yield what may be half of a word: a word, or what is glued to the word of another piece."""
    word = words[number]
    yield number, word, known[number]
    if known[number] <= UNKNOWN and len(word) >= SHORTEST_SPLIT:
        for at in range(2, len(word) - 1):
            half, other = (word[at:], word[:at]) if last else (word[:at], word[at:])
            if scorer.log_probability(other) > UNKNOWN:
                yield number, half, ODD


def reads_on(lines: Sequence[str], scorer: Scorer) -> bool:
    """Return whether words and most of their order are right, so that nothing else was done.

    Args:
        lines: The lines of a document.
        scorer: Judges words and their order.
    """
    full = [body for body in lines if len(body.split(None, FEWEST_WORDS)) > FEWEST_WORDS]
    words = known = 0
    gain = 0.0
    for body in full[:: max(1, len(full) // _SAMPLE)][:_SAMPLE]:
        parts = atoms(body)
        longer = [
            atom.text for atom in parts if atom.kind == WORD_KIND and len(bare(atom.text)) > 2
        ]
        words += len(longer)
        known += sum(scorer.log_probability(word) > UNKNOWN for word in longer)
        units = [unit for unit in scorer.units(parts, turned=False)[0] if unit is not None]
        gain += scorer.score(units) - scorer.score(units[::-1])
    return known >= _LEAST_KNOWN * words and (scorer.persian or gain > 0.0)
