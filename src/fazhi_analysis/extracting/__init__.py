"""From a Report to quantities and statements."""
