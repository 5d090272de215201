"""What a font is known to lose together is all that it lost, unless several words say otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from arfix.channel.document import Document
from arfix.channel.inference import Inference
from arfix.channel.prior import ROWS
from arfix.corrupt import erase_text
from arfix.glyphs import Glyph
from arfix.restore import Restorer

if TYPE_CHECKING:
    from arfix.stages import Context

ROW: Final = ROWS[0].glyphs
BANK: Final = (
    "أعلن البنك المركزي أن مكاتبه ستبقى مفتوحة حتى المساء في كل المدن الكبرى، وقال مديره {} إن "
    "الذي تأخر في دفع ما عليه سيمكنه ذلك على أقساط."
)
COMPANY: Final = (
    "قال المدير إن الشركة تبحث عن مكتب في مصر القديمة، وإن فريقها الذي يعمل على المشروع المصرفي "
    "سيكون قريبا من البنك المركزي والصحف والقصر الكبير، وحضر اللقاء عدد من أصحاب المصانع."
)


def inferred(context: Context, text: str, *others: str) -> set[Glyph]:
    """Return what is inferred of a text that lost a row of the prior and some other glyphs."""
    resources = context.resources
    broken, _ = erase_text(text, frozenset((*ROW, *map(Glyph.parse, others))))
    document = Document.read([broken], resources.lexicon)
    inference = Inference(resources, Restorer(resources).judge)
    found = inference.infer(document, use_prior=True)
    return set(found.glyphs) if found else set()


@pytest.mark.parametrize("odd", ["المعارة", "عداية", "تيونج"])
def test_one_odd_word_shows_no_glyph_beside_a_row(context: Context, odd: str) -> None:
    """A name, or a slip of the writer."""
    assert inferred(context, BANK.format(odd)) == set(ROW)


def test_several_words_show_a_glyph_beside_a_row(context: Context) -> None:
    assert inferred(context, COMPANY, "ص.medial") == {*ROW, Glyph("ص", "medial")}
