"""One module a question that an analyst asks."""
