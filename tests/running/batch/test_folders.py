"""Places of one own name never share a folder, in one batch or in several into one output folder."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from fazhi_analysis.catalogue.place_names import body_id
from fazhi_analysis.dataset import write_report_folder
from fazhi_analysis.errors import UnknownNameError
from fazhi_analysis.running.batch import run_batch
from fazhi_analysis.running.batch_plan import BatchJob, plan_batch
from fazhi_analysis.running.report import run_report

from .conftest import book

pytestmark = pytest.mark.filterwarnings("ignore")

BODIES = ["河南省方城县司法局", "河南省社旗县司法局", "云岭省望溪市司法局"]
PLACES = [
    ("320106", "江苏省南京市鼓楼区", "南京市鼓楼区"),
    ("350102", "福建省福州市鼓楼区", "福州市鼓楼区"),
    ("411322", "河南省方城县", "方城县"),
    ("", "江苏省苏州市高新区", "江苏省苏州市高新区"),
    ("", "江苏省无锡市高新区", "江苏省无锡市高新区"),
    ("", "云岭省㵲川县", "云岭省㵲川县"),
    ("", "云岭省𬇙川县", "云岭省𬇙川县"),
    ("", "云岭省川县", "云岭省川县"),
    *(("", name, name) for name in BODIES),
]


@pytest.fixture
def namesakes(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    for code, region, _ in PLACES:
        write_report_folder(f"{code or body_id(region)}-2024", into=folder, region=region, region_code=code, year=2024)
    return folder


def test_every_place_has_a_folder_of_its_own_whatever_else_is_in_the_batch(namesakes: Path, tmp_path: Path) -> None:
    tasks = plan_batch(BatchJob(data=namesakes, out=tmp_path))
    expected = {region: f"{name}-2024" for _, region, name in PLACES}
    assert {task.region: task.folder.name for task in tasks} == expected
    for code, region, name in PLACES:
        (task,) = plan_batch(BatchJob(regions=[code or region], data=namesakes, out=tmp_path))
        assert (task.folder.name, task.name) == (f"{name}-2024", f"{name} 2024")
    with pytest.raises(UnknownNameError, match=r"320106 江苏省南京市鼓楼区、350102 福建省福州市鼓楼区"):
        plan_batch(BatchJob(regions=["鼓楼区"], data=namesakes))
    (task,) = plan_batch(BatchJob(regions=["福州市鼓楼区"], data=namesakes))
    assert task.region_code == "350102"


@pytest.mark.kernel
def test_pages_of_bodies_of_one_own_name_stand_side_by_side(namesakes: Path, tmp_path: Path) -> None:
    notebook, out = book(tmp_path, "tiny", "print(region)"), tmp_path / "out"
    result = run_batch(regions=BODIES[:2], notebooks=[notebook], data=namesakes, out=out, workers=1)
    assert result.summary == "完成 2，未变 0，失败 0"
    run_report(BODIES[2], 2024, data=namesakes, out=out, notebooks=[notebook])
    found = {path.parent.name: json.loads(path.read_bytes())["region"] for path in out.glob("*/manifest.json")}
    assert found == {f"{name}-2024": name for name in BODIES}
    for name in BODIES:
        assert name in (out / f"{name}-2024" / "tiny.html").read_text(encoding="utf-8")


def test_a_place_asked_for_by_its_former_name_is_planned_with_all_its_years(tmp_path: Path) -> None:
    for code, region, year in (("110229", "北京市延庆县", 2014), ("110119", "北京市延庆区", 2016)):
        write_report_folder(f"{code}-{year}", into=tmp_path, region=region, region_code=code, year=year)
    for asked in ("延庆县", "延庆区", "110229"):
        tasks = plan_batch(BatchJob(regions=[asked], data=tmp_path))
        assert sorted(task.folder.name for task in tasks) == ["延庆区-2016", "延庆县-2014"]
