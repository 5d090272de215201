"""What is usual around a word: doubts are settled by it, and nothing else is touched."""

from __future__ import annotations

import dataclasses
import struct
from typing import TYPE_CHECKING

import pytest

from arfix.errors import DataError
from arfix.lattice import Arc
from arfix.lm.company import DIMENSIONS, NAME, Company
from arfix.lm.doubts import SURE
from arfix.lm.ngrams import BOUNDARY, CLASS_BITS
from arfix.resources import DATA, Resources
from arfix.store import pack

if TYPE_CHECKING:
    from pathlib import Path

#: Words with vectors and the signs of their topics; a reading is ``LIKE`` or ``UNLIKE``.
LIKE, UNLIKE, TOPICAL, RARE = 20, 30, 40, 999
CLASS, OTHER, FRIEND = 9, 10, 11


def row(topic: int, beside: int) -> bytes:
    """Return the packed vectors of a word, one number each in the first dimension."""
    blank = (8 | 8 << 4).to_bytes(1, "little")
    half = DIMENSIONS // 2 - 1
    first = [(value + 8 | 8 << 4).to_bytes(1, "little") for value in (topic, beside)]
    return first[0] + blank * half + first[1] + blank * half


def made(folder: Path, *, topic: float = 0.0, beside: float = 0.0, far: int = 0) -> Company:
    """Return tables in which only what is named says anything.

    Args:
        folder: Where to write them.
        topic: What two words of one topic are worth to each other, over 49.
        beside: What ``LIKE`` is worth right behind ``FRIEND``, over 49.
        far: Steps that ``FRIEND`` is worth some places before ``CLASS``.
    """
    classes = bytearray(2 * DIMENSIONS << CLASS_BITS)
    classes[FRIEND * DIMENSIONS] = 7
    table = bytearray(b"\x88" * (1 << 2 * CLASS_BITS - 1))
    place = FRIEND << CLASS_BITS | CLASS
    table[place >> 1] = 8 | (8 + far) << 4 if place & 1 else 8 + far | 8 << 4
    flat = [0.0] * (DIMENSIONS - 1)
    path = folder / NAME
    path.write_bytes(
        pack(
            {
                "words": ("I", struct.pack("<3I", LIKE, UNLIKE, TOPICAL)),
                "vectors": ("B", row(7, 7) + row(-7, -7) + row(7, 0)),
                "topic": ("f", struct.pack(f"<{DIMENSIONS}f", topic, *flat)),
                "beside": ("f", struct.pack(f"<{DIMENSIONS}f", beside, *flat)),
                "classes": ("B", bytes(classes)),
                "far": ("B", bytes(table)),
            }
        )
    )
    return Company(path)


def arc(word: int, klass: int = OTHER) -> Arc:
    return Arc(word, klass, 0.0, "x")


def judged(
    company: Company, before: list[Arc], doubt: tuple[float, ...] = (0.5, 0.5)
) -> list[float]:
    """Return the posteriors of ``UNLIKE`` and ``LIKE`` behind some words."""
    readings = (arc(UNLIKE), arc(LIKE, CLASS))
    lattice = [*((one,) for one in before), readings]
    rows = [*([1.0] for _ in before), list(doubt)]
    found = company.reweighed(lattice, rows)
    assert found[:-1] == rows[:-1]
    assert sum(found[-1]) == pytest.approx(1.0)
    return found[-1]


def test_nothing_is_said_of_nothing(tmp_path: Path) -> None:
    company = made(tmp_path, topic=0.1, beside=0.1, far=7)
    assert judged(company, [arc(RARE), arc(RARE)]) == pytest.approx([0.5, 0.5])
    assert judged(company, []) == pytest.approx([0.5, 0.5])


def test_words_of_the_topic_speak_for_a_reading_but_not_from_the_next_place(tmp_path: Path) -> None:
    company = made(tmp_path, topic=0.1)
    assert judged(company, [arc(TOPICAL), arc(RARE)])[1] > 0.9
    # The n-grams know the neighbour, and far words are of another matter.
    assert judged(company, [arc(TOPICAL)]) == pytest.approx([0.5, 0.5])
    assert judged(company, [arc(TOPICAL), *[arc(RARE)] * 16]) == pytest.approx([0.5, 0.5])


def test_a_reading_likes_the_class_beside_it_on_that_side_only(tmp_path: Path) -> None:
    company = made(tmp_path, beside=0.1)
    assert judged(company, [arc(RARE, FRIEND)])[1] > 0.9
    assert judged(company, [arc(RARE, FRIEND), arc(RARE)]) == pytest.approx([0.5, 0.5])
    lattice = [(arc(UNLIKE), arc(LIKE, CLASS)), (arc(RARE, FRIEND),)]
    assert company.reweighed(lattice, [[0.5, 0.5], [1.0]])[0] == pytest.approx([0.5, 0.5])


def test_classes_agree_three_to_six_places_away_and_not_across_a_boundary(tmp_path: Path) -> None:
    company = made(tmp_path, far=7)
    assert (company.far(FRIEND, CLASS), company.far(CLASS, FRIEND)) == (7, 0)
    gap = [arc(RARE)]
    friend = arc(RARE, FRIEND)
    for distance, heard in ((2, False), (3, True), (6, True), (7, False)):
        likely = judged(company, [friend, *gap * (distance - 1)])[1]
        assert (likely > 0.55) is heard, distance
    boundary = Arc(BOUNDARY, BOUNDARY, 0.0, "")
    assert judged(company, [friend, boundary, *gap * 2]) == pytest.approx([0.5, 0.5])


def test_what_the_ngrams_are_sure_of_stays(tmp_path: Path) -> None:
    company = made(tmp_path, topic=10.0)
    sure = (SURE + 0.01, 0.99 - SURE)
    assert judged(company, [arc(TOPICAL), arc(RARE)], sure) == list(sure)


def test_an_impossible_reading_is_no_error(tmp_path: Path) -> None:
    company = made(tmp_path, topic=0.1)
    readings = (arc(UNLIKE), arc(LIKE, CLASS), arc(RARE))
    assert company.reweighed([readings], [[0.6, 0.4, 0.0]])[0][2] < 1e-9


def test_other_words_and_other_classes_have_no_company_and_no_second_opinion() -> None:
    shipped = Resources.load()
    assert shipped.company is not None
    assert shipped.affix_classes is not None
    renumbered = Resources(shipped.folder, other_words=True)
    assert renumbered.company is renumbered.affix_classes is None
    own = dataclasses.replace(shipped)
    vars(own)["language_model"] = type("Own", (), {"ngrams": object()})()
    assert own.company is own.affix_classes is None


def test_a_broken_file_is_told(tmp_path: Path) -> None:
    path = tmp_path / NAME
    path.write_bytes((DATA / NAME).read_bytes()[:1000])
    with pytest.raises(DataError, match="reinstall"):
        Company(path)


def test_the_shipped_tables_know_a_word_and_its_company() -> None:
    resources = Resources.load()
    company = resources.company
    assert company is not None
    model = resources.language_model

    def one(bare: str) -> Arc:
        word, klass, _ = model.unit(bare)
        return Arc(word, klass, 0.0, bare)

    court = ["حكم", "القاضي", "في", "جلسة", "المحكمة", "على"]
    pitch = ["سجل", "اللاعب", "هدف", "الفريق", "في", "الشباك"]
    readings = (one("اللاعبين"), one("المتهمين"))
    likely = []
    for words in (court, pitch):
        lattice = [*((one(word),) for word in words), (one("كان"),), readings]
        rows = [*([1.0] for _ in range(len(words) + 1)), [0.5, 0.5]]
        likely.append(company.reweighed(lattice, rows)[-1][1])
    assert likely[0] > 0.6 > likely[1]
