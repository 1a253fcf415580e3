"""The page over all results of an output folder: place, year, status, headline figures, what changed, findings, links.

The headline figures are the indicators that most of the results give, so that a column can be read down; which they are
follows from the results and from nothing else. A figure that the audit doubts is marked.
"""

from __future__ import annotations

import contextlib
import json
import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args
from urllib.parse import quote

from fazhi_analysis.analysis.comparing.reasons import COMPARED
from fazhi_analysis.catalogue.place_lookup import own_name
from fazhi_analysis.dataset.atomic_writes import new_file
from fazhi_analysis.errors import UsageError
from fazhi_analysis.presenting.html.markup import Fragment, join, tag
from fazhi_analysis.presenting.wording.naming import catalogue
from fazhi_analysis.presenting.wording.page_texts import Words
from fazhi_analysis.running.batch_outcome import Outcome, Status
from fazhi_analysis.running.report_plan import failed_folder, in_language, languages_of
from fazhi_analysis.running.results import notebook_html
from fazhi_analysis.running.results.manifest import read_manifest

if TYPE_CHECKING:
    from fazhi_analysis.running.batch_plan import BatchJob

_BEFORE, _AFTER = ("place", "year", "status", "metrics"), ("changes", "errors", "warnings", "form", "duties")
_HEADLINES = 3
_GENERATOR = b'<meta name="generator" content="fazhi_analysis'
_FOLDERS = re.compile(r"(?<![\w.])/(?:[^\s/：，。；]+/)+")
"""The folders of a path of the machine, which mean nothing to those whom the page is passed on to."""
_FIRST_DOMAIN = "power_oversight"
"""Of figures that as many places give, reviews and lawsuits come first: every survey asks for them."""


def write_index(job: BatchJob, outcomes: Sequence[Outcome]) -> Path:
    """Write ``index.html`` and ``batch.json`` into the output folder, each whole or not at all; returns the page.

    The page lists what the folder holds: the outcomes of this batch, and results of other batches beside them.
    ``batch.json`` holds the outcomes. Of a batch in both languages ``index-en.html`` is the English page.
    """
    out = Path(job.out)
    pages = _pages(job)
    _put(
        out / "batch.json", json.dumps([_record(outcome) for outcome in outcomes], ensure_ascii=False, indent=1) + "\n"
    )
    for lang, name in pages.items():
        others = [page for page in pages.values() if page != name]
        named = [replace(outcome, folder=in_language(outcome.folder, lang)) for outcome in outcomes]
        draft = _page(out, named if others else outcomes, Words(lang))
        _put(out / name, notebook_html.render(draft, other="".join(others)))
    return out / "index.html"


def check_free(job: BatchJob) -> None:
    """Raise UsageError where the output folder has files of the user under the names of the overview."""
    for name in ("batch.json", *_pages(job).values()):
        path = Path(job.out) / name
        if path.is_symlink() or (path.exists() and not _is_ours(path)):
            raise UsageError(path, "running.folder.not_ours")


def _is_ours(path: Path) -> bool:
    """Whether we wrote the page or the list of outcomes."""
    try:
        content = path.read_bytes()
        if path.suffix == ".html":
            return _GENERATOR in content
        record = json.loads(content)
    except (OSError, ValueError):
        return False
    fields = set(Outcome.__dataclass_fields__)
    return isinstance(record, list) and all(isinstance(one, dict) and set(one) <= fields for one in record)


def _pages(job: BatchJob) -> dict[str, str]:
    """The overview in each language of the batch."""
    return dict(zip(languages_of(job.lang), ("index.html", "index-en.html"), strict=False))


def _page(out: Path, outcomes: Sequence[Outcome], words: Words) -> notebook_html.Draft:
    listed = [*outcomes, *_earlier(out, {outcome.folder for outcome in outcomes}, words.lang)]
    manifests = [read_manifest(out / outcome.folder) for outcome in listed]
    headlines = headline_indicators(manifests)
    rows = [_row(out, *pair, headlines, words) for pair in zip(listed, manifests, strict=True)]
    counts = {status: sum(outcome.status == status for outcome in listed) for status in get_args(Status)}
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
    return notebook_html.draft_page(str(Fragment(str(body))), words.lang, fallback=words("batch.title"))


def _earlier(out: Path, covered: Collection[str], lang: str) -> list[Outcome]:
    """Results of the output folder that this batch was not asked for, in its language, in order of code and year."""
    found = []
    for path in sorted(out.glob("[!.]*/manifest.json")):
        content = read_manifest(path.parent)
        if path.parent.name in covered or content.get("status") != "done" or content.get("lang") != lang:
            continue
        with contextlib.suppress(KeyError, TypeError, ValueError):
            found.append(
                Outcome(
                    str(content["region"]),
                    str(content["region_code"]),
                    int(content["year"]),
                    "earlier",
                    path.parent.name,
                    float(content.get("seconds") or 0),
                )
            )
    return sorted(found, key=lambda outcome: (outcome.region_code, outcome.region, outcome.year))


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
    known = {indicator.id: place for place, indicator in enumerate(catalogue())}
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


def _row(out: Path, outcome: Outcome, manifest: Mapping[str, Any], headlines: Sequence[str], words: Words) -> Fragment:
    summary: Mapping[str, Any] = manifest.get("summary") or {}
    findings = summary.get("findings") or {}
    link = tag("a", words.source(own_name(outcome.region)), href=f"{quote(outcome.folder)}/index.html")
    place = link if manifest else words.source(own_name(outcome.region))
    status: Any = words(f"batch.{outcome.status}")
    if outcome.status == "failed":
        status = tag("details", tag("summary", status), *_reason(out, outcome, words))
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
        "form": sum((summary.get("form") or {}).values()) if known else "",
        "duties": (summary.get("duties") or {}).get("warning", 0) if known else "",
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


def _reason(out: Path, outcome: Outcome, words: Words) -> list[Fragment]:
    """Why a result failed, without paths of the machine, and links to the pages that were kept of it."""
    kept = failed_folder(out / outcome.folder)
    manifest = read_manifest(kept)
    reason = words.source(_FOLDERS.sub("", str(manifest.get("error") or outcome.message)))
    names = [str(run["name"]) for run in manifest.get("notebooks") or () if run.get("status") == "failed"]
    links = [
        tag("a", words("batch.failed_page", name=name), href=f"{quote(kept.name)}/{quote(name)}.html")
        for name in names
        if (kept / f"{name}.html").is_file()
    ]
    return [tag("p", reason), *(tag("p", link) for link in links)]


def _figure(figure: Mapping[str, Any] | None, words: Words) -> Any:
    if not figure:
        return ""
    return words("batch.doubted", figure=figure["shown"]) if figure.get("doubt") else str(figure["shown"])


def _changes(verdicts: Mapping[str, int], words: Words) -> str:
    shown = (*COMPARED, "slight", "doubtful")
    return words.join([words(f"batch.verdict_{name}", count=verdicts[name]) for name in shown if verdicts.get(name)])


def _put(path: Path, text: str) -> None:
    with new_file(path) as draft:
        draft.write_text(text, encoding="utf-8")
