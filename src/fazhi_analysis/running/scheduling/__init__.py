"""Scheduled batches: the job file, cron lines, and their installation."""
