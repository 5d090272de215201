"""What every test may ask for."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

# A shared machine's clock says nothing about the code; the slow laws set their own counts.
settings.register_profile("arfix", deadline=None)
settings.load_profile("arfix")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of texts that are not part of the project; the test is skipped without it."""
    named = os.environ.get("ARFIX_SHARED")
    folder = Path(named) if named else Path(__file__).resolve().parents[2] / "shared"
    if not folder.is_dir():
        pytest.skip("needs the shared texts: set ARFIX_SHARED to their folder")
    return folder
