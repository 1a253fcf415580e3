"""YAML that people write: one line says what is wrong with it, and no file takes the machine."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from fazhi_analysis.dataset.yaml_files import read_yaml


@pytest.mark.parametrize(
    "content",
    [
        "- {",
        "- date: 2024-13-45",
        "[" * 100_000,
        "a: &a [x]\nb: *a\n",
        "a: !!python/object/apply:os.system [true]",
        "x" * 5_000_001,
        "a: \x00",
    ],
)
def test_what_is_wrong_is_one_line(tmp_path: Path, content: str) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ValueError) as caught:
        read_yaml(path)
    assert len(str(caught.value).splitlines()) == 1
    assert len(str(caught.value)) <= 200


def test_what_is_no_regular_file_is_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo")
    (tmp_path / "loop").symlink_to("loop")
    for name in ("fifo", "loop", "."):
        with pytest.raises(ValueError, match="not a regular file"):
            read_yaml(tmp_path / name)
    with pytest.raises(FileNotFoundError):
        read_yaml(tmp_path / "none")


def test_content_and_bytes(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes("\ufeff甲: [1]".encode())
    assert read_yaml(path) == ({"甲": [1]}, path.read_bytes())
