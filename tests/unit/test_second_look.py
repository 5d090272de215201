"""In long documents context decides about glyphs that only a few short words speak for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from arfix.channel.document import Document
from arfix.channel.inference import LONG, Inference
from arfix.corrupt import erase_text
from arfix.glyphs import Glyph
from arfix.restore import Restorer

if TYPE_CHECKING:
    from arfix.candidates import Erasure
    from arfix.channel.search import Judge
    from arfix.stages import Context

DOCUMENTS = Path(__file__).resolve().parents[2] / "fixtures" / "documents"


def inferred(context: Context, names: str, lost: str, judge: Judge | None = None) -> set[str]:
    """Return what is inferred of several documents together that lost some glyphs."""
    resources = context.resources
    whole = "\n".join((DOCUMENTS / f"{name}.txt").read_text("utf-8") for name in names.split())
    broken, _ = erase_text(whole, frozenset(Glyph.parse(name) for name in lost.split()))
    document = Document.read([broken], resources.lexicon)
    assert len(document) > LONG
    inference = Inference(resources, judge or Restorer(resources).judge)
    found = inference.infer(document, use_prior=True)
    return set(map(str, found.glyphs)) if found else set()


def no_context(document: Document, erasure: Erasure, mask: int) -> float:
    """Judge as words in a context that fits them as they stand."""
    return 0.0


@pytest.mark.parametrize(
    ("names", "lost"),
    [
        # لى and ن many times over, hardly any other word that makes no sense
        ("story_clockmaker technology_assistants", "إ.isolated"),
        ("letter_formal news_museum", "ه.final"),
        # glyphs that never occur, in a few words that make sense as they stand
        ("news_museum law_libraries", "ي.isolated"),
        ("story_clockmaker recipe_lentil_soup", "ب.final"),
        ("law_libraries invoice_office", "إ.isolated"),
        ("technology_assistants invoice_office", "ت.final ع.initial ك.medial"),
    ],
)
def test_context_shows_what_few_short_words_lost(context: Context, names: str, lost: str) -> None:
    assert inferred(context, names, lost) == set(lost.split())
    # It is the context that shows it: without it less is found.
    assert inferred(context, names, lost, no_context) < set(lost.split())


@pytest.mark.parametrize(
    "names",
    [
        "dialect_egyptian_bus dialect_egyptian_bus",
        "story_clockmaker technology_assistants",
        "law_libraries invoice_office",
        "vocalised_garden recipe_lentil_soup",
    ],
)
def test_healthy_long_documents_have_lost_nothing(context: Context, names: str) -> None:
    assert inferred(context, names, "") == set()


@pytest.mark.parametrize(
    ("names", "lost"),
    [
        # the rarer glyph in the shadow of common ones
        ("law_libraries technology_assistants", "ب.final ل.final إ.isolated"),
        ("letter_formal invoice_office", "ا.final ئ.initial"),
        ("story_clockmaker recipe_lentil_soup", "م.medial ي.isolated"),
    ],
)
def test_a_letter_that_is_there_in_its_other_form_was_not_left_out(
    context: Context, names: str, lost: str
) -> None:
    assert inferred(context, names, lost, no_context) == set(lost.split())


@pytest.mark.parametrize("plain", [{"أ": "ا", "إ": "ا"}, {"إ": "ا"}, {"ئ": "ي"}, {"ة": "ه"}])
def test_what_a_writer_leaves_out_is_not_lost(context: Context, plain: dict[str, str]) -> None:
    text = "\n".join(
        (DOCUMENTS / f"{name}.txt").read_text("utf-8").translate(str.maketrans(plain))
        for name in ("law_libraries", "technology_assistants")
    )
    document = Document.read([text], context.resources.lexicon)
    inference = Inference(context.resources, Restorer(context.resources).judge)
    assert inference.infer(document, use_prior=True) is None


def test_context_alone_shows_nothing(context: Context) -> None:
    """Words that others fit better in their places are no sign where they make sense."""

    def certain(document: Document, erasure: Erasure, mask: int) -> float:
        return 100.0

    assert inferred(context, "law_libraries news_museum", "", certain) == set()
    assert inferred(context, "dialect_egyptian_bus " * 2, "", certain) == set()


def test_what_has_only_a_few_glyphs_is_no_text(context: Context) -> None:
    words = " ".join("ك" * (1 + index % 3) for index in range(2 * LONG))
    document = Document.read([words], context.resources.lexicon)
    inference = Inference(context.resources, Restorer(context.resources).judge)
    assert inference.infer(document, use_prior=True) is None
