"""Loading: one call gives one tidy frame of all reports, or of some places and years."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fazhi_analysis._paths import bundled_data
from fazhi_analysis.catalogue.places import Places
from fazhi_analysis.dataset.cache import Cache, Index
from fazhi_analysis.dataset.identity import REPORT_ID, year_of
from fazhi_analysis.dataset.schema import FINDINGS, METRICS, REPORTS, STATEMENTS, Table
from fazhi_analysis.dataset.storage import read_kept_text, reports_folder
from fazhi_analysis.dataset.tables import parse_lists, to_arrow, to_frame
from fazhi_analysis.errors import DataError, UnknownNameError
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
        For a folder without data, or files that break the schema; it names file and row.

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
    """The stored findings, one a row; ``evidence`` holds lists of dictionaries.

    ``status`` and ``comment`` are those of the ledger as it stands now.

    Parameters and errors as for :func:`load_metrics`.

    >>> list(load_findings().columns) == list(FINDINGS.names)
    True
    """
    frame = _load(FINDINGS, data, regions, years)
    for report_id, judgement in _judgements(data_roots(data)):
        judged = (frame["report_id"].astype(str) == report_id) & (frame["id"].astype(str) == judgement.finding)
        frame.loc[judged, ["status", "comment"]] = judgement.status, judgement.comment
    return frame


def _judgements(roots: Iterable[Path]) -> Iterator[tuple[str, Judgement]]:
    """What people said of findings in the ledgers beside these reports, in the order in which they said it."""
    from fazhi_analysis.dataset.ledger import ledger_folder, load_ledger  # YAML is slow to import

    for root in roots:
        for path in sorted(ledger_folder(root).glob("*.yaml")):
            for judgement in load_ledger(root, path.stem).judgements:
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

    Raises DataError for a folder that is none.

    >>> list_reports().columns.tolist()
    ['report_id', 'region_code', 'region', 'year']
    """
    import pandas as pd

    indexes = [Cache(root, REPORTS).fresh_index() for root in data_roots(data)]
    rows = [
        (name, index.entries[name].code, index.entries[name].region, year_of(name))
        for index, names in zip(indexes, _select(indexes, None, None), strict=True)
        for name in names
    ]
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


def _load(table: Table, data: Data, regions: Regions, years: Years) -> pd.DataFrame:
    wanted_years = _years(years)
    caches = [Cache(root, table) for root in data_roots(data)]
    everything = regions is None and wanted_years is None
    for attempt in range(_ATTEMPTS):
        indexes = _known(caches, regions, wanted_years) if not everything and not attempt else None
        if indexes is None:
            indexes = [cache.fresh_index() for cache in caches]
        names = _select(indexes, regions, wanted_years)
        try:
            frame = to_frame(table, _rows(table, caches, indexes, names))
        except (OSError, ValueError):  # deleted or damaged meanwhile
            for cache in caches:
                cache.forget()
            continue
        return parse_lists(table, frame)
    raise DataError(caches[0].folder, "dataset.folder.cache_unreadable")


def _rows(table: Table, caches: Sequence[Cache], indexes: Sequence[Index], names: Sequence[Sequence[str]]) -> pa.Table:
    import pyarrow as pa

    parts = [cache.read(index, chosen) for cache, index, chosen in zip(caches, indexes, names, strict=True) if chosen]
    return pa.concat_tables(parts) if parts else to_arrow(table, {name: [] for name in table.names})


def _known(caches: Sequence[Cache], regions: Regions, years: Sequence[int] | None) -> list[Index] | None:
    """The indexes as they lie on disk, when what is asked for is in them and has not changed since."""
    indexes = [cache.known_index() for cache in caches]
    known = [index for index in indexes if index is not None]
    if len(known) < len(caches):
        return None
    try:
        names = _select(known, regions, years)
    except UnknownNameError:
        return None
    fresh = all(cache.is_fresh(index, chosen) for cache, index, chosen in zip(caches, known, names, strict=True))
    return known if fresh else None


def _select(indexes: Sequence[Index], regions: Regions, years: Sequence[int] | None) -> list[list[str]]:
    """Names of the reports to read from each folder: the places and years asked for, each report once."""
    chosen = [list(index.entries) for index in indexes]
    if len(indexes) > 1:
        last = {name: number for number, names in enumerate(chosen) for name in names}
        chosen = [[name for name in names if last[name] == number] for number, names in enumerate(chosen)]
    if regions is not None:
        pairs = list(dict.fromkeys((e.code, e.region) for index in indexes for e in index.entries.values()))
        wanted = {pairs[number] for number in Places(pairs).find_all(regions)}
        chosen = [
            [name for name in names if (index.entries[name].code, index.entries[name].region) in wanted]
            for index, names in zip(indexes, chosen, strict=True)
        ]
    if years is not None:
        existing = {year_of(name) for names in chosen for name in names}
        missing = [year for year in years if year not in existing]
        if missing:
            raise UnknownNameError(Message("common.list", items=missing), "choice.year.unknown", years=sorted(existing))
        chosen = [[name for name in names if year_of(name) in years] for names in chosen]
    return chosen


def _years(years: Any) -> list[int] | None:
    if years is None:
        return None
    try:
        return [int(year) for year in ([years] if isinstance(years, (int, str)) else years)]
    except (TypeError, ValueError):
        raise UnknownNameError(repr(years), "choice.year.not_integers") from None
