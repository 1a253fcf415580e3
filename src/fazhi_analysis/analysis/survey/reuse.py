"""Table T8 of a survey: sentences that stand in several reports, year to year and place to place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fazhi_analysis.analysis.reuse.index import ReuseIndex
from fazhi_analysis.analysis.reuse.passages import passages, reused_share, shared_passages
from fazhi_analysis.analysis.survey.tables import Survey

if TYPE_CHECKING:
    import pandas as pd

_SHOWN = 8


def reuse_over_years(survey: Survey) -> pd.DataFrame:
    """T8 within each place: every report against the one before it in the set.

    ``share`` is that of the characters of substance; ``edits`` counts numbers that differ in sentences otherwise equal,
    ``sentences`` those sentences. Only reports whose text is kept.

    >>> from fazhi_analysis.analysis.survey.tables import open_survey
    >>> table = reuse_over_years(open_survey(regions=["霁原旗"]))
    >>> table[["year", "earlier_year"]].values.tolist(), bool((table["edits"] > 0).all())
    ([[2022, 2021], [2023, 2022], [2024, 2023]], True)
    """
    import pandas as pd

    rows = []
    kept = survey.reports[survey.reports["report_id"].astype(str).isin(list(survey.texts))]
    for region, group in kept.groupby(kept["region"].astype(str)):
        ordered = group.sort_values(["year", "report_id"])
        before = None
        for item in ordered.itertuples():
            mine = passages(survey.texts[str(item.report_id)])
            if before is not None:
                found = shared_passages(mine, before[1])
                rows.append(
                    (item.report_id, region, item.year, before[0], reused_share(mine, found),
                     sum(one.sentences for one in found), sum(len(one.edits) for one in found))
                )  # fmt: skip
            before = (item.year, mine)
    names = ["report_id", "region", "year", "earlier_year", "share", "sentences", "edits"]
    return pd.DataFrame(rows, columns=names)


def reuse_between_places(survey: Survey, least: float = 0.02) -> pd.DataFrame:
    """T8 between places: pairs of reports that share substance, the most first, with numbers edited side by side.

    ``share`` is that of the runs of characters of the report that the other has too, ``other_share`` the other way
    round, ``sentences`` counts sentences that are the same: none where only parts of sentences are.
    Wording that many places have is nobody's own and left out (:mod:`fazhi_analysis.analysis.reuse.index`). The table
    says that sentences are the same, not who wrote them first.

    >>> from fazhi_analysis.analysis.survey.tables import open_survey
    >>> list(reuse_between_places(open_survey(regions=["霁原旗"])).columns)[:2]
    ['report_id', 'other_report_id']
    """
    import pandas as pd

    index = ReuseIndex()
    regions = dict(zip(survey.reports["report_id"].astype(str), survey.reports["region"].astype(str), strict=True))
    for row in survey.reports.sort_values(["year", "report_id"]).itertuples():
        name = str(row.report_id)
        if name in survey.texts:
            index.add(name, regions[name], survey.texts[name])
    rows = [
        {
            "report_id": pair.one,
            "other_report_id": pair.other,
            "region": regions[pair.one],
            "other_region": regions[pair.other],
            "share": pair.share,
            "other_share": pair.other_share,
            "sentences": sum(item.sentences for item in pair.reuse),
            "edits": [edit for item in pair.reuse for edit in item.edits][:_SHOWN],
        }
        for pair in index.pairs(least)
    ]
    names = ["report_id", "other_report_id", "region", "other_region", "share", "other_share", "sentences", "edits"]
    return pd.DataFrame(rows, columns=names)
