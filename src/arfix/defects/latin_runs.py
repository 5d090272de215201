"""AR404 latin-runs: Latin words in reverse, addresses with spaces in them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from arfix.edits import Edit
from arfix.punctuation.addresses import misplaced
from arfix.punctuation.hanging import cut_off
from arfix.punctuation.latin import RUN, WORD, forward, turned
from arfix.punctuation.quoted import inside_out
from arfix.stages import Finding
from arfix.view import LETTER_CLASS

if TYPE_CHECKING:
    from arfix.stages import Context

_ARABIC: Final = re.compile(f"[{LETTER_CLASS}]")
_LATIN: Final = re.compile("[A-Za-z]{2}")
#: An address of which the parts stand apart.
_ADDRESS: Final = re.compile(
    r"\b(?:https?|ftp) ?: ?/ ?/ ?[\w\-]+(?: ?[.] ?[\w\-]+)+"
    r"(?:(?: ?/ ?|[?&=#])[\w\-.%]+)*(?: ?/)?(?!\w)"
    r"|\bwww ?[.] ?[\w\-]+(?: ?[.] ?[A-Za-z\-]+)+"
    r"|\b[A-Za-z0-9._\-]+ ?@ ?[A-Za-z0-9\-]+(?: ?[.] ?[A-Za-z]{2,})+\b",
    re.ASCII,
)
#: Words of whose letters most say that they are reversed, and how loudly in all.
_LEAST: Final = 2
_LEAST_HANGING: Final = 3
_LEAST_EVIDENCE: Final = 16.0
_MOST_FORWARD: Final = 0.25
#: A word that is sure to be right as it is stays even among reversed ones.
_SURE: Final = 9.0
#: Share of edits that are right where the document has the defect, by real extractor output.
_RIGHT: Final = 0.92


@dataclass(frozen=True, slots=True)
class _Habits:
    """What became of the Latin words.

    Attributes:
        reversed: Whether they are reversed.
        inverted: Whether quotations of them stand last word first.
        hanging: Whether line breaks cut off the stops behind them.
    """

    reversed: bool
    inverted: bool
    hanging: bool


class LatinRuns:
    """Turn Latin words round, and close addresses that fell apart.

    What it does:
        Reverses the letters of Latin runs in Arabic lines, and removes the spaces inside of web
        and mail addresses. Turns quotations of Latin words that stand last word first. Moves an
        address behind the label that it stands before, the at sign to the start of a name, a
        number behind the name that it hangs on, and the stop that starts a line to the Latin
        word that ends the one before.

    Why:
        A tool that turns lines of Arabic round may turn the Latin words in them, too; others see
        a gap at each change of direction.

    Example:
        ``tpircSavaJ`` becomes ``JavaScript``

    When it stays silent:
        The letters of the Latin words follow one another as Latin letters do; lines without
        Arabic; a single word that looks odd.
    """

    code = "AR404"
    name = "latin-runs"

    def detect(self, pages: Sequence[str], context: Context) -> Finding | None:
        """Return how many Latin words are reversed, or None if they read as they are."""
        if not any(_LATIN.search(page) for page in pages):
            return None
        seen: dict[str, float] = {}
        apart = 0
        for page in pages:
            for line in page.split("\n"):
                if not _LATIN.search(line) or not _ARABIC.search(line):
                    continue
                for match in WORD.finditer(line):
                    seen[match.group()] = forward(match.group())
                apart += sum(" " in found for found in _ADDRESS.findall(line))
        wrong = sum(1 for page in pages for _ in misplaced(page) if _ARABIC.search(page))
        inverted = sum(1 for page in pages for _ in inside_out(page))
        inverted = inverted if inverted >= _LEAST else 0
        hanging = sum(1 for page in pages for _ in cut_off(page) if _ARABIC.search(page))
        hanging = hanging if hanging >= _LEAST_HANGING else 0
        wrong += inverted + hanging
        against = sum(gain for gain in seen.values() if gain > 0.0)
        behind = -sum(gain for gain in seen.values() if gain < 0.0)
        count = sum(gain < 0.0 for gain in seen.values())
        turn = count >= _LEAST and behind >= _LEAST_EVIDENCE and against <= _MOST_FORWARD * behind
        if not turn and not apart and not wrong:
            return None
        count = count * turn + apart + wrong
        return Finding(
            code=self.code,
            name=self.name,
            count=count,
            rate=min(1.0, count / max(1, len(seen))),
            evidence=f"{count} of {len(seen)} Latin words read better in reverse, fell apart or"
            " stand at the wrong end",
            confidence=1.0 - 0.5 ** (count + 2),
            detail=_Habits(turn, inverted > 0, hanging > 0),
        )

    def repair(self, page: str, finding: Finding, context: Context) -> list[Edit]:
        """Return an edit for each run that changes."""
        habits: _Habits = finding.detail
        changes = [] if habits.reversed else list(misplaced(page))
        if habits.inverted and not habits.reversed:
            changes += inside_out(page)
        if habits.hanging and not habits.reversed:
            changes += cut_off(page)
        if changes and _ARABIC.search(page):
            # What fell apart has its turn when the stages run again.
            return [
                Edit(self.code, begin, end, page[begin:end], after, _RIGHT * finding.confidence)
                for (_, last, _), (begin, end, after) in pairwise([(0, 0, ""), *sorted(changes)])
                if begin >= last
            ]
        edits = []
        start = 0
        for line in page.split("\n"):
            if _LATIN.search(line) and _ARABIC.search(line):
                pattern = RUN if habits.reversed else _ADDRESS
                for match in pattern.finditer(line):
                    before = match.group()
                    after = _read_back(before) if habits.reversed else before.replace(" ", "")
                    if after != before:
                        place = start + match.start()
                        edits.append(
                            Edit(
                                self.code,
                                place,
                                place + len(before),
                                before,
                                after,
                                _RIGHT * finding.confidence,
                            )
                        )
            start += len(line) + 1
        return edits


def _read_back(run: str) -> str:
    """Return a run the right way round."""
    words = WORD.findall(run)
    if not re.search("[A-Za-z]", run) or sum(map(forward, words)) >= _SURE:
        return run
    return turned(run)
