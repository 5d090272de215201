"""Atoms, what may have been done to them, and which hypotheses a document favours."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arfix.order.atoms import LATIN, NUMBER, WORD, atoms, mirrored, turned
from arfix.order.hypotheses import END_FIRST, IDENTITY, hypotheses, signs
from arfix.order.language import ARABIC_TEXT, OTHER, PERSIAN, language
from arfix.order.placement import placement
from arfix.order.prior import Prior
from arfix.order.render import render
from arfix.order.scoring import Scorer
from arfix.resources import Resources

PIECES = "ابت نةى ً َ0123٤٥abC().،:«» \t\ue001\ufffd\u200c-%"


def reading(line: str, name: str) -> str:
    parts = atoms(line)
    found = next(each for each in hypotheses(parts) if each.name == name)
    return render(parts, found, mirror=False, clusters=False)


@given(st.text(PIECES, max_size=40))
def test_atoms_are_the_line(line: str) -> None:
    assert "".join(atom.text for atom in atoms(line)) == line


@given(st.text(PIECES, max_size=30))
def test_no_hypothesis_loses_or_doubles_an_atom(line: str) -> None:
    parts = atoms(line)
    for hypothesis in hypotheses(parts):
        assert sorted(index for index, _ in hypothesis.arrangement) == list(range(len(parts)))


@given(st.text(PIECES, max_size=30))
def test_turning_twice_changes_nothing(text: str) -> None:
    assert turned(turned(text)) == text
    assert mirrored(mirrored(text)) == text


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("12:30", [NUMBER]),
        ("12,500.75", [NUMBER]),
        ("2019-2021", [NUMBER, "punctuation", NUMBER]),
        ("Llama 3.1 (70B)", [LATIN]),
        ("Dell،", [LATIN, "punctuation"]),
        ("ك(cid:7)ب", [WORD]),
        ("\ue001لم\ufffd", [WORD]),
        ("می\u200cرود", [WORD]),
    ],
)
def test_what_stays_together(text: str, kinds: list[str]) -> None:
    assert [atom.kind for atom in atoms(text)] == kinds


@pytest.mark.parametrize(
    ("line", "name", "result"),
    [
        ("سماخ 12 عبار", "rev", "رابع 12 خامس"),
        ("Dell ثالث", "words", "ثالث Dell"),
        ("،ثان أول", "words", "أول ثان،"),
        ("ثان، أول", "tokens", "أول ثان،"),
        ("ثان .أول", "tokens-ends", "أول. ثان"),
        ("لوأ ناث", "inplace", "أول ثان"),
        ("ثان 12 أول", "runs-narrow-back-same", "أول 12 ثان"),
        ("ثان ثالث .أول", "signals", "أول. ثان ثالث"),
        (".أول ثان", END_FIRST, "أول ثان."),
    ],
)
def test_each_hypothesis_undoes_its_damage(line: str, name: str, result: str) -> None:
    assert reading(line, name).strip() == result


def test_a_line_shows_where_it_was_cut() -> None:
    assert signs(atoms("جاء بعده«صديق قديم» من السفر"))
    assert signs(atoms("ثم خرج .وعاد إلى البيت"))
    assert not signs(atoms("قال: «لا أدري»، ثم خرج. وعاد (بعد يوم) إلى البيت."))
    assert not signs(atoms("النسخة 2.0 من الملف data.csv، وهي الأخيرة."))


def test_punctuation_hangs_on_the_word_before() -> None:
    good, bad = atoms("ثم خرج، وعاد."), atoms("خرج ،وعاد .ثم")
    for line, least in ((good, 2.0), (bad, -2.0)):
        order = tuple((index, False) for index in range(len(line)))
        assert placement(line, order) == least


@pytest.mark.parametrize(
    ("text", "least"),
    [
        ("المرسوم (م/51) صدر", 0.0),
        ("/المرسوم (م 51) صدر", -1.0),
        ("المرسوم /م صدر", -1.0),
        ("المرسوم ( م/51 ) صدر", -1.0),
        ("في ٢ / ٤ / ١٤٤٤", 0.0),
        ("زار «الدار» ثم", 0.0),
        ("زار«الدار» ثم", -2.0),
        ("زار«الدار»ثم", 0.0),
        ("زار«الدار»، ثم", 0.0),
        ("زار و«الدار» ثم لـ«أخيه»", 0.0),
    ],
)
def test_slashes_brackets_and_quotations_have_their_side(text: str, least: float) -> None:
    line = atoms(text)
    assert placement(line, tuple((index, False) for index in range(len(line)))) == least


def test_lines_of_a_document_speak_for_one_another() -> None:
    clear = {IDENTITY: -80.0, "rev": -40.0}
    open_ = {IDENTITY: -20.0, "rev": -20.0}
    prior = Prior([("plain", clear)] * 9 + [("plain", open_)])
    assert prior.posterior("plain", open_)["rev"] > 0.9
    healthy = Prior([("plain", {IDENTITY: -40.0, "rev": -80.0})] * 9 + [("plain", open_)])
    assert healthy.posterior("plain", open_)[IDENTITY] > 0.99


def test_a_line_is_no_evidence_for_itself() -> None:
    clear = {IDENTITY: -60.0, "rev": -40.0, "runs": -50.0}
    odd = {IDENTITY: -60.0, "rev": -46.0, "runs": -40.0}
    prior = Prior([("mixed", clear), ("mixed", clear), ("mixed", odd)])
    found = prior.by_others("mixed", odd)
    assert max(found, key=found.__getitem__) == "rev"
    alone = Prior([("mixed", odd)]).by_others("mixed", odd)
    assert max(alone, key=alone.__getitem__) == "runs"


def test_what_other_classes_repair_is_no_reason_to_reorder() -> None:
    scorer = Scorer(Resources.load())
    for plain, damaged in (
        ("الأحداث", "األحداث"),
        ("لا", "ال"),
        ("البحر", "\ufe8d\ufedf\ufe92\ufea4\ufeae"),
        ("الكتاب", "الكـتابُ"),
    ):
        assert scorer.is_known(plain)
        assert scorer.is_known(damaged)
    assert scorer.unit("المدرسةالكبيرةالجديدة")[2] > scorer.unit("ةديدجلاةريبكلاةسردملا")[2]


def test_persian_is_known_by_its_common_words_where_letters_are_wrong() -> None:
    resources = Resources.load()
    wrong = str.maketrans("خفقجحضشنم", "سرکهدطسرل")
    persian = (
        "پیرمرد هر روز صبح از کوچه به کتابخانه می‌آید و روی نیمکت کنار پنجره روزنامه را با صدای"
        " بلند می‌خواند و چند گنجشک روی پلهٔ سنگی منتظرند که او تکه‌ای نان برای آن‌ها بگذارد"
    ).translate(wrong)
    kurdish = (
        "باوکم هەموو ڕۆژێک زوو دەچێتە باخچەکە و گوڵەکان ئاو دەدات و منداڵەکان لە کۆڵان یاری دەکەن"
        " و ئێواران هەموومان لە ژوورەکە دادەنیشین و چیرۆک دەگێڕینەوە"
    )
    for text, expected in ((persian, PERSIAN), (kurdish, OTHER)):
        assert language([text], resources) == expected
        assert language([text[::-1]], resources) == expected


def test_the_language_is_seen_in_either_direction() -> None:
    resources = Resources.load()
    persian = (
        "پدرم هر روز صبح زود به باغ می‌رود و گل‌ها را آب می‌دهد و می‌گوید که گل‌ها هم مانند"
        " کودکان به مهربانی نیاز دارند و هر کس با آن‌ها حرف بزند زیباتر خواهند شد"
    )
    arabic = "جلس الجد في ظل الشجرة الكبيرة أمام بيته القديم وأخذ يروي للأحفاد حكاية طويلة"
    urdu = "میرا بھائی ہر روز صبح سویرے باغ میں جاتا ہے اور پھولوں کو پانی دیتا ہے"
    for text, expected in ((persian, PERSIAN), (arabic, ARABIC_TEXT), (urdu, OTHER)):
        assert language([text], resources) == expected
        assert language([text[::-1]], resources) == expected
