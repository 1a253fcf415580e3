"""What a report holds: figures, problems and next steps, structural defects. Each is read when asked for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from fazhi_analysis.catalogue import Catalogue
from fazhi_analysis.model import Finding, Quantity, Report, Statement, as_record


@dataclass(frozen=True)
class Extraction:
    """Figures and statements of one report.

    >>> from fazhi_analysis.reading import read_text
    >>> found = extract(read_text("全年受理行政复议案件53件。", name="a.txt"))
    >>> [(row.value, row.unit, row.indicator_id) for row in found.metrics]
    [(53, '件', 'reconsideration_accepted')]
    """

    report: Report
    catalogue: Catalogue | None = None

    @cached_property
    def quantities(self) -> tuple[Quantity, ...]:
        """Every numeric expression in text order; metrics carry indicator, label, scope, row id and duplicate."""
        from fazhi_analysis.extracting.figures.quantities import find_quantities
        from fazhi_analysis.extracting.linking.linker import link

        return tuple(link(self.report, find_quantities(self.report), self.catalogue))

    @cached_property
    def metrics(self) -> tuple[Quantity, ...]:
        """The quantities that report an amount."""
        return tuple(quantity for quantity in self.quantities if quantity.is_metric)

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        """Problems and next steps; empty when the report has no such passage."""
        from fazhi_analysis.extracting.statements.collecting import find_statements

        return find_statements(self.report)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Structural defects that reading noticed."""
        return self.report.defects

    def to_json(self) -> dict[str, Any]:
        """Plain dictionaries and lists: ``report``, ``quantities``, ``statements``, ``findings``.

        ``report`` has the metadata both beside the rest and under ``metadata``, as stored reports do, and its text
        where offsets count something other than the file's own characters.
        """
        report = self.report
        metadata = as_record(report.metadata)
        head = {
            **metadata,
            "metadata": metadata,
            "source": as_record(report.source),
            "sections": [as_record(section) for section in report.sections],
            "pages": [list(page) for page in report.pages],
            "ocr_spans": [list(span) for span in report.ocr_spans],
            "characters": len(report.text),
        }
        if report.source.format not in ("txt", "text", "md", "markdown"):
            head["text"] = report.text
        return {
            "report": head,
            "quantities": [as_record(quantity) for quantity in self.quantities],
            "statements": [as_record(statement) for statement in self.statements],
            "findings": [as_record(finding) for finding in self.findings],
        }

    def __repr__(self) -> str:
        title = self.report.metadata.title or self.report.source.name
        problems = sum(statement.kind == "problem" for statement in self.statements)
        return (
            f"<Extraction {title}: {len(self.metrics)} metrics, {problems} problems, "
            f"{len(self.statements) - problems} next steps, {len(self.findings)} findings>"
        )


def extract(report: Report, catalogue: Catalogue | None = None) -> Extraction:
    """Figures, statements and structural findings of a report that was read.

    ``catalogue`` is the bundled one by default.

    >>> from fazhi_analysis.reading.reader import read_text
    >>> found = extract(read_text("云汀县2024年法治政府建设年度报告。办结行政复议案件300余件。", name="云汀县.txt"))
    >>> figure = found.quantities[-1]
    >>> figure.label, figure.lower, figure.upper, figure.text
    ('审结（办结）行政复议案件数', 300, 399, '300余件')
    """
    return Extraction(report, catalogue)
