"""Take out of a session what no test can tell from the code as it is, or keep a sample of the rest.

``equivalent.py SESSION [COUNT [SEED]]``: annotations, which are never evaluated, caches, which change no result, and
identity in place of equality, which is the same of literals. With COUNT so many of the others stay, the same ones each
time with the same seed.
"""

import ast
import random
import sqlite3
import sys
from pathlib import Path

SEED = 8
SAME = ("Operator_Eq_Is", "Operator_NotEq_IsNot", "Operator_Is_Eq", "Operator_IsNot_NotEq")
CACHES = {"cache", "lru_cache", "cached_property"}


def main(session: str, count: int | None = None, seed: int = SEED) -> None:
    """Change a session of cosmic-ray."""
    with sqlite3.connect(session) as table:
        rows = table.execute(
            "select job_id, module_path, operator_name, start_pos_row, start_pos_col from mutation_specs"
            " order by module_path, start_pos_row, start_pos_col, operator_name, occurrence"
        ).fetchall()
        spans = {path: never_evaluated(path) for path in {row[1] for row in rows}}
        kept = [
            job
            for job, path, operator, *place in rows
            if not operator.endswith(SAME) and not any(first <= tuple(place) < last for first, last in spans[path])
        ]
        if count is not None and count < len(kept):
            kept = random.Random(seed).sample(kept, count)
        for job in {row[0] for row in rows}.difference(kept):
            for name in ("mutation_specs", "work_items"):
                table.execute(f"delete from {name} where job_id = ?", (job,))
    print(f"{session}: {len(kept)} of {len(rows)}")


def never_evaluated(path: str) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Start and end, each row and column, of the annotations and caching decorators of a module."""
    spans = []
    for node in ast.walk(ast.parse(Path(path).read_text(encoding="utf-8"))):
        parts: list[ast.expr | None] = []
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            parts += [node.returns, *(one for one in node.decorator_list if _is_cache(one))]
        elif isinstance(node, ast.arg | ast.AnnAssign):
            parts.append(node.annotation)
        for part in parts:
            if part is not None:
                begin = part.col_offset - (part is not getattr(node, "returns", None))  # the @ before a decorator
                spans.append(((part.lineno, max(0, begin)), (part.end_lineno or 0, part.end_col_offset or 0)))
    return spans


def _is_cache(decorator: ast.expr) -> bool:
    called = decorator.func if isinstance(decorator, ast.Call) else decorator
    return getattr(called, "id", getattr(called, "attr", "")) in CACHES


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:4]))
