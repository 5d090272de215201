"""AR401 edge-punctuation: the end of a line that stands at its start."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, Final

from arfix.channel.coded import CODED_WORD, PRIVATE
from arfix.edits import Edit
from arfix.language import OTHER_LETTER, PERSIAN, leaning
from arfix.order.persian import backwards
from arfix.punctuation.stops import LED, led_words
from arfix.stages import Finding
from arfix.unicode_tables import MIRRORS
from arfix.view import LETTER_CLASS, WORD, bare

if TYPE_CHECKING:
    from arfix.stages import Context

_STOPS: Final = frozenset(".!?\u061f:\u061b;\u060c,")
_OPENING: Final = {"\u00ab": "\u00bb", "(": ")", "[": "]", "\u2039": "\u203a"}
_PLAIN_QUOTE: Final = '"'
_CLOSING: Final = {closing: opening for opening, closing in _OPENING.items()}
#: What may have moved, and directly behind it the first word of the line.
_SUSPECT: Final = re.compile(
    r"(?P<indent>[ \t\u00a0]*)"
    r"(?P<moved>[.!?\u061f:\u061b;\u060c,\u00ab\u00bb()\[\]\u2039\u203a\"]{1,4})"
    rf"(?=-?[{LETTER_CLASS}0-9])"
)
_SUSPECT_LINE: Final = re.compile(f"^(?:{_SUSPECT.pattern})", re.MULTILINE)
#: Two dots or more are an ellipsis, which may well open a line.
_ELLIPSIS: Final = re.compile(r"[.\u2026]{2}|\u2026")
_TAIL: Final = re.compile(r"[ \t\u00a0\r]*\Z")
#: What ends a line whose end is in place.
_ENDED: Final = re.compile(
    r"[.!?\u061f:\u061b;\u060c,\u2026][\u00bb)\]\u203a\"\u201d]*[ \t\u00a0\r]*\Z"
)
_FINAL_STOP: Final = re.compile(r"[.!?\u061f][\u00bb)\]\u203a\"\u201d]*[ \t\u00a0\r]*\Z")
#: Words with letters of another language, above which a text is in that language.
_FOREIGN_SHARE: Final = 0.04
#: Words that tell the language.
_MOST_READ: Final = 600
#: Longer lines are paragraphs in one line, which no page draws.
_LONGEST_LINE: Final = 1000
#: Lines with the end at the start, for every line with the end in place.
_LEAST_RATIO: Final = 0.1
#: Above this share of displaced ends, whatever may be displaced is.
_PROVEN_RATE: Final = 0.5
#: Enough lines to tell which way the text runs.
_MOST_SCORED: Final = 40
#: So far an unclosed quotation is looked for.
_QUOTATION_LINES: Final = 12


#: Words led by a stop that prove that stops stand before what they end, the gain in natural logs
#: that a clear one has, and that of all together.
_LEAST_LED: Final = 2
_CLEAR: Final = 1.0
_LEAST_GAIN: Final = 6.0


@dataclass(frozen=True, slots=True)
class _Lines:
    """Ends of lines stand at their starts; ``persian`` is whether the words are Persian."""

    persian: bool


@dataclass(frozen=True, slots=True)
class _Words:
    """Stops lead the words that they end; ``lines`` is what holds of whole lines besides."""

    lines: Finding | None = None


class EdgePunctuation:
    """Move a line's final punctuation from its start back to its end.

    What it does:
        Moves a full stop, comma, colon, question mark, closing guillemet or bracket from the
        start of a line to its end, and mirrors brackets back. Moves stops behind the words that
        they end where they stand in front of them.

    Why:
        A paragraph that was set with a left-to-right base direction has its last punctuation
        drawn at the right edge, which is where an Arabic line starts.

    Example:
        ``.وصل الوفد مساء`` becomes ``وصل الوفد مساء.``

    When it stays silent:
        The mark is followed by a space (list items) or by Latin text (``.NET``); an ellipsis;
        a line that ends in punctuation anyway; a line whose words are reversed, or neither
        Arabic nor, in a document of it, Persian; a document in which nearly all lines end
        properly; a single line alone.
    """

    code = "AR401"
    name = "edge-punctuation"

    def detect(self, pages: Sequence[str], context: Context) -> Finding | None:
        """Return how many lines and words have their end at the start, or None if too few do."""
        lines = self._lines(pages, context)
        led = self._words(pages, context)
        if not led:
            return lines
        evidence = f"{led} words have the stop in front that ends them"
        if lines is None:
            return Finding(
                self.code, self.name, led, 1.0, evidence, 1.0 - 0.5 ** (led + 1), _Words()
            )
        return replace(
            lines,
            count=lines.count + led,
            evidence=f"{lines.evidence}; {evidence}",
            detail=_Words(lines),
        )

    def _words(self, pages: Sequence[str], context: Context) -> int:
        """Return how many words a stop leads that ends them, 0 if writers did it."""
        if sum(len(LED.findall(page)) for page in pages) < _LEAST_LED or _is_foreign(pages):
            return 0
        model = context.resources.language_model
        gains = [led.gain for page in pages for led in led_words(page, model) if not led.first]
        ended = sum(gain for gain in gains if gain > 0.0)
        against = -sum(gain for gain in gains if gain < 0.0)
        count = sum(gain > _CLEAR for gain in gains)
        if count < _LEAST_LED or ended < _LEAST_GAIN or against * 2.0 > ended:
            return 0
        return count

    def _lines(self, pages: Sequence[str], context: Context) -> Finding | None:
        suspects = ended = 0
        forward = 0.0
        alone = 0
        if not any(_SUSPECT_LINE.search(page) for page in pages):
            return None
        persian = _is_foreign(pages)
        if persian and not _runs_as_persian(pages, context):
            return None
        is_listed = _listed(context, persian=persian)
        for page in pages:
            previous = ""
            for line in page.split("\n"):
                if not line or line.isspace():
                    continue
                if _is_suspect(line, is_listed):
                    suspects += 1
                    if suspects < _MOST_SCORED and not persian:
                        forward += _forward(line, context)
                    alone += bool(previous) and not _ENDED.search(previous)
                elif _FINAL_STOP.search(line[-80:]):
                    ended += 1
                previous = line[-80:]
        if not suspects or suspects < _LEAST_RATIO * ended:
            return None
        # One line alone is a slip of the writer, unless the line before runs on into it.
        if suspects == 1 and (not alone or ended):
            return None
        # Where lines stand wholly in reverse, their ends are at the start for that reason.
        if forward < 0.0:
            return None
        return Finding(
            code=self.code,
            name=self.name,
            count=suspects,
            rate=suspects / (suspects + ended),
            evidence=(
                f"{suspects} lines start with punctuation that belongs to their end,"
                f" {ended} end with a full stop"
            ),
            confidence=1.0 - 0.5 ** (suspects + 3),
            detail=_Lines(persian),
        )

    def repair(self, page: str, finding: Finding, context: Context) -> list[Edit]:
        """Return two edits for each line or word: the mark goes here, and comes there."""
        if not isinstance(finding.detail, _Words):
            return self._line_edits(page, finding, context)
        edits = []
        model = context.resources.language_model
        for led in led_words(page, model):
            if led.gain > 0.0:
                stop = page[led.start]
                sure = finding.confidence
                edits.append(Edit(self.code, led.start, led.start + 1, stop, "", sure))
                edits.append(Edit(self.code, led.end, led.end, "", stop, sure))
        if finding.detail.lines is not None:
            taken = {edit.start for edit in edits if edit.before}
            moves = self._line_edits(page, finding.detail.lines, context)
            for going, coming in zip(moves[::2], moves[1::2], strict=True):
                if taken.isdisjoint(range(going.start, going.end)):
                    edits += [going, coming]
        return sorted(edits, key=lambda edit: (edit.start, edit.end))

    def _line_edits(self, page: str, finding: Finding, context: Context) -> list[Edit]:
        edits: list[Edit] = []
        detail: _Lines = finding.detail
        is_listed = _listed(context, persian=detail.persian)
        proven = finding.count > 1 and finding.rate > _PROVEN_RATE
        open_quotes: list[str] = []
        age = 0
        start = 0
        for line in page.split("\n"):
            move = _plan(line, open_quotes, is_listed, proven=proven)
            if move is not None:
                begin, end, ending = move
                tail = _TAIL.search(line)
                at = tail.start() if tail else len(line)
                sure = finding.confidence
                edits.append(Edit(self.code, start + begin, start + end, line[begin:end], "", sure))
                edits.append(Edit(self.code, start + at, start + at, "", ending, sure))
                open_quotes, age = [], 0
            elif len(line) <= _LONGEST_LINE:
                _match(line, open_quotes)
                age += 1
                if age > _QUOTATION_LINES or _FINAL_STOP.search(line):
                    open_quotes, age = [], 0
            else:
                open_quotes, age = [], 0
            start += len(line) + 1
        return edits


def _listed(context: Context, *, persian: bool) -> Callable[[str], bool]:
    """Return what tells the words of the language."""
    resources = context.resources
    return resources.persian.__contains__ if persian else resources.lexicon.__contains__


def _runs_as_persian(pages: Sequence[str], context: Context) -> bool:
    """Return whether the words are Persian, and stand in their order."""
    words = [match.group() for page in pages for match in islice(WORD.finditer(page), _MOST_READ)]
    if leaning(words[:_MOST_READ], context.resources) > PERSIAN:
        return False
    return backwards([line for page in pages for line in page.split("\n")]) < 0


def _is_suspect(line: str, is_listed: Callable[[str], bool]) -> bool:
    """Return whether a line starts with a mark that must be its end, beyond doubt."""
    match = _SUSPECT.match(line)
    if match is None or _STOPS.isdisjoint(match["moved"]):
        return False
    if not line[match.end()] > "9":
        return False
    return _reads_well(line, match, is_listed, least=2, proven=False)


def _forward(line: str, context: Context) -> float:
    """Return by how much a line's words make more sense in this order than in reverse."""
    model = context.resources.language_model
    words = [bare(word) for word in WORD.findall(line)]
    return model.score(words) - model.score(words[::-1])


def _reads_well(
    line: str, match: re.Match[str], is_listed: Callable[[str], bool], *, least: int, proven: bool
) -> bool:
    """Return whether the words of a line make sense in this order and lack an end."""
    ellipsis = _ELLIPSIS.search(match["moved"]) is not None and not proven
    if len(line) > _LONGEST_LINE or ellipsis or _ENDED.search(line):
        return False
    # What is left of a word beside symbols or presentation forms is no word.
    coded = CODED_WORD.findall(line)
    words = [bare(word) for word in coded if WORD.search(word) or PRIVATE.search(word)]
    known = sum(map(is_listed, words))
    return len(words) >= least and known * 2 >= len(words)


def _plan(
    line: str, open_quotes: Sequence[str], is_listed: Callable[[str], bool], *, proven: bool
) -> tuple[int, int, str] | None:
    """Return the span to take from the start of a line and what to put at its end."""
    match = _SUSPECT.match(line)
    least = 1 if proven else 2
    if match is None or not _reads_well(line, match, is_listed, least=least, proven=proven):
        return None
    moved, begin = match["moved"], match.end("indent")
    if line[match.end()] <= "9" and not proven:
        return None
    least = max((index + 1 for index, char in enumerate(moved) if char in _STOPS), default=0)
    options = list(_options(line, begin, moved, least, open_quotes))
    if not least:
        # Brackets alone: only where the text is unbalanced as it stands and balanced after.
        stays = _imbalance(line, open_quotes)
        doubled = moved[0] == _PLAIN_QUOTE and _imbalance(line, ()) > 1
        unclosed = stays and set(open_quotes) - {_PLAIN_QUOTE}
        if not proven or not (doubled or unclosed) or min(options)[0] > 0:
            return None
    _, taken, _, ending = min(options)
    return begin, begin + taken, ending


def _options(
    line: str, begin: int, moved: str, least: int, open_quotes: Sequence[str]
) -> Iterator[tuple[int, int, int, str]]:
    """Yield for each share of the marks that may have moved: imbalance, share, order, ending."""
    for taken in range(max(least, 1), len(moved) + 1):
        ending = moved[:taken][::-1]
        rest = line[begin + taken :].rstrip()
        mirrored = "".join(MIRRORS.get(char, char) for char in ending)
        for rank, text in enumerate((mirrored, ending)):
            yield _imbalance(rest + text, open_quotes), taken, rank, text
            if mirrored == ending:
                break


def _match(text: str, stack: list[str]) -> int:
    """Follow the brackets of a text on a stack of open ones; return the closers left over."""
    stray = 0
    before = " "
    for char in text:
        if char == _PLAIN_QUOTE:
            # The two sides look alike; the space tells them apart.
            if before.isspace() or before in _OPENING:
                stack.append(char)
            elif stack and stack[-1] == char:
                stack.pop()
            else:
                stray += 1
        elif char in _OPENING:
            stack.append(char)
        elif char in _CLOSING:
            if stack and stack[-1] == _CLOSING[char]:
                stack.pop()
            else:
                stray += 1
        before = char
    return stray


def _imbalance(text: str, open_quotes: Sequence[str]) -> int:
    stack = list(open_quotes)
    return _match(text, stack) + len(stack)


def _is_foreign(pages: Sequence[str]) -> bool:
    """Return whether the text is Persian, Urdu or another language in Arabic letters."""
    words = foreign = 0
    for page in pages:
        for match in WORD.finditer(page):
            words += 1
            foreign += OTHER_LETTER.search(match.group()) is not None
            if words >= 3000:
                break
    return foreign > _FOREIGN_SHARE * words
