"""A fast papermill engine: a warm process forks one child a notebook.

The libraries are imported once, in a fork server that has no threads; each notebook gets a child of its own, which runs
the cells in an IPython shell and dies with its notebook, so that runs share nothing. nbclient itself drives the cells:
only the kernel behind it is replaced, so outputs, errors, tags, time limits and papermill's metadata are those of the
stock engine. ``docs/engine.md`` lists what differs.
"""
