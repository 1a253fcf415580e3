"""One place and year, from stored figures to a folder of pages that needs nothing else.

``<out>/<place>-<year>/`` holds ``index.html``, an HTML page and the executed notebook a notebook, ``metrics.csv``,
``findings.csv`` and ``manifest.json``. It is written under another name and put in place when it is whole: the last
good folder stays until then, and a failed run is kept beside it, as ``<place>-<year>.failed``.
"""

from __future__ import annotations

import contextlib
import csv
import json
import re
import shutil
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from fazhi_analysis.dataset.swapping import new_folder, replace_folder
from fazhi_analysis.errors import RunError, UsageError
from fazhi_analysis.presenting.pages.material import Material
from fazhi_analysis.running import export, manifest, notebooks
from fazhi_analysis.running.start_page import start_page

_UNSAFE = re.compile(r"[^0-9A-Za-z一-鿿]+")


@dataclass(frozen=True)
class ReportResult:
    """Where a report lies: its folder, its pages (the index first), and its manifest."""

    folder: Path
    pages: tuple[Path, ...]
    manifest: Mapping[str, Any] = field(repr=False)


def run_report(
    region: str,
    year: int,
    baseline: int | None = None,
    data: Path | str | Iterable[Path | str] | None = None,
    lang: str = "zh",
    out: Path | str = "output",
    notebooks: Iterable[str | Path] | None = None,
    *,
    parameters: Mapping[str, Any] | None = None,
    engine: str | None = None,
    timeout: int | None = None,
    notebook_timeout: float | None = None,
    fingerprint: str = "",
    name: str = "",
    progress: Callable[[str], None] | None = None,
) -> ReportResult:
    """Execute notebooks for one place and year, and export each as a self-contained HTML page.

    Parameters
    ----------
    region, year, baseline:
        Place (code, own name or full name), report year, and earlier year (by default the latest one in the data).
    data:
        Data folder, or several; the bundled data by default.
    lang:
        ``zh`` or ``en``.
    out:
        Folder that the result folder is put into.
    notebooks:
        Names of bundled notebooks, or paths of the reader's own; the standard three by default.
    parameters:
        Further parameters of the notebooks.
    engine, timeout, notebook_timeout:
        Papermill's engine (by default the forked one where it is to be had, else the stock kernel), and the limits in
        seconds for one cell and for one notebook.
    fingerprint, name:
        What a batch knows: the digest of all that the result rests on, and the name of its folder.
    progress:
        Called with one line of text before each step.

    Raises
    ------
    UnknownNameError, UsageError
        For a place, year, language, notebook or parameter that cannot be had: before any kernel starts.
    RunError
        When a notebook fails; the executed part is kept and the last good folder untouched.
    """
    job = plan_report(region, year, baseline, data, lang, out, notebooks, parameters=parameters)
    if name:
        job = replace(job, target=job.target.with_name(name))
    limits = Limits(timeout, notebook_timeout)
    return run_planned(job, engine=engine, limits=limits, fingerprint=fingerprint, progress=progress)


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds that one cell and one notebook may take; None for no limit."""

    cell: int | None = None
    notebook: float | None = None


@dataclass(frozen=True)
class Job:
    """A checked request: what to run, with which parameters, into which folder."""

    material: Material
    notebooks: tuple[notebooks.Notebook, ...]
    parameters: tuple[Mapping[str, Any], ...]
    target: Path


def plan_report(
    region: str,
    year: int,
    baseline: int | None = None,
    data: Path | str | Iterable[Path | str] | None = None,
    lang: str = "zh",
    out: Path | str = "output",
    names: Iterable[str | Path] | None = None,
    *,
    parameters: Mapping[str, Any] | None = None,
) -> Job:
    """Check a request without running anything; see :func:`run_report`."""
    folders = _folders(data)
    chosen = notebooks.choose(names)
    material = Material.open(region=region, year=year, baseline=baseline, data=folders, lang=lang)
    common = {
        "region": material.region_code or material.region,
        "year": material.year,
        "baseline": material.baseline,
        "data": None if folders is None else [str(folder.resolve()) for folder in folders],
        "lang": lang,
    }
    common["region"] = material.region
    own = dict(parameters or {})
    fixed = sorted(set(own) & set(common))
    if fixed:
        raise UsageError(f"参数 {'、'.join(fixed)}", "这些参数另有选项", "请直接用 region、year、baseline、data、lang")
    each = notebooks.parameters_for(chosen, common, own)
    return Job(material, tuple(chosen), tuple(each), Path(out) / folder_name(material))


def run_planned(
    job: Job,
    *,
    engine: str | None = None,
    limits: Limits | None = None,
    fingerprint: str = "",
    progress: Callable[[str], None] | None = None,
) -> ReportResult:
    """Run a checked request."""
    engine = notebooks.prepare_engine(engine)
    limits = limits or Limits()
    say = progress or (lambda line: None)
    started, clock = manifest.now(), time.perf_counter()
    runs: list[dict[str, Any]] = []
    with new_folder(job.target) as folder:
        drafts: dict[str, export.Draft] = {}
        try:
            for notebook, parameters in zip(job.notebooks, job.parameters, strict=True):
                say(f"{job.material.place} {job.material.year}：执行 {notebook.name}")
                drafts[notebook.name] = _run_one(notebook, parameters, folder, job, runs, engine, limits)
        except RunError as error:
            _keep_failed(folder, job, runs, started, clock, error)
            raise
        pages = {"index": start_page(job.material, drafts), **drafts}
        characters = "".join(sorted(set().union(*(draft.characters for draft in pages.values()))))
        for name, draft in pages.items():
            (folder / f"{name}.html").write_text(export.render(draft, characters), encoding="utf-8")
        _write_tables(folder, job.material)
        content = _manifest(job, runs, started, clock, "done", folder)
        content |= {"fingerprint": fingerprint, "summary": _summary(job.material)}
        _write_json(folder / "manifest.json", content)
    _forget_failed(job.target)
    order = ("index", *(notebook.name for notebook in job.notebooks))
    return ReportResult(job.target, tuple(job.target / f"{name}.html" for name in order), content)


def folder_name(material: Material) -> str:
    """Name of the result folder: place and year, the language where it is not Chinese; never more than a plain name."""
    place = name_of(material.place, material.region_code)
    suffix = "" if material.words.lang == "zh" else f"-{material.words.lang}"
    return f"{place}-{material.year}{suffix}"


def name_of(place: str, code: str = "") -> str:
    """A place as a plain folder name.

    >>> name_of("霁原旗"), name_of("../x", "159928"), name_of("///")
    ('霁原旗', 'x', 'place')
    """
    return _UNSAFE.sub("", place) or code or "place"


def _summary(material: Material) -> dict[str, Any]:
    """What an index shows of a result: figures, verdicts of the comparison, findings by severity."""
    verdicts: dict[str, int] = {}
    if material.comparison is not None:
        counts = material.comparison["verdict"].astype(str).value_counts()
        verdicts = {str(verdict): int(count) for verdict, count in counts.items() if count}
    severities = [finding.severity for finding in material.findings if finding.status != "dismissed"]
    return {
        "metrics": int((material.metrics["year"] == material.year).sum()),
        "verdicts": verdicts,
        "findings": {severity: severities.count(severity) for severity in dict.fromkeys(severities)},
    }


def _folders(data: Path | str | Iterable[Path | str] | None) -> list[Path] | None:
    if data is None:
        return None
    folders = [Path(data)] if isinstance(data, (str, Path)) else [Path(folder) for folder in data]
    for folder in folders:
        if not folder.is_dir():
            raise UsageError(
                folder.name or str(folder), "没有这个数据文件夹", "请检查 --data，或先用 fazhi ingest 存入报告"
            )
    return folders


def _run_one(
    notebook: notebooks.Notebook,
    parameters: Mapping[str, Any],
    folder: Path,
    job: Job,
    runs: list[dict[str, Any]],
    engine: str,
    limits: Limits,
) -> export.Draft:
    target = folder / f"{notebook.name}.ipynb"
    run: dict[str, Any] = {
        "name": notebook.name,
        "notebook_sha256": manifest.digest(notebook.path),
        "status": "failed",
        "seconds": None,
    }
    runs.append(run)
    seconds = notebooks.execute(
        notebook,
        target.resolve(),
        parameters,
        engine=engine,
        timeout=limits.cell,
        notebook_timeout=limits.notebook,
    )
    run["seconds"] = round(seconds, 2)
    run["status"] = "done"
    return export.draft_notebook(target, job.material.words.lang)


def _keep_failed(
    folder: Path, job: Job, runs: list[dict[str, Any]], started: str, clock: float, error: RunError
) -> None:
    kept = folder.with_name(f"{folder.name}-failed")
    shutil.copytree(folder, kept)
    kept.chmod(0o755)
    content = _manifest(job, runs, started, clock, "failed", kept) | {"error": str(error)}
    for path in sorted(kept.glob("*.ipynb")):
        page = export.render(export.draft_notebook(path, job.material.words.lang, index=""))
        (kept / f"{path.stem}.html").write_text(page, encoding="utf-8")
    _write_json(kept / "manifest.json", content)
    failed = _failed_folder(job.target)
    replace_folder(kept, failed)
    error.place = str(failed / f"{error.place}.ipynb")
    error.args = (error.place, error.problem, error.remedy)


def _failed_folder(target: Path) -> Path:
    return target.with_name(f"{target.name}.failed")


def _forget_failed(target: Path) -> None:
    with contextlib.suppress(OSError):
        shutil.rmtree(_failed_folder(target))


def _manifest(
    job: Job, runs: list[dict[str, Any]], started: str, clock: float, status: str, folder: Path
) -> dict[str, Any]:
    material = job.material
    reports = [
        {key: report.get(key) for key in ("report_id", "year", "title", "digest", "address")}
        | {"corrections": len(report.get("corrections") or [])}
        for report in material.reports
    ]
    return {
        "format": manifest.FORMAT,
        "status": status,
        "region": material.region,
        "region_code": material.region_code,
        "year": material.year,
        "baseline": material.baseline,
        "lang": material.words.lang,
        "started": started,
        "seconds": round(time.perf_counter() - clock, 2),
        "versions": manifest.versions(),
        "parameters": _shown_parameters(job),
        "reports": reports,
        "inputs": manifest.inputs(report_folders(material)),
        "notebooks": runs,
        "outputs": manifest.outputs(folder),
    }


def _shown_parameters(job: Job) -> dict[str, Any]:
    merged: dict[str, Any] = {}
    for parameters in job.parameters:
        merged.update(parameters)
    if merged.get("data"):
        merged["data"] = [Path(folder).name for folder in merged["data"]]
    return merged


def report_folders(material: Material) -> list[Path]:
    """Folders of the reports that a page rests on."""
    from fazhi_analysis._paths import bundled_data

    roots = (
        [bundled_data(), bundled_data() / "sample"] if material.data is None else list(_folders(material.data) or [])
    )
    wanted = [str(report["report_id"]) for report in material.reports]
    found = []
    for name in wanted:
        for root in roots:
            for folder in (root / "reports" / name, root / name):
                if folder.is_dir():
                    found.append(folder)
    return list(dict.fromkeys(found))


def _write_tables(folder: Path, material: Material) -> None:
    """The figures and findings for the reader's own use; a byte order mark lets Excel read the Chinese."""
    metrics = material.metrics[material.metrics["year"].isin(material.shown_years)]
    metrics.to_csv(folder / "metrics.csv", index=False, encoding="utf-8-sig", lineterminator="\n")
    with (folder / "findings.csv").open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(
            ["report_id", "id", "rule", "severity", "message_zh", "message_en", "evidence", "status", "comment"]
        )
        for finding in material.findings:
            evidence = [
                {"start": piece.start, "end": piece.end, "text": piece.text, "value": piece.value, "row": piece.row}
                for piece in finding.evidence
            ]
            shown = json.dumps(evidence, ensure_ascii=False) if evidence else ""
            writer.writerow(
                [
                    finding.report_id,
                    finding.id,
                    finding.rule,
                    finding.severity,
                    finding.message_zh,
                    finding.message_en,
                    shown,
                    finding.status,
                    finding.comment,
                ]
            )


def _write_json(path: Path, content: Any) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=2, default=str) + "\n", encoding="utf-8")
