"""The short cuts of the search for cut lines, against the long way round."""

from __future__ import annotations

from itertools import pairwise

import pytest

from arfix.channel.cuts import Completions, CutSearch, _fits
from arfix.channel.document import Document
from arfix.channel.engine import Engine
from arfix.channel.reading import Surroundings, follow
from arfix.glyphs import Glyph
from arfix.resources import Resources
from arfix.view import tokens

#: Medial kaf and both final yehs are lost.
LOST = (Glyph("ك", "medial"), Glyph("ي", "final"), Glyph("ى", "final"))
TEXT = "وصل الرجل إل المتبة ف المساء وقرأ تابا عن الشرات العرب ثم عاد إل بيته مشيا عل قدميه"


@pytest.fixture(scope="module")
def completions() -> Completions:
    shared = Engine(Resources.load())
    document = Document.read([TEXT], Resources.load().lexicon)
    return Completions(shared.restorer, shared.inference.given(document, LOST, 20.0))


def test_no_reading_of_a_torn_word_is_ruled_out(completions: Completions) -> None:
    words = TEXT.split()
    found = 0
    for first, second in pairwise(words):
        torn = [(first,), (first, second), (second, first)]
        torn += [(first[:at], first[at:]) for at in range(len(first) + 1)]
        for fragments in torn:
            for final in (False, True):
                every = completions._restorer.others(
                    "".join(fragments), completions._erasure, completions._mask
                )
                wanted = tuple(arc for arc in every if _fits(arc.text, fragments, final))
                assert completions.of(fragments, final=final) == wanted, ascii(fragments)
                found += bool(wanted)
    assert found > 5


def test_words_that_stand_together_score_as_one_by_one(completions: Completions) -> None:
    resources = Resources.load()
    found = list(tokens(TEXT))
    arcs = [completions.own(token.bare) for token in found]
    model = resources.language_model.ngrams
    around = Surroundings([], [], model)
    search = CutSearch(found, arcs, completions, around, resources)
    for start in range(len(arcs)):
        for end in range(start, len(arcs) + 1):
            state, score = follow(0, arcs[-1], model)
            jumped = search._along(state, score, start, end)
            for arc in arcs[start:end]:
                state, gained = follow(state, arc, model)
                score += gained
            assert jumped[0] == state
            assert jumped[1] == pytest.approx(score, abs=1e-9)
