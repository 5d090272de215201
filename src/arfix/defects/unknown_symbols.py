"""AR205 unknown-symbols: characters in words that stand for glyphs without a letter."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate, islice
from typing import TYPE_CHECKING, Final
from unicodedata import category

from arfix.channel.coded import PRIVATE, is_coded
from arfix.cipher.fill import Filler
from arfix.cipher.holy_name import impossible
from arfix.cipher.marked import Marked, marked
from arfix.cipher.put import mark_edits, merged, word_edits
from arfix.cipher.solver import Solver
from arfix.cipher.stops import stops, which
from arfix.cipher.symbols import WILD, Alphabet, is_name, is_suspect
from arfix.cipher.torn_article import joined
from arfix.decoder import NEEDED
from arfix.edits import Edit
from arfix.language import leaning
from arfix.lexicon.marks import SHADDA
from arfix.stages import Finding
from arfix.view import WORD
from arfix.visible import visible
from arfix.vowels.dense import shadda_symbol

if TYPE_CHECKING:
    from arfix.resources import Resources
    from arfix.stages import Context

#: Words to the line that tell which way it runs.
_TELLING: Final = 3
#: Less of the affected words that become known ones, and the map is none.
_LEAST_SOLVED: Final = 0.25
#: Distinct words that have to speak for a foreign character, and which share of all that hold it.
_FEWEST_SOFT: Final = 3
_SHARE_SOFT: Final = 0.6
#: So many foreign characters that are symbols prove that any may be.
_PROVEN_SOFT: Final = 2
#: Letters of what no space divides, on average: long for a word, and too long for any.
_LONG_WORD: Final = 10
_NO_WORD: Final = 20
_FEWEST_PIECES: Final = 12
_KNOWN_PIECES: Final = 0.6
#: Natural log of the frequency of a word that no fragment is by chance.
_COMMON: Final = -14.0
#: Above this share no other way to read the symbols is looked for.
_NEARLY_SOLVED: Final = 0.9
#: Symbols of a whole text: how many different ones, their share of what words are made of, and
#: that of symbols that stand for many letters.
_FEWEST_SYMBOLS: Final = 40
_THROUGHOUT: Final = 0.7
_MOST_WILD: Final = 0.1
#: Share of the words that have to become known ones before such a text is touched.
_LEAST_WHOLE: Final = 0.75
#: In such a text a word left as it is is worth nothing.
_WHOLE_RELUCTANCE: Final = 3.0
#: Fewer symbols of which none can be read are not reported.
_FEWEST_TOLD: Final = 10
_FEWEST_PAIRS: Final = 30
_PAIRED: Final = 0.6
#: Words that tell the language; letters of Persian that Arabic has not, their share of a Persian
#: text being about 15 %; and the leaning below which its words are Persian.
_MOST_READ: Final = 400
_PERSIAN_LETTER: Final = re.compile("[\u067e\u0686\u0698\u06a9\u06af\u06cc]")
_PERSIAN_SHARE: Final = 0.05
_PERSIAN: Final = -1.0
#: Words that are kept in their order, to be judged by those around them.
_MOST_RUNNING: Final = 4_000
_MODIFIERS: Final = frozenset({"Sk", "Mn", "Lm"})


@dataclass(frozen=True, slots=True)
class Key:
    """What reads the document: its symbols, its map, and which way its lines run."""

    alphabet: Alphabet
    filler: Filler | None
    backward: bool
    spaces: tuple[str, ...] = ()
    instead: str = " "
    stops: Mapping[str, str] = field(default_factory=dict)
    marks: Marked | None = None


class UnknownSymbols:
    """Replace symbols inside Arabic words with the letters that they stand for.

    What it does:
        Finds one map for the document, from symbol to letter in one joining form; ``U+FFFD`` and
        ``NUL``, which stand for many letters, are filled word by word by the lexicon and the
        language model. In a vocalised text that has no shadda they are the shadda. A symbol may
        be a shadda with its vowel, half a lam-alef, a full stop or a colon, too.

    Why:
        A glyph without an entry in the font's character map is written as its number in the font,
        ``(cid:7)``, as a raw character code, which may be a control character or a letter of any
        script, or as ``U+FFFD``. The same glyph is written the same in the whole document.

    Example:
        With ``(cid:7)`` for medial kaf all over: ``الم(cid:7)تبة`` becomes ``المكتبة``.

    When it stays silent:
        No symbol touches an Arabic letter; foreign letters that are words of their own. In Persian,
        but for a symbol that stands for its spaces. Words
        that no reading makes sense of are reported and left alone, and so are all of them where
        the map makes known words of less than a quarter. The name of God is no reading where the
        words beside it do not expect it.
    """

    code = "AR205"
    name = "unknown-symbols"

    def detect(self, pages: Sequence[str], context: Context) -> Finding | None:
        """Return the map of the document, None where it has no symbols."""
        if not is_suspect(tuple(pages)):
            return None
        private = any(PRIVATE.search(page) for page in pages) and not is_coded(pages)
        alphabet = Alphabet(pages, private=private)
        total = alphabet.count(pages)
        if not total:
            return None
        coded, plain, backward, running = _collect(pages, alphabet, context.resources)
        if not coded:
            return None
        shadda = shadda_symbol(pages)
        if shadda:
            return Finding(
                code=self.code,
                name=self.name,
                count=sum(page.count(shadda) for page in pages),
                rate=1.0,
                evidence=f"{visible(shadda)} stands in a vocalised text that has no shadda",
                confidence=0.9,
                detail=Key(alphabet, None, backward, (shadda,), SHADDA),
            )
        soft = {alphabet.name(symbol) for symbol in alphabet.soft}
        persian = _is_persian(pages, context.resources)
        listed = context.resources.persian if persian else context.resources.lexicon
        # Persian often loses its spaces altogether, and then long words say nothing.
        longest = math.inf if persian else _NO_WORD
        spaces = _spaces(coded, soft, listed.log_probability, longest)
        if spaces:
            found = sorted(alphabet.symbol(name) for name in spaces)
            return Finding(
                code=self.code,
                name=self.name,
                count=sum(page.count(symbol) for page in pages for symbol in found),
                rate=1.0,
                evidence=f"{', '.join(map(visible, found))} stands where spaces should be",
                confidence=0.99,
                detail=Key(alphabet, None, backward, tuple(found)),
            )
        if persian:
            return None
        vowels = marked(pages, running, alphabet, context.resources)
        if vowels:
            alphabet = Alphabet(pages, private=private, marks=vowels.symbols)
            coded, plain, backward, running = _collect(pages, alphabet, context.resources)
        solver, share, affected = _solve(alphabet, coded, plain, context.resources, running)
        paired = _paired(pages) if share < _NEARLY_SOLVED else ""
        if paired:
            other = Alphabet(pages, private=private, paired=paired, marks=alphabet.marks)
            words, known, back, running = _collect(pages, other, context.resources)
            attempt = _solve(other, words, known, context.resources, running)
            if attempt[1] > share:
                solver, share, affected = attempt
                alphabet, backward, coded = other, back, words
        if solver.throughout and not share:
            # Nothing has told so far which way such a text runs.
            turned = {pattern[::-1]: count for pattern, count in coded.items()}
            running = [[pattern[::-1] for pattern in reversed(line)] for line in running]
            solver, share, affected = _solve(alphabet, turned, plain, context.resources, running)
            backward = True
        filler = None
        ends: dict[str, str] = {}
        if share >= _LEAST_SOLVED:
            names = {char for pattern in coded for char in pattern if is_name(char)}
            trusted = names if solver.throughout else _trusted(solver, alphabet)
            if not trusted and total < _FEWEST_TOLD:
                return None  # signs that may well be meant
            reluctance = _WHOLE_RELUCTANCE if solver.throughout else 1.0
            filler = Filler(solver, alphabet, context.resources, trusted, reluctance)
            if not backward:
                silent = [name for name in sorted(trusted) if solver.texts(name)[:1] == [""]]
                model = context.resources.language_model
                ends = which(pages, stops(pages, map(alphabet.symbol, silent)), model)
        return Finding(
            code=self.code,
            name=self.name,
            count=total,
            rate=sum(coded.values()) / max(1, sum(coded.values()) + len(plain)),
            evidence=(
                f"{total} symbols in words; read as letters they make known words of"
                f" {share:.0%} of {affected} different ones"
            ),
            confidence=max(0.5, share),
            detail=Key(alphabet, filler, backward, stops=ends, marks=vowels),
        )

    def repair(self, page: str, finding: Finding, context: Context) -> list[Edit]:
        """Return the edits of one page, one for each symbol."""
        key: Key = finding.detail
        lines = page.split("\n")
        if not key.alphabet.has_symbol(page):
            return []
        backward = [
            _runs_back(line, key.alphabet, context.resources, key.backward) for line in lines
        ]
        edits: list[Edit] = []
        if key.spaces:
            pattern = re.compile("|".join(map(re.escape, key.spaces)))
            return [
                Edit(self.code, it.start(), it.end(), it.group(), key.instead, finding.confidence)
                for it in pattern.finditer(page)
            ]
        marks = mark_edits(self.code, lines, backward, key.alphabet, key.marks)
        if key.filler is None:
            return marks or [
                Edit(self.code, match.start(), match.end(), match.group(), match.group(), 0.0)
                for match in key.alphabet.touched(page)
            ]
        offset = 0
        needed = NEEDED[context.config.level]
        filled_lines = key.filler.page(lines, backward)
        for number, (line, words) in enumerate(zip(lines, filled_lines, strict=True)):
            for filled in words:
                texts = filled.texts if filled.probability >= needed else None
                found = word_edits(self.code, line, offset, filled.word, texts, filled.probability)
                edits.extend(
                    replace(edit, after=key.stops[edit.before])
                    if edit.before in key.stops and not edit.after and not backward[number]
                    else edit
                    for edit in found
                )
            offset += len(line) + 1
        return merged(edits, marks)


def _is_persian(pages: Sequence[str], resources: Resources) -> bool:
    """Return whether the words are Persian: no model here knows which letters theirs lost."""
    words = [match.group() for page in pages for match in islice(WORD.finditer(page), _MOST_READ)]
    letters = "".join(words)
    if len(_PERSIAN_LETTER.findall(letters)) > _PERSIAN_SHARE * len(letters):
        return True
    return leaning(words[:_MOST_READ], resources) < _PERSIAN


def _solve(
    alphabet: Alphabet,
    coded: Mapping[str, int],
    plain: Sequence[str],
    resources: Resources,
    running: Sequence[Sequence[str]],
) -> tuple[Solver, float, int]:
    """Return the solver with its map, the share of words that it makes known, and of how many."""
    wild = [alphabet.name(symbol * times) for symbol in sorted(WILD) for times in (1, 2)]
    pairs = [alphabet.name(2 * symbol) for symbol in sorted(WILD)]
    solver = Solver(coded, plain, wild, resources, pairs, impossible(running, resources))
    throughout = _is_throughout(alphabet, coded)
    solution = solver.solve_all(running) if throughout else solver.solve()
    share = solution.solved / max(1, solution.affected)
    if throughout and share < _LEAST_WHOLE:
        share = 0.0
    return solver, share, solution.affected


def _is_throughout(alphabet: Alphabet, coded: Mapping[str, int]) -> bool:
    """Return whether the text is written in symbols, so many that each is one glyph."""
    names = {char for pattern in coded for char in pattern if is_name(char)}
    symbols = sum(sum(map(is_name, pattern)) * count for pattern, count in coded.items())
    letters = sum(len(pattern) * count for pattern, count in coded.items())
    wild = sum(
        sum(pattern.count(alphabet.name(symbol)) for symbol in WILD) * count
        for pattern, count in coded.items()
    )
    return (
        len(names) >= _FEWEST_SYMBOLS
        and symbols >= _THROUGHOUT * letters
        and wild <= _MOST_WILD * symbols
    )


def _paired(pages: Sequence[str]) -> str:
    """Return the symbol that mostly comes in pairs."""
    text = "\n".join(pages)
    for symbol in sorted(WILD):
        count = text.count(symbol)
        if count >= _FEWEST_PAIRS and 2 * text.count(2 * symbol) >= _PAIRED * count:
            return symbol
    return ""


def _spaces(
    coded: Mapping[str, int],
    soft: Collection[str],
    log_probability: Callable[[str], float],
    longest: float,
) -> list[str]:
    """Return the names of symbols that stand for spaces: what is between them are words."""
    held: dict[str, list[str]] = {}
    for pattern in coded:
        for name in set(filter(is_name, pattern)):
            held.setdefault(name, []).append(pattern)
    spaces = []
    for name, patterns in held.items():
        length = sum(map(len, patterns)) / len(patterns)
        if length < _LONG_WORD:
            continue
        pieces = [piece for pattern in patterns for piece in pattern.split(name)]
        pieces = [piece for piece in pieces if len(piece) > 2 and not any(map(is_name, piece))]
        if len(pieces) < _FEWEST_PIECES:
            continue
        known = sum(log_probability(piece) > _COMMON for piece in pieces)
        back = sum(log_probability(piece[::-1]) > _COMMON for piece in pieces)
        if name not in soft and (
            max(known, back) >= _KNOWN_PIECES * len(pieces) or length >= longest
        ):
            spaces.append(name)
    return spaces


def _trusted(solver: Solver, alphabet: Alphabet) -> set[str]:
    """Return the names of the symbols that the document speaks for.

    A control character in a word is a symbol; a foreign letter or a sign may well be meant, so it
    is one only where the same letter makes known words of several that hold it.
    """
    solved: Counter[str] = Counter()
    held: Counter[str] = Counter()
    for kind in solver.types:
        for name in set(kind.symbols):
            held[name] += 1
            solved[name] += bool(kind.weights) and kind.weights[-1] < 0.5

    def speaks(name: str, fewest: int) -> bool:
        symbol = alphabet.symbol(name)
        if symbol not in alphabet.soft:
            return True
        texts = solver.texts(name)
        sign = symbol.isascii() or not (symbol.isalpha() or category(symbol) in _MODIFIERS)
        return (
            solved[name] >= max(fewest, _SHARE_SOFT * held[name])
            and name not in solver.wild
            and (not sign or bool(texts[0]) or solver.is_amid(name))
        )

    trusted = {name for name in held if speaks(name, _FEWEST_SOFT)}
    if sum(alphabet.symbol(name) in alphabet.soft for name in trusted) >= _PROVEN_SOFT:
        # Where foreign letters are symbols, one more in a word is one as well.
        trusted.update(name for name in held if speaks(name, 1))
    return trusted


def _runs_back(line: str, alphabet: Alphabet, resources: Resources, default: bool) -> bool:
    """Return whether a line's letters are reversed."""
    forward = backward = 0
    for word in alphabet.words(line):
        pattern = word.pattern(reverse=False)
        if len(pattern) > 2 and not any(map(is_name, pattern)):
            forward += pattern in resources.lexicon
            backward += pattern[::-1] in resources.lexicon
    if abs(forward - backward) >= _TELLING:
        return backward > forward
    return default


def _collect(
    pages: Sequence[str], alphabet: Alphabet, resources: Resources
) -> tuple[Counter[str], list[str], bool, list[list[str]]]:
    """Return the coded words, the known plain ones, the usual direction, and the first lines."""
    lines = [line for page in pages for line in page.split("\n")]
    backs = [_runs_back(line, alphabet, resources, default=False) for line in lines]
    sure = [_runs_back(line, alphabet, resources, default=True) == back
            for line, back in zip(lines, backs, strict=True)]  # fmt: skip
    default = sum(b for b, s in zip(backs, sure, strict=True) if s) * 2 > sum(sure)
    coded: Counter[str] = Counter()
    plain: dict[str, None] = {}
    ordered: list[list[str]] = []
    for line, back, certain in zip(lines, backs, sure, strict=True):
        reverse = back if certain else default
        patterns = [word.pattern(reverse=reverse) for word in alphabet.words(line)]
        ordered.append([it for it in (patterns[::-1] if reverse else patterns) if it])
    for row in joined(ordered, resources.lexicon):
        for pattern in row:
            if any(map(is_name, pattern)):
                if any(not is_name(char) for char in pattern) or len(pattern) > 1:
                    coded[pattern] += 1
            elif pattern in resources.lexicon:
                plain[pattern] = None
    sizes = accumulate(map(len, ordered), initial=0)
    running = [row for row, before in zip(ordered, sizes, strict=False) if before < _MOST_RUNNING]
    return coded, list(plain), default, running
