"""AR104 persian-letters: Arabic written with the yeh, kaf and heh of its neighbours."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, Final

from arfix.edits import Edit
from arfix.language import leaning
from arfix.stages import Finding
from arfix.view import LETTER_CLASS, MARK_CLASS, WORD, bare

if TYPE_CHECKING:
    from arfix.stages import Context

_YEH, _ARABIC_YEH, _MAKSURA = "\u06cc", "\u064a", "\u0649"
#: The other letters that fonts draw alike, and the Arabic ones.
_LETTERS: Final = str.maketrans(
    {
        "\u06a9": "\u0643",  # keheh
        "\u06aa": "\u0643",  # swash kaf
        "\u06be": "\u0647",  # heh doachashmee
        "\u06c1": "\u0647",  # heh goal
        "\u06d5": "\u0647",  # ae
        "\u06c3": "\u0629",  # teh marbuta goal
    }
)
_SYMPTOM: Final = re.compile("[\u06cc\u06a9\u06aa\u06be\u06c1\u06d5\u06c3]")
_DRAWN_ALIKE: Final = "\u064a\u0643\u0647\u0629"
#: A hamza on a yeh whose dots are no matter is one letter in Arabic.
_HAMZA_YEH: Final = re.compile("\u06cc\u0654")
#: Letters that Arabic has no use for, whatever the font: the word is of another language.
_FOREIGN: Final = re.compile(
    "[\u066e-\u066f\u0672-\u06a8\u06ab-\u06bd\u06bf\u06c0\u06c2\u06c4-\u06cb\u06cd-\u06d3"
    "\u06ee-\u06ff\u0750-\u077f]"
)
_MOST_FOREIGN: Final = 0.05
#: Different words with such letters, below which nothing is decided.
_LEAST_WORDS: Final = 3
_MOST_WORDS: Final = 600
#: Share of these words that must be Arabic once repaired.
_LEAST_ARABIC: Final = 0.7
#: How much more Arabic than Persian, in nats a word, the text and these words must be.
_LEAST_LEANING: Final = 1.5
#: Yehs at the end of words, of which one kind alone tells what the other must be.
_TELLING: Final = 3
#: Nats of context that are as good as proof.
_CLEAR: Final = 4.0
_SURE, _KNOWN, _GUESS = 0.99, 0.97, 0.75


@dataclass(slots=True)
class _Detail:
    """What a yeh at the end of a word is throughout the document, if that is known."""

    final: str


class PersianLetters:
    """Give Arabic words the yeh, kaf and heh of Arabic.

    What it does:
        Replaces ``ی`` by ``ي`` or ``ى``, ``ک`` by ``ك``, and the heh of Urdu and Kurdish by ``ه``
        in an Arabic document. Which of the two a final ``ی`` is, the document tells if it has
        kept one of them; else the word list and the sentence.

    Why:
        Fonts made in Iran, and some for the web, reach the drawings of these letters by the code
        points of Persian. The page looks right, and no search finds the word.

    Example:
        ``یکتبون إلی الوزیر`` becomes ``يكتبون إلى الوزير``.

    When it stays silent:
        Persian, Urdu, Kurdish, Pashto and Uyghur; a Persian name or quotation in an Arabic text
        that has its own yeh and kaf; words with ``گ چ پ ژ``; a document in which too few such words
        are Arabic with the letter replaced.
    """

    code = "AR104"
    name = "persian-letters"

    def detect(self, pages: Sequence[str], context: Context) -> Finding | None:
        """Return how many words have such letters in an Arabic document, or ``None``."""
        if not any(_SYMPTOM.search(page) for page in pages):
            return None
        affected: Counter[str] = Counter()
        others: set[str] = set()
        text: list[str] = []
        foreign = 0
        endings: Counter[str] = Counter()
        for match in chain.from_iterable(map(WORD.finditer, pages)):
            word = match.group()
            text.append(word)
            if _FOREIGN.search(word):
                foreign += 1
            elif _SYMPTOM.search(word):
                affected[word] += 1
            elif len(others) < _MOST_WORDS:
                others.add(word)
            endings[word[-1]] += 1
        if foreign > _MOST_FOREIGN * len(text) or not affected:
            return None
        if not _is_arabic(affected, others, text, context):
            return None
        count = affected.total()
        return Finding(
            code=self.code,
            name=self.name,
            count=count,
            rate=count / len(text),
            evidence=f"{count} words of an Arabic text have letters of Persian or Urdu",
            confidence=_SURE,
            detail=_Detail(_final(endings)),
        )

    def repair(self, page: str, finding: Finding, context: Context) -> list[Edit]:
        """Return an edit for each such word."""
        detail: _Detail = finding.detail
        edits: list[Edit] = []
        for line, start in _lines(page):
            if not _SYMPTOM.search(line):
                continue
            found = [*WORD.finditer(line)]
            sentence = _Sentence([match.group() for match in found])
            for index, match in enumerate(found):
                word = match.group()
                if not _SYMPTOM.search(word) or _FOREIGN.search(word):
                    continue
                after, sure = _arabic(word, index, sentence, detail, context)
                at = start + match.start()
                edits.append(Edit(self.code, at, at + len(word), word, after, sure))
        return edits


class _Sentence:
    """The words of a line, those before a place already in Arabic letters."""

    def __init__(self, words: Sequence[str]) -> None:
        self.words = words

    @cached_property
    def plain(self) -> list[str]:
        """The words as they may be looked up, each yeh with its dots."""
        return [bare(_medial(word).replace(_YEH, _ARABIC_YEH)) for word in self.words]

    def with_word(self, index: int, word: str) -> list[str]:
        """Return the words around a place, with another one in it."""
        return [*self.plain[max(0, index - 2) : index], word, *self.plain[index + 1 : index + 3]]


def _lines(page: str) -> Iterator[tuple[str, int]]:
    start = 0
    for line in page.split("\n"):
        yield line, start
        start += len(line) + 1


def _medial(word: str) -> str:
    """Return a word with everything replaced that leaves no choice."""
    word = _HAMZA_YEH.sub("\u0626", word.translate(_LETTERS))
    return _INNER_YEH.sub(_ARABIC_YEH, word)


#: A yeh that a letter follows: only the one at the end may be without dots.
_INNER_YEH: Final = re.compile(f"{_YEH}(?=[{MARK_CLASS}]*[{LETTER_CLASS}])")


def _is_arabic(
    affected: Counter[str], others: set[str], text: Sequence[str], context: Context
) -> bool:
    """Return whether the words with such letters are Arabic words, by all that can be known."""
    lexicon = context.resources.lexicon
    kinds = [word for word, _ in affected.most_common(_MOST_WORDS) if len(bare(word)) > 1]
    arabic = 0
    for word in kinds:
        letters = bare(_medial(word))
        arabic += any(letters.replace(_YEH, yeh) in lexicon for yeh in (_ARABIC_YEH, _MAKSURA))
    if len(kinds) < _LEAST_WORDS or arabic < _LEAST_ARABIC * len(kinds):
        return False
    if (
        min(leaning(text[:_MOST_WORDS], context.resources), leaning(kinds, context.resources))
        < _LEAST_LEANING
    ):
        return False
    # An Arabic text that has its own yeh and kaf in the same places holds a quotation.
    places = set(chain.from_iterable(map(_foreign_places, kinds)))
    own = sum(not places.isdisjoint(_places(word)) for word in others)
    return 2 * len(kinds) > own


def _places(word: str) -> Iterator[tuple[str, bool]]:
    """Yield each Arabic yeh, kaf and heh of a word, and whether it stands at the end."""
    letters = bare(word)
    for index, letter in enumerate(letters):
        if letter in _DRAWN_ALIKE:
            yield letter, index == len(letters) - 1


def _foreign_places(word: str) -> Iterator[tuple[str, bool]]:
    """Yield the same of those that are written with the letter of another language."""
    letters = bare(word)
    for index, letter in enumerate(letters):
        if _SYMPTOM.match(letter):
            arabic = letter.translate(_LETTERS).replace(_YEH, _ARABIC_YEH)
            yield arabic, index == len(letters) - 1


def _final(endings: Counter[str]) -> str:
    """Return what a yeh at the end is where the document has kept the other one."""
    dotted, plain = endings[_ARABIC_YEH], endings[_MAKSURA]
    if plain >= _TELLING and not dotted:
        return _ARABIC_YEH
    if dotted >= _TELLING and not plain:
        return _MAKSURA
    return ""


def _arabic(
    word: str, index: int, sentence: _Sentence, detail: _Detail, context: Context
) -> tuple[str, float]:
    """Return a word in the letters of Arabic, and how sure that is."""
    inner = _medial(word)
    if _YEH not in inner:
        return inner, _SURE
    if detail.final:
        return inner.replace(_YEH, detail.final), _SURE
    lexicon = context.resources.lexicon
    options = [inner.replace(_YEH, yeh) for yeh in (_ARABIC_YEH, _MAKSURA)]
    known = [option for option in options if bare(option) in lexicon]
    if len(known) == 1:
        return known[0], _KNOWN
    if not known:
        return options[0], _GUESS
    model = context.resources.language_model
    dotted, plain = (model.score(sentence.with_word(index, bare(option))) for option in options)
    best = options[0] if dotted >= plain else options[1]
    lead = min(_CLEAR, abs(dotted - plain)) / _CLEAR
    return best, _GUESS + (_KNOWN - _GUESS) * lead
