"""The name of God is made out of symbols only where the words beside it expect it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

import arfix
from arfix.cipher.holy_name import expected, impossible, spells
from arfix.lm.ngrams import SPECIALS

if TYPE_CHECKING:
    from arfix.stages import Context

#: A name of a symbol, as the solver has it, and the symbol in a text.
NAME = "\U00100000"
SYMBOL = "(cid:7)"

LETTER = """\
أخي العزيز، كتبت إليك من القرية بعد أن وصلنا إليها أمس، والحمد لله على سلامة الجميع.
سأل عنك جدنا رحمه الله كثيرا قبل وفاته، وكان يقول إن شاء الله يعود قريبا إلى بيته.
وعدنا جارنا عبد الله أن يصلح السقف قبل الشتاء، ونسأل الله أن يوفقه في عمله.
وقال إمام المسجد صلوا على رسول الله صلى الله عليه وسلم، ثم دعا للمرضى بالشفاء.
بارك الله فيك يا أخي، ونراك بإذن الله في العيد القادم، والسلام عليكم ورحمة الله وبركاته.
"""
REPORT = """\
تعمل الشركة الجديدة في المدينة الساحلية منذ ثلاث سنوات وهي تصنع المضخات الصغيرة للمزارعين.
وصلت المضخات اليوم إلى القرية البعيدة وتتدرب فرق الشباب على التركيب في المركز القريب من الميناء.
وتقول المهندسة إن المضخة الواحدة تسقي الحقل المتوسط طوال الصيف من غير الوقود وفي أثناء الليل.
وقد زار الوزير المصنع في الشهر الماضي ووعد بدعم المزارعين الذين يريدون شراء الأجهزة بالتقسيط.
"""


def with_ligature(text: str) -> str:
    """Return a text in a font whose glyph of the name has no letters."""
    return text.replace("لله", SYMBOL)


def with_torn_article(text: str) -> str:
    """Return a text in which the lam of the article is a symbol, with a space behind it."""
    return re.sub(r"\bال(?=[^\W\dلا])", f"ا{SYMBOL} ", text)


def id_of(context: Context, word: str) -> int:
    return context.resources.lexicon.id_of(word) + SPECIALS


@pytest.mark.parametrize(("before", "behind"), [("رحمه", "وكان"), ("رسول", "صلى"), ("شاء", "سوف")])
def test_the_words_of_formulas_expect_it(context: Context, before: str, behind: str) -> None:
    found = expected(
        id_of(context, before), id_of(context, "الله"), id_of(context, behind), context.resources
    )
    assert found > 1.5


@pytest.mark.parametrize(
    ("before", "behind"), [("مدير", "شركة"), ("واجهة", "مستخدم"), ("في", "بيت")]
)
def test_other_words_do_not(context: Context, before: str, behind: str) -> None:
    found = expected(
        id_of(context, before), id_of(context, "الله"), id_of(context, behind), context.resources
    )
    assert found < -1.0


def test_words_that_no_model_knows_say_nothing(context: Context) -> None:
    assert expected(0, id_of(context, "الله"), 0, context.resources) == 0.0


def test_a_symbol_is_asked_about_only_behind_an_alef(context: Context) -> None:
    torn = [["مدير", f"ا{NAME}", "شركة"], ["في", f"وا{NAME}", "مدينة"]]
    inside = [["مدير", f"م{NAME}", "شركة"], ["في", f"ا{NAME}ب", "مدينة"]]
    pious = [["رحمه", f"ا{NAME}"], ["رسول", f"ا{NAME}", "صلى"]]
    assert impossible(torn, context.resources) == {NAME}
    assert impossible(inside, context.resources) == frozenset()
    assert impossible(pious, context.resources) == frozenset()


def test_a_name_that_stands_in_letters_is_no_guess() -> None:
    def never(name: str, text: str) -> bool:
        return False

    assert spells(f"ا{NAME}", "الله", ["لله"], never)
    assert spells(f"ال{NAME}{NAME}", "الله", ["ل", "ه"], never)
    assert not spells(f"{NAME}الله", "والله", ["و"], never)
    assert not spells(f"ا{NAME}ب", "الب", ["ل"], never)
    assert not spells(f"عبدا{NAME}", "عبدالله", ["لله"], never)
    assert not spells(f"ال{NAME}ه", "الله", ["ل"], lambda name, text: text == "ل")


def test_the_ligature_of_the_name_comes_back() -> None:
    assert arfix.repair(with_ligature(LETTER)) == LETTER


def test_a_torn_article_is_never_read_as_the_name() -> None:
    broken = with_torn_article(REPORT)
    assert broken.count(SYMBOL) > 15
    assert "الله" not in arfix.repair(broken)


@pytest.mark.parametrize("symbol", [SYMBOL, "\ufffd", "\x03"])
def test_a_torn_article_is_put_to_its_word(symbol: str) -> None:
    assert arfix.repair(with_torn_article(REPORT).replace(SYMBOL, symbol)) == REPORT


def test_the_name_before_words_that_take_an_article_is_no_article() -> None:
    text = with_ligature(LETTER + "إن الله غفور رحيم، والله سميع بصير، وكان الله واسع الفضل.\n")
    assert arfix.repair(text).count("الله") == 12
