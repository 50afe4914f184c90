"""Settings that the owner decides: the shop, its staff, its treatments and the fields of the card."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from kapperboek.domain.errors import UserError
from kapperboek.domain.people.names import initials, words
from kapperboek.domain.staff_rights import OWNER, RIGHTS, SETTINGS
from kapperboek.domain.time.closing_days import is_date
from kapperboek.domain.views.saved import Saved
from kapperboek.domain.views.settings_view import AtStart, ProfileFieldView, ShopView, StaffView, TreatmentView
from kapperboek.i18n import LANGUAGES, _
from kapperboek.services.keeping.security import KeyKeeper, asks_passphrase
from kapperboek.services.permissions import is_owner, require
from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.read.settings_lists import profile_fields as profile_fields
from kapperboek.storage.read.settings_lists import shop as shop
from kapperboek.storage.read.settings_lists import staff as staff
from kapperboek.storage.read.settings_lists import treatments as treatments
from kapperboek.storage.write import setting_store
from kapperboek.storage.write.row_lookup import existing
from kapperboek.storage.write.unit_of_work import UnitOfWork, unit_of_work

THEMES = ("light", "dark", "system")
FIELD_KINDS = ("text", "choice", "tags", "number", "date")
LOOKS = ("language", "theme", "text_scale")  # of the settings, what everybody may change


def at_start(book: Notebook, keeper: KeyKeeper | None = None) -> AtStart:
    """Settings a window needs when a notebook opens: the shop, its staff, and whether a passphrase is asked here."""
    return shop(book), staff(book), asks_passphrase(book, keeper)


def asked_first(book: Notebook, last: int, keeper: KeyKeeper | None = None) -> AtStart | None:
    """Settings the lock needs (see ``at_start``) when all who work here have a PIN; ``last``: who did so before."""
    people = staff(book)
    mine = at_work(people, last, known=False)
    return at_start(book, keeper) if any(one.id == mine and one.has_pin for one in people) else None


def works_alone(book: Notebook) -> bool:
    """Tell whether one person works here: then the passphrase says who types it."""
    return sum(person.active for person in staff(book)) == 1


def at_work(people: Iterable[StaffView], last: int, *, known: bool) -> int:
    """Staff member at work when the window opens: who did so last, else the first who works here; 0 when nobody does.
    Unless it is ``known`` who sits there, rather somebody without a PIN, whose name anybody may take.
    """
    here = sorted((person for person in people if person.active), key=lambda person: person.id != last)
    free = [person for person in here if not person.has_pin]
    return next((person.id for person in (here if known else free or here)), 0)


def save_shop(book: Notebook, view: ShopView, *, by: int = 0) -> Saved:
    """Keep the settings; only what differs is written. UserError names the field, or is "owner-only"."""
    _check_shop(view)
    before = shop(book)
    if set(view.staff_may) != set(before.staff_may):
        require(book, by, OWNER)
    if view._replace(**{name: getattr(before, name) for name in LOOKS}) != before:
        require(book, by, SETTINGS)
    with unit_of_work(book, _("Settings saved"), staff_id=by) as uow:
        for key, value in view._asdict().items():
            setting_store.put(uow, "shop_name" if key == "name" else key, value)
    return uow.saved


def _check_shop(view: ShopView) -> None:
    try:
        ZoneInfo(view.timezone)
    except (KeyError, ValueError, OSError) as error:
        raise UserError("timezone", _("This time zone is not known. An example: Europe/Amsterdam.")) from error
    if view.language not in LANGUAGES or view.theme not in THEMES:
        raise ValueError(f"{view.language}, {view.theme}")
    if not set(view.staff_may) <= set(RIGHTS):
        raise ValueError(view.staff_may)
    if not (len(view.region) == 2 and view.region.isascii() and view.region.isalpha()):
        raise UserError("region", _("Give the country as two letters, like NL."))
    if not 1 <= view.promise_days <= 60:
        raise UserError("promise_days", _("Choose between 1 and 60 days."))
    if not 75 <= view.text_scale <= 300:
        raise UserError("text_scale", _("Choose a text size between 75 and 300 percent."))
    if not all(0 <= day <= 6 for day in view.closed_weekdays) or not all(map(is_date, view.closed_dates)):
        raise UserError("closed_dates", _("That isn't a day. Type it as 25-12 or 5-5-2027."))
    for name in ("discreet_after", "lock_after"):
        if not 0 <= getattr(view, name) <= 240:
            raise UserError(name, _("Choose between 0 and 240 minutes."))


def save_staff(book: Notebook, people: Sequence[StaffView], *, by: int = 0) -> Saved:
    """Write the staff as the list stands in the window (id 0 is new). Nobody is removed: who left is set inactive.

    Where there is no owner, the first who is new and works here becomes one. UserError "name", "last-owner" and
    "owner-only", also when somebody who is no owner would change one; ChangedMeanwhile; NotFound.
    """
    from kapperboek.storage.write import pins
    from kapperboek.storage.write.tables import Staff

    _check_names([person.name for person in people])
    _check_owners(book, people, by)
    new = [person for person in people if not person.id]
    first = next((person for person in new if person.active), new[0] if new else None)
    role = pins.role_of_new(book)  # else whoever may change the settings makes themselves an owner

    def columns_of(view: StaffView, position: int) -> dict[str, Any]:
        columns = _staff_columns(view, position)
        return columns if view.id else columns | {"role": role if view is first else "staff"}

    return _save_list(book, Staff, people, columns_of, _("Staff saved"), by)


def _check_owners(book: Notebook, people: Sequence[StaffView], by: int) -> None:
    """UserError "owner-only" when somebody who is none would change an owner; "last-owner" when no owner is left."""
    known = {person.id: person for person in staff(book)}
    for view in people:
        present = known.get(view.id)
        changed = present is not None and (present.name, present.active) != (view.name.strip(), view.active)
        if changed and known[view.id].role == "owner" and not is_owner(book, by):
            raise UserError("owner-only", _("Only an owner changes what another owner is here."))
    known.update({view.id: view._replace(role=known[view.id].role) for view in people if view.id in known})
    here = [person.role for person in known.values() if person.active]
    if here and "owner" not in here:
        raise UserError("last-owner", _("Somebody must stay the owner: make another one owner first."))


def save_treatments(book: Notebook, offered: Sequence[TreatmentView], *, by: int = 0) -> Saved:
    """Write the treatments in their order (id 0 is new); one that is no longer offered is set inactive.

    UserError "name", "minutes", "amount", "owner-only"; ChangedMeanwhile when a colleague changed one first; NotFound.
    """
    from kapperboek.storage.write.tables import Treatment

    _check_names([treatment.name for treatment in offered])
    return _save_list(book, Treatment, offered, _treatment_columns, _("Treatments saved"), by)


def save_profile_fields(book: Notebook, fields: Sequence[ProfileFieldView], *, by: int = 0) -> Saved:
    """Write the profile fields in their order (id 0 is new; an empty key is made from the label).

    UserError "name", "kind", "owner-only"; ChangedMeanwhile when a colleague changed one first; NotFound.
    """
    from kapperboek.storage.write.tables import ProfileField

    _check_names([field.label for field in fields])
    if any(field.kind not in FIELD_KINDS for field in fields):
        raise UserError("kind", _("Choose what kind of field it is."))
    taken = {field.key for field in fields if field.key}
    complete = [field if field.key else field._replace(key=free_key(field.label, taken)) for field in fields]
    return _save_list(book, ProfileField, complete, _field_columns, _("Fields of the card saved"), by)


def _staff_columns(view: StaffView, _position: int) -> dict[str, Any]:
    name = view.name.strip()
    return {"name": name, "initials": view.initials.strip() or initials(name), "active": view.active}


def _treatment_columns(view: TreatmentView, position: int) -> dict[str, Any]:
    if view.minutes is not None and not 0 < view.minutes <= 24 * 60:
        raise UserError("minutes", _("A visit takes between 1 minute and a day."))
    if view.price_cents is not None and view.price_cents < 0:
        raise UserError("amount", _("This isn't an amount. Type it as 96.50."))
    columns = {"name": view.name.strip(), "minutes": view.minutes, "price_cents": view.price_cents}
    return columns | {"active": view.active, "position": position}


def _field_columns(view: ProfileFieldView, position: int) -> dict[str, Any]:
    choices = json.dumps([choice.strip() for choice in view.choices if choice.strip()], ensure_ascii=False)
    columns = {"key": view.key, "label": view.label.strip(), "kind": view.kind, "choices": choices}
    return columns | {"active": view.active, "position": position}


def _save_list(
    book: Notebook,
    table: type[Any],
    views: Sequence[Any],
    columns_of: Callable[[Any, int], dict[str, Any]],
    what: str,
    by: int,
) -> Saved:
    """Write what differs, row by row. ChangedMeanwhile when a colleague changed one first; UserError "owner-only"."""
    require(book, by, SETTINGS)
    with unit_of_work(book, what, staff_id=by) as uow:
        for position, view in enumerate(views):
            _save_row(uow, table, view, columns_of(view, position))
    return uow.saved


def _save_row(uow: UnitOfWork, table: type[Any], view: Any, columns: dict[str, Any]) -> None:
    if not view.id:
        uow.add(table(**columns))
        return
    row = existing(uow, table, view.id)
    changed = {column: value for column, value in columns.items() if getattr(row, column) != value}
    if not changed:
        return
    uow.check_version(row, view.version, str(columns.get("name") or columns.get("label")))
    for column, value in changed.items():
        setattr(row, column, value)


def _check_names(names: Sequence[str]) -> None:
    seen: set[str] = set()
    for name in names:
        plain = " ".join(name.split()).casefold()
        if not plain:
            raise UserError("name", _("Type a name first."))
        if plain in seen:
            raise UserError("name", _("“{name}” is there twice.").format(name=name.strip()))
        seen.add(plain)


def free_key(label: str, taken: set[str]) -> str:
    """A key for the notebook document, made of the label: short, plain letters, not in use."""
    base = "_".join(words(label))[:40] or "field"
    key, number = base, 2
    while key in taken:
        key, number = f"{base}_{number}", number + 1
    taken.add(key)
    return key
