"""Erasing glyphs, and the whole channel, on cases worked out by hand."""

from __future__ import annotations

import pickle
import sys
import time
import unicodedata

import pytest

from arfix.corrupt import (
    COMMON_GLYPHS,
    KNOWN_SETS,
    Damage,
    corrupt,
    erase,
    erase_text,
    random_channel,
)
from arfix.errors import ConfigError
from arfix.glyphs import Glyph

KAF = Glyph("ك", "medial")
YEH = Glyph("ي", "final")
MAKSURA = Glyph("ى", "final")
LAM = Glyph("ل", "initial")
ALEF = Glyph("ا", "final")
SAMPLE = KNOWN_SETS[0]
PUA = {KAF: "\ue940", YEH: "\ue915", MAKSURA: "\ue913"}


@pytest.mark.parametrize(
    ("word", "lost", "broken"),
    [
        ("كتابي", {KAF, YEH}, "كتاب"),
        ("مكتبي", {KAF, YEH}, "متب"),
        ("يمكن", {KAF}, "يمن"),
        ("ككل", {KAF}, "كل"),
        ("كرسي", {KAF}, "كرسي"),  # initial kaf is another glyph
        ("وادي", {YEH}, "وادي"),  # isolated yeh, behind dal
        ("على", {MAKSURA}, "عل"),
        ("لا", {LAM, ALEF}, "لا"),  # a ligature: neither glyph is in it
        ("سلام", {ALEF}, "سلام"),
        ("كتاب", {ALEF}, "كتب"),
        ("للأمر", {LAM}, "لأمر"),
        ("كَلْب", {Glyph("ك", "initial")}, "\u064eلْب"),  # the mark stays
        ("سُمِّي", {YEH}, "سُمِّ"),
        ("ـي", {YEH}, "ـ"),  # tatweel joins: the yeh is final
        ("لـا", {LAM}, "ـا"),  # drawn apart, so no ligature
        ("بـ", {Glyph("ب", "initial")}, "ـ"),
        ("ي", {Glyph("ي", "isolated")}, ""),
        ("", {KAF}, ""),
    ],
)
def test_erase(word: str, lost: set[Glyph], broken: str) -> None:
    assert ascii(erase(word, frozenset(lost))) == ascii(broken)


def test_a_word_without_lost_glyphs_is_the_same_object() -> None:
    # Joined at run time, so that no constant of the compiler is the same object by accident.
    for word in ("".join(("سلا", "مة")), "".join(("كر", "م"))):  # the second in another form
        assert erase(word, SAMPLE) is word


def test_erase_text_pairs_every_word() -> None:
    broken, pairs = erase_text("يمكن (في 2024) أن نبني، kaf", SAMPLE)
    assert broken == "يمن (ف 2024) أن نبن، kaf"
    assert pairs == [("يمكن", "يمن"), ("في", "ف"), ("أن", "أن"), ("نبني", "نبن")]


def test_a_megabyte_in_one_word_takes_linear_time() -> None:
    word = "كَ" * 250_000
    start = time.perf_counter()
    assert erase(word, SAMPLE).count("ك") == 2  # the first and the last are not medial
    assert time.perf_counter() - start < 10


# The whole channel


def test_a_long_line_takes_linear_time() -> None:
    damage = Damage(symbols=PUA, moved_stops=True, pdfbox=True)
    times = []
    for size in (500, 5_000):
        start = time.perf_counter()
        broken = corrupt("في بيتي (ab) كتب. " * size, damage)
        assert broken.alignment
        times.append(time.perf_counter() - start)
    assert times[1] < 40 * times[0] + 1


def test_no_damage_returns_the_same_object() -> None:
    text = "".join(("سطر أول.\n", "سطر ثان."))
    broken = corrupt(text, Damage())
    assert broken.text is text
    assert list(broken.origins) == list(range(len(text)))
    assert corrupt(text, Damage(lost=frozenset({Glyph("ظ", "medial")}))).text is text


def test_erased_words_are_listed_where_they_stood() -> None:
    broken = corrupt("قرأ ي كتابا", Damage(lost=frozenset({Glyph("ي", "isolated")})))
    assert broken.text == "قرأ  كتابا"
    assert [tuple(word) for word in broken.erased] == [(4, 5, 4, 4, ())]


def test_symbols_stand_for_glyphs_and_marks() -> None:
    symbols = {**PUA, "\u064f": "\ue826", "لا\u064b": "\ue86b", "\u0651\u064e": "\ue830"}
    text = "يُمكن قليلاً أو كثيراً، وقدَّم لي"
    broken = corrupt(text, Damage(symbols=symbols)).text
    assert broken == "ي\ue826م\ue940ن قليلا\ue86b أو كثيراً، وقد\ue830م ل\ue915"


def test_stripping_the_symbols_leaves_what_erasing_leaves() -> None:
    text = "يمكن أن نبني هذا في عام."
    stripped = corrupt(text, Damage(symbols=PUA, stripped=True))
    assert stripped.text == erase_text(text, SAMPLE)[0]


def test_tanween_is_lost_on_lam_alef_only() -> None:
    text = "قليلاً وكثيراً وفعلًا"
    assert corrupt(text, Damage(lost_tanween=True)).text == "قليلا وكثيراً وفعلا"


@pytest.mark.parametrize(
    ("line", "moved"),
    [
        ("عاد الوفد.", ".عاد الوفد"),
        ("قال «عدنا».", ".«قال «عدنا"),
        ("هل عاد؟!", "!هل عاد؟"),  # ؟ is as strong as a letter (class AL)
        ("قال:", ":قال"),
        ("«عدنا» قال", "عدنا» قال»"),
        ("  عاد. ", "  .عاد "),
        ("عام 2023.", ".عام 2023"),
        ("...", "..."),
        ("Back again.", "Back again."),
        ("عاد الوفد", "عاد الوفد"),
    ],
)
def test_moved_stops(line: str, moved: str) -> None:
    assert ascii(corrupt(line, Damage(moved_stops=True)).text) == ascii(moved)


def test_only_the_end_of_a_paragraph_moves() -> None:
    text = "عاد الوفد، ثم سافر مرة أخرى، ولم يعد."
    broken = corrupt(text, Damage(moved_stops=True, wrap=12)).text
    assert broken == "عاد الوفد،\nثم سافر مرة\nأخرى، ولم\n.يعد"


def test_pdfbox_cuts_lines_that_end_in_a_symbol() -> None:
    text = "مشى في الوادي ثم بنى في المكان بيت أبي.\nثم عاد في يومه."
    broken = corrupt(text, Damage(symbols=PUA, moved_stops=True, pdfbox=True)).text
    first, second = broken.split("\n")
    assert first.startswith("\ue915")  # drawn at the left edge, so the base is L
    assert first.endswith(".")  # and the stop stays at the end
    assert second == ".ثم عاد ف\ue915 يومه"


def test_pieces_of_a_cut_word_are_found() -> None:
    text = "يمكن أن يأتي"
    broken = corrupt(text, Damage(symbols=PUA, pdfbox=True))
    word = broken.alignment[0]
    assert len(word.pieces) > 1
    letters = "".join(broken.text[start:end] for start, end in word.pieces)
    assert sorted(letters) == sorted("يم\ue940ن")


@pytest.mark.parametrize("scattered", [False, True])
@pytest.mark.parametrize("share", [0.0, 0.01, 0.3, 0.5, 1.0])
def test_share_of_paragraphs(share: float, scattered: bool) -> None:
    text = "\n\n".join(["يمكن أن نبني."] * 10)
    damage = Damage(lost=SAMPLE, share=share, scattered=scattered)
    broken = corrupt(text, damage, seed=3).text.split("\n\n")
    hit = [index for index, line in enumerate(broken) if line == "يمن أن نبن."]
    assert len(hit) == (max(1, round(share * 10)) if share else 0)
    if hit and not scattered:
        assert hit == list(range(hit[0], hit[-1] + 1))


def test_rates_lose_some_of_the_glyphs() -> None:
    text = "في " * 2000
    broken = corrupt(text, Damage(lost=frozenset({YEH}), rates={YEH: 0.25}), seed=5).text
    assert 400 < 2000 - broken.count("ي") < 600


def test_the_stream_of_chance_is_fixed() -> None:
    """These values must be the same on every version of Python: recorded cases rest on them."""
    assert sorted(map(str, random_channel(11).lost)) == EXPECTED_CHANNEL, sys.version
    damage = Damage(lost=frozenset({YEH}), rates={YEH: 0.5})
    broken = corrupt("في " * 12, damage, seed=2).text
    assert "".join("1" if word == "في" else "0" for word in broken.split()) == EXPECTED_DRAWS


EXPECTED_CHANNEL = ["خ.initial", "ك.initial"]
EXPECTED_DRAWS = "110011101110"


def test_line_breaks_are_kept_as_they_are() -> None:
    text = "عاد.\r\nعاد.\r\r\n\n"
    assert corrupt(text, Damage(moved_stops=True)).text == ".عاد\r\n.عاد\r\r\n\n"


# Damage


def test_damage_is_a_value() -> None:
    rates = {KAF: 0.5}
    damage = Damage(
        lost=frozenset({KAF, YEH}),
        rates=rates,
        symbols={MAKSURA: "\ue913", "\u064f": "\ue826"},
        stripped=True,
        lost_tanween=True,
        moved_stops=True,
        pdfbox=True,
        wrap=80,
        share=0.5,
        scattered=True,
    )
    rates[YEH] = 0.1
    assert Damage.from_json(damage.to_json()) == damage
    assert damage.to_json().isascii()
    assert pickle.loads(pickle.dumps(damage)) == damage  # noqa: S301 (our own bytes)
    assert hash(damage) == hash(Damage.from_json(damage.to_json()))
    assert damage
    assert not Damage()
    assert not Damage(lost=SAMPLE, share=0)


@pytest.mark.parametrize(
    "wrong",
    [
        {"rates": {KAF: 0.5}},
        {"lost": {KAF}, "symbols": {KAF: "x"}},
        {"lost": {KAF}, "rates": {KAF: 2}},
        {"share": -1},
        {"symbols": {KAF: "xy"}},
        {"symbols": {KAF: "\n"}},
        {"symbols": {"ك": "x"}},
    ],
)
def test_damage_refuses(wrong: dict[str, object]) -> None:
    with pytest.raises(ConfigError):
        Damage(**wrong)  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["", "[]", "{", '{"lost": {"x": 1}}', '{"color": 1}'])
def test_from_json_refuses(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 (a JSON error is one too)
        Damage.from_json(text)


def test_common_glyphs_are_sixty_and_drawn_from() -> None:
    assert len(COMMON_GLYPHS) == len(set(COMMON_GLYPHS)) == 60
    assert set(COMMON_GLYPHS) >= SAMPLE - {MAKSURA}
    drawn = [random_channel(seed) for seed in range(300)]
    assert {len(damage.lost) for damage in drawn} == {1, 2, 3}
    assert len(set().union(*(damage.lost for damage in drawn))) == 60
    with pytest.raises(ConfigError):
        random_channel(1, size=61)


def test_an_extractor_that_reads_from_left_to_right() -> None:
    text = "زار (12 وفدا) لاهاي."
    assert corrupt(text, Damage(order="visual")).text == ".ياهال (ادفو 12) راز"
    assert corrupt(text, Damage(order="words")).text == ".لاهاي (وفدا 12) زار"


def test_a_swapped_lam_alef_is_the_same_pair_in_either_direction() -> None:
    assert corrupt("سلام", Damage(swapped=True)).text == "سالم"
    assert corrupt("سلام", Damage(swapped=True, order="visual")).text == "ملاس"


def test_presentation_forms_fold_back_to_the_text() -> None:
    text = "ثلاث قصائد لأحلام"
    broken = corrupt(text, Damage(forms=True))
    assert unicodedata.normalize("NFKC", broken.text) == text
    assert not set(text) & set(broken.text) - {" "}
    first = broken.alignment[0]
    assert broken.text[first.output_start : first.output_end] == "\ufe9b\ufefc\ufe99"


def test_two_orders_at_once_are_refused() -> None:
    with pytest.raises(ConfigError, match="order"):
        Damage(pdfbox=True, order="visual")
    with pytest.raises(ConfigError, match="none of"):
        Damage(order="mirrored")  # type: ignore[arg-type]
