"""``python -m benchmarks [NAME…] [--json]``: all figures, or those named. Exit code 1 when a goal was missed."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable

from benchmarks import background, cards, copying, importing, saving, searching, start
from benchmarks.figures import Figure

# Each measures the figures behind it.
MEASURES: tuple[tuple[Callable[[], Iterable[Figure]], tuple[str, ...]], ...] = (
    (start.times, ("startup_paint_ratio", "startup_today_ratio", "startup_passphrase_ratio")),
    (start.unlocking, ("unlock_ratio",)),
    (start.memory, ("memory_ratio",)),
    (searching.painted, ("search_p95_ms", "search_typo_p95_ms")),
    (searching.beside_bare, ("search_paint_ratio",)),
    (searching.answered, ("search_answer_p95_ms",)),
    (searching.million, ("search_answer_million_p95_ms", "search_million_ratio", "search_tantivy_ratio")),
    (cards.answered, ("card_answer_ratio",)),
    (cards.painted, ("card_paint_p95_ms",)),
    (cards.beside_bare, ("card_paint_ratio",)),
    (cards.points, ("card_points_ratio",)),
    (importing.vcard, ("import_vcard_ratio",)),
    (importing.xlsx, ("import_xlsx_ratio",)),
    (background.typing, ("backup_typing_p95_ms", "check_typing_p95_ms", "check_cancel_p95_ms")),
    (copying.verified, ("copy_verified_ratio",)),
    (saving.visit, ("save_visit_ratio", "save_visit_p95_ms", "save_visit_rush_p95_ms")),
)


def main(arguments: list[str]) -> int:
    """Measure and print."""
    as_json = "--json" in arguments
    wanted = [argument for argument in arguments if argument != "--json"]
    known = [name for _measure, names in MEASURES for name in names]
    if unknown := [name for name in wanted if name not in known]:
        print(f"no such figure: {', '.join(unknown)}. Figures: {', '.join(known)}", file=sys.stderr)
        return 2
    found: list[Figure] = []
    for measure, names in MEASURES:
        if wanted and not set(names) & set(wanted):
            continue
        for figure in measure():
            if not wanted or figure.name in wanted:
                found.append(figure)
                if not as_json:
                    print(_line(figure), flush=True)
    if as_json:
        print(json.dumps({"figures": [figure.as_dict() for figure in found]}, ensure_ascii=False, indent=1))
    return int(any(figure.verdict == "missed" for figure in found))


def _line(figure: Figure) -> str:
    goal = "-" if figure.goal is None else f"{figure.goal:g}"
    text = f"{figure.name:30} {figure.value:8.2f} {figure.unit:5} goal {goal:>5} {figure.verdict:6}  {figure.floor}"
    return f"{text}; {figure.note}" if figure.note else text


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
