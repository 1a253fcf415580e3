"""What the workbook holds: every sheet in order, and that of the catalogue."""

from __future__ import annotations

from collections.abc import Iterable

from fazhi_analysis.analysis.place_year import PlaceYear
from fazhi_analysis.presenting.workbook.corrections import corrections_sheet
from fazhi_analysis.presenting.workbook.figure_sheets import comparison_sheet, metrics_sheet, rates_sheet, trend_sheet
from fazhi_analysis.presenting.workbook.rectification import rectification_sheet
from fazhi_analysis.presenting.workbook.sheet import Sheet, sheet_of, unit_text
from fazhi_analysis.presenting.workbook.text_sheets import findings_sheet, follow_up_sheet, statements_sheet
from fazhi_analysis.presenting.workbook.workbook_texts import WorkbookWords


def sheets_of(place_year: PlaceYear, words: WorkbookWords) -> Iterable[Sheet]:
    """Every sheet but the first one, in order."""
    yield metrics_sheet(place_year, words)
    if place_year.comparison is not None:
        yield comparison_sheet(place_year, words)
    if len(place_year.years) > 2:
        yield trend_sheet(place_year, words)
    yield findings_sheet(place_year, words)
    if place_year.rates:
        yield rates_sheet(place_year, words)
    yield statements_sheet(place_year, words)
    if place_year.promises:
        yield follow_up_sheet(place_year, words)
    yield codebook_sheet(words)
    yield corrections_sheet(place_year, words)
    yield rectification_sheet(place_year, words)


def codebook_sheet(words: WorkbookWords) -> Sheet:
    """The catalogue, one indicator a row."""
    from fazhi_analysis.catalogue import load_catalogue, load_domains

    columns = (
        "domain", "name_zh", "name_en", "unit", "kind", "direction", "numerator", "denominator", "stock", "aliases",
        "weak_aliases", "requires", "note", "indicator_id",
    )  # fmt: skip
    domains = load_domains()
    rows = [
        {
            "domain": domains[item.domain].name_zh if words.lang == "zh" else domains[item.domain].name_en,
            "name_zh": item.name_zh,
            "name_en": item.name_en,
            "unit": unit_text({"unit": item.unit, "indicator_id": item.id}, words),
            "kind": words.code("kind", item.kind),
            "direction": words.code("direction", item.direction),
            "numerator": item.numerator,
            "denominator": item.denominator,
            "stock": item.stock,
            **{name: "、".join(getattr(item, name)) for name in ("aliases", "weak_aliases", "requires")},
            "note": item.note if words.lang == "zh" else item.note_en,
            "indicator_id": item.id,
        }
        for item in load_catalogue()
    ]
    return sheet_of("codebook", columns, rows)
