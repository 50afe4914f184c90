"""Lists that the settings page edits: the shop, its staff, its treatments, the fields of the card."""

from __future__ import annotations

from kapperboek.domain import staff_rights
from kapperboek.domain.care.talk_points import PROMISE_DAYS
from kapperboek.domain.errors import NotFound
from kapperboek.domain.time.clock import DEFAULT_ZONE
from kapperboek.domain.views.settings_view import ProfileFieldView, ShopView, StaffView, TreatmentView
from kapperboek.i18n import _, language
from kapperboek.storage.file import setting_values
from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.records.record_rows import listed


def shop(book: Notebook) -> ShopView:
    """The shop's settings, with the usual ones where nothing was chosen."""
    known = {key: setting_values.parsed(key, value) for key, value in book.rows("SELECT key, value FROM setting")}
    known = {key: value for key, value in known.items() if value is not None}
    return ShopView(
        name=known.get("shop_name", ""),
        timezone=known.get("timezone", DEFAULT_ZONE),
        region=known.get("region", "NL"),
        currency=known.get("currency", "EUR"),
        language=known.get("language", language()),
        theme=known.get("theme", "system"),
        text_scale=known.get("text_scale", 100),
        promise_days=known.get("promise_days", PROMISE_DAYS),
        discreet_after=known.get("discreet_after", 0),
        lock_after=known.get("lock_after", 0),
        staff_may=tuple(known.get("staff_may", staff_rights.USUAL)),
        closed_weekdays=tuple(known.get("closed_weekdays", ())),
        closed_dates=tuple(known.get("closed_dates", ())),
    )


def staff(book: Notebook) -> tuple[StaffView, ...]:
    """Everybody who works or worked here, in the order they came."""
    rows = book.rows("SELECT id, name, initials, active, version, role, pin <> '' FROM staff ORDER BY id")
    return tuple(
        StaffView(key, name, letters, bool(active), version, role, bool(pin))
        for key, name, letters, active, version, role, pin in rows
    )


def treatments(book: Notebook) -> tuple[TreatmentView, ...]:
    """Treatments the shop offers, in the owner's order."""
    rows = book.rows("SELECT id, name, minutes, price_cents, active, version FROM treatment ORDER BY position, id")
    return tuple(
        TreatmentView(key, name, minutes, price, bool(active), version)
        for key, name, minutes, price, active, version in rows
    )


def profile_fields(book: Notebook) -> tuple[ProfileFieldView, ...]:
    """The fields of the card, in the owner's order."""
    rows = book.rows("SELECT id, key, label, kind, choices, active, version FROM profile_field ORDER BY position, id")
    return tuple(
        ProfileFieldView(row_id, key, label, kind, listed(choices), bool(active), version)
        for row_id, key, label, kind, choices, active, version in rows
    )


def card_by_number(book: Notebook, number_or_uid: str) -> int:
    """The id of the customer with that number (``412``, ``#412``, ``0412``) or uid. Raises NotFound."""
    text = number_or_uid.encode("utf-8", "replace").decode().strip().removeprefix("#")  # a terminal may send no text
    for candidate in dict.fromkeys((text, text.lstrip("0"))):
        sql = "SELECT id FROM customer WHERE number = ? UNION SELECT id FROM customer WHERE uid = ?"
        found = book.value(sql, (candidate, candidate)) if candidate else None
        if found:
            return int(found)
    raise NotFound("no-customer", _("There is no customer with number {number}.").format(number=number_or_uid.strip()))
