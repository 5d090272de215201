from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from cli.fake import KAF, LOST, FakeRepairer

if TYPE_CHECKING:
    from pathlib import Path

    from cli.conftest import Command


def test_diagnose_says_what_is_wrong(command: Command, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"{LOST}تاب {LOST}بير\n")
    (tmp_path / "b.txt").write_text("باب\n")
    result = command("diagnose", tmp_path)
    assert result.status == 0
    assert result.out == (
        f"{tmp_path}/a.txt: AR202 private-use: 2 (50.0%), 99% sure: <U+E940> where no word has it\n"
        f"{tmp_path}/b.txt: nothing wrong in 1 word\n"
    )
    assert command("diagnose", "--check", tmp_path).status == 1
    assert command("diagnose", "--check", tmp_path / "b.txt").status == 0
    assert command("diagnose", "--check", tmp_path / "c.txt").status == 2


def test_diagnose_json(command: Command) -> None:
    result = command("diagnose", "--json", stdin=LOST.encode())
    value = json.loads(result.out)
    assert (value["file"], value["broken"], value["encoding"]) == ("-", True, "utf-8")
    assert value["findings"][0]["code"] == "AR202"
    assert result.out.isprintable() or "\\ue940" in result.out


def test_explain_gives_place_and_confidence(command: Command, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(f"باب\r\nو{LOST}تاب\r\n".encode())
    result = command("explain", tmp_path / "a.txt")
    assert result.status == 0
    title, finding, count, edit = result.out.splitlines()
    assert title == f"{tmp_path}/a.txt:"
    assert finding == "  AR202 private-use: 1 (50.0%), 99% sure: <U+E940> where no word has it"
    assert count == "  1 edit, 0 places left unrepaired"
    # A net edit spans its word; the isolating characters are those of the report.
    assert edit.startswith("    2:1 AR202 \u2068و<U+E940>تاب\u2069 -> \u2068وكتاب\u2069 97%")
    assert "nothing wrong in 1 word" in command("explain", stdin=b"fine").out
    assert json.loads(command("explain", "--json", tmp_path).out)["text"] == f"باب\r\nو{KAF}تاب\r\n"


def test_suggest(command: Command) -> None:
    result = command("suggest", f"{LOST}تاب", "--before", "في", "--after", "جديد", "-n", 1)
    assert (result.status, result.out) == (0, f"{KAF}تاب\t0.900\n")
    assert FakeRepairer.last == {"word": f"{LOST}تاب", "before": "في", "after": "جديد"}
    value = json.loads(command("suggest", "تاب", "--json").out)
    assert value == {
        "word": "تاب",
        "candidates": [{"text": "تاب", "confidence": 0.9}, {"text": "تاب", "confidence": 0.1}],
    }
    assert command("suggest", "none").status == 1


@pytest.mark.parametrize(
    ("arguments", "advice"),
    [
        (("",), "the word is empty"),
        (("two words",), "--before"),
        (("x", "-n", "0"), "write 1, 2"),
        ((), "WORD"),
    ],
)
def test_suggest_mistakes(command: Command, arguments: tuple[str, ...], advice: str) -> None:
    result = command("suggest", *arguments)
    assert result.status == 2
    assert advice in result.err
    assert result.err.count("\n") == 1


@pytest.mark.parametrize("name", ["repair", "diagnose", "explain", "suggest"])
def test_help_has_examples(command: Command, name: str) -> None:
    result = command(name, "--help")
    assert result.status == 0
    assert "examples:\n  " in result.out
    assert f"arfix {name} " in result.out
    assert max(map(len, result.out.splitlines())) <= 100


def test_general_help(command: Command) -> None:
    assert all(
        name in command("--help").out for name in ("repair", "diagnose", "explain", "suggest")
    )
    result = command()
    assert result.status == 2
    assert "usage: arfix" in result.err


@pytest.mark.parametrize(
    ("word", "advice"),
    [
        ("repiar", "did you mean 'repair'?"),
        ("wash", "there are repair, diagnose, explain, suggest"),
        (__file__, "to repair this file: arfix repair"),
        ("x" * 5000, "there are"),
        ("a\0b", "there are"),
    ],
)
def test_unknown_command(command: Command, word: str, advice: str) -> None:
    result = command(word)
    assert result.status == 2
    assert advice in result.err


def test_says_that_it_waits_for_the_keyboard(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(f"{command.__module__}._Stdin.isatty", lambda self: True)
    result = command("repair", stdin=LOST.encode())
    assert (result.status, result.out) == (0, KAF)
    assert result.err == "arfix: reading from the keyboard; end with Ctrl-D, or name a FILE\n"


def test_version(command: Command) -> None:
    result = command("--version")
    assert result.status == 0
    assert result.out.startswith("arfix ")
