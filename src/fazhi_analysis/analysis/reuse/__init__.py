"""Passages that a report shares with another report."""
