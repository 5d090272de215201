"""Lines that were cut at codes which are gone from the text."""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from golden.cases import documents
from rapidfuzz.distance import LCSseq

import arfix
from arfix.channel.cuts import Completions
from arfix.channel.engine import engine
from arfix.channel.reading import START, Surroundings, add, read
from arfix.corrupt import corrupt, erase_text
from arfix.damage import Damage
from arfix.defects.cut_lines import CutLines
from arfix.edits import apply
from arfix.glyphs import Glyph
from arfix.lattice import Arc
from arfix.view import tokens

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from golden.cases import Document

    from arfix.stages import Context

TEXT = """\
وصل القطار إلى المحطة في الصباح الباكر، ونزل منه عشرات العمال الذين جاءوا من القرى القريبة. \
كان البرد شديدا، فوقف بعضهم حول النار التي أشعلها حارس المحطة في برميل قديم، وجلس الباقون على \
المقاعد الخشبية ينتظرون الحافلة. وقال شيخ منهم إن الطريق إلى المصنع أصبح أقصر مما كان عليه في \
الماضي، لكن الأجور لم ترتفع حتى اليوم.
وفي المساء يعود العمال إلى بيوتهم متعبين، ويشتري كل واحد منهم الخبز من الدكان الذي يقع على طرف \
الساحة. ويمكن لمن فاته القطار الأخير أن يبيت في غرفة صغيرة قرب المحطة، أو أن يمشي على قدميه حتى \
القرية الأولى، ثم يركب مع أحد الفلاحين الذين يحملون الخضار إلى السوق في آخر الليل.
"""


def codes(glyphs: str) -> dict[Glyph, str]:
    return {Glyph.parse(name): chr(0xE001 + at) for at, name in enumerate(glyphs.split())}


def extracted(text: str, glyphs: str, wrap: int) -> tuple[str, str]:
    """Return what PDFBox and a cleaning step make of a text, and the same without the cuts."""
    symbols = dict(codes(glyphs))
    cut = corrupt(text, Damage(symbols=symbols, stripped=True, pdfbox=True, wrap=wrap))
    plain = corrupt(text, Damage(symbols=symbols, stripped=True, wrap=wrap))
    return cut.text, plain.text


def repaired(pages: Sequence[str], context: Context) -> list[str]:
    rule = CutLines()
    finding = rule.detect(pages, context)
    if finding is None:
        return list(pages)
    return [apply(page, rule.repair(page, finding, context)) for page in pages]


def words(text: str) -> list[str]:
    return [token.bare for token in tokens(text) if token.bare]


@pytest.mark.parametrize("wrap", [60, 75, 90])
@pytest.mark.parametrize("glyphs", ["ي.final ى.final", "ك.medial ي.final ى.final", "ن.final"])
def test_cut_lines_come_back(glyphs: str, wrap: int, context: Context) -> None:
    cut, plain = extracted(TEXT, glyphs, wrap)
    after = repaired([cut], context)[0].split("\n")
    back = torn = 0
    for was, now, wanted in zip(cut.split("\n"), after, plain.split("\n"), strict=True):
        if words(was) == words(wanted):
            assert now == was
        else:
            torn += 1
            assert words(now) in (words(was), words(wanted))
            back += words(now) == words(wanted)
    assert back >= torn - 1


def test_letters_alone_move_no_line(context: Context) -> None:
    lost = frozenset(codes("ك.medial ي.final ى.final"))
    for wrap in (0, 50, 60, 70, 80, 90):
        lines = corrupt(TEXT, Damage(wrap=wrap)).text if wrap else TEXT
        broken, _ = erase_text(lines, lost)
        assert CutLines().detect([broken], context) is None


@pytest.mark.parametrize("document", documents(), ids=lambda document: document.name)
def test_clean_documents(document: Document, context: Context) -> None:
    assert CutLines().detect([document.text], context) is None


def test_a_repaired_document_is_left_alone(context: Context) -> None:
    cut, _ = extracted(TEXT, "ك.medial ي.final ى.final", 75)
    once = repaired([cut], context)
    assert once != [cut]
    assert repaired(once, context) == once


def test_pages_in_any_order_and_any_line_end(context: Context) -> None:
    cut, _ = extracted(TEXT, "ي.final ى.final", 75)
    lines = cut.split("\n")
    pages = ["\n".join(lines[:5]), "\n".join(lines[5:])]
    forth, back = repaired(pages, context), repaired(pages[::-1], context)
    assert forth == back[::-1]
    ended = repaired([cut.replace("\n", " \r\n")], context)[0]
    assert ended.replace(" \r\n", "\n") == repaired([cut], context)[0]


def test_a_line_with_codes_is_another_class(context: Context) -> None:
    cut, _ = extracted(TEXT, "ي.final ى.final", 75)
    for line in repaired([cut.replace("المحطة", "المحط\ue001")], context)[0].split("\n"):
        assert "\ue001" not in line or line in cut.replace("المحطة", "المحط\ue001")


def test_completions_stand_where_the_cut_is(context: Context) -> None:
    shared = engine(context.resources)
    broken, _ = erase_text(TEXT, frozenset(codes("ك.medial ي.final ى.final")))
    found, _ = shared.lost_set([broken], context)
    assert found is not None
    completions = Completions(shared.restorer, found)
    assert "في" in {arc.text for arc in completions.of(("ف",), final=True)}
    assert "يمكن" in {arc.text for arc in completions.of(("يم", "ن"), final=False)}
    assert not completions.of(("يمن",), final=True) or all(
        arc.text.startswith("يمن") for arc in completions.of(("يمن",), final=True)
    )
    assert not completions.of(("يمك", "ن"), final=False)
    assert completions.opens("يم")
    assert not completions.opens("ظظ")


def test_reading_sums_over_arcs(context: Context) -> None:
    model = context.resources.language_model.ngrams
    one, two = Arc(9, 9, -1.0, "a"), Arc(10, 10, -2.0, "b")

    def total(lattice: Sequence[Sequence[Arc]]) -> float:
        return Surroundings((), (), model).close(read(START, lattice, model))

    assert math.isclose(total([[one, two]]), add(total([[one]]), total([[two]])), abs_tol=1e-9)


def test_the_answer_is_worked_out_once(context: Context) -> None:
    shared = engine(context.resources)
    cut, _ = extracted(TEXT, "ي.final ى.final", 75)
    assert shared.lost_set([cut], context) is shared.lost_set([cut], context)
    assert engine(context.resources) is shared


def test_the_sample(shared: Path, context: Context) -> None:
    broken = (shared / "samples" / "000_broken_stripped.txt").read_bytes().decode()
    gold = (shared / "samples" / "000_gold.txt").read_bytes().decode().split("\n")
    after = repaired([broken], context)[0].split("\n")
    moved = [
        n
        for n, (old, new) in enumerate(zip(broken.split("\n"), after, strict=True), 1)
        if old != new
    ]
    assert moved == [44, 58]
    assert words(after[43])[:4] == words(gold[43])[:4]
    assert words(after[57])[:3] == words(gold[57])[:3]


def test_the_whole_sample(shared: Path) -> None:
    broken = (shared / "samples" / "000_broken_stripped.txt").read_bytes().decode()
    gold = words((shared / "samples" / "000_gold.txt").read_bytes().decode())
    after = words(arfix.repair(broken))
    assert LCSseq.similarity(after, gold) >= 455
    assert sum((Counter(after) & Counter(gold)).values()) >= 460


def test_what_a_joiner_starts_goes_on_where_the_next_line_ends(context: Context) -> None:
    torn = "\u200cای بنویسد.\r\n\r\n\u200cگردد تا نامه\r\nاو به خانه برمی\r\nشاید فردا\r\n"
    finding = CutLines().detect([torn], context)
    assert finding is not None
    assert apply(torn, CutLines().repair(torn, finding, context)) == (
        "او به خانه برمی\u200cگردد تا نامه\u200cای بنویسد.\r\n\r\n\r\n\r\nشاید فردا\r\n"
    )


@pytest.mark.parametrize(
    "text",
    [
        # a slip, in a text that is whole
        "\u200cها در باغچه بودند و گل\nآن روز باران می‌بارید.",
        # no letter for a joiner, or heh for a hamza, to follow
        "\u200cها آمدند.\nرفتند.\n\u200cای دیگر.\nتمام شد!",
        "ٔ مادر از دور\nپدر آمد\nٔ ما\nدر باغ",
        "ٔ او\nشاه\nٔ ما\nراه",
        # letters of the alphabet, one a line; abbreviations of the era
        "ه\nو\nی\nه\nو\nی",
        "ه ق در کتاب\nه ش در روزنامه\nسال نو",
    ],
)
def test_lines_that_no_word_was_cut_in_stay(text: str, context: Context) -> None:
    assert CutLines().detect([text], context) is None
