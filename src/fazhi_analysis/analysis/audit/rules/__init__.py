"""The rules, one module each. See :mod:`fazhi_analysis.analysis.audit_rulebook`."""
