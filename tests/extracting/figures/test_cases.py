"""Every behaviour case of tests/extracting/cases: what must be found, and what must not."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

HERE = Path(__file__).parent


def _helper() -> ModuleType:
    spec = importlib.util.spec_from_file_location("case_files", HERE / "case_files.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules.setdefault(spec.name, module)
    spec.loader.exec_module(module)
    return module


case_files = _helper()
CASES = [(path, case) for path in sorted((HERE / "cases").glob("*.txt")) for case in case_files.read_cases(path)]


@pytest.mark.parametrize("name", sorted({path.name for path, _ in CASES}))
def test_cases_of(name: str) -> None:
    wrong = {f"{name}:{case.line} {case.sentence}": case_files.check(case) for path, case in CASES if path.name == name}
    assert {where: found for where, found in wrong.items() if found} == {}


def test_there_are_enough_cases_of_both_sorts() -> None:
    silent = sum(not case.metrics for _, case in CASES)
    assert len(CASES) >= 400
    assert silent >= 200
    assert len(CASES) - silent >= 200
    sentences = [case.sentence for _, case in CASES]
    assert len(set(sentences)) == len(sentences), "a case twice"


def test_a_wrong_expectation_is_noticed() -> None:
    case = next(case for _, case in CASES if case.metrics)
    wrong = case._replace(metrics=(case.metrics[0]._replace(value=-1.0), *case.metrics[1:]))
    assert "missing" in case_files.check(wrong)
