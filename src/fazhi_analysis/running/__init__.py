"""Executing notebooks, exporting them, batches, ingest, schedules."""
