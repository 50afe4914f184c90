"""Hidden sheets, rows and columns of a workbook: read like the rest, and told, because nobody sees them."""

from __future__ import annotations

from kapperboek.exchange.sheet.workbook_child import Hidden
from kapperboek.exchange.table.columns import Layout
from kapperboek.i18n import _, ngettext

_SHOWN = 3


def remarks_on_hidden(name: str, plan: Layout, rows: list[list[str]], hidden: Hidden) -> list[str]:
    """Remarks on the hidden sheet, rows and columns of a list; the columns by their headings."""
    whole, hidden_rows, hidden_columns = hidden
    said = []
    if whole:
        said.append(_("The sheet “{sheet}” is hidden; it was read like the others.").format(sheet=name))
    lines = [rows[place] for place in hidden_rows if plan.first_row <= place < len(rows) and any(rows[place])]
    if lines:
        text = ngettext(
            "{n} row is hidden; it was read like the others: {rows}",
            "{n} rows are hidden; they were read like the others: {rows}",
            len(lines),
        )
        shown = " / ".join(" | ".join(filter(None, line))[:80] for line in lines[:_SHOWN])
        said.append(text.format(n=len(lines), rows=shown + (" …" if len(lines) > _SHOWN else "")))
    headings = [column.heading for column in plan.columns if column.place in set(hidden_columns) and column.heading]
    if headings:
        text = _("Hidden columns were read like the others: {columns}")
        said.append(text.format(columns=", ".join(headings[:20])))
    return said
