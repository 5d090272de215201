"""Which texts a command shall work on: files, folders that are walked, standard input."""

from __future__ import annotations

import fnmatch
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from arfix.visible import visible_name

#: How standard input is named, on the command line and in results.
STDIN: Final = "-"


@dataclass(frozen=True, slots=True)
class Input:
    """One text to work on.

    Attributes:
        path: Where it is; None for standard input.
        relative: Its name below an output folder.
    """

    path: Path | None
    relative: Path

    @property
    def name(self) -> str:
        """How messages call it."""
        return STDIN if self.path is None else str(self.path)


def problem(error: OSError, name: str, *, writing: bool = False) -> str:
    """Say in one line what is wrong with a file and what to do.

    Example:
        >>> problem(FileNotFoundError(2, "No such file"), "a.txt")
        'a.txt: no such file; check the name'
    """
    shown = visible_name(name)
    if isinstance(error, FileNotFoundError):
        if Path(name).is_symlink():
            return f"{shown}: a link to a file that does not exist"
        return f"{shown}: no such {'folder' if writing else 'file'}; check the name"
    if isinstance(error, PermissionError):
        right = "write" if writing else "read"
        advice = "choose another folder with -o DIR" if writing else f"see: chmod u+r {shown}"
        return f"{shown}: no permission to {right} it; {advice}"
    if isinstance(error, IsADirectoryError):
        return f"{shown}: this is a folder; give a file"
    if isinstance(error, NotADirectoryError):
        return f"{shown}: part of this path is a file, not a folder; check the name"
    reason = error.strerror or str(error)
    return f"{shown}: cannot {'write' if writing else 'read'} it: {reason}"


def expand(
    files: Iterable[str],
    pattern: str,
    report: Callable[[str], None],
    *,
    skip: Path | None = None,
    follow: bool = True,
) -> list[Input]:
    """Return the texts meant by the arguments of a command, each once, in order.

    Args:
        files: Names of files and folders, ``-`` for standard input; nothing means that too.
        pattern: Which files of a folder are meant, by name.
        report: Told about each argument that cannot be used.
        skip: A folder that is never walked (that of the results).
        follow: Whether links to files that are found in a folder count as files.
    """
    found: list[Input] = []
    seen: set[str] = set()
    for name in list(files) or [STDIN]:
        for item in _one(name, pattern, report, skip, follow):
            key = STDIN if item.path is None else os.path.realpath(item.path)
            if key not in seen:
                seen.add(key)
                found.append(item)
    return found


def _one(
    name: str, pattern: str, report: Callable[[str], None], skip: Path | None, follow: bool
) -> Iterator[Input]:
    """Yield the texts that one argument stands for."""
    if name == STDIN:
        yield Input(None, Path(STDIN))
        return
    if not name:
        report("an empty file name; check the quotes and variables of your command")
        return
    path = Path(name)
    try:
        path.stat()
        folder = path.is_dir()
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        known = error if isinstance(error, OSError) else OSError(str(error))
        report(problem(known, name))
        return
    if not folder:
        yield Input(path, Path(path.name))
        return
    count = 0
    for file in _walk(path, pattern, report, skip):
        count += 1
        if file.is_symlink() and not follow:
            report(
                f"{visible_name(str(file))}: a link, left alone; "
                "name it to repair what it points at"
            )
            continue
        yield Input(file, file.relative_to(path))
    if not count:
        report(
            f"{visible_name(name)}: no file in this folder matches {pattern}; "
            "choose others with --glob"
        )


def _walk(
    root: Path, pattern: str, report: Callable[[str], None], skip: Path | None
) -> Iterator[Path]:
    """Yield the files below a folder that match, sorted, hidden ones left out."""

    def unreadable(error: OSError) -> None:
        report(problem(error, str(error.filename or root)))

    for folder, folders, names in os.walk(root, onerror=unreadable):
        folders[:] = sorted(
            sub
            for sub in folders
            if not sub.startswith(".") and (skip is None or (Path(folder) / sub).resolve() != skip)
        )
        for name in sorted(names):
            file = Path(folder) / name
            subject = file.relative_to(root).as_posix() if "/" in pattern else name
            if not name.startswith(".") and fnmatch.fnmatchcase(subject, pattern):
                yield file
