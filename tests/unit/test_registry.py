"""The registry and the folder of defect classes are about the same classes."""

from __future__ import annotations

import re
from pathlib import Path

import arfix.defects
from arfix.defects import REGISTRY, stages


def test_every_module_is_registered_once() -> None:
    folder = Path(arfix.defects.__file__).parent
    modules = {path.stem for path in folder.glob("*.py")} - {"__init__"}
    # A file without a code holds no class of its own.
    modules = {
        name
        for name in modules
        if re.search(
            r"^    code(?:: Final)? = \"AR",
            (folder / f"{name}.py").read_text("utf-8"),
            re.MULTILINE,
        )
    }
    assert sorted(modules) == sorted(module for module, _ in REGISTRY)


def test_codes_are_well_formed_and_used_once() -> None:
    codes = [stage.code for stage in stages()]
    assert len(codes) == len(set(codes))
    assert all(re.fullmatch(r"AR[1-6]\d\d", code) for code in codes)
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", stage.name) for stage in stages())


def test_what_leans_on_whole_sentences_comes_after_the_letters() -> None:
    hundreds = [int(stage.code[2]) for stage in stages()]
    assert hundreds[-2:] == [6, 6]
    last_letters = max(place for place, hundred in enumerate(hundreds) if hundred == 3)
    assert hundreds[last_letters + 1 : -2] == [4] * (len(hundreds) - last_letters - 3)
