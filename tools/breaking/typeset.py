"""Typesetters: a text becomes a PDF with a given font and base direction."""

from __future__ import annotations

import html
import subprocess
import tempfile
from pathlib import Path
from xml.sax.saxutils import escape

WIDTH_MM = 150


def page(text: str, font: Path, base: str) -> str:
    """Return the text as an HTML page; neighbouring lines with `` | `` become a table."""
    blocks: list[str] = []
    table: list[str] = []

    def close() -> None:
        if table:
            blocks.append(f"<table>{''.join(table)}</table>")
            table.clear()

    for line in text.split("\n"):
        if " | " in line:
            cells = "".join(f"<td>{html.escape(cell)}</td>" for cell in line.split(" | "))
            table.append(f"<tr>{cells}</tr>")
        else:
            close()
            if line.strip():
                blocks.append(f"<p>{html.escape(line)}</p>")
    close()
    direction = ' dir="rtl"' if base == "rtl" else ""
    return (
        f'<!DOCTYPE html><html lang="ar"{direction}><meta charset="utf-8"><style>'
        f'@font-face {{font-family: broken; src: url("file://{font}")}}'
        "@page {size: A4; margin: 20mm 25mm} td {padding: 0 4mm}"
        "body {font: 14px/1.9 broken, 'DejaVu Sans'; text-align: right; margin: 0}"
        f"</style><body>{''.join(blocks)}</body></html>"
    )


def chromium(text: str, font: Path, base: str, target: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "page.html"
        source.write_text(page(text, font, base), encoding="utf-8")
        subprocess.run(
            ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
             f"--user-data-dir={folder}/profile", f"--print-to-pdf={target}", source.as_uri()],
            check=True, capture_output=True, timeout=120,
        )  # fmt: skip


def wkhtmltopdf(text: str, font: Path, base: str, target: Path) -> None:
    # its engine takes no font from a file that fontconfig does not know: the family is asked for
    name = subprocess.run(
        ["fc-query", "--format=%{family[0]}", str(font)], check=True, capture_output=True, text=True
    ).stdout
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "page.html"
        source.write_text(page(text, font, base).replace("broken,", f"'{name}',"), encoding="utf-8")
        subprocess.run(
            ["wkhtmltopdf", "--quiet", "--enable-local-file-access", str(source), str(target)],
            check=True, capture_output=True, timeout=120,
            env={"QT_QPA_PLATFORM": "offscreen", "XDG_RUNTIME_DIR": folder, "HOME": folder,
                 "PATH": "/usr/bin:/bin"},
        )  # fmt: skip


def weasyprint(text: str, font: Path, base: str, target: Path) -> None:
    from weasyprint import HTML

    HTML(string=page(text, font, base)).write_pdf(target)


def reportlab(text: str, font: Path, base: str, target: Path) -> None:
    """Draw shaped, visually ordered lines: what the usual recipe for reportlab does."""
    import arabic_reshaper
    from bidi.algorithm import get_display
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.units import mm
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(TTFont("broken", str(font)))
    canvas = Canvas(str(target), pagesize=A4)
    canvas.setFont("broken", 11)
    top = A4[1] - 20 * mm
    right = A4[0] - 25 * mm
    for line in text.split("\n"):
        rows: list[list[str]] = [[]]
        for word in line.split():
            shaped = arabic_reshaper.reshape(" ".join([*rows[-1], word]))
            if pdfmetrics.stringWidth(shaped, "broken", 11) > WIDTH_MM * mm:
                rows.append([])
            rows[-1].append(word)
        for row in rows:
            shaped = arabic_reshaper.reshape(" ".join(row))
            canvas.drawRightString(right, top, get_display(shaped, base_dir=base[0].upper()))
            top -= 7 * mm
            if top < 20 * mm:
                canvas.showPage()
                canvas.setFont("broken", 11)
                top = A4[1] - 20 * mm
    canvas.save()


def fop(text: str, font: Path, base: str, target: Path) -> None:
    mode = "rl-tb" if base == "rtl" else "lr-tb"
    blocks = "".join(
        f'<fo:block space-after="6pt">{escape(line)}</fo:block>'
        for line in text.split("\n")
        if line.strip()
    )
    source = (
        '<fo:root xmlns:fo="http://www.w3.org/1999/XSL/Format" font-family="broken" '
        f'font-size="11pt" language="ar" script="arab" writing-mode="{mode}">'
        '<fo:layout-master-set><fo:simple-page-master master-name="a" page-width="210mm" '
        'page-height="297mm" margin="20mm"><fo:region-body/></fo:simple-page-master>'
        '</fo:layout-master-set><fo:page-sequence master-reference="a">'
        f'<fo:flow flow-name="xsl-region-body">{blocks}</fo:flow></fo:page-sequence></fo:root>'
    )
    config = (
        '<fop version="1.0"><renderers><renderer mime="application/pdf"><fonts>'
        f'<font embed-url="file:{font}"><font-triplet name="broken" style="normal" '
        'weight="normal"/></font></fonts></renderer></renderers></fop>'
    )
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "text.fo").write_text(source, encoding="utf-8")
        (Path(folder) / "fop.xml").write_text(config, encoding="utf-8")
        subprocess.run(
            ["fop", "-c", f"{folder}/fop.xml", "-fo", f"{folder}/text.fo", "-pdf", str(target)],
            check=True, capture_output=True, timeout=180,
        )  # fmt: skip


def typst(text: str, font: Path, base: str, target: Path) -> None:
    import typst as compiler
    from fontTools.ttLib import TTFont

    family = TTFont(font)["name"].getBestFamilyName()
    lines = "\n\n".join(
        "".join(f"\\{char}" if char in "#*_`$<>@=-+/\\[]~'\"" else char for char in line)
        for line in text.split("\n")
        if line.strip()
    )
    body = (
        f'#set text(font: "{family}", lang: "ar", dir: {base}, size: 11pt)\n'
        f"#set page(margin: 25mm)\n#set align(right)\n{lines}\n"
    )
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "text.typ"
        source.write_text(body, encoding="utf-8")
        compiler.compile(str(source), output=str(target), font_paths=[str(font.parent)])


TYPESETTERS = {
    "chromium": chromium,
    "wkhtmltopdf": wkhtmltopdf,
    "weasyprint": weasyprint,
    "reportlab": reportlab,
    "fop": fop,
    "typst": typst,
}
