"""Lines of which the drawn order is known, in reading order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from arfix.order.document import STAYS, Document
from arfix.order.hypotheses import LATIN_BASE, Hypothesis
from arfix.order.language import ARABIC_TEXT
from arfix.order.placement import ENDS
from arfix.order.prior import Prior
from arfix.order.render import Line, rendered
from arfix.order.scoring import shared

if TYPE_CHECKING:
    from arfix.resources import Resources

#: What a drawn line may have been, by the base direction of its page.
_FROM_DRAWN: Final = frozenset(("rev", "runs-wide-kept-rev", LATIN_BASE))
#: Nats that speak against a line from right to left of which the stop is drawn at the right.
_EDGE: Final = 3.0
#: Nats that one line says about the base of its page, and that the page says about each line.
_EACH_AT_MOST: Final = 6.0
_ONE_BASE: Final = 4.0
_FEWEST_LINES: Final = 3
_LEAST_TOTAL: Final = 3.0


def in_reading_order(
    visual: Mapping[str, str], resources: Resources
) -> dict[str, tuple[str, float]]:
    """Return lines of which the drawn order is known in reading order, and how sure that is.

    Only the base direction of the page is open: right to left, or left to right.

    Args:
        visual: The lines: the text as it stands, the line as it was drawn.
        resources: The opened models.
    """
    document = Document(list(visual), resources)
    only = _FROM_DRAWN if document.language == ARABIC_TEXT else frozenset(("rev",))
    chosen: list[tuple[Line, Hypothesis, float]] = []
    judged = {body: document.judge(text.strip(), only) for body, text in visual.items()}
    for body, line in judged.items():
        for name in STAYS:
            line.scores.pop(name, None)
        # No line starts with what ends one.
        if visual[body].strip()[-1:] in ENDS and "rev" in line.scores:
            line.scores["rev"] -= _EDGE
    _of_one_base([line.scores for line in judged.values()])
    prior = Prior([(line.kind, line.scores) for line in judged.values()])
    for body, line in judged.items():
        posterior = prior.posterior(line.kind, line.scores)
        best = max(posterior, key=posterior.__getitem__)
        chosen.append((Line(body, line.atoms, line.kind), line.found[best], posterior[best]))
    return rendered(chosen, shared(resources))


def _of_one_base(lines: Sequence[dict[str, float]]) -> None:
    """Add to the scores of lines that a page has one base direction, that which most speak for."""
    gains = []
    for scores in lines:
        others = [score for name, score in scores.items() if name != "rev"]
        if others and "rev" in scores:
            gains.append(scores["rev"] - max(others))
    total = sum(max(-_EACH_AT_MOST, min(_EACH_AT_MOST, gain)) for gain in gains)
    if len(gains) < _FEWEST_LINES or abs(total) < _LEAST_TOTAL:
        return
    from_right = total > 0.0
    for scores in lines:
        for name in scores:
            if (name == "rev") == from_right:
                scores[name] += _ONE_BASE
