"""The source text of a report with its figures, statements and findings marked in place."""
