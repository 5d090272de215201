"""What the tests of single classes may ask for."""

from __future__ import annotations

import pytest

from arfix.config import Config
from arfix.resources import Resources
from arfix.stages import Context


@pytest.fixture(scope="session")
def context() -> Context:
    """The default options and the shipped models."""
    return Context(config=Config(), resources=Resources.load())
