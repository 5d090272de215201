"""AR501 broken-spaces: words that fell apart or ran together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from arfix.channel.engine import engine
from arfix.edits import Edit
from arfix.glyphs import joins_next
from arfix.lm.ngrams import BOUNDARY
from arfix.spacing import borders, line_ends
from arfix.spacing.affixes import JOINER, PREFIXES, SUFFIXES
from arfix.spacing.confidence import BORDER, JOINED, LETTER_LINE, PARTED, SPLIT, sure
from arfix.spacing.evidence import Evidence, gather, is_suspect
from arfix.spacing.joiners import parted
from arfix.spacing.judge import Judge, judge_for
from arfix.spacing.lattice import NONE, START, Border, Segmenter, path, settled
from arfix.spacing.letter_lines import replacements
from arfix.spacing.stretches import SPACES, Stretch, items
from arfix.stages import Finding

if TYPE_CHECKING:
    from arfix.stages import Context

#: As ``str.endswith`` and ``str.startswith`` want them.
_PREFIXES: Final = tuple(PREFIXES)
_SUFFIXES: Final = tuple(SUFFIXES)
#: Where hardly a space is left: places that only joiners hold, and their share of all spaces.
_LEAST_BOUND: Final = 3
_BOUND_SHARE: Final = 0.4
#: Natural log of the frequency above which both parts of a compound are words.
COMPOUND: Final = -12.5
#: Classes from here on change the layout, which says nothing of damage.
_LAYOUT: Final = "AR6"
#: Times that a broken document is read, each with the rates that the last one showed.
_ROUNDS: Final = 2
#: Lost letters tear up to 2 % of the words, where spaces are broken it is 15 %.
_MOST_BY_LOSS: Final = 0.05


class BrokenSpaces:
    """Close the spaces inside words, and open them where words ran together.

    What it does:
        Takes out spaces that stand inside a word and puts in those that are missing between
        two words, at digits and Latin letters, behind commas and stops, and round pairs of
        brackets. Letters that stand on lines of their own become words; the line breaks between
        them go to the end of their run, and one inside a word goes behind it. The letters of
        lam-alef change places where all its glyphs hold them in reverse. Other letters, marks
        and the number of lines stay as they are. In Persian a joiner takes the place of a space
        where the parts of a word are not joined, and of those before and behind its affixes where
        a tool has damaged the document and left no joiner in it.

    Why:
        Extractors guess spaces from gaps between glyphs. Kerned letters leave gaps inside words;
        some producers draw no space at all and leave it to the distance.

    Example:
        ``المشار يع في المد ينة`` becomes ``المشاريع في المدينة``.

    When it stays silent:
        Unless the document shows several distinct words broken in the same way. Unknown words,
        names, dialect, other languages and the slips of a writer are no evidence. Persian affixes
        written apart are none either: that is a habit of many.
    """

    code = "AR501"
    name = "broken-spaces"

    def detect(self, pages: Sequence[str], context: Context) -> Finding | None:
        """Return how many words fell apart or ran together, None where too few did."""
        judge = judge_for(pages, context.resources)
        if judge is None:
            return None
        apart = {page: replacements(page, judge) for page in pages}
        if any(apart.values()):
            return self._line_breaks(apart, "between single letters that make up words")
        cut = line_ends.replacements(pages, judge)
        if cut:
            return self._line_breaks(cut, "inside words")
        rows: list[list[Stretch | int]] = []
        if is_suspect(pages, judge):
            rows = [list(items(page)) for page in pages]
        evidence = gather(
            [item for row in rows for item in row if isinstance(item, Stretch)], judge
        )
        broken = evidence.is_torn or evidence.is_glued
        if broken and self._is_loss(pages, evidence, context):
            return None
        kinds = borders.found_in(pages, broken=broken, endless=broken and evidence.is_endless)
        damaged = broken or bool(kinds) or any(code < _LAYOUT for code in context.repaired)
        parts = parted(pages, judge) if damaged else {}
        if not (broken or kinds or parts):
            return None
        model = context.resources.language_model
        edits = {
            page: [
                Edit(self.code, start, end, page[start:end], after, BORDER)
                for start, end, after in borders.replacements(page, kinds, model)
            ]
            for page in pages
        }
        if broken:
            joiners = judge.persian and evidence.is_endless and _are_joiners(rows)
            for page, pairs in zip(pages, _read(rows, evidence, judge), strict=True):
                for stretch, begins in pairs:
                    edits[page].extend(self._changes(page, stretch, begins, judge, joiners=joiners))
        for page, places in parts.items():
            made = {at for edit in edits[page] for at in range(edit.start, edit.end + 1)}
            edits[page] += [
                Edit(self.code, start, end, page[start:end], JOINER, PARTED)
                for start, end in places
                if made.isdisjoint(range(start, end + 1))
            ]
        for row in edits.values():
            row.sort(key=lambda edit: (edit.start, edit.end))
        count = sum(map(len, edits.values()))
        if not count:
            return None
        return Finding(
            code=self.code,
            name=self.name,
            count=count,
            rate=min(1.0, count / max(1, evidence.words or sum(map(len, pages)) // 6)),
            evidence=_sentence(evidence, kinds, sum(map(len, parts.values()))),
            confidence=1.0 - 0.5 ** (len(evidence.torn_words) + len(evidence.glued_words) + count),
            detail=edits,
        )

    def _is_loss(self, pages: Sequence[str], evidence: Evidence, context: Context) -> bool:
        """Return whether lost letters explain what looks like pieces of words.

        When the letters are back, the stages run again.
        """
        few = sum(evidence.torn) + evidence.glued < _MOST_BY_LOSS * evidence.words
        return few and engine(context.resources).lost_set(pages, context)[0] is not None

    def _line_breaks(self, apart: Mapping[str, list[tuple[int, int, str]]], where: str) -> Finding:
        """Return the finding of a document whose lines broke inside words; spaces come next."""
        edits = {
            page: [
                Edit(self.code, start, end, page[start:end], text, LETTER_LINE)
                for start, end, text in found
            ]
            for page, found in apart.items()
        }
        count = sum(map(len, edits.values()))
        return Finding(
            code=self.code,
            name=self.name,
            count=count,
            rate=count / max(1, sum(page.count("\n") for page in apart)),
            evidence=f"{count} line breaks stand {where}",
            confidence=0.99,
            detail=edits,
        )

    def repair(self, page: str, finding: Finding, context: Context) -> list[Edit]:
        """Return an edit for each space that goes or comes."""
        del context
        edits: dict[str, list[Edit]] = finding.detail
        return edits[page]

    def _changes(
        self, page: str, stretch: Stretch, begins: set[int], judge: Judge, *, joiners: bool
    ) -> Iterator[Edit]:
        """Yield the edits of one stretch.

        Args:
            page: The text.
            stretch: The words as they stand.
            begins: Where words begin.
            judge: Knows the words.
            joiners: Whether what spaces there are were joiners once.
        """
        whole: dict[int, str] = {}  # for each letter the word that it ends up in
        for first, end in pairwise([*sorted(begins), len(stretch.letters)]):
            whole.update(dict.fromkeys(range(first, end), stretch.letters[first:end]))
        for (first, end), (start, last) in pairwise(stretch.words):
            left, right = stretch.ends[end - 1], stretch.starts[start]
            gap = page[left:right]
            if joiners and len(gap) == 1 and SPACES.fullmatch(gap):
                yield Edit(self.code, left, right, gap, JOINER, BORDER)
            elif start not in begins:
                after = SPACES.sub("", gap)
                letters = stretch.letters
                if (
                    judge.persian
                    and not after
                    and _bound(letters[first:end], letters[start:last], judge)
                ):
                    after = JOINER
                share = sure(judge.prior(whole[start]), JOINED)
                yield Edit(self.code, left, right, gap, after, share)
        observed = {start for start, _ in stretch.words}
        for start in begins - observed:
            at = stretch.starts[start]
            share = sure(min(judge.prior(whole[start - 1]), judge.prior(whole[start])), SPLIT)
            yield Edit(self.code, at, at, "", " ", share)


def _are_joiners(rows: Sequence[Sequence[Stretch | int]]) -> bool:
    """Return whether the few spaces of a Persian text stand where joiners do."""
    total = bound = 0
    for row in rows:
        for item in row:
            if isinstance(item, Stretch):
                total += len(item.words) - 1
                for (first, end), (start, last) in pairwise(item.words):
                    left, right = item.letters[first:end], item.letters[start:last]
                    bound += left.endswith(_PREFIXES) or right.startswith(_SUFFIXES)
    return bound >= _LEAST_BOUND and bound >= _BOUND_SHARE * total


def _bound(left: str, right: str, judge: Judge) -> bool:
    """Return whether Persian writes two pieces of a word apart, but without a space."""
    if left in PREFIXES or right in SUFFIXES:
        return True
    # Two words that make a compound; joined on the line they would look like one.
    return joins_next(left[-1]) and min(judge.prior(left), judge.prior(right)) > COMPOUND


def _decoded(
    row: Sequence[Stretch | int], segmenter: Segmenter
) -> Iterator[tuple[Stretch, set[int]]]:
    """Yield the stretches of a page, the last first, and where words begin in them."""
    states = [START]
    for item in row:
        if isinstance(item, int):
            states = segmenter.other(states, item)
        else:
            states = segmenter.stretch(states, item)
    steps = iter(path(max(states, key=lambda state: state.score)))
    for item in reversed(row):
        if isinstance(item, int):
            if item != BOUNDARY:
                next(steps)
            continue
        begins: set[int] = set()
        while 0 not in begins:
            begins.add(next(steps)[0])
        yield item, begins


def _read(
    rows: Sequence[Sequence[Stretch | int]], evidence: Evidence, judge: Judge
) -> list[list[tuple[Stretch, set[int]]]]:
    """Return for each page its stretches and where words begin in them."""
    rates = evidence.rates()
    if judge.persian and not evidence.is_endless:  # its words hold one another by the thousand
        rates = replace(rates, glued=NONE)
    found: list[list[tuple[Stretch, set[int]]]] = []
    for _ in range(_ROUNDS):
        segmenter = Segmenter(judge, rates)
        found = [list(_decoded(row, segmenter)) for row in rows]
        seen: Counter[tuple[str, Border]] = Counter()
        for pairs in found:
            for stretch, begins in pairs:
                segmenter.count(stretch, begins, seen)
        rates = settled(seen, rates)
    return found


def _sentence(evidence: Evidence, kinds: Sequence[borders.Kind], joiners: int) -> str:
    torn = f"{len(evidence.torn_words)} distinct words fell apart"
    glued = f"{len(evidence.glued_words)} ran together"
    names = sorted({kind.name for kind in kinds})
    others = f"; no proper spaces at {', '.join(names)}" if names else ""
    if joiners:
        others += f"; {joiners} spaces where Persian has joiners"
    return f"{torn}, {glued}, of {evidence.words} words{others}"
