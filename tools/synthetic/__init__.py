"""Fictional reports with known truth: a markup for authored ones, and a seeded generator of any number of others."""
