"""Which notebooks there are: by name, by path, and those that are none."""

from __future__ import annotations

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
