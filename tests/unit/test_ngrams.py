"""The packed language model against backing off, written down plainly."""

from __future__ import annotations

import itertools
import math
import random
from typing import Any

import pytest

from arfix.lm.ngrams import CLASS_BITS, SPECIALS, WORD_BITS, NgramModel
from arfix.store import pack

numpy = pytest.importorskip("numpy", reason="needed to train a model, never to use one")

from datakit import pack_lm  # noqa: E402
from unit.backoff import Backoff, packed, share_wrong, trained  # noqa: E402

WORDS = 14
SIZE = SPECIALS + WORDS
CLASSES = SPECIALS + 5


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> tuple[NgramModel, Backoff, Backoff, Any]:
    """The model as arfix opens it, both parts as dictionaries, and the class of each word."""
    chance = random.Random(5)
    ids = [0]
    for _ in range(900):
        likely = (ids[-1] * 5 + len(ids) % 3) % WORDS + SPECIALS
        ids.append(likely if chance.random() < 0.6 else chance.randrange(1, SIZE))
        if chance.random() < 0.1:
            ids.append(0)
    ids.append(0)
    class_of = numpy.array(
        [*range(SPECIALS), *(SPECIALS + number % 5 for number in range(WORDS))], numpy.int64
    )
    word = trained(ids, 3, WORD_BITS, SIZE, [0, 90, 150])
    klass = trained(class_of[ids].tolist(), 4, CLASS_BITS, CLASSES, [0, 80, 200, 250])
    # Unigrams have a code book of their own, over the words that there are.
    for model, size in ((word, SIZE), (klass, CLASSES)):
        model.keys[0] = model.keys[0][:size]
        model.probability[0] = model.probability[0][:size]
        model.backoff[0] = model.backoff[0][:size]
    lexicon = numpy.full(WORDS, 1 / WORDS)
    path = tmp_path_factory.mktemp("ngrams") / "language.dat"
    path.write_bytes(
        pack(
            {
                **pack_lm.words(word, lexicon, SPECIALS, SIZE),
                **pack_lm.class_unigrams(klass, class_of, lexicon, SPECIALS, "c"),
                **pack_lm.sections(word, "w"),
                **pack_lm.sections(klass, "c"),
            }
        )
    )
    by_class = Backoff(klass, CLASS_BITS)
    for number in range(CLASSES):  # class unigrams are not rounded to codes
        by_class.probability[number,] = float(klass.probability[0][number])
        by_class.backoff[number,] = float(klass.backoff[0][number])
    return NgramModel(path), Backoff(word, WORD_BITS), by_class, (word, klass, class_of)


def test_words_back_off(models: Any) -> None:
    model, by_word, _, _ = models
    pairs = []
    for first, last, word in itertools.product(range(SIZE), repeat=3):
        # Beyond a boundary the word model remembers nothing.
        history = (first, last) if last else (0,)
        expected = by_word.log_probability(history, word)
        pairs.append((model.word(packed((first, last), WORD_BITS), word), expected))
    # Of the n-grams that were never stored one in 1024 is taken for another one.
    assert share_wrong(pairs) < 0.004


def test_classes_back_off(models: Any) -> None:
    model, _, by_class, _ = models
    chance = random.Random(6)
    pairs = []
    for _ in range(6_000):
        parts = [chance.randrange(CLASSES) for _ in range(4)]
        history, last = parts[:3], parts[3]
        known = tuple(history[max((at for at in range(3) if history[at] == 0), default=0) :])
        expected = by_class.log_probability(known, last)
        pairs.append((model.klass(packed(tuple(history), CLASS_BITS), last), expected))
    assert share_wrong(pairs) < 0.006


def test_what_was_stored_is_found(models: Any) -> None:
    model, by_word, by_class, _ = models
    for gram, expected in by_word.probability.items():
        if len(gram) == 3:
            found = model.word(packed(gram[:2], WORD_BITS), gram[2])
            assert found == pytest.approx(expected, abs=1e-5)
    for gram, expected in by_class.probability.items():
        if len(gram) == 4:
            found = model.klass(packed(gram[:3], CLASS_BITS), gram[3])
            assert found == pytest.approx(expected, abs=1e-5)


def test_rounding_is_slight(models: Any) -> None:
    _, by_word, _, (word, _, _) = models
    for number, exact in enumerate(word.probability[0].tolist()):
        assert by_word.probability[number,] == pytest.approx(exact, abs=0.05)


def test_words_of_a_class_share_its_mass(models: Any) -> None:
    model, _, _, (_, _, class_of) = models
    for klass in range(SPECIALS, CLASSES):
        members = [word for word in range(SIZE) if class_of[word] == klass]
        total = sum(math.exp(model.within(word)) for word in members)
        assert total == pytest.approx(1.0, abs=0.05)


def test_a_full_cache_changes_nothing(models: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    model = models[0]
    asked = [(packed((a, b), WORD_BITS), c) for a in range(9) for b in range(9) for c in range(9)]
    before = [model.word(*query) for query in asked]
    monkeypatch.setattr("arfix.lm.ngrams.CACHE_LIMIT", 10)
    for cache in (model._pairs, model.known_words):
        cache.clear()
    assert [model.word(*query) for query in asked] == before
    assert len(model.known_words) <= 11
