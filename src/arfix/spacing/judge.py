"""The words of a document as arcs of the language model, each looked up once."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

from arfix.language import ARABIC, PERSIAN, leaning
from arfix.lexicon.persian import folded
from arfix.lm.ngrams import (
    CLASS_WEIGHT,
    SPECIALS,
    UNKNOWN,
    WORD_WEIGHT,
)
from arfix.spacing.affixes import PREFIXES, SUFFIXES, WRITTEN_ON
from arfix.view import WORD

if TYPE_CHECKING:
    from arfix.resources import Resources

CACHE_LIMIT: Final = 100_000
#: The article and what it takes before it: never words of their own, though careless corpora
#: hold them; and what they count as.
AND: Final = "و"
ARTICLES: Final = frozenset({"ال", "وال", "بال", "كال", "فال", "لل", "ولل", "وبال"})
#: What a piece of a word counts as (natural log).
PIECE: Final = -21.0
#: What an unknown Persian word costs, and each of its letters.
PERSIAN_WORD: Final = -5.0
PERSIAN_LETTER: Final = -2.6
#: What an affix written on to a listed word costs, and the letters that such a word has at least.
COMPOSED: Final = -4.0
STEM: Final = 3
UNLISTED: Final = -29.0
#: Letters that Arabic lacks; so many words, and such a share of them, make another language.
FOREIGN_WORD: Final = re.compile("[\u0671-\u06d3\u06d5\u0750-\u077f]")
LEAST_FOREIGN: Final = 5
FOREIGN_SHARE: Final = 0.04
MOST_READ: Final = 600
#: Letters that Persian lacks, of Urdu and Kurdish.
NOT_PERSIAN: Final = re.compile(
    "[\u0679\u0688\u0691\u06ba\u06d2\u06be\u06ce\u06c6\u0695\u06b5\u06d5]"
)
#: Letters that Persian writes all the time and Arabic never, and their least share.
OF_PERSIAN: Final = re.compile("[\u067e\u0686\u0698\u06a9\u06af\u06cc]")
PERSIAN_RATE: Final = 0.02
#: Mean letters a word where hardly a space is left.
GLUED_MEAN: Final = 9.0
APART_MEAN: Final = 2.0
#: The spelling model has a floor, which whole glued lines reach; letters beyond this cost more.
LONG: Final = 13
LETTER: Final = 5.0


class Unit(NamedTuple):
    """A word as the models see it.

    Attributes:
        word: Its id.
        klass: Its class.
        weight: Weighted natural log-probability inside them.
        prior: Natural log of its frequency, -30 where it is not known.
    """

    word: int
    klass: int
    weight: float
    prior: float


class Judge:
    """Scores words after words.

    Attributes:
        alone: Words of one letter.
        persian: Whether the words are Persian.
        resources: Lexicon and models.

    Args:
        resources: Lexicon and models.
    """

    alone: frozenset[str] = frozenset()
    persian = False

    def __init__(self, resources: Resources) -> None:
        self.resources = resources
        self._lexicon = resources.lexicon
        self._letters = resources.letters
        self.model = resources.language_model.ngrams
        self._units: dict[str, Unit] = {}
        self._priors: dict[str, float] = {}

    def unit(self, word: str) -> Unit:
        """Return a word of bare letters as the models see it."""
        known = self._units.get(word)
        if known is None:
            number = self._lexicon.id_of(word)
            if number >= 0:
                index = number + SPECIALS
                inside = CLASS_WEIGHT * self.model.within(index)
                if word in ARTICLES:
                    inside += CLASS_WEIGHT * PIECE / 2
                klass = self.model.class_of[index]
                known = Unit(index, klass, inside, self._lexicon.prior(number))
            else:
                spelled = (WORD_WEIGHT + CLASS_WEIGHT) * self.spelled(word)
                known = Unit(UNKNOWN, UNKNOWN, spelled, -30.0)
            if len(self._units) > CACHE_LIMIT:
                self._units.clear()
            self._units[word] = known
        return known

    def prior(self, word: str) -> float:
        """Return the natural log of the frequency of a word, -30 where it is not known.

        One letter is a piece of a word, save ``و``, which some write apart.
        """
        known = self._priors.get(word)
        if known is None:
            if len(self._priors) > CACHE_LIMIT:
                self._priors.clear()
            found = self._lexicon.log_probability(word)
            piece = (len(word) == 1 and word != AND) or word in ARTICLES
            known = self._priors[word] = min(found, PIECE) if piece else found
        return known

    def spelled(self, word: str) -> float:
        """Return the natural log-probability of the letters of an unknown word."""
        value = self._letters.log_probability(word)
        return value - LETTER * max(0, len(word) - LONG)

    def step(self, words: int, classes: int, word: int, klass: int) -> float:
        """Return the weighted natural log-probability of a word after a history."""
        return WORD_WEIGHT * self.model.word(words, word) + CLASS_WEIGHT * self.model.klass(
            classes, klass
        )


class PersianJudge(Judge):
    """Scores Persian words, each for itself: of their order nothing is known.

    Args:
        resources: Word list and models.
    """

    alone = frozenset(AND)
    persian = True

    def __init__(self, resources: Resources) -> None:
        super().__init__(resources)
        self._persian = resources.persian

    def unit(self, word: str) -> Unit:
        """Return a word of bare letters, its whole probability as its weight."""
        known = self._units.get(word)
        if known is None:
            prior = self.prior(word)
            weight = prior
            if prior <= UNLISTED:
                weight = max(self._composed(word), self.spelled(word))
            known = Unit(UNKNOWN, UNKNOWN, (WORD_WEIGHT + CLASS_WEIGHT) * weight, prior)
            if len(self._units) > CACHE_LIMIT:
                self._units.clear()
            self._units[word] = known
        return known

    def prior(self, word: str) -> float:
        """Return the natural log of the frequency of a word, -30 where it is not known."""
        known = self._priors.get(word)
        if known is None:
            if len(self._priors) > CACHE_LIMIT:
                self._priors.clear()
            found = self._persian.log_probability(word)
            known = self._priors[word] = (
                min(found, PIECE) if len(word) == 1 and word != AND else found
            )
        return known

    def _composed(self, word: str) -> float:
        """Return the prior of a word that is a listed one with an affix written on."""
        letters = folded(word)
        stems = [letters[len(prefix) :] for prefix in PREFIXES if letters.startswith(prefix)]
        stems += [
            letters[: -len(suffix)]
            for suffix in (*SUFFIXES, *WRITTEN_ON)
            if letters.endswith(suffix)
        ]
        priors = [self._persian.log_probability(stem) for stem in stems if len(stem) >= STEM]
        likely = max(priors, default=UNLISTED)
        return likely + COMPOSED if likely > UNLISTED else -math.inf

    def spelled(self, word: str) -> float:
        """Return a guess at the natural log-probability of an unknown word."""
        size = len(word)
        return PERSIAN_WORD + PERSIAN_LETTER * size - LETTER * max(0, size - LONG)

    def step(self, words: int, classes: int, word: int, klass: int) -> float:
        """Return nought: Persian words have no history."""
        del words, classes, word, klass
        return 0.0


def judge_of(resources: Resources) -> Judge:
    """Return the judge over some resources, made once."""
    return resources.once(Judge)


def persian_judge_of(resources: Resources) -> Judge:
    """Return the judge of Persian over some resources, made once."""
    return resources.once(PersianJudge)


def judge_for(pages: Sequence[str], resources: Resources) -> Judge | None:
    """Return the judge for the language of a document, None for one that has no word list.

    Args:
        pages: The document.
        resources: Word lists and models.
    """
    foreign = [match.group() for page in pages for match in FOREIGN_WORD.finditer(page)]
    if len(foreign) < LEAST_FOREIGN:
        return judge_of(resources)
    words = [match.group() for page in pages for match in islice(WORD.finditer(page), MOST_READ)]
    if len(foreign) < FOREIGN_SHARE * len(words):
        return judge_of(resources)
    lean = leaning(words[:MOST_READ], resources)
    if lean > ARABIC:
        return judge_of(resources)
    # Where no space is left, or no two letters stand together, the list knows no word.
    letters = sum(map(len, words))
    wordless = not APART_MEAN * len(words) < letters < GLUED_MEAN * len(words)
    if wordless and sum(len(OF_PERSIAN.findall(word)) for word in words) < PERSIAN_RATE * letters:
        return judge_of(resources)  # a font's doing
    if lean < PERSIAN or (wordless and not any(NOT_PERSIAN.search(word) for word in words)):
        return persian_judge_of(resources)
    return None
