"""Reading a text file must stay light: no library of another format, no pandas."""

from __future__ import annotations

import subprocess
import sys
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
