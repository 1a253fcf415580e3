"""Write ``data/README.md`` from the schema.

python tools/build_data_dictionary.py
"""

from __future__ import annotations

from pathlib import Path

from fazhi_analysis.dataset.dictionary import render

TARGET = Path(__file__).resolve().parent.parent / "data" / "README.md"

if __name__ == "__main__":
    TARGET.write_text(render(), encoding="utf-8", newline="\n")
    print(TARGET.name)
