"""The command `arfix`: reads its arguments, calls one command, ends quietly and in order."""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Sequence
from typing import Final, NoReturn

from arfix.cli import output
from arfix.errors import ArfixError
from arfix.visible import visible_name

#: Each is a module beside this one, imported only when it is called.
_COMMANDS: Final = {
    "repair": "repair texts",
    "diagnose": "say what is wrong with texts",
    "explain": "list the edits that a repair makes",
    "suggest": "say what a word may have been",
}
_FAILED: Final = 2
#: What a shell reports for a process that a signal has ended: 128 and its number.
_INTERRUPTED: Final = 130
_CLOSED_PIPE: Final = 141

_EXAMPLES: Final = """\
examples:
  arfix repair page.txt > repaired.txt
  arfix diagnose corpus/
  arfix explain page.txt
  arfix COMMAND --help      more of each
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command and return its exit status."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    output.prepare()
    try:
        status = _run(arguments)
        output.flush()
    except output.ClosedPipeError:
        return _CLOSED_PIPE
    except KeyboardInterrupt:
        output.warn("stopped; what was finished stays")
        return _INTERRUPTED
    except (ArfixError, output.UsageError, output.OutputError) as error:
        output.warn(str(error))
        return _FAILED
    return status


def _run(arguments: list[str]) -> int:
    """Read the arguments and do what they say."""
    try:
        if arguments and arguments[0] in _COMMANDS:
            return _run_command(arguments[0], arguments[1:])
        if arguments and not arguments[0].startswith("-"):
            raise output.UsageError(_advice(arguments[0]))
        parser = _general_parser()
        parser.parse_args(arguments)
    except SystemExit as end:  # --help and mistakes; argparse has said what there is to say
        return end.code if isinstance(end.code, int) else _FAILED
    parser.print_help(sys.stderr)
    return _FAILED


def _run_command(name: str, arguments: list[str]) -> int:
    """Load the module of one command, and let it do its work."""
    module = importlib.import_module(f"arfix.cli.{name}")
    parser = _Parser(
        prog=f"arfix {name}",
        description=module.DESCRIPTION,
        epilog=module.EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    module.add(parser)
    # Not `parse_args`: it gives up on files that stand before and after an option.
    args, unknown = parser.parse_known_intermixed_args(arguments)
    if unknown:
        raise output.UsageError(parser.about(unknown[0]))
    status: int = module.run(args)
    return status


def _advice(word: str) -> str:
    """Say what may have been meant by something that is no command."""
    import difflib

    if close := difflib.get_close_matches(word, _COMMANDS, n=1):
        return f"no command {word!r}; did you mean {close[0]!r}?"
    if os.path.lexists(word):
        return f"no command {word!r}; to repair this file: arfix repair {visible_name(word)}"
    return f"no command {word!r}; there are {', '.join(_COMMANDS)}; see arfix --help"


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line, and where to read on."""

    def error(self, message: str) -> NoReturn:
        """End with one line."""
        output.warn(f"{message[:1].lower()}{message[1:]}; see {self.prog} --help")
        self.exit(_FAILED)

    def about(self, unknown: str) -> str:
        """Say what may have been meant by an argument that nobody knows."""
        import difflib

        if not unknown.startswith("-"):
            return f"{unknown!r} is one argument too many; see {self.prog} --help"
        option = unknown.partition("=")[0]
        close = difflib.get_close_matches(option, self._option_string_actions, n=1)
        hint = f"did you mean {close[0]}?" if close else f"see {self.prog} --help"
        return f"unknown argument {unknown!r}; {hint}"

    def _print_message(self, message: str, file: object = None) -> None:
        # argparse would write in the encoding of the locale, which may have no Arabic.
        if file is sys.stdout or file is None:
            output.write(message)
        elif message and sys.stderr is not None:
            sys.stderr.write(message)


class _Version(argparse.Action):
    """Prints the version, which is looked up only now."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> NoReturn:
        """Print it and end."""
        import arfix

        output.write(f"arfix {arfix.__version__}\n")
        parser.exit()


def _general_parser() -> _Parser:
    """Build the parser for what stands without a command."""
    commands = "".join(f"  {name:10} {purpose}\n" for name, purpose in _COMMANDS.items())
    parser = _Parser(
        prog="arfix",
        usage="arfix COMMAND [arguments]",
        description="Repair Arabic text that a PDF extractor broke.",
        epilog=f"commands:\n{commands}\n{_EXAMPLES}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="print the version and end")
    return parser
