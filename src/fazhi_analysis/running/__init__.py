"""Executing notebooks, exporting them, batches, ingest, schedules."""

from fazhi_analysis.running.forked import warm

warm.preload("fazhi_analysis.running.report_preload")
