"""Which notebooks there are: by name, by path, and those that are none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from fazhi_analysis.errors import UnknownNameError
from fazhi_analysis.running.executing import notebooks


def test_a_notebook_that_takes_no_place_is_refused(tmp_path: Path) -> None:
    (tmp_path / "bare.ipynb").write_text('{"cells": [], "nbformat": 4, "nbformat_minor": 5, "metadata": {}}')
    with pytest.raises(UnknownNameError, match="parameters"):
        notebooks.choose([tmp_path / "bare.ipynb"])
    (tmp_path / "broken.ipynb").write_text("{")
    with pytest.raises(UnknownNameError, match="不是笔记本"):
        notebooks.choose([tmp_path / "broken.ipynb"])
    with pytest.raises(UnknownNameError, match="没有这个笔记本"):
        notebooks.choose([tmp_path / "none.ipynb"])


def test_paths_of_this_machine_leave_the_notebook_and_cells_stay(tmp_path: Path) -> None:
    path = tmp_path / "kept.ipynb"
    cells = [{"cell_type": "markdown", "metadata": {}, "source": ['\n "metadata": {\n']}]
    for notes in ({}, {"papermill": {"input_path": "/home/who/in.ipynb", "output_path": "/home/who/out.ipynb"}}):
        content = {"cells": cells, "metadata": notes, "nbformat": 4, "nbformat_minor": 5}
        path.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")
        notebooks.strip_paths(path)
        read = json.loads(path.read_text(encoding="utf-8"))
        assert read["cells"] == cells
        assert "/home" not in path.read_text(encoding="utf-8")
        assert read["metadata"].get("papermill", {}).get("output_path") == ("out.ipynb" if notes else None)
