from __future__ import annotations

import codecs
import json
import os
import stat
import sys
from typing import TYPE_CHECKING

import pytest
from cli.fake import KAF, LOST, FakeRepairer

if TYPE_CHECKING:
    from pathlib import Path

    from cli.conftest import Command

BROKEN = f"{LOST}تاب\n"
FIXED = f"{KAF}تاب\n"
CLEAN = "باب\n"

posix = pytest.mark.skipif(os.name == "nt", reason="needs POSIX")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "sub").mkdir()
    (tmp_path / "broken.txt").write_bytes(BROKEN.encode())
    (tmp_path / "clean.txt").write_bytes(CLEAN.encode())
    (tmp_path / "sub" / "اسم ملف.txt").write_bytes(BROKEN.encode())
    (tmp_path / "other.md").write_bytes(BROKEN.encode())
    (tmp_path / ".hidden.txt").write_bytes(BROKEN.encode())
    return tmp_path


def names(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_prints_and_leaves_the_file_alone(command: Command, folder: Path) -> None:
    result = command("repair", folder / "broken.txt")
    assert (result.status, result.out, result.err) == (0, FIXED, "")
    assert (folder / "broken.txt").read_text() == BROKEN


@pytest.mark.parametrize("arguments", [(), ("-",), ("-", "-")])
def test_filters_standard_input(command: Command, arguments: tuple[str, ...]) -> None:
    result = command("repair", *arguments, stdin=f"{LOST}\r\nx\r".encode())
    assert (result.status, result.out) == (0, f"{KAF}\r\nx\r")


@pytest.mark.parametrize(
    "data", [b"", b"\n", codecs.BOM_UTF8, codecs.BOM_UTF8 + CLEAN.encode(), b"\xef\xbb\xbfa\r\n"]
)
def test_healthy_utf8_passes_byte_for_byte(command: Command, data: bytes) -> None:
    assert command("repair", stdin=data).out.encode() == data


def test_prints_utf8_whatever_came_in(command: Command, tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(codecs.BOM_UTF16_LE + BROKEN.encode("utf-16-le"))
    assert command("repair", file).out == FIXED
    assert command("repair", stdin=CLEAN.encode("cp1256")).out == CLEAN
    assert command("repair", "--encoding", "cp1256", stdin=b"\xc7").out == "\u0627"


@pytest.mark.parametrize(
    ("codec", "mark"),
    [
        ("utf-8", b""),
        ("utf-8", codecs.BOM_UTF8),
        ("utf-16-le", codecs.BOM_UTF16_LE),
        ("utf-16-be", b""),
    ],
)
def test_in_place_keeps_encoding_mark_and_newlines(
    command: Command, tmp_path: Path, codec: str, mark: bytes
) -> None:
    text = f"{LOST}تاب\r\nسطر آخر\r\n"
    file = tmp_path / "a.txt"
    file.write_bytes(mark + text.encode(codec))
    result = command("repair", "--in-place", file)
    assert (result.status, result.out) == (0, "")
    assert file.read_bytes() == mark + text.replace(LOST, KAF).encode(codec)
    assert names(tmp_path) == ["a.txt"]


@posix
def test_in_place_keeps_permissions_and_rewrites_nothing_healthy(
    command: Command, folder: Path
) -> None:
    (folder / "broken.txt").chmod(0o640)
    before = (folder / "clean.txt").stat()
    result = command("repair", "-i", folder / "broken.txt", folder / "clean.txt")
    assert result.err == "arfix: 1 of 2 texts repaired\n"
    assert stat.S_IMODE((folder / "broken.txt").stat().st_mode) == 0o640
    after = (folder / "clean.txt").stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert command("repair", "-qi", folder / "broken.txt").err == ""


@posix
def test_in_place_follows_a_named_link_and_keeps_it(command: Command, folder: Path) -> None:
    link = folder / "link.txt"
    link.symlink_to("broken.txt")
    result = command("repair", "--in-place", link, folder / "broken.txt")
    assert result.err == "arfix: 1 of 1 texts repaired\n"
    assert link.is_symlink()
    assert (folder / "broken.txt").read_text() == FIXED


@posix
def test_in_place_leaves_links_found_in_a_folder(
    command: Command, folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside") / "theirs.txt"
    outside.write_text(BROKEN)
    (folder / "sub" / "link.txt").symlink_to(outside)
    result = command("repair", "--in-place", folder)
    assert result.status == 2
    assert "link.txt: a link, left alone" in result.err
    assert outside.read_text() == BROKEN
    assert (folder / "broken.txt").read_text() == FIXED


def test_in_place_refuses_a_file_that_changed_meanwhile(
    command: Command, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slow(self: FakeRepairer, text: str) -> str:
        (folder / "broken.txt").write_text("newer words\n")
        return text.replace(LOST, KAF)

    monkeypatch.setattr(FakeRepairer, "repair", slow)
    result = command("repair", "--in-place", folder / "broken.txt")
    assert result.status == 2
    assert "somebody changed it" in result.err
    assert (folder / "broken.txt").read_text() == "newer words\n"


def test_in_place_is_all_or_nothing(
    command: Command, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    before = names(folder)
    result = command("repair", "--in-place", folder / "broken.txt")
    assert result.status == 2
    assert result.err.splitlines()[0].endswith("cannot write it: No space left on device")
    assert (folder / "broken.txt").read_text() == BROKEN
    assert names(folder) == before


def test_in_place_says_what_the_encoding_cannot_spell(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(FakeRepairer, "repair", lambda self, text: text + "\u0661")
    file = tmp_path / "a.txt"
    file.write_bytes(CLEAN.encode("cp1256"))
    result = command("repair", "-i", file)
    assert result.status == 2
    assert "U+0661" in result.err
    assert file.read_bytes() == CLEAN.encode("cp1256")


def test_output_folder_gets_every_text_under_its_name(command: Command, folder: Path) -> None:
    out = folder / "deep" / "out"
    result = command("repair", "-o", out, folder)
    assert (result.status, result.out, result.err) == (0, "", "arfix: 2 of 3 texts repaired\n")
    assert names(out) == ["broken.txt", "clean.txt", "sub/اسم ملف.txt".replace("/", os.sep)]
    assert (out / "sub" / "اسم ملف.txt").read_bytes() == FIXED.encode()
    assert (out / "clean.txt").read_bytes() == CLEAN.encode()
    assert (folder / "broken.txt").read_text() == BROKEN
    # The folder of the results is not searched for texts, and they may be written anew.
    assert command("repair", "-o", out, folder).status == 0
    assert names(out) == ["broken.txt", "clean.txt", "sub/اسم ملف.txt".replace("/", os.sep)]


def test_output_folder_refuses_two_texts_of_one_name(command: Command, folder: Path) -> None:
    (folder / "sub" / "broken.txt").write_text(CLEAN)
    out = folder / "out"
    result = command("repair", "-o", out, folder / "broken.txt", folder / "sub" / "broken.txt")
    assert result.status == 2
    assert "would both become" in result.err
    assert not out.exists()


def test_output_folder_takes_the_same_file_twice(command: Command, folder: Path) -> None:
    result = command(
        "repair", "-o", folder / "out", folder / "broken.txt", folder / "sub" / ".." / "broken.txt"
    )
    assert result.err == "arfix: 1 of 1 texts repaired\n"


@pytest.mark.parametrize("inputs", [("broken.txt",), ("",)])
def test_output_folder_never_overwrites_an_input(
    command: Command, folder: Path, inputs: tuple[str, ...]
) -> None:
    result = command("repair", "-o", folder, *(folder / name for name in inputs))
    assert result.status == 2
    assert "would be written over the input" in result.err
    assert "--in-place" in result.err
    assert (folder / "broken.txt").read_text() == BROKEN


@posix
def test_output_folder_never_overwrites_an_input_through_a_link(
    command: Command, folder: Path
) -> None:
    out = folder / "out"
    out.mkdir()
    (out / "broken.txt").symlink_to(folder / "broken.txt")
    result = command("repair", "-o", out, folder / "broken.txt")
    assert result.status == 2
    assert (folder / "broken.txt").read_text() == BROKEN


@posix
def test_a_new_file_gets_the_permissions_the_user_wants(command: Command, folder: Path) -> None:
    mask = os.umask(0o027)
    try:
        command("repair", "-o", folder / "out", folder / "broken.txt")
    finally:
        os.umask(mask)
    assert stat.S_IMODE((folder / "out" / "broken.txt").stat().st_mode) == 0o640


def test_output_must_be_a_folder(command: Command, folder: Path) -> None:
    result = command("repair", "-o", folder / "clean.txt", folder / "broken.txt")
    assert result.status == 2
    assert "this is a file; name a folder" in result.err
    result = command("repair", "-o", folder / "clean.txt" / "x", folder / "broken.txt")
    assert result.status == 2
    assert (folder / "clean.txt").read_text() == CLEAN


def test_diff_shows_invisible_characters(command: Command, folder: Path) -> None:
    file = folder / "broken.txt"
    file.write_bytes(f"a\r\n\u200f{LOST}\r\nend".encode())
    result = command("repair", "--diff", file)
    assert result.status == 0
    assert result.out == (
        f"--- {file}\n+++ {file} (repaired)\n@@ -1,3 +1,3 @@\n a\r\n"
        f"-<U+200F><U+E940>\r\n+<U+200F>{KAF}\r\n end\n\\ No newline at end of file\n"
    )
    assert command("repair", "--diff", folder / "clean.txt").out == ""


def test_check_names_what_would_change(command: Command, folder: Path) -> None:
    result = command("repair", "--check", folder)
    assert result.status == 1
    assert [line.rpartition(":")[0] for line in result.out.splitlines()] == [
        str(folder / "broken.txt"),
        str(folder / "sub" / "اسم ملف.txt").replace(" ", " "),
    ]
    assert (folder / "broken.txt").read_text() == BROKEN
    assert command("repair", "--check", folder / "clean.txt").status == 0
    assert command("repair", "--check", "--diff", folder / "broken.txt").status == 1
    assert command("repair", "--check", folder / "broken.txt", folder / "nowhere").status == 2


def test_json_is_one_line_a_text(command: Command, folder: Path) -> None:
    result = command("repair", "--json", folder)
    first, _, third = map(json.loads, result.out.splitlines())
    assert LOST not in result.out
    assert first["file"] == str(folder / "broken.txt")
    assert first["encoding"] == "utf-8"
    assert third["text"] == FIXED
    assert third["edits"][0]["start"] == 0
    assert command("repair", "--json", "--check", folder).status == 1


def test_one_bad_file_does_not_stop_the_others(command: Command, folder: Path) -> None:
    (folder / "binary.txt").write_bytes(b"%PDF-1.4\n\x00")
    (folder / "empty.txt").write_bytes(b"")
    (folder / "crash.txt").write_bytes(b"CRASH")
    (folder / "image.txt").write_bytes(bytes(range(256)))
    result = command("repair", folder, folder / "missing.txt", folder / "clean.txt" / "below")
    assert result.status == 2
    assert result.out == FIXED + CLEAN + FIXED
    lines = result.err.splitlines()
    assert len(lines) == 5
    assert all(line.startswith("arfix: ") for line in lines)
    assert any("missing.txt: no such file" in line for line in lines)
    assert any("binary.txt: this is a PDF: extract its text first" in line for line in lines)
    assert any(
        "crash.txt: internal error (RuntimeError: a bug); please report it" in line
        for line in lines
    )
    assert any("image.txt: this is not text" in line for line in lines)


@posix
def test_unreadable_and_unwritable(command: Command, folder: Path) -> None:
    (folder / "broken.txt").chmod(0)
    if os.access(folder / "broken.txt", os.R_OK):
        pytest.skip("this user may read everything")
    result = command("repair", folder / "broken.txt")
    assert "no permission to read it; see: chmod u+r" in result.err
    (folder / "broken.txt").chmod(0o444)
    result = command("repair", "-i", folder / "broken.txt")
    assert "no permission to write it; choose another folder with -o DIR" in result.err
    (folder / "sub").chmod(0o500)
    result = command("repair", "-i", folder / "sub")
    assert result.status == 2
    (folder / "sub").chmod(0)
    assert "no permission to read it" in command("repair", folder).err
    (folder / "sub").chmod(0o700)


@posix
def test_odd_names(command: Command, tmp_path: Path) -> None:
    for name in ("سطر\nآخر.txt", "a\u202eb.txt", "ن" * 120 + ".txt", os.fsdecode(b"\xff.txt")):
        (tmp_path / name).write_bytes(BROKEN.encode())
    result = command("repair", "--check", tmp_path)
    assert result.status == 1
    assert "سطر<U+000A>آخر.txt: would be repaired\n" in result.out
    assert "a<U+202E>b.txt" in result.out
    assert "<U+DCFF>.txt" in result.out
    assert command("repair", "-i", tmp_path).err == "arfix: 4 of 4 texts repaired\n"
    assert command("repair", "--json", tmp_path).status == 0
    assert len(names(tmp_path)) == 4


@posix
def test_dangling_and_circular_links(command: Command, folder: Path) -> None:
    (folder / "dangling").symlink_to("nowhere")
    (folder / "circle").symlink_to("circle")
    (folder / "sub" / "up").symlink_to("..")
    assert "a link to a file that does not exist" in command("repair", folder / "dangling").err
    assert command("repair", folder / "circle").status == 2
    assert command("repair", folder).out == FIXED + CLEAN + FIXED


@posix
def test_only_regular_files_are_replaced(command: Command, tmp_path: Path) -> None:
    (tmp_path / "out" / "a.txt").mkdir(parents=True)
    (tmp_path / "a.txt").write_text(BROKEN)
    result = command("repair", "-o", tmp_path / "out", tmp_path / "a.txt")
    assert result.status == 2
    assert "is not a regular file" in result.err


def test_glob_chooses_the_files_of_a_folder(command: Command, folder: Path) -> None:
    assert command("repair", "--glob", "*.md", folder).out == FIXED
    assert command("repair", "--glob", "sub/*", folder).out == FIXED
    result = command("repair", "--glob", "*.rst", folder)
    assert (result.status, result.out) == (2, "")
    assert "no file in this folder matches *.rst; choose others with --glob" in result.err


@pytest.mark.parametrize(
    ("arguments", "advice"),
    [
        (("--in-place",), "needs files"),
        (("-o", "out"), "needs files"),
        (("-o", "out", "--in-place", "x"), "exclude each other"),
        (("--diff", "--json", "x"), "exclude each other"),
        (("--check", "--in-place", "x"), "choose one"),
        (("--level", "wild"), "safe"),
        (("--min-confidence", "2"), "from 0 to 1"),
        (("--min-confidence", "nan"), "from 0 to 1"),
        (("-j", "-1"), "write 1, 2"),
        (("-j", "many"), "write 1, 2"),
        (("--encoding", "cp1265"), "did you mean cp1256?"),
        (("--select", ","), "AR301"),
        (("--select", "XX"), "XX"),
        (("--keep", "nowhere.txt"), "no such file"),
        (("--keep", "."), "this is a folder"),
        (("--levle", "safe"), "did you mean --level?"),
        (("--wibble",), "see arfix repair --help"),
        (("",), "empty file name"),
        (("a\0b",), "cannot read it"),
        (("x" * 5000,), "cannot read it"),
    ],
)
def test_mistakes_get_one_line_of_advice(
    command: Command, arguments: tuple[str, ...], advice: str
) -> None:
    result = command("repair", *arguments)
    assert result.status == 2
    assert advice in result.err
    assert result.err.startswith("arfix: ")
    assert result.err.count("\n") == 1
    assert result.out == ""


def test_files_may_stand_on_both_sides_of_an_option(
    command: Command, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    (folder / "-j.txt").write_text(BROKEN)
    result = command("repair", "broken.txt", "--level", "safe", "clean.txt", "--", "-j.txt")
    assert (result.status, result.out) == (0, FIXED + CLEAN + FIXED)


def test_options_reach_the_repairer(command: Command, tmp_path: Path) -> None:
    words = tmp_path / "words.txt"
    words.write_bytes(codecs.BOM_UTF8 + "# names\r\nألفا\r\n\r\n بيتا # a firm\r\n".encode())
    command(
        "repair",
        "--level",
        "guess",
        "--select",
        "AR301,ar202".upper(),
        "--select",
        "AR401",
        "--ignore",
        "AR1 AR2",
        "--min-confidence",
        "0.5",
        "--keep",
        words,
        stdin=b"",
    )
    assert FakeRepairer.last == {
        "level": "guess",
        "select": ("AR301", "AR202", "AR401"),
        "ignore": ("AR1", "AR2"),
        "min_confidence": 0.5,
        "keep": frozenset({"ألفا", "بيتا"}),
    }


@pytest.mark.parametrize("jobs", [2, 0])
def test_several_processes_give_the_same_in_the_same_order(
    command: Command, tmp_path: Path, jobs: int
) -> None:
    for number in range(30):
        (tmp_path / f"{number:02}.txt").write_text(f"{number}{LOST}\n")
    (tmp_path / "07.txt").write_bytes(b"\x89PNG\r\n\x1a\n")
    alone = command("repair", tmp_path, "-", stdin=b"in\n")
    together = command("repair", "-j", jobs, tmp_path, "-", stdin=b"in\n")
    assert alone == together
    assert together.status == 2
    assert together.out.startswith(f"0{KAF}\n1{KAF}\n")
    assert together.out.endswith(f"29{KAF}\nin\n")


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_concerns_no_single_text_is_told_once(
    command: Command, tmp_path: Path, jobs: int
) -> None:
    for number in range(3):
        (tmp_path / f"{number}.txt").write_text("NO MODELS")
    result = command("repair", "-j", jobs, tmp_path)
    assert (result.status, result.out) == (2, "")
    assert result.err == "arfix: the lexicon is missing; install arfix anew\n"


def test_a_dead_worker_is_told(command: Command, tmp_path: Path) -> None:
    for number in range(3):
        (tmp_path / f"{number}.txt").write_text("DIE")
    result = command("repair", "-j", 2, tmp_path)
    assert result.status == 2
    assert "try again with a smaller -j" in result.err
    assert result.err.count("\n") == 1


def test_closed_streams(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    from arfix.cli.main import main

    monkeypatch.setattr(sys, "stdin", None)
    assert main(["repair"]) == 2
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    assert main(["repair", "--help"]) == 2
