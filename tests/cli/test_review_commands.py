"""The commands diff, and ingest as far as it says what a new version changed."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from fazhi_analysis.cli import main

TEXT = "砚桥县2024年法治政府建设年度报告\n一、情况\n受理行政复议案件53件，办结50件。举办法治讲座12场。\n"


def run(*arguments: object) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    return result.exit_code, result.stdout, result.stderr


def pair(folder: Path) -> tuple[Path, Path]:
    old, new = folder / "a.txt", folder / "b.txt"
    old.write_text(TEXT, encoding="utf-8")
    new.write_text(TEXT.replace("53件", "54件"), encoding="utf-8")
    return old, new


def test_diff_prints_each_change_with_both_places(tmp_path: Path) -> None:
    code, _, message = run("diff", *pair(tmp_path))
    assert code == 0
    assert "a.txt → b.txt：数字改动 1" in message
    assert "受理行政复议案件数：53件 → 54件　旧 一 32–35　新 一 32–35" in message


def test_diff_in_english_and_as_json(tmp_path: Path) -> None:
    assert "figures: 1 changed" in run("diff", *pair(tmp_path), "--lang", "en")[2]
    record = json.loads(run("diff", *pair(tmp_path), "--json")[1])
    (change,) = record["changes"]
    assert (change["what"], change["kind"], change["old"]["value"], change["new"]["value"]) == (
        "figure",
        "changed",
        53,
        54,
    )


def test_diff_can_fail_on_a_change(tmp_path: Path) -> None:
    old, new = pair(tmp_path)
    assert run("diff", old, new, "--fail-on-change")[0] == 1
    assert run("diff", old, old, "--fail-on-change")[0] == 0


def test_diff_of_something_that_is_not_there_says_so(tmp_path: Path) -> None:
    code, _, message = run("diff", tmp_path / "a.txt", "159928-2024")
    assert code != 0
    assert "没有这个文件" in message


def test_ingest_prints_what_a_new_version_changed_and_the_store_keeps_it(tmp_path: Path) -> None:
    old, new = pair(tmp_path)
    data = tmp_path / "data"
    run("ingest", old, "--data", data)
    message = run("ingest", new, "--data", data)[2]
    assert "新版本" in message
    assert "53件 → 54件" in message
    document = json.loads((data / "reports/990124-2024/report.json").read_text(encoding="utf-8"))
    assert document["version"] == 2
    assert [one["new"]["value"] for one in document["former"][0]["changes"]] == [54]
    assert "没有变化" in run("ingest", new, "--data", data)[2]
    assert "没有变化" in run("ingest", old, "--data", data)[2]


def test_going_back_to_an_older_version_is_known_as_such(tmp_path: Path) -> None:
    from fazhi_analysis import load_reports, open_page

    old, new = pair(tmp_path)
    data = tmp_path / "data"
    for file in (old, new):
        run("ingest", file, "--data", data)
    note = open_page("data_quality", region="砚桥县", year=2024, data=data)
    assert "第 2 版" in str(note.header())
    assert "53件 → 54件" in str(note.header())
    run("ingest", old, "--data", data, "--replace")
    report = load_reports(data).iloc[0]
    assert report["version"] == 1
    assert [one["number"] for one in report["former"]] == [2]
    page = open_page("data_quality", region="砚桥县", year=2024, data=data)
    assert "旧版本（第 1 版）" in str(page.header())
    english = open_page("data_quality", region="砚桥县", year=2024, data=data, lang="en")
    assert "older version" in str(english.header())
    run("ingest", new, "--data", data, "--replace")
    assert load_reports(data).iloc[0]["version"] == 2


def test_coverage_prints_each_part_with_its_state() -> None:
    message = run("coverage", "990124-2024")[2]
    assert "五　行政执法工作体系：有数字" in message
    assert "十　党的领导和推进机制：只提到" in message
    assert "mentioned only" in run("coverage", "990124-2024", "--lang", "en")[2]


def test_coverage_as_json_and_with_an_unknown_outline() -> None:
    rows = json.loads(run("coverage", "990124-2024", "--json")[1])
    assert [row["state"] for row in rows if row["part"] == "九"] == ["mentions"]
    code, _, message = run("coverage", "990124-2024", "--frame", "2031-2035")
    assert code != 0
    assert "2021-2025" in message


def test_sign_and_signed_only(tmp_path: Path) -> None:
    old, _ = pair(tmp_path)
    data = tmp_path / "data"
    run("ingest", old, "--data", data)
    batch = ("batch", "--data", data, "--out", tmp_path / "out", "--dry-run", "--signed-only")
    assert run(*batch)[0] != 0
    code, _, message = run("sign", "990124-2024", "--who", "李四", "--note", "核对过", "--data", data)
    assert code == 0
    assert "已核签 990124-2024：李四" in message
    code, _, message = run(*batch)
    assert code == 0
    assert "砚桥县 2024" in message


def test_rectify_lists_and_enters(tmp_path: Path) -> None:
    text = TEXT + "二、存在问题\n一是执法人员专业能力有待提高。\n"
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    data = tmp_path / "data"
    run("ingest", tmp_path / "a.txt", "--data", data)
    code, out, _ = run("rectify", "990124-2024", "--data", data, "--json")
    assert code == 0
    item = next(row["item"] for row in json.loads(out) if row["kind"] == "problem")
    message = run(
        "rectify", "990124-2024", item, "--measure", "培训", "--body", "司法局", "--who", "李四", "--data", data
    )[2]
    assert "整改中" in message
    assert "措施：培训　责任单位：司法局" in message
    assert "under way" in run("rectify", "990124-2024", "--data", data, "--lang", "en")[2]
