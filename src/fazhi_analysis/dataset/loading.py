"""Loading: one call gives one tidy frame of all reports, or of some places and years."""

from __future__ import annotations

import warnings
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from fazhi_analysis._paths import bundled_data
from fazhi_analysis.dataset.arrow_tables import parse_lists, to_arrow, to_frame
from fazhi_analysis.dataset.cache import Cache
from fazhi_analysis.dataset.report_ids import REPORT_ID, year_of
from fazhi_analysis.dataset.report_json import read_kept_text
from fazhi_analysis.dataset.schema import FINDINGS, METRICS, REPORTS, STATEMENTS, Table
from fazhi_analysis.dataset.selecting import (
    Selection,
    chosen_years,
    left_out,
    say_unknown_indicators,
    select,
    stores_of,
)
from fazhi_analysis.dataset.storage import reports_folder
from fazhi_analysis.errors import BrokenReportWarning, DataError, LedgerError
from fazhi_analysis.messages import Message

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

    from fazhi_analysis.dataset.ledger_entries import Judgement

Data = str | Path | Iterable[str | Path] | None
Regions = str | Iterable[str] | None
Years = int | Iterable[int] | None

_ATTEMPTS = 3


def load_metrics(data: Data = None, regions: Regions = None, years: Years = None) -> pd.DataFrame:
    """The metrics, one figure a row, in the order of report and text.

    Parameters
    ----------
    data:
        A data folder, or several (where two hold the same report, the later one counts); the bundled data by default.
    regions:
        Places by code, own name (方城县) or full name; all by default.
    years:
        Years reported on; all by default.

    Returns
    -------
    DataFrame with the columns of ``schema.METRICS``: text as ``str`` (missing: empty), keys and closed vocabularies
    categorical, ``year`` int64, ``value``, ``lower``, ``upper`` and ``confidence`` float64 (``upper`` may be inf),
    ``start`` and ``end`` Int64, ``is_metric`` bool.

    Raises
    ------
    UnknownNameError
        For a place or year that is not in the data, or a name that fits several places; it lists what exists.
    DataError
        For a folder without data, and where all reports that were asked for (or one of a place and year that were)
        break the schema; it names file and row.

    Warns
    -----
    BrokenReportWarning
        For each other report that breaks the schema and is left out: file, what is wrong, what to do.

    >>> frame = load_metrics()
    >>> list(frame.columns) == list(METRICS.names)
    True
    """
    return _load(METRICS, data, regions, years)


def load_statements(data: Data = None, regions: Regions = None, years: Years = None) -> pd.DataFrame:
    """The problems and next steps, one a row; ``parts`` and ``answers`` hold lists of dictionaries.

    Parameters and errors as for :func:`load_metrics`.

    >>> list(load_statements().columns) == list(STATEMENTS.names)
    True
    """
    return _load(STATEMENTS, data, regions, years)


def load_findings(data: Data = None, regions: Regions = None, years: Years = None) -> pd.DataFrame:
    """The findings stored with the reports, one a row; ``evidence`` holds lists of dictionaries.

    They were made of each report by itself when it was taken in: rules that look at the year before found nothing yet,
    and reports taken from a public page have none. To mark doubtful figures, give what ``audit_all`` finds instead.

    ``status`` and ``comment`` are those of the ledger as it stands now.

    Parameters and errors as for :func:`load_metrics`.

    >>> list(load_findings().columns) == list(FINDINGS.names)
    True
    """
    frame = _load(FINDINGS, data, regions, years)
    held = set(frame["report_id"].astype(str))
    for report_id, judgement in _judgements(data_roots(data), held, asked=regions is not None):
        judged = (frame["report_id"].astype(str) == report_id) & (frame["id"].astype(str) == judgement.finding)
        frame.loc[judged, ["status", "comment"]] = judgement.status, judgement.comment
    return frame


def _judgements(roots: Iterable[Path], held: Collection[str], *, asked: bool) -> Iterator[tuple[str, Judgement]]:
    """Judgements of findings in the ledgers of these reports, in their order there.

    A ledger that cannot be read is an error for who asked for its place, and a warning for everybody else.
    """
    from fazhi_analysis.dataset.ledger import ledger_folder, load_ledger  # YAML is slow to import

    for root in roots:
        for path in sorted(ledger_folder(root).glob("*.yaml")):
            if path.stem not in held:
                continue
            try:
                ledger = load_ledger(root, path.stem)
            except LedgerError as error:
                if asked:
                    raise
                message = Message("dataset.left_out.ledger", error=error)
                warnings.warn(BrokenReportWarning(message), stacklevel=3)
                continue
            for judgement in ledger.judgements:
                yield path.stem, judgement


def load_reports(data: Data = None, regions: Regions = None, years: Years = None) -> pd.DataFrame:
    """The reports, one a row: what each says about itself, where it came from, corrections and warnings.

    Parameters and errors as for :func:`load_metrics`.

    >>> list(load_reports().columns) == list(REPORTS.names)
    True
    """
    return _load(REPORTS, data, regions, years)


def load_text(report_id: str, data: Data = None) -> str | None:
    """The kept text of a report; None where the text is not kept, or the data do not have the report.

    Where several data folders hold the report, the later one counts, as for the tables: the text is that of the rows.
    Raises DataError for a folder without data.

    >>> "行政复议" in load_text("159928-2024"), load_text("150623-2023") is None
    (True, True)
    """
    if REPORT_ID.fullmatch(report_id):
        for root in reversed(data_roots(data)):
            if (root / report_id / "report.json").is_file():
                return read_kept_text(root / report_id)
    return None


def list_reports(data: Data = None) -> pd.DataFrame:
    """Which reports there are: one a row, in the order of :func:`load_reports`.

    Columns ``report_id``, ``region_code``, ``region`` (str) and ``year`` (int64). Nothing of the contents is read, so
    that one place among thousands is found at once.

    Reports that break the schema are among them where their place is known, so that who asks for one learns why it
    cannot be loaded. Raises DataError for a folder that is none.

    >>> list_reports().columns.tolist()
    ['report_id', 'region_code', 'region', 'year']
    """
    import pandas as pd

    places: dict[str, tuple[str, str]] = {}
    for root in data_roots(data):
        for name, entry in sorted(Cache(root, REPORTS).fresh_index().all.items()):
            places.pop(name, None)  # it counts where the last folder has it
            places[name] = (entry.code, entry.region)
    rows = [(name, *place, year_of(name)) for name, place in places.items() if place[1]]
    columns = ["report_id", "region_code", "region", "year"]
    return pd.DataFrame(rows, columns=columns).astype({"year": "int64"})


def data_roots(data: Data = None) -> list[Path]:
    """Folders of reports that ``data`` means, resolved. Raises DataError for one that is none.

    >>> data_roots()[0].name
    'reports'
    """
    if data is None:
        bundled = bundled_data()
        roots = [bundled / "reports", bundled / "sample" / "reports"]
        return [root.resolve() for root in roots if root.is_dir()]
    chosen = [data] if isinstance(data, (str, Path)) else list(data)
    return [reports_folder(folder).resolve() for folder in chosen]


def broken_reports(data: Data = None, names: Iterable[str] | None = None) -> dict[str, DataError]:
    """Reports (all, or those of these names) that break the schema, each with what is wrong; loaders leave them out.

    >>> broken_reports()
    {}
    """
    wanted = None if names is None else sorted(names)
    found: dict[str, DataError] = {}
    there: set[str] = set()
    for store in reversed(stores_of(data_roots(data), REPORTS)):
        held = store.known() if wanted is not None else None
        if held is None or not store.is_fresh(held, [name for name in wanted or () if name in held.own.all]):
            held = store.fresh()
        broken = [name for name in held.broken if name not in there and (wanted is None or name in wanted)]
        found |= {name: error for name in broken if (error := store.error_of(name)) is not None}
        there |= held.own.all.keys()
    return dict(sorted(found.items()))


def _load(table: Table, data: Data, regions: Regions, years: Years) -> pd.DataFrame:
    wanted_years = chosen_years(years)
    stores = stores_of(data_roots(data), table)
    for attempt in range(_ATTEMPTS):
        try:
            selection = select(stores, regions, wanted_years, quick=not attempt)
            frame = to_frame(table, _rows(table, selection))
        except (OSError, ValueError, KeyError, RecursionError):  # deleted or damaged meanwhile
            for store in stores:
                store.start_again(elsewhere=attempt > 0)
            continue
        left_out(selection, regions, wanted_years)
        if table is METRICS:
            say_unknown_indicators(frame)
        return parse_lists(table, frame)
    raise DataError(stores[0].folder, "dataset.folder.cache_unreadable")


def _rows(table: Table, selection: Selection) -> pa.Table:
    import pyarrow as pa

    parts = [held.store.read(held, names) for held, names in selection.sound if names]
    return pa.concat_tables(parts) if parts else to_arrow(table, {name: [] for name in table.names})
