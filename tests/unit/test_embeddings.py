"""Controls that pdftotext puts around the runs of a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from unit.rules import fixtures, once

from arfix.defects.embeddings import Embeddings
from arfix.order.embedded import LRE, PDF, RLE, drawn

if TYPE_CHECKING:
    from arfix.stages import Context


def repaired(text: str, context: Context) -> str:
    return once(Embeddings(), text, context)


CASES = fixtures("AR102")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_fixtures(case: dict[str, str], context: Context) -> None:
    assert repaired(case["input"], context) == case["output"]
    assert repaired(case["output"], context) == case["output"]


@pytest.mark.parametrize(
    ("inside", "after"),
    [
        (" %2.5", "2.5% "),
        (" .%75–60", "60–75%. "),
        (" 2022-12-18", "18-12-2022 "),
        (" 12:30", "12:30 "),
        (" 40+", "+40 "),
        (" ،Gemini", "Gemini، "),
        (" Llama 3.1", "Llama 3.1 "),
        (" )%4.65", "4.65%) "),
    ],
)
def test_what_was_drawn_from_left_to_right_comes_back(
    inside: str, after: str, context: Context
) -> None:
    # The brackets of the first line show that this document does not mirror them.
    first = f"{RLE}وصل الوفد (مساء أمس) إلى المدينة{PDF}"
    line = f"{RLE}زاد العدد{LRE}{inside}{PDF}عن العام الماضي{PDF}"
    text = repaired(f"{first}\n{line}", context)
    assert (
        text.split("\n")[1] == f"زاد العدد {after}عن العام الماضي".replace("العدد  ", "العدد ")
        or text.split("\n")[1] == f"زاد العدد{after}عن العام الماضي"
    )


@pytest.mark.parametrize(
    "text",
    [
        # marks and isolates of writers
        "اسم الملف \u200edata.csv\u200e في المجلد الأول\nثم \u2068Firefox\u2069 بعده",
        # one quotation in an embedding, in a text without
        f"قال {RLE}نعم{PDF} ثم خرج من الباب مسرعا\nولم يعد بعد ذلك أبدا\nولا سأل عنه أحد",
        # embeddings around both directions, as no extractor sets them
        f"{RLE}زرت Paris في 2019{PDF}\n{RLE}ثم Rome في 2020{PDF}",
        # never closed
        f"{RLE}وصل الوفد مساء أمس\n{RLE}إلى المدينة",
        # overrides are not Poppler's
        "\u202eوصل الوفد\u202c مساء أمس",
        f"{LRE}hello{PDF} world",
        "",
    ],
)
def test_controls_of_writers_stay(text: str, context: Context) -> None:
    assert repaired(text, context) == text


def test_drawn_follows_the_nesting() -> None:
    assert drawn(f"{RLE}بب {LRE} 12{PDF}تت{PDF}") == "تت 12 بب"
    assert drawn(f".{RLE}جب{PDF} 12 {RLE}تث{PDF}") == ".بج 12 ثت"
    assert drawn(f"{RLE}12{PDF}") is None
    assert drawn(f"{RLE}بب{PDF}{PDF}") is None
    assert drawn(f"{LRE}{RLE}بب{PDF}{PDF}") is None
