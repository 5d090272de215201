# ruff: noqa: S603 - the program is our own
from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from cli.fake import FakeRepairer

import arfix
from arfix.cli.main import main


@dataclass(frozen=True)
class Result:
    status: int
    out: str
    err: str


Command = Callable[..., Result]


class _Stdin:
    def __init__(self, data: bytes) -> None:
        self.buffer = io.BytesIO(data)

    def close(self) -> None:
        pass

    def isatty(self) -> bool:
        return False


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> Command:
    """Runs the command in this process with a repairer that has no models."""
    monkeypatch.setattr(arfix, "Repairer", FakeRepairer, raising=False)

    def run(*arguments: object, stdin: bytes = b"") -> Result:
        monkeypatch.setattr(sys, "stdin", _Stdin(stdin))
        status = main([str(argument) for argument in arguments])
        out, err = capfdbinary.readouterr()
        return Result(status, out.decode("utf-8"), err.decode("utf-8"))

    return run


@pytest.fixture
def program() -> list[str]:
    """The same as a program of its own."""
    return [sys.executable, "-X", "utf8=0", str(Path(__file__).with_name("fake.py"))]


@pytest.fixture
def environment() -> dict[str, str]:
    """An environment without any locale, in which the package is found."""
    source = str(Path(arfix.__file__).parents[1])
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": source,
        "LC_ALL": "C",
        "PYTHONCOERCECLOCALE": "0",
        "PYTHONUTF8": "0",
    }


@pytest.fixture
def shell(
    program: list[str], environment: dict[str, str]
) -> Callable[..., subprocess.CompletedProcess[bytes]]:
    """Runs the program to its end."""

    def run(
        *arguments: str | bytes, stdin: bytes = b"", **options: object
    ) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(  # type: ignore[call-overload,no-any-return]
            [*program, *arguments],
            input=stdin,
            capture_output=True,
            env=environment,
            timeout=60,
            check=False,
            **options,
        )

    return run
