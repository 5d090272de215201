"""One task over many texts: in order, in several processes, each failure told in one line."""

from __future__ import annotations

import os
import signal
import sys
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

from arfix.cli import output
from arfix.cli.inputs import Input, problem
from arfix.errors import ArfixError, ConfigError, DataError
from arfix.io.decode import Decoded, decode
from arfix.io.files import Stamp, read
from arfix.visible import visible_name

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

FINE: Final = 0
CHANGED: Final = 1
FAILED: Final = 2

#: Results that may wait for an earlier, slower one; bounds the memory a long run needs.
_AHEAD: Final = 4


class InputError(Exception):
    """One text cannot be done; the message is the whole line that says so."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one text.

    Attributes:
        output: What standard output shall get.
        problem: Why it failed, in one line.
        changed: Whether a repair changes it, or a diagnosis calls it broken.
    """

    output: str = ""
    problem: str | None = None
    changed: bool = False


class Task(Protocol):
    """What is done to each text; it travels to other processes, so it is picklable."""

    def __call__(self, item: Input) -> Outcome:
        """Do it."""


@dataclass(frozen=True, slots=True)
class Source:
    """A text that has been read.

    Attributes:
        data: Its bytes.
        decoded: The same as text.
        stamp: The state of its file; None for standard input.
    """

    data: bytes
    decoded: Decoded
    stamp: Stamp | None


def read_source(item: Input, encoding: str | None) -> Source:
    """Read one text.

    Raises:
        InputError: It cannot be read.
        DecodeError: It is not text.
    """
    stamp: Stamp | None = None
    try:
        if item.path is not None:
            data, stamp = read(item.path)
        else:
            if sys.stdin is None:
                raise InputError("standard input is closed; name a FILE")
            if sys.stdin.isatty():
                output.warn("reading from the keyboard; end with Ctrl-D, or name a FILE")
            data = sys.stdin.buffer.read()
    except OSError as error:
        raise InputError(problem(error, item.name)) from None
    return Source(data, decode(data, encoding), stamp)


def attempt(task: Task, item: Input) -> Outcome:
    """Do one text; whatever is wrong with it, the others can still be done.

    Raises:
        ConfigError: The options, which only the first text has put to use, are wrong.
        DataError: The models cannot be opened.
    """
    name = visible_name(item.name)
    try:
        return task(item)
    except (ConfigError, DataError):
        raise  # nothing about this text: no other would fare better
    except InputError as error:
        return Outcome(problem=str(error))
    except ArfixError as error:
        return Outcome(problem=f"{name}: {error}")
    except MemoryError:
        return Outcome(problem=f"{name}: not enough memory; split it, or lower -j")
    except Exception as error:
        if os.environ.get("ARFIX_DEBUG"):
            raise
        return Outcome(
            problem=f"{name}: internal error ({type(error).__name__}: {error}); please "
            "report it; ARFIX_DEBUG=1 shows where it happened"
        )


def run(task: Task, items: Sequence[Input], processes: int) -> Iterator[Outcome]:
    """Yield the outcome of each text, in the order of the texts."""
    processes = min(processes or os.cpu_count() or 1, sum(item.path is not None for item in items))
    if processes <= 1:
        for item in items:
            yield attempt(task, item)
        return
    from concurrent.futures import ProcessPoolExecutor  # 20 ms that a single process saves

    pool = ProcessPoolExecutor(processes, initializer=_start_worker, initargs=(task,))
    try:
        yield from _ordered(pool, task, items, processes * _AHEAD)
    finally:
        # After Ctrl-C, too, every process ends what it is writing.
        pool.shutdown(wait=True, cancel_futures=True)


def _ordered(
    pool: ProcessPoolExecutor, task: Task, items: Sequence[Input], ahead: int
) -> Iterator[Outcome]:
    """Hand texts out some way ahead of the one whose outcome is due."""
    from concurrent.futures.process import BrokenProcessPool

    waiting: deque[tuple[Input, Future[Outcome] | None]] = deque()
    rest = iter(items)
    while True:
        while len(waiting) < ahead and (item := next(rest, None)) is not None:
            # Standard input is ours alone: other processes have none.
            waiting.append((item, pool.submit(_work, item) if item.path is not None else None))
        if not waiting:
            return
        item, future = waiting.popleft()
        try:
            yield attempt(task, item) if future is None else future.result()
        except BrokenProcessPool:
            raise InputError(
                "a worker process died, perhaps for want of memory; try again with a smaller -j"
            ) from None


_task: Task | None = None
_busy = False
_stopped = False


def _start_worker(task: Task) -> None:
    """Keep the task; let Ctrl-C end work in hand, and not print a traceback of waiting."""
    global _task
    _task = task
    signal.signal(signal.SIGINT, _interrupt)


def _interrupt(_number: int, _frame: object) -> None:
    global _stopped
    _stopped = True
    if _busy:
        raise KeyboardInterrupt


def _work(item: Input) -> Outcome:
    """Do one text in another process."""
    global _busy
    assert _task is not None  # noqa: S101 - the initializer has run
    if _stopped:  # the pool has handed out more than it can take back
        raise KeyboardInterrupt
    _busy = True
    try:
        return attempt(_task, item)
    finally:
        _busy = False


@dataclass(slots=True)
class Tally:
    """How many texts there were, how many changed, how many failed."""

    texts: int = 0
    changed: int = 0
    failed: int = 0

    def report(self, message: str) -> None:
        """Count a failure and tell it."""
        self.failed += 1
        output.warn(message)

    def status(self, *, check: bool) -> int:
        """Return the exit status of the command."""
        if self.failed:
            return FAILED
        return CHANGED if check and self.changed else FINE


def drive(task: Task, items: Sequence[Input], processes: int, tally: Tally) -> None:
    """Do every text, writing what comes of it and counting."""
    outcomes: Iterable[Outcome] = run(task, items, processes)
    try:
        for outcome in outcomes:
            tally.texts += 1
            tally.changed += outcome.changed
            if outcome.problem is not None:
                tally.report(outcome.problem)
            if outcome.output:
                output.write(outcome.output)
    except InputError as error:
        tally.report(str(error))
