"""The package's public names stay functions and vocabularies, whichever submodule was imported first."""

from __future__ import annotations

import importlib
import subprocess
import sys

import pytest

import fazhi_analysis

NAMES = sorted(set(fazhi_analysis.__all__) - {"__version__"})


@pytest.mark.parametrize("name", [name for name in NAMES if name.isupper()])
def test_vocabularies_and_tables_are_public(name: str) -> None:
    assert getattr(fazhi_analysis, name)
    assert name in dir(fazhi_analysis)


@pytest.mark.parametrize("name", [name for name in NAMES if not name.isupper()])
def test_public_names_are_functions_even_after_their_modules_were_imported(name: str) -> None:
    importlib.import_module(getattr(fazhi_analysis, name).__module__)
    assert callable(getattr(fazhi_analysis, name))
    assert name in dir(fazhi_analysis)


def test_unknown_names_are_attribute_errors() -> None:
    with pytest.raises(AttributeError, match="no_such_thing"):
        _ = fazhi_analysis.no_such_thing


def test_importing_the_package_costs_no_pandas() -> None:
    script = "import sys, fazhi_analysis.analysis; print('pandas' in sys.modules or 'numpy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


@pytest.mark.parametrize("name", [name for name in NAMES if not name.isupper()])
def test_the_help_of_each_function_has_an_example(name: str) -> None:
    assert ">>> " in (getattr(fazhi_analysis, name).__doc__ or "")
