r"""AR302 lost-tanween: fathatan that vanished from the lam-alef at the end of words.

What it does:
    Puts the fathatan back on words in lam-alef that nearly always carry it, in the order of
    alef and mark that the document uses elsewhere.

Why:
    Fonts draw lam, alef and fathatan as one glyph of their own. Where that glyph has no
    Unicode value the mark is dropped on these words, while every other word keeps its own.

Example:
    ``شكرا\u064b لك، سأبقى قليلا`` with tanween throughout was ``... قليلا\u064b``.

When it stays silent:
    When the document writes no tanween, or writes it only now and then: its writer may have
    left it out here, too. When a single lam-alef of the document carries it. On words that
    do not carry it as a rule, and so on all verbs in the dual, on broken names, and on every
    word that the table does not know.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from arfix.edits import Edit
from arfix.lexicon.marks import FATHATAN
from arfix.stages import Finding
from arfix.view import Token, tokens

if TYPE_CHECKING:
    from arfix.stages import Context

ALEF: Final = "ا"
LAM_ALEF: Final = "لا"
#: Share of fathatan that a word needs in the table. Its sources write tanween often, not
#: always: the words that take it without exception reach 0.65 to 0.9 there.
SHARE: Final = 0.63
#: Occurrences without fathatan added to each word, so that rare words prove little.
_DOUBT: Final = 4
#: Other words that must carry tanween, and the share of those that could which do.
FEWEST: Final = 4
ALWAYS: Final = 0.9
#: Words in lam-alef that ought to carry it and do not: as many as must be there.
EXPECTED: Final = 1.2
#: How often a writer who marks the other words leaves out a word in lam-alef.
_LAPSE: Final = 0.1


@dataclass(frozen=True, slots=True)
class Habit:
    """How the document writes tanween.

    Attributes:
        after: The mark stands after the alef, not before it.
        confidence: That the marks on lam-alef were lost.
    """

    after: bool
    confidence: float


class LostTanween:
    """The stage: puts fathatan back on lam-alef."""

    code = "AR302"
    name = "lost-tanween"

    def detect(self, pages: Sequence[str], context: Context) -> Finding | None:
        """Return the document's habit, None where no mark was lost."""
        if not any(FATHATAN in page for page in pages):
            return None
        carried = bare = after = 0
        expected = 0.0
        missing = 0
        for page in pages:
            for token in _tanween_words(page):
                marked = FATHATAN in token.text[-3:]
                share = _share(token.bare, context)
                if token.bare.endswith(LAM_ALEF):
                    if marked:
                        return None
                    if share >= SHARE:
                        missing += 1
                        expected += share
                elif marked:
                    carried += share >= SHARE
                    after += token.text.endswith(FATHATAN)
                    after -= not token.text.endswith(FATHATAN)
                else:
                    bare += share >= SHARE
        if carried < FEWEST or carried < ALWAYS * (carried + bare) or expected < EXPECTED:
            return None
        lapse = max(_LAPSE, (bare + 1) / (carried + bare + 2))
        confidence = 1 - lapse ** min(missing, 12)
        return Finding(
            code=self.code,
            name=self.name,
            count=missing,
            rate=missing / (missing + carried + bare),
            evidence=(
                f"{carried} of {carried + bare} words that take fathatan carry it, and none of"
                f" the {missing} that end in lam-alef"
            ),
            confidence=confidence,
            detail=Habit(after >= 0, confidence),
        )

    def repair(self, page: str, finding: Finding, context: Context) -> list[Edit]:
        """Return the words of a page with their fathatan."""
        habit: Habit = finding.detail
        edits = []
        for token in _tanween_words(page):
            if not token.bare.endswith(LAM_ALEF) or not token.text.endswith(LAM_ALEF):
                continue
            share = _share(token.bare, context)
            if share < SHARE:
                continue
            text = token.text
            after = text + FATHATAN if habit.after else text[:-1] + FATHATAN + text[-1]
            confidence = habit.confidence * _certainty(share)
            edits.append(Edit(self.code, token.start, token.end, text, after, confidence))
        return edits


def _tanween_words(page: str) -> Iterator[Token]:
    """Yield the words that end in alef."""
    for token in tokens(page):
        if token.bare.endswith(ALEF) and len(token.bare) > 2:
            yield token


def _share(word: str, context: Context) -> float:
    """Return the share of fathatan at the end of a word, rare words counted low."""
    marks = context.resources.marks
    for known in (word, word[1:]) if word[0] in "وف" and len(word) > 4 else (word,):
        counts = marks.tanween(known)
        if counts is not None:
            return counts[0] / (counts[1] + _DOUBT)
    return 0.0


def _certainty(share: float) -> float:
    """Return how sure it is that a word of this share takes fathatan at all.

    A share at the threshold leaves room for another word with the same letters.

    Example:
        >>> _certainty(0.63) < _certainty(0.8) < 1
        True
    """
    return 1 - math.exp(-2.5 - 6 * (share - SHARE))
