"""What became of an earlier year's problems and next steps."""
