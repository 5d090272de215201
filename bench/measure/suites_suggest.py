"""Suggestions for one word with nothing around it."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

from arfix.view import bare
from measure.corpus import paragraphs, sample
from measure.damage import SAMPLE_SET, erase
from measure.runner import load_lexicon, repairer
from measure.score import percent

if TYPE_CHECKING:
    from measure.bench import Bench, Report

#: Damaged word, what it was: five that a reader of the real sample stumbles over.
NAMED = {
    "مايروسوفت": "مايكروسوفت",
    "التنولوجيا": "التكنولوجيا",
    "المشلات": "المشكلات",
    "الواليس": "الكواليس",
    "باستشاف": "باستكشاف",
}


def first_five(job: tuple[str, tuple[tuple[str, Any], ...]]) -> list[str]:
    """Return the five best suggestions for a word."""
    word, options = job
    return [candidate.text for candidate in repairer(options).suggest(word)[:5]]


def suggest(bench: Bench) -> Report:
    """Return how often the right word is suggested first, and among the first five."""
    lexicon = load_lexicon()
    if lexicon is None:
        return {"skipped": "no lexicon to tell words from non-words"}
    golds: dict[str, Counter[str]] = defaultdict(Counter)
    for genre in ("news", "news_unseen_source"):
        for paragraph in paragraphs(genre):
            case = erase(paragraph, SAMPLE_SET)
            for gold, seen in zip(case.gold_words, case.seen_words, strict=True):
                form = bare(seen)
                if seen != gold and form and form not in lexicon:
                    golds[form][bare(gold)] += 1
    forms = sample(sorted(golds), bench.size(2_000, 150), bench.seed, "suggest")
    options = bench.keyed_options()
    jobs = [(form, options) for form in [*NAMED, *forms]]
    answers = dict(zip([*NAMED, *forms], bench.runner.map(first_five, jobs), strict=True))
    by_type = [
        answers[form] and answers[form][0] == golds[form].most_common(1)[0][0] for form in forms
    ]
    first = five = known = total = 0
    wrong: list[Report] = []
    for form in forms:
        for gold, times in golds[form].items():
            total += times
            known += times * (gold in lexicon)
            first += times * (answers[form][:1] == [gold])
            five += times * (gold in answers[form])
            if answers[form][:1] != [gold]:
                wrong.append({"word": form, "gold": gold, "suggested": answers[form]})
    return {
        "non_words": len(golds),
        "asked": len(forms),
        "asked_times": total,
        "gold_known_pct": percent(known, total),
        "first_pct": percent(first, total),
        "five_pct": percent(five, total),
        "first_pct_by_form": percent(sum(map(bool, by_type)), len(forms)),
        "named": {
            form: {"gold": gold, "first": answers[form][:1] == [gold], "suggested": answers[form]}
            for form, gold in NAMED.items()
        },
        "wrong": wrong[:200],
    }
