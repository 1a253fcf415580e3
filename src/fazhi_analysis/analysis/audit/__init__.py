"""The audit: every figure that cannot be right, and nobody accused wrongly.

Severity: ``error`` only where arithmetic leaves no way out; ``warning`` where a reading exists under which the text
holds, and the finding names it; ``note`` for the rest; ``confirmed`` for an identity that holds.
"""

from fazhi_analysis.analysis.audit.context import AuditContext
from fazhi_analysis.analysis.audit.counting import count_findings, in_lane, standing
from fazhi_analysis.analysis.audit.evidence import evidence_of, past_evidence
from fazhi_analysis.analysis.audit.runner import audit, audit_target
from fazhi_analysis.analysis.audit_rulebook import Explanation, Rule, load_rules

__all__ = [
    "AuditContext",
    "Explanation",
    "Rule",
    "audit",
    "audit_target",
    "count_findings",
    "evidence_of",
    "in_lane",
    "load_rules",
    "past_evidence",
    "standing",
]
