"""Jobs of jupyter-scheduler whose text parameters need no quotes; ``fazhi lab`` sets it, by its settings.

jupyter-scheduler pastes what a person types into a cell as Python: 霁原旗 would be the name of a variable.
"""

from __future__ import annotations

import ast
from typing import Any

from jupyter_scheduler.executors import DefaultExecutionManager


def as_expression(typed: str) -> str:
    """What was typed as a Python expression: a literal as it stands, anything else as text.

    >>> as_expression("霁原旗"), as_expression("2024"), as_expression("None"), as_expression('"霁原旗"')
    ("'霁原旗'", '2024', 'None', '"霁原旗"')
    """
    try:
        ast.literal_eval(typed.strip())
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return repr(typed.strip())
    return typed.strip()


class TextParameters(DefaultExecutionManager):  # type: ignore[misc]
    """Runs a job like jupyter-scheduler itself, with text parameters taken as text."""

    @property
    def model(self) -> Any:
        """The job as it is stored, its parameters as Python expressions."""
        job = super().model
        if job.parameters:
            job.parameters = {name: as_expression(str(value)) for name, value in job.parameters.items()}
        return job
