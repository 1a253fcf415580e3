"""Imported by the process that notebooks fork from: the shell, and what a child needs before its first cell.

The shell comes before pyplot, so that figures show inline.
"""

from __future__ import annotations

import importlib

from fazhi_analysis.running.forked import warm

warm.shell()
for _name in (
    "ipykernel.jsonutil",
    "matplotlib_inline.backend_inline",
    "bdb",
    "comm.base_comm",
    f"{__package__}.child",
):
    importlib.import_module(_name)
