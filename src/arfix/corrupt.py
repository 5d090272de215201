"""The noisy channel run forwards: damage healthy text as extractors damage it.

``erase`` and ``erase_text`` lose glyphs and nothing else. ``corrupt`` runs the whole channel
that one document goes through, in the order in which it happens: the page is laid out
(``moved_stops`` says with which base direction), glyphs turn into symbols or into nothing,
PDFBox reorders what is left, a later step strips the symbols. What comes back says of every
character where it was, so a test or a bench can tell what a repair should have found.

Everything random comes from ``random.Random(seed).random()``, whose stream is the same in all
versions of Python.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from random import Random
from typing import Final, NamedTuple

from arfix.bidi import Levels, bidi_classes, reorder, resolve
from arfix.damage import COMMON_GLYPHS, KNOWN_SETS, MARKS, Damage, Drawn, random_channel
from arfix.extraction import Placed, as_forms, in_order, lost_lam_alef, swapped_lam_alef
from arfix.glyphs import Glyph, glyphs_of, ligated
from arfix.unicode_tables import JOIN_CAUSING, MIRRORS
from arfix.view import WORD, bare

__all__ = (
    "COMMON_GLYPHS",
    "KNOWN_SETS",
    "Alignment",
    "Corrupted",
    "Damage",
    "Drawn",
    "corrupt",
    "erase",
    "erase_text",
    "random_channel",
)

_LAM_ALEF: Final = "لا"
_FATHATAN: Final = "\u064b"
#: Any letter that joins on both sides stands in for tatweel when forms are worked out.
_JOINER: Final = "ب"
_TATWEEL: Final = {ord(char): _JOINER for char in JOIN_CAUSING}
_LINE: Final = re.compile("[^\r\n]+")


class Alignment(NamedTuple):
    """One word of the original text and where it went.

    ``pieces`` are the stretches of the broken text that hold its characters, in the order of
    the broken text: one as a rule, none for a word that was erased wholly, several where the
    line was cut inside the word. ``output_start`` and ``output_end`` enclose them; for an
    erased word both are the place where it stood.
    """

    start: int
    end: int
    output_start: int
    output_end: int
    pieces: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Corrupted:
    """Damaged text, and where each of its characters came from.

    Attributes:
        text: The damaged text; the same object as ``original`` when nothing was damaged.
        original: The text before.
        damage: What was done to it.
        origins: For each character of ``text`` its offset in ``original``.
    """

    text: str
    original: str
    damage: Damage
    origins: Sequence[int] = field(repr=False)

    @property
    def alignment(self) -> tuple[Alignment, ...]:
        """The words of the original text in order, with their places in the broken one.

        Example:
            >>> broken = corrupt("في داره", Damage(lost=frozenset({Glyph("ي", "final")})))
            >>> [broken.text[word.output_start:word.output_end] for word in broken.alignment]
            ['ف', 'داره']
        """
        places = [-1] * len(self.original)
        for place, origin in enumerate(self.origins):
            places[origin] = place
        aligned: list[Alignment] = []
        after = last = 0  # the place after the last character that survived before this word
        for match in WORD.finditer(self.original):
            start, end = match.span()
            if not bare(match.group()):
                continue
            for place in places[last:start]:
                after = place + 1 if place >= 0 else after
            last = start
            found = sorted(place for place in places[start:end] if place >= 0)
            if not found:
                aligned.append(Alignment(start, end, after, after, ()))
                continue
            cuts = [at for at in range(1, len(found)) if found[at] != found[at - 1] + 1]
            pieces = tuple(
                (found[head], found[tail - 1] + 1)
                for head, tail in pairwise((0, *cuts, len(found)))
            )
            aligned.append(Alignment(start, end, found[0], found[-1] + 1, pieces))
        return tuple(aligned)

    @property
    def erased(self) -> tuple[Alignment, ...]:
        """The words of which nothing is left."""
        return tuple(word for word in self.alignment if not word.pieces)


def _drawn(word: str) -> list[Drawn | None]:
    """Return what each character of a word is drawn with.

    A letter has its glyph, ``None`` inside a lam-alef; tatweel has none; a mark is itself, with
    the lam-alef before it when it sits on one.
    """
    if MARKS.isdisjoint(word) and JOIN_CAUSING.isdisjoint(word):
        return list(glyphs_of(word))
    places = [index for index, char in enumerate(word) if char not in MARKS]
    letters = "".join(word[index] for index in places).translate(_TATWEEL)
    drawn: list[Drawn | None] = list(word)
    inside = [False] * len(word)
    for index, glyph, flag in zip(places, glyphs_of(letters), ligated(letters), strict=True):
        drawn[index] = None if word[index] in JOIN_CAUSING else glyph
        inside[index] = flag
    on_ligature = False
    for index, char in enumerate(word):
        if char not in MARKS:
            on_ligature = inside[index]
        elif on_ligature:
            drawn[index] = _LAM_ALEF + char
    return drawn


@lru_cache(maxsize=256)
def _letters(lost: frozenset[Glyph]) -> frozenset[str]:
    return frozenset(glyph.letter for glyph in lost)


@lru_cache(maxsize=1 << 16)
def _erase_short(word: str, lost: frozenset[Glyph]) -> str:
    return "".join(
        char for char, glyph in zip(word, _drawn(word), strict=True) if glyph not in lost
    )


def erase(word: str, lost: frozenset[Glyph]) -> str:
    """Return a word without its lost glyphs; the same object when it has none.

    A mark on a lost letter stays, and so sits on the letter before. Lam-alef is a ligature
    with a glyph of its own and is not touched.

    Args:
        word: One word, with or without marks and tatweel.
        lost: The glyphs that vanish.

    Example:
        >>> erase("كتابي", frozenset({Glyph("ك", "medial"), Glyph("ي", "final")})) == "كتاب"
        True
    """
    if _letters(lost).isdisjoint(word):
        return word
    # A "word" of a megabyte must not stay in the cache.
    broken = (_erase_short if len(word) < 64 else _erase_short.__wrapped__)(word, lost)
    return word if len(broken) == len(word) else broken


def erase_text(text: str, lost: frozenset[Glyph]) -> tuple[str, list[tuple[str, str]]]:
    """Return the text without its lost glyphs, and every word before and after.

    Args:
        text: Any text.
        lost: The glyphs that vanish.

    Example:
        >>> erase_text("في بيت", frozenset({Glyph("ي", "final")})) == (
        ...     "ف بيت", [("في", "ف"), ("بيت", "بيت")])
        True
    """
    pairs: list[tuple[str, str]] = []

    def broken(match: re.Match[str]) -> str:
        word = match.group()
        after = erase(word, lost)
        if bare(word):
            pairs.append((word, after))
        return after

    after = WORD.sub(broken, text)
    return text if after == text else after, pairs


def corrupt(text: str, damage: Damage, *, seed: int = 0) -> Corrupted:
    """Return the text as an extractor with this damage would hand it over.

    Args:
        text: Healthy text, one paragraph a line.
        damage: What happens to it.
        seed: Decides which paragraphs are damaged and which glyphs are lost, where the damage
            leaves that open.

    Example:
        >>> corrupt("زرت بيتي.", Damage(lost=frozenset({Glyph("ي", "final")}))).text == "زرت بيت."
        True
    """
    if not damage:
        return Corrupted(text, text, damage, range(len(text)))
    rng = Random(seed)
    lines = [match.span() for match in _LINE.finditer(text)]
    chosen = _choose([span for span in lines if text[slice(*span)].strip()], damage, rng)
    out: list[str] = []
    origins = array("q")
    last = 0
    for start, end in chosen:
        out.append(text[last:start])
        origins.extend(range(last, start))
        line, places = _corrupt_paragraph(text[start:end], damage, rng)
        out.append(line)
        origins.extend(start + place for place in places)
        last = end
    out.append(text[last:])
    origins.extend(range(last, len(text)))
    broken = "".join(out)
    return Corrupted(text if broken == text else broken, text, damage, origins)


def _choose(
    spans: Sequence[tuple[int, int]], damage: Damage, rng: Random
) -> Sequence[tuple[int, int]]:
    """Return the paragraphs that are damaged."""
    count = max(1, int(damage.share * len(spans) + 0.5))
    if count >= len(spans):
        return spans
    if damage.scattered:
        ranks = [rng.random() for _ in spans]
        kept = sorted(sorted(range(len(spans)), key=ranks.__getitem__)[:count])
        return [spans[index] for index in kept]
    first = int(rng.random() * (len(spans) - count + 1))
    return spans[first : first + count]


def _corrupt_paragraph(text: str, damage: Damage, rng: Random) -> tuple[str, Sequence[int]]:
    """Return one damaged paragraph and the origin of each of its characters."""
    shown = _extract(text, damage, rng)
    breaks = _wrap(text, damage.wrap)
    for place in breaks:
        shown[place] = "\n"
    if damage.moved_stops or damage.pdfbox:
        found = _reordered(text, shown, damage, breaks)
    else:
        found = [(char, index) for index, char in enumerate(shown)]
    stripped = frozenset(damage.symbols.values()) if damage.stripped else frozenset()
    kept = [(char, index) for char, index in found if char and char not in stripped]
    ordered = damage.swapped or damage.order != "logical"
    if ordered or damage.forms or damage.lam_alef != "whole":
        kept = _read(kept, damage)
    return "".join(char for char, _ in kept), [index for _, index in kept]


def _read(text: list[Placed], damage: Damage) -> list[Placed]:
    """Return each line as the extractor reads it."""
    out: list[Placed] = []
    line: list[Placed] = []
    for placed in [*text, ("\n", -1)]:
        if placed[0] != "\n":
            line.append(placed)
            continue
        if not any(WORD.match(char) for char, _ in line):
            out += [*line, placed]
            line = []
            continue
        line = lost_lam_alef(line, damage.lam_alef)
        if damage.forms:
            line = as_forms(line)
        if damage.swapped:
            line = swapped_lam_alef(line)
        out += [*in_order(line, damage.order), placed]
        line = []
    return out[:-1]


def _extract(text: str, damage: Damage, rng: Random) -> list[str]:
    """Return for each character what is extracted for its drawing; nothing when it is lost."""
    shown = list(text)
    lost: dict[Drawn, float] = {glyph: damage.rates.get(glyph, 1.0) for glyph in damage.lost}
    if damage.lost_tanween:
        lost[_LAM_ALEF + _FATHATAN] = 1.0
    touched = frozenset(
        drawn.letter if isinstance(drawn, Glyph) else drawn[-1]
        for drawn in (*lost, *damage.symbols)
    )
    for match in WORD.finditer(text):
        word = match.group()
        if touched.isdisjoint(word):
            continue
        for index, drawn in enumerate(_drawn(word), match.start()):
            if drawn is None or not shown[index]:
                continue
            pair = text[index : index + 2]  # fonts draw shadda and its vowel as one glyph
            both = damage.symbols.get(pair) or damage.symbols.get(pair[::-1])
            if both and len(pair) == 2:
                shown[index], shown[index + 1] = both, ""
                continue
            rate = lost.get(drawn, 0.0)
            if rate and (rate == 1.0 or rng.random() < rate):
                shown[index] = ""
            elif symbol := damage.symbols.get(drawn) or damage.symbols.get(drawn[-1]):
                shown[index] = symbol
    return shown


def _wrap(text: str, width: int) -> list[int]:
    """Return the spaces that become line breaks."""
    breaks: list[int] = []
    if not width:
        return breaks
    start, space = 0, -1
    for index, char in enumerate(text):
        if index - start >= width and space > start:
            breaks.append(space)
            start = space + 1
        if char == " ":
            space = index
    return breaks


def _reordered(
    text: str, shown: list[str], damage: Damage, breaks: list[int]
) -> list[tuple[str, int]]:
    """Return the characters in the order in which the extractor finds them."""
    classes = bidi_classes(text)
    found: list[tuple[str, int]] = []
    if classes.count("AL") + classes.count("R") == 0:
        return list(zip(shown, range(len(text)), strict=True))
    levels, base = resolve(text, "L" if damage.moved_stops else "R", private="AL")
    for start, end in pairwise((-1, *breaks, len(text))):
        begin = start + 1
        line = Levels(levels[begin:end], base)
        if damage.pdfbox:
            order = _through_pdfbox(text[begin:end], shown[begin:end], line)
        else:
            order = _moved_edges(text[begin:end], shown[begin:end], line)
        found += [(char, begin + index) for char, index in order]
        if end < len(text):
            found.append((shown[end], end))
    return found


def _through_pdfbox(text: str, shown: list[str], line: Levels) -> list[tuple[str, int]]:
    """Return the line as drawn and then read by PDFBox (see ``bidi.pdfbox_pass``)."""
    drawn = [
        (MIRRORS.get(shown[index], shown[index]) if mirrored else shown[index], index)
        for index, mirrored in reorder(text, *line)
        if shown[index]
    ]
    page = "".join(char for char, _ in drawn)
    return [
        (MIRRORS.get(page[place], page[place]) if mirrored else page[place], drawn[place][1])
        for place, mirrored in reorder(page, *resolve(page))
    ]


def _moved_edges(text: str, shown: list[str], line: Levels) -> list[tuple[str, int]]:
    """Return the line with the neutral characters at its edges on the other side.

    That is all that a left-to-right base does to a line without Latin words; what it does to
    one that has some depends on the extractor.
    """
    kinds = bidi_classes(text)

    def neutral(index: int) -> bool:
        return line.levels[index] == 0 and kinds[index] not in ("L", "EN", "AN")

    first, last = 0, len(text)
    while first < last and text[first].isspace():
        first += 1
    while last > first and text[last - 1].isspace():
        last -= 1
    head, tail = first, last
    while head < last and neutral(head):
        head += 1
    while tail > head and neutral(tail - 1):
        tail -= 1
    if head == tail:
        head = tail = first  # nothing but punctuation: stays as it is
        last = first
    mirrored = {*range(first, head), *range(tail, last)}
    order = (
        *range(first),
        *range(last - 1, tail - 1, -1),
        *range(head, tail),
        *range(head - 1, first - 1, -1),
        *range(last, len(text)),
    )
    return [
        (MIRRORS.get(shown[index], shown[index]) if index in mirrored else shown[index], index)
        for index in order
    ]
