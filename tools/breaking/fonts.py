"""Fonts and PDFs whose glyphs have lost their way back to Unicode.

What happens in the wild is done here on purpose: a contextual form that only a private-use code
point reaches (``move_glyphs``), a glyph without a ToUnicode entry (``rewrite_tounicode``), a
page without ActualText (``strip_actual_text``).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pikepdf
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

FEATURES = {"initial": "init", "medial": "medi", "final": "fina"}
PRIVATE = range(0xE000, 0xF900)
_RANGES = re.compile(rb"\d+ beginbfrange\s*(?P<body>.*?)endbfrange", re.DOTALL)
_SINGLES = re.compile(rb"\d+ beginbfchar\s*(?P<body>.*?)endbfchar", re.DOTALL)


def form_glyph(font: TTFont, letter: str, form: str) -> str:
    """Return the name of the glyph that draws a letter in a joining form.

    Raises:
        LookupError: The font has no such substitution.
    """
    base = font.getBestCmap()[ord(letter)]
    table = font["GSUB"].table
    wanted = {
        index
        for record in table.FeatureList.FeatureRecord
        if record.FeatureTag == FEATURES[form]
        for index in record.Feature.LookupListIndex
    }
    for index in sorted(wanted):
        for subtable in table.LookupList.Lookup[index].SubTable:
            single = getattr(subtable, "ExtSubTable", subtable)
            if base in getattr(single, "mapping", {}):
                return str(single.mapping[base])
    raise LookupError(f"the font does not draw U+{ord(letter):04X} {form} with one glyph")


def move_glyphs(source: Path, target: Path, glyphs: Mapping[str, int]) -> None:
    """Write a copy of a font whose named glyphs only private-use code points reach.

    Args:
        source: The font.
        target: Where the copy goes.
        glyphs: ``ك.medial`` to the code point that it gets.
    """
    font = TTFont(source)
    moved = {form_glyph(font, *name.split(".")): code for name, code in glyphs.items()}
    for table in font["cmap"].tables:
        if not table.isUnicode():
            continue
        for code in [code for code, glyph in table.cmap.items() if glyph in moved]:
            del table.cmap[code]
        table.cmap.update({code: glyph for glyph, code in moved.items()})
    font.save(target)


def subset(source: Path, target: Path, text: str) -> None:
    """Write a copy of a font that holds only what a text needs, its glyphs numbered anew.

    The numbers are small then, as in the fonts that most producers embed: an extractor that
    shows the raw code of an unmapped glyph shows a Latin letter or a sign.
    """
    font = TTFont(source)
    codes = {code for code, glyph in font.getBestCmap().items() if chr(code) in text}
    options = Options(layout_features=["*"], notdef_outline=True)
    worker = Subsetter(options)
    worker.populate(unicodes=codes | {code for code in font.getBestCmap() if code in PRIVATE})
    worker.subset(font)
    font.save(target)


def strip_actual_text(path: Path) -> int:
    """Remove every ActualText of a PDF in place; return how many there were."""
    count = 0
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        for page in pdf.pages:
            kept: list[Any] = []
            for instruction in pikepdf.parse_content_stream(page):
                operands = instruction.operands
                if str(instruction.operator) == "BDC" and "/ActualText" in operands[1]:
                    count += 1
                    kept.append(([operands[0]], pikepdf.Operator("BMC")))
                else:
                    kept.append((operands, instruction.operator))
            page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(kept))
        # tagged PDFs repeat the text in their structure tree
        for key in ("/StructTreeRoot", "/MarkInfo"):
            if key in pdf.Root:
                del pdf.Root[key]
        pdf.save(path)
    return count


def rewrite_tounicode(path: Path, values: Mapping[int, int | None]) -> int:
    """Change or drop the ToUnicode entries that lead to given code points; return how many.

    Args:
        path: The PDF, changed in place.
        values: Code point to the one to write in its place, ``None`` to drop the entry.
    """
    count = 0

    def entry(match: re.Match[bytes]) -> bytes:
        nonlocal count
        value = int(match["value"], 16) if len(match["value"]) == 4 else -1
        if value not in values:
            return match[0]
        count += 1
        new = values[value]
        return b"" if new is None else b"<%b> <%04X>\n" % (match["code"], new)

    def block(match: re.Match[bytes]) -> bytes:
        lines = re.sub(
            rb"<(?P<code>[0-9A-Fa-f]+)>\s*<(?P<value>[0-9A-Fa-f]+)>\s*\n?", entry, match["body"]
        )
        size = lines.count(b"\n")
        return b"%d beginbfchar\n%bendbfchar" % (size, lines) if size else b""

    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        for thing in pdf.objects:
            if isinstance(thing, pikepdf.Dictionary) and "/ToUnicode" in thing:
                cmap = thing["/ToUnicode"].read_bytes()
                cmap = _RANGES.sub(_unrange, thing["/ToUnicode"].read_bytes())
                thing["/ToUnicode"].write(_SINGLES.sub(block, cmap))
        pdf.save(path)
    return count


def _unrange(match: re.Match[bytes]) -> bytes:
    """Return a block of code ranges as single entries, so that one of them can be dropped."""
    out = []
    for first, last, value in re.findall(
        rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", match["body"]
    ):
        start, end = int(first, 16), int(last, 16)
        if len(value) != 4:
            out.append(b"<%b> <%b>\n" % (first, value))
            continue
        out += [
            b"<%0*X> <%04X>\n" % (len(first), code, int(value, 16) + code - start)
            for code in range(start, end + 1)
        ]
    return b"%d beginbfchar\n%bendbfchar" % (len(out), b"".join(out))
