"""AR304 wrong-letters: glyphs that the font's character map gives the name of another letter."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from arfix.arcs import SPECIAL_ARCS, WordArcs
from arfix.channel.engine import engine
from arfix.cipher.glance import lacks_glyphs
from arfix.cipher.hamza import HAMZAS, gaps, hamza_slips, has_hamza
from arfix.cipher.learner import Learner
from arfix.cipher.slips import COMMA, Slip, Used, by_written, variants
from arfix.decoder import NEEDED, decode_paragraphs, preferred
from arfix.edits import Alternative, Edit
from arfix.language import OTHER_LETTER
from arfix.stages import Finding
from arfix.view import MARK_CLASS, STRIP_MARKS, WORD, bare, tokens

if TYPE_CHECKING:
    from arfix.lattice import Arc
    from arfix.resources import Resources
    from arfix.stages import Context

#: Share of the distinct words that the lexicon lacks: fewer, and no glyph is wrong; more, and
#: the text is not Arabic.
_LEAST_UNKNOWN: Final = 0.025
_MOST_UNKNOWN: Final = 0.8
#: And below which a loss of glyphs is enough to explain them.
_LEAST_WRONG: Final = 0.15
#: A word, with marks before it that may stand for its first letter.
_WORD: Final = re.compile(f"[{MARK_CLASS}]*{WORD.pattern}")
#: A glance at some of the words tells that most documents are whole.
_SAMPLE: Final = 100
_SAMPLED: Final = 0.01
_FEWEST_WORDS: Final = 25
#: Letters of other languages, per letter of the text.
_FOREIGN_SHARE: Final = 0.04
#: So many slips that explain such a share of the unknown words cannot be a loss, nor can fewer
#: that explain nearly all.
_MANY: Final = 4
_EXPLAINED: Final = 0.4
_NEARLY_ALL: Final = 0.65
_MOST_VARIANTS: Final = 256
_MOST_ARCS: Final = 10
#: Words for each comma; a text with far fewer has lost them. What it costs a word to end with one.
_WORDS_PER_COMMA: Final = 40
_COMMAS: Final = re.compile("[\u060c,]")
_STOPPED: Final = -2.5


class WrongLetters:
    """Put glyphs right that the whole document writes as another letter.

    What it does:
        Learns from the unknown words of the document which letter, in which joining form, is
        written as another one, as a mark or as a ligature, and whether the comma is; and decides
        every word that holds such a letter by the lexicon and the language model. Where other
        classes have repaired a document in which no alef has a hamza, it puts these back, too.

    Why:
        A font's character map may give a glyph the wrong name. Then the right letter never
        occurs in that form, and the wrong one stands in its place all over the document.

    Example:
        With medial lam written as a meem: ``فمسطين والسمطة`` becomes ``فلسطين والسلطة``.

    When it stays silent:
        No common glyph is missing from the document; nearly all words are known ones, or hardly
        any; letters of Persian, Urdu or Kurdish. A slip that explains few words. Lost glyphs
        explain the unknown words, and slips do not explain many of them.
    """

    code = "AR304"
    name = "wrong-letters"

    def detect(self, pages: Sequence[str], context: Context) -> Finding | None:
        """Return which glyphs are wrong, None where none is."""
        lexicon = context.resources.lexicon
        if context.repaired and not has_hamza(pages) and not _is_foreign(pages):
            distinct = {bare(word) for page in pages for word in WORD.findall(page)}
            hamzas = hamza_slips(pages, sorted(distinct), lexicon)
            if hamzas:
                return self._without_hamza(hamzas, distinct)
        if not lacks_glyphs(pages) or _is_foreign(pages):
            return None
        raw: dict[str, None] = {}
        for page in pages:
            raw.update(dict.fromkeys(_WORD.findall(page)))
        words = [(word, bare(word)) for word in raw]
        every = words
        words = [(word, letters) for word, letters in words if len(letters) > 2]
        sample = words[:: max(1, len(words) // _SAMPLE)]
        if sum(lexicon.id_of(letters) < 0 for _, letters in sample) < _SAMPLED * len(sample):
            return None
        unknown = sum(lexicon.id_of(letters) < 0 for _, letters in words)
        if len(words) < _FEWEST_WORDS or not (
            _LEAST_UNKNOWN * len(words) <= unknown <= _MOST_UNKNOWN * len(words)
        ):
            return None
        # A lost glyph makes unknown words too, and a wrong one beside it explains some of them.
        # That is asked first, because AR203 has asked it already as a rule.
        lost = engine(context.resources).lost_set(pages, context)[0] is not None
        if lost and unknown <= _LEAST_WRONG * len(words):
            return None
        learner = Learner(every, lexicon, commas=_has_commas(pages, len(every)))
        slips = learner.learn()
        if not slips:
            return None
        if lost and learner.explained < (_EXPLAINED if len(slips) >= _MANY else _NEARLY_ALL):
            return None
        by_char = by_written(slips)
        hit = sum(
            not by_char.keys().isdisjoint(word) and letters not in lexicon
            for word, letters in words
        )
        names = ", ".join(f"{slip.letters} ({slip.form}) as {slip.written}" for slip in slips[:4])
        return Finding(
            code=self.code,
            name=self.name,
            count=hit,
            rate=hit / max(1, len(words)),
            evidence=f"{names}: {hit} distinct words may hold a wrong letter",
            confidence=0.95,
            detail=by_char,
        )

    def _without_hamza(self, slips: Sequence[Slip], words: Collection[str]) -> Finding:
        hit = sum(slips[0].written in word for word in words)
        return Finding(
            code=self.code,
            name=self.name,
            count=hit,
            rate=hit / max(1, len(words)),
            evidence=f"no alef has a hamza, inside words neither: {hit} words may have lost one",
            confidence=0.95,
            detail=by_written(slips),
        )

    def repair(self, page: str, finding: Finding, context: Context) -> list[Edit]:
        """Return the edits of one page, one for each letter."""
        slips: Mapping[str, Sequence[Slip]] = finding.detail
        found = [token for token in tokens(page) if token.kind != "word" or token.bare]
        lattice: list[tuple[Arc, ...]] = []
        readings: list[list[Used]] = []
        known: dict[str, tuple[tuple[Arc, ...], list[Used]]] = {}
        starts: list[int] = []
        for token in found:
            start = token.start
            while start and page[start - 1] in slips and ord(page[start - 1]) in STRIP_MARKS:
                start -= 1  # a mark that is the first letter of the word
            starts.append(start)
            if token.kind != "word":
                lattice.append(SPECIAL_ARCS[token.kind])
                readings.append([()])
                continue
            text = page[start : token.end]
            made = known.get(text)
            if made is None:
                made = known[text] = _arcs(text, slips, context.resources)
            lattice.append(made[0])
            readings.append(made[1])
        rows = decode_paragraphs(lattice, context.resources.language_model.ngrams)
        needed = NEEDED[context.config.level]
        edits: list[Edit] = []
        for first, row, choices in zip(starts, rows, readings, strict=True):
            best = preferred(row, needed)
            if not best:
                continue
            confidence = min(row[best], 0.9999) * finding.confidence
            for at, slip in choices[best]:
                start = first + at
                end = start + len(slip.written)
                alternatives = (Alternative(slip.written, row[0]),) if row[0] > 0.01 else ()
                edits.append(
                    Edit(self.code, start, end, slip.written, slip.letters, confidence,
                         alternatives)
                )  # fmt: skip
        if _is_hamza(slips):
            edits = self._with_gaps(page, edits, finding.confidence, context)
        return edits

    def _with_gaps(
        self, page: str, edits: Sequence[Edit], confidence: float, context: Context
    ) -> list[Edit]:
        """Return the edits with those of words that fell apart where a hamza was."""
        joined = [
            Edit(self.code, start, end, page[start:end], text, confidence)
            for start, end, text in gaps(page, context.resources.lexicon)
        ]
        inside = {at for edit in joined for at in range(edit.start, edit.end)}
        kept = [edit for edit in edits if edit.start not in inside]
        return sorted((*kept, *joined), key=lambda edit: edit.start)


def _is_hamza(slips: Mapping[str, Sequence[Slip]]) -> bool:
    """Return whether the slips are of a document without a hamza on any alef."""
    return {slip.letters for row in slips.values() for slip in row} >= HAMZAS


def _is_foreign(pages: Sequence[str]) -> bool:
    letters = sum(map(len, pages))
    return sum(len(OTHER_LETTER.findall(page)) for page in pages) > _FOREIGN_SHARE * letters


def _has_commas(pages: Sequence[str], words: int) -> bool:
    """Return whether a text has about as many commas as texts have."""
    return sum(len(_COMMAS.findall(page)) for page in pages) * _WORDS_PER_COMMA >= words


def _arcs(
    word: str, slips: Mapping[str, Sequence[Slip]], resources: Resources
) -> tuple[tuple[Arc, ...], list[Used]]:
    """Return the arcs of a word, the first for the word as it stands, and their slips."""
    own = bare(word)
    known = resources.once(WordArcs).plain
    arcs = list(known(own))
    used: list[Used] = [()]
    if not any(written in word for written in slips):
        return tuple(arcs), used
    taken = {own}
    ranked = []
    for text, places in variants(word, slips, _MOST_VARIANTS):
        if text and text not in taken:
            taken.add(text)
            number = resources.lexicon.id_of(text)
            prior = resources.lexicon.prior(number) if number >= 0 else -25.0
            ranked.append((prior, text, places))
    ranked.sort(key=lambda item: (-item[0], item[1]))
    for _, text, places in ranked[:_MOST_ARCS]:
        stopped = any(slip.letters == COMMA for _, slip in places)
        arcs.extend(arc._replace(weight=arc.weight + _STOPPED * stopped) for arc in known(text))
        used.append(places)
    return tuple(arcs), used
