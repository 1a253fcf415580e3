"""Precision and recall against reports annotated by hand."""
