"""AR101 presentation-forms: letters written as drawings of letters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from arfix.edits import Edit, apply
from arfix.forms import ALLAH, NOTHING, SPACE, Cell, backwards, cells, pattern, table
from arfix.glyphs import joins_previous
from arfix.stages import Finding
from arfix.view import WORD, bare
from arfix.woven import Weave, weave_of

if TYPE_CHECKING:
    from arfix.stages import Context

#: Fewer forms among the letters of a text are not the way that it is written.
_LEAST_SHARE: Final = 0.1
#: Forms in words that are plain otherwise, of all forms: above this, the others are damage too.
_AMID_SHARE: Final = 0.3
#: Letters drawn alone: a table of forms shows each of them so, a text does not.
_ALONE_SHARE: Final = 0.5
#: Nor does a table repeat its rows.
_REPEATED: Final = 4
#: How often the joining may contradict itself, over the document, before nothing is made of it.
_MOST_CONTRADICTIONS: Final = 0.02
#: Pairs of letters below which a document tells nothing of its font.
_LEAST_PAIRS: Final = 12
#: Of a form that ends words, how often the next may be drawn as joined to it all the same.
_MOST_CROSSED: Final = 0.2
#: Share of spaces below which a text has lost them, and everything is glued.
_FEW_SPACES: Final = 0.06
#: Share of the name of God that stands behind an alef in a font that draws it without one.
_SHORT_ALLAH: Final = 0.3
#: Words looked up to see which way a text runs, and how sure that has to be.
_MOST_LOOKED_UP: Final = 400
#: Forms of letters that only other languages than Arabic and Persian have.
_RARE: Final = frozenset(
    map(chr, (*range(0xFB50, 0xFB56), *range(0xFB5A, 0xFB7A), *range(0xFB7E, 0xFB8A)))
) | frozenset(map(chr, (*range(0xFB96, 0xFBA4), *range(0xFBAE, 0xFBE8), *range(0xFBEA, 0xFBFC))))
_MOST_RARE: Final = 0.1
_LEAST_KNOWN: Final = 0.3
#: What stands for one or several letters that are certain, and where a space is only all but so.
_SURE, _SPACED = 0.995, 0.98
_FEMININE: Final = frozenset("\u0629\ufe93\ufe94")
_ALEFS: Final = frozenset("\u0627\u0671\ufe8d\ufe8e")
_NAME, _SHORT_NAME = "\u0627\u0644\u0644\u0647", "\u0644\u0644\u0647"
#: Letters of Persian that Arabic lacks, plain and as forms; and their least share in Persian.
_PERSIAN: Final = frozenset(
    map(chr, (0x67E, 0x686, 0x698, 0x6AF, *range(0xFB56, 0xFB5A), *range(0xFB7A, 0xFB7E)))
) | frozenset(map(chr, (0xFB8A, 0xFB8B, *range(0xFB92, 0xFB96))))
_PERSIAN_SHARE: Final = 0.01
#: Persian parts a word by it without a space, and extractors drop it.
_ZWNJ: Final = "\u200c"


@dataclass(slots=True)
class _Line:
    """One line that holds forms: its letters, and which way they run."""

    found: list[Cell]
    gaps: list[int]
    backwards: bool = False

    def pairs(self) -> Iterator[tuple[Cell, Cell, int]]:
        """Yield each letter with the one that follows it in reading, and what is between."""
        for index in range(len(self.found) - 1):
            left, right = self.found[index], self.found[index + 1]
            pair = (right, left) if self.backwards else (left, right)
            yield *pair, self.gaps[index + 1]


@dataclass(slots=True)
class _Detail:
    """What holds for the whole document."""

    everything: bool
    prior: float
    trusted: bool = False
    enders: frozenset[str] = frozenset()
    persian: bool = False
    name: str = ""
    weave: Weave | None = None


class PresentationForms:
    """Turn presentation forms into the letters that they show.

    What it does:
        Replaces each form by its letter and each ligature by its letters, in the direction that
        the joining of the forms shows the line to run. Where a form is joined across a space, or
        a word ends inside a word, it moves the space too, since after this nothing shows it.
        Puts lines in order of which only the plain letters, or only the parts, were.

    Why:
        Fonts reach the drawings of a letter by these code points, and a producer that writes
        them into the file has the extractor return them. No search finds such a word. PDF.js and
        MuPDF put the plain letters among them in order and leave the forms as drawn.

    Example:
        ``ﻛﺘﺎﺏ`` becomes ``كتاب``.

    When it stays silent:
        Phrases and ornaments that people type (``ﷺ``, ``﷽``, ``﴿ ﴾``); single forms in a text that
        is otherwise plain, as one about these very characters; a table of them; a font that uses
        their places for other drawings.
    """

    code = "AR101"
    name = "presentation-forms"

    def detect(self, pages: Sequence[str], context: Context) -> Finding | None:
        """Return how many letters are forms and what their joining says, or ``None``."""
        found = pattern()
        if not any(found.search(page) for page in pages):
            return None
        counts: Counter[str] = Counter()
        for page in pages:
            counts.update(found.findall(page))
        names = counts.pop(ALLAH, 0)
        forms = counts.total()
        lines = list(_lines(pages))
        detail = _survey(lines, counts, pages, context)
        if detail is None:
            return None
        detail.name = _name_of_god(lines, damaged=forms > 0 and detail.everything)
        if detail.everything:
            detail.weave = weave_of(pages)
        amount = forms + names if detail.everything else _amid(lines)
        if detail.name and not detail.everything:
            amount += names
        if not amount:
            return None
        letters = sum(len(line.found) for line in lines)
        return Finding(
            code=self.code,
            name=self.name,
            count=amount,
            rate=amount / max(1, letters, amount),
            evidence=f"{amount} of the letters are presentation forms",
            confidence=_SURE,
            detail=detail,
        )

    def repair(self, page: str, finding: Finding, context: Context) -> list[Edit]:
        """Return an edit for each word that holds forms."""
        detail: _Detail = finding.detail
        found = pattern()
        edits: list[Edit] = []
        start = 0
        for text in page.split("\n"):
            straight = None
            if found.search(text):
                straight = detail.weave.straightened(text) if detail.weave is not None else None
            if straight is not None:
                edits += self._straightened(text, straight, start, detail)
            elif found.search(text):
                line = _Line(*cells(text))
                line.backwards = _runs_backwards(line, text, detail.prior, context)
                edits += self._line(text, line, start, detail)
            start += len(text) + 1
        return edits

    def _straightened(
        self, text: str, straight: str, start: int, detail: _Detail
    ) -> Iterator[Edit]:
        """Yield the edit that puts a woven line in order, and its letters in place of its forms."""
        after = apply(straight, self._line(straight, _Line(*cells(straight)), 0, detail))
        if after != text:
            yield Edit(self.code, start, start + len(text), text, after, _SURE)

    def _line(self, text: str, line: _Line, start: int, detail: _Detail) -> list[Edit]:
        """Return the edits of one line."""
        forms = table()
        new: dict[int, str] = {}
        taken = _whole(line) if not detail.everything else None
        for at, char in enumerate(text):
            form = forms.get(char)
            if form is None or (taken is not None and at not in taken and char != ALLAH):
                continue
            if char == ALLAH:
                letters = _name_here(at, line, detail)
                if not letters:
                    continue
            else:
                letters = form.text
            new[at] = letters[::-1] if line.backwards else letters
        spaced: set[int] = set()
        if detail.trusted and detail.everything:
            spaced = _respace(text, line, detail, new)
        edits = []
        for first, last in _stretches(sorted(new)):
            after = "".join(new.get(at, text[at]) for at in range(first, last))
            sure = _SPACED if spaced.intersection(range(first, last)) else _SURE
            before = text[first:last]
            if before != after:
                edits.append(Edit(self.code, start + first, start + last, before, after, sure))
        return edits


def _lines(pages: Sequence[str]) -> Iterator[_Line]:
    """Yield the lines that hold forms."""
    found = pattern()
    for page in pages:
        for text in page.split("\n"):
            if found.search(text):
                yield _Line(*cells(text))


def _survey(
    lines: list[_Line], counts: Counter[str], pages: Sequence[str], context: Context
) -> _Detail | None:
    """Return what holds for the document; None where its forms are not to be folded."""
    forms = counts.total()
    letters = forms + sum(len(word) for page in pages for word in WORD.findall(page))
    scores = [backwards(line.found, line.gaps) for line in lines]
    prior = max(-2.0, min(2.0, sum(scores)))
    if abs(prior) < 1.0:
        prior = _by_words(pages, context)
    for line, score in zip(lines, scores, strict=True):
        line.backwards = score + prior > 0.0
    alone = sum(
        cell.form and line.gaps[index] != NOTHING and line.gaps[index + 1] != NOTHING
        for line in lines
        for index, cell in enumerate(line.found)
    )
    if alone > _ALONE_SHARE * forms and forms < _REPEATED * len(counts):
        return _Detail(everything=False, prior=prior)
    everything = forms >= _LEAST_SHARE * max(1, letters)
    amid = _amid(lines)
    # Who means to write a form does not put it into a word.
    everything = everything or (amid > 1 and amid >= _AMID_SHARE * forms)
    detail = _Detail(everything=everything, prior=prior)
    rare = sum(n for char, n in counts.items() if char in _RARE)
    if rare > _MOST_RARE * forms and _known(lines, context) < _LEAST_KNOWN:
        return None
    _trust(lines, detail)
    return detail


def _trust(lines: list[_Line], detail: _Detail) -> None:
    """Find out whether the joining of the forms can be relied upon, and what ends words."""
    forms = table()
    pairs = wrong = spaces = letters = joined = 0
    parted: Counter[str] = Counter()
    crossed: Counter[str] = Counter()
    for line in lines:
        letters += len(line.found)
        for left, right, gap in line.pairs():
            spaces += gap == SPACE
            if left.form and right.form and gap == NOTHING:
                pairs += 1
                wrong += left.after != right.before
                joined += bool(left.after and right.before)
                crossed[left.char] += left.after != right.before
            if gap == NOTHING and _parted(left, right):
                parted[left.char] += 1
    # Where everything is drawn alone, nothing contradicts anything and nothing is said.
    detail.trusted = (
        pairs >= _LEAST_PAIRS and wrong <= _MOST_CONTRADICTIONS * pairs and 4 * joined > pairs
    )
    few_spaces = spaces < _FEW_SPACES * letters
    detail.enders = frozenset(
        char
        for char, number in parted.items()
        # What a plain letter is joined to is a guess, to be made where all else is glued.
        if few_spaces or (char in forms and crossed[char] <= _MOST_CROSSED * number)
    )
    persian = sum(cell.char in _PERSIAN for line in lines for cell in line.found)
    detail.persian = persian > _PERSIAN_SHARE * letters and not few_spaces


def _parted(left: Cell, right: Cell) -> bool:
    """Return whether the drawing of two letters shows a word to end between them."""
    forms = table()
    if left.form:
        return not left.after and not right.before and forms[left.char].ends
    # A plain letter that could be joined to this one, and is not.
    joinable = right.before is False and right.form and joins_previous(forms[right.char].text[0])
    return joinable and left.after is None


def _words(line: _Line) -> Iterator[list[Cell]]:
    """Yield the words of a line, each as its letters from left to right."""
    word: list[Cell] = []
    for index, cell in enumerate(line.found):
        word.append(cell)
        if line.gaps[index + 1] != NOTHING:
            yield word
            word = []


def _known(lines: Sequence[_Line], context: Context) -> float:
    """Return the share of the words in forms that are words once folded."""
    forms = table()
    lexicon = context.resources.lexicon
    words = known = 0
    for line in lines[:_MOST_LOOKED_UP]:
        for word in _words(line):
            parts = [forms[cell.char].text if cell.form else cell.char for cell in word]
            letters = bare("".join(reversed(parts) if line.backwards else parts))
            words += len(letters) > 1
            known += len(letters) > 1 and letters in lexicon
    return known / max(1, words)


def _by_words(pages: Sequence[str], context: Context) -> float:
    """Return whether the plain words of a text make sense backwards rather than forwards."""
    lexicon = context.resources.lexicon
    looked_up = set()
    for page in pages:
        for match in WORD.finditer(page):
            letters = bare(match.group())
            if len(letters) > 2:
                looked_up.add(letters)
            if len(looked_up) > _MOST_LOOKED_UP:
                break
    forwards = sum(word in lexicon for word in looked_up)
    reverse = sum(word[::-1] in lexicon for word in looked_up)
    return 1.0 if reverse > forwards else -1.0


def _runs_backwards(line: _Line, text: str, prior: float, context: Context) -> bool:
    """Return whether a line runs from left to right, by its joining, its words, its document."""
    score = backwards(line.found, line.gaps)
    if abs(score) < 1.0:
        lexicon = context.resources.lexicon
        words = [bare(word) for word in WORD.findall(text)]
        words = [word for word in words if len(word) > 2]
        score += sum((word[::-1] in lexicon) - (word in lexicon) for word in words)
    return score + prior > 0.0


def _whole(line: _Line) -> set[int]:
    """Return the places of letters in words of several letters, only some of them forms."""
    places: set[int] = set()
    for word in _words(line):
        if 0 < sum(cell.form for cell in word) < len(word):
            places.update(cell.at for cell in word)
    return places


def _amid(lines: Sequence[_Line]) -> int:
    """Return how many forms stand in words that are plain otherwise."""
    amount = 0
    for line in lines:
        for word in _words(line):
            forms = sum(cell.form for cell in word)
            amount += forms if forms < len(word) else 0
    return amount


def _beside_alef(found: list[Cell], gaps: list[int], index: int, *, backwards: bool) -> bool:
    """Return whether the letter before, in reading, is an alef."""
    other = index + 1 if backwards else index - 1
    gap = gaps[index + 1] if backwards else gaps[index]
    return 0 <= other < len(found) and gap == NOTHING and found[other].char in _ALEFS


def _name_of_god(lines: list[_Line], *, damaged: bool) -> str:
    """Return what the font of the document draws as the name of God, or nothing to leave it."""
    total = beside = 0
    for line in lines:
        for index, cell in enumerate(line.found):
            if cell.char == ALLAH:
                total += 1
                beside += _beside_alef(line.found, line.gaps, index, backwards=line.backwards)
    if not total or not (beside or damaged):
        return ""
    return _SHORT_NAME if beside >= _SHORT_ALLAH * total else _NAME


def _name_here(at: int, line: _Line, detail: _Detail) -> str:
    """Return the letters of the name of God at one place: never two alefs."""
    if not detail.name:
        return ""
    for index, cell in enumerate(line.found):
        if cell.at == at and _beside_alef(line.found, line.gaps, index, backwards=line.backwards):
            return _SHORT_NAME
    return detail.name


def _respace(text: str, line: _Line, detail: _Detail, new: dict[int, str]) -> set[int]:
    """Move spaces to where the joining wants them; return the places that this touched."""
    touched: set[int] = set()
    for before, after, gap in line.pairs():
        first, last = sorted((before.at, after.at))
        if gap == SPACE and before.after and after.before:
            blanks = [at for at in range(first + 1, last) if text[at].isspace()]
            if len(blanks) <= 2:
                for at in blanks:
                    new[at] = ""
                    touched.add(at)
        elif gap == NOTHING and before.char in detail.enders and _parted(before, after):
            # Behind a feminine ending no word goes on, not even in Persian.
            space = _ZWNJ if detail.persian and before.char not in _FEMININE else " "
            new[last] = space + new.get(last, text[last])
            touched.add(last)
    return touched


def _stretches(places: list[int]) -> Iterator[tuple[int, int]]:
    """Yield places that follow one another as one stretch each."""
    start = end = -1
    for at in places:
        if at != end:
            if end > start:
                yield start, end
            start = at
        end = at + 1
    if end > start:
        yield start, end
