"""Data files: what is written is read, what is broken is told with advice."""

from __future__ import annotations

import hashlib
import json
import struct
from array import array
from typing import TYPE_CHECKING

import pytest

from arfix.errors import DataError
from arfix.resources import DATA, Resources
from arfix.store import HEADER, MAGIC, SECTION, VERSION, DataFile, pack

if TYPE_CHECKING:
    from pathlib import Path

SECTIONS = {
    "bytes": ("B", b"\x01\x02\x03"),
    "words": ("H", struct.pack("<3H", 1, 2, 65535)),
    "longs": ("I", struct.pack("<2I", 7, 2**32 - 1)),
    "floats": ("f", struct.pack("<2f", 0.5, -2.0)),
    "empty": ("I", b""),
}
WHOLE = pack(SECTIONS)


def opened(folder: Path, content: bytes) -> DataFile:
    path = folder / "model.dat"
    path.write_bytes(content)
    return DataFile(path)


def test_arrays_come_back(tmp_path: Path) -> None:
    file = opened(tmp_path, WHOLE)
    assert list(file.array("bytes")) == [1, 2, 3]
    assert list(file.array("words")) == [1, 2, 65535]
    assert list(file.array("longs")) == [7, 2**32 - 1]
    assert list(file.array("floats")) == [0.5, -2.0]
    assert list(file.array("empty")) == []


def test_a_file_cut_short_is_refused(tmp_path: Path) -> None:
    for length in range(len(WHOLE)):
        with pytest.raises(DataError, match="reinstall"):
            opened(tmp_path, WHOLE[:length])


def test_another_kind_of_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"model\.dat is not an arfix data file; reinstall"):
        opened(tmp_path, b"version https://git-lfs.example/v1\n" + bytes(100))


def test_another_version_is_refused(tmp_path: Path) -> None:
    content = HEADER.pack(MAGIC, VERSION + 1, 0)
    with pytest.raises(DataError, match=f"format {VERSION + 1}.*code and data of one release"):
        opened(tmp_path, content)


@pytest.mark.parametrize("kind", [b"q", b"\xff"])
def test_a_section_of_unknown_type_is_refused(tmp_path: Path, kind: bytes) -> None:
    start = HEADER.pack(MAGIC, VERSION, 1)
    with pytest.raises(DataError, match="reinstall"):
        opened(tmp_path, start + SECTION.pack(b"x", kind, 0, 0))


def test_a_missing_section_is_told(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="no section 'other'; reinstall"):
        opened(tmp_path, WHOLE).array("other")


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"cannot open the data file model\.dat.*reinstall"):
        DataFile(tmp_path / "model.dat")


@pytest.mark.parametrize("name", ["lexicon", "letters", "language_model", "marks"])
def test_every_model_says_so_when_its_file_is_missing(tmp_path: Path, name: str) -> None:
    with pytest.raises(DataError, match="install"):
        getattr(Resources(tmp_path), name)


@pytest.mark.parametrize("path", sorted(DATA.glob("*.dat")), ids=lambda path: path.name)
def test_shipped_files_can_be_opened(path: Path) -> None:
    assert DataFile(path)


def test_shipped_files_are_those_of_the_manifest() -> None:
    manifest = json.loads((DATA / "MANIFEST.json").read_text(encoding="utf-8"))
    shipped = {path.name for path in DATA.iterdir() if path.suffix in {".dat", ".marisa"}}
    assert set(manifest["files"]) == shipped
    for name, row in manifest["files"].items():
        content = (DATA / name).read_bytes()
        assert row == {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}, name


def test_item_sizes_are_those_of_this_machine() -> None:
    from arfix.store import TYPES

    assert {kind: array(kind).itemsize for kind in TYPES} == TYPES
