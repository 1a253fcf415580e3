"""The package's public names stay functions, whichever submodule was imported first."""

from __future__ import annotations

import importlib
import subprocess
import sys

import pytest

import fazhi_analysis
from fazhi_analysis import analysis


@pytest.mark.parametrize("name", sorted(analysis.__all__))
def test_public_names_are_functions_even_after_their_modules_were_imported(name: str) -> None:
    importlib.import_module(f"fazhi_analysis.analysis.{analysis._PUBLIC[name]}")
    assert callable(getattr(analysis, name))
    assert name in dir(analysis)


def test_unknown_names_are_attribute_errors() -> None:
    with pytest.raises(AttributeError, match="no_such_thing"):
        _ = analysis.no_such_thing


def test_importing_the_package_costs_no_pandas() -> None:
    script = "import sys, fazhi_analysis.analysis; print('pandas' in sys.modules or 'numpy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_the_top_level_offers_the_same_functions() -> None:
    importlib.import_module("fazhi_analysis.analysis.trend")
    assert fazhi_analysis.trend is analysis.trend
    assert fazhi_analysis.year_over_year is analysis.year_over_year
