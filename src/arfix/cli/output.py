"""Standard output and the messages beside it: UTF-8 whatever the locale, one line a problem."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import sys
from typing import Any, Final

from arfix.visible import visible

#: Characters of a JSON document that stand only inside its strings, and would not be seen.
_UNSEEN_IN_JSON: Final = re.compile(
    "[\x7f-\xa0\xad\u0600-\u0605\u061c\u06dd\u070f\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f"
    "\u3000\ud800-\uf8ff\ufeff\ufff9-\ufffb\U000e0000-\U0010ffff]"
)


class UsageError(Exception):
    """The arguments cannot be meant so; the message says what to change."""


class ClosedPipeError(Exception):
    """Whoever read our output has gone; there is nobody left to tell."""


class OutputError(Exception):
    """Standard output cannot be written."""


def write(text: str) -> None:
    """Write to standard output as UTF-8, newlines as they are.

    Raises:
        ClosedPipeError: The reader is gone.
        OutputError: The disk is full, or there is no standard output at all.
    """
    if sys.stdout is None:
        raise OutputError("standard output is closed")
    binary = getattr(sys.stdout, "buffer", None)
    try:
        if binary is None:  # somebody put a StringIO in its place
            sys.stdout.write(text)
        else:
            sys.stdout.flush()
            rest = memoryview(text.encode("utf-8", "surrogatepass"))
            while rest:  # with PYTHONUNBUFFERED, a write may take only a part
                rest = rest[binary.write(rest) :]
    except OSError as error:
        raise _failure(error) from None


def flush() -> None:
    """Bring everything written out, while errors can still be told."""
    if sys.stdout is None:
        return
    try:
        sys.stdout.flush()
    except OSError as error:
        raise _failure(error) from None


def _failure(error: OSError) -> Exception:
    """Sort a failure to write, and keep the interpreter from trying again at its exit."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
    # Windows says EINVAL when the reading end of a pipe is gone.
    windows = os.name == "nt" and error.errno == errno.EINVAL
    if isinstance(error, BrokenPipeError) or windows:
        return ClosedPipeError()
    return OutputError(f"cannot write to standard output: {error.strerror or error}")


def write_json(value: Any) -> None:
    """Write `value` as one line of JSON; Arabic stays readable, the invisible is escaped."""
    write(json_line(value))


def json_line(value: Any) -> str:
    r"""Return `value` as one line of JSON.

    Example:
        >>> json_line({"text": "a\ue940"})
        '{"text": "a\\ue940"}\n'
    """
    import json

    return _UNSEEN_IN_JSON.sub(_escape, json.dumps(value, ensure_ascii=False)) + "\n"


def plain(value: Any) -> dict[str, Any]:
    """Return a result of the library as a dictionary fit for JSON."""
    import json

    return dict(json.loads(value.to_json()))


def _escape(match: re.Match[str]) -> str:
    """Spell one character as JSON does, beyond the basic plane as a surrogate pair."""
    units = match[0].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[i]:02x}{units[i + 1]:02x}" for i in range(0, len(units), 2))


def warn(message: str) -> None:
    """Say one line on standard error."""
    if sys.stderr is None:
        return
    with contextlib.suppress(OSError, ValueError):
        # A message that cannot be delivered must not stop the work.
        sys.stderr.write(f"arfix: {visible(message)}\n")
        sys.stderr.flush()


def prepare() -> None:
    """Let messages be UTF-8 as the output is."""
    reconfigure = getattr(sys.stderr, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(encoding="utf-8", errors="backslashreplace")
