"""A second opinion on word classes, against whole sentences scored plainly by both models."""

from __future__ import annotations

import math
import random
from typing import Any

import pytest

from arfix.lattice import Arc
from arfix.lm.affix_classes import WEIGHT, AffixClasses
from arfix.lm.doubts import SURE, in_doubt, likeliest, neighbours, weighed
from arfix.lm.ngrams import BOUNDARY, CLASS_BITS, SPECIALS, UNKNOWN, WORD_BITS, NgramModel
from arfix.resources import Resources
from arfix.store import pack

numpy = pytest.importorskip("numpy", reason="needed to train a model, never to use one")

from datakit import pack_lm  # noqa: E402
from unit.backoff import Backoff, packed, share_wrong, trained  # noqa: E402

WORDS = 12
SIZE = SPECIALS + WORDS
#: Into how many classes the words fall, by company and by affixes.
COMPANY, AFFIXES = 5, 3
OUTSIDE = Arc(BOUNDARY, BOUNDARY, 0.0, "")


def sorted_into(classes: int) -> Any:
    """Return the class of each id: specials, and words in turn."""
    return numpy.array(
        [*range(SPECIALS), *(SPECIALS + number % classes for number in range(WORDS))], numpy.int64
    )


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> tuple[AffixClasses, Backoff, Backoff]:
    """The second opinion as arfix opens it, the classes by affixes, those by company."""
    chance = random.Random(3)
    ids = [0]
    for _ in range(900):
        likely = (ids[-1] * 7 + len(ids) % 4) % WORDS + SPECIALS
        ids.append(likely if chance.random() < 0.6 else chance.randrange(SPECIALS, SIZE))
        if chance.random() < 0.15:
            ids.append(0)
    ids.append(0)
    lexicon = numpy.array([2.0 ** -(number + 1) for number in range(WORDS)])
    word = trained(ids, 3, WORD_BITS, SIZE, [0, 60, 60])
    sections = {
        **pack_lm.words(word, lexicon, SPECIALS, SIZE),
        **pack_lm.sections(word, "w"),
    }
    plain = []
    for prefix, classes, limits in (("a", AFFIXES, [0, 60, 90]), ("c", COMPANY, [0, 60, 90, 120])):
        class_of = sorted_into(classes)
        count = SPECIALS + classes
        model = trained(class_of[ids].tolist(), len(limits), CLASS_BITS, count, limits)
        sections |= pack_lm.class_unigrams(model, class_of, lexicon, SPECIALS, prefix)
        sections |= pack_lm.sections(model, prefix)
        by_class = Backoff(model, CLASS_BITS)
        for number in range(count):  # class unigrams are not rounded to codes
            by_class.probability[number,] = float(model.probability[0][number])
            by_class.backoff[number,] = float(model.backoff[0][number])
        plain.append(by_class)
    path = tmp_path_factory.mktemp("affixes") / "language.dat"
    path.write_bytes(pack(sections))
    return AffixClasses(NgramModel(path)), plain[0], plain[1]


def arc(word: int) -> Arc:
    klass = int(sorted_into(COMPANY)[word])
    return Arc(word, klass, 0.0, str(word))


def sentence_score(words: list[int], model: Backoff, classes: int) -> float:
    """Return what a class model says of a whole sentence, its boundaries included."""
    class_of = sorted_into(classes).tolist()
    line = [0, *(class_of[word] for word in words), 0]
    total = 0.0
    for at in range(1, len(line)):
        history = tuple(line[max(0, at - model.order + 1) : at])
        total += model.log_probability(history, line[at])
    masses = [2.0 ** -(number + 1) for number in range(WORDS)]
    for word in words:
        fellows = [w for w in range(SPECIALS, SIZE) if class_of[w] == class_of[word]]
        total += math.log(masses[word - SPECIALS] / sum(masses[w - SPECIALS] for w in fellows))
    return total


def test_the_other_classes_back_off(models: Any) -> None:
    opinion, by_affix, _ = models
    chance = random.Random(8)
    pairs = []
    for _ in range(4_000):
        first, last, klass = (chance.randrange(SPECIALS + AFFIXES) for _ in range(3))
        known = (first, last) if last else (0,)
        expected = by_affix.log_probability(known, klass)
        pairs.append((opinion.klass(packed((first, last), CLASS_BITS), klass), expected))
    assert share_wrong(pairs) < 0.006


def test_half_the_say_of_the_classes_goes_to_the_others(models: Any) -> None:
    opinion, by_affix, by_company = models
    chance = random.Random(9)
    pairs = []
    for _ in range(300):
        words = [chance.randrange(SPECIALS, SIZE) for _ in range(chance.randrange(1, 9))]
        at = chance.randrange(len(words))
        readings = chance.sample(range(SPECIALS, SIZE), 2)
        lattice = [
            tuple(map(arc, readings)) if place == at else (arc(word),)
            for place, word in enumerate(words)
        ]
        rows = [[0.6, 0.4] if place == at else [1.0] for place in range(len(words))]
        found = opinion.reweighed(lattice, rows)
        assert found[:at] + found[at + 1 :] == rows[:at] + rows[at + 1 :]
        assert sum(found[at]) == pytest.approx(1.0)
        expected = math.log(0.6 / 0.4)
        for sign, reading in zip((1, -1), readings, strict=True):
            line = [*words[:at], reading, *words[at + 1 :]]
            theirs = sentence_score(line, by_company, COMPANY)
            expected += sign * WEIGHT * (sentence_score(line, by_affix, AFFIXES) - theirs)
        pairs.append((math.log(found[at][0] / found[at][1]), expected))
    assert share_wrong(pairs) < 0.05  # a sentence asks some twenty n-grams that were never stored


def test_what_is_sure_stays_and_what_is_impossible_is_no_error(models: Any) -> None:
    opinion = models[0]
    readings = tuple(arc(SPECIALS + number) for number in range(3))
    sure = [SURE + 0.01, 0.5 * (0.99 - SURE), 0.5 * (0.99 - SURE)]
    assert opinion.reweighed([readings], [sure])[0] is sure
    assert opinion.reweighed([readings], [[0.6, 0.4, 0.0]])[0][2] < 1e-6


def test_only_rows_without_a_sure_reading_are_in_doubt() -> None:
    assert in_doubt([0.5, 0.5])
    assert not in_doubt([1.0])
    assert not in_doubt([SURE, 1 - SURE])


def test_the_likeliest_are_chosen_and_neighbours_end_at_a_boundary() -> None:
    one, two, three = arc(SPECIALS), arc(SPECIALS + 1), arc(SPECIALS + 2)
    assert likeliest([(one,), (one, two)], [[1.0], [0.3, 0.7]]) == [one, two]
    assert neighbours([one, two, three], 1, 3) == ([one, OUTSIDE], [three, OUTSIDE])
    assert neighbours([one, OUTSIDE, two, three], 2, 3) == ([OUTSIDE], [three, OUTSIDE])
    assert neighbours([one, two, three, one, two], 2, 1) == ([two], [one])


def test_what_was_said_is_added_to_the_log_odds() -> None:
    found = weighed([0.5, 0.25, 0.25], [0.0, math.log(2), 0.0])
    assert found == pytest.approx([0.4, 0.4, 0.2])


def test_the_shipped_classes_go_by_affixes_and_take_words_that_no_lexicon_holds() -> None:
    resources = Resources.load()
    opinion = resources.affix_classes
    assert opinion is not None

    def klass(bare: str) -> int:
        return int(opinion.class_of[resources.language_model.unit(bare)[0]])

    # The same affixes, whatever company they keep.
    kinds = {klass(bare) for bare in ("المستثمرون", "المسافرون", "المزارعون")}
    assert len(kinds) == 1
    assert klass("المستثمرون") != klass("استثمر")
    assert opinion.class_of[UNKNOWN] == UNKNOWN
