"""AR301 lost-glyphs: letters that vanished because a font could not name their glyphs.

What it does:
    Infers which glyphs (a letter in one joining form) the document has lost, and restores the
    words that lost them, judged by the lexicon and the language model in their context.

Why:
    A font reaches some contextual forms only through private slots; the extractor, or a step
    that strips unprintable characters, drops them. The same glyph is gone everywhere in the
    document, so the document itself says which: words that make no sense, and glyphs that never
    occur although they should.

Example:
    With medial kaf and final yeh lost, ``كتب ف الجريدة عن مايروسوفت`` was
    ``كتب في الجريدة عن مايكروسوفت``.

When it stays silent:
    When nothing is inferred to be lost: then no word is even looked at. When the stretch of
    text holds the glyph after all (another font). When the word as it stands is as likely as
    any candidate.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from arfix.calibration import in_proportion
from arfix.channel.document import Document, stretches
from arfix.channel.engine import engine
from arfix.channel.evidence import chances
from arfix.decoder import NEEDED, preferred
from arfix.edits import Alternative, Edit
from arfix.lm.ngrams import UNKNOWN
from arfix.stages import Context, Finding
from arfix.view import STRIP_MARKS, TATWEEL
from arfix.vowels.places import TANWEEN as NUNATION

if TYPE_CHECKING:
    from arfix.channel.inference import LostSet
    from arfix.lattice import Arc

#: What is added to the posterior that a reading needs: at this point fewer healthy words are
#: changed, and more restored, than before other classes were asked (news, random sets).
CAREFUL: Final = 0.07
#: What is added in documents of fewer words, whose lost set is less sure, and in paragraphs, where
#: of readings at the margin two in five are wrong.
BRIEF: Final = 250
BRIEF_EXTRA: Final = 0.08
PARAGRAPH: Final = 60
PARAGRAPH_EXTRA: Final = 0.17
SHADDA: Final = "\u0651"
TANWEEN: Final = "\u064b"
ALEF: Final = "\u0627"
#: What may stand behind fathatan.
ALEFS: Final = (ALEF, "\u0649")
ARTICLE: Final = "\u0627\u0644"
SUN_LETTERS: Final = frozenset("تثدذرزسشصضطظلن")
VOWELS: Final = NUNATION | frozenset("\u064e\u064f\u0650\u0652")
CARRIED: Final = VOWELS | {SHADDA}
#: A stretch more likely healthy than this is left alone.
DAMAGED: Final = 0.5


class LostGlyphs:
    """The stage: infers the lost set of the document, restores each page."""

    code = "AR301"
    name = "lost-glyphs"

    def detect(self, pages: Sequence[str], context: Context) -> Finding | None:
        """Return the lost set, None where nothing is lost."""
        found, document = engine(context.resources).lost_set(pages, context)
        if found is None:
            return None
        return self._finding(found, document)

    def _finding(self, found: LostSet, document: Document) -> Finding:
        hit = sum(count for word, count in document.types.items() if found.witness[word] > 0.05)
        names = ", ".join(map(str, found.glyphs))
        return Finding(
            self.code,
            self.name,
            hit,
            hit / max(1, len(document)),
            f"{names} never occur where they should; {hit} words may have lost one",
            found.confidence,
            found,
        )

    def repair(self, page: str, finding: Finding, context: Context) -> list[Edit]:
        """Return the restored words of a page."""
        found: LostSet = finding.detail
        restorer = engine(context.resources).restorer
        parts = stretches(page)
        _, shares = chances(parts, found.witness)
        damaged = [share > DAMAGED for share in shares]
        if not any(damaged):
            return []
        lattice = restorer.lattice(parts, damaged, found.erasure, found.mask)
        letters = sum(
            len(word)
            for part, broken in zip(parts, damaged, strict=True)
            if broken
            for word in part.words
        )
        brief = found.words < BRIEF
        rows = in_proportion(
            lattice,
            restorer.in_company(lattice, brief=brief),
            {bit: letters * rate for bit, rate in found.rates().items()},
            found.erasure.survivors,
        )
        tokens = [token for part in parts for token in part.tokens]
        drawn = any(TATWEEL in token.text and len(token.bare) > 1 for token in tokens)
        needed = NEEDED[context.config.level] + CAREFUL
        if brief:
            needed += PARAGRAPH_EXTRA if found.words <= PARAGRAPH else BRIEF_EXTRA
        edits: list[Edit] = []
        for token, arcs, row in zip(tokens, lattice, rows, strict=True):
            if len(row) == 1:
                continue
            if len(token.text) > len(token.bare):
                row = _as_marked(token.text, arcs, row, drawn=drawn)
            best = preferred(row, needed)
            if not best:
                continue
            ranked = sorted(range(len(row)), key=lambda at: (-row[at], at))
            alternatives = tuple(
                Alternative(rebuild(token.text, arcs[at].text), row[at] * finding.confidence)
                for at in ranked
                if at != best and row[at] > 0.01
            )
            edits.append(
                Edit(
                    self.code,
                    token.start,
                    token.end,
                    token.text,
                    rebuild(token.text, arcs[best].text),
                    min(row[best], 0.9999) * finding.confidence,
                    alternatives,
                )
            )
        return edits


def _as_marked(
    observed: str, arcs: Sequence[Arc], row: Sequence[float], *, drawn: bool
) -> list[float]:
    """Return the posteriors of a word, nought for what its marks rule out."""
    known = arcs[0].word != UNKNOWN
    others = zip(arcs[1:], row[1:], strict=True)
    return [row[0]] + [
        value if goes_on(observed, arc.text, known=known, drawn=drawn) else 0.0
        for arc, value in others
    ]


def goes_on(observed: str, letters: str, *, known: bool, drawn: bool) -> bool:
    """Return whether the marks of a word allow it to have been another.

    A letter with tatweel behind it is an affix set apart, and nunation ends a word that makes
    sense; with a shadda or a vowel it may have been left by a lost letter (nisba).

    Args:
        observed: The word as it stands, marks included.
        letters: The bare letters of the other.
        known: Whether the word as it stands makes sense.
        drawn: Whether longer words around have tatweel, so that it only draws letters long.

    Example:
        >>> goes_on("قاض\u064d", "قاضي", known=True, drawn=False)
        False
    """
    last = max(place for place, char in enumerate(observed) if ord(char) not in STRIP_MARKS)
    marks = observed[last + 1 :]
    if not last and not drawn and marks.endswith(TATWEEL):
        return False
    if not known or NUNATION.isdisjoint(marks) or sum(map(CARRIED.__contains__, marks)) > 1:
        return True
    return letters.endswith((observed[last], *(ALEFS if TANWEEN in marks else ())))


def rebuild(observed: str, letters: str) -> str:
    """Return the restored letters with the marks and tatweel of the observed word.

    Args:
        observed: The word as it stands, marks included.
        letters: The bare letters of the word it should be; the observed ones are in it in order.

    Example:
        >>> rebuild("ماي\u064eروسوفت", "مايكروسوفت") == "ماي\u064eكروسوفت"
        True
        >>> rebuild("م\u0651ن", "مكن") == "مك\u0651ن"
        True
    """
    bare = [(index, char) for index, char in enumerate(observed) if ord(char) not in STRIP_MARKS]
    done = bare[0][0] if bare else 0
    result = [observed[:done]]
    position = 0
    for place, letter in enumerate(letters):
        left = len(bare) - position
        if left and bare[position][1] == letter and len(letters) - place >= left:
            end = bare[position + 1][0] if left > 1 else len(observed)
            result.append(observed[done:end])
            position += 1
            done = end
        else:
            before_alef = letters[place + 1 :] == ALEF
            article = place == 2 and letters[:2] == ARTICLE
            if len(result) > 1 and (before_alef or article):
                result[-1], inherited = _all_marks(result[-1], TANWEEN if before_alef else SHADDA)
            else:
                own = place > 1 and (place == len(letters) - 1 or _is_sun(letters[:place]))
                result[-1], inherited = _own_marks(result[-1], last=own)
            result.append(letter + inherited)
    return "".join(result) + observed[done:]


def _is_sun(letters: str) -> bool:
    """Return whether the letters are the article and a sun letter, which carries a shadda."""
    return len(letters) == 3 and letters.startswith(ARTICLE) and letters[2] in SUN_LETTERS


def _own_marks(chunk: str, *, last: bool) -> tuple[str, str]:
    """Return a letter with its own marks, and the marks that a lost letter left to it.

    A lost letter leaves its marks to the letter before it (مكّن becomes مّن): a second vowel is
    never the letter's own, and neither is a shadda with its vowel, unless the lost letter ended
    the word (كلّي). Nunation is on the last letter, or before its alef.
    """
    vowels = [place for place, char in enumerate(chunk) if char in VOWELS]
    if len(vowels) == 1 and chunk[vowels[0]] in NUNATION and TANWEEN not in chunk:
        return chunk[:1], chunk[1:]
    if SHADDA in chunk and len(vowels) == 1 and not last:
        return chunk[:1], chunk[1:]
    if vowels and len(chunk) > vowels[0] + 1:
        return chunk[: vowels[0] + 1], chunk[vowels[0] + 1 :]
    shadda = -1 if last or vowels else chunk.find(SHADDA)
    return (chunk[:shadda], chunk[shadda:]) if shadda > 0 else (chunk, "")


def _all_marks(chunk: str, sign: str) -> tuple[str, str]:
    """Return a letter without its marks, and the marks, where one is a sign not its own.

    Fathatan before the last alef is on the letter before it (دائمًا becomes دائًا), and the shadda
    behind the article is on the sun letter (النّاس becomes الّاس).
    """
    at = chunk.find(sign)
    return (chunk[:1], chunk[1:]) if at > 0 else _own_marks(chunk, last=False)
