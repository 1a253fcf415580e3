"""The figures of a place over the years: what is counted, in which range, and which figures hang together.

A :class:`World` is one fictional place. Its figures are drawn once from a seed and move from year to year, so that the
reports of one place form a series in which every printed growth is true.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

FIRST_YEAR = 2014
LAST_YEAR = 2026


@dataclass(frozen=True, slots=True)
class Spec:
    """One figure: catalogue id (empty for none), measure words, range of the first year, yearly drift, how printed.

    ``style``: ``exact``; ``vague`` (printed with 余, 多, 近, 约 or 超过 now and then); ``stock`` (moves little);
    ``fixed`` (never moves); ``money`` (万元 or 亿元).
    """

    key: str
    indicator: str
    units: tuple[str, ...]
    low: float
    high: float
    style: str
    label: str


_TABLE = """
dispatch creation_dispatch_meetings 次 2 6 exact
promotion creation_promotion_meetings 次 2 8 exact
briefing creation_training_meetings 次 1 5 exact
special special_inspections 次 1 5 exact
tasks creation_tasks_assigned 项 90 320 exact
tasks_done tasks_implemented 条 60 300 exact
towns township_count 个 4 22 fixed
departments task_list_departments 个 24 60 stock
bulletins bulletins_issued 期 2 9 exact
letters reminder_letters 份 40 380 vague
issues_found inspection_issues_found 个 15 90 exact
law_study govt_meeting_law_study 次 4 14 exact
group_study party_group_law_study 次 60 260 exact
observers court_hearing_observers 人次 90 900 vague
exam_takers - 名 700 4800 exact 参加学法考试人数
lectures law_lectures,- 场 3 24 exact 法治讲座场次
trainees - 人次 300 2600 vague 法治培训人次
duty_leaders duty_report_leaders,- 名 20 90 exact 现场述法人数
windows integrated_windows 个 18 70 stock
window_items integrated_window_items 个 500 1900 exact
service_items government_service_items 项 900 2200 stock
cross cross_province_items 项 70 380 exact
mobile mobile_service_items 项 200 1200 exact
citywide citywide_items 项 120 700 exact
power power_list_items 项 2600 8900 stock
one_card one_certificate_items 项 12 90 exact
no_apply no_application_items 项 6 60 exact
instant instant_approval_items 项 10 110 exact
quick easy_quick_items 项 20 120 exact
e_cards - 种 40 260 vague 电子证照种类
cases_ent enterprise_cases_concluded 件 120 900 exact
cases_enf enterprise_cases_enforced 件 80 600 exact
value enterprise_cases_value 元 3000 42000 money
recovered enterprise_enforced_amount 元 1200 26000 money
no_penalty no_penalty_items 项 9 120 exact
lighter lighter_penalty_items 项 3 40 exact
mitigated mitigated_penalty_items 项 2 25 exact
dispatched officers_dispatched_to_firms 名 30 260 exact
served enterprises_served 家 70 900 vague
entities regulated_business_entities 户 3000 28000 stock
joint_tasks joint_inspection_tasks 批 12 90 exact
joint_targets joint_inspection_targets 户 90 700 exact
joint_depts joint_inspection_departments 个 8 36 stock
competition fair_competition_reviews 件 8 90 exact
ent_checks enterprise_inspections 次 700 5200 vague
policies - 条 12 60 exact 惠企措施条数
cleanups special_cleanups 次 1 5 exact
cleaned normative_documents_cleaned 件 40 260 exact
repealed normative_documents_repealed 件 3 38 exact
issued normative_documents_issued 件 3 24 exact
decisions major_decision_items 项 3 16 exact
hearings major_decision_hearings,- 次 1 5 exact 决策听证次数
contracts - 份 30 260 exact 审查政府合同份数
opinions_gov legality_opinions_govt 份 60 420 exact
opinions_dep legality_opinions_departments 份 40 320 exact
villages villages_with_legal_adviser 个 40 260 fixed
enf_depts enforcement_departments 个 18 46 stock
bodies enforcement_bodies 个 26 80 stock
cert_exam certification_exam_takers 人 30 260 exact
certified officers_certified 名 210 1300 exact
trained officers_trained 名 160 1200 exact
files case_files_reviewed 件 90 600 exact
supervisors social_supervisors 名 10 60 stock
penalties penalty_cases 件 300 4200 exact
fines fines_amount 元 40 900 money
checks administrative_inspections 次 2200 16000 vague
liaison liaison_meetings_criminal 次 2 9 exact
transferred - 件 2 28 exact 移送涉嫌犯罪案件数
campaigns - 次 3 12 exact 执法专项行动次数
npc npc_suggestions 件 20 170 exact
cppcc cppcc_proposals 件 30 210 exact
judicial judicial_suggestions 件 2 19 exact
procuratorial procuratorial_suggestions 件 5 60 exact
rec_apply reconsideration_applications 件 25 260 exact
suits litigation_cases 件 12 140 exact
judged - 件 8 60 exact 生效裁判件数
website website_items_published 条 1500 19000 vague
interpretations policy_interpretations 篇 12 90 exact
disclosure disclosure_applications 件 12 190 exact
appeals appeals_received 件 1800 39000 exact
media new_media_accounts 个 18 70 stock
screenings dispute_screenings 次 20 160 vague
disputes mediation_cases_total 件 320 4200 exact
subsidy mediation_subsidy 元 6 60 money
mediators mediators 名 120 1300 stock
petitions petitions_registered 件 110 900 exact
batches leader_reception_batches 批 20 120 exact
onsite onsite_mediations 场次 12 90 exact
backlog petition_backlog_resolved 件 3 38 exact
aid_labour - 件 30 320 exact 农牧民工法律援助案件
aid_women - 件 12 160 exact 妇女儿童法律援助案件
aid_other - 件 10 140 exact 其他群体法律援助案件
consult legal_consultations 人次 700 9800 vague
wages - 元 60 1900 money 追回欠薪金额
notary - 件 180 2600 exact 办理公证件数
pub_town - 场次 30 420 exact 乡镇法治宣传场次
pub_dept - 场次 24 320 exact 部门法治宣传场次
leaflets - 份 12000 96000 wan 发放宣传资料份数
lawyers_known - 名 120 1400 exact 法律明白人人数
plans enterprise_emergency_plans 家 15 180 exact
drill_fire - 次 5 40 exact 森林草原防火演练次数
drill_flood - 次 4 30 exact 防汛演练次数
drill_chem - 次 2 20 exact 危险化学品演练次数
drill_people - 人次 700 9800 vague 应急演练参演人次
supplies - 种 20 120 vague 应急物资种类
reserve_plans - 个 6 40 exact 修订应急预案个数
"""

SPECS: dict[str, Spec] = {}
for _line in _TABLE.strip().splitlines():
    _key, _id, _units, _low, _high, _style, *_label = _line.split()
    SPECS[_key] = Spec(_key, _id, tuple(_units.split("/")), float(_low), float(_high), _style, "".join(_label))

#: figures that follow from others: key -> (catalogue ids, unit, label)
DERIVED: dict[str, tuple[str, str, str]] = {
    "lists": ("task_list_copies", "份", ""),
    "issues_done": ("inspection_issues_rectified", "个", ""),
    "issues_rate": ("inspection_rectification_rate", "%", ""),
    "exam_rate": ("law_exam_participation_rate", "%", ""),
    "exam_pass": ("law_exam_pass_rate", "%", ""),
    "zero_items": ("-", "项", "零跑腿事项数"),
    "zero_rate": ("zero_errand_rate", "%", ""),
    "good_rate": ("service_good_rating_rate", "%", ""),
    "filed": ("normative_documents_filed", "件", ""),
    "filed_rate": ("normative_filing_rate", "%", ""),
    "opinions": ("legality_reviews_total,-", "份", ""),
    "files_ok": ("-", "件", "合格案卷数"),
    "files_rate": ("case_file_pass_rate", "%", ""),
    "motions": ("-", "件", "建议提案合计"),
    "motions_rate": ("proposals_reply_rate", "%", ""),
    "procuratorial_rate": ("procuratorial_reply_rate", "%", ""),
    "rec_accepted": ("reconsideration_accepted", "件", ""),
    "rec_done": ("reconsideration_concluded", "件", ""),
    "rec_fixed": ("reconsideration_corrected", "件", ""),
    "rec_fixed_rate": ("reconsideration_correction_rate", "%", ""),
    "rec_med": ("reconsideration_mediated", "件", ""),
    "rec_med_rate": ("reconsideration_mediation_rate", "%", ""),
    "heard": ("litigation_cases_heard", "件", ""),
    "appeared": ("litigation_head_appearances", "件", ""),
    "appear_rate": ("litigation_appearance_rate", "%", ""),
    "suits_done": ("litigation_concluded", "件", ""),
    "lost": ("litigation_lost", "件", ""),
    "lost_rate": ("litigation_loss_rate", "%", ""),
    "judged_rate": ("judgment_performance_rate", "%", ""),
    "disclosed": ("disclosure_concluded", "件", ""),
    "disclosed_rate": ("disclosure_reply_rate", "%", ""),
    "appeals_done": ("appeals_concluded", "件", ""),
    "appeals_rate": ("appeals_completion_rate", "%", ""),
    "appeals_sat": ("appeals_satisfaction_rate", "%", ""),
    "settled": ("mediation_success_cases", "件", ""),
    "settled_rate": ("mediation_success_rate", "%", ""),
    "petitions_done": ("petitions_concluded", "件", ""),
    "petitions_rate": ("petition_completion_rate", "%", ""),
    "persons": ("leader_reception_persons", "人次", ""),
    "aid": ("legal_aid_cases", "件", ""),
    "publicity": ("legal_publicity_events", "场次", ""),
    "drills": ("emergency_drills", "次", ""),
}

#: rate -> base that is printed beside it, while its part is not
BASES: dict[str, str] = {"judged_rate": "judged"}

#: rate -> (part, whole)
RATIOS: dict[str, tuple[str, str]] = {
    "issues_rate": ("issues_done", "issues_found"),
    "zero_rate": ("zero_items", "service_items"),
    "filed_rate": ("filed", "issued"),
    "files_rate": ("files_ok", "files"),
    "rec_fixed_rate": ("rec_fixed", "rec_done"),
    "rec_med_rate": ("rec_med", "rec_done"),
    "appear_rate": ("appeared", "heard"),
    "lost_rate": ("lost", "suits_done"),
    "disclosed_rate": ("disclosed", "disclosure"),
    "appeals_rate": ("appeals_done", "appeals"),
    "settled_rate": ("settled", "disputes"),
    "petitions_rate": ("petitions_done", "petitions"),
}

#: total -> its parts
SUMS: dict[str, tuple[str, ...]] = {
    "lists": ("towns", "departments"),
    "opinions": ("opinions_gov", "opinions_dep"),
    "motions": ("npc", "cppcc"),
    "aid": ("aid_labour", "aid_women", "aid_other"),
    "publicity": ("pub_town", "pub_dept"),
    "drills": ("drill_fire", "drill_flood", "drill_chem"),
}

#: the second is never less than the first (one batch has at least one person)
NESTED: tuple[tuple[str, str], ...] = (("batches", "persons"),)

#: figures that a sentence may follow with a growth over last year
GROWTHS: frozenset[str] = frozenset(
    (
        "rec_apply", "penalties", "cross", "consult", "aid", "disputes", "cases_ent", "mobile", "petitions", "notary",
        "disclosure", "ent_checks", "checks",
    )
)  # fmt: skip
#: rates that a sentence may follow with a change in percentage points
POINTS: frozenset[str] = frozenset({"good_rate", "files_rate", "appeals_sat"})


def rounded(value: Decimal, places: int) -> Decimal:
    """Half up, as offices round.

    >>> rounded(Decimal("97.065"), 2), rounded(Decimal("33.25"), 1)
    (Decimal('97.07'), Decimal('33.3'))
    """
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def share(part: float, whole: float, places: int) -> Decimal:
    """Percentage, rounded half up."""
    return rounded(Decimal(100) * Decimal(int(part)) / Decimal(int(whole)), places)


class World:
    """One fictional place: ``value(key, year)`` is a true figure, the same whenever asked.

    >>> here = World(7, "990001")
    >>> here.value("lists", 2023) == here.value("towns", 2023) + here.value("departments", 2023)
    True
    >>> here.value("appeals", 2023) == World(7, "990001").value("appeals", 2023)
    True
    """

    def __init__(self, seed: int, code: str) -> None:
        rng = random.Random(f"{seed}/{code}")
        self._series: dict[str, list[int]] = {}
        size = rng.uniform(0.7, 1.3)
        years = LAST_YEAR - FIRST_YEAR + 1
        for key, spec in SPECS.items():
            base = spec.low * (spec.high / spec.low) ** rng.random()
            moves = {"fixed": 0.0, "stock": 0.02}.get(spec.style, 0.09)
            if base > 40 and moves:
                base *= size
            drift = rng.uniform(-0.3, 1.0) * moves
            level, series = base, []
            for _ in range(years):
                series.append(max(2, round(level)))
                level *= 1 + drift + rng.uniform(-1, 1) * moves * 0.6
                level = min(max(level, spec.low * 0.6, 2), spec.high * 1.6)
            self._series[key] = series
        #: with how many decimals this place prints each rate, for good
        self.places = {rate: rng.choice((1, 1, 2, 2, 0)) for rate in DERIVED}
        self._noise = [[rng.random() for _ in range(24)] for _ in range(years)]

    @lru_cache(maxsize=4)  # noqa: B019 - a world is small and short-lived
    def year(self, year: int) -> dict[str, float]:
        """All figures of one year by key; rates in percent as printed, money in 元."""
        index = year - FIRST_YEAR
        out: dict[str, float] = {key: series[index] for key, series in self._series.items()}
        noise = iter(self._noise[index])

        def less(key: str, low: float, high: float) -> int:
            """A little less than a figure, never more; now and then all of it."""
            drawn = next(noise)
            return int(out[key]) - round(out[key] * (low + (high - low) * drawn))

        for key, spec in SPECS.items():
            if spec.style == "money":
                out[key] = self._series[key][index] * 10_000 + 1000 * (self._series[key][index] % 10)
        out["issues_done"] = less("issues_found", 0, 0.12)
        out["zero_items"] = less("service_items", 0.08, 0.35)
        out["filed"] = out["issued"]
        out["files_ok"] = less("files", 0.02, 0.1)
        out["rec_accepted"] = max(3, less("rec_apply", 0.02, 0.12))
        out["rec_done"] = max(2, less("rec_accepted", 0, 0.12))
        out["rec_fixed"] = max(1, round(out["rec_done"] * (0.03 + 0.12 * next(noise))))
        out["rec_med"] = max(1, round(out["rec_done"] * (0.15 + 0.25 * next(noise))))
        out["suits_done"] = max(2, less("suits", 0, 0.15))
        out["lost"] = round(out["suits_done"] * 0.16 * next(noise))
        out["heard"] = max(2, less("suits", 0.3, 0.5))
        out["appeared"] = out["heard"]
        out["disclosed"] = out["disclosure"]
        out["appeals_done"] = less("appeals", 0.004, 0.03)
        out["settled"] = less("disputes", 0.01, 0.08)
        out["petitions_done"] = less("petitions", 0, 0.05)
        out["persons"] = out["batches"] + round(out["batches"] * (0.2 + 1.2 * next(noise)))
        out["cert_exam"] = min(out["cert_exam"], out["certified"])
        for total, parts in SUMS.items():
            out[total] = sum(out[part] for part in parts)
        for rate, (part, whole) in RATIOS.items():
            places = self.places[rate]
            while share(out[part], out[whole], places) == 100 and out[part] < out[whole]:
                places += 1  # an office would not print 100 % for less than all
            out[rate] = float(share(out[part], out[whole], places))
            out[f"{rate}/places"] = places
        out["judged_rate"] = float(share(less("judged", 0, 0.2), out["judged"], self.places["judged_rate"]))
        out["judged_rate/places"] = self.places["judged_rate"]
        for rate, low, span in (
            ("exam_rate", 97.5, 2.4),
            ("exam_pass", 94, 5.4),
            ("good_rate", 98.2, 1.7),
            ("appeals_sat", 95.5, 3.9),
        ):
            out[f"{rate}/places"] = max(1, self.places[rate])
            out[rate] = float(rounded(Decimal(str(low + span * next(noise))), max(1, self.places[rate])))
        out["motions_rate"] = out["procuratorial_rate"] = 100.0
        return out

    def value(self, key: str, year: int) -> float:
        """One figure of one year."""
        return self.year(year)[key]
