"""A store of three reports, and notebooks of a few cells."""

from __future__ import annotations

import shutil
from pathlib import Path

import nbformat
import pytest

from fazhi_analysis._paths import bundled_data

SAMPLE = bundled_data() / "sample"


def book(folder: Path, name: str, *sources: str) -> str:
    node = nbformat.v4.new_notebook()
    node.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    parameters = nbformat.v4.new_code_cell('region: str = ""\nyear: int = 0\ndata: "object" = None\nlang: str = "zh"')
    parameters.metadata.tags = ["parameters"]
    node.cells = [parameters, *(nbformat.v4.new_code_cell(source) for source in sources)]
    path = folder / f"{name}.ipynb"
    nbformat.write(node, path)
    return str(path)


@pytest.fixture
def store(tmp_path: Path) -> Path:
    data = tmp_path / "data"
    for name in ("159928-2023", "159928-2024", "990124-2024"):
        shutil.copytree(SAMPLE / "reports" / name, data / "reports" / name)
    return data
