"""Every example in the README and in ``docs/`` runs and prints what it says.

The examples in docstrings are collected by pytest itself (``--doctest-modules``); here stands
only that the public functions have one.
"""

from __future__ import annotations

import ast
import doctest
import importlib.util
import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = [
    page
    for page in (
        ROOT / "README.md",
        ROOT / "CONTRIBUTING.md",
        ROOT / "bench" / "README.md",
        *sorted((ROOT / "docs").rglob("*.md")),
    )
    # Their examples are those of the docstrings they are made from.
    if page.parent.name != "defects"
]
_BLOCK = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)(?:#[^)]*)?\)")


def blocks(page: Path) -> list[str]:
    return _BLOCK.findall(page.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "page", [page for page in PAGES if blocks(page)], ids=lambda page: page.name
)
def test_examples_of_a_page(page, monkeypatch):
    """The blocks of a page are one session, read from top to bottom."""
    monkeypatch.chdir(ROOT)
    names: dict[str, object] = {}
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS)
    for block in blocks(page):
        if ">>>" not in block:
            exec(compile(block, page.name, "exec"), names)  # noqa: S102 - our own pages
            continue
        test = doctest.DocTestParser().get_doctest(block, names, page.name, str(page), 0)
        runner.run(test, clear_globs=False)
        names = test.globs
    assert runner.summarize(verbose=False).failed == 0


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page):
    targets = _LINK.findall(page.read_text(encoding="utf-8"))
    missing = [
        target for target in targets if "://" not in target and not (page.parent / target).exists()
    ]
    assert not missing


def test_public_functions_have_an_example():
    """What ``arfix`` offers is shown at work where it is defined."""
    import arfix

    lacking = []
    for name in getattr(arfix, "__all__", ()):
        found = getattr(arfix, name)
        if callable(found) and not isinstance(found, type) and ">>>" not in (found.__doc__ or ""):
            lacking.append(name)
    assert not lacking


def test_nothing_is_left_to_fill_in():
    for page in PAGES:
        assert "{{" not in page.read_text(encoding="utf-8"), page


def test_no_page_names_a_machine():
    for page in PAGES:
        assert not re.search(r"/(?:home|root|work|Users)/", page.read_text(encoding="utf-8")), page


def test_defect_pages_are_those_of_the_docstrings():
    tool = ROOT / "tools" / "generate_docs.py"
    spec = importlib.util.spec_from_file_location("generate_docs", tool)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    assert module.problems() == []


def test_docstrings_parse():
    """A docstring that promises an example has one that doctest finds."""
    lacking = []
    for path in sorted((ROOT / "src" / "arfix").rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                text = ast.get_docstring(node) or ""
                if re.search(r"^Example:\s*$", text, re.MULTILINE) and ">>>" not in text:
                    where = f"{path.relative_to(ROOT)}:{node.name}"
                    if path.parent.name != "defects":  # there it may show text, not code
                        lacking.append(where)
    assert not lacking
