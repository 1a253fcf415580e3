"""Taking reports in: what is stored, what is refused in one line, and that a failure leaves no trace."""

from __future__ import annotations

import errno
import json
import os
import shutil
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from fazhi_analysis import ingest, load_findings, load_metrics, load_reports
from fazhi_analysis.dataset import make_report_id, read_report_folder, write_report_folder
from fazhi_analysis.dataset.ledger import add_correction, add_judgement, ledger_path
from fazhi_analysis.errors import DataError, LedgerError, NotAReportError, UnknownNameError, UsageError
from fazhi_analysis.running import ingest_one

SAMPLE = Path(__file__).resolve().parents[2] / "data" / "sample" / "texts"
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


@pytest.mark.parametrize(
    ("options", "error", "parts"),
    [
        ({"region": "砚乔县"}, UnknownNameError, ["砚乔县", "没有这个地方"]),
        ({"region": "朝阳区"}, UnknownNameError, ["朝阳区", "110105", "220104"]),
        ({"code": "4113"}, UsageError, ["6 位数字"]),
        ({"year": 24}, UsageError, ["年份"]),
    ],
)
def test_options_that_cannot_be_had_are_refused_before_reading(data: Path, options, error, parts) -> None:
    with pytest.raises(error) as caught:
        ingest("没有这份文件.txt", data, **options)
    for part in parts:
        assert part in str(caught.value)
    assert not data.exists()


BAD = {
    "missing": (None, "找不到文件"),
    "empty": (b"", "文件是空的"),
    "blank": (b" \n\n", "没有文字"),
    "binary": (bytes(range(256)) * 8, ""),
    "encoding": (b"\xff\xfe\x00\xd8" * 40, ""),
    "note": ("关于召开会议的通知\n请大家下午到会。".encode(), "不像一份法治政府建设年度报告"),
    "no place": ("2024年法治政府建设年度报告\n一、情况\n受理行政复议案件53件。".encode(), "--region"),
    "no year": ("砚桥县法治政府建设年度报告\n一、情况\n受理行政复议案件53件。".encode(), "--year"),
    "several places": ("鼓楼区2024年法治政府建设年度报告\n受理行政复议案件53件。".encode(), "--code"),
    "cut pdf": (b"%PDF-1.7\n1 0 obj\n<<", ""),
    "cut docx": (b"PK\x03\x04\x14\x00", ""),
}


@pytest.mark.parametrize("name", list(BAD))
def test_bad_input_is_one_line_and_leaves_no_trace(name: str, file, data: Path, tmp_path: Path) -> None:
    ingest(file(), data)
    before = tree(data)
    content, part = BAD[name]
    path = tmp_path / "没有.txt" if content is None else file(content, "坏.txt")
    (result,) = ingest(path, data)
    assert result.status == "failed"
    assert part in result.message
    assert path.name in result.message
    assert "\n" not in result.message
    assert "内部错误" not in result.message
    assert tree(data) == before
    assert [p.name for p in (data / "reports").iterdir()] == ["990124-2024"]


def test_not_a_report_is_its_own_error_unless_place_and_year_are_given(file, data: Path) -> None:
    note = file("关于召开会议的通知\n请大家下午到会。")
    assert isinstance(ingest(note, data)[0].error, NotAReportError)
    assert not data.exists()
    (result,) = ingest(note, data, region="方城县", year=2024)
    assert (result.status, "没有提取到任何指标" in result.message) == ("stored", True)


def test_one_bad_file_fails_only_itself(file, data: Path) -> None:
    files = [file(text(2023), "a.txt"), file(b"\x00" * 99, "b.txt"), file(text(2024), "c.txt")]
    results = ingest(files, data)
    assert [result.status for result in results] == ["stored", "failed", "stored"]
    assert [result.path.name for result in results] == ["a.txt", "b.txt", "c.txt"]
    assert sorted(path.name for path in (data / "reports").iterdir()) == ["990124-2023", "990124-2024"]


def test_a_fault_of_ours_fails_one_file_too(file, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(report: object) -> None:
        raise RuntimeError("boom\nboom")

    monkeypatch.setattr(ingest_one, "extract", broken)
    (result,) = ingest(file(), data)
    assert result.status == "failed"
    assert "RuntimeError: boom boom" in result.message
    assert "\n" not in result.message


def test_a_full_disk_is_one_line_and_leaves_no_trace(file, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ingest(file(), data)
    before = tree(data)
    write = Path.write_bytes

    def full(path: Path, content: bytes) -> int:
        if path.name == "findings.csv":
            raise OSError(errno.ENOSPC, "No space left on device")
        return write(path, content)

    monkeypatch.setattr(Path, "write_bytes", full)
    (result,) = ingest(file(text(2023), "b.txt"), data)
    assert (result.status, type(result.error)) == ("failed", DataError)
    assert "磁盘" in result.message
    assert tree(data) == before


def test_a_second_source_stands_beside_the_first(file, data: Path) -> None:
    one, other = file(text(count=53), "a.txt"), file(text(count=54), "b.txt")
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


def test_a_report_curated_by_hand_is_not_written_over(file, data: Path) -> None:
    ingest(file(), data)
    digest = read_report_folder(data / "reports/990124-2024").document["source"]["digest"]
    write_report_folder(
        "990124-2024",
        into=data,
        region="云岭省望溪市砚桥县",
        region_code="990124",
        year=2024,
        source={"digest": digest},
    )
    before = tree(data)
    (result,) = ingest(file(), data)
    assert result.status == "failed"
    assert "人工整理" in result.message
    assert tree(data) == before


def test_a_correction_is_applied_shown_and_never_lost(file, data: Path) -> None:
    ingest(file(), data)
    add_correction(data, "990124-2024", {"value": 53}, {"value": 55}, why="与台账核对", who="张三", date="2025-03-01")
    for status in ("stored", "unchanged"):
        (result,) = ingest(file(), data)
        assert result.status == status
    row = load_metrics(data).query("origin == 'corrected'").iloc[0]
    assert (row["value"], row["lower"], row["upper"]) == (55, 55, 55)
    (shown,) = load_reports(data)["corrections"][0]
    assert (shown["row"], shown["from"], shown["to"]) == (row["row_id"], {"value": 53}, {"value": 55})
    assert (shown["why"], shown["who"], shown["date"]) == ("与台账核对", "张三", "2025-03-01")


def test_the_audit_sees_the_corrected_figure(file, data: Path) -> None:
    wrong = text().replace("办结案件50余件", "办结案件50件，办结率94%")
    ingest(file(wrong), data)
    before = {row["rule"]: row["severity"] for row in read_report_folder(data / "reports/990124-2024").findings}
    add_correction(
        data, "990124-2024", {"value": 94}, {"value": 94.34, "lower": 94.335, "upper": 94.345}, why="x", who="y"
    )
    ingest(file(wrong), data)
    after = read_report_folder(data / "reports/990124-2024")
    assert {row["value"] for row in after.metrics} >= {94.34}
    cited = [entry["value"] for row in after.findings for entry in row["evidence"]]
    assert 94 not in cited
    assert before


def test_a_judgement_is_kept_and_one_about_nothing_is_noted(file, data: Path) -> None:
    ingest(file(), data)
    finding = read_report_folder(data / "reports/990124-2024").findings[0]["id"]
    add_judgement(data, "990124-2024", finding, "dismissed", comment="已核实", who="张三")
    add_judgement(data, "990124-2024", "sum-00000000", "accepted", comment="属实", who="张三")
    (result,) = ingest(file(), data)
    assert result.status == "stored"
    assert "sum-00000000" in result.message
    stored = {row["id"]: row for row in read_report_folder(data / "reports/990124-2024").findings}
    assert (stored[finding]["status"], stored[finding]["comment"]) == ("dismissed", "已核实")


def test_a_correction_that_no_longer_holds_stops_the_ingest(file, data: Path) -> None:
    ingest(file(), data)
    add_correction(data, "990124-2024", {"value": 53}, {"value": 55}, why="与台账核对", who="张三")
    path = ledger_path(data, "990124-2024")
    path.write_text(path.read_text(encoding="utf-8").replace("value: 53", "value: 52"), encoding="utf-8")
    before = tree(data)
    (result,) = ingest(file(), data)
    assert isinstance(result.error, LedgerError)
    assert "value 应为 52，现为 53" in result.message
    assert "\n" not in result.message
    assert tree(data) == before


def test_many_files_give_the_same_store_however_many_workers(file, data: Path, tmp_path: Path) -> None:
    files = [file(text(2015 + number % 5, 40 + number), f"{number}.txt") for number in range(10)]
    stores = []
    for workers in (1, 2):
        folder = tmp_path / f"data{workers}"
        results = ingest(files, folder, workers=workers)
        assert [result.status for result in results] == ["stored"] * 10
        stores.append(tree(folder))
    assert stores[0] == stores[1]
    with ThreadPoolExecutor(3) as executor:
        ingest(files, data, executor=executor)
    assert tree(data) == stores[0]


def test_stored_files_are_skipped_without_being_read(file, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = [file(text(2010 + number), f"{number}.txt") for number in range(9)]
    ingest(files[:6], data, workers=1)
    read = []
    real = ingest_one.read_report
    monkeypatch.setattr(ingest_one, "read_report", lambda path: read.append(path.name) or real(path))
    results = ingest(files, data, workers=1)
    assert [result.status for result in results] == ["unchanged"] * 6 + ["stored"] * 3
    assert read == ["6.txt", "7.txt", "8.txt"]
    read.clear()
    add_judgement(data, "990124-2012", "sum-1", "accepted", comment="属实", who="张三")
    ingest(files, data, workers=1)
    assert read == ["2.txt"]
    read.clear()
    ingest(files, data, workers=1, year=2012)
    assert set(read) == {f"{number}.txt" for number in range(9) if number != 2}


def test_a_worker_that_dies_fails_one_file_only(file, data: Path, tmp_path: Path) -> None:
    files = [file(text(2010 + number), f"{number}.txt") for number in range(6)]
    script = f"""
        import os, sys
        from pathlib import Path
        from fazhi_analysis.running import ingest_pool
        from fazhi_analysis.running.ingest_one import Options, prepare
        sys.path.insert(0, {str(tmp_path)!r})
        from dying import dying
        calls = [(str(path), Options({str(data)!r})) for path in sorted(Path({str(tmp_path)!r}).glob("*.txt"))]
        print([type(made).__name__ for made in ingest_pool.in_order(dying, calls, 2)])
    """
    (tmp_path / "dying.py").write_text(
        "import os\nfrom fazhi_analysis.running.ingest_one import prepare\n"
        "def dying(path, options):\n"
        "    if path.endswith('3.txt'):\n        os._exit(11)\n"
        "    return prepare(path, options)\n"
    )
    run = subprocess.run([sys.executable, "-c", textwrap.dedent(script)], capture_output=True, text=True, check=True)
    assert json.loads(run.stdout.replace("'", '"')) == ["Prepared"] * 3 + ["DamagedFileError"] + ["Prepared"] * 2
    assert len(files) == 6


def test_a_script_without_a_main_guard_may_ingest(file, data: Path, tmp_path: Path) -> None:
    files = [str(file(text(2010 + number), f"{number}.txt")) for number in range(4)]
    script = tmp_path / "script.py"
    script.write_text(
        "print('once')\nfrom fazhi_analysis import ingest\n"
        f"print([r.status for r in ingest({files!r}, {str(data)!r}, workers=2)])\n",
        encoding="utf-8",
    )
    run = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, check=True)
    assert run.stdout.splitlines() == ["once", "['stored', 'stored', 'stored', 'stored']"]
    assert run.stderr == ""


def test_stopped_in_the_middle_and_taken_up_again(file, data: Path, tmp_path: Path) -> None:
    files = [str(file(text(2003 + number // 3, 40 + number), f"{number:02d}.txt")) for number in range(60)]
    script = f"from fazhi_analysis import ingest; ingest({files!r}, {str(data)!r}, workers=2)"
    process = subprocess.Popen([sys.executable, "-c", script], stderr=subprocess.PIPE, start_new_session=True)
    reports = data / "reports"
    while process.poll() is None and (not reports.is_dir() or len(list(reports.glob("[0-9]*"))) < 1):
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode != 0
    assert b"KeyboardInterrupt" in errors
    stored = sorted(path.name for path in reports.iterdir())
    assert 1 <= len(stored) < 60
    for name in stored:
        assert read_report_folder(reports / name).report_id == name
    results = ingest(files, data, workers=1)
    assert {result.message for result in results if result.status == "failed"} == set()
    assert [result.status for result in results[: len(stored)]] == ["unchanged"] * len(stored)
    assert {result.status for result in results[len(stored) :]} == {"stored"}
    once = tmp_path / "once"
    ingest(files, once, workers=1)
    assert tree(data) == tree(once)


def test_two_processes_at_once_keep_both_sources(file, data: Path) -> None:
    scripts = [
        f"from fazhi_analysis import ingest; r, = ingest({str(path)!r}, {str(data)!r}); assert r.status == 'stored', r"
        for path in [file(text(count=50 + number), f"{number}.txt") for number in range(3)]
    ]
    processes = [subprocess.Popen([sys.executable, "-c", script]) for script in scripts]
    assert [process.wait() for process in processes] == [0, 0, 0]
    assert len(list((data / "reports").iterdir())) == 3
    assert len(set(load_metrics(data)["report_id"])) == 3


def test_a_name_in_a_document_is_never_a_path(file, data: Path, tmp_path: Path) -> None:
    evil = text().replace("砚桥县", "../../砚桥县").replace("53件", "53件（=HYPERLINK(1)）")
    before = {path.name for path in tmp_path.iterdir()}
    for result in ingest(file(evil, "b.txt"), data):
        assert result.status in ("stored", "failed")
    assert {path.name for path in tmp_path.iterdir()} - before <= {"b.txt", "data"}
    assert all("," + sign not in row for row in _cells(data) for sign in "=@")


def _cells(data: Path) -> list[str]:
    return [line for path in data.rglob("*.csv") for line in path.read_text(encoding="utf-8-sig").splitlines() if line]


@pytest.mark.parametrize(
    ("title", "region", "code"),
    [
        ("深圳市光明区司法局2022年法治政府建设年度报告", "广东省深圳市光明区司法局", ""),
        ("光明区人民政府2022年法治政府建设年度报告", "广东省深圳市光明区", "440311"),
        ("青石市2022年法治政府建设年度报告", "青石市", ""),
    ],
)
def test_a_body_below_the_government_is_not_its_place(file, data: Path, title: str, region: str, code: str) -> None:
    (result,) = ingest(file(f"{title}\n一、情况\n2022年受理行政复议案件53件。"), data)
    assert result.report_id == make_report_id(region, code, 2022)
    assert load_reports(data)[["region", "region_code"]].to_numpy().tolist() == [[region, code]]
    assert ("区划表中没有" in result.message) == (region == "青石市")


def test_progress_is_shown_on_a_terminal_only(file, data: Path, capsys, monkeypatch: pytest.MonkeyPatch) -> None:
    files = [file(text(2020 + number), f"{number}.txt") for number in range(3)]
    ingest(files, data, workers=1)
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(type(sys.stderr), "isatty", lambda stream: True, raising=False)
    ingest(files, data, workers=1)
    assert "入库" in capsys.readouterr().err
    ingest(files, data, workers=1, progress=False)
    assert capsys.readouterr().err == ""


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
    assert ingest_one.catalogue_digest.__wrapped__() != before


RATED = "（一）依法化解争议。全年排查问题30个，整改27个，整改率95%。"


def rated(file) -> Path:
    return file(text().replace("（一）依法化解争议。", RATED))


def rate_finding(data: Path):
    from fazhi_analysis.analysis import audit

    (found,) = [item for item in audit("990124-2024", data=data, rules=["ratio"]) if "27个" in item.message_zh]
    return found


@pytest.fixture
def rate_corrected(file, data: Path) -> Path:
    """A wrong rate whose finding was dismissed before the rate was corrected."""
    ingest(rated(file), data)
    wrong = rate_finding(data)
    assert (wrong.severity, "所印为95%" in wrong.message_zh) == ("error", True)
    add_judgement(data, "990124-2024", wrong.id, "dismissed", comment="另有基数", who="张三")
    right = {"value": 90, "lower": 89.5, "upper": 90.5}
    add_correction(data, "990124-2024", {"value": 95}, right, why="与台账核对", who="张三")
    (result,) = ingest(rated(file), data)
    assert wrong.id in result.message  # the judgement fits no finding any more, and that is said
    return data


def test_a_corrected_figure_is_told_as_corrected(rate_corrected: Path) -> None:
    found = rate_finding(rate_corrected)
    assert found.severity == "confirmed"
    assert "与更正后的90%相符" in found.message_zh
    assert "原印95%" in found.message_zh
    assert "the corrected 90%" in found.message_en
    assert "95% was printed" in found.message_en


def test_a_judgement_does_not_pass_to_another_finding(rate_corrected: Path) -> None:
    found = rate_finding(rate_corrected)
    assert (found.status, found.comment) == ("open", "")
    add_judgement(rate_corrected, "990124-2024", found.id, "accepted", comment="已更正", who="李四")
    assert rate_finding(rate_corrected).status == "accepted"


def test_pages_mark_a_corrected_figure_and_the_workbook_keeps_the_printed_one(
    file, rate_corrected: Path, tmp_path: Path
) -> None:
    import openpyxl

    import fazhi_analysis as fz
    from fazhi_analysis.presenting.html import plain_text
    from fazhi_analysis.presenting.pages.material import Material
    from fazhi_analysis.presenting.workbook import workbook_of

    earlier = text(2023).replace("（一）依法化解争议。", RATED.replace("95%", "90%"))
    ingest(file(earlier, "上年.txt"), rate_corrected)
    for lang, marked in (("zh", "90%（已更正）"), ("en", "90% (corrected)")):
        page = fz.open_page("year_over_year", region="990124", year=2024, data=rate_corrected, lang=lang)
        said = plain_text(str(page.changes_table()))
        assert said.count(marked) == 1
        assert said.count("90%") == 2
    path = tmp_path / "book.xlsx"
    workbook_of(Material.open(region="990124", year=2024, data=rate_corrected)).save(path)
    head, *rows = openpyxl.load_workbook(path)["指标"].iter_rows(values_only=True)
    lines = [dict(zip(head, row, strict=True)) for row in rows]
    (line,) = [line for line in lines if line["来历"] == "更正"]
    assert (line["数值"], line["报告的措辞"]) == (90, "95%")


def test_a_file_is_judged_like_the_stored_report_of_a_body_without_a_code(file, data: Path) -> None:
    from fazhi_analysis.analysis import audit

    reports = [
        file(text(year).replace("砚桥县人民政府", "砚桥县司法局").replace("53件", f"{count}件"), f"{year}.txt")
        for year, count in ((2023, 53), (2024, 5300))
    ]
    (_, now) = ingest(reports, data)
    assert now.report_id.startswith("x")
    (large,) = audit(now.report_id, data=data, rules=["magnitude"])
    add_judgement(data, now.report_id, large.id, "dismissed", comment="属实", who="张三")
    stored, direct = (
        {item.id: (item.status, item.comment) for item in audit(target, data=data)}
        for target in (now.report_id, reports[1])
    )
    assert direct == stored
    assert direct[large.id] == ("dismissed", "属实")


def test_a_doubt_about_the_earlier_year_is_told_where_it_counts(file, data: Path) -> None:
    import fazhi_analysis as fz
    from fazhi_analysis.presenting.html import plain_text

    told = "（一）依法化解争议。办理行政处罚案件410件、行政检查870件，合计{}件。"
    reports = [
        file(text(year).replace("（一）依法化解争议。", told.format(total)), f"{year}.txt")
        for year, total in ((2023, 1260), (2024, 1280))
    ]
    ingest(reports, data)
    page = fz.open_page("year_over_year", region="990124", year=2024, data=data)
    headline, table = (plain_text(str(part)) for part in (page.headline(), page.changes_table()))
    assert "2023年报告：410件 + 870件 = 1280，合计却印为1260件" in headline
    assert "2024年报告" not in headline
    assert "2023年数字核查存疑：" in table
    assert "2024年数字核查存疑" not in table
