"""Long tables in a notebook, sorted and filtered in the browser by itables: offline, in the theme of the application.

The program (1 MB) goes into the first long table that a kernel shows, the others find it there. Where no program runs,
as in an untrusted notebook, itables leaves a plain table. Pages that are exported for readers never contain it.
"""

from __future__ import annotations

import importlib.util
from typing import TYPE_CHECKING, Any, Final

from fazhi_analysis.presenting.html.markup import Fragment, tag
from fazhi_analysis.presenting.wording.page_texts import Words

if TYPE_CHECKING:
    import pandas as pd

MOST: Final = 2_000
"""Rows at most: a notebook keeps all of them in its file."""

_WORDS: Final = {
    "search": "search",
    "lengthMenu": "length",
    "info": "info",
    "infoEmpty": "empty",
    "infoFiltered": "filtered",
    "zeroRecords": "empty",
    "emptyTable": "empty",
}
"""What the program says, by its own name for it and by ours."""

_shells: set[int] = set()


def sortable(table: pd.DataFrame, words: Words) -> Fragment | None:
    """The whole of a table of text and numbers, one click away, to sort by any column and filter; None without itables.

    >>> import pandas as pd
    >>> shown = sortable(pd.DataFrame({"指标": ["甲", "乙"], "数值": [3, 1]}), Words("zh"))
    >>> shown is None or "排序" in str(shown)
    True
    """
    if importlib.util.find_spec("itables") is None:
        return None
    import pandas as pd
    from itables import to_html_datatable

    with pd.option_context("display.float_format", "{:.10g}".format):
        shown = to_html_datatable(
            table.head(MOST),
            connected=False,
            showIndex=False,
            maxBytes=0,
            classes="compact nowrap",
            lengthMenu=[20, 50, 200],
            language={name: words(f"explore.sort.{key}") for name, key in _WORDS.items()},
            allow_html=False,
        )
    heading = words("explore.sort.title", n=min(len(table), MOST))
    return tag(
        "details", tag("summary", heading), tag("div", Fragment(_program() + shown, ""), cls="fz-scroll"), cls="fz-sort"
    )


def _program() -> str:
    """itables itself, once a kernel."""
    from IPython.core.getipython import get_ipython
    from itables import options
    from itables.javascript import generate_init_offline_itables_html

    shell: Any = get_ipython()
    if id(shell) in _shells:
        return ""
    _shells.add(id(shell))
    program: str = generate_init_offline_itables_html(options.dt_bundle)
    return program.partition("</script>")[0] + "</script>"
