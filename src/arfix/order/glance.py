"""A glance at a document: may its lines be out of order? Healthy text is to cost nearly nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from arfix.order.atoms import LETTERS, WORD, atoms
from arfix.order.hypotheses import hypotheses

if TYPE_CHECKING:
    from arfix.order.scoring import Scorer

#: Lines that are looked at, as many again of those with numbers or Latin words in them.
_LINES: Final = 6
#: So much of each.
_CHARS: Final = 90
#: Lines to choose from; a long document is seen in samples.
_MOST: Final = 400
_MIXED: Final = re.compile("[0-9\u0660-\u0669A-Za-z]")
#: What a line looks like that was put together wrongly, whatever its words say.
_SIGN: Final = re.compile(
    f'[{LETTERS}][{LETTERS}](?<!\u0640)[\u00ab\u00bb\u201c\u201d"][{LETTERS}]'
    f"|\\s[.\u060c:\u061f!][{LETTERS}]|^[.\u060c:\u061f!][{LETTERS}]",
    re.MULTILINE,
)
_LEAST_SIGNS: Final = 3
_SIGN_RATE: Final = 0.08
#: Share of known words below which the letters may be in reverse.
_LEAST_KNOWN: Final = 0.6
#: A line of which so many are known is tried with its letters as they stand only.
_SURE: Final = 0.8
#: Nats by which lines must read better in another order, all together.
_GAIN: Final = 4.0
#: So much better any line may read by chance.
_SLIP: Final = 2.5
_PLAIN: Final = frozenset(("words",))
_TURNED: Final = frozenset(("rev", "inplace"))
_RUNS: Final = frozenset(("words", "runs-narrow-back-same"))


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
    if sum(len(_SIGN.findall(body)) for body in seen) >= max(_LEAST_SIGNS, _SIGN_RATE * len(seen)):
        return True
    full = [body for body in seen if body.count(" ") > 2] or list(seen)
    plain = full[:: max(1, len(full) // _LINES)][:_LINES]
    mixed = [body for body in full if _MIXED.search(body, 0, _CHARS)]
    chosen = dict.fromkeys(plain + mixed[:: max(1, len(mixed) // _LINES)][:_LINES])
    known = total = 0
    gain = 0.0
    for body in chosen:
        line = atoms(body[:_CHARS].rpartition(" ")[0] if len(body) > _CHARS else body)
        words = [scorer.is_known(atom.text) for atom in line if atom.kind == WORD]
        known += sum(words)
        total += len(words)
        only = _RUNS if _MIXED.search(body) else _PLAIN
        doubtful = sum(words) < _SURE * len(words)
        if doubtful:
            only |= _TURNED
        forward, backward = scorer.units(line, turned=doubtful)
        scores = []
        for hypothesis in hypotheses(line, only):
            order = [
                unit
                for index, flipped in hypothesis.arrangement
                if (unit := (backward if flipped else forward)[index]) is not None
            ]
            scores.append(scorer.score(order))
        gain += max(0.0, max(scores) - scores[0] - _SLIP)
        if gain > _GAIN:
            return True
    return known < _LEAST_KNOWN * total
