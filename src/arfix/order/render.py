"""Lines as text, once their order is known: how brackets turn, and where marks stand."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from arfix.order.atoms import (
    LATIN,
    NUMBER,
    PUNCTUATION,
    SPACE,
    WORD,
    Atom,
    mirrored,
    turned,
    turned_between,
)
from arfix.order.drawn import DRAWN_WAYS
from arfix.order.each import turned_but_tail
from arfix.order.hypotheses import PIECES, Hypothesis
from arfix.order.placement import ENDS, QUOTES
from arfix.order.segments import put_back
from arfix.view import MARK_CLASS, TATWEEL

if TYPE_CHECKING:
    from arfix.order.scoring import Scorer

#: Hypotheses under which brackets were never drawn backwards.
_PUT_TOGETHER: Final = frozenset((PIECES, "signals", "each", "inplace-short"))
_BRACKET: Final = re.compile(r"[()\[\]\u00ab\u00bb\u2039\u203a]")
_QUOTE: Final = re.compile('"')
_ROUND: Final = re.compile(r"[()]")
_OPENING: Final = frozenset("([\u00ab\u2039")
#: What is in the names of the hypotheses that turn words where they stand.
INPLACE: Final = "inplace"
#: Words that show how those with a lam-alef are turned, and longer than what they are.
_FEWEST_BETWEEN: Final = 2
_SHORTEST: Final = 3
#: The letters behind a year: Hijri, common.
_ERAS: Final = frozenset("\u0647\u0645")
_CLITICS: Final = frozenset("\u0648\u0641\u0628\u0644\u0643")
_ENDS_IN_MARK: Final = re.compile(f"[{MARK_CLASS}]\\Z")
_STARTS_WITH_MARK: Final = re.compile(f"[{MARK_CLASS}]")


@dataclass(slots=True)
class Line:
    """A line, its atoms, and how each hypothesis about it reads."""

    text: str
    atoms: list[Atom]
    kind: str
    found: dict[str, Hypothesis] = field(default_factory=dict)
    scores: dict[str, float] = field(default_factory=dict)


def rendered(
    chosen: Sequence[tuple[Line, Hypothesis, float]], scorer: Scorer
) -> dict[str, tuple[str, float]]:
    """Return the lines as text; how brackets and marks turn is one decision for each way.

    Args:
        chosen: The lines, each with its hypothesis and how sure that is.
        scorer: Knows words.
    """
    clusters = _keeps_clusters(chosen)
    between = _turns_between(chosen, scorer.is_word)
    senses: dict[str, int] = {}
    for line, hypothesis, _ in chosen:
        for mirror in (False, True):
            text = render(line.atoms, hypothesis, mirror=mirror, clusters=clusters, between=between)
            sense = bracket_sense(text)
            senses[hypothesis.name] = senses.get(hypothesis.name, 0) + (sense if mirror else -sense)
    result = {}
    for line, hypothesis, share in chosen:
        sense = senses[hypothesis.name]
        put_together = hypothesis.exact or hypothesis.name in _PUT_TOGETHER
        mirror = sense > 0 or (sense == 0 and not put_together)
        text = render(line.atoms, hypothesis, mirror=mirror, clusters=clusters, between=between)
        if text != line.text:
            result[line.text] = (text, min(share, 0.999))
    return result


def render(
    line: Sequence[Atom],
    hypothesis: Hypothesis,
    *,
    mirror: bool,
    clusters: bool,
    between: bool = False,
) -> str:
    """Return the line as a hypothesis has it.

    Args:
        line: Its atoms.
        hypothesis: The arrangement.
        mirror: Whether brackets become their mirror images.
        clusters: Whether marks stay behind their letters when a word is turned.
        between: Whether words that are turned in place are turned between their lam-alefs.
    """
    parts: list[str] = []
    previous = 0
    spaced = hypothesis.name in DRAWN_WAYS
    for index, flipped in hypothesis.arrangement:
        atom = line[index]
        # What was drawn apart, and comes together now, has a space between.
        if parts and abs(index - previous) > 1 and not hypothesis.exact:
            # The blank in front of a line was taken off.
            stays = spaced and index > 0
            apart = _are_apart(line[previous], atom, spaced=stays)
            if apart or _was_apart(line, previous):
                parts.append(" ")
        previous = index
        if hypothesis.exact:
            text = _exactly(atom, flipped=flipped)
            parts.append(mirrored(text) if mirror and atom.kind == PUNCTUATION else text)
        elif flipped and between and INPLACE in hypothesis.name:
            parts.append(turned_between(atom.text))
        elif flipped:
            each = hypothesis.each
            parts.append(
                turned_but_tail(atom.text) if each else turned(atom.text, clusters=clusters)
            )
        elif mirror and atom.kind == PUNCTUATION:
            parts.append(mirrored(atom.text))
        else:
            parts.append(atom.text)
    return "".join(parts).strip()


def _exactly(atom: Atom, *, flipped: bool) -> str:
    if not flipped:
        return atom.text
    return put_back(atom.text) if atom.kind == LATIN else mirrored(atom.text)


def sides(line: Sequence[Atom], hypothesis: Hypothesis) -> int:
    """Return how many brackets and quotation marks have their space outside, less the others."""
    texts = [render(line, hypothesis, mirror=way, clusters=False) for way in (False, True)]
    return max(bracket_sense(text) + _quote_sense(text) - _unpaired(text) for text in texts)


def _unpaired(text: str) -> int:
    """Return how many round brackets open twice or close what is closed."""
    depth = found = 0
    for match in _ROUND.finditer(text):
        step = 1 if match.group() == "(" else -1
        if not 0 <= depth + step <= 1:
            found += 1
        else:
            depth += step
    return found


def _quote_sense(text: str) -> int:
    total = 0
    for number, match in enumerate(_QUOTE.finditer(text)):
        before = match.start() > 0 and not text[match.start() - 1].isspace()
        after = match.end() < len(text) and not text[match.end()].isspace()
        if before != after:
            total += 1 if after == (number % 2 == 0) else -1
    return total


def _are_apart(before: Atom, atom: Atom, *, spaced: bool) -> bool:
    """Return whether there is a space between two atoms that come together.

    Args:
        before: The first.
        atom: The second.
        spaced: Whether the spaces round quotation marks stand where they belong already.
    """
    if spaced and (before.kind == PUNCTUATION or atom.kind == PUNCTUATION):
        return False
    # A conjunction or preposition of one letter hangs on the number behind it.
    if before.text in _CLITICS and atom.kind in (NUMBER, LATIN):
        return False
    # The letter of an era hangs on the year before it.
    if before.kind == NUMBER and atom.kind == WORD and atom.text.strip(TATWEEL) in _ERAS:
        return False
    return (_is_solid(before) or before.text in ENDS) and _is_solid(atom)


def _was_apart(line: Sequence[Atom], index: int) -> bool:
    """Return whether a stroke at an edge of a line, where blanks are taken off, had two."""
    inside = 1 if index == 0 else index - 1 if index == len(line) - 1 else index
    return line[index].text == "/" and inside < len(line) and line[inside].kind == SPACE


def _is_solid(atom: Atom) -> bool:
    """Return whether an atom has a space between itself and the next of its like."""
    return atom.kind not in (SPACE, PUNCTUATION) or atom.text in QUOTES


def bracket_sense(text: str) -> int:
    """Return how many brackets stand on their right side, less those on the wrong side.

    Example:
        >>> bracket_sense("قال (أمس) ذلك"), bracket_sense("قال )أمس( ذلك")
        (2, -2)
    """
    total = 0
    for match in _BRACKET.finditer(text):
        before = match.start() > 0 and text[match.start() - 1].isalnum()
        after = match.end() < len(text) and text[match.end()].isalnum()
        if before != after:
            total += 1 if (match.group() in _OPENING) == after else -1
    return total


def _keeps_clusters(chosen: Sequence[tuple[Line, Hypothesis, float]]) -> bool:
    """Return whether in words to be turned the marks stand behind their letters already."""
    ends = starts = 0
    for line, hypothesis, _ in chosen:
        if hypothesis.turned:
            for atom in line.atoms:
                if atom.kind == WORD:
                    ends += _ENDS_IN_MARK.search(atom.text) is not None
                    starts += _STARTS_WITH_MARK.match(atom.text) is not None
    return ends > starts


def _turns_between(
    chosen: Sequence[tuple[Line, Hypothesis, float]], is_word: Callable[[str], bool]
) -> bool:
    """Return whether words turned in place are words only if turned between their lam-alefs."""
    ways: tuple[Callable[[str], str], ...] = (turned_between, turned)
    seen: list[set[str]] = [set(), set()]
    for line, hypothesis, _ in chosen:
        if INPLACE not in hypothesis.name:
            continue
        words = [atom.text for atom in line.atoms if atom.kind == WORD]
        for before, word, after in zip(["", *words], words, [*words[1:], ""], strict=False):
            one, other = (way(word) for way in ways)
            if one == other:
                continue
            # Where the stretches were taken for words, only together they are one.
            for way, made in zip(ways, (one, other), strict=True):
                for whole in (made, made + way(after), way(before) + made):
                    if len(whole) > _SHORTEST and is_word(whole):
                        seen[way is turned].add(whole)
    between, whole_ = map(len, seen)
    return between >= _FEWEST_BETWEEN and between > whole_
