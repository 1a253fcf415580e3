"""What is written of a run: pages, start page, tables, manifest, and what a result rests on."""
