"""The readable report of a run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from measure.score import percent

if TYPE_CHECKING:
    from measure.bench import Report


def table(header: list[str], rows: Iterable[list[object]]) -> str:
    """Return rows as columns of equal width."""
    texts = [header, *[[_text(cell) for cell in row] for row in rows]]
    widths = [max(len(row[column]) for row in texts) for column in range(len(header))]
    lines = [
        "  ".join(
            cell.ljust(width) if index == 0 else cell.rjust(width)
            for index, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in texts
    ]
    lines.insert(1, "-" * (sum(widths) + 2 * (len(widths) - 1)))
    return "\n".join(lines)


def _text(cell: object) -> str:
    if cell is None:
        return "-"
    if isinstance(cell, float):
        return f"{cell:.3f}".rstrip("0").rstrip(".")
    return str(cell)


#: Columns of a table of extractor outputs, as the suite names them.
PAIRS_COLUMNS = ("outputs", "raw", "f1", "at_95_pct", "worse_pct", "present")

_RESTORED = ["", "documents", "damaged", "restored %", "changed %", "channel exact %"]


def _restored(rows: Report) -> Iterator[list[object]]:
    for name, row in rows.items():
        yield [
            name,
            row["documents"],
            row["damaged"],
            row["restored_pct"],
            row["changed_pct"],
            exact_pct(row),
        ]


def exact_pct(row: Report) -> float | None:
    """Return how often just the lost glyphs were inferred, in per cent."""
    known = row.get("channel") or {}
    return percent(known.get("exact", 0), sum(known.values()), 1)


def summary(name: str, suite: Report) -> str:
    """Return one suite's report as text."""
    if "skipped" in suite or "failed" in suite:
        return f"{name}: {suite.get('skipped') or suite.get('failed')}"
    return f"{name}\n{_BODIES[name](suite)}"


def _samples(suite: Report) -> str:
    as_extracted, stripped = suite["as extracted"], suite["codes stripped"]
    clean = suite["clean articles come back as the same object"]
    return "\n".join(
        [
            (
                f"as extracted: {as_extracted['before_in_place']} -> {as_extracted['in_place']} of "
                f"{as_extracted['tokens']} tokens in place, {as_extracted['lines_right']} of "
                f"{as_extracted['lines']} lines right"
            ),
            (
                f"codes stripped: {stripped['before_in_order']} -> {stripped['in_order']} of "
                f"{stripped['tokens']} tokens in order ({stripped['bag']} as a bag); without "
                f"punctuation {stripped['words_before_in_order']} -> {stripped['words_in_order']} "
                f"({stripped['words_bag']})"
            ),
            f"clean articles returned as the same object: {sum(clean.values())} of {len(clean)}",
        ]
    )


def _random(suite: Report) -> str:
    worst = dict(list(suite["rows"].items())[:8])
    return (
        f"{suite['sets']} sets, {suite['documents']} documents, {suite['damaged']} damaged words: "
        f"restored {suite['restored_pct']} %, median over sets "
        f"{suite['restored_pct_median_of_sets']} %, changed {suite['changed_pct']} %, "
        f"channel exact {exact_pct(suite)} %\n"
        "worst sets:\n" + table(_RESTORED, _restored(worst))
    )


def _clean(suite: Report) -> str:
    header = ["", "documents", "words", "changed", "per 100,000", "documents changed"]
    return table(
        header,
        (
            [
                name,
                row["documents"],
                row["words"],
                row["changed"],
                row["changed_per_100k"],
                row["documents_changed"],
            ]
            for name, row in {**suite["rows"], **suite["groups"]}.items()
        ),
    )


def _suggest(suite: Report) -> str:
    named = ", ".join(
        f"{word}: {'yes' if row['first'] else 'NO'}" for word, row in suite["named"].items()
    )
    return (
        f"{suite['asked']} non-words: right one first {suite['first_pct']} %, among five "
        f"{suite['five_pct']} % (in the lexicon at all: {suite['gold_known_pct']} %)\n"
        f"first for the named words: {named}"
    )


def _speed(suite: Report) -> str:
    lines = [
        f"{name}: {row['words_per_s']} words/s (slowest document "
        f"{row['words_per_s_slowest_document']})"
        for name, row in suite["rows"].items()
    ]
    for name, row in suite["first document of a new process"].items():
        lines.append(f"new process, {name}: " + ", ".join(f"{k} {v}" for k, v in row.items()))
    return "\n".join(lines)


def _bad_input(suite: Report) -> str:
    rows = table(
        ["", "ok", "size", "cpu s", "times the half"],
        (
            [
                name,
                "yes" if row["ok"] else "NO",
                row.get("size"),
                row.get("cpu_s", row.get("error")),
                row.get("times_the_half"),
            ]
            for name, row in suite["rows"].items()
        ),
    )
    return rows + "\n" + "\n".join(f"{name}: {what}" for name, what in suite["types"].items())


def _confidence(suite: Report) -> str:
    parts = []
    for name, row in suite["rows"].items():
        if "bins" not in row:
            parts.append(
                f"{name}: restored {row['restored_pct']} %, changed {row['changed_pct']} %"
            )
            continue
        parts.append(f"{name}: expected calibration error {row['expected_error_pct']} %")
        parts.append(
            table(
                ["said", "changes", "said %", "right %"],
                (
                    [f"{b['from']}-{b['to']}", b["changes"], b["said_pct"], b["right_pct"]]
                    for b in row["bins"]
                ),
            )
        )
        parts.append(
            table(
                ["min_confidence", "restored %", "changed %"],
                (
                    [str(t["min_confidence"]), t["restored_pct"], t["changed_pct"]]
                    for t in row["min_confidence"]
                ),
            )
        )
    return "\n".join(parts)


def _pairs(suite: Report) -> str:
    header = ["", "outputs", "raw F1", "F1", "at least .95 %", "worse %", "present"]

    def cells(rows: Report) -> Iterator[list[object]]:
        for name, row in rows.items():
            yield [name, *(row[key] for key in PAIRS_COLUMNS)]

    parts = [table(header, cells({**suite["rows"], **suite["extractors"]}))]
    parts.append(
        f"worse {suite['worse_pct']} %; refused {suite['refused']}; Persian letters kept "
        f"{suite['persian_letters_kept_pct']} %; not settled {len(suite['not_settled'])}; "
        f"{suite['words_per_s']} words/s"
    )
    return "\n".join(parts)


def _rows(suite: Report) -> str:
    return table(_RESTORED, _restored(suite["rows"]))


_BODIES = {
    "samples": _samples,
    "pairs": _pairs,
    "news": _rows,
    "random": _random,
    "suggest": _suggest,
    "genres": _rows,
    "fonts": _rows,
    "lam_alef": _rows,
    "clean": _clean,
    "speed": _speed,
    "bad_input": _bad_input,
    "confidence": _confidence,
}
