from __future__ import annotations

import time
from collections import Counter
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, ClassVar, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from arfix.channel.model import Channel, LostGlyph, SymbolReading
from arfix.channel.prior import ROWS
from arfix.channel.word import IMPOSSIBLE, WordChannel, erased, slips
from arfix.config import Config
from arfix.glyphs import Glyph
from arfix.lexicon.automaton import CODES, FINAL_BIT
from arfix.nearby import SYMBOL, fitting, missing, near
from arfix.resources import DATA, Resources
from arfix.stages import Context
from arfix.suggestions import LONGEST, Candidate, candidates
from arfix.view import bare

if TYPE_CHECKING:
    from collections.abc import Iterable

    from arfix.lexicon.automaton import Automaton

needs_data = pytest.mark.skipif(not (DATA / "lexicon.dat").exists(), reason="needs the models")

KAF = "\ue940"
SMALL = [
    "كتاب", "كتب", "مكتب", "مكتبة", "كاتب", "تاب", "باب", "بكتب", "ككتب", "بيت", "بنت", "بت", "ب",
    "سلام", "سلم", "سلالم", "لا", "مسلم", "أحمد", "احمد", "حمد", "تكتكت", "تت", "متب",
]  # fmt: skip


@pytest.fixture(scope="module")
def context() -> Context:
    return Context(Config(), Resources.load())


def texts(found: Iterable[Candidate]) -> list[str]:
    return [candidate.text for candidate in found]


def small(words: Iterable[str]) -> Automaton:
    """A trie in the arrays of an automaton: node k is at 64 k; node 0 has no letters."""
    known = sorted(set(words))
    prefixes = sorted({word[:end] for word in known for end in range(len(word) + 1)})
    inner = [
        prefix for prefix in prefixes if any(w != prefix and w.startswith(prefix) for w in known)
    ]
    place = {prefix: 64 * (index + 1) for index, prefix in enumerate(inner)}
    size = 64 * (len(inner) + 2)
    base, skip, check = [0] * size, [0] * size, bytearray(size)
    for prefix in prefixes[1:]:
        slot = place[prefix[:-1]] + CODES[prefix[-1]]
        base[slot] = place.get(prefix, 0)
        check[slot] = CODES[prefix[-1]] | (FINAL_BIT if prefix in known else 0)
        # How many words come before this edge among those of the node that it leaves.
        skip[slot] = sum(word.startswith(prefix[:-1]) and word < prefix for word in known)
    return cast(
        "Automaton",
        SimpleNamespace(base=base, skip=skip, check=memoryview(bytes(check)), root=place[""]),
    )


class TestWalks:
    """The walks find what comparing with every word finds, and number it as the lexicon does."""

    lexicon = small(SMALL)
    numbers: ClassVar = {word: number for number, word in enumerate(sorted(set(SMALL)))}
    letters = st.text("كتبسلمايهأحد", max_size=7)

    def check(self, found: dict[str, int], wanted: set[str]) -> None:
        assert found == {word: self.numbers[word] for word in wanted}

    @given(letters | st.sampled_from(SMALL), st.integers(0, 2))
    @settings(max_examples=300)
    def test_near(self, word: str, edits: int) -> None:
        wanted = {known for known in SMALL if OSA.distance(word, known) <= edits}
        self.check(near(self.lexicon, word, edits), wanted)

    @given(letters | st.sampled_from(SMALL), st.integers(1, 2), st.integers(1, 3))
    @settings(max_examples=300)
    def test_missing(self, word: str, kinds: int, most: int) -> None:
        wanted = {
            known
            for known in SMALL
            if 0 < len(known) - len(word) <= most
            and len(Counter(known) - Counter(word)) <= kinds
            and _within(word, known)
        }
        self.check(missing(self.lexicon, word, kinds, most), wanted)

    @given(st.text(f"كتبسلم{KAF}", max_size=5))
    @settings(max_examples=200)
    def test_fitting(self, pattern: str) -> None:
        wanted = {known for known in SMALL if _fit(pattern, known)}
        self.check(fitting(self.lexicon, pattern), wanted)

    @pytest.mark.parametrize("word", ["پ", "كتاپ", "\ud800", "a"])
    def test_strange_letters_match_nothing(self, word: str) -> None:
        assert set(near(self.lexicon, word, 1)) == {
            known for known in SMALL if OSA.distance(word, known) <= 1
        }
        assert missing(self.lexicon, word, 2, 2) == {}

    @needs_data
    def test_the_shipped_lexicon(self, context: Context) -> None:
        automaton = context.resources.lexicon.automaton
        for word in ("مشلات",):
            wanted = {
                known
                for known in automaton.words()
                if OSA.distance(word, known, score_cutoff=1) <= 1
            }
            found = near(automaton, word, 1)
            assert set(found) == wanted
            assert all(automaton.number(known) == number for known, number in found.items())


def _within(word: str, longer: str) -> bool:
    rest = iter(longer)
    return all(letter in rest for letter in word)


def _fit(pattern: str, word: str) -> bool:
    if not pattern:
        return not word
    if not SYMBOL.match(pattern[0]):
        return word[:1] == pattern[0] and _fit(pattern[1:], word[1:])
    ends = [0, 1] + [2] * (word[:2] in ("لا", "لأ", "لإ", "لآ"))
    return any(_fit(pattern[1:], word[end:]) for end in ends if end <= len(word))


class TestChannel:
    """What can have happened to one word."""

    row = frozenset(ROWS[0].glyphs)

    def test_loss_is_by_glyph(self) -> None:
        judge = WordChannel()
        assert judge.cause("مكتب", "متب").reason == "lost ك.medial"
        # Medial kaf cannot be lost and there: the second one is of another form, the first is not.
        assert judge.cause("مكتبك", "متبك").reason == "lost ك.medial"
        assert judge.cause("تكتكت", "تتكت").reason == "another spelling"

    def test_known_sets_go_before_other_glyphs_and_these_before_slips(self) -> None:
        judge = WordChannel()
        row = judge.cause("مكتب", "متب").score
        other = judge.cause("مرتب", "متب").score
        two = judge.cause("مترتبا", "متتا").score
        slip = judge.cause("متن", "متب").score
        assert row > other > slip
        assert other > two

    def test_a_seat_is_cheaper_than_dots_and_these_than_a_letter(self) -> None:
        assert 0 == slips("أحمد", "أحمد") > slips("أحمد", "احمد") > slips("أحمد", "أخمد")
        assert slips("أحمد", "أخمد") > slips("أحمد", "أكمد") > slips("أحمد", "اكمد")

    def test_a_given_channel_is_free_and_takes_the_place_of_the_known_sets(self) -> None:
        judge = WordChannel(Channel(lost=(LostGlyph("ر", "final", 1.0),)))
        assert judge.cause("مرتب", "متب").score == pytest.approx(0, abs=0.02)
        assert judge.cause("متب", "متب").score == pytest.approx(0, abs=0.02)
        assert judge.cause("مكتب", "متب").score < WordChannel().cause("مكتب", "متب").score
        assert judge.cause("مر", "مر").score < -3

    def test_a_glyph_that_is_lost_now_and_then(self) -> None:
        judge = WordChannel(Channel(lost=(LostGlyph("ك", "medial", 0.5),)))
        assert judge.cause("تكتكت", "تتكت").score > -2
        assert judge.cause("تكتكت", "تكتكت").score > -2

    def test_two_words(self) -> None:
        judge = WordChannel()
        unseen = judge.cause("دار كتب", "داركتب")
        assert unseen.reason == "two words"
        assert unseen.score > judge.cause("بيت كتب", "بيتكتب").score
        assert judge.cause("دار كتب", "داركت").score == IMPOSSIBLE

    def test_one_symbol_is_one_glyph(self) -> None:
        judge = WordChannel()
        assert judge.cause("مكتب", f"م{KAF}تب").reason == "the symbol is ك.medial"
        assert judge.cause("تكتكت", f"ت{KAF}ت{KAF}ت").score > IMPOSSIBLE
        assert judge.cause("تكتبت", f"ت{KAF}ت{KAF}ت").score == IMPOSSIBLE
        # A row of the table of symbols that were seen to stand for a glyph.
        assert judge.cause("مكتب", f"م{KAF}تب").score > judge.cause("معتب", f"م{KAF}تب").score

    @given(st.sampled_from(SMALL))
    def test_what_is_left_of_a_word_is_explained_by_the_loss(self, word: str) -> None:
        left = erased(word, self.row)
        if left != word:
            assert WordChannel().cause(word, left).code == "AR301"


@needs_data
class TestRanking:
    @pytest.mark.parametrize(
        ("word", "right"),
        [
            ("مايروسوفت", "مايكروسوفت"),
            ("التنولوجيا", "التكنولوجيا"),
            ("المشلات", "المشكلات"),
            ("الواليس", "الكواليس"),
            ("باستشاف", "باستكشاف"),
        ],
    )
    def test_kaf_inside_a_word(self, context: Context, word: str, right: str) -> None:
        best = candidates(word, context)[0]
        assert best.text == right
        assert best.confidence > 0.9
        assert (best.code, best.reason) == ("AR301", "lost ك.medial")

    @pytest.mark.parametrize(
        ("word", "right", "reason"),
        [
            ("تابات", "كتابات", "lost ك.initial"),
            ("وبمايروسوفت", "وبمايكروسوفت", "lost ك.medial"),
            ("فيالمدينة", "في المدينة", "two words"),
            ("المدر سة", "المدرسة", "one word"),
            ("الى", "إلى", "another spelling"),
            ("المدرصة", "المدرسة", "another spelling"),
            ("الديقراطة", "الديمقراطية", "lost م.medial, ي.medial"),
            (f"مشر{KAF}ع", "مشروع", "the symbol is و.isolated"),
        ],
    )
    def test_every_kind(self, context: Context, word: str, right: str, reason: str) -> None:
        best = candidates(word, context)[0]
        assert (best.text, best.reason) == (right, reason)

    @pytest.mark.parametrize("word", ["كتاب", "كتب", "شرته", "متب", "ف", "اب ت", "قريق", "الى"])
    def test_laws(self, context: Context, word: str) -> None:
        found = candidates(word, context, limit=1000)
        assert found == candidates(word, context, limit=1000)
        assert len(set(texts(found))) == len(found) > 1
        assert [it.score for it in found] == sorted((it.score for it in found), reverse=True)
        assert all(0 <= it.confidence <= 1 for it in found)
        assert sum(it.confidence for it in found) <= 1 + 1e-9
        for limit in (1, 2, 5):
            assert candidates(word, context, limit=limit) == found[:limit]

    def test_a_known_word_is_among_its_candidates(self, context: Context) -> None:
        best = candidates("كتاب", context)[0]
        assert (best.text, best.reason, best.code) == ("كتاب", "as it stands", "")
        found = candidates("كتاب", context, limit=1000)
        assert sum(it.confidence for it in found) == pytest.approx(1)

    def test_an_unknown_word_is_not_listed_but_weighs(self, context: Context) -> None:
        found = candidates("بوترغيث", context, limit=1000)
        assert "بوترغيث" not in texts(found)
        assert sum(it.confidence for it in found) < 0.99

    def test_context_decides(self, context: Context) -> None:
        def best(before: str, after: str) -> str:
            return candidates("شرة", context, before=before, after=after)[0].text

        assert best("تملكها", "الاتصالات السعودية") == "شركة"
        assert best("كان عددهم أربع", "مرة") == "عشرة"

    def test_context_lifts(self, context: Context) -> None:
        def share(before: str) -> float:
            found = candidates("عل", context, before=before, limit=50)
            return sum(it.confidence for it in found if it.text == "على")

        assert share("حصل الطالب") > share("محمد بن")

    def test_far_context_is_not_read(self, context: Context) -> None:
        near_by = candidates("شرة", context, before="أعلنت هذه", after="الاتصالات اليوم أنها")
        far = candidates(
            "شرة", context, before="كلام " * 90_000 + "كلام كلام كلام أعلنت هذه"[-10:],
            after="الاتصالات اليوم أنها " + "كلام " * 90_000,
        )  # fmt: skip
        assert texts(near_by)[0] == texts(far)[0]

    def test_the_channel_of_the_document_goes_before_the_prior(self, context: Context) -> None:
        def best(letter: str, form: str) -> str:
            channel = Channel(lost=(LostGlyph(letter, form, 1.0),))
            return candidates("المشلات", context, channel=channel)[0].text

        assert best("ك", "medial") == "المشكلات"
        assert best("غ", "medial") == "المشغلات"

    def test_symbols_that_the_channel_has_read(self, context: Context) -> None:
        channel = Channel(symbols=(SymbolReading("☃", "ك", 0.9),))
        best = candidates("م☃تب", context, channel=channel)[0]
        assert (best.text, best.reason, best.code) == ("مكتب", "the symbols read", "AR202")
        assert candidates("م☃تب", context) == []


@needs_data
class TestWhatIsAsked:
    @pytest.mark.parametrize(
        "word",
        ["", " ", "word", "123", "،", "\u064e", "ـ", "ـــ", "\ud800", "\x00", KAF, KAF * 3,
         "كتاب x", "كتاب، قلم", "كتاب قلم دفتر", f"ك{KAF * 9}", "ب" * (LONGEST + 1), "☃"],
    )  # fmt: skip
    def test_no_candidates(self, context: Context, word: str) -> None:
        assert candidates(word, context) == []

    @pytest.mark.parametrize("limit", [0, -1])
    def test_none_wanted(self, context: Context, limit: int) -> None:
        assert candidates("المشلات", context, limit=limit) == []

    @pytest.mark.parametrize(
        ("written", "best"),
        [
            ("المُشلّات", "المُشكلّات"),
            ("الـمـشلات", "الـمـشكلات"),
            ("«المشلات»،", "«المشكلات»،"),
            (" المشلات\n", " المشكلات\n"),
            ("المشلات\x00", "المشكلات\x00"),
        ],
    )
    def test_marks_and_edges_are_kept(self, context: Context, written: str, best: str) -> None:
        assert candidates(written, context)[0].text == best

    @given(st.sampled_from(["المشلات", "كتاب", "فيالمدينة", "متب"]), st.data())
    @settings(max_examples=40)
    def test_marks_change_nothing_else(self, word: str, data: Any) -> None:
        context = Context(Config(), Resources.load())
        marks = st.text("\u064e\u064f\u0651ـ", max_size=2)
        written = "".join(letter + data.draw(marks) for letter in word)
        found = candidates(written, context)
        assert [bare(text) for text in texts(found)] == texts(candidates(word, context))
        same = [it.text for it in found if bare(it.text) == word]
        assert not same or same == [written]

    @given(st.text("ابتيكلمن \u064e\ue940پ.", max_size=9))
    @settings(max_examples=60)
    def test_any_string(self, word: str) -> None:
        context = Context(Config(), Resources.load())
        for candidate in candidates(word, context, before=word, after=word):
            assert candidate.text
            assert 0 <= candidate.confidence <= 1

    def test_long_strings(self, context: Context) -> None:
        assert candidates("ب" * 300_000, context) == []
        assert candidates("ب ت " * 100_000, context) == []

    @pytest.mark.slow
    def test_fast_enough(self, context: Context) -> None:
        words = ["المشلات", "مايروسوفت", "كتاب", "متب", "ف", "الواليس", "باستشاف", "شرته"]
        candidates("كتب", context)
        start = time.process_time()
        for word in words:
            candidates(word, context)
        assert (time.process_time() - start) / len(words) < 0.06  # 0.02 is meant


def test_sets_come_from_the_prior() -> None:
    assert WordChannel().sets == tuple(row.glyphs for row in ROWS)
    assert WordChannel(use_prior=False).sets == WordChannel(Channel()).sets == ()
    lost = Channel(lost=(LostGlyph("ظ", "medial", 1.0),))
    assert WordChannel(lost).sets == ((Glyph("ظ", "medial"),),)
