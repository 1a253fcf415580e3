"""The place, or the body of it, that a report is stored under; who reports in what was stored before that was noted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from fazhi_analysis.catalogue import load_divisions
from fazhi_analysis.catalogue.bodies import Organ, read_organ
from fazhi_analysis.errors import DataError
from fazhi_analysis.model import Metadata
from fazhi_analysis.reading.document_kind import document_kind
from fazhi_analysis.reading.metadata import identity_fields
from fazhi_analysis.reading.reporting_body import Reporter

_FIELDS = tuple(item.name for item in fields(Metadata))
_IDENTITY = (
    "body", "body_kind", "department", "place", "place_code", "doc_kind", "body_from", "place_from", "doc_kind_from",
    "year_from",
)  # fmt: skip
_OF_THE_NATION = "部"
"""Ministries belong to no place."""


@dataclass(frozen=True, slots=True)
class Place:
    """Full name and division code of a place; the code is empty for a body without one, or a place no table knows."""

    region: str
    code: str = ""


def printed_place(metadata: Metadata, name: str) -> Place:
    """The place, or the body of it, that a document is stored under.

    Raises DataError when the document names none, or a place that fits several, or a body without its place.

    >>> printed_place(Metadata(issuer="方城县司法局", region="河南省方城县", region_code="411322"), "a.txt")
    Place(region='河南省方城县司法局', code='')
    """
    metadata = identified(metadata)
    department = metadata.body_kind in ("department", "other")
    if department and not metadata.body:
        raise DataError(name, "dataset.place.body_not_named")
    if not (metadata.place or metadata.region) and not (department and metadata.body.endswith(_OF_THE_NATION)):
        if department:
            raise DataError(name, "dataset.place.body_without_place", body=metadata.body)
        raise DataError(name, "dataset.place.not_recognised")
    if metadata.place and not metadata.place_code:
        candidates = load_divisions().candidates(metadata.place, metadata.year)
        if len(candidates) > 1:
            listed = [f"{place.code} {place.full_name}" for place in candidates[:12]]
            n = len(candidates)
            raise DataError(name, "dataset.place.ambiguous", place=metadata.place, n=n, places=listed)
    return Place(metadata.body) if department else Place(metadata.region, metadata.region_code)


def identified(metadata: Metadata) -> Metadata:
    """The metadata with who reports and in what kind of document, where that is not noted yet.

    >>> found = identified(Metadata(title="方城县2023年法治政府建设年度报告", region="河南省方城县司法局"))
    >>> found.body_kind, found.department, found.place_code, found.doc_kind
    ('department', '司法', '411322', 'annual_report')
    """
    if metadata.body_kind:
        return metadata
    kind, kind_from = document_kind(metadata.title, "")
    if not metadata.title:
        kind = "annual_report"  # what was stored before kinds were noted is of the genre that the package is for
    metadata = replace(metadata, doc_kind=kind, doc_kind_from=kind_from)
    organ = read_organ(metadata.region, metadata.year) if metadata.region else None
    issuer = read_organ(metadata.issuer, metadata.year) if metadata.issuer else None
    if issuer is not None and issuer.kind in ("department", "other") and (organ is None or organ.body is None):
        place = issuer if organ is None else organ._replace(code=metadata.region_code or organ.code)
        organ = place._replace(body=issuer.body)
    if organ is None:
        return metadata
    if not organ.rest and organ.kind == "government":
        organ = Organ(metadata.region, metadata.region_code or organ.code, "", organ.body)
    found = identity_fields(Reporter(organ, "", "", organ.kind))
    return replace(metadata, **{name: found[name] for name in _IDENTITY if name in found})


def noted_identity(document: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a ``report.json`` that say who reports and in what kind of document; derived in older ones.

    >>> noted_identity({"region": "河南省方城县", "region_code": "411322", "metadata": {}})["place_code"]
    '411322'
    """
    metadata = dict(document.get("metadata") or {})
    if not metadata.get("body_kind"):
        own = {name: document.get(name) or "" for name in ("region", "region_code")}
        title = metadata.get("title") or (document.get("provenance") or {}).get("title") or ""
        known = {name: value for name, value in metadata.items() if name in _FIELDS}
        metadata = asdict(identified(Metadata(**{**known, **own, "title": title})))
    return {name: metadata.get(name) for name in _IDENTITY}
