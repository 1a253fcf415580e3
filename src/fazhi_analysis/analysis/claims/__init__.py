"""Changes that a report states, checked against the figures of the earlier year."""
