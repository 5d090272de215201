"""Chooses the surface forms of the lexicon and their frequencies."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from arfix.lexicon.twins import twins

if TYPE_CHECKING:
    from pathlib import Path

#: Sources whose hamza, final yeh and teh marbuta may be taken as evidence of spelling
#: (the shares of bare الى, ان and علي in them are near nought).
CLEAN_SOURCES = (
    "hindawi_pd",
    "saudi_laws",
    "openarabicpe_muqtabas",
    "ms_365",
    "mslearn",
    "ms_iot_beginners",
    "ms_customer_insights",
)
#: News predicts modern text better than several times as many words of books.
NEWS_WEIGHT = 6
NEWS_SOURCES = ("ant_v2",)
CUTOFF = 3
TWIN_RATIO = 20
#: What modern texts of all kinds say counts for more than these sources, most of them old books.
TRAIN_SHARE, WORDFREQ_SHARE = 0.4, 0.6
NAME_COUNT = 10
ARABIC = re.compile("[\u0621-\u063a\u0641-\u064a]+")


def read_names(path: Path) -> set[str]:
    """Return the word forms of the names list, vowel marks off."""
    from arfix.view import bare

    forms: set[str] = set()
    for line in path.read_text(encoding="utf-8").splitlines():
        forms.update(bare(word) for word in line.partition("\t")[0].split())
    return {form for form in forms if ARABIC.fullmatch(form)}


def careless(counts: Mapping[str, int], clean: Mapping[str, int]) -> dict[str, str]:
    """Return the forms that are slips for a twin, each with that twin.

    A form is a slip where a twin is ``TWIN_RATIO`` times commoner in the clean sources and
    the form itself has fewer than the cut-off there.
    """
    found: dict[str, str] = {}
    for word in counts:
        own = clean.get(word, 0)
        best, best_count = "", TWIN_RATIO * max(own, 1) - 1
        for twin in twins(word):
            count = clean.get(twin, 0)
            if count > best_count:
                best, best_count = twin, count
        if best:
            found[word] = best
    return found


def build(
    counts: dict[str, int],
    clean: dict[str, int],
    news: dict[str, int],
    wordfreq: dict[str, float],
    names: set[str],
) -> tuple[list[str], np.ndarray, dict[str, str]]:
    """Return the sorted forms, their probabilities, and the slips with their twins.

    Args:
        counts: True counts over all training sources.
        clean: True counts over the clean sources.
        news: True counts over the news sources, for up-weighting after the cut-off.
        wordfreq: Relative frequencies from the ``wordfreq`` package.
        names: Forms to hold in any case.
    """
    slips = careless(counts | dict.fromkeys(wordfreq, 0), clean)
    clean_scale = sum(counts.values()) / max(1, sum(clean.values()))
    weighted: dict[str, float] = {}
    for word, count in counts.items():
        if count < CUTOFF or not ARABIC.fullmatch(word):
            continue
        if word in slips:
            if clean.get(word, 0) >= CUTOFF:
                weighted[word] = clean[word] * clean_scale
            continue
        weighted[word] = count + (NEWS_WEIGHT - 1) * news.get(word, 0)
    total = sum(weighted.values())
    probabilities = {word: TRAIN_SHARE * count / total for word, count in weighted.items()}
    kept = {
        word: freq
        for word, freq in wordfreq.items()
        if ARABIC.fullmatch(word) and len(word) <= 16 and (word not in slips or word in weighted)
    }
    total_freq = sum(kept.values())
    for word, freq in kept.items():
        share = WORDFREQ_SHARE * freq / total_freq
        if word in slips:
            share = min(share, probabilities[word])
        probabilities[word] = probabilities.get(word, 0.0) + share
    for name in names:
        probabilities[name] = max(probabilities.get(name, 0.0), NAME_COUNT * TRAIN_SHARE / total)
    forms = sorted(probabilities)
    values = np.array([probabilities[form] for form in forms])
    return forms, values / values.sum(), slips
