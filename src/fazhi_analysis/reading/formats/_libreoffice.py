"""Older documents turned into DOCX by LibreOffice, where it is installed."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path

_TIMEOUT = 180.0  # seconds; the first start on a machine takes many
_NAMES = ("soffice", "libreoffice")


@cache
def converter() -> str:
    """Path of LibreOffice, or an empty string when it is not installed."""
    return next((path for name in _NAMES if (path := shutil.which(name))), "")


def to_docx(data: bytes, suffix: str) -> bytes | None:
    """The document as DOCX; None without LibreOffice, or when it cannot read it.

    ``suffix`` tells LibreOffice what to expect (``.doc``). Macros do not run; profile and files lie in a folder of
    their own, so that several conversions at once do not meet.
    """
    program = converter()
    if not program:
        return None
    with tempfile.TemporaryDirectory(prefix="fazhi-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        source, target = folder / f"document{suffix}", folder / "out"
        source.write_bytes(data)
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        orders = ["--headless", "--norestore", "--nolockcheck", "--convert-to", "docx", "--outdir", str(target)]
        try:
            subprocess.run(
                [program, profile, *orders, str(source)],
                check=False,
                timeout=_TIMEOUT,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        except (OSError, subprocess.TimeoutExpired):
            return None
        result = target / "document.docx"
        return result.read_bytes() if result.is_file() else None
