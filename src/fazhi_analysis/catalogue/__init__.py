"""The indicators and the division codes: data files and their loaders."""
