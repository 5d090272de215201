"""Where PDFBox may have cut a line at codes that were stripped afterwards.

A line that ends, at its left edge, with a private-use code gets a left-to-right base: what
stands between its codes comes out in drawn order. So the pieces of such a line stand in reverse
order, and each ends where a code, that is a lost glyph, followed. No word elsewhere in the line
has lost anything, which makes this a strong hypothesis: it says which words are damaged.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final, NamedTuple

from arfix.candidates import PROCLITICS
from arfix.channel.reading import Surroundings, follow
from arfix.glyphs import FINAL, INITIAL, ISOLATED, MEDIAL, joins_next
from arfix.lexicon.automaton import CODES, LABEL_MASK
from arfix.lm.ngrams import KINDS

if TYPE_CHECKING:
    from arfix.channel.inference import LostSet
    from arfix.lattice import Arc
    from arfix.lexicon.automaton import Automaton
    from arfix.resources import Resources
    from arfix.restore import Restorer
    from arfix.view import Token

#: A line with more tokens was not drawn as one line.
LONGEST: Final = 60
#: Most hypotheses kept at a place, and most whole ones that are looked at in the end.
_BEAM: Final = 5
_BEST: Final = 6
_CLOSED: Final = 20
#: Most letters that one code place may have lost.
_MOST_AT_ONCE: Final = 2
#: A word commoner than this (natural log) is hardly two that stand together.
_RARE: Final = -13.5
#: Tokens that the language model looks back over.
_HISTORY: Final = 3
#: Most places inside a word that are tried, in one line.
_MOST_INSIDE: Final = 24

_ARABIC: Final = "word"
#: Kinds of tokens that are no punctuation.
SOLID: Final = frozenset((_ARABIC, "number", "latin"))
_SOLID_IDS: Final = frozenset(KINDS[kind] for kind in SOLID if kind in KINDS)


class Place(NamedTuple):
    """A border between two pieces: before a token, or inside it."""

    token: int
    offset: int


@dataclass(frozen=True, slots=True)
class _Reading:
    """A hypothesis on the pieces from a place to the end of the line, the first ones of the text.

    Attributes:
        score: Natural log, of the likeliest words.
        state: Of the language model.
        pending: The parts of a word that goes on in the next piece; empty when none does.
        places: Where its pieces begin.
    """

    score: float
    state: int
    pending: tuple[str, ...]
    places: tuple[Place, ...]


class Completions:
    """The words that fragments may have been when glyphs were lost just between or behind them.

    Args:
        restorer: Makes the arcs.
        found: What is lost.
    """

    def __init__(self, restorer: Restorer, found: LostSet) -> None:
        self._restorer = restorer
        self._erasure = found.erasure
        self._mask = found.mask
        self._known: dict[tuple[tuple[str, ...], bool], tuple[Arc, ...]] = {}
        self._others: dict[str, tuple[Arc, ...]] = {}
        self._opening: dict[str, bool] = {}

    def own(self, word: str) -> Arc:
        """Return the arc of a word that lost nothing."""
        return self._restorer.own(word, self._erasure, self._mask)

    def all(self, word: str) -> tuple[Arc, ...]:
        """Return every arc of a word in a line that was not cut."""
        return self._restorer.arcs(word, self._erasure, self._mask)

    def closes(self, word: str) -> bool:
        """Return whether a word may have lost its end."""
        return bool(self.of((word,), final=True))

    def opens(self, word: str) -> bool:
        """Return whether some longer word may have been torn just behind these letters."""
        known = self._opening.get(word)
        if known is None:
            joined = joins_next(word[-1])
            inner = (MEDIAL, FINAL) if joined else (INITIAL, ISOLATED)
            known = self._opening[word] = any(
                glyph.form == inner[not joins_next(glyph.letter)]
                and _is_prefix(self._erasure.automaton, word + glyph.letter)
                for glyph in self._erasure.glyphs
            )
        return known

    def of(self, fragments: tuple[str, ...], *, final: bool) -> tuple[Arc, ...]:
        """Return the arcs of the words; ``final``: the last fragment lost its end, too."""
        key = (fragments, final)
        known = self._known.get(key)
        if known is None:
            found: tuple[Arc, ...] = ()
            if fragments and self._possible(fragments, final=final):
                word = "".join(fragments)
                arcs = self._others.get(word)
                if arcs is None:
                    arcs = self._restorer.others(word, self._erasure, self._mask)
                    self._others[word] = arcs
                found = tuple(arc for arc in arcs if _fits(arc.text, fragments, final))
            known = self._known[key] = found
        return known

    def _possible(self, fragments: tuple[str, ...], *, final: bool) -> bool:
        """Return whether the lexicon has any word around these fragments.

        Cheap, and nearly always the end of it: what is lost is not asked, only which letters.
        """
        first, rest = fragments[0], fragments[1:]
        # Behind a proclitic the lexicon is entered anew.
        starts = (0, *(len(text) for text in PROCLITICS if first.startswith(text)))
        for start in starts:
            nodes = self._along([self._erasure.automaton.root], first[start:])
            for fragment in rest:
                nodes = self._along(self._over(nodes), fragment)
            if nodes and (not final or self._over(nodes)):
                return True
        return False

    def _along(self, nodes: list[int], letters: str) -> list[int]:
        """Return the nodes behind some letters."""
        base, check = self._erasure.automaton.base, self._erasure.automaton.check
        for letter in letters:
            code = CODES.get(letter, 0)
            nodes = [
                base[node + code]
                for node in nodes
                if code and check[node + code] & LABEL_MASK == code
            ]
        return nodes

    def _over(self, nodes: list[int]) -> list[int]:
        """Return the nodes behind one lost letter or two."""
        base, check = self._erasure.automaton.base, self._erasure.automaton.check
        found: list[int] = []
        for _ in range(_MOST_AT_ONCE):
            nodes = [
                base[node + code]
                for node in nodes
                for code in self._erasure.letters
                if check[node + code] & LABEL_MASK == code
            ]
            found += nodes
        return found


def _is_prefix(automaton: Automaton, letters: str) -> bool:
    """Return whether the lexicon has a word that goes on behind these letters."""
    node = automaton.root
    for letter in letters:
        code = CODES.get(letter)
        if code is None or not node or automaton.check[node + code] & LABEL_MASK != code:
            return False
        node = automaton.base[node + code]
    return bool(node)


def _fits(text: str, fragments: Sequence[str], final: bool) -> bool:
    """Return whether a text is the fragments with something lost at each border."""
    if not fragments:
        return not text if not final else False
    first, rest = fragments[0], fragments[1:]
    if not text.startswith(first):
        return False
    text = text[len(first) :]
    if not rest:
        return 0 < len(text) <= _MOST_AT_ONCE if final else not text
    return any(_fits(text[count:], rest, final) for count in range(1, _MOST_AT_ONCE + 1))


class CutSearch:
    """The likeliest places where one line may have been cut.

    Args:
        tokens: The tokens of the line.
        arcs: The arc of each token as it stands.
        completions: What fragments may have been.
        around: What stands before and behind the line.
        resources: Lexicon and model.
    """

    def __init__(
        self,
        tokens: Sequence[Token],
        arcs: Sequence[Arc],
        completions: Completions,
        around: Surroundings,
        resources: Resources,
    ) -> None:
        self._tokens = tokens
        self._arcs = arcs
        self._words = completions
        self._around = around
        self._model = resources.language_model.ngrams
        self._lexicon = resources.lexicon

    def search(self, least: float) -> list[tuple[Place, ...]]:
        """Return the best hypotheses: where the pieces begin, in the order of the line.

        Args:
            least: Natural log of the probability that a hypothesis needs.
        """
        tokens = self._tokens
        if len(tokens) < 2 or len(tokens) > LONGEST or tokens[-1].kind != _ARABIC:
            return []
        places = self._places()
        if not any(place.offset for place in places) and not self._words.closes(tokens[-1].bare):
            return []
        end = Place(len(tokens), 0)
        heap: dict[Place, list[_Reading]] = {
            end: [_Reading(score, state, (), ()) for state, score in self._around.start.items()]
        }
        order = [end, *sorted(places, reverse=True)]
        hope = self._hope(places)
        done: list[_Reading] = []
        for number, place in enumerate(order):
            readings = _pruned(heap.pop(place, []))
            for reading in readings:
                for before in (*order[number + 1 :], Place(0, 0)):
                    for longer in self._prepend(reading, before, place):
                        if longer.score + hope[before.token] < least:
                            continue
                        if before == (0, 0):
                            done.append(longer)
                        else:
                            heap.setdefault(before, []).append(longer)
        done = [reading for reading in done if len(reading.places) > 1]
        done.sort(key=lambda reading: (-reading.score, reading.places))
        closed = sorted(
            (-self._around.close({reading.state: reading.score}), reading.places)
            for reading in done[:_CLOSED]
            if reading.score >= least
        )
        found = dict.fromkeys(places for score, places in closed if -score >= least)
        return [places[::-1] for places in found][:_BEST]

    def _hope(self, places: Sequence[Place]) -> list[float]:
        """Return the most that the words before each token may score in any hypothesis.

        A word that no border touches stays as it stands, and a score only falls.
        """
        touched = {len(self._tokens) - 1}
        for place in places:
            before = self._tail(place.token)
            touched.update(
                (place.token, place.token - 1, place.token if before is None else before)
            )
        hope = [0.0]
        for index, arc in enumerate(self._arcs):
            hope.append(hope[-1] + (0.0 if index in touched else min(arc.weight, 0.0)))
        return hope

    def _places(self) -> list[Place]:
        tokens, lexicon = self._tokens, self._lexicon
        words = self._words
        inside: list[Place] = []
        for index, token in enumerate(tokens):
            word = token.bare
            if len(word) < 2 or len(word) != len(token.text):
                continue
            if lexicon.log_probability(word) > _RARE:
                continue
            for offset in range(1, len(word)):
                tail, head = word[:offset], word[offset:]
                # The second half may be the end of a word that was torn, too, and then says
                # nothing; so the first one must.
                if words.closes(tail) or (
                    words.opens(tail) and (head in lexicon or words.opens(head))
                ):
                    inside.append(Place(index, offset))
        if len(inside) > _MOST_INSIDE:
            closing = [at for at in inside if words.closes(tokens[at.token].bare[: at.offset])]
            inside = closing[:_MOST_INSIDE]
        borders: list[Place] = []
        for index, token in enumerate(tokens):
            before = self._tail(index)
            if index and token.bare and before is not None:
                tail = tokens[before].bare
                if words.closes(tail) or (inside and words.opens(tail)):
                    borders.append(Place(index, 0))
        return [*borders, *inside]

    def _tail(self, index: int) -> int | None:
        """Return the word that ends the piece before a border, None where no word does."""
        before = index - 1
        while before >= 0 and self._tokens[before].kind not in SOLID:
            before -= 1
        return before if before >= 0 and self._tokens[before].kind == _ARABIC else None

    def _prepend(self, reading: _Reading, start: Place, end: Place) -> Iterator[_Reading]:
        """Yield the hypotheses with the piece between two places read after the others."""
        tokens, arcs = self._tokens, self._arcs
        first, last = start.token, end.token - 1
        state, score = reading.state, reading.score
        single = first == end.token
        if single:
            head = tail = tokens[first].bare[start.offset : end.offset]
        elif end.offset:
            last = end.token
            head, tail = tokens[first].bare[start.offset :], tokens[last].bare[: end.offset]
        else:
            # What stands between two pieces came out behind the later one.
            while last >= first and not tokens[last].bare and not self._solid(arcs[last]):
                state, gained = follow(state, arcs[last], self._model)
                score += gained
                last -= 1
            if last < first or not tokens[last].bare:
                return
            single = last == first
            head, tail = tokens[first].bare[start.offset :], tokens[last].bare
        if reading.pending and not head:
            return
        fragments = (*reading.pending, head)
        options: list[tuple[int, float]] = [(state, score)]
        if not single:
            if reading.pending:
                heads = self._words.of(fragments, final=False)
            else:
                heads = (self._words.own(head) if start.offset else arcs[first],)
            options = [self._after(state, score, arc) for arc in heads]
            options = sorted(options, key=lambda item: (-item[1], item[0]))[:2]
            options = [self._along(state, score, first + 1, last) for state, score in options]
            fragments = (tail,)
        places = (*reading.places, start)
        if start.offset:
            for state, score in options:
                yield _Reading(score, state, fragments, places)
            return
        for state, score in options:
            for arc in self._words.of(fragments, final=True):
                after, total = self._after(state, score, arc)
                yield _Reading(total, after, (), places)

    def _along(self, state: int, score: float, start: int, end: int) -> tuple[int, float]:
        """Return the state and the score after words that stand together in the line.

        The model looks back over three of them, so the fourth and the later ones score as they
        do in the whole line.
        """
        near = min(start + _HISTORY, end)
        for arc in self._arcs[start:near]:
            state, gained = follow(state, arc, self._model)
            score += gained
        if near == end:
            return state, score
        states, totals = self._line
        return states[end], score + totals[end] - totals[near]

    @cached_property
    def _line(self) -> tuple[list[int], list[float]]:
        """The state and the score after each number of tokens of the line as it stands."""
        state, total = 0, 0.0
        states, totals = [state], [total]
        for arc in self._arcs:
            state, gained = follow(state, arc, self._model)
            total += gained
            states.append(state)
            totals.append(total)
        return states, totals

    def _after(self, state: int, score: float, arc: Arc) -> tuple[int, float]:
        after, gained = follow(state, arc, self._model)
        return after, score + gained

    @staticmethod
    def _solid(arc: Arc) -> bool:
        """Return whether an arc without letters is a number or a Latin word."""
        return arc.word in _SOLID_IDS


def _pruned(readings: list[_Reading]) -> list[_Reading]:
    readings.sort(key=lambda reading: (-reading.score, reading.places, reading.pending))
    kept: list[_Reading] = []
    seen: set[tuple[int, tuple[str, ...]]] = set()
    for reading in readings:
        key = (reading.state, reading.pending)
        if key not in seen:
            seen.add(key)
            kept.append(reading)
            if len(kept) == _BEAM:
                break
    return kept
