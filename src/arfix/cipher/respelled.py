"""What an unknown word may be if some of its glyphs are written as others."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from arfix.channel.readings import LETTERS, form_in
from arfix.cipher.slips import COMMA, END, PAIRS, Slip, Used, written_at
from arfix.cipher.walk import follow
from arfix.glyphs import glyphs_of
from arfix.lexicon.automaton import ALPHABET, FINAL_BIT, LABEL_MASK
from arfix.view import STRIP_MARKS

if TYPE_CHECKING:
    from arfix.lexicon.protocols import Lexicon

#: Steps of one walk through the lexicon: the first time, and when some slips are known.
_WALK: Final = 2_500
_WALK_LATER: Final = 1_000
_MOST_READINGS: Final = 40
#: What it costs a reading to show a glyph right that the document writes otherwise, to take a
#: glyph for a ligature, and to end with a comma.
_CONTRADICTED: Final = -4.0
_LIGATURE: Final = -1.5
_COMMA: Final = -2.7
#: What each slip more costs a reading among those that are kept.
_FRESH: Final = 3.0
#: Written, and meant: careless spelling and dialect, which are no slips of a font.
_TWINS: Final = frozenset(
    {(written, meant) for written in "اأإآ" for meant in "أإآ"}
    | set(zip("هةىيیوايتسدزضزكتئؤ", "ةهيىيؤءئثثذذظظقطيو", strict=True))
    | {("\u06cc", "\u0649"), ("\u06a9", "\u0643"), ("\u06c1", "\u0647"), ("\u06d2", "\u064a")}
)


class Reading(NamedTuple):
    """What an unknown word may be.

    Attributes:
        prior: Natural log of the frequency of the word.
        fresh: The slips that this needs and that are not known yet.
    """

    prior: float
    fresh: tuple[Slip, ...]

    @property
    def glyphs(self) -> list[tuple[str, str]]:
        """The glyphs that would be written otherwise."""
        return [(slip.letters, slip.form) for slip in self.fresh]


#: A node below another one: the node, words passed, and whether a word ends there.
_Below = tuple[int, int, int]
#: Position, node, number, whether a word ends here, text, and slips used.
_Place = tuple[int, int, int, int, str, Used]


class Reader:
    """Reads the words of a document through what is known of its slips.

    Attributes:
        budget: Steps that are left for all words.
        wrong: The glyphs that the document writes otherwise.

    Args:
        lexicon: The words.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._below: dict[int, dict[str, _Below]] = {}
        self.budget = 0
        self.wrong: frozenset[tuple[str, str]] = frozenset()

    def contradicted(self, letters: str) -> int:
        """Return how many glyphs of a word the document writes otherwise."""
        if not self.wrong:
            return 0
        return sum(
            glyph is not None and (glyph.letter, glyph.form) in self.wrong
            for glyph in glyphs_of(letters)
        )

    def read(
        self,
        word: str,
        slips: Mapping[str, Sequence[Slip]],
        absent: Mapping[str, Collection[str]],
        most: int,
    ) -> list[Reading]:
        """Return what a word may be with a few slips more than those known.

        Args:
            word: Its letters and marks.
            slips: Those known, by what is written.
            absent: The glyphs that may be written otherwise, their forms by letter.
            most: How many slips more.
        """
        found: list[Reading] = []
        automaton = self._lexicon.automaton
        steps, size = 0, len(word)
        walk = min(_WALK_LATER if self.wrong else _WALK, self.budget)
        singles = [letters for letters in absent if len(letters) == 1 and letters != COMMA]
        longer: dict[str, list[str]] = {}
        for letters in absent:
            if len(letters) > 1:
                longer.setdefault(letters[0], []).append(letters)
        # Those with the fewest slips first.
        stacks: list[list[_Place]] = [[] for _ in range(most + 1)]
        stacks[0].append((0, automaton.root, 0, 0, "", ()))
        fresh = 0
        while True:
            while fresh <= most and not stacks[fresh]:
                fresh += 1
            steps += 1
            if fresh > most or steps > walk:
                break
            stack = stacks[fresh]
            at, node, number, final, text, used = stack.pop()
            if at == size:
                if final and (used or self.wrong):
                    reading = self._reading(number, text, used, slips, absent)
                    if reading is not None:
                        found.append(reading)
                continue
            char = word[at]
            below = self._children(node)
            if ord(char) in STRIP_MARKS:
                stack.append((at + 1, node, number, final, text, used))
            elif (moved := below.get(char)) is not None:
                stack.append((at + 1, moved[0], number + moved[1], moved[2], text + char, used))
            for written in written_at(word, at):
                after = at + len(written)
                ends = after == size and bool(final)
                for slip in slips.get(written, ()):
                    if slip.form == END:
                        if ends:
                            stack.append(
                                (after, node, number, final, text, (*used, (len(text), slip)))
                            )
                        continue
                    moved = follow(automaton, node, slip.letters)
                    if moved is not None:
                        stack.append(
                            (after, moved[0], number + moved[1], moved[2], text + slip.letters,
                             (*used, (len(text), slip)))
                        )  # fmt: skip
                if fresh == most or len(stacks[fresh + 1]) > walk:
                    continue
                more = stacks[fresh + 1]
                if ends and COMMA in absent:
                    slip = Slip(written, COMMA, END)
                    more.append((after, node, number, final, text, (*used, (len(text), slip))))
                for letters in singles if len(below) > len(singles) else below:
                    if letters == written or letters not in absent or (written, letters) in _TWINS:
                        continue
                    moved = below.get(letters)
                    if moved is not None:
                        slip = Slip(written, letters, "")
                        more.append(
                            (after, moved[0], number + moved[1], moved[2], text + letters,
                             (*used, (len(text), slip)))
                        )  # fmt: skip
                for first in longer.keys() & below.keys():
                    for letters in longer[first]:
                        moved = follow(automaton, node, letters)
                        # A letter that became two is one that was lost.
                        if moved is not None and written not in letters:
                            slip = Slip(written, letters, "")
                            more.append(
                                (after, moved[0], number + moved[1], moved[2], text + letters,
                                 (*used, (len(text), slip)))
                            )  # fmt: skip
        self.budget -= steps
        found.sort(key=lambda reading: (-reading.prior + _FRESH * len(reading.fresh), reading))
        return found[:_MOST_READINGS]

    def _children(self, node: int) -> dict[str, _Below]:
        """Return the nodes below one, by letter."""
        found = self._below.get(node)
        if found is None:
            found = {}
            if node:
                automaton = self._lexicon.automaton
                size = len(ALPHABET)
                labels = automaton.check[node + 1 : node + 1 + size]
                for code, label in enumerate(labels, 1):
                    if label and label & LABEL_MASK == code:
                        slot = node + code
                        found[ALPHABET[code - 1]] = (
                            automaton.base[slot], automaton.skip[slot], label & FINAL_BIT
                        )  # fmt: skip
            self._below[node] = found
        return found

    def _reading(
        self,
        number: int,
        text: str,
        used: Used,
        slips: Mapping[str, Sequence[Slip]],
        absent: Mapping[str, Collection[str]],
    ) -> Reading | None:
        fresh = set()
        right = 0
        prior = self._lexicon.prior(number)
        for place, slip in used:
            if slip.letters == COMMA:
                fresh.add(slip)
                prior += _COMMA
                continue
            form = form_in(text, place, place + len(slip.letters))
            if slip.form:
                if slip.form != form:
                    return None
                right += 1
            elif form not in absent[slip.letters]:
                return None
            else:
                fresh.add(slip._replace(form=form))
                if slip.letters in PAIRS and slip.letters not in LETTERS:
                    prior += _LIGATURE
        fresh.difference_update(*slips.values())
        if self.wrong:
            prior += _CONTRADICTED * max(0, self.contradicted(text) - right)
        return Reading(prior, tuple(sorted(fresh)))
