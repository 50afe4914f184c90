"""Consent register of one customer, and what "no advertising" said on a day gone by."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from kapperboek.domain.errors import NotFound
from kapperboek.domain.law import consent
from kapperboek.domain.law.consent import ConsentLine, moment_of
from kapperboek.domain.time.clock import instant
from kapperboek.domain.views.privacy_views import ConsentView
from kapperboek.i18n import _
from kapperboek.storage.file.dialect import json_has
from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.privacy.name_mentions import image


class Standing(NamedTuple):
    """Standing of somebody with regard to mailings: whether they want no advertising, and whether they died."""

    no_advertising: bool
    deceased: bool


def lines(book: Notebook, customer_id: int) -> list[ConsentLine]:
    """Consent register as it is judged, in the order it was written.

    Lines of an import may name words we don't know.
    """
    sql = "SELECT purpose, channel, state, at FROM consent WHERE customer_id = ? ORDER BY id"
    zone = book.zone
    return [
        ConsentLine(purpose, channel, state, (moment_of(at, zone) or datetime.min).date())
        for purpose, channel, state, at in book.rows(sql, (customer_id,))
    ]


def history(book: Notebook, customer_id: int) -> tuple[ConsentView, ...]:
    """Consent register as people read it, the last line first."""
    sql = (
        "SELECT purpose, channel, state, at, how, coalesce(s.name, ''), wording FROM consent"
        " LEFT JOIN staff s ON s.id = staff_id WHERE customer_id = ? ORDER BY consent.id DESC"
    )
    zone = book.zone
    return tuple(
        ConsentView(purpose, channel, state, moment_of(at, zone) or datetime.min, len(at) > len("2026-11-22"), *rest)
        for purpose, channel, state, at, *rest in book.rows(sql, (customer_id,))
    )


def allowed(book: Notebook, customer_id: int, on: date | None = None) -> dict[str, list[str]]:
    """Purpose → permitted channels, now or at the end of a day gone by. NotFound."""
    if on is not None and on >= book.clock.today():
        on = None  # all that is known counts by now, also what was written while the clock was ahead
    standing = standing_on(book, customer_id, on)
    return consent.allowed(lines(book, customer_id), on=on, **standing._asdict())


def standing_on(book: Notebook, customer_id: int, on: date | None = None) -> Standing:
    """Standing as the card says, or as it said at the end of that day.

    The journal knows what stood there before. Raises NotFound.
    """
    row = book.row("SELECT no_advertising, deceased FROM customer WHERE id = ?", (customer_id,))
    if row is None:
        raise NotFound("no-customer", _("This card is no longer there."))
    if on is None:
        return Standing(*map(bool, row))
    after = datetime.combine(on + timedelta(days=1), datetime.min.time(), book.zone).astimezone(UTC)
    before = [_said_before(book, customer_id, name, instant(after)) for name in Standing._fields]
    return Standing(*(bool(now if old is None else old) for now, old in zip(row, before, strict=True)))


def _said_before(book: Notebook, customer_id: int, name: str, at: str) -> object:
    """The value a column of the card had at an instant, as the first change since then keeps it; None if none did."""
    sql = (
        "SELECT before FROM change_row JOIN change ON change.id = change_id WHERE customer_id = ?"
        f" AND table_name = 'customer' AND op = 'update' AND at >= ? AND {json_has('before', name)}"
        " ORDER BY change_id, seq LIMIT 1"
    )
    return image(book.value(sql, (customer_id, at))).get(name)
