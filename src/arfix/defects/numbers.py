"""AR403 numbers: digits in reverse, and signs on the wrong side of a number."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from arfix.edits import Edit
from arfix.punctuation.apart import are_apart, closed_up, is_set_apart
from arfix.punctuation.eras import misplaced_eras
from arfix.punctuation.figures import fallen_apart, loose, ranges, stops_inside
from arfix.punctuation.numerals import (
    BROKEN_DATE,
    CORE,
    DIGITS,
    LONGEST_CUE,
    mended_date,
    plain,
    turned_gain,
)
from arfix.punctuation.slashes import misplaced_slashes
from arfix.punctuation.stops import led_numbers
from arfix.stages import Finding
from arfix.view import LETTER_CLASS

if TYPE_CHECKING:
    from arfix.stages import Context

_NUMBER: Final = re.compile(CORE)
_DIGIT: Final = re.compile(f"[{DIGITS}]")
_ARABIC: Final = re.compile(f"[{LETTER_CLASS}]")
#: Numbers, and the signs that a tool takes for a part of them.
_ATOM: Final = re.compile(
    rf"(?<![\w{DIGITS}.,%+\-])(?P<clitic>[\u0648\u0641\u0628\u0644\u0643]{{0,2}})"
    rf"(?P<before>[.\u060c,\u061b:\u061f!%\u066a+\-]{{0,3}})(?P<cores>{CORE}(?:%?[\-\u2013]{CORE})*)"
    rf"(?P<after>[+\-]?)(?![\w{DIGITS}])(?!%)"
)
#: A sign and a number behind it, which is looked at closely.
_LEADING: Final = re.compile(rf"[.\u060c,\u061b:\u061f!%\u066a](?<![{DIGITS}].)[{DIGITS}]")
_PERCENT_FIRST: Final = re.compile(
    rf"(?<![\w%])(?<![{DIGITS}][\-\u2013])(?P<sign>[%\u066a])(?P<number>{CORE})(?![\w%\u066a{DIGITS}])"
)
_PERCENT_BEHIND: Final = re.compile(f"[{DIGITS}][%\u066a]")
_BEFORE_CHRIST: Final = re.compile(
    "\\b\u0642 ?\\. ?\u0645\\b|\u0642\u0628\u0644 \u0627\u0644\u0645\u064a\u0644\u0627\u062f"
)
_PARTS: Final = re.compile(rf"{CORE}%?|[\-\u2013]")
_DAY_FIRST: Final = re.compile(
    rf"(?<![\w\-])[{DIGITS}]{{1,2}}-[{DIGITS}]{{1,2}}-[{DIGITS}]{{4}}(?![\w\-])"
)
_YEAR_DIGITS: Final = 4
_STOPS: Final = ".\u060c,\u061b:\u061f!"
#: Numbers whose turning must speak for it, and how loudly together.
_LEAST: Final = 2
_SURE_GAIN: Final = 1.4
_LEAST_GAIN: Final = 4.0
#: What speaks against it, for what speaks for it.
_MOST_AGAINST: Final = 0.34
#: A number that is sure to be right as it is stays even where digits are reversed.
_SURE_AS_IS: Final = -1.4
#: One number that is sure to this degree needs no second.
_PROOF: Final = 2.9
#: Stops before their numbers that prove it of signs, and that do so whatever the percents say.
_LEAST_STOPS: Final = 2
_SURE_STOPS: Final = 3
#: Share of edits that are right where the document has the defect, by real extractor output.
_RIGHT: Final = 0.98


_GROUP_BEFORE: Final = re.compile(f"(?:[{DIGITS}] |[A-Za-z+])\\Z")
_GROUP_AFTER: Final = re.compile(f" [{DIGITS}]")


@dataclass(frozen=True, slots=True)
class _Habits:
    """What became of the numbers.

    Attributes:
        reversed_scripts: First digits of the scripts whose digits are reversed.
        signs: Whether signs stand on the other side of their number.
        mixed: Whether that holds of some percent signs only.
        apart: Whether numbers fell apart.
        ranges: Whether the parts of all ranges and dates are in reverse where signs are displaced.
        gaps: Whether the letters of eras and conjunctions are set apart from numbers, None where
            numbers are not.
    """

    reversed_scripts: frozenset[str]
    signs: bool
    mixed: bool
    apart: bool
    ranges: bool
    gaps: tuple[bool, bool] | None


class Numbers:
    """Turn numbers round, and bring their signs to the side where they belong.

    What it does:
        Reverses the digits of numbers, and moves percent signs, final stops, plus and minus signs
        to the other side of a number. Puts the parts of a date in order whose year is in the
        middle, its slashes between its numbers and the letter of its era behind the year. Joins
        numbers that were cut at their point, and closes them up to the bracket, era or
        conjunction that they were set apart from.

    Why:
        Numbers run from left to right in Arabic, too. Tools that turn lines round forget that for
        the digits, or for the signs beside them.

    Example:
        ``4202/30/41`` becomes ``14/03/2024`` where other numbers are reversed, too

    When it stays silent:
        No pattern shows that numbers are reversed: years, dates and thousands read as they are;
        percent signs before their numbers alone, which many writers put there; spaces inside of
        both brackets, or before the letter of an era, where nothing else sets numbers apart.
    """

    code = "AR403"
    name = "numbers"

    def detect(self, pages: Sequence[str], context: Context) -> Finding | None:
        """Return how many numbers are turned, or None if nothing proves that any is."""
        if not any(_DIGIT.search(page) and _ARABIC.search(page) for page in pages):
            return None
        scripts, reversed_count = _reversed_scripts(pages)
        signs = _misplaced_signs(pages)
        mixed = 0 if signs else _mixed_percents(pages)
        model = context.resources.language_model
        led = [led for page in pages for led in led_numbers(page, model)]
        stops = sum(found.gain > 0.0 for found in led)
        dates = sum(len(BROKEN_DATE.findall(page)) for page in pages if "/" in page)
        apart = sum(1 for page in pages for _ in fallen_apart(page))
        apart *= apart >= _LEAST
        dates += sum(1 for page in pages for _ in misplaced_eras(page))
        dates += sum(1 for page in pages for _ in misplaced_slashes(page))
        stops += sum(1 for page in pages for _ in stops_inside(page))
        gaps = is_set_apart(pages)
        if not (scripts or signs or mixed or stops or dates or apart or gaps):
            return None
        count = reversed_count + signs + mixed + stops + dates + apart + gaps
        return Finding(
            code=self.code,
            name=self.name,
            count=count,
            rate=min(1.0, count / sum(len(_NUMBER.findall(page)) for page in pages)),
            evidence=f"{reversed_count} numbers make sense only in reverse,"
            f" {signs + mixed + stops} signs stand on the wrong side of one,"
            f" {dates} dates have their parts in an order that no date has,"
            f" {apart} fell apart, {gaps} are set apart from their brackets",
            confidence=1.0 - 0.5 ** (count + 1),
            detail=_Habits(
                scripts,
                signs > 0,
                mixed > 0,
                apart > 0,
                not any(_DAY_FIRST.search(page) for page in pages),
                are_apart(pages) if gaps else None,
            ),
        )

    def repair(self, page: str, finding: Finding, context: Context) -> list[Edit]:
        """Return an edit for each number that changes."""
        habits: _Habits = finding.detail
        changes = [
            (match.start(), match.end(), mended_date(match)) for match in BROKEN_DATE.finditer(page)
        ]
        changes += [*misplaced_eras(page), *misplaced_slashes(page), *stops_inside(page)]
        if habits.gaps is not None:
            changes += closed_up(page, eras=habits.gaps[0], clitics=habits.gaps[1])
        for match in _spans(page, habits):
            after = match.group()
            if habits.signs:
                after = _signs_back(after, ranges_too=habits.ranges)
            if habits.reversed_scripts:
                after = _NUMBER.sub(lambda core: _turned(core.group(), habits), after)
            changes.append((match.start(), match.end(), after))
        changes += [
            (led.start, led.end, page[led.start + 1 : led.end] + page[led.start])
            for led in led_numbers(page, context.resources.language_model)
            if led.gain > 0.0
        ]
        if habits.apart:
            changes += [*fallen_apart(page), *loose(page)]
        if habits.mixed:
            changes += ranges(page)
            changes += [
                (match.start(), match.end(), match["number"] + match["sign"])
                for match in _PERCENT_FIRST.finditer(page)
            ]
        edits: list[Edit] = []
        sure = _RIGHT * finding.confidence
        # Of two that start together the longer one knows more.
        for start, end, after in sorted(changes, key=lambda change: (change[0], -change[1])):
            before = page[start:end]
            # What overlaps has its turn when the stages run again.
            if before != after and (not edits or edits[-1].end <= start):
                edits.append(Edit(self.code, start, end, before, after, sure))
        return edits


def _spans(page: str, habits: _Habits) -> Iterator[re.Match[str]]:
    if not habits.signs:
        yield from _NUMBER.finditer(page)
        return
    position = 0
    while position < len(page):
        atom = _ATOM.search(page, position)
        core = _NUMBER.search(page, position)
        if core is None:
            return
        match = atom if atom and atom.start() <= core.start() else core
        yield match
        position = match.end()


def _script(core: str) -> str:
    """Return the zero of the script that a number is written in."""
    return chr(ord(core[0]) - int(core[0]))


def _turned(core: str, habits: _Habits) -> str:
    if _script(core) not in habits.reversed_scripts or turned_gain(core) <= _SURE_AS_IS:
        return core
    return core[::-1]


def _reversed_scripts(pages: Sequence[str]) -> tuple[frozenset[str], int]:
    """Return the scripts whose digits are reversed, and how many numbers show it."""
    gains: dict[str, list[float]] = {}
    ancient = any(_BEFORE_CHRIST.search(page) for page in pages)
    for page in pages:
        for match in _NUMBER.finditer(page):
            core = match.group()
            before = page[max(0, match.start() - LONGEST_CUE) : match.start()]
            # Groups of a telephone or account number may begin and end with anything.
            if _GROUP_BEFORE.search(before) or _GROUP_AFTER.match(page, match.end()):
                continue
            # Years before Christ are beyond what a year looks like, either way.
            gain = 0.0 if ancient and len(core) == _YEAR_DIGITS else turned_gain(core, before)
            gains.setdefault(_script(core), []).append(gain)
    found = set()
    count = 0
    everything = [gain for each in gains.values() for gain in each]
    for script, some in gains.items():
        # What one script shows is evidence for the other, unless that one is in order.
        others = [gain for gain in everything if gain > 0.0] if sum(some) >= 0.0 else some
        support = sum(gain for gain in others if gain > 0.0)
        against = -sum(gain for gain in some if gain < 0.0)
        sure = sum(gain >= _SURE_GAIN for gain in others)
        proof = sure >= _LEAST and support >= _LEAST_GAIN
        proof = proof or max(some) >= _PROOF
        if proof and against <= _MOST_AGAINST * support:
            found.add(script)
            count += sum(gain > 0.0 for gain in some)
    return frozenset(found), count


def _misplaced_signs(pages: Sequence[str]) -> int:
    """Return how many signs stand on the wrong side of a number, 0 if the writer put them there."""
    if sum(len(_LEADING.findall(page)) for page in pages) < _LEAST_STOPS:
        return 0
    percents = stops = right_stops = right_percents = 0
    for page in pages:
        for match in _ATOM.finditer(page):
            before = match["before"]
            followed = page[match.end() : match.end() + 1]
            if followed in _STOPS and followed:
                right_stops += page[match.end() + 1 : match.end() + 2] in ("", " ", "\n")
            # At the start of a line it is a decimal without its nought, or the line's own stop.
            inside = page[match.start() - 1 : match.start()] not in ("", "\n")
            ends = not followed or followed.isspace()
            stops += inside and ends and any(char in _STOPS for char in before)
            percents += "%" in before or "\u066a" in before
        right_percents += len(_PERCENT_BEHIND.findall(page))
    if stops < _LEAST_STOPS or right_stops > _MOST_AGAINST * stops:
        return 0
    if right_percents > _MOST_AGAINST * (stops + percents) and stops < _SURE_STOPS:
        return 0
    return stops + percents


def _mixed_percents(pages: Sequence[str]) -> int:
    """Return how many percent signs lead their numbers where others follow theirs.

    A writer keeps to one side; both sides in one document are the mark of a tool.
    """
    first = [match["number"] for page in pages for match in _PERCENT_FIRST.finditer(page)]
    behind = any(_PERCENT_BEHIND.search(page) for page in pages)
    inside = sum(1 for page in pages for _ in ranges(page))
    if inside and behind and not first:
        return inside
    if len(first) < _LEAST or not behind or all(number.isdecimal() for number in first):
        return 0
    return len(first)


def _signs_back(atom: str, *, ranges_too: bool) -> str:
    match = _ATOM.fullmatch(atom)
    if match is None:
        return atom
    ending = match["before"][::-1]
    cores = match["cores"]
    if match["before"] or (ranges_too and not _rises(cores)):
        cores = "".join(_PARTS.findall(cores)[::-1])
    return match["clitic"] + match["after"] + cores + ending


def _rises(cores: str) -> bool:
    """Return whether two numbers with a dash between them are a range as they stand."""
    low, _, high = plain(cores).partition("\u2013")
    return low.isdecimal() and high.isdecimal() and int(low) < int(high)
