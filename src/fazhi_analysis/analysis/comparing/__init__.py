"""What changed from year to year: comparable pairs, changes as intervals, verdicts, trends, significance."""
