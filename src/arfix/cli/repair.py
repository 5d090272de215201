"""`arfix repair`: print, replace, collect, compare or check."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from arfix.cli import jobs, options, output
from arfix.cli.diffs import unified
from arfix.cli.inputs import Input, expand, problem
from arfix.cli.jobs import InputError, Outcome, Source
from arfix.cli.output import UsageError
from arfix.io.encode import encode, keep_newlines
from arfix.io.files import ChangedError, replace
from arfix.visible import unescaped, visible_name

if TYPE_CHECKING:
    import argparse

    from arfix import Repairer

DESCRIPTION: Final = "Repair Arabic text that a PDF extractor broke; healthy text stays as it is."
EXAMPLES: Final = """\
examples:
  arfix repair page.txt > repaired.txt     print the repaired text
  pdftotext book.pdf - | arfix repair      within a pipe
  arfix repair --diff page.txt             show what would change, change nothing
  arfix repair --in-place --keep names.txt corpus/
  arfix repair -o repaired/ -j 4 corpus/   the same names, in another folder

exit status: 0 fine, 1 with --check if something would change, 2 if anything failed.
--diff writes invisible characters as <U+E940>; it is for reading, not for patch.
"""


def add(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    options.add_inputs(parser)
    where = parser.add_argument_group("where the result goes (standard output if not said)")
    where.add_argument(
        "-o",
        "--output",
        type=Path,
        metavar="DIR",
        help="write each text under its own name into this folder",
    )
    where.add_argument(
        "-i",
        "--in-place",
        action="store_true",
        help="replace each file that changes, whole or not at all",
    )
    where.add_argument("--diff", action="store_true", help="show what would change")
    where.add_argument(
        "--json",
        action="store_true",
        help="one line of JSON for each text: its repair with every edit",
    )
    where.add_argument(
        "--check",
        action="store_true",
        help="name the texts that would change, and exit with 1 if there are any",
    )
    where.add_argument(
        "-q",
        "--quiet",
        action="store_true",
        help="no closing line about how many files have changed",
    )
    options.add_repair_options(parser.add_argument_group("what is repaired"))


def run(args: argparse.Namespace) -> int:
    """Do the command."""
    mode = _mode(args)
    if mode == "output":
        _check_folder(args.output)
    repairer = options.repairer(args)
    tally = jobs.Tally()
    skip = args.output.resolve() if args.output else None
    items = expand(args.files, args.glob, tally.report, skip=skip, follow=mode != "in-place")
    if mode in {"output", "in-place"} and any(item.path is None for item in items):
        raise UsageError(
            f"{'-o' if mode == 'output' else '--in-place'} needs files; standard "
            "input has no name (arfix repair < FILE > NEW)"
        )
    if mode == "output":
        _check_collisions(items, args.output)
    task = Repairing(repairer, mode, args.encoding, args.output, lone=len(items) == 1)
    jobs.drive(task, items, args.jobs, tally)
    if mode in {"output", "in-place"} and not args.quiet and tally.texts:
        output.warn(
            f"{tally.changed} of {tally.texts} texts repaired"
            + (f", {tally.failed} failed" if tally.failed else "")
        )
    return tally.status(check=args.check)


def _mode(args: argparse.Namespace) -> str:
    """Tell what shall become of the results, or that the arguments contradict each other."""
    chosen = [
        (option, mode)
        for option, mode, given in (
            ("-o", "output", args.output is not None),
            ("--in-place", "in-place", args.in_place),
            ("--diff", "diff", args.diff),
            ("--json", "json", args.json),
        )
        if given
    ]
    if len(chosen) > 1:
        raise UsageError(f"{chosen[0][0]} and {chosen[1][0]} exclude each other; choose one")
    if args.check and chosen and chosen[0][1] in {"output", "in-place"}:
        raise UsageError(f"--check changes nothing, {chosen[0][0]} does; choose one")
    if chosen:
        return chosen[0][1]
    return "check" if args.check else "print"


def _check_folder(folder: Path) -> None:
    """Make sure that results can go there."""
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"-o {folder}: this is a file; name a folder")


def _check_collisions(items: Sequence[Input], folder: Path) -> None:
    """Refuse, before anything is written, to lose one text to another."""
    inputs = {os.path.realpath(item.path): item.name for item in items if item.path}
    taken: dict[str, str] = {}
    for item in items:
        target = os.path.normcase(folder / item.relative)
        if target in taken:
            raise UsageError(
                f"{taken[target]} and {item.name} would both become {target}; "
                "give the folder that holds both, or use two folders"
            )
        taken[target] = item.name
        if (over := inputs.get(os.path.realpath(target))) is not None:
            raise UsageError(
                f"{target} would be written over the input {over}; name another "
                "folder, or ask for it with --in-place"
            )


@dataclass(frozen=True, slots=True)
class Repairing:
    """The repair of one text, and what becomes of it.

    Attributes:
        repairer: Does it.
        mode: ``print``, ``output``, ``in-place``, ``diff``, ``json`` or ``check``.
        encoding: The encoding, if the user named it.
        folder: Where the results go in mode ``output``.
        lone: Whether this is the only text, so that its byte order mark is not in the way.
    """

    repairer: Repairer
    mode: str
    encoding: str | None
    folder: Path | None
    lone: bool

    def __call__(self, item: Input) -> Outcome:
        """Do it."""
        source = jobs.read_source(item, self.encoding)
        text = source.decoded.text
        if self.mode == "json":
            return self._as_json(item, source)
        repaired = self.repairer.repair(text)
        changed = repaired != text
        if self.mode in {"output", "in-place"}:
            self._store(item, source, repaired)
            return Outcome(changed=changed)
        return Outcome(self._shown(item, source, repaired), changed=changed)

    def _shown(self, item: Input, source: Source, repaired: str) -> str:
        """Return what standard output gets."""
        text = source.decoded.text
        if self.mode == "diff":
            return unified(text, repaired, item.name)
        if self.mode == "check":
            return "" if repaired == text else f"{visible_name(item.name)}: would be repaired\n"
        encoding = source.decoded.encoding
        marked = self.lone and encoding.mark and encoding.codec == "utf-8"
        return ("\ufeff" if marked else "") + keep_newlines(repaired, text)

    def _as_json(self, item: Input, source: Source) -> Outcome:
        """Return the repair with all its edits as one line of JSON."""
        repair = self.repairer.explain(source.decoded.text)
        value = {"file": unescaped(item.name), "encoding": source.decoded.encoding.codec}
        return Outcome(
            output.json_line(value | output.plain(repair)),
            changed=repair.text != source.decoded.text,
        )

    def _store(self, item: Input, source: Source, repaired: str) -> None:
        """Write a file; one that is fine already is not touched."""
        text = source.decoded.text
        data = source.data
        if repaired != text:
            data = encode(keep_newlines(repaired, text), source.decoded.encoding)
        assert item.path is not None  # noqa: S101 - `run` has refused standard input
        target = item.path if self.folder is None else self.folder / item.relative
        if self.folder is None and data is source.data:
            return
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            replace(target, data, source.stamp if self.folder is None else None)
        except ChangedError:
            raise InputError(
                f"{visible_name(item.name)}: somebody changed it while it was being "
                "repaired; it was left alone, run this again"
            ) from None
        except OSError as error:
            raise InputError(problem(error, str(target), writing=True)) from None
