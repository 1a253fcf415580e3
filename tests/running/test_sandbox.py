"""A document that takes too long, too much memory, or the process with it, fails only itself."""

from __future__ import annotations

import ctypes
import os
import sys
import time
from pathlib import Path

import pytest

from fazhi_analysis import _limits, ingest
from fazhi_analysis.errors import DamagedFileError, EmptyFileError, FazhiError
from fazhi_analysis.running import ingest_one, sandbox
from fazhi_analysis.running.forked import warm
from fazhi_analysis.running.sandbox import guarded, limited

pytestmark = pytest.mark.skipif(not warm.available(), reason="this system cannot fork")


def spin() -> None:
    while True:
        pass


def crash() -> None:
    ctypes.string_at(0)


def hoard() -> int:
    return len(bytearray(4 * _limits.MEMORY))


def refuse() -> None:
    raise EmptyFileError("a.txt")


def speak() -> None:
    os.write(2, b"noise")
    raise ZeroDivisionError("x")


def look_for_what_is_gone() -> None:
    Path("no such folder", "a.txt").read_bytes()


@pytest.mark.parametrize(
    ("work", "text"),
    [
        (spin, "超过时限"),
        (crash, "进程崩溃"),
        (hoard, "内存过多"),
        (refuse, "文件是空的"),
        (speak, "ZeroDivisionError"),
    ],
)
def test_whatever_happens_is_one_line(work, text: str, monkeypatch: pytest.MonkeyPatch, capfd) -> None:
    monkeypatch.setattr(_limits, "SECONDS", 1)
    monkeypatch.setattr(_limits.begin, "__defaults__", (1, _limits.MEMORY))
    with pytest.raises(FazhiError, match=text) as caught:
        guarded("a.txt", work)
    assert len(str(caught.value).splitlines()) == 1
    assert "a.txt" in str(caught.value)
    assert capfd.readouterr().err == ""


def test_what_rightly_takes_longer_gets_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_limits.begin, "__defaults__", (1, _limits.MEMORY))

    def work() -> str:
        _limits.extend(5, 2 * _limits.MEMORY)
        block = bytearray(int(1.5 * _limits.MEMORY))
        until = time.process_time() + 1.5
        while time.process_time() < until:
            pass
        return f"done {len(block) > 0}"

    assert guarded("a.txt", work) == "done True"


def _three_pages(seconds: float) -> str:
    for number in (1, 2, 3):
        _limits.at_page(number, 3)
        time.sleep(seconds)
    return "read"


def test_a_document_is_not_given_up_while_it_goes_on_page_by_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "_LONGEST", 2)
    assert guarded("a.pdf", _three_pages, 1) == "read"
    with pytest.raises(DamagedFileError, match="超过时限"):
        guarded("a.pdf", time.sleep, 9)


@pytest.mark.parametrize("terminal", [True, False])
def test_a_terminal_shows_which_page_is_recognised(
    terminal: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: terminal)
    assert guarded("folder/a.pdf", _three_pages, 0.3) == "read"
    shown = capsys.readouterr().err
    assert ("a.pdf" in shown and "2/3" in shown) == terminal
    assert terminal or not shown


def test_limits_of_a_worker_end_with_the_call() -> None:
    import resource

    before = resource.getrlimit(resource.RLIMIT_AS), resource.getrlimit(resource.RLIMIT_CPU)
    with pytest.raises(MemoryError):
        limited(hoard)
    assert (resource.getrlimit(resource.RLIMIT_AS), resource.getrlimit(resource.RLIMIT_CPU)) == before


@pytest.mark.parametrize("workers", [1, 2])
def test_a_document_that_kills_its_process_fails_only_itself(
    tmp_path: Path, workers: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = tmp_path / "good.txt"
    good.write_text("砚桥县2024年法治政府建设年度报告\n受理行政复议案件53件。", encoding="utf-8")
    loop = tmp_path / "loop.pdf"
    loop.write_bytes(_forms_that_call_themselves())
    results = ingest([loop, good], tmp_path / "data", workers=workers)
    assert [result.status for result in results] == ["failed", "stored"]
    assert isinstance(results[0].error, DamagedFileError)
    assert "loop.pdf" in results[0].message
    assert [path.name for path in (tmp_path / "data/reports").iterdir()] == ["990124-2024"]


def test_no_memory_left_is_reported_of_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    def none_left(*_arguments: object) -> None:
        raise MemoryError

    monkeypatch.setattr(ingest_one, "_prepare", none_left)
    assert "内存过多" in str(ingest_one.prepare("a.txt", ingest_one.Options("data")))


def _forms_that_call_themselves() -> bytes:
    """A PDF of a page with a form that draws itself twice."""
    form = b"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 5 0 R >> >> /Length 11 >>"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] /Contents 4 0 R"
        b" /Resources << /XObject << /X 5 0 R >> >> >>",
        b"<< /Length 5 >>\nstream\n/X Do\nendstream",
        form + b"\nstream\n/X Do /X Do\nendstream",
    ]
    content, places = b"%PDF-1.7\n", []
    for number, one in enumerate(objects, start=1):
        places.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    tail = b"trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(content)
    return content + b"xref\n0 6\n0000000000 65535 f \n" + table + tail


def test_a_file_that_cannot_be_read_is_named_and_is_no_internal_fault() -> None:
    with pytest.raises(FazhiError) as caught:
        guarded("990124-2024", look_for_what_is_gone)
    assert str(caught.value) == "no such folder/a.txt：无法读取：No such file or directory。请检查路径和权限。 [data]"


def test_a_result_that_cannot_be_sent_is_a_fault_in_one_line() -> None:
    with pytest.raises(DamagedFileError, match="处理时出现内部错误") as caught:
        guarded("a.txt", lambda: lambda: 1)
    assert "\n" not in str(caught.value)
