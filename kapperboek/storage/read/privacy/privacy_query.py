"""Preview of an erasure (how much is known of one customer, which goes with them), and the log of data leaks."""

from __future__ import annotations

from collections.abc import Sequence

from kapperboek.domain.errors import NotFound
from kapperboek.domain.labels import table_label
from kapperboek.domain.time.clock import wall_time
from kapperboek.domain.views.privacy_views import BreachView, ForgetPreview, NamedPlace
from kapperboek.i18n import _, format_day
from kapperboek.storage.file.dialect import MEMBERS, members
from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.privacy import mentions, name_mentions, name_variants
from kapperboek.storage.privacy.joined_cards import with_joined
from kapperboek.storage.write.row_lookup import called


def preview(book: Notebook, customer_id: int) -> ForgetPreview:
    """Preview of forgetting somebody: the name, the number, and how many of each there are. Raises NotFound."""
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
              for table, word in tables.items()]
    changes = "SELECT count(DISTINCT change_id) FROM change_row WHERE customer_id = ?"
    counts.append((_("changes in the journal"), int(book.value(changes, (customer_id,)))))
    pointing = "SELECT count(*) FROM relation WHERE other_uid = (SELECT uid FROM customer WHERE id = ?)"
    counts.append((_("mentions on other cards"), int(book.value(pointing, (customer_id,)))))
    name, number = names[customer_id]
    present = tuple(count for count in counts if count[1])
    return ForgetPreview(
        customer_id, number, name, present, named_on(book, customer_id), named_in(book, (customer_id,))
    )


def named_in(book: Notebook, customer_ids: Sequence[int]) -> tuple[NamedPlace, ...]:
    """Every place outside their own cards where these are or may be named. May take seconds in a large notebook."""
    ids = [id for customer_id in customer_ids for id in with_joined(book, customer_id)]
    uids = [str(uid) for (uid,) in book.rows(f"SELECT uid FROM customer WHERE id IN {MEMBERS}", (members(ids),))]
    return in_words(book, mentions.find(book, name_variants.of(book, ids), ids, uids))


def in_words(book: Notebook, found: Sequence[mentions.Mention]) -> tuple[NamedPlace, ...]:
    """Mentions as they are shown: those to look at first, those that go by themselves last."""
    names = called(book, sorted({mention.customer_id for mention in found} - {0}))
    ordered = sorted(found, key=lambda one: (one.by_itself, one.sure, one.customer_id == 0, one.customer_id))
    return tuple(
        NamedPlace(
            one.key, names.get(one.customer_id, ("", ""))[1], names.get(one.customer_id, ("", ""))[0],
            _("card") if one.table == "customer" else table_label(one.table), one.text, one.by_itself, one.sure,
        )
        for one in ordered
    )


def named_on(book: Notebook, customer_id: int) -> tuple[tuple[str, str], ...]:
    """The others on whose cards something changes when this one is forgotten, and those on whose cards all of the name
    stands, so that they may be meant: (number, name).
    """
    ids = with_joined(book, customer_id)
    names = name_mentions.of(book, ids)
    pointing = "SELECT customer_id FROM relation WHERE other_uid = (SELECT uid FROM customer WHERE id = ?)"
    found = {row[0] for row in book.rows(pointing, (customer_id,))}
    found |= {place.customer_id for place in name_mentions.places(book, names, but=ids)}
    given, family = book.row("SELECT given_name, family_name FROM customer WHERE id = ?", (customer_id,)) or ("", "")
    for name in (f"{given} {family}", *names.said):
        found.update(name_mentions.cards_with(book, name))
    there = called(book, sorted(found - set(ids)))
    return tuple((there[id][1], there[id][0]) for id in sorted(there))


def breaches(book: Notebook) -> tuple[BreachView, ...]:
    """Every leak that was written down, the last one first."""
    zone = book.zone
    rows = book.rows(
        "SELECT id, discovered_at, what, whose, consequences, measures, reported_at IS NOT NULL, version FROM breach"
        " ORDER BY id DESC"
    )
    return tuple(
        BreachView(
            id, format_day(wall_time(at, zone).date()), what, whose, consequences, measures, bool(reported), version
        )
        for id, at, what, whose, consequences, measures, reported, version in rows
    )
