"""Repair many texts in several processes, in order, reading only a little ahead."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from arfix.repairer import Repairer

#: Texts sent to a process at once: a page takes milliseconds, sending one alone takes a tenth.
_BATCH: Final = 16
#: Batches in the hands of each process, so that none waits while results are being used.
_AHEAD: Final = 3

_worker: Repairer | None = None


def repair_all(repairer: Repairer, texts: Iterable[str], processes: int) -> Iterator[str]:
    """Yield each text repaired, in order; an unchanged one is the very same object."""
    source = iter(texts)
    pool = ProcessPoolExecutor(processes, initializer=_start, initargs=(repairer,))
    waiting: deque[tuple[list[str], Future[list[str | None]]]] = deque()
    try:
        while True:
            while len(waiting) < processes * _AHEAD and (batch := list(islice(source, _BATCH))):
                waiting.append((batch, pool.submit(_repair, batch)))
            if not waiting:
                return
            batch, future = waiting.popleft()
            for text, repaired in zip(batch, future.result(), strict=True):
                yield text if repaired is None else repaired
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _start(repairer: Repairer) -> None:
    global _worker
    _worker = repairer


def _repair(batch: list[str]) -> list[str | None]:
    """Return the repaired texts, None for those that need none: they need no way back either."""
    assert _worker is not None  # noqa: S101 - the pool starts every process with _start
    repaired = [(text, _worker.repair(text)) for text in batch]
    return [None if after is text else after for text, after in repaired]
