"""The public names, each with the module that it comes from: ``__init__`` reads them here."""

from ._paths import bundled_data as bundled_data
from .analysis.audit.all_reports import audit_all as audit_all
from .analysis.audit.rate_bases import rates as rates
from .analysis.audit.runner import audit as audit
from .analysis.claims.checking import (
    CLAIM_VERDICTS as CLAIM_VERDICTS,
)
from .analysis.claims.checking import (
    check_claims as check_claims,
)
from .analysis.companions.checking import cross_check as cross_check
from .analysis.comparing.breaks import load_breaks as load_breaks
from .analysis.comparing.exclusions import exclusions as exclusions
from .analysis.comparing.reasons import (
    NOTES as NOTES,
)
from .analysis.comparing.reasons import (
    REASONS as REASONS,
)
from .analysis.comparing.reasons import (
    VERDICTS as VERDICTS,
)
from .analysis.comparing.significance import assess as assess
from .analysis.comparing.trend import trend as trend
from .analysis.comparing.year_over_year import year_over_year as year_over_year
from .analysis.coverage import coverage as coverage
from .analysis.following.follow_up import follow_up as follow_up
from .analysis.judgements import judge as judge
from .analysis.peers.comparison import compare as compare
from .analysis.rectifying import rectification as rectification
from .analysis.rectifying import rectify as rectify
from .analysis.region.review import region_review as region_review
from .analysis.sign_off_state import sign as sign
from .catalogue.indicators import load_catalogue as load_catalogue
from .dataset.loading import (
    load_findings as load_findings,
)
from .dataset.loading import (
    load_metrics as load_metrics,
)
from .dataset.loading import (
    load_reports as load_reports,
)
from .dataset.loading import (
    load_statements as load_statements,
)
from .dataset.schema import (
    FINDINGS as FINDINGS,
)
from .dataset.schema import (
    METRICS as METRICS,
)
from .dataset.schema import (
    REPORTS as REPORTS,
)
from .dataset.schema import (
    STATEMENTS as STATEMENTS,
)
from .extracting.extraction import extract as extract
from .presenting.narrative.narrator import narrate as narrate
from .presenting.pages import open_page as open_page
from .presenting.table_export import (
    to_csv as to_csv,
)
from .presenting.table_export import (
    to_parquet as to_parquet,
)
from .presenting.table_export import (
    to_stata as to_stata,
)
from .reading.reader import read_report as read_report
from .running.batch import run_batch as run_batch
from .running.ingest import ingest as ingest
from .running.report import run_report as run_report

__version__: str
