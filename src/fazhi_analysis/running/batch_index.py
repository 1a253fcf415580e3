"""The page over all results of an output folder: place, year, status, headline figures, what changed, findings, links.

The headline figures are the indicators that most of the results give, so that a column can be read down; which they are
follows from the results and from nothing else. A figure that the audit doubts is marked.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from fazhi_analysis.presenting.html import Fragment, join, tag
from fazhi_analysis.presenting.naming import catalogue
from fazhi_analysis.presenting.pages.material import own_name
from fazhi_analysis.presenting.words import Words
from fazhi_analysis.running import export

if TYPE_CHECKING:
    from fazhi_analysis.running.batch_outcome import Outcome
    from fazhi_analysis.running.batch_plan import BatchJob

_BEFORE, _AFTER = ("place", "year", "status", "metrics"), ("changes", "errors", "warnings")
_HEADLINES = 3
_FIRST_DOMAIN = (
    "power_oversight"  # among figures that as many places give: reviews and lawsuits, which every survey asks
)


def write_index(job: BatchJob, outcomes: Sequence[Outcome]) -> Path:
    """Write ``index.html`` and ``batch.json`` into the output folder, each whole or not at all; returns the page."""
    out = Path(job.out)
    words = Words(job.lang)
    manifests = [_manifest(out / outcome.folder) for outcome in outcomes]
    headlines = headline_indicators(manifests)
    rows = [_row(*pair, headlines, words) for pair in zip(outcomes, manifests, strict=True)]
    counts = {status: sum(outcome.status == status for outcome in outcomes) for status in ("done", "skipped", "failed")}
    names = {name: words(f"batch.{name}") for name in _BEFORE}
    names |= {identity: _name(identity, words) for identity in headlines}
    names |= {name: words(f"batch.{name}") for name in _AFTER}
    head = tag("tr", *(tag("th", shown, scope="col", data_sort=_sort(name)) for name, shown in names.items()))
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


def headline_indicators(manifests: Sequence[Mapping[str, Any]]) -> list[str]:
    """The three indicators of the catalogue that most of the results give.

    >>> given = [{"penalty_cases": {}, "reconsideration_accepted": {}}, {"penalty_cases": {}}, {}]
    >>> headline_indicators([{"summary": {"figures": figures}} for figures in given])
    ['penalty_cases', 'reconsideration_accepted']
    """
    known = {identity: place for place, identity in enumerate(catalogue())}
    given = Counter(
        identity
        for manifest in manifests
        for identity in (manifest.get("summary") or {}).get("figures") or {}
        if identity in known
    )

    def rank(identity: str) -> tuple[int, bool, int]:
        return -given[identity], catalogue()[identity].domain != _FIRST_DOMAIN, known[identity]

    return sorted(given, key=rank)[:_HEADLINES]


def _name(identity: str, words: Words) -> str:
    indicator = catalogue()[identity]
    return str(indicator.name_zh if words.lang == "zh" else indicator.name_en)


def _row(outcome: Outcome, manifest: Mapping[str, Any], headlines: Sequence[str], words: Words) -> Fragment:
    summary: Mapping[str, Any] = manifest.get("summary") or {}
    findings = summary.get("findings") or {}
    link = tag("a", words.source(own_name(outcome.region)), href=f"{quote(outcome.folder)}/index.html")
    place = link if manifest else words.source(own_name(outcome.region))
    status: Any = words(f"batch.{outcome.status}")
    if outcome.message and outcome.status != "done":
        status = tag("details", tag("summary", status), tag("p", outcome.message))
    known = bool(summary)
    figures = summary.get("figures") or {}
    shown: dict[str, Any] = {
        "year": outcome.year,
        "status": status,
        "metrics": summary.get("metrics", "") if known else "",
        **{identity: _figure(figures.get(identity), words) for identity in headlines},
        "changes": _changes(summary.get("verdicts") or {}, words),
        "errors": findings.get("error", 0) if known else "",
        "warnings": findings.get("warning", 0) if known else "",
    }
    cells = [tag("th", place, " ", tag("small", words.source(outcome.region)), scope="row")]
    for name, content in shown.items():
        label = _name(name, words) if name in headlines else words(f"batch.{name}")
        value = figures.get(name, {}).get("value") if name in headlines else None
        cells.append(
            tag(
                "td",
                content,
                cls="num" if _sort(name) == "number" else None,
                data_label=label if content != "" else None,  # a narrow screen has no heads of columns
                data_value=outcome.status if name == "status" else value,
            )
        )
    return tag("tr", *cells)


def _figure(figure: Mapping[str, Any] | None, words: Words) -> Any:
    if not figure:
        return ""
    return words("batch.doubted", figure=figure["shown"]) if figure.get("doubt") else str(figure["shown"])


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
