"""`arfix suggest`: what a word may have been."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from typing import Final

from arfix.cli import options, output
from arfix.cli.output import UsageError
from arfix.visible import unescaped, visible

DESCRIPTION: Final = "List what a damaged word may have been, the most probable first."
EXAMPLES: Final = """\
examples:
  arfix suggest امعة
  arfix suggest امعة --before "درس في" --after "القاهرة" -n 3

exit status: 0 fine, 1 if there is nothing to suggest, 2 if anything failed.
"""


def add(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    parser.add_argument("word", metavar="WORD", help="the word as it is now")
    parser.add_argument("--before", default="", metavar="TEXT", help="the words before it")
    parser.add_argument("--after", default="", metavar="TEXT", help="the words after it")
    parser.add_argument(
        "-n",
        "--limit",
        type=_limit,
        default=5,
        metavar="N",
        help="how many at most (default: %(default)s)",
    )
    parser.add_argument("--json", action="store_true", help="as JSON, on one line")


def run(args: argparse.Namespace) -> int:
    """Do the command."""
    word, before, after = map(unescaped, (args.word, args.before, args.after))
    if not word.strip():
        raise UsageError("the word is empty; check the quotes of your command")
    if len(word.split()) > 1:
        raise UsageError("that is more than one word; give the others with --before and --after")
    candidates = options.repairer(args).suggest(
        word.strip(), before=before, after=after, limit=args.limit
    )
    if args.json:
        output.write_json({"word": word, "candidates": [asdict(it) for it in candidates]})
    else:
        for candidate in candidates:
            output.write(f"{visible(candidate.text)}\t{candidate.confidence:.3f}\n")
    return 0 if candidates else 1


def _limit(value: str) -> int:
    if not value.isdecimal() or int(value) < 1:
        raise argparse.ArgumentTypeError(f"{value!r} is no number of candidates; write 1, 2, …")
    return int(value)
