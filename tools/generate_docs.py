"""Write ``docs/defects/`` from the docstrings of ``src/arfix/defects/``.

    python tools/generate_docs.py            write the pages
    python tools/generate_docs.py --check    fail where a page is not what the docstring says

A defect class is documented where it is written, so that the two cannot drift apart. The sources
are read as syntax, not imported: no model is needed to write documentation.
"""

from __future__ import annotations

import argparse
import ast
import inspect
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
SOURCE: Final = ROOT / "src" / "arfix" / "defects"
PAGES: Final = ROOT / "docs" / "defects"
NOTE: Final = "<!-- written by tools/generate_docs.py; change the docstring instead -->"
#: The headings that every class must answer, in the order of the page.
HEADINGS: Final = ("What it does", "Why", "Example", "When it stays silent")
_HEADING: Final = re.compile(
    rf"^(?:#+ *)?({'|'.join(HEADINGS)})[:.]?[ \t]*(?:\n[-=~]+)?[ \t]*$",
    re.MULTILINE | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class DefectClass:
    """A defect class as its source file describes it."""

    code: str
    name: str
    module: str
    summary: str
    sections: dict[str, str]


def constant(tree: ast.AST, wanted: str) -> str | None:
    """Return the string that a module or class gives a name, in whichever case it is written."""
    for node in ast.walk(tree):
        targets: list[ast.expr] = []
        if isinstance(node, ast.Assign):
            targets = node.targets
        elif isinstance(node, ast.AnnAssign) and node.value is not None:
            targets = [node.target]
        for target in targets:
            value = getattr(node, "value", None)
            if (
                isinstance(target, ast.Name)
                and target.id.lower() == wanted
                and isinstance(value, ast.Constant)
                and isinstance(value.value, str)
                and value.value  # the default of some record's field is no name
            ):
                return value.value
    return None


def read(path: Path) -> DefectClass | None:
    """Return the class that a file describes, ``None`` where the file holds none."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    code, name = constant(tree, "code"), constant(tree, "name")
    if code is None or name is None or not re.fullmatch(r"AR\d{3}", code):
        return None
    docstrings = [ast.get_docstring(tree) or ""]
    docstrings += [
        ast.get_docstring(node) or "" for node in ast.walk(tree) if isinstance(node, ast.ClassDef)
    ]
    text = max(docstrings, key=lambda docstring: len(_HEADING.findall(docstring)))
    summary, sections = split(text)
    # A module's docstring opens with the code and the name, which are the page's title.
    summary = summary.removeprefix(f"{code} {name}: ")
    summary = summary[:1].upper() + summary[1:]
    return DefectClass(code, name, path.stem, summary, sections)


def split(docstring: str) -> tuple[str, dict[str, str]]:
    """Return a docstring's opening and what stands under each heading."""
    text = inspect.cleandoc(docstring)
    found = list(_HEADING.finditer(text))
    opening = text[: found[0].start()].strip() if found else text.strip()
    sections = {}
    for match, following in zip(found, [*found[1:], None], strict=True):
        end = following.start() if following else len(text)
        title = next(known for known in HEADINGS if known.lower() == match[1].lower())
        sections[title] = body(text[match.end() : end])
    return opening, sections


def body(text: str) -> str:
    """Return a section as Markdown: doctests become code blocks, other indents go."""
    lines = inspect.cleandoc("\n" + text).split("\n")
    out: list[str] = []
    inside = False
    for line in lines:
        # A doctest goes on until an empty line, as doctest itself has it.
        if line.lstrip().startswith(">>>") and not inside:
            out.append("```python")
            inside = True
        elif inside and not line.strip():
            out.append("```")
            inside = False
        out.append(line)
    if inside:
        out.append("```")
    return "\n".join(out).replace("``", "`").replace("`" + "`python", "```python").strip()


def page(item: DefectClass) -> str:
    """Return the page of a class."""
    parts = [f"# {item.code} {item.name}", NOTE, item.summary]
    parts += [
        f"## {title}\n\n{item.sections[title]}" for title in HEADINGS if title in item.sections
    ]
    parts.append(f"Source: `src/arfix/defects/{item.module}.py`")
    return "\n\n".join(part for part in parts if part) + "\n"


def index(items: list[DefectClass]) -> str:
    """Return the list of all classes."""
    rows = "\n".join(
        f"| [{item.code}]({item.code}.md) | {item.name} | {item.summary.splitlines()[0]} |"
        for item in items
    )
    return (
        f"# Defect classes\n\n{NOTE}\n\n"
        "1xx code points, 2xx order and symbols, 3xx letters, 4xx punctuation and numbers, "
        "5xx spaces and marks, 6xx lines.\n\n"
        f"| code | name | what it is |\n|---|---|---|\n{rows}\n"
    )


def pages() -> dict[Path, str]:
    """Return every page by its path."""
    items = sorted(
        (item for path in sorted(SOURCE.glob("*.py")) if (item := read(path))),
        key=lambda item: item.code,
    )
    written = {PAGES / f"{item.code}.md": page(item) for item in items}
    written[PAGES / "index.md"] = index(items)
    return written


def problems() -> list[str]:
    """Return the pages that are not what the docstrings say, and headings left unanswered."""
    found = [
        f"{path.relative_to(ROOT)} is out of date: run python tools/generate_docs.py"
        for path, text in pages().items()
        if not path.exists() or path.read_text(encoding="utf-8") != text
    ]
    for path in sorted(SOURCE.glob("*.py")):
        item = read(path)
        missing = [] if item is None else [name for name in HEADINGS if name not in item.sections]
        if missing:
            found.append(f"{path.relative_to(ROOT)}: no section {', '.join(missing)}")
    return found


def main() -> int:
    """Write the pages, or check them."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--check", action="store_true", help="change nothing; fail on a difference")
    if parser.parse_args().check:
        found = problems()
        sys.stdout.write("".join(f"{line}\n" for line in found))
        return 1 if found else 0
    PAGES.mkdir(parents=True, exist_ok=True)
    written = pages()
    for path in PAGES.glob("*.md"):
        if path not in written:
            path.unlink()
    for path, text in written.items():
        path.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
