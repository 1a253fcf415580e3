"""Reading a text file must stay light: no library of another format, no pandas."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

HEAVY = ["pandas", "numpy", "matplotlib", "lxml", "docx", "pypdfium2", "trafilatura", "rapidocr", "PIL", "papermill"]


def test_text_needs_no_heavy_library(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("砚桥县2024年法治政府建设年度报告\n一、成效\n办结7件。", encoding="utf-8")
    code = (
        "import sys; from fazhi_analysis.reading import read_report; "
        f"report = read_report({str(path)!r}); assert report.metadata.year == 2024; "
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_long_report_is_read_in_a_blink() -> None:
    """Structure and cleaning of 15,000 characters; the bound is loose, the benchmark holds the real one."""
    from fazhi_analysis.reading import read_text

    paragraph = "（一）抓学习。一是学法5次，培训1045人次，参考率 98.6 %。二是考试，合格率达到99.04%，成效明显。\n"
    text = "砚桥县2024年法治政府建设年度报告\n一、成效\n" + paragraph * 280
    read_text(text)
    start = time.perf_counter()
    read_text(text)
    assert time.perf_counter() - start < 0.25
