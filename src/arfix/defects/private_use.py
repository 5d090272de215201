"""AR202 private-use: symbols in words that stand for letters or marks of one font."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from arfix.channel.coded import (
    CODED_WORD,
    LONGEST_WORD,
    PRIVATE,
    collect,
    is_coded,
)
from arfix.channel.readings import MARK, SPACE, STRETCH, form_in
from arfix.channel.symbols import Models, SolvedSymbol, Solver
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
    """The reading of each symbol; those without a sure one have an empty text."""

    readings: Mapping[str, SolvedSymbol]


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
        logos); codes for which two readings are about as likely.
    """

    code = "AR202"
    name = "private-use"

    def detect(self, pages: Sequence[str], context: Context) -> Finding | None:
        """Return what the symbols of a document stand for, or ``None`` if there are none."""
        if not is_coded(pages):
            return None
        lines = [line for page in pages for line in page.split("\n")]
        # A line that starts with a symbol may still be cut: its words would mislead.
        sound = [line for line in lines if not STARTS_WITH_SYMBOL.match(line)]
        resources = context.resources
        models = Models(
            resources.lexicon, resources.letters, resources.marks, resources.language_model
        )
        prior = context.config.use_prior
        coded = collect(sound)
        everything = coded if len(sound) == len(lines) else collect(lines)
        solved = {found.symbol: found for found in Solver(coded, models, use_prior=prior).solve()}
        missing = set(everything.counts) - set(solved)
        if missing:
            again = Solver(everything, models, use_prior=prior).solve()
            solved.update((found.symbol, found) for found in again if found.symbol in missing)
        if not solved:
            return None
        total = sum(everything.counts.values())
        known = [found for found in solved.values() if found.text]
        return Finding(
            code=self.code,
            name=self.name,
            count=total,
            rate=total / max(1, sum(len(CODED_WORD.findall(page)) for page in pages)),
            evidence=(
                f"{total} private-use characters in words, {len(solved)} different ones;"
                f" {len(known)} of them have one reading that fits the whole document"
            ),
            confidence=1.0 if known else 0.5,
            detail=SymbolMap(solved),
        )

    def repair(self, page: str, finding: Finding, context: Context) -> list[Edit]:
        """Return the edits of one page; an edit that changes nothing marks an unread symbol."""
        readings: Mapping[str, SolvedSymbol] = finding.detail.readings
        edits: list[Edit] = []
        if not PRIVATE.search(page):
            return edits
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
        if found is None:
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
        if form_in(letters, at, at + len(reading.text)) != reading.form:
            return False
        at += len(reading.text)
    if len(letters) < 2:
        return bool(found) and found[0] is not None and found[0].form == ISOLATED
    return letters in context.resources.lexicon
