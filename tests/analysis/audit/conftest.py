"""Puts ``tools`` on the path: the generator of synthetic reports is a tool of the tests and is never installed."""

from __future__ import annotations

import sys
from pathlib import Path

TOOLS = str(Path(__file__).resolve().parents[3] / "tools")
if TOOLS not in sys.path:
    sys.path.insert(0, TOOLS)
