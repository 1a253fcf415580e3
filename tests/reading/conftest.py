"""The fictional report that the fixture files hold, from the script that makes them."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def script() -> ModuleType:
    """tools/make_reading_fixtures.py as a module."""
    spec = importlib.util.spec_from_file_location("make_reading_fixtures", ROOT / "tools" / "make_reading_fixtures.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def lines(script: ModuleType) -> list[str]:
    """The report's paragraphs, title first, signature and date last."""
    return script.body_lines()


@pytest.fixture(scope="session")
def fixture_file() -> Callable[[str], Path]:
    """Path of a committed fixture by its name."""
    folder = ROOT / "tests" / "fixtures" / "reading"

    def path(name: str) -> Path:
        assert (folder / name).is_file()
        return folder / name

    return path
