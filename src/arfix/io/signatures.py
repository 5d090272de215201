"""What a file that is not text is, told by its first bytes, and what to do about it."""

from __future__ import annotations

from typing import Final

_PDF_ADVICE: Final = "extract its text first (pdftotext FILE.pdf FILE.txt), then repair that"
_PICTURE_ADVICE: Final = "recognise its text with an OCR program first"
_PACKED_ADVICE: Final = "unpack it first"
_OFFICE_ADVICE: Final = "save it as plain text first"
_NO_TEXT: Final = "give a text file"

#: First bytes, what they mean, what to do. Only signatures that no text begins with.
_SIGNATURES: Final[tuple[tuple[bytes, str, str], ...]] = (
    (b"%PDF-", "a PDF", _PDF_ADVICE),
    (b"%!PS-Adobe", "PostScript", "convert it to PDF and extract its text first"),
    (b"\x89PNG\r\n\x1a\n", "a PNG picture", _PICTURE_ADVICE),
    (b"\xff\xd8\xff", "a JPEG picture", _PICTURE_ADVICE),
    (b"GIF87a", "a GIF picture", _PICTURE_ADVICE),
    (b"GIF89a", "a GIF picture", _PICTURE_ADVICE),
    (b"II*\x00", "a TIFF picture", _PICTURE_ADVICE),
    (b"MM\x00*", "a TIFF picture", _PICTURE_ADVICE),
    (b"AT&TFORM", "a DjVu document", "extract its text first (djvutxt FILE.djvu FILE.txt)"),
    (b"PK\x03\x04", "a zip file (perhaps .docx or .epub)", _OFFICE_ADVICE + " or unpack it"),
    (b"PK\x05\x06", "an empty zip file", _PACKED_ADVICE),
    (b"\x1f\x8b", "gzip data", _PACKED_ADVICE + " (gunzip -c FILE | arfix repair)"),
    (b"BZh", "bzip2 data", _PACKED_ADVICE + " (bunzip2 -c FILE | arfix repair)"),
    (b"\xfd7zXZ\x00", "xz data", _PACKED_ADVICE + " (unxz -c FILE | arfix repair)"),
    (b"\x28\xb5\x2f\xfd", "zstd data", _PACKED_ADVICE + " (unzstd -c FILE | arfix repair)"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z file", _PACKED_ADVICE),
    (b"Rar!\x1a\x07", "a RAR file", _PACKED_ADVICE),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document (.doc, .xls)", _OFFICE_ADVICE),
    (b"{\\rtf", "rich text (RTF)", _OFFICE_ADVICE),
    (b"SQLite format 3\x00", "an SQLite database", "export its text column first"),
    (b"PAR1", "a Parquet file", "read its text column and call arfix.repair on each value"),
    (b"ARROW1\x00", "an Arrow file", "read its text column and call arfix.repair on each value"),
    (b"\x7fELF", "a program", _NO_TEXT),
    (b"\x00\x01\x00\x00\x00", "a font", _NO_TEXT),
    (b"OTTO\x00", "a font", _NO_TEXT),
    (b"wOFF", "a font", _NO_TEXT),
    (b"wOF2", "a font", _NO_TEXT),
)
#: Three letters could begin a text; bzip2 goes on with a digit and the digits of pi.
_BZIP2_BLOCK: Final = b"1AY&SY"


def describe(data: bytes) -> str | None:
    """Say what ``data`` is and what to do about it, or None when it may be text.

    Example:
        >>> describe(b"%PDF-1.7 ...")
        'this is a PDF: extract its text first (pdftotext FILE.pdf FILE.txt), then repair that'
        >>> describe(b"plain words") is None
        True
    """
    for signature, name, advice in _SIGNATURES:
        if data.startswith(signature):
            if signature == b"BZh" and data[4:10] != _BZIP2_BLOCK:
                continue
            return f"this is {name}: {advice}"
    return None
