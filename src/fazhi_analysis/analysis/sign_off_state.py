"""Signing a stored report, and how far each report that a page rests on is reviewed."""

from __future__ import annotations

from typing import Any

from fazhi_analysis.dataset import signatures
from fazhi_analysis.dataset.report_folders import find_folder
from fazhi_analysis.dataset.signatures import SignOff
from fazhi_analysis.errors import UsageError


def sign(report_id: str, who: str, note: str = "", *, data: Any) -> SignOff:
    """Sign the figures of a stored report as they stand now; the foot of its pages then says who and when.

    Parameters
    ----------
    report_id:
        The report.
    who, note:
        Who signs, and anything that the reader should know.
    data:
        The data folder that holds the report; the signature goes into its ledger, ``corrections/<report_id>.yaml``.

    Returns
    -------
    SignOff
        ``signed``, until a figure of the report changes: then it is ``void``, and the pages say so.

    Raises
    ------
    UnknownNameError
        For a report that is not stored there, listing what is.
    UsageError
        For the bundled data, which cannot be changed, and where nobody is named.

    >>> import tempfile
    >>> from pathlib import Path
    >>> import fazhi_analysis as fz
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     text = "云汀县2024年法治政府建设年度报告\\n办结行政复议案件12件，开展培训3场。"
    ...     _ = Path(folder, "云汀县.txt").write_text(text, encoding="utf-8")
    ...     (stored,) = fz.ingest(Path(folder, "云汀县.txt"), folder, region="方城县", year=2024, progress=False)
    ...     sign(stored.report_id, "张三", "已与台账核对", data=folder).state
    'signed'
    """
    if data is None:
        raise UsageError(report_id, "analysis.judgement.bundled")
    if not who.strip():
        raise UsageError("who", "analysis.signing.nobody")
    folder = find_folder(report_id, data)
    return signatures.sign(folder.parent, report_id, who, note)


def sign_off(report_id: str, data: Any = None) -> SignOff:
    """How far a stored report is reviewed: draft, signed, or signed before its figures changed.

    >>> sign_off("990124-2024").state
    'draft'
    """
    return signatures.sign_off(find_folder(report_id, data).parent, report_id)
