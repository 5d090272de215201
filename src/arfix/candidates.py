"""What a damaged word may have been: lexicon words that the erasure of glyphs turns into it.

The generator walks the lexicon automaton along the observed word and, at each place, may also
step over a letter that was lost. Whether a letter has the form that was lost depends on the
letter after it, so a letter's form is settled one step late; the state carries the pending
letter. Nothing is generated that the lexicon does not hold.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Final, NamedTuple

from arfix.batch import spelled, worth
from arfix.glyphs import (
    FINAL,
    INITIAL,
    ISOLATED,
    LAM_ALEF_SECOND,
    MEDIAL,
    Glyph,
    joins_next,
    joins_previous,
)
from arfix.lexicon.automaton import ALPHABET, CODES, FINAL_BIT, LABEL_MASK, Automaton

#: Most letters that one word may have lost. Words that lost more are beyond a lexicon's help:
#: of the damaged words of news under the commonest sets fewer than one in a thousand.
MOST_LOST: Final = 3
FORMS_OF_LETTER: Final = 4
#: Form of a letter by (joined to the one before) * 2 + (joined to the one after).
_FORM_INDEX: Final = {ISOLATED: 0, INITIAL: 1, FINAL: 2, MEDIAL: 3}
JOINS_NEXT: Final = (False, *(joins_next(letter) for letter in ALPHABET))
JOINS_PREVIOUS: Final = (False, *(joins_previous(letter) for letter in ALPHABET))
LAM: Final = CODES["ل"]
ALEFS: Final = tuple(
    code in {CODES[a] for a in LAM_ALEF_SECOND if a in CODES} for code in range(len(ALPHABET) + 1)
)

#: Proclitics that combine with nearly any noun, and how often they precede one that the
#: lexicon holds without them (natural log).
PROCLITICS: Final = {
    "و": -2.5,
    "ف": -4.5,
    "ب": -3.5,
    "ل": -3.5,
    "ك": -5.0,
    "ال": -3.0,
    "وال": -4.5,
    "بال": -5.0,
    "لل": -4.5,
    "وب": -5.0,
    "ول": -5.0,
}
SHORTEST_STEM: Final = 3
CACHE_LIMIT: Final = 60_000
#: Fewer words than this are walked one by one more quickly.
_FEWEST: Final = 24


class Proposal(NamedTuple):
    """A word that the observed one may have been.

    Attributes:
        text: Its letters.
        number: Its number in the lexicon; of the stem, where ``clitic`` is not 0.
        erased: Bit set of the lost glyphs that the word holds.
        survived: Bit set of the glyphs in it that ought to have been lost and were not.
        clitic: Natural log of the proclitic's rate, 0.0 for a word that the lexicon holds whole.
    """

    text: str
    number: int
    erased: int
    survived: int
    clitic: float


if TYPE_CHECKING:
    from arfix.batch.candidates import BatchCandidates

#: A letter that may be lost behind a node: its code, the node behind it, how many words come
#: before, whether a word ends there, whether it is joined to the letter before, the bits of its
#: forms before nothing that joins and before what does, and whether another may be lost behind it.
_Step = tuple[int, int, int, int, int, int, int, bool]
#: Where the walk stands.
_Place = tuple[int, int, int, int, int, int, bool, bool, int, int, int, str]


class _FormOf(dict[tuple[str, str, str], int]):
    """The form of a letter between two others, 0 for one in a lam-alef; remembered."""

    def __missing__(self, key: tuple[str, str, str]) -> int:
        before, code, after = (CODES.get(letter, 0) for letter in key)
        form = FORMS_OF_LETTER * code
        form += 2 if JOINS_NEXT[before] and JOINS_PREVIOUS[code] else 0
        form += 1 if JOINS_NEXT[code] and JOINS_PREVIOUS[after] else 0
        if (code == LAM and ALEFS[after]) or (before == LAM and ALEFS[code]):
            form = 0
        if len(self) > CACHE_LIMIT:
            self.clear()
        self[key] = form
        return form


#: A letter in its form, by the one before, itself and the one behind.
FORM_OF: Final = _FormOf()


class Erasure:
    """Candidates under the loss of some glyphs.

    Args:
        automaton: The lexicon.
        glyphs: The glyphs that may be lost; glyph i is bit i of the masks.

    Attributes:
        letters: The codes of the letters that may be lost.
        bits: By the code of a letter and by its form the bit of that glyph, 0 for the others.
        in_batches: Whether the automaton can be walked for many words at once.
    """

    def __init__(self, automaton: Automaton, glyphs: Sequence[Glyph]) -> None:
        self.automaton = automaton
        self.glyphs = tuple(glyphs)
        bits = [[0, 0, 0, 0] for _ in range(len(ALPHABET) + 1)]
        for index, glyph in enumerate(self.glyphs):
            code = CODES.get(glyph.letter)
            if code is not None:
                bits[code][_FORM_INDEX[glyph.form]] |= 1 << index
        self.bits = [tuple(row) for row in bits]
        self._flat = [bit for row in bits for bit in row]
        # Letters that can be inserted behind an unjoined (0) or a joined (1) letter.
        self._inserted = tuple(
            tuple(code for code, row in enumerate(self.bits) if row[2 * left] or row[2 * left + 1])
            for left in (0, 1)
        )
        self.letters = tuple(sorted({*self._inserted[0], *self._inserted[1]}))
        self._joining = tuple(code for code in self.letters if JOINS_PREVIOUS[code])
        self._apart = tuple(code for code in self.letters if not JOINS_PREVIOUS[code])
        self._cache: dict[tuple[str, int], list[Proposal]] = {}
        self._survivors: dict[str, int] = {}
        self._steps: dict[int, tuple[_Step, ...]] = {}
        self._batch: BatchCandidates | None = None
        # Another lexicon may keep its automaton in another way.
        self.in_batches = isinstance(automaton, Automaton)

    def survivors(self, word: str) -> int:
        """Return the bit set of the erasable glyphs that the word holds."""
        known = self._survivors.get(word)
        if known is None:
            known = reduce(or_, self._drawn(word), 0)
            if len(self._survivors) > CACHE_LIMIT:
                self._survivors.clear()
            self._survivors[word] = known
        return known

    def note_survivors(self, word: str, forms: Iterable[int]) -> None:
        """Remember what ``survivors`` returns for a word.

        Args:
            word: The word.
            forms: Its letters in their forms, and any noughts.
        """
        if len(self._survivors) > CACHE_LIMIT:
            self._survivors.clear()
        self._survivors[word] = reduce(or_, map(self._flat.__getitem__, forms), 0)

    def proposals(self, word: str, most: int = MOST_LOST) -> list[Proposal]:
        """Return every lexicon word that the erasure turns into this one, itself included.

        Args:
            word: Bare letters, as observed.
            most: Most letters that may be missing.
        """
        key = (word, most)
        known = self._cache.get(key)
        if known is not None:
            return known
        codes = [CODES.get(letter, 0) for letter in word]
        result: list[Proposal] = []
        if all(codes):
            result = self._walk(word, codes, 0, most, 0.0) or self._behind_clitics(word, most)
        if len(self._cache) > CACHE_LIMIT:
            self._cache.clear()
        self._cache[key] = result
        return result

    def prepare(self, words: Iterable[str], most: int = MOST_LOST) -> None:
        """Find the proposals of many words together, so that they are there when asked for.

        Nothing is done where that is not worth it; see ``arfix.batch``.

        Args:
            words: Those that will be asked for.
            most: As there.
        """
        if not self.in_batches or not worth(0):
            return
        from arfix.batch.candidates import MOST_GLYPHS, BatchCandidates

        if len(self.glyphs) > MOST_GLYPHS:
            return
        fresh = spelled(word for word in words if (word, most) not in self._cache)
        if len(fresh) < _FEWEST:
            return
        if self._batch is None:
            self._batch = BatchCandidates(self.automaton, self.letters, self._flat)
        found: list[dict[str, Proposal]] = [{} for _ in fresh]
        for which, text, number, erased, survived in self._batch.walk(fresh, most):
            known = found[which]
            old = known.get(text)
            if old is None or survived.bit_count() < old.survived.bit_count():
                known[text] = Proposal(text, number, erased, survived, 0.0)
        if len(self._cache) > CACHE_LIMIT:
            self._cache.clear()
        for word, proposals in zip(fresh, found, strict=True):
            self._cache[word, most] = list(proposals.values()) or self._behind_clitics(word, most)

    def _behind_clitics(self, word: str, most: int) -> list[Proposal]:
        codes = [CODES[letter] for letter in word]
        result: list[Proposal] = []
        for text, rate in PROCLITICS.items():
            if word.startswith(text) and len(word) >= len(text) + SHORTEST_STEM - 1:
                result.extend(self._walk(word, codes, len(text), most, rate))
        return result

    def _drawn(self, word: str) -> Iterable[int]:
        """Return the bits of the glyphs of a word, 0 for those that are not lost."""
        letters = zip(f" {word}", word, f"{word} "[1:], strict=False)
        return map(self._flat.__getitem__, map(FORM_OF.__getitem__, letters))

    def _steps_of(self, key: int) -> tuple[_Step, ...]:
        """Return the letters that may be lost behind a node and the letter that leads there.

        Args:
            key: The node, and in the lowest bit whether the letter joins the one behind it.
        """
        node, joins = key >> 1, key & 1
        base, skip, check = self.automaton.base, self.automaton.skip, self.automaton.check
        bits, joining = self.bits, self._joining
        found: list[_Step] = []
        for code in self.letters:
            slot = node + code
            label = check[slot]
            if label & LABEL_MASK != code:
                continue
            right = 1 if joins and JOINS_PREVIOUS[code] else 0
            forms = bits[code]
            alone, joined = forms[2 * right], forms[2 * right + JOINS_NEXT[code]]
            if not alone and not joined:
                continue
            child = base[slot]
            further = False
            for other in self.letters if alone and joined else joining if joined else self._apart:
                if check[child + other] & LABEL_MASK == other:
                    further = True
                    break
            found.append(
                (code, child, skip[slot], label & FINAL_BIT, right, alone, joined, further)
            )
        if len(self._steps) > CACHE_LIMIT:
            self._steps.clear()
        known = self._steps[key] = tuple(found)
        return known

    def _walk(
        self, word: str, codes: list[int], start: int, most: int, clitic: float
    ) -> list[Proposal]:
        base, skip, check = self.automaton.base, self.automaton.skip, self.automaton.check
        bits, steps_of = self.bits, self._steps
        length = len(codes)
        found: dict[str, Proposal] = {}
        pending = codes[start - 1] if start else 0
        left = 0
        if start > 1 and JOINS_NEXT[codes[start - 2]] and JOINS_PREVIOUS[pending]:
            left = 1
        # position, node, number, final, pending letter, its join to the left, whether it was
        # inserted, whether it is the alef of a lam-alef, masks, letters inserted, text
        stack: list[_Place] = [
            (start, self.automaton.root, 0, 0, pending, left, False, False, 0, 0, 0, word[:start])
        ]
        while stack:
            (
                position,
                node,
                number,
                final,
                pending,
                left,
                was_inserted,
                ligated,
                erased,
                survived,
                count,
                text,
            ) = stack.pop()
            while True:  # along the word, as far as nothing can be inserted
                if position == length and final:
                    # The last letter joins nothing behind it.
                    bit = 0 if ligated else bits[pending][2 * left]
                    if was_inserted:
                        ended = (erased | bit, survived) if bit and not bit & survived else None
                    else:
                        ended = None if bit & erased else (erased, survived | bit)
                    if ended is not None:
                        old = found.get(text)
                        if old is None or ended[1].bit_count() < old.survived.bit_count():
                            found[text] = Proposal(text, number, ended[0], ended[1], clitic)
                if not node:
                    break
                ahead = codes[position] if position < length else 0
                joins = JOINS_NEXT[pending]
                grown: list[_Place] = []
                if count < most:
                    key = node << 1 | joins
                    steps = steps_of.get(key)
                    if steps is None:
                        steps = self._steps_of(key)
                    for code, child, passed, ends, right, alone, joined, further in steps:
                        # A lost letter must have a lost form before what comes next: what was
                        # observed, the end, or another lost letter.
                        if not (further and count + 1 < most) and not (
                            (joined if JOINS_PREVIOUS[ahead] else alone)
                            and check[child + ahead] & LABEL_MASK == ahead
                            if ahead
                            else alone and ends
                        ):
                            continue
                        if pending == LAM and ALEFS[code]:
                            continue
                        bit = 0 if ligated else bits[pending][2 * left + right]
                        # No form is both lost and there.
                        if (not bit or bit & survived) if was_inserted else bit & erased:
                            continue
                        grown.append(
                            (
                                position,
                                child,
                                number + passed,
                                ends,
                                code,
                                right,
                                True,
                                False,
                                erased | bit if was_inserted else erased,
                                survived if was_inserted else survived | bit,
                                count + 1,
                                text + ALPHABET[code - 1],
                            )
                        )
                goes_on = False
                slot = node + ahead
                label = check[slot]
                if ahead and label & LABEL_MASK == ahead:
                    right = 1 if joins and JOINS_PREVIOUS[ahead] else 0
                    lam = pending == LAM and ALEFS[ahead]
                    bit = 0 if lam or ligated else bits[pending][2 * left + right]
                    if was_inserted:
                        goes_on = bit != 0 and not bit & survived
                        erased |= bit
                    else:
                        goes_on = not bit & erased
                        survived |= bit
                    text += word[position]
                    position += 1
                    node = base[slot]
                    number += skip[slot]
                    final = label & FINAL_BIT
                    pending, left, was_inserted, ligated = ahead, right, False, lam
                if not grown:
                    if goes_on:
                        continue
                    break
                if goes_on:
                    stack.append(
                        (
                            position,
                            node,
                            number,
                            final,
                            pending,
                            left,
                            False,
                            ligated,
                            erased,
                            survived,
                            count,
                            text,
                        )
                    )
                stack += grown
                break
        return list(found.values())
