"""Binary data files: a versioned header, named arrays, opened by memory-mapping.

Layout, little-endian: the magic ``ARFIXDAT``, a format version, the number of sections; for
each section its name (16 bytes), its type code, its offset and its length in items; then the
arrays, each on an 8-byte border. Nothing is executed and nothing is copied when a file is opened.
"""

from __future__ import annotations

import mmap
import struct
import sys
from typing import TYPE_CHECKING, Final

from arfix.errors import DataError

if TYPE_CHECKING:
    from pathlib import Path

MAGIC: Final = b"ARFIXDAT"
VERSION: Final = 1
HEADER: Final = struct.Struct("<8sII")
SECTION: Final = struct.Struct("<16sc7xQQ")
#: Type codes of the ``struct`` module that a section may have.
TYPES: Final = {"B": 1, "H": 2, "I": 4, "f": 4}


class DataFile:
    """The named arrays of one data file, as views on the mapped bytes.

    Args:
        path: The file.

    Raises:
        DataError: The file is missing, cut short, or of another format or version.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            with path.open("rb") as file:
                self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except (OSError, ValueError) as error:
            raise DataError(
                f"cannot open the data file {path.name}: {error}; reinstall arfix, or build its "
                "data with tools/build_data.py"
            ) from error
        self._arrays = dict(self._read())

    def _read(self) -> list[tuple[str, memoryview]]:
        whole = memoryview(self._map)
        broken = DataError(f"{self.path.name} is cut short or broken; reinstall arfix")
        if len(whole) < HEADER.size:
            raise broken
        magic, version, count = HEADER.unpack_from(whole)
        if magic != MAGIC:
            raise DataError(f"{self.path.name} is not an arfix data file; reinstall arfix")
        if version != VERSION:
            raise DataError(
                f"{self.path.name} has format {version}, this arfix reads format {VERSION}; "
                "install code and data of one release"
            )
        if len(whole) < HEADER.size + count * SECTION.size:
            raise broken
        found: list[tuple[str, memoryview]] = []
        for index in range(count):
            name, code, offset, length = SECTION.unpack_from(
                whole, HEADER.size + index * SECTION.size
            )
            kind = code.decode("latin-1")
            end = offset + length * TYPES.get(kind, 1)
            if kind not in TYPES or end > len(whole):
                raise broken
            view = whole[offset:end]
            if sys.byteorder == "big" and kind != "B":
                raise DataError("the data files are little-endian; this machine is not")
            found.append((name.rstrip(b"\0").decode("latin-1"), view.cast(kind)))
        return found

    def array(self, name: str) -> memoryview:
        """Return one array as a typed view.

        Raises:
            DataError: The file has no such array.
        """
        try:
            return self._arrays[name]
        except KeyError:
            raise DataError(f"{self.path.name} has no section {name!r}; reinstall arfix") from None


def pack(sections: dict[str, tuple[str, bytes]]) -> bytes:
    """Return the bytes of a data file.

    Args:
        sections: Name to (type code, little-endian bytes of the array).
    """
    offset = HEADER.size + SECTION.size * len(sections)
    table: list[bytes] = []
    payload: list[bytes] = []
    for name, (kind, content) in sections.items():
        padding = -offset % 8
        offset += padding
        payload.append(b"\0" * padding + content)
        table.append(
            SECTION.pack(
                name.encode("ascii"), kind.encode("ascii"), offset, len(content) // TYPES[kind]
            )
        )
        offset += len(content)
    return b"".join([HEADER.pack(MAGIC, VERSION, len(sections)), *table, *payload])
