"""Ingest: from files to a store that loads, places and years told apart, sources side by side."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from fazhi_analysis import ingest, load_findings, load_metrics, load_reports
from fazhi_analysis.dataset import make_report_id, read_report_folder
from fazhi_analysis.running import ingest_one, ingest_store
from fazhi_analysis.running.ingest_one import Options
from fazhi_analysis.running.ingest_store import IngestStore, digest_of

from .conftest import SAMPLE, text, tree


def test_a_report_becomes_a_folder_that_loads(file, data: Path) -> None:
    (result,) = ingest(file(), data)
    assert (result.report_id, result.status, result.error) == ("990124-2024", "stored", None)
    stored = read_report_folder(data / "reports/990124-2024")
    assert stored.text == text()
    assert stored.document["region"] == "云岭省望溪市砚桥县"
    assert stored.document["provenance"]["digest"] == stored.document["source"]["digest"]
    assert stored.document["source"]["name"] == "报告.txt"
    frame = load_metrics(data, regions="砚桥县", years=2024).set_index("label")
    accepted = frame[frame["indicator_id"] == "reconsideration_accepted"].iloc[0]
    assert (accepted["value"], accepted["unit"], accepted["section"]) == (53, "件", "一/（一）")
    assert text()[accepted["start"] : accepted["end"]] == "53件"
    assert accepted["quote"] in text()
    over = frame[frame["qualifier"] == "over"].iloc[0]
    assert (over["lower"], over["upper"]) == (50, 59)
    assert [row["row_id"] for row in stored.statements] == ["990124-2024:p1", "990124-2024:p2", "990124-2024:n1"]
    assert load_reports(data)["text_kept"].tolist() == [True]
    assert set(load_findings(data)["rule"]) >= {"statutory_time"}


def test_evidence_points_at_stored_rows(data: Path) -> None:
    ingest(sorted(SAMPLE.glob("159928-*")), data, workers=1)
    rows = set(load_metrics(data)["row_id"])
    duplicates = [value for value in load_metrics(data)["duplicate_of"] if value]
    cited = [entry["row"] for evidence in load_findings(data)["evidence"] for entry in evidence if entry["row"]]
    assert cited
    assert duplicates
    assert set(cited) | set(duplicates) <= rows


def test_again_nothing_changes(file, data: Path) -> None:
    ingest(file(), data)
    before, stamp = tree(data), (data / "reports/990124-2024/report.json").stat().st_mtime_ns
    (result,) = ingest(file(), data)
    assert result.status == "unchanged"
    assert tree(data) == before
    assert (data / "reports/990124-2024/report.json").stat().st_mtime_ns == stamp


def test_without_keeping_the_text_no_sentence_is_stored(file, data: Path) -> None:
    ingest(file(), data, text_kept=False)
    assert not (data / "reports/990124-2024/text.txt").exists()
    stored = b"".join(tree(data).values()).decode("utf-8")
    for sentence in ("基层执法力量不足", "依法化解争议", "全年受理行政复议案件", "充实执法力量"):
        assert sentence not in stored
    assert set(load_metrics(data)["quote"]) == {""}
    assert load_reports(data)["text_kept"].tolist() == [False]


@pytest.mark.parametrize(
    ("options", "report_id", "region"),
    [
        ({"region": "方城县"}, "411322-2024", "河南省方城县"),
        ({"code": "411322"}, "411322-2024", "河南省方城县"),
        ({"code": "123456"}, "123456-2024", "云岭省望溪市砚桥县"),
        ({"region": "云岭省东川市砚桥县", "code": "990125"}, "990125-2024", "云岭省东川市砚桥县"),
        ({"year": 2023}, "990124-2023", "云岭省望溪市砚桥县"),
        ({"region": "河南省方城县司法局"}, make_report_id("河南省方城县司法局", "", 2024), "河南省方城县司法局"),
        ({"region": "望溪市高新区"}, make_report_id("望溪市高新区", "", 2024), "望溪市高新区"),
        ({"region": "恩施州"}, "422800-2024", "湖北省恩施土家族苗族自治州"),
        ({"suffix": "web"}, "990124-2024-web", "云岭省望溪市砚桥县"),
    ],
)
def test_options_say_place_and_year(file, data: Path, options, report_id: str, region: str) -> None:
    (result,) = ingest(file(), data, **options)
    assert (result.report_id, result.status) == (report_id, "stored")
    document = read_report_folder(data / "reports" / result.report_id).document
    assert (document["region"], document["metadata"]["year"]) == (region, document["year"])


def test_a_year_other_than_the_text_says_is_noted_whatever_the_text_claims(data: Path) -> None:
    (result,) = ingest(SAMPLE / "159928-2023.md", data=data, year=2024)
    assert (result.status, result.report_id) == ("stored", "159928-2024")
    assert "文中的年度是 2023，按指定的 2024 入库" in result.message


def test_what_the_options_overrule_is_noted(file, data: Path) -> None:
    (result,) = ingest(file(), data, region="方城县", year=2023)
    assert "砚桥县" in result.message
    assert "2024" in result.message
    assert "砚桥县" in load_reports(data)["warnings"][0][0]["message"]


OTHER_WORDING = """砚桥县2024年度法治政府建设情况报告
一年来，县政府依法履职，受理行政复议案件{count}件。组织领导干部旁听庭审6次，聘请法律顾问19人。
复议委员会召开咨询会2场，抽查卷宗140册，公布指导案例7个，培训骨干320人次，走访企业85家。
存在的差距：镇村两级的法治力量还显单薄，部分同志运用法治思维不熟练。
今后将补充专业人手，改进考核办法。
"""


def test_a_second_source_stands_beside_the_first(file, data: Path) -> None:
    one, other = file(text(count=53), "a.txt"), file(OTHER_WORDING.format(count=54), "b.txt")
    ingest(one, data)
    before = tree(data / "reports/990124-2024")
    (result,) = ingest(other, data)
    assert result.status == "stored"
    assert result.report_id.startswith("990124-2024-")
    assert "另一来源" in result.message
    assert "各页和追踪仍用先入库的" in result.message
    assert tree(data / "reports/990124-2024") == before
    assert set(load_metrics(data)["report_id"]) == {"990124-2024", result.report_id}
    for _ in range(2):
        assert [(r.report_id, r.status) for r in ingest([one, other], data)] == [
            ("990124-2024", "unchanged"),
            (result.report_id, "unchanged"),
        ]


def test_a_suffix_does_not_store_the_same_file_twice(file, data: Path) -> None:
    ingest(file(), data)
    assert [(r.report_id, r.status) for r in ingest(file(), data, suffix="web")] == [("990124-2024", "unchanged")]
    (result,) = ingest(file(text(count=99), "b.txt"), data, suffix="web")
    assert (result.report_id, result.status) == ("990124-2024-web", "stored")
    assert ingest(file(text(count=98), "c.txt"), data, suffix="../x")[0].status == "failed"
    assert sorted(path.name for path in (data / "reports").iterdir()) == ["990124-2024", "990124-2024-web"]


def test_a_second_source_replaces_the_first_where_asked(file, data: Path) -> None:
    ingest(file(text(count=53), "a.txt"), data)
    (result,) = ingest(file(text(count=54), "b.txt"), data, replace_other=True)
    assert (result.report_id, result.status) == ("990124-2024", "stored")
    assert 54 in load_metrics(data)["value"].tolist()
    assert 53 not in load_metrics(data)["value"].tolist()


def test_a_copy_in_another_layout_is_not_counted_twice(file, data: Path) -> None:
    ingest(file(text(), "a.txt"), data)
    before = tree(data)
    (result,) = ingest(file(text().replace("\n", "\n\u3000\u3000"), "b.txt"), data)
    assert (result.report_id, result.status) == ("990124-2024", "unchanged")
    assert "相同" in result.message
    assert tree(data) == before


@pytest.mark.parametrize(
    ("title", "region", "code"),
    [
        ("深圳市光明区司法局2022年法治政府建设年度报告", "广东省深圳市光明区司法局", ""),
        ("光明区人民政府2022年法治政府建设年度报告", "广东省深圳市光明区", "440311"),
        ("青石市2022年法治政府建设年度报告", "青石市", ""),
        ("鞍山市海城市2022年法治政府建设年度报告", "辽宁省海城市", "210381"),
        ("前郭县司法局2022年法治政府建设年度报告", "吉林省前郭尔罗斯蒙古族自治县司法局", ""),
    ],
)
def test_a_body_below_the_government_is_not_its_place(file, data: Path, title: str, region: str, code: str) -> None:
    (result,) = ingest(file(f"{title}\n一、情况\n2022年受理行政复议案件53件。"), data)
    assert result.report_id == make_report_id(region, code, 2022)
    assert load_reports(data)[["region", "region_code"]].to_numpy().tolist() == [[region, code]]
    assert ("区划表中没有" in result.message) == (region == "青石市")


def test_bundled_data_never_carries_the_source_clause(file, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ingest_one, "bundled_data", lambda: data)
    ingest(file(), data / "sample")
    assert set(load_metrics(data / "sample")["quote"]) == {""}
    assert read_report_folder(data / "sample/reports/990124-2024").text == text()


def test_the_digest_of_what_figures_are_linked_by_follows_the_word_lists(monkeypatch, tmp_path: Path) -> None:
    before = ingest_one.catalogue_digest()
    package = tmp_path / "extracting"
    shutil.copytree(Path(ingest_one.__file__).parents[1] / "extracting" / "data", package / "data")
    with (package / "data" / "link_rules.csv").open("a", encoding="utf-8") as table:
        table.write("\n")
    monkeypatch.setattr(ingest_one.resources, "files", lambda name: package)
    monkeypatch.setattr(ingest_one, "_DIGESTS", {})
    assert ingest_one.catalogue_digest() != before


@pytest.mark.skipif(sys.platform == "win32", reason="file names are text there")
def test_a_file_name_is_stored_whatever_the_locale_makes_of_it(tmp_path: Path) -> None:
    text = "砚桥县2024年法治政府建设年度报告\n受理行政复议案件53件。"
    (tmp_path / "砚桥县.txt").write_text(text, encoding="utf-8")
    Path(os.fsdecode(bytes(tmp_path) + b"/\xb1\xa8.txt")).write_text(text.replace("2024", "2023"), encoding="utf-8")
    environment = os.environ | {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
    script = (
        "import sys; from fazhi_analysis import ingest; print({one.status for one in ingest(sys.argv[1:], 'data')})"
    )
    files = sorted(path.name for path in tmp_path.iterdir())
    done = subprocess.run(
        [sys.executable, "-c", script, *files],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout == "{'stored'}\n", done.stderr
    names = {
        json.loads(path.read_text(encoding="utf-8"))["source"]["name"]
        for path in tmp_path.glob("data/reports/*/*.json")
    }
    assert names == {"砚桥县.txt", "\ufffd\ufffd.txt"}


def test_own_indicators_that_a_catalogue_lacks_are_named_when_their_figures_lose_them(
    file, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "own.csv"
    own.write_text(
        "id,name_zh,name_en,domain,unit,kind,direction,aliases\n"
        "drone_patrols,无人机巡查次数,Drone patrols,enforcement,次,count,neutral,无人机巡查\n",
        encoding="utf-8",
    )
    report = file(text() + "\n（附）开展无人机巡查37次。\n")
    monkeypatch.setenv("FAZHI_CATALOGUE", str(own))
    assert "drone_patrols" not in ingest(report, data, workers=1)[0].message
    assert "drone_patrols" in set(load_metrics(data)["indicator_id"])
    monkeypatch.delenv("FAZHI_CATALOGUE")
    (again,) = ingest(report, data, workers=1)
    assert again.status == "stored"
    assert "drone_patrols" in again.message
    assert "FAZHI_CATALOGUE" in again.message


def test_of_a_large_store_only_what_is_asked_for_is_kept_in_memory(file, data: Path) -> None:
    files = [file(text(2010 + number), f"{number}.txt") for number in range(3)]
    ingest(files, data, workers=1)
    store = IngestStore(data, Options(str(data)), replace_other=False, lang="zh")
    wanted = digest_of(files[1])
    known = store.known({wanted})
    assert list(known) == [wanted]
    document, note = known[wanted]
    assert (document["year"], note) == (2011, "already_stored")
    assert not any(isinstance(value, list) for value in document.values())


def test_documents_that_have_nothing_to_do_with_the_new_files_are_not_parsed(
    file, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = [file(text(2010 + number), f"{number}.txt") for number in range(3)]
    ingest(files, data, workers=1)
    read: list[str] = []
    document_in = ingest_store.read_document
    monkeypatch.setattr(ingest_store, "read_document", lambda folder: read.append(folder.name) or document_in(folder))
    store = IngestStore(data, Options(str(data)), replace_other=False, lang="zh")
    assert store.known({"0" * 64}) == {}
    assert read == []
    assert len(store.known({digest_of(files[1])})) == 1
    assert [name[-4:] for name in read] == ["2011"]
