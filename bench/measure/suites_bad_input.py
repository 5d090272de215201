"""Any string at all is accepted, in time that grows with its length and no faster."""

from __future__ import annotations

import multiprocessing
import random
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from measure.corpus import paragraphs
from measure.runner import load_factory

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from measure.bench import Bench, Report

#: The longest that one input may take, in seconds.
LIMIT_S = 400
#: Double the length may cost this much more.
LINEAR = 2.6


def _one_line(size: int) -> str:
    text = " ".join(paragraphs("news_unseen_source"))
    while len(text.encode()) < size:
        text += " " + text
    return text.encode()[:size].decode(errors="ignore")


def _private_use(count: int) -> str:
    chooser = random.Random(count)
    return "".join(chr(0xE000 + chooser.randrange(0x1900)) for _ in range(count))


def _private_use_in_words(count: int) -> str:
    """Codes inside Arabic words, as a cipher has them."""
    chooser = random.Random(count)
    letters = [chr(code) for code in range(0x627, 0x63B)]
    pieces: list[str] = []
    for index in range(count):
        pieces += (chooser.choice(letters), chr(0xE000 + chooser.randrange(64)))
        if index % 3 == 2:
            pieces.append(" ")
    return "".join(pieces)


def _surrogates(count: int) -> str:
    chooser = random.Random(count)
    return "".join(
        chr(chooser.choice((0xD800 + index % 1024, 0x643, 0x20, 0xDC00))) for index in range(count)
    )


def _marks(count: int) -> str:
    return "\u0643" + "\u064e" * (count - 1)


def _one_word(count: int) -> str:
    return "\u0643\u064a\u0644" * (count // 3)


def _nul(count: int) -> str:
    return "\0" * count


def _mixed(count: int) -> str:
    chooser = random.Random(count)
    ranges = ((0x20, 0x7F), (0x600, 0x700), (0xFE70, 0xFEFD), (0xE000, 0xE900), (0x200B, 0x2070))
    return "".join(chr(chooser.randrange(*chooser.choice(ranges))) for _ in range(count))


_MAKERS: dict[str, tuple[Callable[[int], str], int, int]] = {
    # name: maker, size in a full run, size in a fast one
    "Arabic text on one line (bytes)": (_one_line, 10_000_000, 400_000),
    "private-use codes": (_private_use, 1_000_000, 100_000),
    "private-use codes in words": (_private_use_in_words, 400_000, 20_000),
    "lone surrogates": (_surrogates, 1_000_000, 60_000),
    "NULs": (_nul, 2_000_000, 200_000),
    "marks on one letter": (_marks, 1_000_000, 60_000),
    "one word": (_one_word, 300_000, 20_000),
    "characters at random": (_mixed, 400_000, 20_000),
}


def _child(pipe: Connection, factory: str, options: Report, name: str, sizes: list[int]) -> None:
    """Repair texts of growing size; send what happened after each."""
    tool = load_factory(factory)(**options)
    tool.repair("\u0643\u062a\u0627\u0628")
    maker = _MAKERS[name][0]
    for size in sizes:
        text = maker(size)
        start = time.process_time()
        try:
            output = tool.repair(text)
        except BaseException as error:
            pipe.send({"size": size, "error": f"{type(error).__name__}: {error}"[:300]})
            return
        spent = time.process_time() - start
        same = output is text
        pipe.send(
            {
                "size": size,
                "characters": len(text),
                "cpu_s": round(spent, 4),
                "type": type(output).__name__,
                "same_object": same,
                # What a repair of that size costs again is no news; small ones prove the law.
                "idempotent": True
                if same
                else (tool.repair(output) == output if len(text) <= 500_000 else None),
            }
        )


def bad_input(bench: Bench) -> Report:
    """Return what becomes of input that no one would call a text."""
    rows: Report = {}
    context = multiprocessing.get_context("spawn")
    for name, (_, full, fast) in _MAKERS.items():
        size = fast if bench.fast else full
        ours, theirs = context.Pipe(duplex=False)
        process = context.Process(
            target=_child,
            args=(theirs, bench.runner.factory_name, bench.options, name, [size // 2, size]),
        )
        process.start()
        theirs.close()
        runs = _collect(ours, bench)
        process.join(5)
        if process.is_alive():
            process.kill()
        rows[name] = _verdict(runs)
    return {"types": _types(bench), "rows": rows}


def _collect(pipe: Connection, bench: Bench) -> list[Report]:
    runs: list[Report] = []
    limit = 20 if bench.fast else LIMIT_S
    for _ in range(2):
        try:
            if not pipe.poll(limit):
                runs.append({"error": f"not done after {limit} s"})
                break
            runs.append(pipe.recv())
        except EOFError:
            runs.append({"error": "the process died"})
            break
    return runs


def _verdict(runs: list[Report]) -> Report:
    failed = next((run["error"] for run in runs if "error" in run), None)
    if failed:
        return {"ok": False, "error": failed, "runs": runs}
    small, large = runs
    ratio = large["cpu_s"] / max(small["cpu_s"], 1e-3)
    # Times this short are noise.
    linear = large["cpu_s"] < 0.1 or ratio < LINEAR
    return {
        "ok": linear
        and large["type"] == "str"
        and all(run["idempotent"] is not False for run in runs),
        "size": large["size"],
        "cpu_s": large["cpu_s"],
        "times_the_half": round(ratio, 2),
        "linear": linear,
        "same_object": large["same_object"],
        "idempotent": large["idempotent"],
    }


def _types(bench: Bench) -> Report:
    """Return what is raised for what is no string, and for the empty one."""
    tool = bench.runner.local(bench.keyed_options())
    found: Report = {}
    for name, value in (("bytes", b"\xd9\x83"), ("None", None), ("list", [])):
        try:
            tool.repair(value)  # type: ignore[arg-type]
            found[name] = "accepted"
        except Exception as error:
            kind = "TypeError" if isinstance(error, TypeError) else type(error).__name__
            found[name] = f"{kind}: {error}"[:200]
    empty = ""
    found["empty string"] = "the same object" if tool.repair(empty) is empty else "changed"
    return found
