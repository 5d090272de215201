"""AR303 swapped-ligatures: the letters of a ligature in reverse order."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from arfix.arcs import SPECIAL_ARCS
from arfix.decoder import decode
from arfix.edits import Edit
from arfix.lattice import Arc
from arfix.ligatures.learning import (
    IMPOSSIBLE,
    LAM_ALEF_UNITS,
    UNKNOWN,
    Active,
    is_suspect,
    learn,
    variants,
)
from arfix.ligatures.merged import are_merged, merged_at, parted
from arfix.ligatures.units import LIGATURES, clusters, spans, turned, unit_at
from arfix.spacing.evidence import gather
from arfix.spacing.judge import ARTICLES, Judge, judge_for, judge_of, persian_judge_of
from arfix.spacing.stretches import Stretch, items
from arfix.spacing.torn_ligatures import settled
from arfix.stages import Finding
from arfix.view import WORD, Token, bare, tokens

if TYPE_CHECKING:
    from arfix.stages import Context

#: Tokens that are decoded in one go, so that a page of any length takes linear time.
_CHUNK: Final = 400
#: Most readings of a word that the decoder weighs.
_MOST_READINGS: Final = 12
#: What an impossible sequence left standing costs (natural log).
_IMPOSSIBLE: Final = -12.0


class SwappedLigatures:
    """Put the letters of a ligature back in the order in which they are read.

    What it does:
        Turns round lam-alef and other ligatures whose letters stand in reverse order, with
        the marks that they carry. Where both orders are words the language model decides. The
        article's alef comes back where it vanished beside that of the ligature.

    Why:
        Arabic is drawn from right to left, and a visual extractor turns the glyphs round one by
        one. A ligature is one glyph for two letters or more, whose order stays what it was.

    Example:
        ``األول يف املدينة`` becomes ``الأول في المدينة``.

    When it stays silent:
        Unless two distinct words of the document show the same ligature reversed and it hardly
        occurs in the right order; a text about the error, a name or a slip is no such document.
    """

    code = "AR303"
    name = "swapped-ligatures"

    def detect(self, pages: Sequence[str], context: Context) -> Finding | None:
        """Return which ligatures the document shows reversed, None for none."""
        if not is_suspect(pages):
            return None
        words = judge_for(pages, context.resources)
        if words is None:
            return None
        counts: Counter[str] = Counter()
        for page in pages:
            counts.update(WORD.findall(page))
        plain: Counter[str] = Counter()
        for word, count in counts.items():
            plain[bare(word)] += count
        for article in ARTICLES:  # perhaps لا, but that is for its neighbours to say
            plain.pop(article, None)

        def strength(word: str) -> float:
            return max(words.prior(word), UNKNOWN)

        active = learn(plain, strength)
        if active is None:
            return None
        names = sorted({unit.letters for unit in active.rates})
        merged = not LAM_ALEF_UNITS.isdisjoint(active.rates) and are_merged(plain, strength)
        return Finding(
            code=self.code,
            name=self.name,
            count=active.seen,
            rate=active.seen / max(1, plain.total()),
            evidence=(
                f"{active.words} distinct words show {len(names)} ligatures reversed:"
                f" {' '.join(names[:12])}"
            ),
            confidence=1.0 - 0.5 ** (active.words + 1),
            detail=_Detail(active, words.persian, self._is_torn(pages, words), merged),
        )

    @staticmethod
    def _is_torn(pages: Sequence[str], judge: Judge) -> bool:
        """Return whether words fell apart as well."""
        stretches = [item for page in pages for item in items(page) if isinstance(item, Stretch)]
        return gather(stretches, judge).is_torn

    def repair(self, page: str, finding: Finding, context: Context) -> list[Edit]:
        """Return an edit for each word that holds a reversed ligature."""
        detail: _Detail = finding.detail
        known = persian_judge_of if detail.persian else judge_of
        judge = _Judge(detail, known(context.resources))
        edits: list[Edit] = []
        row: list[Token] = []
        for token in tokens(page):
            row.append(token)
            if len(row) >= _CHUNK and token.kind != "word":
                edits.extend(self._decoded(page, row, judge, finding))
                row = []
        edits.extend(self._decoded(page, row, judge, finding))
        edits.sort(key=lambda edit: edit.start)
        return edits

    def _decoded(
        self, page: str, row: list[Token], judge: _Judge, finding: Finding
    ) -> Iterator[Edit]:
        lattice = [
            judge.arcs(token.bare) if token.kind == "word" else SPECIAL_ARCS[token.kind]
            for token in row
        ]
        for index, text in judge.settled(page, row).items():
            token = row[index]
            chosen = [arc for arc in lattice[index] if arc.text == text][:1]
            lattice[index] = chosen or lattice[index]
            if chosen and text != token.bare:
                after = judge.dressed(token.text, token.bare, text)
                yield Edit(self.code, token.start, token.end, token.text, after, 0.9)
        if all(len(arcs) == 1 for arcs in lattice):
            return
        posteriors = decode(lattice, judge.model)
        for token, arcs, shares in zip(row, lattice, posteriors.rows, strict=True):
            if len(arcs) == 1:
                continue
            share, which = max((share, -index) for index, share in enumerate(shares))
            text = arcs[-which].text
            if text == token.bare:
                continue
            after = judge.dressed(token.text, token.bare, text)
            yield Edit(
                self.code, token.start, token.end, token.text, after, share * finding.confidence
            )


@dataclass(frozen=True, slots=True)
class _Detail:
    """What a document shows.

    Attributes:
        active: The reversed ligatures.
        persian: Whether it is Persian.
        torn: Whether its words fell apart as well.
        merged: Whether the alef of the article vanished beside that of a reversed lam-alef.
    """

    active: Active
    persian: bool
    torn: bool
    merged: bool


class _Judge:
    """The readings of a word under the active ligatures, as arcs of a lattice."""

    def __init__(self, detail: _Detail, words: Judge) -> None:
        self._active = detail.active.rates
        self._torn = detail.torn
        self._merged = detail.merged
        self._words = words
        self.model = words.model
        self._arcs: dict[str, list[Arc]] = {}
        # By word and reading: where an alef came back, and what was turned round then.
        self._changes: dict[tuple[str, str], tuple[int | None, tuple[tuple[int, int], ...]]] = {}

    def settled(self, page: str, row: Sequence[Token]) -> dict[int, str]:
        """Return what some tokens of a row read as, because they are pieces of one word."""
        return settled(page, row, self._active, self._words) if self._torn else {}

    def arcs(self, word: str) -> list[Arc]:
        """Return the readings of a word, itself the first."""
        known = self._arcs.get(word)
        if known is not None:
            return known
        found = [self._arc(word)]
        for chosen in variants(word, self._active):
            text = turned(word, chosen)
            self._changes[word, text] = None, chosen
            found.append(self._arc(text, chosen))
        if self._merged and (at := merged_at(word)) is not None:
            whole = parted(word, at)
            for chosen in variants(whole, self._active):
                text = turned(whole, chosen)
                if (at + 1, at + 3) in chosen and (word, text) not in self._changes:
                    self._changes[word, text] = at, chosen
                    found.append(self._arc(text, chosen))
        if len(found) > _MOST_READINGS:
            found[1:] = sorted(found[1:], key=lambda arc: -arc.weight)[: _MOST_READINGS - 1]
        self._arcs[word] = found
        return found

    def _arc(self, text: str, chosen: tuple[tuple[int, int], ...] = ()) -> Arc:
        weight = _IMPOSSIBLE if IMPOSSIBLE.search(text) else 0.0
        for span in spans(text, LIGATURES):
            rate = self._active.get(unit_at(text, *span))
            if rate is not None:
                weight += math.log(rate if span in chosen else 1 - rate)
        unit = self._words.unit(text)
        return Arc(unit.word, unit.klass, weight + unit.weight, text)

    def dressed(self, token: str, word: str, text: str) -> str:
        """Return a reading of a word with the marks that the word carries."""
        parts = clusters(token)
        at, chosen = self._changes[word, text]
        if at is not None:
            parts.insert(at, parts[at][0])
        for start, end in chosen:
            parts[start:end] = parts[start:end][::-1]
        return "".join(parts)
