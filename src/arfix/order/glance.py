"""A glance at a document: may its lines be out of order? Healthy text is to cost nearly nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from arfix.lm.ngrams import UNKNOWN
from arfix.order.atoms import DIGITS, LETTERS, WORD, atoms
from arfix.order.hypotheses import hypotheses
from arfix.order.persian import backwards

if TYPE_CHECKING:
    from arfix.order.scoring import Scorer
    from arfix.resources import Resources

#: Lines that are looked at, as many again of those with numbers or Latin words in them.
_LINES: Final = 6
#: So much of each.
_CHARS: Final = 90
#: Lines to choose from; a long document is seen in samples.
_MOST: Final = 400
_MIXED: Final = re.compile("[0-9\u0660-\u0669A-Za-z]")
#: Where stretches of a line were put together, numbers touch words; of such a line more is read.
_GLUED: Final = re.compile(f"[{LETTERS}]{{3}}[{DIGITS}]|[{DIGITS}][{LETTERS}]{{2}}")
_CHARS_GLUED: Final = 200
#: What a line looks like that was put together wrongly, whatever its words say.
_SIGN: Final = re.compile(
    f'[{LETTERS}][{LETTERS}](?<!\u0640)[\u00ab\u00bb\u201c\u201d"][{LETTERS}]'
    f"|\\s[.\u060c:\u061f!][{LETTERS}]|^[.\u060c:\u061f!][{LETTERS}]"
    # The label of a decree without its number.
    f"|[()][{LETTERS}]\\s?/\\s*[.{LETTERS}]",
    re.MULTILINE,
)
_LEAST_SIGNS: Final = 3
_SIGN_RATE: Final = 0.08
#: Share of known words below which the letters may be in reverse.
_LEAST_KNOWN: Final = 0.6
#: How many more of them must be known in reverse then.
_LEAST_BACKWARD: Final = 0.4
#: Share of the longer words that are in the table where Persian has its spaces.
_LEAST_PERSIAN: Final = 0.4
_SHORT: Final = 2
#: A line of which so many are known is tried with its letters as they stand only.
_SURE: Final = 0.8
#: Nats by which lines must read better in another order, all together.
_GAIN: Final = 4.0
#: So much better any line may read by chance.
_SLIP: Final = 2.5
#: The same for words of two letters, by how common they are.
_SHORT_GAIN: Final = 8.0
#: Words of a line, and their share that is known in reverse only.
_FEWEST_BACKWARD: Final = 4
_MOST_BACKWARD: Final = 0.7
_PLAIN: Final = frozenset(("words",))
_TURNED: Final = frozenset(("rev", "inplace"))
_RUNS: Final = frozenset(("words", "runs-narrow-back-same", "runs-wide-back-same"))


def is_suspect(bodies: Sequence[str], scorer: Scorer) -> bool:
    """Return whether a closer look at a document is due.

    Args:
        bodies: Its lines.
        scorer: Judges orders.
    """
    if not bodies:
        return False
    step = max(1, len(bodies) // _MOST)
    seen = bodies[::step]
    if _shows_signs(seen):
        return True
    full = [body for body in seen if len(body.split(None, 3)) > 3] or list(seen)
    plain = full[:: max(1, len(full) // _LINES)][:_LINES]
    mixed = [body for body in full if _MIXED.search(body, 0, _CHARS)]
    chosen = dict.fromkeys(plain + mixed[:: max(1, len(mixed) // _LINES)][:_LINES])
    known = total = backward_known = 0
    gain = short = 0.0
    for body in chosen:
        size = _CHARS_GLUED if _GLUED.search(body, 0, _CHARS_GLUED) else _CHARS
        line = atoms(body[:size].rsplit(None, 1)[0] if len(body) > size else body)
        words = [scorer.is_known(atom.text) for atom in line if atom.kind == WORD]
        known += sum(words)
        total += len(words)
        short += sum(
            scorer.reversal_gain(atom.text)
            for atom in line
            if len(atom.text) == 2 and atom.kind == WORD
        )
        only = _RUNS if _MIXED.search(body) else _PLAIN
        doubtful = sum(words) < _SURE * len(words)
        if doubtful:
            only |= _TURNED
        forward, backward = scorer.units(line, turned=doubtful)
        if doubtful:
            backward_known += sum(
                unit is not None and unit[0] != UNKNOWN and atom.kind == WORD
                for atom, unit in zip(line, backward, strict=True)
            )
        scores = []
        for hypothesis in hypotheses(line, only):
            order = [
                unit
                for index, flipped in hypothesis.arrangement
                if (unit := (backward if flipped else forward)[index]) is not None
            ]
            scores.append(scorer.score(order))
        gain += max(0.0, max(scores) - scores[0] - _SLIP)
        if gain > _GAIN or short > _SHORT_GAIN:
            return True
    # Words of another language are unknown both ways, and more so in reverse.
    return known < _LEAST_KNOWN * total and backward_known > _LEAST_BACKWARD * known


def backward_lines(bodies: Sequence[str], scorer: Scorer) -> list[str]:
    """Return the lines of which most words are words only with their letters in reverse.

    Args:
        bodies: The lines.
        scorer: Knows words.
    """
    found = []
    for body in bodies:
        if _reads_well(body, scorer):
            continue
        words = [atom.text for atom in atoms(body) if atom.kind == WORD and len(atom.text) > _SHORT]
        if len(words) < _FEWEST_BACKWARD:
            continue
        as_it_is = sum(map(scorer.is_known, words))
        if as_it_is > (1.0 - _MOST_BACKWARD) * len(words):
            continue
        turned = sum(scorer.turned_unit(word)[0] != UNKNOWN for word in words)
        if turned >= _MOST_BACKWARD * len(words):
            found.append(body)
    return found


def _reads_well(body: str, scorer: Scorer) -> bool:
    """Return whether too many words of a line are known for it to be in reverse: a quick look."""
    # No line has more words of more than two letters than this, each with a sign behind it.
    most = (1.0 - _MOST_BACKWARD) * (len(body) + 1) / (_SHORT + 2)
    known = 0
    for piece in body.split():
        if len(piece) > _SHORT and scorer.is_known(piece):
            known += 1
            if known > most:
                return True
    return False


def is_suspect_persian(bodies: Sequence[str], resources: Resources) -> bool:
    """Return whether a closer look at a Persian document is due.

    Args:
        bodies: Its lines.
        resources: The table of Persian words; no model knows Persian sentences.
    """
    seen = bodies[:: max(1, len(bodies) // _MOST)]
    if _shows_signs(seen) or backwards(seen) >= _LEAST_SIGNS:
        return True
    chosen = seen[:: max(1, len(seen) // _LINES)][:_LINES]
    words = " ".join(body[:_CHARS] for body in chosen).split()
    words = [word for word in words if len(word) > _SHORT]
    forward = sum(word in resources.persian for word in words)
    backward = sum(word[::-1] in resources.persian for word in words)
    return backward > _LEAST_BACKWARD * forward or forward < _LEAST_PERSIAN * len(words)


def _shows_signs(seen: Sequence[str]) -> bool:
    signs = sum(len(_SIGN.findall(body)) for body in seen)
    return signs >= max(_LEAST_SIGNS, _SIGN_RATE * len(seen))
