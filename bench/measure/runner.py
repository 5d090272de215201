"""Running a repairer over many documents in two processes, told nothing about their damage."""

from __future__ import annotations

import importlib
import multiprocessing
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from arfix.view import WORD, bare
from measure.damage import words_of
from measure.score import Score, is_restored, score

if TYPE_CHECKING:
    from measure.damage import Damaged


class Repairer(Protocol):
    """What the bench calls; ``arfix.Repairer`` and every stand-in have this shape."""

    def repair(self, text: str) -> str: ...

    def explain(self, text: str) -> Any: ...

    def suggest(self, word: str) -> Sequence[Any]: ...


@dataclass(frozen=True, slots=True)
class Job:
    """One document to repair.

    Attributes:
        key: The row of the report that it counts for.
        case: The document.
        options: Options of the repairer, as sorted pairs.
        explain: Whether to ask for reasons too: the channel, the confidence of every change.
    """

    key: str
    case: Damaged
    options: tuple[tuple[str, Any], ...] = ()
    explain: bool = True


@dataclass(slots=True)
class Outcome:
    """What became of a job.

    Attributes:
        key: The job's key.
        score: Counts and errors.
        same_object: Whether the very same string came back.
        outside: Whether anything but Arabic-script words differs from the input.
        judged: For each word that the repair changed: confidence, whether it is right now,
            whether the damage had changed it.
        channel: How the lost glyphs that were inferred compare with those that were lost:
            ``exact``, ``more``, ``fewer``, ``none`` or ``other``; empty where nobody knows.
    """

    key: str
    score: Score
    same_object: bool
    outside: bool
    judged: list[tuple[float, bool, bool]] = field(default_factory=list)
    channel: str = ""


def load_factory(name: str) -> Callable[..., Repairer]:
    """Return the callable that ``module:factory`` names."""
    module, _, attribute = name.partition(":")
    try:
        found: Callable[..., Repairer] = getattr(importlib.import_module(module), attribute)
    except (ImportError, AttributeError) as error:
        raise SystemExit(f"--repairer {name}: {error}") from error
    return found


def load_lexicon() -> Any:
    """Return arfix's word list, ``None`` while it cannot be opened."""
    try:
        resources = importlib.import_module("arfix.resources")
        return resources.Resources.load().lexicon
    except Exception:
        return None


_factory_name = "arfix:Repairer"
_made: dict[tuple[tuple[str, Any], ...], Repairer] = {}
_lexicon: Any = None


def set_up(factory_name: str) -> None:
    """Tell this process which repairer to measure."""
    global _factory_name, _lexicon
    _factory_name = factory_name
    _made.clear()
    _lexicon = load_lexicon()


def repairer(options: tuple[tuple[str, Any], ...] = ()) -> Repairer:
    """Return this process's repairer for the options."""
    if options not in _made:
        _made[options] = load_factory(_factory_name)(**dict(options))
    return _made[options]


def run_job(job: Job) -> Outcome:
    """Repair one document and score it."""
    tool = repairer(job.options)
    start = time.process_time()
    explained = tool.explain(job.case.text) if job.explain else None
    output = explained.text if explained is not None else tool.repair(job.case.text)
    cpu = time.process_time() - start
    result = score(job.case, output, _lexicon)
    result.counts.cpu_s = cpu
    return Outcome(
        job.key,
        result,
        same_object=output is job.case.text,
        outside=_skeleton(output) != _skeleton(job.case.text),
        judged=_judge(job.case, output, explained) if explained is not None else [],
        channel=_compare(job.case, explained),
    )


def _compare(case: Damaged, explained: Any) -> str:
    channel = getattr(explained, "channel", None)
    if channel is None:
        return ""
    found = {(glyph.letter, glyph.form) for glyph in channel.lost}
    truth = {(glyph.letter, glyph.form) for glyph in case.lost}
    if found == truth:
        return "exact"
    if not found:
        return "none"
    return "more" if found > truth else "fewer" if found < truth else "other"


def _skeleton(text: str) -> str:
    """Return a text with its Arabic-script words blanked."""
    return WORD.sub("\u0627", text)


def _judge(case: Damaged, output: str, explained: Any) -> list[tuple[float, bool, bool]]:
    """Return confidence, rightness and need of every word that was changed."""
    spans = [match.span() for match in WORD.finditer(case.text) if bare(match.group())]
    produced = words_of(output)
    kept = [index for index, seen in enumerate(case.seen_words) if seen]
    if not len(spans) == len(produced) == len(kept):
        return []
    sure: dict[int, float] = {}
    at = 0
    for edit in sorted(explained.edits, key=lambda edit: edit.start):
        while at < len(spans) and spans[at][1] < edit.start:
            at += 1
        index = at
        while index < len(spans) and spans[index][0] <= edit.end:
            sure[index] = min(sure.get(index, 1.0), float(edit.confidence))
            index += 1
    judged = []
    for index, confidence in sorted(sure.items()):
        gold, seen = case.gold_words[kept[index]], case.seen_words[kept[index]]
        if produced[index] == seen:
            continue
        right = is_restored(produced[index], gold, seen) if seen != gold else False
        judged.append((confidence, right, seen != gold))
    return judged


class Runner:
    """A pool of processes, each with the repairer under measure."""

    def __init__(self, factory_name: str, processes: int) -> None:
        self.factory_name = factory_name
        self.processes = processes
        context = multiprocessing.get_context("spawn")
        self._pool = (
            context.Pool(processes, initializer=set_up, initargs=(factory_name,))
            if processes > 1
            else None
        )
        set_up(factory_name)

    def local(self, options: tuple[tuple[str, Any], ...] = ()) -> Repairer:
        """Return a repairer in this process."""
        return repairer(options)

    def run(self, jobs: Sequence[Job]) -> Iterator[Outcome]:
        """Yield the outcomes in the order of the jobs."""
        yield from self.map(run_job, jobs)

    def map(self, function: Callable[[Any], Any], items: Iterable[Any]) -> Iterator[Any]:
        """Yield what a module-level function returns for each item, in order."""
        if self._pool is None:
            yield from map(function, items)
        else:
            yield from self._pool.imap(function, items, chunksize=2)

    def close(self) -> None:
        """End the processes."""
        if self._pool is not None:
            self._pool.close()
            self._pool.join()
