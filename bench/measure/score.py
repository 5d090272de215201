"""Counting: which damaged words came back, which of the others were changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Final

from rapidfuzz.distance import Levenshtein

from arfix.view import bare
from measure.damage import words_of

if TYPE_CHECKING:
    from measure.damage import Damaged

#: Kinds of error, in the order reports list them.
LEFT: Final = "left as observed"
OTHER: Final = "other candidate"
UNKNOWN: Final = "gold in no lexicon"
ERASED: Final = "wholly erased"
HEALTHY: Final = "healthy word changed"


@dataclass(slots=True)
class Counts:
    """Sums over documents; only Arabic-script words are counted."""

    documents: int = 0
    words: int = 0
    damaged: int = 0
    erased: int = 0
    restored: int = 0
    restored_bare: int = 0
    others: int = 0
    changed: int = 0
    cpu_s: float = 0.0

    def add(self, other: Counts) -> None:
        """Add another document's counts."""
        for name in Counts.__slots__:
            setattr(self, name, getattr(self, name) + getattr(other, name))

    def report(self) -> dict[str, float | int | None]:
        """Return the counts with the percentages made of them."""
        return {
            **asdict(self),
            "cpu_s": round(self.cpu_s, 2),
            "restored_pct": percent(self.restored, self.damaged),
            "restored_letters_pct": percent(self.restored_bare, self.damaged),
            "changed_pct": percent(self.changed, self.others, 3),
            "words_per_s": round(self.words / self.cpu_s) if self.cpu_s > 0 else None,
        }


@dataclass(frozen=True, slots=True)
class WordError:
    """A word that the repair got wrong."""

    kind: str
    seen: str
    output: str
    gold: str
    before: str
    after: str


@dataclass(slots=True)
class Score:
    """What became of one document."""

    counts: Counts
    errors: list[WordError] = field(default_factory=list)


def percent(part: int | float, whole: int | float, digits: int = 2) -> float | None:
    """Return a share in per cent, ``None`` of nothing."""
    return round(100.0 * part / whole, digits) if whole else None


def align(expected: Sequence[str], output: Sequence[str]) -> list[str | None]:
    """Return for each expected word the output word at its place, ``None`` where it is gone.

    Restoration keeps the number of words, so that nearly always the order alone decides.
    """
    if len(expected) == len(output):
        return list(output)
    aligned: list[str | None] = [None] * len(expected)
    for step in Levenshtein.opcodes(expected, output):
        for offset in range(min(step.src_end - step.src_start, step.dest_end - step.dest_start)):
            aligned[step.src_start + offset] = output[step.dest_start + offset]
    return aligned


def _marks(word: str) -> list[str]:
    return [char for char in word if not bare(char)]


def is_restored(output: str, gold: str, seen: str) -> bool:
    """Return whether a damaged word came back exactly.

    Marks count. Where the damage took some of them, the letters decide, and the marks must be
    the ones that the text still had: nobody can know the others.
    """
    if output == gold:
        return True
    lost_marks = len(_marks(seen)) < len(_marks(gold))
    return lost_marks and bare(output) == bare(gold) and _marks(output) == _marks(seen)


def score(case: Damaged, output: str, lexicon: object = None, context: int = 3) -> Score:
    """Return the counts and the errors of one repaired document.

    Args:
        case: The damaged document and what it was.
        output: The document after the repair.
        lexicon: Any container of bare words; it only tells kinds of error apart.
        context: Words of the gold text quoted on each side of an error.
    """
    produced = words_of(output)
    kept = [index for index, seen in enumerate(case.seen_words) if seen]
    aligned: list[str | None] = [None] * len(case.gold_words)
    if len(produced) == len(kept):
        for index, found in zip(kept, produced, strict=True):
            aligned[index] = found
    else:
        aligned = align(case.gold_words, produced)
    counts = Counts(documents=1, words=len(case.gold_words))
    result = Score(counts)
    for index, (gold, seen) in enumerate(zip(case.gold_words, case.seen_words, strict=True)):
        word: str | None = aligned[index]
        kind = ""
        if seen != gold:
            counts.damaged += 1
            counts.erased += not seen
            if word is not None and is_restored(word, gold, seen):
                counts.restored += 1
            else:
                kind = _kind(word, gold, seen, lexicon)
            counts.restored_bare += word is not None and bare(word) == bare(gold)
        else:
            counts.others += 1
            if word != gold:
                counts.changed += 1
                kind = HEALTHY
        if kind:
            result.errors.append(
                WordError(
                    kind,
                    seen,
                    word or "",
                    gold,
                    " ".join(case.gold_words[max(0, index - context) : index]),
                    " ".join(case.gold_words[index + 1 : index + 1 + context]),
                )
            )
    return result


def _kind(output: str | None, gold: str, seen: str, lexicon: object) -> str:
    if not seen:
        return ERASED
    if lexicon is not None and bare(gold) not in lexicon:  # type: ignore[operator]
        return UNKNOWN
    return LEFT if output == seen else OTHER
