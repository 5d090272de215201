"""Write ``docs/measurements.md`` and the figures of the README from a run of the bench.

    python bench/quality.py --json bench.json
    python bench/render.py bench.json

No figure is ever typed by hand: a table that this program did not write is not a measurement.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))

from measure.table import PAIRS_COLUMNS, exact_pct

ROOT = Path(__file__).resolve().parents[1]
BEGIN = "<!-- figures: written by bench/render.py -->"
END = "<!-- end of figures -->"
#: How arfix's row starts in the README's table of other tools.
ROW = "**arfix**"

Report = dict[str, Any]


def markdown(header: list[str], rows: Iterable[list[object]]) -> str:
    """Return a Markdown table, numbers to the right."""
    lines = [
        "| " + " | ".join(header) + " |",
        "|" + "|".join(["---", *["---:"] * (len(header) - 1)]) + "|",
    ]
    lines += ["| " + " | ".join(map(_cell, row)) + " |" for row in rows]
    return "\n".join(lines)


def _cell(value: object) -> str:
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:,.3f}".rstrip("0").rstrip(".")
    if isinstance(value, int):
        return f"{value:,}"
    return str(value).replace("|", "\\|")


def _restored(rows: Report) -> str:
    return markdown(
        [
            "",
            "documents",
            "damaged words",
            "restored %",
            "other words changed %",
            "channel exact %",
        ],
        (
            [
                name,
                row["documents"],
                row["damaged"],
                row["restored_pct"],
                row["changed_pct"],
                exact_pct(row),
            ]
            for name, row in rows.items()
        ),
    )


def section_samples(suite: Report) -> str:
    """Return the section about the one real sample."""
    extracted, stripped = suite["as extracted"], suite["codes stripped"]
    clean = suite["clean articles come back as the same object"]
    table = markdown(
        ["463-token article", "tokens", "right before", "right after", "right as a bag"],
        [
            [
                "as extracted (in place)",
                extracted["tokens"],
                extracted["before_in_place"],
                extracted["in_place"],
                None,
            ],
            [
                "private-use codes stripped (in order, vowel marks ignored)",
                stripped["tokens"],
                stripped["before_in_order"],
                stripped["in_order"],
                stripped["bag"],
            ],
            [
                "the same, words without punctuation",
                stripped["tokens"],
                stripped["words_before_in_order"],
                stripped["words_in_order"],
                stripped["words_bag"],
            ],
        ],
    )
    return (
        "## One real article\n\n"
        f"{table}\n\nHealthy articles returned as the very same object: "
        f"{sum(clean.values())} of {len(clean)}.\n"
    )


def section_pairs(suite: Report) -> str:
    """Return the section about real extractor outputs."""
    header = ["", "outputs", "raw F1", "F1", "at least .95 %", "made worse %", "present"]

    def table(rows: Report) -> str:
        return markdown(
            header, ([name, *(row[key] for key in PAIRS_COLUMNS)] for name, row in rows.items())
        )

    refused = ", ".join(f"{name}: {_cell(share)} %" for name, share in suite["refused"].items())
    return (
        "## Real outputs of 25 extractors\n\n"
        "Token F1 against the text that was typeset (`../shared/tools/score_pairs.py`), each "
        "output repaired blind. *Present*: the share of words whose letters stand together "
        "somewhere in the output. Constants were set on eight of the twelve texts; the other four "
        "were left out. The altered outputs come from fonts and maps broken on purpose.\n\n"
        f"{table(suite['rows'])}\n\n"
        f"Made worse: {_cell(suite['worse_pct'])} %. Refused by `diagnose` (re-extract or OCR) -- "
        f"{refused}. Outputs of Persian text with every letter unchanged: "
        f"{_cell(suite['persian_letters_kept_pct'])} %. "
        f"Documents that did not settle and came back as they were: {len(suite['not_settled'])}. "
        f"{_cell(suite['words_per_s'])} words/s.\n\n{table(suite['extractors'])}\n\n"
        f"{table(suite['producers'])}\n\n{table(suite['sources'])}\n"
    )


def section_news(suite: Report) -> str:
    """Return the section about the sample's lost set."""
    return (
        "## The sample's lost set on news\n\n"
        f"Lost: {suite['set']}. News of a source that no model has seen. “No prior rows” means "
        "without the table of sets that fonts are known to lose.\n\n"
        f"{_restored(suite['rows'])}\n"
    )


def section_random(suite: Report) -> str:
    """Return the section about random lost sets."""
    worst = dict(list(suite["rows"].items())[:10])
    return (
        "## Random lost sets\n\n"
        f"{suite['sets']} sets of one to three of the 60 commonest glyphs, {suite['documents']} "
        f"documents of 500 words, {suite['damaged']:,} damaged words: "
        f"**{suite['restored_pct']} %** restored "
        f"(median over sets {suite['restored_pct_median_of_sets']} %), "
        f"{suite['changed_pct']} % of the others changed. The ten worst sets:\n\n"
        f"{_restored(worst)}\n"
    )


def section_genres(suite: Report) -> str:
    """Return the section about other genres."""
    return f"## Other genres, 500 words, the sample's set\n\n{_restored(suite['rows'])}\n"


def section_lam_alef(suite: Report) -> str:
    """Return the section about lost ligatures."""
    return (
        "## Lam-alef lost\n\n"
        "News of an unseen source in which the glyph of lam-alef left its lam, or nothing; a word"
        " that was nothing else is wholly gone then.\n\n"
        f"{_restored(suite['rows'])}\n"
    )


def section_fonts(suite: Report) -> str:
    """Return the section about mixed documents."""
    return (
        "## Two fonts in one document\n\n"
        "Only some paragraphs are set in the font that loses glyphs; 500 words.\n\n"
        f"{_restored(suite['rows'])}\n"
    )


def section_clean(suite: Report) -> str:
    """Return the section about clean text."""

    def rows(part: Report) -> Iterable[list[object]]:
        for name, row in part.items():
            yield [
                name,
                row["documents"],
                row["words"],
                row["changed"],
                row["changed_per_100k"],
                row["documents_changed"],
            ]

    header = ["", "documents", "words", "changed", "per 100,000", "documents changed"]
    return (
        "## Clean text\n\nWhatever is changed here is a false alarm (or, in some sets, a slip of "
        "the writer). Genre / length of the documents in words.\n\n"
        f"{markdown(header, rows(suite['groups']))}\n\n{markdown(header, rows(suite['rows']))}\n"
    )


def section_suggest(suite: Report) -> str:
    """Return the section about suggestions."""
    return (
        "## Suggestions for a word alone\n\n"
        f"{suite['asked']:,} non-words that the sample's set makes out of news, nothing around "
        f"them: the right word is first in **{suite['first_pct']} %** and among five in "
        f"**{suite['five_pct']} %**; {suite['gold_known_pct']} % are in the lexicon at all.\n"
    )


def section_confidence(suite: Report) -> str:
    """Return the section about calibration."""
    parts = ["## Confidence\n"]
    for name, row in suite["rows"].items():
        if "bins" not in row:
            continue
        bins = markdown(
            ["said", "changes", "said on average %", "right %"],
            (
                [f"{b['from']}–{b['to']}", b["changes"], b["said_pct"], b["right_pct"]]
                for b in row["bins"]
            ),
        )
        cuts = markdown(
            ["`min_confidence`", "restored %", "other words changed %"],
            (
                [str(t["min_confidence"]), t["restored_pct"], t["changed_pct"]]
                for t in row["min_confidence"]
            ),
        )
        parts.append(
            f"### {name}\n\nExpected calibration error {row['expected_error_pct']} % over "
            f"{row['changes']:,} changes.\n\n{bins}\n\n{cuts}\n"
        )
    return "\n".join(parts)


def section_speed(suite: Report) -> str:
    """Return the section about speed."""
    warm = markdown(
        ["one core, CPU time", "documents", "words/s", "slowest document, words/s"],
        (
            [name, row["documents"], row["words_per_s"], row["words_per_s_slowest_document"]]
            for name, row in suite["rows"].items()
        ),
    )
    cold = markdown(
        ["first document of a new process", "import ms", "document ms", "peak memory MB"],
        (
            [name, row.get("import_ms"), row.get("first_document_ms"), row.get("peak_rss_mb")]
            for name, row in suite["first document of a new process"].items()
        ),
    )
    version = suite.get("numpy")
    told = f"With numpy {version}, the extra `fast`." if version else "Without numpy."
    return f"## Speed\n\n{told}\n\n{warm}\n\n{cold}\n"


def section_bad_input(suite: Report) -> str:
    """Return the section about input that is no text."""
    table = markdown(
        ["", "size", "CPU s", "times the half", "linear", "idempotent"],
        (
            [
                name,
                row.get("size"),
                row.get("cpu_s"),
                row.get("times_the_half"),
                row.get("linear"),
                row.get("idempotent"),
            ]
            for name, row in suite["rows"].items()
        ),
    )
    return f"## Input that is no text\n\n{table}\n"


SECTIONS = {
    "samples": section_samples,
    "pairs": section_pairs,
    "news": section_news,
    "random": section_random,
    "genres": section_genres,
    "fonts": section_fonts,
    "lam_alef": section_lam_alef,
    "clean": section_clean,
    "suggest": section_suggest,
    "confidence": section_confidence,
    "speed": section_speed,
    "bad_input": section_bad_input,
}

HEAD = """# Measurements

Everything is measured blind: the repairer gets a text and is told nothing about its damage.
*Restored* is the share of the Arabic words changed by the damage that come back exactly;
*changed* is the share of the other Arabic words that differ afterwards; *channel exact* is the
share of documents for which just the lost glyphs that occur were inferred. The texts were kept
apart from training. `bench/README.md` says how each suite works.

Written by `bench/render.py`; arfix {arfix}, Python {python}, seed {seed}, `{command}`.
"""


def page(report: Report) -> str:
    """Return the whole page of measurements."""
    sections = [
        SECTIONS[name](suite)
        for name, suite in report["suites"].items()
        if not {"skipped", "failed"} & suite.keys()
    ]
    return "\n".join([HEAD.format(**report["meta"]), *sections])


def readme_figures(suites: Report) -> str:
    """Return the README's table: one line for each thing a reader decides by."""
    rows: list[list[object]] = []

    def add(label: str, *path: str, unit: str = " %") -> None:
        found: Any = suites
        for name in path:
            found = found.get(name) if isinstance(found, dict) else None
        if found is not None:
            rows.append([label, f"{_cell(found)}{unit}"])

    for label, part, before, after in (
        (
            "the article below, as extracted: tokens right and in place",
            "as extracted",
            "before_in_place",
            "in_place",
        ),
        (
            "… its codes stripped: tokens right in order, vowel marks ignored",
            "codes stripped",
            "before_in_order",
            "in_order",
        ),
    ):
        found = suites.get("samples", {}).get(part)
        if found is not None:
            rows.append([label, f"{found[before]} → {found[after]} of {found['tokens']}"])
    outputs = suites.get("pairs", {}).get("rows", {})
    for row_name in ("natural", "natural, present", "natural, texts left out"):
        found = outputs.get(row_name)
        if found is not None:
            label = f"outputs of 25 extractors ({row_name}): token F1"
            rows.append([label, f"{_cell(found['raw'])} → {_cell(found['f1'])}"])
    add("… made worse", "pairs", "worse_pct")
    for size in ("500 words", "100 words", "paragraphs of 20-40 words"):
        add(f"damaged words restored, news, {size}", "news", "rows", size, "restored_pct")
    add("… of the other words changed, 500 words", "news", "rows", "500 words", "changed_pct")
    add("restored, random sets of lost glyphs, 500 words", "random", "restored_pct")
    add("… of the other words changed", "random", "changed_pct")
    for genre in ("legal", "wiki", "technology", "academic"):
        add(f"restored, {genre}, 500 words", "genres", "rows", genre, "restored_pct")
    clean = ("clean", "groups", "modern standard Arabic/500", "changed_per_100k")
    add("clean text, 500 words: changed words per 100,000", *clean, unit="")
    for name in ("broken", "clean"):
        row = ("speed", "rows", f"{name}, 500 words, warm", "words_per_s")
        add(f"{name} text, one core", *row, unit=" words/s")
    return markdown(["measured blind, on text kept apart from training", ""], rows)


def replace_between(text: str, new: str) -> str:
    """Return a text with what stands between the markers replaced."""
    start, end = text.index(BEGIN) + len(BEGIN), text.index(END)
    return f"{text[:start]}\n{new}\n{text[end:]}"


def beside_the_others(text: str, report: Report) -> str:
    """Return the README with arfix's row in the table of other tools."""
    suites = report["suites"]
    extracted = suites["samples"]["as extracted"]
    stripped = suites["samples"]["codes stripped"]
    news = suites["clean"]["rows"]["news_unseen_source/500"]
    row = [
        f"{ROW} {report['meta']['arfix']}",
        extracted["in_order"],
        stripped["exact_in_order"],
        f"{extracted['damaged']} / {stripped['damaged']}",
        round(news["changed_per_100k"] / 100, 3),
    ]
    line = "| " + " | ".join(map(_cell, row)) + " |"
    return "\n".join(line if old.startswith(f"| {ROW}") else old for old in text.split("\n"))


def main() -> int:
    """Write both files."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("report", type=Path, help="what quality.py --json wrote")
    report = json.loads(parser.parse_args().report.read_text(encoding="utf-8"))
    if report["meta"]["fast"]:
        sys.stderr.write("this is a fast run: its figures are for the gate, not for the docs\n")
        return 2
    (ROOT / "docs" / "measurements.md").write_text(page(report), encoding="utf-8")
    readme = ROOT / "README.md"
    text = readme.read_text(encoding="utf-8")
    text = replace_between(text, readme_figures(report["suites"]))
    readme.write_text(beside_the_others(text, report), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
