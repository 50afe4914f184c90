"""How much is known of one customer: what forgetting them takes away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kapperboek.domain.errors import NotFound
from kapperboek.domain.views.rights import ForgetPreview
from kapperboek.i18n import _
from kapperboek.storage.lookup import called

if TYPE_CHECKING:
    from kapperboek.storage.notebook import Notebook


def forget_preview(book: Notebook, customer_id: int) -> ForgetPreview:
    """The name, the number, and how many of each there are. NotFound."""
    names = called(book, [customer_id])
    if customer_id not in names:
        raise NotFound("no-customer", _("This card is no longer there."))
    of = " FROM {table} WHERE customer_id = ?"
    tables = {
        "interaction": _("visits and contacts"),
        "talk_point": _("talk points"),
        "follow_up": _("follow-ups"),
        "sensitive_fact": _("health facts"),
        "consent": _("consents"),
        "draft": _("half-typed notes"),
    }
    counts = [(word, int(book.value(f"SELECT count(*){of.format(table=table)}", (customer_id,))))
              for table, word in tables.items()]  # fmt: skip
    changes = "SELECT count(DISTINCT change_id) FROM change_row WHERE customer_id = ?"
    counts.append((_("changes in the journal"), int(book.value(changes, (customer_id,)))))
    pointing = "SELECT count(*) FROM relation WHERE other_uid = (SELECT uid FROM customer WHERE id = ?)"
    counts.append((_("mentions on other cards"), int(book.value(pointing, (customer_id,)))))
    name, number = names[customer_id]
    return ForgetPreview(customer_id, number, name, tuple(count for count in counts if count[1]))
