"""The audit: every figure that cannot be right, and nobody accused wrongly.

Severity: ``error`` only where arithmetic leaves no way out; ``warning`` where a reading exists under which the text
holds, and the finding names it; ``note`` for the rest; ``confirmed`` for an identity that holds.
"""

from fazhi_analysis.analysis.audit.counting import count_findings, standing
from fazhi_analysis.analysis.audit.registry import Rule, load_rules
from fazhi_analysis.analysis.audit.runner import audit, audit_target

__all__ = ["Rule", "audit", "audit_target", "count_findings", "load_rules", "standing"]
