"""Whether a text is to be kept, repaired, extracted again or read off the page anew.

A repair can only work with what the extractor returned. Where that is not the text, what comes out
of a repair may look like one, so the text is judged as it would come out: by how many of its words
are words, and by what no text has, symbols among the letters and letters that stand alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from arfix.coherence import coherence, put_in
from arfix.language import ARABIC, leaning
from arfix.view import LETTER_CLASS, TATWEEL, WORD, bare

if TYPE_CHECKING:
    from arfix.resources import Resources

#: Nothing is wrong with the text.
KEEP: Final = "keep"
#: What is wrong with it can be repaired.
REPAIR: Final = "repair"
#: The text is not in this output, but may be in the file: another tool may get it out.
RE_EXTRACT: Final = "re-extract"
#: The letters of the file say nothing; only their pictures do.
NEEDS_OCR: Final = "needs-ocr"
#: The verdicts under which no repair gives the text.
REFUSED: Final = frozenset((RE_EXTRACT, NEEDS_OCR))

#: Why a text is refused.
UNKNOWN_WORDS: Final = "unknown-words"
UNKNOWN_SYMBOLS: Final = "unknown-symbols"
SINGLE_LETTERS: Final = "single-letters"
NO_SENTENCES: Final = "no-sentences"
NOT_SETTLED: Final = "not-settled"

#: Private use, controls, replacement, empty boxes: they stand for letters that nobody knows.
_SYMBOL: Final = re.compile(
    "[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f\u25a0\u25a1\u25af\ue000-\uf8ff\ufffd-\uffff"
    "\U000f0000-\U0010ffff]"
)
#: A glyph without a meaning, by its number; question marks in place of letters.
_NAMED_SYMBOL: Final = re.compile(r"\(cid:[0-9]+\)|(?<=\?)\?(?=\?)")
_REPLACEMENT: Final = "\ufffd"
#: Letters that no living language of the script writes: fonts have other glyphs in their places.
_EXOTIC: Final = re.compile(
    "[\u066e\u066f\u0673-\u0678\u0682\u068b\u068e\u068f\u0690\u0692\u0694\u0697\u069b-\u069d"
    "\u069f-\u06a3\u06a5\u06a7\u06a8\u06ac\u06ae\u06b0\u06b2\u06b4\u06b6-\u06b9\u06bf\u06c4"
    "\u06c5\u06c9\u06ca\u06d1\u06ee\u06ef\u06ff\u0750-\u077f]"
)
#: Letters of Urdu, Kurdish, Pashto, Sindhi and Uyghur that neither Arabic nor Persian has.
_NEIGHBOUR: Final = re.compile(
    "[\u0679-\u067d\u067f-\u0685\u0687-\u0697\u0699-\u06a8\u06aa\u06ab\u06ad-\u06bf\u06c1-\u06cb"
    "\u06cd-\u06d3\u06d5]"
)
_ARABIC: Final = re.compile(f"[{LETTER_CLASS}]")
#: What stands beside a letter that is a number, a unit or an initial; and what ends a cell.
_DIGITS: Final = "0123456789\u0660\u0661\u0662\u0663\u0664\u0665\u0666\u0667\u0668\u0669"
_LISTING: Final = frozenset(_DIGITS + '()[]-\u2013.:/"\u00ab\u00bb\u060c\u061b')
_EDGES: Final = frozenset(("", "\t", "\r"))
#: A letter with all its marks.
_LONGEST_LETTER: Final = 5
_OTHER: Final = re.compile("[A-Za-z\u00c0-\u024f\u0370-\u052f]")
#: A letter of the script that touches a letter of another, which no text does.
_MIXED: Final = re.compile(
    f"[{LETTER_CLASS}][\u00a1-\u00aa\u00ac-\u00ba\u00bc-\u05ff\u0700-\u074f\u0780-\u089f]"
    f"|[\u00a1-\u00aa\u00ac-\u00ba\u00bc-\u05ff\u0700-\u074f\u0780-\u089f][{LETTER_CLASS}]"
)
#: The one word of one letter, which many write apart.
_AND: Final = "\u0648"

#: Characters that are looked at, lines taken evenly from all over the text.
_MOST_CHARACTERS: Final = 30_000
#: Fewer words than this prove nothing by themselves.
_LEAST_WORDS: Final = 8
#: A text of letters alone is a list of them up to this length, and longer the crumbs of words.
_MOST_LISTED: Final = 100
#: Share of words with letters of its neighbours, above which the text is not Arabic or Persian and
#: its words are not known here.
_FOREIGN_SHARE: Final = 0.12
#: Share of letters above which those are no language either.
_EXOTIC_SHARE: Final = 0.02
#: Single letters up to this share are lists, initials and numbers in letters.
_USUAL_SINGLE: Final = 0.04
_SINGLE_WEIGHT: Final = 3.0
_SYMBOL_WEIGHT: Final = 2.0
#: Words that follow each other worse than this, in nats a word, were not found but made, by as much
#: as letters were put in; and below the second, dialect aside, nobody wrote them.
_SENTENCES: Final = 1.8
_PUT_IN_WEIGHT: Final = 3.0
_SALAD: Final = 1.2
_SALAD_WEIGHT: Final = 0.3
#: Words that tell the language of a text.
_TELLING: Final = 400
#: What the signs must add up to, by how many words there are: few words prove less.
_LIMITS: Final = ((150, 0.33), (30, 0.5), (0, 0.8))
#: And where no class of damage was found, which speaks for the text.
_UNFOUND_LIMIT: Final = 0.5
#: A part of the sum that is worth naming.
_NAMED: Final = 0.08
#: Above this share of symbols the font has lost its meaning, not the order of its letters.
_OCR_SHARE: Final = 0.3
_LEAST_SYMBOLS: Final = 20


@dataclass(frozen=True, slots=True)
class Signs:
    """What can be counted in a text, whatever it should have been.

    Attributes:
        words: Words of the Arabic script.
        unknown: Share of no words of Arabic or Persian among those of more than two letters; 0
            where the text is in another language or has too few of them.
        single: Share of single letters among the words, the word for "and" left out.
        symbols: Share of unknown symbols among letters and symbols.
        letters: Number of letters, of any script, and symbols.
    """

    words: int
    unknown: float
    single: float
    symbols: float
    letters: int

    def parts(self) -> dict[str, float]:
        """Return what speaks against the text by itself, by its name."""
        return {
            UNKNOWN_WORDS: self.unknown,
            UNKNOWN_SYMBOLS: _SYMBOL_WEIGHT * self.symbols,
            SINGLE_LETTERS: _SINGLE_WEIGHT * max(0.0, self.single - _USUAL_SINGLE),
        }


def read_signs(pages: Sequence[str], resources: Resources | None) -> Signs:
    """Return what can be counted in the pages of a document.

    Args:
        pages: The text.
        resources: The word lists; not touched where there is no word of the script.
    """
    words = single = longer = unknown = neighbours = 0
    symbols = exotic = arabic = other = 0
    was_letter = by_itself = False
    known: dict[str, bool] = {}
    for line in _sampled(pages):
        text = _NAMED_SYMBOL.sub(_REPLACEMENT, line)
        other += len(_OTHER.findall(text))
        exotic += len(_EXOTIC.findall(text))
        holds_symbols = _SYMBOL.search(text) is not None
        if holds_symbols:
            symbols += len(_SYMBOL.findall(text))
        if line.strip():
            was_letter, by_itself = by_itself, len(bare(line.strip())) == 1
        single += was_letter and by_itself
        for match in WORD.finditer(line):
            if len(match.group()) <= _LONGEST_LETTER and len(bare(match.group())) == 1:
                single += _stands_alone(line, *match.span())
        for token in text.split():
            found = WORD.findall(token)
            if not found:
                continue
            spoiled = (holds_symbols and _SYMBOL.search(token)) or _MIXED.search(token)
            for word in found:
                letters = bare(word)
                arabic += len(letters)
                words += letters != ""
                if len(letters) < 3:
                    continue
                longer += 1
                if letters not in known:
                    known[letters] = resources is not None and (
                        letters in resources.lexicon or letters in resources.persian
                    )
                unknown += bool(spoiled) or not known[letters]
                neighbours += _NEIGHBOUR.search(letters) is not None
    strange = exotic > _EXOTIC_SHARE * max(1, arabic)
    foreign = neighbours >= _FOREIGN_SHARE * max(1, longer) and not strange
    total = symbols + arabic + other
    if longer < _LEAST_WORDS and words < _MOST_LISTED:  # the alphabet, a grid, a formula
        single = 0
    return Signs(
        words=words,
        unknown=0.0 if foreign or longer < _LEAST_WORDS else unknown / longer,
        single=single / words if words else 0.0,
        symbols=(symbols + (exotic if strange else 0)) / max(1, total),
        letters=total,
    )


def judge(
    pages: Sequence[str],
    resources: Resources | None,
    *,
    found: bool,
    settled: bool = True,
    before: Sequence[str] | None = None,
) -> tuple[str, tuple[str, ...]]:
    """Return the verdict on a document, and its reasons where it is refused.

    Args:
        pages: The text as repaired.
        resources: The word lists.
        found: Whether any class of damage was found in the text as it came.
        settled: Whether the repair came to an end.
        before: The text as it came; None if it was never repaired.
    """
    signs = read_signs(pages, resources)
    parts = signs.parts()
    if found and before is not None and resources is not None:
        parts[NO_SENTENCES] = _disjointed(before, pages, resources)
    limit = next(limit for least, limit in _LIMITS if signs.words >= least)
    if not found:
        limit = max(limit, _UNFOUND_LIMIT)
    enough = signs.words >= _LEAST_WORDS or signs.symbols * signs.letters >= _LEAST_SYMBOLS
    if not enough or sum(parts.values()) < limit:
        return (REPAIR if found else KEEP), ()
    reasons = [name for name, part in parts.items() if part >= _NAMED]
    if not settled:
        reasons.append(NOT_SETTLED)
    return (NEEDS_OCR if signs.symbols >= _OCR_SHARE else RE_EXTRACT), tuple(reasons)


def _disjointed(before: Sequence[str], after: Sequence[str], resources: Resources) -> float:
    """Return how much speaks for words that a repair made of what were none."""
    lines = list(_sampled(after))
    sense = coherence(lines, resources)
    if sense is None or sense >= _SENTENCES:
        return 0.0
    words = [word for line in lines for word in WORD.findall(line)]
    if leaning(words[:: 1 + len(words) // _TELLING], resources) <= ARABIC:
        return 0.0  # no sentences of this language, or none that the model knows
    made = _PUT_IN_WEIGHT * put_in(before, after) * (_SENTENCES - sense)
    return made + _SALAD_WEIGHT * max(0.0, _SALAD - sense)


def _stands_alone(line: str, start: int, end: int) -> bool:
    """Return whether a letter is a piece of a word, and not of a list, a table or a date."""
    if TATWEEL in line[start:end] or line[start] == _AND:
        return False
    left, right = line[:start].rstrip(" ")[-1:], line[end:].lstrip(" ")[:1]
    in_cell = left in _EDGES and right in _EDGES
    return not (in_cell or left in _LISTING or right in _LISTING)


def _sampled(pages: Sequence[str]) -> Iterator[str]:
    """Yield lines from all over the text, not much more than is looked at."""
    size = sum(map(len, pages))
    stride = 1 + size // _MOST_CHARACTERS
    number = 0
    for page in pages:
        for line in page.split("\n"):
            if number % stride == 0:
                yield line[:_MOST_CHARACTERS]
            number += 1
