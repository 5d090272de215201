"""Arguments that several commands share, and how they are read."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from arfix.cli.inputs import problem
from arfix.cli.output import UsageError
from arfix.errors import DecodeError
from arfix.io.decode import codec_name, decode

if TYPE_CHECKING:
    from arfix import Repairer

_DEFAULT_GLOB: Final = "*.txt"


def add_inputs(parser: argparse._ActionsContainer) -> None:
    """Add the arguments that name the texts."""
    parser.add_argument(
        "files",
        nargs="*",
        metavar="FILE",
        help="text files, or folders that are searched for them; - or nothing is standard input",
    )
    parser.add_argument(
        "--glob",
        default=_DEFAULT_GLOB,
        metavar="PATTERN",
        help="which files of a folder are meant (default: %(default)s)",
    )
    parser.add_argument(
        "--encoding",
        metavar="NAME",
        type=_encoding,
        help="the encoding of the files; else UTF-8, UTF-16 and cp1256 are told apart",
    )
    parser.add_argument(
        "-j",
        "--jobs",
        type=_jobs,
        default=1,
        metavar="N",
        help="work in N processes; 0 is one for each processor (default: 1)",
    )


def add_classes(parser: argparse._ActionsContainer) -> None:
    """Add the choice of defect classes and the words to keep."""
    parser.add_argument(
        "--select",
        type=_codes,
        action="extend",
        metavar="CODES",
        help="look for these defect classes only, for example AR301,AR401",
    )
    parser.add_argument(
        "--ignore",
        type=_codes,
        action="extend",
        metavar="CODES",
        help="look for all but these defect classes",
    )
    parser.add_argument(
        "--keep",
        type=_existing,
        action="append",
        metavar="FILE",
        help="words that are right as they are, one a line; # starts a remark",
    )
    parser.add_argument(
        "--unwrap",
        action="store_true",
        default=None,
        help="join the lines of a paragraph that the width of the page has cut",
    )


def add_repair_options(parser: argparse._ActionsContainer) -> None:
    """Add what decides which edits are made."""
    parser.add_argument(
        "--level",
        choices=("safe", "guess"),
        default="safe",
        help="safe leaves alone what is in doubt, guess takes the likeliest "
        "reading (default: %(default)s)",
    )
    add_classes(parser)
    parser.add_argument(
        "--min-confidence",
        type=_probability,
        default=None,
        metavar="X",
        help="make only edits that are at least this sure, 0 to 1",
    )


def repairer(args: argparse.Namespace) -> Repairer:
    """Make the repairer that the options describe; only now are the models opened.

    Raises:
        ArfixError: An option has a value that it cannot take.
        UsageError: The words to keep cannot be read.
    """
    options: dict[str, Any] = {}
    for name in ("level", "select", "ignore", "min_confidence", "unwrap"):
        value = getattr(args, name, None)
        if value is not None:
            options[name] = tuple(value) if isinstance(value, list) else value
    if getattr(args, "keep", None):
        options["keep"] = frozenset().union(*map(_words, args.keep))
    import arfix

    return arfix.Repairer(**options)


def _words(path: Path) -> frozenset[str]:
    """Read a list of words."""
    try:
        text = decode(path.read_bytes()).text
    except OSError as error:
        raise UsageError("--keep " + problem(error, str(path))) from None
    except DecodeError as error:
        raise UsageError(f"--keep {path}: {error}") from None
    lines = (line.partition("#")[0].strip() for line in text.splitlines())
    return frozenset(line for line in lines if line)


def _encoding(value: str) -> str:
    try:
        codec_name(value)
    except DecodeError as error:
        raise argparse.ArgumentTypeError(str(error)) from None
    return value


def _codes(value: str) -> list[str]:
    codes = [code.strip() for code in value.replace(",", " ").split()]
    if not codes:
        raise argparse.ArgumentTypeError("no code given; write for example AR301,AR401")
    return codes


def _jobs(value: str) -> int:
    try:
        jobs = int(value)
    except ValueError:
        jobs = -1
    if jobs < 0:
        raise argparse.ArgumentTypeError(f"{value!r} is no number of processes; write 1, 2, … or 0")
    return jobs


def _probability(value: str) -> float:
    try:
        probability = float(value)
    except ValueError:
        probability = -1.0
    if not 0 <= probability <= 1:
        raise argparse.ArgumentTypeError(f"{value!r} is no confidence; write a number from 0 to 1")
    return probability


def _existing(value: str) -> Path:
    path = Path(value)
    if not path.exists():
        raise argparse.ArgumentTypeError(f"{value}: no such file; check the name")
    return path
