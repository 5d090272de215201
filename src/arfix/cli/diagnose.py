"""`arfix diagnose`: what is wrong with a text, changing nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from arfix.cli import jobs, options
from arfix.cli.inputs import Input, expand
from arfix.cli.jobs import Outcome
from arfix.cli.output import json_line, plain
from arfix.visible import unescaped, visible, visible_name

if TYPE_CHECKING:
    import argparse

    from arfix import Repairer

DESCRIPTION: Final = "Say which defects a text has and on what evidence; change nothing."
EXAMPLES: Final = """\
examples:
  arfix diagnose page.txt
  arfix diagnose --check -j 4 corpus/      exit with 1 if any text is broken
  pdftotext book.pdf - | arfix diagnose --json

exit status: 0 fine, 1 with --check if a text is broken, 2 if anything failed.
"""

#: What a report puts around Arabic, so that a terminal keeps it in its place.
_ISOLATES: Final = re.compile("([\u2068\u2069])")


def add(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    options.add_inputs(parser)
    options.add_classes(parser)
    parser.add_argument("--json", action="store_true", help="one line of JSON for each text")
    parser.add_argument("--check", action="store_true", help="exit with 1 if a text is broken")


def run(args: argparse.Namespace) -> int:
    """Do the command."""
    repairer = options.repairer(args)
    tally = jobs.Tally()
    items = expand(args.files, args.glob, tally.report)
    jobs.drive(Diagnosing(repairer, args.encoding, args.json), items, args.jobs, tally)
    return tally.status(check=args.check)


@dataclass(frozen=True, slots=True)
class Diagnosing:
    """The diagnosis of one text."""

    repairer: Repairer
    encoding: str | None
    json: bool

    def __call__(self, item: Input) -> Outcome:
        """Do it."""
        source = jobs.read_source(item, self.encoding)
        diagnosis = self.repairer.diagnose(source.decoded.text)
        broken = bool(diagnosis)
        if self.json:
            value = {
                "file": unescaped(item.name),
                "broken": broken,
                "encoding": source.decoded.encoding.codec,
            }
            return Outcome(json_line(value | plain(diagnosis)), changed=broken)
        return Outcome(titled(item.name, diagnosis.to_text()), changed=broken)


def titled(name: str, report: str) -> str:
    r"""Return a report under the name of its text: beside it if there is one line, else below.

    Example:
        >>> titled("a.txt", "one\ntwo")
        'a.txt:\n  one\n  two\n'
    """
    lines = ["".join(map(_seen, _ISOLATES.split(line))) for line in report.split("\n")]
    if len(lines) == 1:
        return f"{visible_name(name)}: {lines[0]}\n"
    return "".join([f"{visible_name(name)}:\n", *(f"  {line}\n" for line in lines)])


def _seen(part: str) -> str:
    return part if _ISOLATES.fullmatch(part) else visible(part)
