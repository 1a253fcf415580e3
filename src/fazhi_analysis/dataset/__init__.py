"""Validated tables on disk and their loaders."""
