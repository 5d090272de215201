"""Several drawn lines in one, each with its stretches from left to right.

On a page with a left-to-right base, a line of Arabic with a number in it is drawn as ``P2 12 P1``,
to be read ``P1 12 P2``. An extractor that loses the ends of lines, too, hands out several such
lines as one. Where one ends and the next begins, only the words can tell.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from arfix.order.atoms import LATIN, NUMBER, SPACE, WORD, Atom
from arfix.order.hypotheses import SEVERAL, SEVERAL_REVERSED, Hypothesis
from arfix.order.placement import ENDS
from arfix.view import TATWEEL

if TYPE_CHECKING:
    from arfix.order.placement import Arrangement
    from arfix.order.scoring import Scorer, Unit

#: Nats by which each drawn line must pay: it may start and end anywhere.
SPAN_COST: Final = 4.0
#: The same for a line that holds any.
LINE_COST: Final = 4.0
_LONGEST: Final = 45
_FEWEST: Final = 4
_STATES: Final = 3
_STROKE: Final = "/"
#: What is drawn at the end of its line, and not with the words before it.
_STOPS: Final = ENDS - frozenset(":\u060c")
#: The letters of eras, which stand behind their year.
_ERAS: Final = frozenset("\u0647\u0645")
#: What a bracket around a label or a remark may hold.
_LONGEST_LABEL: Final = 8
#: Nats for a stroke without its number, or a bracket that closes behind a word without one.
_SIGN_COST: Final = 6.0
_NONE: Final = -1

#: The score, the token before which the last step starts, whether that step is a drawn line, and
#: the last token of what comes before it.
_State = tuple[float, int, bool, int]


@dataclass(slots=True)
class _Tokens:
    """What the model sees of an arrangement, and where that stands.

    Attributes:
        atoms: The atoms in their arrangement.
        places: Where the tokens stand among them.
        units: What the model sees of each.
        kinds: The kinds of their atoms.
        stops: Which of them end a sentence or clause.
        open: Behind which a stroke stands that wants a number.
        led: Before which a bracket closes that was never opened.
        cuts: Where a piece begins that starts with each of them, and where the last one ends.
        eras: Which of them are the letter of an era.
        tied: Which of them are signs that hang on what stands before them.
    """

    atoms: list[Atom]
    places: list[int]
    units: list[Unit]
    kinds: list[str]
    stops: list[bool]
    open: list[bool]
    led: list[bool]
    cuts: list[int]
    eras: list[bool]
    tied: list[bool]

    def fit(self, before: int, after: int, scorer: Scorer) -> float:
        """Return how well a token follows another, or the start of the line."""
        score = scorer.pair(self.units[before] if before != _NONE else None, self.units[after])
        number = before != _NONE and self.kinds[before] == NUMBER
        if self.led[after] and not number:
            score -= _SIGN_COST
        if before != _NONE and self.open[before] and self.kinds[after] != NUMBER:
            score -= _SIGN_COST
        elif before != _NONE and self.eras[before] and not self.open[before]:
            score -= _SIGN_COST * (self.kinds[after] == NUMBER)
        return score


def several_lines(
    line: Sequence[Atom],
    forward: Sequence[Unit | None],
    backward: Sequence[Unit | None],
    only: frozenset[str] | None,
    scorer: Scorer,
) -> Iterator[tuple[Hypothesis, float]]:
    """Yield the hypotheses that a line is several drawn lines, and what that costs.

    Args:
        line: The atoms.
        forward: What the model sees of each as it stands.
        backward: The same with its letters in reverse.
        only: Names of those to make; all when None.
        scorer: Judges pairs of words.
    """
    size = len(line)
    for name in SEVERAL:
        if only is None or name in only:
            turned = name == SEVERAL_REVERSED
            places = range(size - 1, -1, -1) if turned else range(size)
            base = tuple((index, turned and line[index].kind == WORD) for index in places)
            units = [(backward if flipped else forward)[index] for index, flipped in base]
            found = several(line, base, units, scorer)
            if found is not None:
                yield Hypothesis(name, found[0], turned), found[1]


def several(
    line: Sequence[Atom], base: Arrangement, units: Sequence[Unit | None], scorer: Scorer
) -> tuple[Arrangement, float] | None:
    """Return the arrangement with each drawn line in order, and what that says for it.

    Args:
        line: The atoms.
        base: Their arrangement as drawn from left to right, with the letters of words in order.
        units: What the model sees of each place of the arrangement.
        scorer: Judges pairs of them.
    """
    tokens = _tokens([line[index] for index, _ in base], units)
    if len(tokens.places) < _FEWEST or NUMBER not in tokens.kinds:
        return None
    spans = _spans(tokens, scorer)
    if not spans:
        return None
    whole = spans == [(0, len(tokens.places))]
    order: list[int] = []
    position = 0
    for low, high in spans:
        order += range(position, tokens.cuts[low])
        order += _turned(tokens, low, high)
        position = tokens.cuts[high]
    order += range(position, len(base))
    _close_up(tokens, order)
    return tuple(
        base[place] for place in order
    ), -SPAN_COST if whole else -LINE_COST - SPAN_COST * len(spans)


def _tokens(atoms: list[Atom], units: Sequence[Unit | None]) -> _Tokens:
    places = [place for place, unit in enumerate(units) if unit is not None]
    tokens = _Tokens(
        atoms,
        places,
        [unit for unit in units if unit is not None],
        [atoms[place].kind for place in places],
        [atoms[place].text in _STOPS for place in places],
        [],
        [],
        [],
        [atoms[place].text.strip(TATWEEL) in _ERAS for place in places],
        [
            atoms[place].text in ENDS and place > 0 and atoms[place - 1].kind != SPACE
            for place in places
        ],
    )
    strays = _strays(atoms)
    for before, place in zip([_NONE, *places], [*places, len(atoms)], strict=True):
        gap = range(before + 1, place)
        signs = [at for at in gap if atoms[at].kind != SPACE]
        stray = next((at for at in signs if at in strays), None)
        tokens.cuts.append(place if stray is None else stray)
        if before < 0:
            tokens.cuts[0] = 0
        tokens.led.append(stray is not None)
        if stray is None and before >= 0:
            # A bracket or quotation mark that opens goes with what it opens.
            for at in signs:
                if atoms[at].text != _STROKE and (at == before + 1) < (at == signs[-1]):
                    tokens.cuts[-1] = at if at + 1 == place else place
        stroke = signs[-1] if signs and atoms[signs[-1]].text == _STROKE else _NONE
        hangs = stroke != _NONE and stroke + 1 == place and atoms[stroke - 1].kind == SPACE
        if before >= 0:
            tokens.open.append(stroke != _NONE and not hangs and atoms[before].kind == WORD)
            if hangs and stray is None:
                tokens.cuts[-1] = stroke
    return tokens


def _strays(atoms: Sequence[Atom]) -> set[int]:
    """Return where brackets close that were not opened shortly before."""
    found: set[int] = set()
    opened = _NONE
    for at, atom in enumerate(atoms):
        if atom.text == "(":
            opened = at
        elif atom.text == ")":
            inside = [part for part in atoms[opened + 1 : at] if part.kind != SPACE]
            broken = any(
                part.text == _STROKE and after.kind != NUMBER for part, after in pairwise(inside)
            )
            if opened == _NONE or broken or len(inside) > _LONGEST_LABEL:
                found.add(at)
            opened = _NONE
    return found


def _spans(tokens: _Tokens, scorer: Scorer) -> list[tuple[int, int]]:
    """Return from which to which token drawn lines with numbers in them reach."""
    kinds, stops = tokens.kinds, tokens.stops
    size = len(kinds)

    def fit(before: int, after: int) -> float:
        return tokens.fit(before, after, scorer)

    inner = [0.0] * size
    for place in range(1, size):
        inner[place] = inner[place - 1] + fit(place - 1, place)
    best: list[dict[int, _State]] = [{} for _ in range(size + 1)]
    best[0][_NONE] = (0.0, 0, False, _NONE)

    def put(end: int, last: int, state: _State) -> None:
        known = best[end].get(last)
        if known is None or state[0] > known[0]:
            best[end][last] = state

    for start in range(size):
        states = sorted(best[start].items(), key=lambda item: -item[1][0])[:_STATES]
        best[start] = dict(states)
        for last, (score, *_) in states:
            put(start + 1, start, (score + fit(last, start), start, False, last))
        if stops[start] or tokens.tied[start]:
            continue
        body, number, first = 0.0, _NONE, _NONE
        for token in range(start, min(size, start + _LONGEST)):
            if kinds[token] == LATIN:
                break
            if kinds[token] == NUMBER:
                low = start if number == _NONE else number + 1
                if number == _NONE:
                    first = token
                if low < token:
                    body += fit(token, low) + inner[token - 1] - inner[low]
                    if number != _NONE:
                        body += fit(token - 1, number)
                elif number != _NONE:
                    body += fit(token, number)
                number = token
            if number == _NONE or (token + 1 < size and tokens.tied[token + 1]):
                continue
            stop = stops[token]
            final = token - stop
            ends = first - 1 if first > start else first
            for last, (score, *_) in states:
                if final > number:
                    head = fit(last, number + 1) + inner[final] - inner[number + 1]
                    head += fit(final, number)
                else:
                    head = fit(last, number)
                total = score + head + body - SPAN_COST
                if stop:
                    put(token + 1, token, (total + fit(ends, token), start, True, last))
                else:
                    put(token + 1, ends, (total, start, True, last))
    found: list[tuple[int, int]] = []
    end = size

    def closed(last: int) -> float:
        return best[size][last][0] + scorer.closing(tokens.units[last])

    last = max(best[size], key=closed)
    while end:
        _, start, drawn, before = best[end][last]
        if drawn:
            found.append((start, end))
        end, last = start, before
    return found[::-1]


def _close_up(tokens: _Tokens, order: list[int]) -> None:
    """Put the blank before a stop that hangs on the next word behind it."""
    atoms = tokens.atoms
    for at in range(len(order) - 2, 0, -1):
        blank, stop, after = order[at - 1 : at + 2]
        if atoms[blank].kind == atoms[stop].kind == SPACE and blank + 1 != stop:
            del order[at]
            continue
        if (
            atoms[blank].kind == SPACE
            and atoms[stop].text in ENDS
            and atoms[after].kind in (WORD, NUMBER)
        ):
            order[at - 1 : at + 1] = stop, blank


def _turned(tokens: _Tokens, low: int, high: int) -> list[int]:
    """Return the places of one drawn line in order: its stretches in reverse, a stop at its end."""
    atoms = tokens.atoms
    at, end = tokens.cuts[low], tokens.cuts[high]
    if tokens.stops[high - 1]:
        end = tokens.places[high - 1]
        while end > at and atoms[end - 1].kind == SPACE:
            end -= 1
    stretches: list[range] = []
    for token in range(low, high):
        place = tokens.places[token]
        if tokens.led[token] and token > low and tokens.kinds[token - 1] == NUMBER:
            # Its number stood on the other side: the blank before the bracket is of another.
            at = tokens.cuts[token]
        if tokens.kinds[token] == NUMBER:
            # Signs between two numbers stand as they were drawn.
            signs = token > low and tokens.kinds[token - 1] == NUMBER
            gap = range(at, place)
            stretches += [gap[::-1] if signs else gap, range(place, place + 1)]
            at = place + 1
    stretches.append(range(at, end))
    order = [place for stretch in reversed(stretches) for place in stretch]
    _close_stroke(atoms, order, len(stretches[-1]))
    rest = list(range(end, tokens.cuts[high]))
    if rest and atoms[rest[0]].kind == SPACE:
        del rest[0]
    blanks = []
    while rest and order and atoms[order[-1]].kind == SPACE:
        blanks.append(order.pop())
    if rest and atoms[rest[-1]].kind != SPACE:
        rest += blanks[:1]
    return [*order, *rest]


def _close_stroke(atoms: Sequence[Atom], order: list[int], size: int) -> None:
    """Take the blank off behind a stroke that hangs on a letter, in front of its number.

    Args:
        atoms: The atoms.
        order: The places of a drawn line in order.
        size: How many of them are the first stretch.
    """
    last = size - 1
    while last > 1 and atoms[order[last]].kind == SPACE:
        last -= 1
    if last > 1 and atoms[order[last]].text == _STROKE and atoms[order[last - 1]].kind == WORD:
        del order[last + 1 : size]
