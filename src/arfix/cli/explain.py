"""`arfix explain`: every edit of a repair, where it is and how sure it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from arfix.cli import jobs, options
from arfix.cli.diagnose import titled
from arfix.cli.inputs import Input, expand
from arfix.cli.jobs import Outcome
from arfix.cli.repair import Repairing

if TYPE_CHECKING:
    import argparse

    from arfix import Repairer

DESCRIPTION: Final = "List what a repair finds and every edit it makes; change nothing."
EXAMPLES: Final = """\
examples:
  arfix explain page.txt
  arfix explain --min-confidence 0.9 page.txt
  arfix explain --json page.txt | jq .edits

A line for each edit: LINE:COLUMN CODE before -> after, how sure it is, other readings.
Lines and columns count from 1, columns in code points; invisible characters are
written as <U+E940>.
"""


def add(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    options.add_inputs(parser)
    options.add_repair_options(parser)
    parser.add_argument("--json", action="store_true", help="one line of JSON for each text")


def run(args: argparse.Namespace) -> int:
    """Do the command."""
    repairer = options.repairer(args)
    tally = jobs.Tally()
    items = expand(args.files, args.glob, tally.report)
    task: jobs.Task = Explaining(repairer, args.encoding)
    if args.json:
        task = Repairing(repairer, "json", args.encoding, None, lone=False)
    jobs.drive(task, items, args.jobs, tally)
    return tally.status(check=False)


@dataclass(frozen=True, slots=True)
class Explaining:
    """The explanation of one text's repair."""

    repairer: Repairer
    encoding: str | None

    def __call__(self, item: Input) -> Outcome:
        """Do it."""
        repair = self.repairer.explain(jobs.read_source(item, self.encoding).decoded.text)
        return Outcome(titled(item.name, repair.to_text()), changed=repair.changed)
