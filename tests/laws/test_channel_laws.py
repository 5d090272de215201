"""The channel that is told is the damage that was done, and can be handed on as JSON."""

from __future__ import annotations

from pathlib import Path

import pytest

import arfix
from arfix.channel.model import Channel, LostGlyph
from arfix.corrupt import corrupt
from arfix.damage import Damage
from arfix.glyphs import Glyph

DOCUMENTS = Path(__file__).resolve().parents[2] / "fixtures" / "documents"
KAF, YEH = Glyph("ك", "medial"), Glyph("ي", "final")
LOST = Damage(lost=frozenset({KAF, YEH}))
CODED = Damage(symbols={KAF: "\ue001", YEH: "\ue002"})


@pytest.fixture(params=["news_railway", "technology_assistants"])
def text(request: pytest.FixtureRequest) -> str:
    """A clean document."""
    return (DOCUMENTS / f"{request.param}.txt").read_text(encoding="utf-8")


def test_lost_glyphs_are_told(text: str) -> None:
    channel = arfix.infer_channel([corrupt(text, LOST).text])
    assert {Glyph(lost.letter, lost.form) for lost in channel.lost} == LOST.lost
    assert not channel.symbols
    assert 0.9 < channel.confidence <= 1.0


def test_symbols_are_told(text: str) -> None:
    channel = arfix.infer_channel([corrupt(text, CODED).text])
    read = {symbol.symbol: (symbol.text, symbol.form) for symbol in channel.symbols}
    assert read == {"\ue001": tuple(KAF), "\ue002": tuple(YEH)}
    assert not channel.lost


def test_a_report_tells_the_same(text: str) -> None:
    broken = corrupt(text, LOST).text
    assert arfix.explain(broken).channel == arfix.infer_channel([broken])


def test_the_channel_of_a_clean_document_is_empty(text: str) -> None:
    assert arfix.infer_channel([text]) == Channel()


@pytest.mark.parametrize("damage", [LOST, CODED], ids=["lost", "coded"])
def test_it_survives_json(text: str, damage: Damage) -> None:
    channel = arfix.infer_channel([corrupt(text, damage).text])
    again = Channel.from_json(channel.to_json())
    assert again == channel
    assert again


def test_the_order_of_pages_does_not_matter(text: str) -> None:
    pages = corrupt(text, LOST).text.split("\n\n")
    assert arfix.infer_channel(pages) == arfix.infer_channel(pages[::-1])


def test_a_given_channel_repairs_what_says_too_little_by_itself(text: str) -> None:
    words = text.split()
    pieces = [" ".join(words[at : at + 7]) for at in range(0, len(words) - 7, 7)]
    channel = Channel(lost=tuple(LostGlyph(*glyph, 1.0) for glyph in sorted(LOST.lost)))
    broken = [corrupt(piece, LOST).text for piece in pieces]
    alone = [arfix.repair(piece) for piece in broken]
    told = [arfix.repair(piece, channel=channel) for piece in broken]
    before, by_itself, with_it = (
        sum(a == b for a, b in zip(found, pieces, strict=True)) for found in (broken, alone, told)
    )
    assert before <= by_itself < with_it
    assert with_it > 0.6 * len(pieces)
