"""What one word may have been, with every way in which it may have come about weighed.

A noisy channel: a candidate's score is ln P(candidate) + ln P(observed | candidate). The first
comes from the lexicon, or from the language model where the word has neighbours; the second from
``channel.word``. Candidates are walked for in the automaton, cheap freedoms first.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final

from rapidfuzz.distance import Levenshtein

from arfix.candidates import SHORTEST_STEM, Erasure
from arfix.channel.odds import UNKNOWN_SHARE, WordOdds
from arfix.channel.word import IMPOSSIBLE, UNREAD, Cause, WordChannel, erased
from arfix.glyphs import FINAL, INITIAL, MEDIAL, Glyph, joins_next, joins_previous
from arfix.lexicon.automaton import CODES
from arfix.lm.letters import CLITICS
from arfix.nearby import SYMBOL, SYMBOL_CLASS, fitting, missing, near
from arfix.view import LETTER_CLASS, MARK_CLASS, STRIP_MARKS, tokens

if TYPE_CHECKING:
    from arfix.channel.model import Channel
    from arfix.resources import Resources
    from arfix.stages import Context

#: No more candidates than these are explained, and read in context.
MOST_EXPLAINED: Final = 150
MOST_READ: Final = 32
#: A candidate this far behind the best (natural log) is hopeless.
HOPELESS: Final = 14.0
#: Two different lost letters are thought of unless the best candidate beats the word as it stands
#: by this (natural log) and scores this, which is what they could; any two slips, where none does.
POOR: Final = 3.0
GOOD: Final = -20.0
#: Longest word that is looked into, in letters; shortest one that may hold two slips.
LONGEST: Final = 40
SHORTEST_TWO: Final = 5
#: How often one glyph may have been lost, and how many strange letters may be put back.
MOST_LOST: Final = 3
MOST_PUT_BACK: Final = 60
#: How many unread symbols a word may hold.
MOST_SYMBOLS: Final = 3
#: How many tokens on each side are read, and within how many characters they are looked for.
NEIGHBOURS: Final = 3
REACH: Final = 300
#: Natural log of the share of running words that the lexicon knows.
KNOWN: Final = math.log(1 - UNKNOWN_SHARE)
#: Natural log of the share of words that are written without the hamza of their alef or with the
#: dots of a final letter wrong, and how far from the beginning that alef may stand.
CARELESS: Final = math.log(0.03)
REACH_OF_HAMZA: Final = 4
TWINS: Final = {"ي": "ى", "ى": "ي", "ه": "ة"}
#: How much of what the neighbours say is believed.
TRUST: Final = 0.7
#: A string that no lexicon holds: some word, where nothing is known of what stood there.
SOME_WORD: Final = "ءءء"

_WORDLIKE: Final = re.compile(f"[{LETTER_CLASS}{MARK_CLASS}{SYMBOL_CLASS}]+")
_LETTER: Final = re.compile(f"[{LETTER_CLASS}]")


@dataclass(frozen=True, slots=True)
class Candidate:
    """One word that the observed one may have been.

    Attributes:
        text: The word, with the marks of the observed one.
        confidence: Probability that this is what it was, among all that was considered.
        reason: What must have happened: ``as it stands``, ``lost ك.medial``, ``two words``.
        code: The defect class of that reason, empty where it is none.
        score: Natural log of the joint probability; compares candidates of one word.
    """

    text: str
    confidence: float
    reason: str = ""
    code: str = ""
    score: float = 0.0


def candidates(
    word: str,
    context: Context,
    *,
    before: str = "",
    after: str = "",
    channel: Channel | None = None,
    limit: int = 5,
) -> list[Candidate]:
    """Return what a damaged word may have been, the most probable first.

    What is no Arabic word has no candidates. The word itself is among them if it is known; their
    confidences may sum to less than one, because it may also be right and unknown.

    Args:
        word: The word as it stands, or two pieces of one with a space between; marks, and
            punctuation at its edges, are kept.
        context: The options and the opened models.
        before: What stands before it.
        after: What stands after it.
        channel: The damage of its document; when None, what fonts are known to lose.
        limit: How many candidates at most.

    Example:
        >>> from arfix.config import Config
        >>> from arfix.resources import Resources
        >>> from arfix.stages import Context
        >>> context = Context(Config(), Resources.load())
        >>> best = candidates("المشلات", context, limit=1)[0]
        >>> best.text, best.reason
        ('المشكلات', 'lost ك.medial')
        >>> candidates("word", context)
        []
    """
    if limit < 1:
        return []
    suggester = context.resources.once(Suggester)
    judge = WordChannel(channel, context.config.use_prior)
    return list(islice(suggester.ranked(word, before, after, judge, channel), limit))


class Suggester:
    """Looks for candidates and weighs them; keeps what recurs from word to word.

    Args:
        resources: Lexicon and models.
    """

    def __init__(self, resources: Resources) -> None:
        self._automaton = resources.lexicon.automaton
        self._lexicon = resources.lexicon
        self._odds = WordOdds(resources.lexicon, resources.letters)
        self._model = resources.language_model
        self._erasures: dict[tuple[Glyph, ...], Erasure] = {}

    def ranked(
        self, word: str, before: str, after: str, judge: WordChannel, channel: Channel | None
    ) -> Iterator[Candidate]:
        """Yield the candidates, the most probable first."""
        read_symbols = _read_symbols(word, channel)
        found = _taken_apart(read_symbols)
        if found is None:
            return
        head, written, tail = found
        observed = written.translate(STRIP_MARKS)
        letters, symbols = len(_LETTER.findall(observed)), len(SYMBOL.findall(observed))
        if not letters or len(observed) > LONGEST or symbols > min(letters, MOST_SYMBOLS):
            return
        explained = self._explained(observed, judge)
        scores = {text: score for text, (score, _) in explained.items()}
        if before or after:
            best = sorted(scores, key=lambda text: (-scores[text], text))[:MOST_READ]
            if observed in scores and observed not in best:
                best.append(observed)
            read = self._reader(before, after)
            scores = {text: scores[text] + read(text) for text in best}
        top = max(scores.values(), default=0.0)
        total = math.fsum(math.exp(score - top) for score in scores.values())
        for text, score in sorted(scores.items(), key=lambda item: (-item[1], item[0])):
            cause = explained[text][1]
            if text == observed:
                if read_symbols != word:
                    cause = cause._replace(reason="the symbols read", code=UNREAD)
                elif not all(part in self._lexicon for part in text.split()):
                    continue  # it may be right, but nobody knows it
            confidence = math.exp(score - top) / total
            form = head + _dressed(text, written) + tail
            yield Candidate(form, confidence, cause.reason, cause.code, score)

    def _explained(self, observed: str, judge: WordChannel) -> dict[str, tuple[float, Cause]]:
        """Return the candidates that the channel explains, with their scores."""
        bare = observed.replace(" ", "")
        if SYMBOL.search(observed):
            return self._causes(self._known(fitting(self._automaton, bare)), observed, judge)
        pool = self._known(near(self._automaton, bare, 1))
        pool |= self._known(missing(self._automaton, bare, 1, MOST_LOST if len(bare) > 1 else 1))
        if all(letter in CODES for letter in bare):
            self._restore(bare, judge, pool)
        pool[observed] = self._odds_of(observed)
        for split in range(2, len(bare) - 1):
            one, two = bare[:split], bare[split:]
            if one in self._lexicon and two in self._lexicon:
                pool[f"{one} {two}"] = self._odds_of(f"{one} {two}")
        found = self._causes(pool, observed, judge)
        if observed in self._lexicon or len(bare) < SHORTEST_TWO:
            return found
        best, own = _best_beside(found, observed)
        if best <= max(own + POOR, GOOD):
            walked = self._known(missing(self._automaton, bare, 2, 2))
            found = self._causes(walked, observed, judge) | found
            best, own = _best_beside(found, observed)
        if best <= own:
            walked = self._known(near(self._automaton, bare, 2))
            found = self._causes(walked, observed, judge) | found
        return found

    def _restore(self, bare: str, judge: WordChannel, pool: dict[str, float]) -> None:
        """Add what becomes this word when glyphs of a known set are lost, words or not."""
        for glyphs in judge.sets:
            for proposal in self._erasure(glyphs).proposals(bare):
                pool[proposal.text] = self._odds.candidate(proposal.number, proposal.clitic)
            for text in _put_back(bare, glyphs):
                if text not in self._lexicon:
                    pool[text] = max(self._odds_of(text), self._careless(text))
        for clitic in CLITICS:
            rest = bare.removeprefix(clitic)
            if rest != bare and len(rest) >= SHORTEST_STEM - 1:
                for stem in near(self._automaton, rest, 1):
                    if len(stem) >= SHORTEST_STEM and clitic + stem not in pool:
                        pool[clitic + stem] = self._odds_of(clitic + stem)

    def _careless(self, text: str) -> float:
        """Return the natural log-probability of a word as a careless spelling of a known one."""
        best = -math.inf
        twins = [
            text[:place] + hamza + text[place + 1 :]
            for place in range(min(len(text), REACH_OF_HAMZA))
            if text[place] == "ا"
            for hamza in "أإ"
        ]
        twins += [twin[:-1] + TWINS[twin[-1]] for twin in (text, *twins) if twin[-1] in TWINS]
        for twin in twins:
            number = self._lexicon.id_of(twin)
            if number >= 0:
                best = max(best, CARELESS + self._lexicon.prior(number))
        return best

    def _causes(
        self, pool: dict[str, float], observed: str, judge: WordChannel
    ) -> dict[str, tuple[float, Cause]]:
        """Return how the likeliest of a pool came about; what cannot matter is left out."""
        found: dict[str, tuple[float, Cause]] = {}
        best = -math.inf
        ranked = sorted(pool, key=lambda text: (-pool[text], text))[:MOST_EXPLAINED]
        if observed in pool and observed not in ranked:
            ranked.append(observed)
        for text in ranked:
            if text != observed and pool[text] < best - HOPELESS:
                continue
            cause = judge.cause(text, observed)
            score = cause.score + pool[text]
            if text == observed or score > max(best - HOPELESS, IMPOSSIBLE / 2):
                found[text] = score, cause
                best = max(best, score)
        return found

    def _known(self, words: dict[str, int]) -> dict[str, float]:
        return {text: KNOWN + self._lexicon.prior(number) for text, number in words.items()}

    def _odds_of(self, text: str) -> float:
        if " " in text:
            one, _, two = text.partition(" ")
            return self._odds.healthy(one) + self._odds.healthy(two)
        return self._odds.healthy(text)

    def _erasure(self, glyphs: tuple[Glyph, ...]) -> Erasure:
        known = self._erasures.get(glyphs)
        if known is None:
            if len(self._erasures) > 16:
                self._erasures.clear()
            known = self._erasures[glyphs] = Erasure(self._automaton, glyphs)
        return known

    def _reader(self, before: str, after: str) -> Callable[[str], float]:
        """Return what says how much likelier a candidate is here than anywhere, natural log."""
        # A piece cut out of a longer text may begin inside a word; the words nearest count.
        left = [token.text for token in tokens(before[-REACH:])][-NEIGHBOURS:]
        right = [token.text for token in tokens(after[:REACH])][:NEIGHBOURS]
        left = left or [SOME_WORD]
        right = right or [SOME_WORD]
        score = self._model.score

        def read(text: str) -> float:
            words = text.split(" ")
            here = score([*left, *words, *right])
            return TRUST * (here - score([SOME_WORD, *words, SOME_WORD]))

        return read


def _best_beside(found: dict[str, tuple[float, Cause]], observed: str) -> tuple[float, float]:
    """Return the best score of the other candidates, and that of the word as it stands."""
    others = (score for text, (score, _) in found.items() if text != observed)
    return max(others, default=-math.inf), found[observed][0]


def _read_symbols(word: str, channel: Channel | None) -> str:
    """Return a word with the symbols replaced that its document's channel has read."""
    known = channel.symbols if channel is not None else ()
    return word.translate({ord(it.symbol): it.text for it in known if len(it.symbol) == 1})


def _taken_apart(word: str) -> tuple[str, str, str] | None:
    """Return what stands before the one Arabic word of a string, the word, and what follows."""
    found = list(islice(_WORDLIKE.finditer(word), 3))
    if not found or len(found) > 2:
        return None
    start, end = found[0].start(), found[-1].end()
    head, tail = word[:start], word[end:]
    written = " ".join(match.group() for match in found)
    gap = word[found[0].end() : found[-1].start()]
    if gap.strip(" ") or any(char.isalnum() for char in head + tail):
        return None
    return head, written, tail


def _put_back(bare: str, glyphs: Sequence[Glyph]) -> Iterator[str]:
    """Yield the strings, words or not, that lose these glyphs once or twice and become this one."""
    lost = frozenset(glyphs)
    # A letter that joins as its neighbours make it join must have a form that is lost.
    forms = {
        (glyph.letter, glyph.form in (MEDIAL, FINAL), glyph.form in (MEDIAL, INITIAL))
        for glyph in glyphs
    }
    letters = sorted({glyph.letter for glyph in glyphs})
    seen = {bare}
    layer = [bare]
    for _ in range(2):
        grown: list[str] = []
        for text in layer:
            for place in range(len(text) + 1):
                left = place > 0 and joins_next(text[place - 1])
                right = place < len(text) and joins_previous(text[place])
                for letter in letters:
                    form = left and joins_previous(letter), right and joins_next(letter)
                    if (letter, *form) not in forms:
                        continue
                    longer = text[:place] + letter + text[place:]
                    if longer not in seen and erased(longer, lost) == bare:
                        seen.add(longer)
                        grown.append(longer)
        yield from grown
        if len(seen) > MOST_PUT_BACK:
            return
        layer = grown


def _dressed(letters: str, written: str) -> str:
    """Return a candidate with the marks and the tatweel that the observed word has.

    Marks stay on the letter that they stand on, or on the one before it where that is gone.
    """
    bare: list[str] = []
    marks: list[str] = [""]
    for char in written:
        if ord(char) in STRIP_MARKS:
            marks[-1] += char
        else:
            bare.append(char)
            marks.append("")
    if not any(marks):
        return letters
    result = [marks[0]]
    for step in Levenshtein.opcodes("".join(bare), letters):
        own = marks[step.src_start + 1 : step.src_end + 1]
        if step.tag == "delete":
            result += own
            continue
        own += [""] * (step.dest_end - step.dest_start)
        for letter, mark in zip(letters[step.dest_start : step.dest_end], own, strict=False):
            result += [letter, mark]
    return "".join(result)
