"""AR201 bidi-cut-lines: lines that an extractor cut at codes, vowel marks or other fonts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from arfix.bidi import Base, pdfbox_pass, visual
from arfix.channel.coded import (
    PRIVATE,
    PRIVATE_CLASS,
    CodedWords,
    bullets,
    collect,
    is_coded,
)
from arfix.channel.symbols import Solver
from arfix.channel.votes import Models
from arfix.cipher.runs import uncut
from arfix.edits import Edit
from arfix.order import glyph_cuts
from arfix.order.language import OTHER, PERSIAN, language
from arfix.order.line_edits import Reordered, line_edits
from arfix.order.pushed import pushed
from arfix.order.regrouped import regrouped
from arfix.order.scoring import Scorer, shared
from arfix.order.seams import sewn
from arfix.order.torn import torn
from arfix.stages import Finding
from arfix.view import LETTER_CLASS

if TYPE_CHECKING:
    from arfix.stages import Context

#: The first strong character of a line is a symbol. Digits and punctuation may precede it.
STARTS_WITH_SYMBOL: Final = re.compile(rf"[^\w{PRIVATE_CLASS}]*[0-9]*[{PRIVATE_CLASS}]")
#: Symbols that stand together change places even in lines that were not cut.
_NEIGHBOURS: Final = re.compile(
    f"[{PRIVATE_CLASS}][^{LETTER_CLASS}A-Za-z{PRIVATE_CLASS}\\n]{{0,9}}[{PRIVATE_CLASS}0-9]"
    f"|[0-9][^{LETTER_CLASS}A-Za-z{PRIVATE_CLASS}\\n]{{0,9}}[{PRIVATE_CLASS}]"
)
#: The end of a line at its start: the page had a left-to-right base.
_DISPLACED_STOP: Final = re.compile(f'[.!?:\u061f][\u00ab("]?[{LETTER_CLASS}]')
_LATIN: Final = re.compile("[A-Za-z\u00c0-\u024f]")
_STRONG: Final = re.compile(f"[{LETTER_CLASS}{PRIVATE_CLASS}A-Za-z\u00c0-\u024f]")
_ARABIC: Final = re.compile(f"[{LETTER_CLASS}]")
#: A drawn line is never this long; a text in one line was not cut by line.
_LONGEST_LINE: Final = 2000
_MOST_LINES: Final = 2500
#: Nats by which the words of a line must read better, first line and further lines.
_MARGIN: Final = 6.0
_FURTHER_MARGIN: Final = 2.0
_ORDER_MARGIN: Final = 4.0
_TURNED_MARGIN: Final = 0.5
_SEWN: Final = 0.9
#: So much difference between words needs no sentence model.
_CLEAR: Final = 30.0


@dataclass(frozen=True, slots=True)
class CutLines:
    """The lines to put back in order: the line as it stands, the line in order."""

    lines: dict[str, tuple[str, float]]


@dataclass(frozen=True, slots=True)
class Torn:
    """The lines to put together: for each page the edits."""

    edits: dict[str, list[Edit]]


class BidiCut:
    """Put back the pieces of lines that were cut at private-use codes or vowel marks.

    What it does:
        Undoes the bidirectional pass of Apache PDFBox (and Tika) on lines whose left-most
        drawn character has a private-use code, and that of tools which cut each line at every
        code, some of them at guillemets as well, or leave the pieces in order, each in reverse.
        Puts lines together that were torn at their marks, each piece on a line of its own, the
        last one first; the line breaks go to the end. Sews lines that were cut inside words at a
        glyph without a letter, at marks that another font drew, or at letters drawn apart, where
        halves of words come together only so.

    Why:
        PDFBox takes the drawn line for text whose base direction is that of its first strong
        character, and a private-use code is strongly left-to-right. If a line ends, at its
        left edge, with a letter whose glyph has such a code, the line gets the wrong base: its
        pieces come out in drawn order, cut at each code. Other extractors start a new line where
        the glyph of a mark stands higher or lower than those of the letters, or hand out the
        stretches between two fonts as they were drawn, the last one first.

    Example:
        With final yeh coded as U+E001, ``{E001}ذهب إلى النواد`` stands for
        ``ذهب إلى النواد{E001}``.

    When it stays silent:
        No private-use code in the text; codes used as bullets or icons; a line whose inverse
        does not lead back to it under the forward pass; a line whose words are no better
        after the repair than before; marks at the start of lines that make no words with the end
        of the line behind; texts of which the words stand in reverse, or fell apart.
    """

    code = "AR201"
    name = "bidi-cut-lines"

    def detect(self, pages: Sequence[str], context: Context) -> Finding | None:
        """Return the lines of a document that were cut, or ``None``."""
        bodies = [line.strip() for line in _lines(pages)]
        sewed = sewn(bodies, shared(context.resources))
        if sewed:
            count = sum(body in sewed for body in bodies)
            return self._finding(
                count,
                len(bodies),
                f"{count} lines hold words only with their pieces in reverse order",
                _SEWN,
                Reordered({line: (text, _SEWN) for line, text in sewed.items()}),
            )
        found = pushed(pages, self.code) or torn(pages, context.resources, self.code)
        if found:
            count = sum(map(len, found.values()))
            return self._finding(
                count,
                len(bodies),
                f"{count} lines start with a mark of the last letter of the next line",
                1.0 - 0.5**count,
                Torn(found),
            )
        mended = uncut(pages, context.resources)
        if mended:
            count = sum(line in mended for line in _lines(pages))
            return self._finding(
                count,
                count,
                f"{count} lines hold symbols, and words only with the pieces between these"
                " in reverse order",
                max(confidence for _, confidence in mended.values()),
                CutLines(mended),
            )
        return self._at_codes(pages, context) or self._between_fonts(pages, context)

    def _between_fonts(self, pages: Sequence[str], context: Context) -> Finding | None:
        """Return the lines that were cut where the font changes, if any."""
        lines = [line for line in _lines(pages) if _ARABIC.search(line)]
        whose = language(lines, context.resources)
        if whose == OTHER:
            return None
        persian = whose == PERSIAN
        scorer = Scorer(context.resources, persian=True) if persian else shared(context.resources)
        mended = glyph_cuts.uncut(lines, scorer)
        if not mended and not persian:
            mended = regrouped(lines, scorer)
        if not mended:
            return None
        count = sum(line in mended for line in lines)
        return self._finding(
            count,
            len(lines),
            f"{count} lines hold halves of words, whole with their pieces in reverse order",
            _SEWN,
            CutLines({line: (text, _SEWN) for line, text in mended.items()}),
        )

    def _at_codes(self, pages: Sequence[str], context: Context) -> Finding | None:
        """Return the lines that PDFBox cut at their private-use codes, if any."""
        if not is_coded(pages):
            return None
        suspects: dict[str, list[str]] = {}
        total = 0
        for line in _lines(pages):
            coded = PRIVATE.search(line) is not None
            total += coded
            if line not in suspects and len(suspects) < _MOST_LINES:
                restored = inverses(line)
                if restored:
                    suspects[line] = restored
        if not suspects:
            return None
        cut = _Judge(suspects, pages, context).decide()
        if not cut:
            return None
        count = sum(line in cut for line in _lines(pages))
        return self._finding(
            count,
            total,
            f"{count} of {total} lines with private-use codes read better with the pieces"
            " between the codes in reverse order",
            max(confidence for _, confidence in cut.values()),
            CutLines(cut),
        )

    def _finding(
        self, count: int, total: int, evidence: str, confidence: float, detail: object
    ) -> Finding:
        rate = count / max(1, total)
        return Finding(self.code, self.name, count, rate, evidence, confidence, detail)

    def repair(self, page: str, finding: Finding, context: Context) -> list[Edit]:
        """Return the edits that put the cut lines of a page in order."""
        del context
        if isinstance(finding.detail, Torn):
            return finding.detail.edits[page]
        if isinstance(finding.detail, Reordered):
            return line_edits(page, self.code, finding.detail)
        lines: dict[str, tuple[str, float]] = finding.detail.lines
        edits = []
        start = 0
        for line in page.split("\n"):
            body = line.removesuffix("\r")
            if body in lines:
                restored, confidence = lines[body]
                end = start + len(body)
                edits.append(Edit(self.code, start, end, body, restored, confidence))
            start += len(line) + 1
        return edits


def inverse(line: str) -> str:
    r"""Return the line that PDFBox cut, in order; the line itself if that cannot be undone.

    Private-use codes count as Arabic letters; Latin words and numbers keep their direction;
    brackets that were mirrored, or should have been, are.

    Example:
        >>> inverse("\ue001ذهب إلى النواد") == "ذهب إلى النواد\ue001"
        True
        >>> inverse("ذهب إلى النواد\ue001") == "ذهب إلى النواد\ue001"
        True
    """
    return next(iter(inverses(line)), line)


def inverses(line: str) -> list[str]:
    r"""Return the lines that PDFBox may have made this one of, the likeliest first.

    A line with Latin words also depends on the base direction of the page it was drawn on;
    without any there is one inverse at most.

    Example:
        >>> inverses("ذهب إلى النواد\ue001")
        []
    """
    if len(line) > _LONGEST_LINE or not _ARABIC.search(line):
        return []
    latin = _LATIN.search(line) is not None
    if not latin and not _is_damaged(line):
        return []
    found = []
    for base in _bases(line):
        drawn = visual(line, base)
        if pdfbox_pass(drawn) != line:
            continue
        found.append(visual(drawn, "auto", private="AL"))
        if latin:
            found.append(visual(drawn, "L", private="AL"))
    return [text for text in dict.fromkeys(found) if text != line]


def _is_damaged(line: str) -> bool:
    """Return whether the words at a line's codes may have been torn apart."""
    return bool(STARTS_WITH_SYMBOL.match(line) or _NEIGHBOURS.search(line))


def _bases(line: str) -> tuple[Base, ...]:
    """Return the base directions that the pass may have given to a line."""
    strong = _STRONG.search(line)
    if strong and _ARABIC.match(strong.group()):
        return ("R",)
    # Cut, or only written with such a character at its start.
    return ("L", "R")


def _lines(pages: Sequence[str]) -> Iterator[str]:
    for page in pages:
        for line in page.split("\n"):
            yield line.removesuffix("\r")


def _solved(coded: CodedWords, models: Models, *, prior: bool) -> Solver:
    solver = Solver(coded, models, use_prior=prior)
    solver.solve()
    return solver


class _Judge:
    """Decides which suspects were cut, by the words that putting them in order makes."""

    def __init__(
        self, suspects: dict[str, list[str]], pages: Sequence[str], context: Context
    ) -> None:
        icons = bullets(_lines(pages))
        suspects = {
            line: restored
            for line, restored in suspects.items()
            if not icons.intersection(line.lstrip()[:1])
        }
        self._suspects = suspects
        resources = context.resources
        self._model = resources.language_model
        models = Models(resources.lexicon, resources.letters, resources.marks, self._model)
        sound = [line for line in _lines(pages) if not _is_damaged(line)]
        coded = collect(sound)
        used = {char for line in suspects for char in PRIVATE.findall(line)}
        prior = context.config.use_prior
        if used <= coded.counts.keys():
            self._solver = self._as_is = _solved(coded, models, prior=prior)
            return
        # Some codes stand in torn lines only: each order of these gets the map it asks for.
        self._as_is = _solved(collect([*sound, *suspects]), models, prior=prior)
        mended = [restored[0] for restored in suspects.values()]
        self._solver = _solved(collect([*sound, *mended]), models, prior=prior)

    def decide(self) -> dict[str, tuple[str, float]]:
        """Return for each line that was cut the line in order, and how sure that is."""
        best = {line: self._best(line, texts) for line, texts in self._suspects.items()}
        proven = any(gain >= _MARGIN for line, (gain, _) in best.items() if _is_damaged(line))
        turned = sum(_DISPLACED_STOP.match(line) is not None for line in best) > 0
        cut = {}
        for line, (gain, text) in best.items():
            if self._solver.is_apart(text):
                continue
            needed = _FURTHER_MARGIN if proven else _MARGIN
            if not _is_damaged(line):
                # No word tells here, only the order of the words, in a document known to be
                # cut; weak evidence will do if its pages are known to run from the left.
                needed = _TURNED_MARGIN if turned else _ORDER_MARGIN
                if not proven:
                    continue
            if gain >= needed:
                cut[line] = (text, min(0.999, gain / (gain + 0.5)))
        return cut

    def _best(self, line: str, texts: Sequence[str]) -> tuple[float, str]:
        candidates = list(texts)
        if _NEIGHBOURS.search(line):
            candidates.append(self._piecemeal(line))
        return max((self._gain(line, text), text) for text in candidates)

    def _gain(self, line: str, text: str) -> float:
        """Return by how much a text reads better than the line."""
        after, words_after = self._solver.line_score(text)
        before, words_before = self._as_is.line_score(line)
        gain = after - before
        if abs(gain) < _CLEAR:
            gain += 0.5 * (self._model.score(words_after) - self._model.score(words_before))
        return gain

    def _piecemeal(self, line: str) -> str:
        """Return the line with those neighbouring codes exchanged that read better so.

        Numbers near a code make the pass irreversible: both orders lead to the same line.
        """
        text = line
        for match in reversed(list(_NEIGHBOURS.finditer(line))):
            start, end = match.span()
            while end < len(line) and line[end] in "0123456789.,%":
                end += 1
            while start > 0 and line[start - 1] in "0123456789.,%":
                start -= 1
            turned = visual(line[start:end], "R", private="AL")
            trial = text[:start] + turned + text[end:]
            after, before = (self._solver.line_score(each)[0] for each in (trial, text))
            if after > before + 1.0:
                text = trial
        leads_back = any(
            pdfbox_pass(visual(text, page, private="AL")) == line for page in ("R", "L")
        )
        return text if leads_back else line
