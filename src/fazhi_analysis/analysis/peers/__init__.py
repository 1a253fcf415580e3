"""One place beside others of its kind, and beside the national figures."""
