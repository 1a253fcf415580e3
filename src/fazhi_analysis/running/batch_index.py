"""The page over all results of an output folder: place, year, status, what changed, findings, links."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from fazhi_analysis.presenting.html import Fragment, join, tag
from fazhi_analysis.presenting.pages.material import own_name
from fazhi_analysis.presenting.words import Words
from fazhi_analysis.running import export

if TYPE_CHECKING:
    from fazhi_analysis.running.batch_outcome import Outcome
    from fazhi_analysis.running.batch_plan import BatchJob

_COLUMNS = ("place", "year", "status", "metrics", "changes", "errors", "warnings")


def write_index(job: BatchJob, outcomes: Sequence[Outcome]) -> Path:
    """Write ``index.html`` and ``batch.json`` into the output folder, each whole or not at all; returns the page."""
    out = Path(job.out)
    words = Words(job.lang)
    rows = [_row(out, outcome, words) for outcome in outcomes]
    counts = {status: sum(outcome.status == status for outcome in outcomes) for status in ("done", "skipped", "failed")}
    head = tag("tr", *(tag("th", words(f"batch.{name}"), scope="col", data_sort=_sort(name)) for name in _COLUMNS))
    table = tag("table", tag("thead", head), tag("tbody", *rows), cls="fz-table fz-sortable")
    body = join(
        [
            tag("header", tag("h1", words("batch.title")), cls="fz-header"),
            tag("p", words("batch.counts", **counts)),
            tag("p", words("batch.sort_hint")),
            tag("div", table, cls="fz-wide", tabindex="0", role="region", aria_label=words("batch.title")),
        ]
    )
    page = export.render(export.draft_page(str(Fragment(str(body))), words.lang, fallback=words("batch.title")))
    _put(
        out / "batch.json", json.dumps([_record(outcome) for outcome in outcomes], ensure_ascii=False, indent=1) + "\n"
    )
    _put(out / "index.html", page)
    return out / "index.html"


def _sort(name: str) -> str:
    return "text" if name in {"place", "status", "changes"} else "number"


def _record(outcome: Outcome) -> dict[str, Any]:
    return {name: getattr(outcome, name) for name in outcome.__dataclass_fields__}


def _row(out: Path, outcome: Outcome, words: Words) -> Fragment:
    manifest = _manifest(out / outcome.folder)
    summary: Mapping[str, Any] = manifest.get("summary") or {}
    findings = summary.get("findings") or {}
    link = tag("a", words.source(own_name(outcome.region)), href=f"{quote(outcome.folder)}/index.html")
    place = link if manifest else words.source(own_name(outcome.region))
    status: Any = words(f"batch.{outcome.status}")
    if outcome.status == "failed":
        details = tag("details", tag("summary", status), tag("p", outcome.message))
        status = details
    known = bool(summary)
    shown: dict[str, Any] = {
        "year": outcome.year,
        "status": status,
        "metrics": summary.get("metrics", "") if known else "",
        "changes": _changes(summary.get("verdicts") or {}, words),
        "errors": findings.get("error", 0) if known else "",
        "warnings": findings.get("warning", 0) if known else "",
    }
    cells = [tag("th", place, " ", tag("small", words.source(outcome.region)), scope="row")]
    for name, content in shown.items():
        cells.append(
            tag(
                "td",
                content,
                cls="num" if _sort(name) == "number" else None,
                data_label=words(f"batch.{name}") if content != "" else None,  # a narrow screen has no heads of columns
                data_value=outcome.status if name == "status" else None,
            )
        )
    return tag("tr", *cells)


def _changes(verdicts: Mapping[str, int], words: Words) -> str:
    order = ("improved", "worsened", "increased", "decreased", "unchanged", "uncertain", "doubtful")
    return words.join([words(f"batch.verdict_{name}", count=verdicts[name]) for name in order if verdicts.get(name)])


def _manifest(folder: Path) -> dict[str, Any]:
    try:
        content = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}


def _put(path: Path, text: str) -> None:
    draft = path.with_name(f".{path.name}.new")
    draft.write_text(text, encoding="utf-8")
    draft.replace(path)
