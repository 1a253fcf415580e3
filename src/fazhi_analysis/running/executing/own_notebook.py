"""A notebook of the user's own: a copy of a standard one, with the steps of its page as code to change."""

from __future__ import annotations

import functools
import json
import re
from importlib import resources
from pathlib import Path
from typing import Any, Final

from fazhi_analysis.errors import DataError, UsageError
from fazhi_analysis.messages import Message
from fazhi_analysis.running.executing.notebooks import Notebook, choose, find_notebooks

_NAME: Final = re.compile(r"[^\s/\\.][^/\\]*")


def new_notebook(name: str, source: str, into: Path | str = ".", lang: str = "zh") -> Path:
    """Write ``into/name.ipynb``, a copy of the notebook ``source`` to change at will, and return its path.

    It keeps the parameters and the cells of the page; after them come the page's steps as an analyst writes them:
    load, compare, choose, draw, tell, each a cell with a sentence on what to change. ``fazhi report --notebooks`` and
    ``fazhi batch --notebooks`` take it by its path.

    Raises UnknownNameError for an unknown notebook, UsageError for a name that is no file name or one that
    a standard notebook has, DataError where a file is in the way or cannot be written.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     new_notebook("mine", "year_over_year", folder).name
    'mine.ipynb'
    """
    (notebook,) = choose([source])
    stem = name.removesuffix(".ipynb")
    if not _NAME.fullmatch(stem):
        raise UsageError(name, "running.new.not_a_name")
    if stem in find_notebooks():
        raise UsageError(name, "running.new.standard_name", example=f"{stem}-2")
    path = Path(into) / f"{stem}.ipynb"
    text = json.dumps(_content(notebook, stem, lang), ensure_ascii=False, indent=1) + "\n"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise DataError(path, "running.new.exists") from None
    except OSError as error:
        raise DataError(path, "running.folder.lab_cannot_write", reason=error.strerror or str(error)) from None
    return path


def _content(notebook: Notebook, name: str, lang: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(notebook.path.read_text(encoding="utf-8"))
    steps = [*_steps()["load"], *_steps().get(notebook.name, [])]
    intro = Message("running.new.intro", source=notebook.name).text(lang)
    own = [cell for step in steps for cell in (_cell("markdown", step[lang]), _cell("code", step["code"]))]
    page = [cell for cell in content["cells"] if "notebook-only" not in cell["metadata"].get("tags", [])]
    named = json.dumps(name, ensure_ascii=False)  # the page's title: that of the standard page is another's
    opened = "".join(page[1]["source"]).replace("page.header()", f"page.header({named})")
    cells = [_cell("markdown", intro, "notebook-only"), page[0], _cell("code", opened), *own, *page[2:]]
    return {**content, "cells": [{**cell, "id": f"cell-{number}"} for number, cell in enumerate(cells)]}


def _cell(kind: str, source: str, *tags: str) -> dict[str, Any]:
    cell: dict[str, Any] = {"cell_type": kind, "metadata": {"tags": list(tags)} if tags else {}}
    made = {**cell, "source": source.rstrip().splitlines(keepends=True)}
    return made if kind == "markdown" else {**made, "outputs": [], "execution_count": None}


@functools.cache
def _steps() -> dict[str, list[dict[str, str]]]:
    import yaml

    text = resources.files("fazhi_analysis.running.executing").joinpath("steps.yaml").read_text(encoding="utf-8")
    steps: dict[str, list[dict[str, str]]] = yaml.safe_load(text)
    return steps
