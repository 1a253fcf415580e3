"""Reports of a county that does not exist, a folder to store them in, and a cache of their own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

SAMPLE = Path(__file__).resolve().parents[3] / "data" / "sample" / "texts"
TEXT = """砚桥县{year}年法治政府建设年度报告

一、主要工作
（一）依法化解争议。全年受理行政复议案件{count}件，办结案件50余件，按期办结率98.5%。
（二）完善制度。召开专题会议3次。

二、存在问题
一是基层执法力量不足。
二是制度落实不够到位。

三、下一步打算
一是充实执法力量。

砚桥县人民政府
{next}年2月10日
"""


def text(year: int = 2024, count: int = 53) -> str:
    return TEXT.format(year=year, count=count, next=year + 1)


@pytest.fixture(autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FAZHI_CACHE", str(tmp_path_factory.mktemp("cache")))


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def file(tmp_path: Path) -> Callable[..., Path]:
    def write(content: str | bytes = "", name: str = "报告.txt") -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else (content or text()).encode("utf-8"))
        return path

    return write


def tree(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}
