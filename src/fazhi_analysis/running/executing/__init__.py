"""Notebooks, executed: which there are, with which engine, and what became of one that failed."""
