"""Spaces at digits, Latin letters and punctuation: lost, added, or on the wrong side.

Each kind of place is counted over the document, with the space that a writer sets and without.
Only where hardly any place is as a writer leaves it was it a tool that did it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from arfix.punctuation.stops import led_words
from arfix.spacing.stretches import SPACE_CLASS
from arfix.view import LETTER_CLASS, MARK_CLASS

if TYPE_CHECKING:
    from arfix.lm.protocols import LanguageModel

_LETTER: Final = f"[{LETTER_CLASS}{MARK_CLASS}]"
_DIGIT: Final = "[0-9\u0660-\u0669\u06f0-\u06f9]"
_LATIN: Final = "[A-Za-z]"
_SPACE: Final = f"[{SPACE_CLASS}]"
#: Marks that stand at the end of a word, and what opens and closes round one. A space before
#: an exclamation or question mark is a habit of many and no damage.
_STOPS: Final = ".:\u060c\u061b"
_COMMAS: Final = "\u060c\u061b"
_FULL_STOPS: Final = ".:\u061f!"
#: What a word ends with, its closing brackets included.
_CLOSING: Final = "\u00bb)\\]"
_OPENING: Final = "\u00ab(\\["
#: Brackets may yet face the wrong way.
_BEFORE_COMMA: Final = f"[{LETTER_CLASS}{MARK_CLASS}{_CLOSING}{_OPENING}]"


class Kind(NamedTuple):
    """One kind of place.

    Attributes:
        name: What is wrong there.
        bad: Matches it; the group is what is replaced.
        good: Matches the same place as a writer leaves it.
        after: What replaces the group; None stands for the group with its space behind it.
        habit: Whether there are writers who do so too, so that the document must show more.
        proof: Whether no writer ever does so, so that one place is enough.
    """

    name: str
    bad: re.Pattern[str]
    good: re.Pattern[str]
    after: str | None
    habit: bool
    proof: bool


def _kind(
    name: str,
    bad: str,
    good: str,
    after: str | None,
    *,
    habit: bool = False,
    proof: bool = False,
) -> Kind:
    return Kind(name, re.compile(bad), re.compile(good), after, habit, proof)


KINDS: Final = (
    # A lone alef is no word, and that of nunation is drawn before its mark.
    _kind(
        "nunation",
        f"(?<=[{LETTER_CLASS}]\u064b)({_SPACE}+)(?=\u0627(?!{_LETTER}))",
        "\u064b\u0627(?!\\w)",
        "",
        proof=True,
    ),
    # One letter before a digit is a conjunction, one or two behind it an abbreviation: ١٤٤٤هـ.
    _kind("digits", f"(?<={_LETTER}{{2}})()(?={_DIGIT})", f"{_LETTER}{{2}} (?={_DIGIT})", " "),
    _kind(
        "digits",
        f"(?<={_DIGIT})()(?={_LETTER}{{3}})",
        f"{_DIGIT} (?={_LETTER}{{2}})",
        " ",
        habit=True,
    ),
    # Writers glue the article and prepositions to a Latin word.
    _kind("Latin", f"(?<={_LETTER}{{4}})()(?={_LATIN}{{2}})", f"{_LETTER}{{2}} (?={_LATIN})", " "),
    _kind("Latin", f"(?<={_LATIN}{{2}})()(?={_LETTER}{{2}})", f"{_LATIN} (?={_LETTER}{{2}})", " "),
    _kind(
        "commas",
        f"(?<={_BEFORE_COMMA}[{_COMMAS}])()(?={_LETTER})",
        f"{_BEFORE_COMMA}[{_COMMAS}]\\s",
        " ",
    ),
    # Abbreviations have a stop behind each letter.
    _kind(
        "stops",
        f"(?<={_LETTER}{{2}}[{_FULL_STOPS}])()(?=[{LETTER_CLASS}]{{2}})",
        f"{_LETTER}{{2}}[{_FULL_STOPS}]{_SPACE}",
        " ",
        habit=True,
    ),
    _kind(
        "signs",
        f"(?<=[0-9\u0660-\u0669][%\u060c])()(?={_LETTER}{{2}})",
        f"{_DIGIT}[%\u060c] {_LETTER}",
        " ",
        habit=True,
    ),
    _kind(
        "stops",
        f"(?<=[{LETTER_CLASS}{MARK_CLASS}{_CLOSING}])({_SPACE}+[{_STOPS}])(?=[{LETTER_CLASS}{_OPENING}])",
        f"{_LETTER}[{_STOPS}]{_SPACE}",
        None,
        habit=True,
    ),
    _kind(
        "stops",
        f"(?<=[{LETTER_CLASS}{MARK_CLASS}{_CLOSING}])({_SPACE}+)(?=[{_STOPS}](?:\\s|$))",
        f"{_LETTER}[{_STOPS}](?:\\s|$)",
        "",
        habit=True,
    ),
    _kind(
        "brackets",
        f"(?<=\\S)({_SPACE}+)(?=[{_CLOSING}](?:[{SPACE_CLASS}{_STOPS}]|$))",
        f"\\w[{_CLOSING}](?:[{SPACE_CLASS}{_STOPS}]|$)",
        "",
        habit=True,
    ),
    _kind(
        "brackets",
        f"(?<=[{_OPENING}])({_SPACE}+)(?=\\w)",
        f"(?:^|\\s)[{_OPENING}]\\w",
        "",
        habit=True,
    ),
)


def _glued(opening: str, closing: str) -> tuple[Kind, Kind]:
    """Return the kinds of brackets that are glued to the words outside of them."""
    return (
        _kind(
            "brackets",
            f"(?<={_LETTER}{{2}})()(?={opening}{_LETTER})",
            f"\\s{opening}{_LETTER}",
            " ",
            habit=True,
        ),
        _kind(
            "brackets",
            f"(?<=[{LETTER_CLASS}{MARK_CLASS}0-9\u0660-\u0669]{closing})()(?={_LETTER})",
            f"[{LETTER_CLASS}{MARK_CLASS}0-9\u0660-\u0669]{closing}\\s",
            " ",
            habit=True,
        ),
    )


#: Brackets that may be glued, facing the right way and the wrong one.
_PAIRS: Final = tuple(
    (
        (re.compile(f"{left}[^{left}{right}\n]{{1,80}}{right}"), _glued(left, right)),
        (re.compile(f"{right}[^{left}{right}\n]{{1,80}}{left}"), _glued(right, left)),
    )
    for left, right in (("\u00ab", "\u00bb"), (r"\(", r"\)"), (r"\[", r"\]"))
)
#: Places of a kind, and the parts of the document that they stand in, before it is no slip.
LEAST: Final = 5
LEAST_BROKEN: Final = 3
PARTS: Final = 10
LEAST_PARTS: Final = 3
#: What the text of a page gains (natural log) if its stops stand before what they end.
LEAST_GAIN: Final = 6.0
#: Places as a writer leaves them, for every other.
MOST_GOOD: Final = 0.25


def found_in(pages: Sequence[str], *, broken: bool, endless: bool = False) -> list[Kind]:
    """Return the kinds of places that a tool broke.

    Args:
        pages: The document.
        broken: Whether its spaces are known to be broken in other ways.
        endless: Whether hardly a space is left, so that each missing one was lost.
    """
    size = sum(map(len, pages)) + 1
    found: list[Kind] = []
    for kind in (*KINDS, *_by_facing(pages)):
        if kind.habit and not (broken or any(not (other.habit or other.proof) for other in found)):
            continue
        if kind.proof and broken:  # then all words are read again anyhow
            continue
        places: list[int] = []
        start = 0
        for page in pages:
            places.extend(start + match.start() for match in kind.bad.finditer(page))
            start += len(page)
        parts = len({PARTS * at // size for at in places})
        if not places:
            continue
        few = len(places) < (LEAST_BROKEN if broken else LEAST) or parts < LEAST_PARTS
        if few and not endless and not kind.proof:
            continue
        good = sum(sum(1 for _ in kind.good.finditer(page)) for page in pages)
        if kind.proof or good <= MOST_GOOD * len(places):
            found.append(kind)
    return found


def _by_facing(pages: Sequence[str]) -> Iterator[Kind]:
    """Yield the kinds of glued brackets, by which way the brackets of the document face."""
    for straight, mirrored in _PAIRS:
        seen = [
            sum(len(pattern.findall(page)) for page in pages) for pattern, _ in (straight, mirrored)
        ]
        yield from (mirrored if seen[1] > seen[0] else straight)[1]


def replacements(
    page: str, kinds: Sequence[Kind], model: LanguageModel
) -> Iterator[tuple[int, int, str]]:
    """Yield what comes in place of which spaces; the spans of two kinds never meet.

    Args:
        page: The text.
        kinds: What is wrong in it.
        model: Tells where a stop that stands at the front of a word belongs: behind it, then
            the stop moves and not the space, which is not done here.
    """
    moving: set[int] = set()
    if any(kind.after is None for kind in kinds):
        found = [led for led in led_words(page, model) if not led.first]
        if sum(led.gain for led in found) >= LEAST_GAIN:
            moving.update(led.start for led in found if led.gain > 0)
    for kind in kinds:
        for match in kind.bad.finditer(page):
            if kind.after is None and match.end(1) - 1 in moving:
                continue
            after = match[1].strip() + " " if kind.after is None else kind.after
            yield match.start(1), match.end(1), after
