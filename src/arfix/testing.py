r"""Hypothesis strategies: Arabic text, damages, and documents broken by them.

For testing a pipeline that handles extracted Arabic, with the truth known for every example::

    from hypothesis import given
    from arfix.testing import broken_documents

    @given(broken_documents())
    def test_pipeline_keeps_the_lines(broken):
        assert my_pipeline(broken.text).count("\n") == broken.original.count("\n")

Words are built from roots and patterns, as Arabic builds them; where the lexicon of arfix is
installed, only the words that it knows are kept. Everything shrinks towards few short words
and towards the damage with the fewest parts. Needs Hypothesis: ``pip install 'arfix[test]'``.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, Final

from arfix.corrupt import COMMON_GLYPHS, Corrupted, Damage, Drawn, corrupt
from arfix.errors import DataError

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

    from arfix.glyphs import Glyph

#: Sound roots: every pattern below applies to them letter by letter.
_ROOTS: Final = (
    "كتب",
    "درس",
    "علم",
    "عمل",
    "نظر",
    "شرك",
    "حكم",
    "دخل",
    "خرج",
    "طلب",
    "جمع",
    "قبل",
    "نشر",
    "حضر",
    "سمع",
    "رسم",
    "حفظ",
    "شكر",
    "سكن",
    "ركب",
    "فكر",
    "ملك",
    "حمل",
    "نقل",
    "ربط",
    "كشف",
)
#: Patterns, shortest first; the letters of فعل are replaced by those of the root.
_VERBS: Final = ("فعل", "يفعل", "تفعل", "يفعلون", "افتعل", "استفعل")
_NOUNS: Final = (
    "فعل",
    "فاعل",
    "فعيل",
    "فعول",
    "فعال",
    "مفعل",
    "مفعول",
    "فعالة",
    "فواعل",
    "أفعال",
    "تفعيل",
    "افتعال",
    "انفعال",
    "استفعال",
)
#: Words without a root: the ones that hold a text together.
_PARTICLES: Final = ("في", "من", "على", "إلى", "عن", "مع", "لكن", "التي", "هذا", "لا", "كي")
_PROCLITICS: Final = ("", "و", "ب", "ل")
_ARTICLES: Final = ("ال", "وال", "بال", "لل")
_ENDINGS: Final = ("", "ها", "هم", "ي", "ك", "كم", "نا", "ين")
_VOWELS: Final = ("", "\u064e", "\u064f", "\u0650", "\u0652", "\u0651", "\u0651\u064e")
#: How an extractor reads a line: in which order, with lam-alef swapped, in presentation forms.
_READINGS: Final = (
    ("logical", False, False),
    ("logical", True, False),
    ("visual", False, False),
    ("visual", True, False),
    ("visual", False, True),
    ("words", False, False),
    ("words", True, False),
)
#: Code points that fonts give to glyphs without one of their own.
_PRIVATE: Final = (0xE800, 0xF8FF)


def _strategies() -> Any:
    try:
        from hypothesis import strategies
    except ImportError as error:
        raise ImportError(
            "arfix.testing needs Hypothesis: install it with pip install 'arfix[test]'"
        ) from error
    return strategies


def _built(patterns: Sequence[str]) -> list[str]:
    tables = [dict(zip(map(ord, "فعل"), root, strict=True)) for root in _ROOTS]
    return [pattern.translate(table) for pattern in patterns for table in tables]


@lru_cache(maxsize=1)
def _stems() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return all stems and the nouns among them; with the lexicon only those it has."""
    nouns = _built(_NOUNS)
    stems = tuple(dict.fromkeys((*_PARTICLES, *_built(_VERBS), *nouns)))
    try:
        from arfix.resources import Resources

        lexicon = Resources.load().lexicon
    except (ImportError, DataError):
        return stems, tuple(nouns)
    known = tuple(stem for stem in stems if stem in lexicon)
    return known or stems, tuple(noun for noun in nouns if noun in lexicon) or tuple(nouns)


def arabic_words(*, affixes: bool = True, marks: bool = False) -> SearchStrategy[str]:
    """Return a strategy for single Arabic words.

    Args:
        affixes: Some words carry a proclitic or a pronoun.
        marks: Some letters carry vowel marks.

    Example:
        >>> from hypothesis import given, settings
        >>> @settings(max_examples=10, database=None)
        ... @given(arabic_words())
        ... def test_a_word_has_no_space(word):
        ...     assert word and " " not in word
        >>> test_a_word_has_no_space()
    """
    st = _strategies()
    stems, nouns = map(st.sampled_from, _stems())
    words = stems
    if affixes:
        owned = st.tuples(st.sampled_from(_PROCLITICS), nouns, st.sampled_from(_ENDINGS))
        definite = st.tuples(st.sampled_from(_ARTICLES), nouns)
        words = st.one_of(stems, definite.map("".join), owned.map(_owned))
    if marks:
        # Not one mark for each letter, which would need the word before the marks: slow to
        # draw and slow to shrink.
        vowels = st.lists(st.sampled_from(_VOWELS), max_size=8)
        words = st.tuples(words, vowels).map(_marked)
    result: SearchStrategy[str] = words
    return result


def _owned(parts: tuple[str, str, str]) -> str:
    """Return proclitic, noun and ending as one word."""
    proclitic, noun, ending = parts
    if ending and noun.endswith("ة"):
        noun = noun[:-1] + "ت"  # ta marbuta opens before an ending
    return proclitic + noun + ending


def _marked(parts: tuple[str, list[str]]) -> str:
    """Return the word with the marks on its first letters."""
    word, vowels = parts
    pairs = zip_longest(word, vowels[: len(word)], fillvalue="")
    return "".join(letter + vowel for letter, vowel in pairs)


def arabic_paragraphs(
    *, min_words: int = 1, max_words: int = 20, marks: bool = False
) -> SearchStrategy[str]:
    r"""Return a strategy for paragraphs: one line that ends in a stop.

    Args:
        min_words: The shortest paragraph.
        max_words: The longest one.
        marks: Some letters carry vowel marks.

    Example:
        >>> from hypothesis import given, settings
        >>> @settings(max_examples=10, database=None)
        ... @given(arabic_paragraphs(max_words=5))
        ... def test_a_paragraph_is_one_line(paragraph):
        ...     assert paragraph[-1] in ".؟!:" and "\n" not in paragraph
        >>> test_a_paragraph_is_one_line()
    """
    st = _strategies()
    words = st.lists(
        st.tuples(arabic_words(marks=marks), st.sampled_from(("{}", "{}،", "«{}»", "({})"))),
        min_size=min_words,
        max_size=max_words,
    )

    def joined(drawn: tuple[list[tuple[str, str]], str]) -> str:
        parts, stop = drawn
        line = " ".join(shape.format(word) for word, shape in parts)
        return line.removesuffix("،") + stop

    result: SearchStrategy[str] = st.tuples(words, st.sampled_from(".؟!:")).map(joined)
    return result


def channels(
    *,
    glyphs: Sequence[Glyph] = COMMON_GLYPHS,
    max_lost: int = 3,
    symbols: bool = True,
    order: bool = True,
) -> SearchStrategy[Damage]:
    """Return a strategy for damages, the empty one included.

    Args:
        glyphs: The glyphs that may be lost or turned into symbols.
        max_lost: How many may be lost; as many again may become symbols.
        symbols: Private-use symbols may stand for some glyphs.
        order: Edge punctuation may move, PDFBox may reorder the lines, or the extractor may read
            them from left to right, swap lam-alef and give presentation forms.

    Example:
        >>> from hypothesis import given, settings
        >>> @settings(max_examples=10, database=None)
        ... @given(channels(max_lost=1, symbols=False))
        ... def test_no_more_than_one(damage):
        ...     assert len(damage.lost) <= 1 and not damage.symbols
        >>> test_no_more_than_one()
    """
    st = _strategies()
    flag = st.booleans()
    never = st.just(False)
    most = 2 * max_lost if symbols else max_lost
    picked = st.lists(st.sampled_from(glyphs), unique=True, max_size=min(most, len(glyphs)))
    # The symbols of a document are neighbours: one draw instead of one for each of them.
    codes = st.integers(_PRIVATE[0], _PRIVATE[1] - most)

    def build(parts: tuple[Any, ...]) -> Damage:
        drawn, code, cut, rate, share, read, *flags = parts
        lost = frozenset(drawn[: max_lost - cut] if symbols else drawn)
        rest = [glyph for glyph in drawn if glyph not in lost]
        shown: dict[Drawn, str] = {glyph: chr(code + at) for at, glyph in enumerate(rest)}
        rates = dict.fromkeys(lost, rate) if rate != 1.0 else {}
        stripped, tanween, moved, pdfbox, scattered = flags
        return Damage(
            lost=lost,
            rates=rates,
            symbols=shown,
            stripped=stripped and bool(shown),
            lost_tanween=tanween,
            moved_stops=moved,
            pdfbox=pdfbox,
            order="logical" if pdfbox else read[0],
            swapped=read[1],
            forms=read[2],
            share=share,
            scattered=scattered,
        )

    result: SearchStrategy[Damage] = st.tuples(
        picked,
        codes,
        st.integers(0, max_lost),
        st.sampled_from((1.0, 0.9, 0.5)),
        st.sampled_from((1.0, 0.5)),
        st.sampled_from(_READINGS) if order else st.just(_READINGS[0]),
        flag if symbols else never,
        flag,
        flag if order else never,
        flag if order else never,
        flag,
    ).map(build)
    return result


def broken_documents(
    texts: SearchStrategy[str] | None = None,
    damages: SearchStrategy[Damage] | None = None,
    *,
    max_paragraphs: int = 6,
) -> SearchStrategy[Corrupted]:
    r"""Return a strategy for damaged documents, each with its original and its alignment.

    Args:
        texts: The healthy texts; a few paragraphs of Arabic when left out.
        damages: What is done to them; any of ``channels()`` when left out.
        max_paragraphs: The longest document, when ``texts`` is left out.

    Example:
        >>> from hypothesis import given, settings
        >>> @settings(max_examples=10, database=None)
        ... @given(broken_documents(damages=channels(order=False)))
        ... def test_lines_are_kept(broken):
        ...     assert broken.text.count("\n") == broken.original.count("\n")
        >>> test_lines_are_kept()
    """
    st = _strategies()
    if texts is None:
        texts = st.lists(arabic_paragraphs(), min_size=1, max_size=max_paragraphs).map("\n".join)
    damages = channels() if damages is None else damages
    result: SearchStrategy[Corrupted] = st.builds(
        corrupt, texts, damages, seed=st.integers(0, 2**32 - 1)
    )
    return result
