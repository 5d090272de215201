from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arfix.errors import DecodeError
from arfix.io.decode import Encoding, codec_name, decode
from arfix.io.encode import EncodeError, encode, keep_newlines

NOTE = "وصل القطار إلى المحطة، ونزل الركاب.\r\nانتهى 2024\n"
BROKEN = "وصل\ue940 ال\x00ط\x00ر\x00\x00 إل\ue915\x07 (cid:4)\n"

MARKED = [
    ("utf-8", codecs.BOM_UTF8),
    ("utf-16-le", codecs.BOM_UTF16_LE),
    ("utf-16-be", codecs.BOM_UTF16_BE),
    ("utf-32-le", codecs.BOM_UTF32_LE),
    ("utf-32-be", codecs.BOM_UTF32_BE),
]


@pytest.mark.parametrize("text", [NOTE, BROKEN, "ك", "x", ""])
@pytest.mark.parametrize(("codec", "mark"), [*MARKED, ("utf-8", b"")])
def test_decodes_unicode_and_encodes_it_back(text: str, codec: str, mark: bytes) -> None:
    data = mark + text.encode(codec)
    decoded = decode(data)
    assert decoded.text == text
    assert decoded.encoding == Encoding(codec, mark)
    assert encode(decoded.text, decoded.encoding) == data


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be", "cp1256"])
@pytest.mark.parametrize(
    "text",
    [
        NOTE,
        NOTE * 50,
        "ملف",
        "كتاب Windows 11 و«نص»",
    ],
)
def test_tells_encodings_without_a_mark(text: str, codec: str) -> None:
    decoded = decode(text.encode(codec))
    assert (decoded.text, decoded.encoding) == (text, Encoding(codec))


def test_tells_broken_utf16_without_a_mark() -> None:
    assert decode(BROKEN.encode("utf-16-le")).text == BROKEN


@pytest.mark.parametrize(
    "text",
    [
        "\u202b\ufee3\ufea8\ufe98\ufea8\ufeee\u202c",
        "\ufffd\u0644\ufffd\ufe8e \ufffd\u0647\n",
        "\ue001 \u0645",
    ],
)
def test_tells_utf16_of_any_brokenness(text: str) -> None:
    assert decode(text.encode("utf-16-le")).text == text
    assert decode(text.encode("utf-16-be")).text == text


def test_nul_for_letters_is_still_text() -> None:
    text = "المس\x00\x00ح\x00\x00دم " * 20
    assert decode(text.encode()).text == text


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b"\xff\xfe", b"\n", b"\r\n"])
def test_next_to_nothing_is_text(data: bytes) -> None:
    decoded = decode(data)
    assert encode(decoded.text, decoded.encoding) == data


@pytest.mark.parametrize(
    ("head", "what"),
    [
        (b"%PDF-1.7\n\xe2\xe3", "this is a PDF: extract its text first"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "PNG picture"),
        (b"PK\x03\x04\x14\x00", "zip file"),
        (b"\x1f\x8b\x08\x00", "gzip"),
        (b"BZh91AY&SY\x00", "bzip2"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00", "old Office document"),
        (b"{\\rtf1\\ansi", "rich text"),
        (b"\x7fELF\x02\x01", "program"),
    ],
)
@pytest.mark.parametrize("encoding", [None, "cp1256"])
def test_names_what_is_not_text(head: bytes, what: str, encoding: str | None) -> None:
    with pytest.raises(DecodeError, match=what):
        decode(head + b"\x00\x01\x02" * 10, encoding)


def test_a_text_may_begin_like_bzip2() -> None:
    assert decode(b"BZh is a suffix").text == "BZh is a suffix"


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"\x00" * 64, "mostly NUL"),
        (bytes(range(256)) * 4, "not text"),
        (NOTE.encode()[:-1] + b"\xff" + NOTE.encode(), "UTF-8, but damaged: byte 0xFF at offset"),
        ((NOTE + "ك").encode()[:-1], "cut short"),
        (NOTE.replace("\u061f", "").encode("iso-8859-6", "ignore"), "iso-8859-6"),
        (
            "Привет, мир и все люди".encode("cp1251"),
            "cannot tell",
        ),
        (
            "καλημέρα κόσμε".encode("cp1253"),
            "cannot tell",
        ),
        ("你好世界汉字".encode("gbk"), "cannot tell"),
        ("Mädchen grüßen höflich".encode("latin-1"), "cannot tell"),
        (codecs.BOM_UTF16_LE + b"\x45\x06\x45", "not utf-16-le"),
        (codecs.BOM_UTF8 + b"\xff", "not utf-8"),
    ],
)
def test_refuses_with_advice(data: bytes, what: str) -> None:
    with pytest.raises(DecodeError, match=what) as caught:
        decode(data)
    assert "\n" not in str(caught.value)
    assert any(word in str(caught.value) for word in ("--encoding", "iconv", "give a text file"))


def test_a_named_encoding_is_not_second_guessed() -> None:
    assert decode("ملف".encode("iso-8859-6"), "ISO-8859-6").text == "ملف"
    assert decode("été".encode("latin-1"), "latin-1").text == "été"
    with pytest.raises(DecodeError, match="not utf-8"):
        decode(NOTE.encode("cp1256"), "utf8")
    with pytest.raises(DecodeError, match="not ascii"):
        decode(NOTE.encode(), "ascii")


@pytest.mark.parametrize(
    ("name", "codec", "mark"),
    [
        ("utf-8", "utf-8", b""),
        ("utf-8", "utf-8", codecs.BOM_UTF8),
        ("utf-8-sig", "utf-8", codecs.BOM_UTF8),
        ("utf-8-sig", "utf-8", b""),
        ("utf-16", "utf-16-le", b""),
        ("utf-16", "utf-16-be", codecs.BOM_UTF16_BE),
        ("utf-16-le", "utf-16-le", codecs.BOM_UTF16_LE),
        ("utf-32", "utf-32-be", codecs.BOM_UTF32_BE),
    ],
)
def test_a_named_encoding_keeps_the_mark(name: str, codec: str, mark: bytes) -> None:
    data = mark + NOTE.encode(codec)
    decoded = decode(data, name)
    assert (decoded.text, decoded.encoding) == (NOTE, Encoding(codec, mark))
    assert encode(NOTE, decoded.encoding) == data


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("cp1265", "cp1256"),
        ("UTF8-16", "utf-16"),
        ("hex", "try"),
        ("rot13", "try"),
        ("", "try"),
        ("a\0b", "try"),
    ],
)
def test_unknown_encodings_are_named(name: str, hint: str) -> None:
    with pytest.raises(DecodeError, match=hint):
        codec_name(name)


def test_says_what_an_encoding_cannot_spell() -> None:
    with pytest.raises(
        EncodeError, match=r"U\+0661, which cp1256 cannot spell.*arfix repair FILE > NEW"
    ):
        encode("ك\u0661", Encoding("cp1256"))


def test_newlines_follow_the_original() -> None:
    assert keep_newlines("a\nb\n", "a\r\nb\r\n") == "a\r\nb\r\n"
    assert keep_newlines("a\nb\r\n", "a\nb\r\n") == "a\nb\r\n"
    same = "a\r\n"
    assert keep_newlines(same, same) is same


@given(st.binary(max_size=200))
def test_any_bytes_are_read_exactly_or_refused(data: bytes) -> None:
    try:
        decoded = decode(data)
    except DecodeError as error:
        message = str(error)
    else:
        assert encode(decoded.text, decoded.encoding) == data
        return
    assert "\n" not in message


@given(st.text(max_size=100).filter(lambda text: text.count("\0") * 2 <= len(text)))
def test_utf8_with_a_mark_is_always_read(text: str) -> None:
    assert decode(codecs.BOM_UTF8 + text.encode()).text == text
