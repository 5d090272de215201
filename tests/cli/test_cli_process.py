"""What only a process of its own can show: locale, pipes, signals, time."""

# ruff: noqa: S603 - the programs are our own
from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from cli.fake import KAF, LOST

Shell = Callable[..., "subprocess.CompletedProcess[bytes]"]

pytestmark = pytest.mark.skipif(os.name == "nt", reason="needs POSIX")


def test_utf8_without_a_locale(shell: Shell, tmp_path: Path) -> None:
    file = tmp_path / "ملف جديد.txt"
    file.write_bytes(f"{LOST}\n".encode())
    result = shell("repair", os.fsencode(file))
    assert (result.returncode, result.stdout, result.stderr) == (0, f"{KAF}\n".encode(), b"")
    result = shell("repair", "--check", os.fsencode(file))
    assert result.stdout.decode() == f"{file}: would be repaired\n"
    result = shell("repair", "غائب.txt".encode())
    assert "غائب.txt: no such file".encode() in result.stderr
    result = shell("suggest", f"{LOST}تاب".encode(), "-n", "1")
    assert result.stdout.decode() == f"{KAF}تاب\t0.900\n"
    result = shell("suggest", "--help")
    assert "امعة".encode() in result.stdout


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_closed_pipe_ends_quietly(
    program: list[str], environment: dict[str, str], tmp_path: Path, unbuffered: str
) -> None:
    environment["PYTHONUNBUFFERED"] = unbuffered
    (tmp_path / "big.txt").write_text("كلمة\n" * 200_000)
    process = subprocess.Popen(
        [*program, "repair", str(tmp_path)],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    assert process.stdout.readline() == "كلمة\n".encode()
    process.stdout.close()
    assert process.stderr.read() == b""
    assert process.wait(20) == 141
    process.stderr.close()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("arguments", [("repair",), ("--version",), ("repair", "--help")])
def test_a_full_disk_is_told_in_one_line(
    program: list[str], environment: dict[str, str], arguments: tuple[str, ...]
) -> None:
    with Path("/dev/full").open("wb") as full:
        result = subprocess.run(
            [*program, *arguments],
            input=b"x",
            env=environment,
            stdout=full,
            stderr=subprocess.PIPE,
            timeout=60,
            check=False,
        )
    assert result.returncode == 2
    assert result.stderr == b"arfix: cannot write to standard output: No space left on device\n"


def test_closed_output_and_input(program: list[str], environment: dict[str, str]) -> None:
    quoted = " ".join(program)
    for redirection, message in (
        (">&-", b"standard output is closed"),
        ("<&-", b"standard input is closed"),
    ):
        result = subprocess.run(
            ["/bin/sh", "-c", f"{quoted} repair {redirection}"],
            input=b"x",
            env=environment,
            capture_output=True,
            timeout=60,
            check=False,
        )
        assert result.returncode == 2
        assert message in result.stderr
        assert b"Traceback" not in result.stderr


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_ctrl_c_ends_with_one_line(
    program: list[str], environment: dict[str, str], tmp_path: Path, jobs: str
) -> None:
    for number in range(4):
        (tmp_path / f"{number}.txt").write_text("SLEEP")
    process = subprocess.Popen(
        [*program, "repair", "-i", "-j", jobs, str(tmp_path)],
        env=environment,
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
        # A shell starts background jobs deaf to Ctrl-C; the program of a user is not.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    assert process.stderr is not None
    for _ in range(int(jobs)):
        assert process.stderr.readline() == b"sleeping\n"
    started = time.monotonic()
    os.killpg(process.pid, signal.SIGINT)
    assert process.wait(20) == 130
    assert time.monotonic() - started < 10
    lines = [line for line in process.stderr.read().splitlines() if line != b"sleeping"]
    process.stderr.close()
    assert lines == [b"arfix: stopped; what was finished stays"]
    assert sorted(path.name for path in tmp_path.iterdir()) == [f"{n}.txt" for n in range(4)]


def test_version_is_quick_and_light(environment: dict[str, str]) -> None:
    code = (
        "import sys\nfrom arfix.cli.main import main\nmain(['--version'])\n"
        "heavy = {'regex', 'rapidfuzz', 'marisa_trie', 'mmap', 'multiprocessing',"
        " 'concurrent.futures',"
        " 'arfix.repairer', 'arfix.pipeline', 'arfix.unicode_tables', 'asyncio'}\n"
        "sys.exit(repr(heavy & set(sys.modules)) if heavy & set(sys.modules) else 0)"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, timeout=60, check=False
    )
    assert result.stderr == b""
    assert result.stdout.startswith(b"arfix ")
