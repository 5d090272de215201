"""AR202 private-use: symbols in words that stand for letters or marks of one font."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from arfix.channel.coded import (
    CODED_WORD,
    DRAWN_WORD,
    LONGEST_WORD,
    PRIVATE,
    TOUCHING,
    bullets,
    collect,
    is_amid,
    is_coded,
)
from arfix.channel.model import Channel, SymbolReading
from arfix.channel.readings import EDGE, MARK, SPACE, STRETCH, Reading, form_in, reading_of
from arfix.channel.symbols import SolvedSymbol, Solver
from arfix.channel.votes import Models
from arfix.defects.bidi_cut import STARTS_WITH_SYMBOL
from arfix.edits import Alternative, Edit
from arfix.glyphs import ISOLATED
from arfix.lexicon.marks import MARK_CHARS
from arfix.stages import Finding
from arfix.view import LETTER_CLASS

if TYPE_CHECKING:
    from arfix.stages import Context

_LETTER: Final = re.compile(f"[{LETTER_CLASS}]")
#: Above this no other reading is worth naming.
_CERTAIN: Final = 0.99


@dataclass(frozen=True, slots=True)
class SymbolMap:
    """The reading of each symbol; those without a sure one have an empty text.

    Attributes:
        readings: The symbols; none where the text as a whole cannot be read.
    """

    readings: Mapping[str, SolvedSymbol]

    @property
    def channel(self) -> Channel:
        """The readings that are sure, as a channel."""
        found = sorted(self.readings.values(), key=lambda it: it.symbol)
        sure = tuple(
            SymbolReading(it.symbol, it.text, it.confidence, it.form) for it in found if it.text
        )
        return Channel(symbols=sure, confidence=min((it.confidence for it in sure), default=1.0))


class PrivateUse:
    """Replace private-use codes inside Arabic words with the letters or marks they stand for.

    What it does:
        Reads each private-use code that stands in Arabic words as one letter form, ligature or
        mark, the same in the whole document, and writes that.

    Why:
        Some fonts reach contextual glyphs only through private-use code points, and the
        producer writes these into the PDF's character map. Which code means what differs from
        font to font, so the words of the document have to tell.

    Example:
        With U+E001 for medial kaf in the whole document: ``الم{E001}تبة`` becomes ``المكتبة``.

    When it stays silent:
        No private-use code in the text; codes that touch no Arabic letter (bullets, icons,
        logos), or none but the first of a word that is whole without them. Codes for which
        two readings are about as likely, text that is written in codes or in presentation
        forms for the most part: there the codes are reported and left alone.
    """

    code = "AR202"
    name = "private-use"

    def detect(self, pages: Sequence[str], context: Context) -> Finding | None:
        """Return what the symbols of a document stand for, or ``None`` if there are none."""
        if not any(PRIVATE.search(page) for page in pages):
            return None
        given = _given(context)
        if not is_coded(pages) and not given:
            return self._unread(pages)
        solved, total = _solved(pages, given, context)
        known = sum(bool(found.text) for found in solved.values())
        if not known:
            # Symbols of which no reading is better than that they are no part of a word.
            apart = all(found.form == EDGE for found in solved.values())
            if not solved:
                return self._unread(pages)
            if apart:
                return None
        return Finding(
            code=self.code,
            name=self.name,
            count=total,
            rate=total / max(1, sum(len(CODED_WORD.findall(page)) for page in pages)),
            evidence=(
                f"{total} private-use characters in words, {len(solved)} different ones;"
                f" {known} of them have one reading that fits the whole document"
            ),
            confidence=1.0 if known else 0.5,
            detail=SymbolMap(solved),
        )

    def _unread(self, pages: Sequence[str]) -> Finding | None:
        """Return what is to be said of symbols in words that tell nothing of them."""
        if not is_amid(pages):
            return None
        total = sum(len(TOUCHING.findall(page)) for page in pages)
        letters = sum(len(_LETTER.findall(page)) for page in pages)
        return Finding(
            code=self.code,
            name=self.name,
            count=total,
            rate=total / (total + letters),
            evidence=(
                f"{total} private-use characters in words that have too few plain letters"
                " beside them to be read"
            ),
            confidence=0.9,
            detail=SymbolMap({}),
        )

    def repair(self, page: str, finding: Finding, context: Context) -> list[Edit]:
        """Return the edits of one page; an edit that changes nothing marks an unread symbol."""
        readings: Mapping[str, SolvedSymbol] = finding.detail.readings
        edits: list[Edit] = []
        if not PRIVATE.search(page):
            return edits
        if not readings:
            # Nothing is to be said of single symbols, and there are very many.
            return [
                Edit(self.code, match.start(), match.end(), match.group(), match.group(), 0.0)
                for match in DRAWN_WORD.finditer(page)
                if TOUCHING.search(match.group())
            ]
        if not any(found.text for found in readings.values()):
            ends = (match.end() for match in TOUCHING.finditer(page))
            return [_unrepaired(end - 1, page[end - 1], readings) for end in ends]
        plans: dict[str, tuple[Edit, ...]] = {}
        for match in CODED_WORD.finditer(page):
            word = match.group()
            plan = plans.get(word)
            if plan is None:
                plan = plans[word] = _word_edits(word, readings, context)
            start = match.start()
            edits.extend(
                Edit(
                    edit.code,
                    start + edit.start,
                    start + edit.end,
                    edit.before,
                    edit.after,
                    edit.confidence,
                    edit.alternatives,
                )
                for edit in plan
            )
        return edits


def _given(context: Context) -> dict[str, SolvedSymbol]:
    """Return the readings that the caller knows."""
    channel = context.config.channel
    given = {}
    for row in channel.symbols if channel is not None else ():
        if row.text:
            text, form = reading_of(row)
            given[row.symbol] = SolvedSymbol(
                row.symbol, text, form, row.confidence, math.inf, 0, text, ""
            )
    return given


def _solved(
    pages: Sequence[str], given: Mapping[str, SolvedSymbol], context: Context
) -> tuple[dict[str, SolvedSymbol], int]:
    """Return the symbols of a document with their readings, and how often they occur."""
    lines = [line for page in pages for line in page.split("\n")]
    # A line that starts with a symbol may still be cut: its words would mislead.
    sound = [line for line in lines if not STARTS_WITH_SYMBOL.match(line)]
    resources = context.resources
    models = Models(resources.lexicon, resources.letters, resources.marks, resources.language_model)
    prior = context.config.use_prior
    solved = {
        icon: SolvedSymbol(icon, "", EDGE, 1.0, math.inf, 0, "", "") for icon in bullets(lines)
    }
    there = {symbol for page in pages for symbol in PRIVATE.findall(page)} if given else set()
    solved.update((symbol, found) for symbol, found in given.items() if symbol in there)
    coded = collect(sound, solved)
    everything = coded if len(sound) == len(lines) else collect(lines, solved)
    for words in (coded, everything):
        if set(words.counts) - set(solved):
            fixed = {
                name: Reading(it.text, it.form)
                for name, it in solved.items()
                if it.text or it.margin == math.inf
            }
            solver = Solver(words, models, use_prior=prior, given=fixed)
            for found in solver.solve():
                solved.setdefault(found.symbol, found)
            if solver.is_over():
                break
    return solved, sum(everything.counts.values())


def _unrepaired(index: int, symbol: str, readings: Mapping[str, SolvedSymbol]) -> Edit:
    """Return the edit that changes nothing: the symbol is seen and has no sure reading."""
    found = readings.get(symbol)
    confidence = found.confidence if found is not None else 0.0
    alternatives = _alternatives(found) if found is not None else ()
    return Edit(PrivateUse.code, index, index + 1, symbol, symbol, confidence, alternatives)


def _word_edits(
    word: str, readings: Mapping[str, SolvedSymbol], context: Context
) -> tuple[Edit, ...]:
    """Return the edits of one word, with offsets within the word."""
    if not PRIVATE.search(word):
        return ()
    if not _LETTER.search(word) and not _whole_word(word, readings, context):
        return ()
    edits = []
    index = 0
    while index < len(word):
        found = readings.get(word[index])
        if found is None or (not found.text and found.form == EDGE):
            if found is None and PRIVATE.match(word[index]):
                edits.append(_unrepaired(index, word[index], readings))
            index += 1
            continue
        text = found.text or found.symbol
        end = index + 1
        if text[0] in MARK_CHARS and index == 0 and end < len(word):
            # A mark cannot open a word: it was drawn before the letter that carries it.
            letter = readings.get(word[end])
            carried = word[end] if letter is None else letter.text
            if carried and carried[0] not in MARK_CHARS:
                text = carried + text
                end += 1
        edits.append(
            Edit(
                PrivateUse.code,
                index,
                end,
                word[index:end],
                text,
                found.confidence,
                _alternatives(found),
            )
        )
        index = end
    return tuple(edits)


def _alternatives(found: SolvedSymbol) -> tuple[Alternative, ...]:
    if not found.text:
        return (Alternative(found.best, found.confidence),) if found.best else ()
    if found.confidence >= _CERTAIN or not found.runner_up:
        return ()
    return (Alternative(found.runner_up, 1.0 - found.confidence),)


def _whole_word(word: str, readings: Mapping[str, SolvedSymbol], context: Context) -> bool:
    """Return whether symbols alone spell a word, each in the form that its place asks for."""
    if len(word) > LONGEST_WORD:
        return False
    found = [readings.get(symbol) for symbol in word]
    letters = ""
    for reading in found:
        if reading is None or not reading.text or reading.form in (SPACE, STRETCH):
            return False
        letters += "" if reading.form == MARK else reading.text
    at = 0
    for reading in found:
        if reading is None or reading.form == MARK:
            continue
        if reading.form and form_in(letters, at, at + len(reading.text)) != reading.form:
            return False
        at += len(reading.text)
    if len(letters) < 2:
        return bool(found) and found[0] is not None and found[0].form in (ISOLATED, "")
    return letters in context.resources.lexicon
