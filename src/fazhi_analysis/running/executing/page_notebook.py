"""A notebook for a page that has none of its own, as the pages of installed packages: it shows the page's cells."""

from __future__ import annotations

import json
from dataclasses import MISSING, fields
from pathlib import Path
from typing import Any

from fazhi_analysis.dataset.atomic_writes import new_file
from fazhi_analysis.dataset.cache_folder import cache_folder
from fazhi_analysis.presenting.pages import page_class

_PARAMETERS = """\
region: str = "鄂托克前旗"  # 地方：代码、名称或全称
year: int = 2023  # 报告年度
baseline: "Optional[int]" = None  # 对比年度；None 为数据里最近的较早年度
data: "Optional[str]" = None  # 数据文件夹；None 为随包数据
lang: str = "zh"  # 页面语言：zh 或 en"""
_OPEN = """\
import fazhi_analysis as fz

page = fz.open_page(
    {name!r}, region=region, year=year, baseline=baseline, data=data, lang=lang{options}
)"""


def write_notebook(name: str) -> Path:
    """Write the notebook of a page into the cache folder and return its path.

    Raises PluginError where the page's module does not work.
    """
    path = cache_folder() / "notebooks" / f"{name}.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    with new_file(path) as draft:
        draft.write_text(json.dumps(notebook_of(name), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return path


def notebook_of(name: str) -> dict[str, Any]:
    """The notebook of a page: its parameters, then one cell for each of ``CELLS``.

    >>> [cell["source"] for cell in notebook_of("my_own")["cells"]][2:4]
    ['page.added()', 'page.excluded()']
    """
    kind = page_class(name)
    own = kind.parameters()
    given = [
        f"{field.name} = {None if field.default is MISSING else field.default!r}" for field in fields(kind.Options)
    ]
    parameters = "\n".join([_PARAMETERS, *given])
    first, *others = kind.CELLS
    opened = _OPEN.format(name=name, options="".join(f", {option}={option}" for option in own))
    sources = [parameters, f"{opened}\npage.{first}()", *(f"page.{cell}()" for cell in others)]
    cells: list[dict[str, Any]] = [
        {
            "cell_type": "code",
            "id": f"cell-{number}",
            "metadata": {"tags": ["parameters"]} if number == 0 else {},
            "source": source,
            "outputs": [],
            "execution_count": None,
        }
        for number, source in enumerate(sources)
    ]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return {"cells": cells, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}
