"""Files read whole, and replaced whole or not at all."""

from __future__ import annotations

import contextlib
import os
import secrets
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Final

#: Files that are being written; ended on success and on failure alike.
TEMPORARY_PREFIX: Final = ".arfix-"


class ChangedError(OSError):
    """Somebody wrote to the file while its text was being repaired."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """What tells one state of a file from another."""

    inode: int
    size: int
    modified: int

    @classmethod
    def of(cls, status: os.stat_result) -> Stamp:
        """Return the stamp of a file's status."""
        return cls(status.st_ino, status.st_size, status.st_mtime_ns)


def read(path: Path) -> tuple[bytes, Stamp]:
    """Return the bytes of a file and the stamp to replace it with."""
    with path.open("rb") as file:
        stamp = Stamp.of(os.fstat(file.fileno()))
        return file.read(), stamp


def replace(path: Path, data: bytes, expected: Stamp | None = None) -> None:
    """Make `data` the whole content of the file at `path`, new or old, in one step.

    The bytes go to a new file in the same folder, which takes the place and the permissions
    of the old one once it is safely on disk; whatever happens, a reader sees all of the old
    or all of the new. A symbolic link stays, and what it points at is replaced. Other hard
    links to the old file keep the old text.

    Args:
        path: The file.
        data: What it shall hold.
        expected: Its stamp when it was read; if it differs now, nothing is written.

    Raises:
        ChangedError: The file is not the one that was read.
        OSError: It could not be written; the old file is as it was.
    """
    target = Path(os.path.realpath(path))
    status: os.stat_result | None
    try:
        status = target.stat()
    except FileNotFoundError:
        status = None
    if status is not None and not stat.S_ISREG(status.st_mode):
        raise OSError(f"{path} is not a regular file and cannot be replaced")
    if status is not None and not os.access(target, os.W_OK):
        # Renaming would succeed all the same: the owner's "do not write" is about the file.
        raise PermissionError(13, "Permission denied", str(path))
    if expected is not None and (status is None or Stamp.of(status) != expected):
        raise ChangedError(f"{path} has changed in the meantime")
    # Not derived from the name: that may be as long as the file system allows already.
    temporary = target.with_name(f"{TEMPORARY_PREFIX}{secrets.token_hex(8)}.tmp")
    # Opened by hand, not through tempfile, so that a new file gets the user's own umask.
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    descriptor = os.open(temporary, flags, 0o666)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if status is not None:
            _adopt(temporary, status)
        temporary.replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise
    _sync_folder(target.parent)


def _adopt(path: Path, status: os.stat_result) -> None:
    """Give the new file the owner and permissions of the old one, as far as we may."""
    if hasattr(os, "chown"):
        with contextlib.suppress(OSError):
            os.chown(path, status.st_uid, status.st_gid)
    path.chmod(stat.S_IMODE(status.st_mode))


def _sync_folder(folder: Path) -> None:
    """Put the renaming itself on disk, where the system can."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
