"""The command with the repairer that it is made for."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

from arfix.cli.main import main

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

CLEAN = "وصلت الحافلة متأخرة هذا الصباح، فركب الناس مسرعين.\r\nثم هدأ الشارع من جديد.\r\n"


def test_healthy_text_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "نص.txt"
    file.write_bytes(CLEAN.encode())
    before = file.stat()
    assert main(["repair", "--check", "--diff", str(file)]) == 0
    assert main(["diagnose", "--check", str(file)]) == 0
    assert main(["repair", "-q", "--in-place", str(file)]) == 0
    after = file.stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert "nothing wrong" in capsys.readouterr().out


def test_json_can_be_read_back(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from arfix.report import Repair

    file = tmp_path / "a.txt"
    file.write_bytes(CLEAN.encode())
    assert main(["repair", "--json", str(file)]) == 0
    line = capsys.readouterr().out
    assert Repair.from_json(line).text == CLEAN
    assert main(["diagnose", "--json", str(file)]) == 0
    assert json.loads(capsys.readouterr().out)["broken"] is False


def test_several_processes_agree_with_one(
    shared: Path, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    samples = str(shared / "samples")
    assert main(["repair", samples]) == 0
    alone = capfdbinary.readouterr().out
    assert main(["repair", "-j", "2", samples]) == 0
    assert capfdbinary.readouterr().out == alone
    assert main(["repair", "-q", "-o", str(tmp_path), samples]) == 0
    assert b"".join(p.read_bytes() for p in sorted(tmp_path.iterdir())) == alone


def test_the_package_is_the_command(environment: dict[str, str]) -> None:
    import arfix

    done = subprocess.run(
        [sys.executable, "-m", "arfix", "--version"],
        capture_output=True,
        check=True,
        env=environment,
    )
    assert done.stdout.decode() == f"arfix {arfix.__version__}\n"


def test_unknown_codes_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["repair", "--select", "lost-glyphs"]) == 2
    assert capsys.readouterr().err.count("\n") == 1
