"""AR203 cut-lines: lines cut at what shows nothing of its own: lost codes, small marks, joiners.

What it does:
    Puts the pieces of a line back in order where an extractor cut it at private-use codes that
    are gone from the text, because a later step dropped them as unprintable. Letters stay
    lost here; restoring them comes next (AR301), and needs the words in their order. Puts the
    pieces of a Persian line together that came out as several lines, the last first, because
    it was cut at a hamza over heh or at a joiner; the line breaks go behind the line.

Why:
    A hamza over heh and a joiner are glyphs without a width: tools that put lines together by
    position take what follows one for a new line. Apache PDFBox takes the base direction of a
    drawn line from its left-most strong character. A private-use code is strongly left-to-right,
    so a line that ends with a glyph that has such a code comes out in drawn order, cut at each
    code (see AR201). With the codes stripped nothing shows the cuts but the words: each piece ends
    where a lost glyph is missing, and nowhere else is one missing.

Example:
    In a document of such lines ``ٔ مادر از دور`` and ``پسر خانه`` below it become
    ``پسر خانهٔ مادر از دور``.
    With final yeh lost, ``ف المساء ذهب الرجل إلى الناد`` may have been cut from
    ``ذهب الرجل إلى الناد{yeh} ف{yeh} المساء ...``.

When it stays silent:
    When the document has lost no glyph. When its lines end in words that lost a glyph and yet read
    well, which PDFBox would have cut. Where no line starts with a hamza or a joiner, or only one
    does and makes a word with the end of the next. When the line as it stands is nearly as
    probable, under the same losses, as with its pieces in another order.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from arfix.arcs import SPECIAL_ARCS
from arfix.channel.coded import PRIVATE
from arfix.channel.cuts import LONGEST, SOLID, Completions, CutSearch
from arfix.channel.engine import engine
from arfix.channel.reading import Surroundings, add, read
from arfix.defects.bidi_cut import inverses
from arfix.edits import Edit
from arfix.order.cut_words import cut_words
from arfix.stages import Context, Finding
from arfix.view import Token, tokens

if TYPE_CHECKING:
    from arfix.channel.engine import Engine
    from arfix.channel.inference import LostSet
    from arfix.lattice import Arc

#: By how much (natural log) a line must read better with its pieces in order, and the document
#: with such lines cut.
MARGIN: Final = 3.5
DOCUMENT_MARGIN: Final = 5.0
#: The same for a line where the rest of the document shows well enough that lines were cut.
FURTHER_MARGIN: Final = 2.0
PROVEN: Final = 7.0
#: By how much the best order must beat the second.
RIVAL_MARGIN: Final = 1.5
#: Most that one line says for and against cuts in the document.
FOR: Final = 10.0
AGAINST: Final = -4.0
#: A document that is so far from being a cut one is not looked at any further.
_HOPELESS: Final = -16.0
#: Stands for a stripped code: once as a code, once as a letter so that words stay whole.
_CODE: Final = "\ue000"
_LETTER: Final = "\u08c7"
_NEAR: Final = 3
#: What the likeliest words of an order may lack that all its words together have.
_SLACK: Final = 4.0

#: How sure it is that lines were cut inside words.
_INSIDE: Final = 0.95

#: A line, the line before it and the line behind it.
_Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class _Detail:
    """What is to be done: lines in order, with how sure that is; or for each page its edits."""

    cut: dict[_Key, tuple[str, float]]
    edits: Mapping[str, list[Edit]]


@dataclass(frozen=True, slots=True)
class _Verdict:
    """What one line says.

    Attributes:
        gain: Of the best order over the line as it stands.
        lead: Of the best order over the second. Where it is small the line is cut, but it is
            not known how.
        document: For the document being one whose lines were cut.
        text: The line in its best order.
    """

    gain: float
    lead: float
    document: float
    text: str

    @property
    def weight(self) -> float:
        """What the line says of the document; no line decides alone."""
        return min(max(self.document, AGAINST), FOR)


class CutLines:
    """The stage: puts cut lines in order."""

    code = "AR203"
    name = "cut-lines"

    def detect(self, pages: Sequence[str], context: Context) -> Finding | None:
        """Return the cut lines, None where there are none."""
        inside = cut_words(pages, self.code)
        if inside:
            return self._of_words(pages, inside)
        shared = engine(context.resources)
        found, _ = shared.lost_set(pages, context)
        if found is None:
            return None
        lines = _lines(pages)
        judge = _Judge(shared, found, context)
        verdicts: dict[_Key, _Verdict] = {}
        total = 0.0
        for key in sorted(set(lines)):
            verdict = judge.verdict(*key)
            if verdict is None:
                continue
            total += verdict.weight
            if total < _HOPELESS:
                return None
            if verdict.gain >= FURTHER_MARGIN and verdict.lead >= RIVAL_MARGIN:
                verdicts[key] = verdict
        cut = {
            key: verdict
            for key, verdict in verdicts.items()
            if verdict.gain >= (MARGIN if total - verdict.weight < PROVEN else FURTHER_MARGIN)
            and judge.settled(key, verdict)
        }
        if not cut or total < DOCUMENT_MARGIN:
            return None
        count = sum(key in cut for key in lines)
        sure = 1 / (1 + math.exp(-total))
        confident = {
            key: (verdict.text, sure / (1 + math.exp(-min(verdict.gain, verdict.lead))))
            for key, verdict in cut.items()
        }
        return Finding(
            code=self.code,
            name=self.name,
            count=count,
            rate=count / max(1, len(lines)),
            evidence=(
                f"{count} of {len(lines)} lines read better with their pieces in reverse order"
            ),
            confidence=sure,
            detail=_Detail(confident, {}),
        )

    def _of_words(self, pages: Sequence[str], edits: Mapping[str, list[Edit]]) -> Finding:
        """Return the finding of lines cut inside words; the other cuts come next."""
        count = sum(map(len, edits.values()))
        return Finding(
            code=self.code,
            name=self.name,
            count=count,
            rate=min(1.0, count / max(1, sum(page.count("\n") for page in pages))),
            evidence=f"{count} lines came out in pieces, cut at a hamza or a joiner",
            confidence=_INSIDE,
            detail=_Detail({}, edits),
        )

    def repair(self, page: str, finding: Finding, context: Context) -> list[Edit]:
        """Return the edits that put the cut lines of a page in order."""
        del context
        detail: _Detail = finding.detail
        if detail.edits:
            return detail.edits.get(page, [])
        cut = detail.cut
        edits = []
        for start, key in _placed(page):
            if key in cut:
                text, confidence = cut[key]
                line = key[0]
                edits.append(Edit(self.code, start, start + len(line), line, text, confidence))
        return edits


def _lines(pages: Sequence[str]) -> list[_Key]:
    return [key for page in pages for _, key in _placed(page)]


def _placed(page: str) -> Iterator[tuple[int, _Key]]:
    """Yield the lines that are not empty: offset; the line, the one before, the one behind."""
    placed: list[tuple[int, str]] = []
    start = 0
    for line in page.split("\n"):
        body = line.strip()
        if body:
            placed.append((start + line.index(body[0]), body))
        start += len(line) + 1
    for number, (offset, line) in enumerate(placed):
        before = placed[number - 1][1] if number else ""
        behind = placed[number + 1][1] if number + 1 < len(placed) else ""
        yield offset, (line, before, behind)


class _Judge:
    """Judges the lines of one document."""

    def __init__(self, shared: Engine, found: LostSet, context: Context) -> None:
        self._restorer = shared.restorer
        self._resources = context.resources
        self._model = context.resources.language_model.ngrams
        self._words = Completions(shared.restorer, found)
        self._edges: dict[str, tuple[list[Arc], list[Arc]]] = {}

    def verdict(self, line: str, before: str, behind: str) -> _Verdict | None:
        """Return what a line says, None where it says nothing."""
        if len(line) > 40 * LONGEST or PRIVATE.search(line):
            return None
        inner = _inner(list(tokens(line)))
        if not 2 <= len(inner) <= LONGEST or inner[-1].kind != "word":
            return None
        lattice = [self._arcs(token) for token in inner]
        own = [arcs[:1] for arcs in lattice]
        last = inner[-1].bare
        if not self._words.closes(last) and not self._words.opens(last):
            return None
        around = Surroundings(self._edge(before)[1], self._edge(behind)[0], self._model)
        free = around.close(read(around.start, lattice, self._model))
        single = self._words.of((last,), final=True)
        inside = tuple(arc for arc in lattice[-1] if arc not in single)
        kept = around.close(read(around.start, [*lattice[:-1], inside], self._model))
        search = CutSearch(inner, [arcs[0] for arcs in own], self._words, around, self._resources)
        scores: dict[str, float] = {}
        for places in search.search(free - _SLACK):
            for score, order in self._orders(line, inner, places, around):
                scores[order] = max(score, scores.get(order, -math.inf))
        ranked = sorted((-score, order) for order, score in scores.items())
        best, text = (-ranked[0][0], ranked[0][1]) if ranked else (-math.inf, line)
        lead = best + ranked[1][0] if len(ranked) > 1 else math.inf
        explained = kept
        if single:
            ended = around.close(read(around.start, [*own[:-1], single], self._model))
            explained = add(explained, ended)
        if best > -math.inf:
            explained = add(explained, best)
        return _Verdict(best - free, lead, explained - free, text)

    def settled(self, key: _Key, verdict: _Verdict) -> bool:
        """Return whether a line in its new order would be left alone."""
        again = self.verdict(verdict.text.strip(), *key[1:])
        return again is None or again.gain < FURTHER_MARGIN

    def _arcs(self, token: Token) -> tuple[Arc, ...]:
        if token.bare:
            return self._words.all(token.bare)
        return SPECIAL_ARCS[token.kind]

    def _edge(self, line: str) -> tuple[list[Arc], list[Arc]]:
        """Return the first and the last words of a line, as they probably were."""
        known = self._edges.get(line)
        if known is None:
            found = [token for token in tokens(line) if token.kind != "blank"]
            first, last = found[: 2 * LONGEST], found[-2 * LONGEST :]
            known = self._edges[line] = (
                self._likely(_inner(first)[: 2 * _NEAR])[:_NEAR],
                self._likely(last[-2 * _NEAR :])[-_NEAR:],
            )
        return known

    def _likely(self, found: Sequence[Token]) -> list[Arc]:
        lattice = [self._arcs(token) for token in found]
        rows = self._restorer.posteriors(lattice)
        return [
            arcs[max(range(len(arcs)), key=row.__getitem__)]
            for arcs, row in zip(lattice, rows, strict=True)
        ]

    def _orders(
        self,
        line: str,
        inner: Sequence[Token],
        places: Sequence[tuple[int, int]],
        around: Surroundings,
    ) -> Iterator[tuple[float, str]]:
        """Yield the line in order, with its score, if the extractor would cut it so."""
        coded, last = [], 0
        for number, offset in places:
            at = inner[number].start + offset
            coded += [line[last:at], _CODE]
            last = at
        for text in inverses("".join([*coded, line[last:]])):
            lattice: list[tuple[Arc, ...]] = []
            for token in _inner(list(tokens(text.replace(_CODE, _LETTER)))):
                if _LETTER not in token.bare:
                    lattice.append(self._arcs(token)[:1])
                    continue
                fragments = tuple(token.bare.split(_LETTER))
                final = not fragments[-1]
                lattice.append(self._words.of(fragments[:-1] if final else fragments, final=final))
            if all(lattice):
                score = around.close(read(around.start, lattice, self._model))
                order = text.replace(_CODE, "")
                if order != line:
                    yield score, order


def _inner(found: Sequence[Token]) -> Sequence[Token]:
    """Return the tokens without the punctuation at either edge, which may have moved."""
    start, end = 0, len(found)
    while start < end and found[start].kind not in SOLID:
        start += 1
    while end > start and found[end - 1].kind not in SOLID:
        end -= 1
    return found[start:end]
