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
    When the channel is given and says that none was lost. When the document writes no tanween,
    or writes it only now and then: its writer may have left it out here, too. When hardly more than
    one word is missing it, or two where the document writes the mark before the alef. When a single
    lam-alef of the document carries it. On words that do not carry it as a rule, and so on all
    verbs in the dual, on broken names, and on every word that the table does not know.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from arfix.channel.model import Channel
from arfix.edits import Edit
from arfix.lexicon.marks import FATHATAN
from arfix.stages import Finding
from arfix.view import STRIPPED, WORD, WORD_KIND, Token, bare

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
ALWAYS: Final = 0.95
#: Different words in lam-alef that ought to carry it and do not: as many as must be there. A word
#: that its writer never marks (مثلا) is one witness. Where marks stand before the alef, lam and
#: alef are no neighbours, and a glyph for the three is rare: there as many again and more.
EXPECTED: Final = 1.2
EXPECTED_BEFORE: Final = 3.0
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

    @property
    def channel(self) -> Channel:
        """What this says of the channel."""
        return Channel(lost_tanween=True, confidence=self.confidence)


@dataclass(slots=True)
class _Seen:
    """What the words of a document that may take fathatan do.

    Attributes:
        kept: Words in lam-alef that carry it.
        missing: Words in lam-alef that ought to carry it and do not.
        expected: How many of these would carry it as a rule, each word counted once.
        carried: Other words that carry it, of those that do as a rule.
        bare: Other words that do not, although they do as a rule.
        after: How many more marks stand after the alef than before it.
        words: The different ones that are missing it.
    """

    kept: int = 0
    missing: int = 0
    expected: float = 0.0
    carried: int = 0
    bare: int = 0
    after: int = 0
    words: set[str] = field(default_factory=set)

    def add(self, token: Token, share: float) -> None:
        """Count a word with its share of fathatan."""
        marked = FATHATAN in token.text[-3:]
        usual = share >= SHARE
        if marked:
            self.after += 1 if token.text.endswith(FATHATAN) else -1
        if token.bare.endswith(LAM_ALEF):
            self.kept += marked
            if usual and not marked:
                self.missing += 1
                if token.bare not in self.words:
                    self.words.add(token.bare)
                    self.expected += share
        elif marked:
            self.carried += usual
        else:
            self.bare += usual

    def is_enough(self) -> bool:
        """Return whether enough words are missing it to make more than a slip."""
        return self.expected >= (EXPECTED if self.after >= 0 else EXPECTED_BEFORE)

    def is_habit(self) -> bool:
        """Return whether the document writes fathatan wherever it belongs."""
        return self.carried >= max(FEWEST, ALWAYS * (self.carried + self.bare))


class LostTanween:
    """The stage: puts fathatan back on lam-alef."""

    code = "AR302"
    name = "lost-tanween"

    def detect(self, pages: Sequence[str], context: Context) -> Finding | None:
        """Return the document's habit, None where no mark was lost."""
        channel = context.config.channel
        if channel is not None and not channel.lost_tanween:
            return None
        if channel is None and not any(FATHATAN in page for page in pages):
            return None
        seen = _Seen()
        for page in pages:
            for token in _tanween_words(page):
                seen.add(token, _share(token.bare, context))
        if channel is not None:
            if not seen.missing:
                return None
            return self._finding(seen, channel.confidence, "the channel that was given says so")
        if seen.kept or not seen.is_habit() or not seen.is_enough():
            return None
        lapse = max(_LAPSE, (seen.bare + 1) / (seen.carried + seen.bare + 2))
        return self._finding(
            seen,
            1 - lapse ** min(seen.missing, 12),
            f"{seen.carried} of {seen.carried + seen.bare} words that take fathatan carry it, and"
            f" none of the {seen.missing} that end in lam-alef",
        )

    def _finding(self, seen: _Seen, confidence: float, evidence: str) -> Finding:
        return Finding(
            code=self.code,
            name=self.name,
            count=seen.missing,
            rate=seen.missing / (seen.missing + seen.carried + seen.bare),
            evidence=evidence,
            confidence=confidence,
            detail=Habit(seen.after >= 0, confidence),
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
    for match in WORD.finditer(page):
        text = match.group()
        if text[-1] == ALEF or STRIPPED.match(text[-1]):
            letters = bare(text)
            if letters.endswith(ALEF) and len(letters) > 2:
                yield Token(WORD_KIND, *match.span(), text, letters)


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
