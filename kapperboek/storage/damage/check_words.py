"""Words for the damage that a check finds: pages, tables as people call them, and the customers concerned."""

from __future__ import annotations

from collections.abc import Sequence

from kapperboek.domain.labels import table_label
from kapperboek.domain.views.file_health import Unreadable
from kapperboek.i18n import _, ngettext


def damage(pages: Sequence[int], unreadable: Sequence[Unreadable], at_most: int) -> list[str]:
    """Sentences about a damaged file and what to do, the pages first."""
    lines = [_of_pages(pages, at_most)] if pages else [_("The structure of the file is damaged.")]
    for one in unreadable:
        text = ngettext(
            "{table}: {n} row or more cannot be read.", "{table}: {n} rows or more cannot be read.", one.rows
        ).format(table=table_label(one.table), n=one.rows)
        if one.customers:
            text += " " + _("Customers: {numbers}.").format(numbers=_listed(one.customers, at_most))
        lines.append(text)
    if not unreadable:
        lines.append(_("All cards can be read; only lists or the search index are damaged."))
    lines.append(
        _("Put back the last backup, or save what can be read with: kapperboek check --rescue FILE")
    )
    return lines


def strange(columns: Sequence[str]) -> str:
    """Sentence about what another program wrote into the file, and what to do."""
    text = _(
        "Something stands in the file that Kapperboek never writes there ({columns}). Put back the last backup, "
        "or save what can be read with: kapperboek check --rescue FILE"
    )
    return text.format(columns=_listed(columns, 5))


def _of_pages(pages: Sequence[int], at_most: int) -> str:
    text = ngettext(
        "{n} page of the file is damaged: {pages}.", "{n} pages of the file are damaged: {pages}.", len(pages)
    )
    return text.format(n=len(pages), pages=_listed(tuple(map(str, pages)), at_most))


def _listed(words: Sequence[str], at_most: int) -> str:
    more = "…" if len(words) > at_most else ""
    return ", ".join([*words[:at_most], *([more] if more else [])])
