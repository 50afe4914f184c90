"""What somebody who is no owner may do: refused where it is done, whatever a window shows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kapperboek.domain import roles
from kapperboek.domain.errors import UserError
from kapperboek.domain.records import CustomerRecord
from kapperboek.domain.views.settings import StaffView
from kapperboek.services import (
    customers,
    dossier,
    exporting,
    forgetting,
    locking,
    retention,
    security,
    settings,
    upkeep,
)
from kapperboek.storage.notebook import Notebook

Try = Callable[[Notebook, Path, int], object]


@pytest.fixture
def noor(book: Notebook) -> int:
    """Who works here and is no owner."""
    people = settings.staff(book)
    settings.save_staff(book, [*people, StaffView(0, "Noor", "", True, 0)])
    noor = settings.staff(book)[-1].id
    locking.set_role(book, noor, "staff")
    customers.new_customer(book, CustomerRecord(given_name="Marieke"))
    return noor


def choose(book: Notebook, *rights: str) -> None:
    settings.save_shop(book, settings.shop(book)._replace(staff_may=rights))


TRIES: dict[str, tuple[str, Try]] = {
    "export": (roles.EXPORT, lambda book, folder, by: exporting.export_file(book, folder / "x.csv", by=by)),
    "dossier": (roles.EXPORT, lambda book, folder, by: dossier.write_json(book, 1, folder / "x.json", by=by)),
    "dossier on paper": (roles.EXPORT, lambda book, _folder, by: dossier.paper(book, 1, by=by)),
    "forget": (roles.FORGET, lambda book, _folder, by: forgetting.forget(book, 1, by=by)),
    "mark": (roles.FORGET, lambda book, _folder, by: retention.mark(book, [1], by=by)),
    "shop": (roles.SETTINGS, lambda book, _folder, by: settings.save_shop(
        book, settings.shop(book)._replace(name="Van mij"), by=by)),
    "staff": (roles.SETTINGS, lambda book, _folder, by: settings.save_staff(book, settings.staff(book), by=by)),
    "treatments": (roles.SETTINGS, lambda book, _folder, by: settings.save_treatments(book, [], by=by)),
    "years": (roles.SETTINGS, lambda book, _folder, by: retention.set_years(book, 2, by=by)),
    "place": (roles.SETTINGS, lambda book, folder, by: upkeep.choose_place(book, folder, by=by)),
    "recovery key": (roles.SETTINGS, lambda book, _folder, by: security.recovery_groups(book, by=by)),
    "a PIN": (roles.SETTINGS, lambda book, _folder, by: locking.set_pin(book, 1, "1357", by=by)),
}  # fmt: skip


@pytest.mark.parametrize("name", TRIES)
def test_staff_may_what_the_owner_allowed(book: Notebook, noor: int, tmp_path: Path, name: str) -> None:
    right, attempt = TRIES[name]
    choose(book, *(set(roles.RIGHTS) - {right}))
    with pytest.raises(UserError) as refused:
        attempt(book, tmp_path, noor)
    assert refused.value.code == "owner-only"
    assert customers.count(book) == 1 and not list(tmp_path.glob("x.*"))
    choose(book, right)
    attempt(book, tmp_path, noor)


def test_nobody_makes_themselves_owner(book: Notebook, noor: int) -> None:
    choose(book, *roles.RIGHTS)
    with pytest.raises(UserError) as refused:
        locking.set_role(book, noor, "owner", by=noor)
    assert refused.value.code == "owner-only"


def test_looks_and_their_own_pin_are_everybodys(book: Notebook, noor: int) -> None:
    choose(book)
    settings.save_shop(book, settings.shop(book)._replace(theme="dark", text_scale=150), by=noor)
    locking.set_pin(book, noor, "2468", by=noor)
    assert settings.shop(book).theme == "dark" and settings.staff(book)[-1].has_pin


def test_an_owner_may_do_everything(book: Notebook, noor: int, tmp_path: Path) -> None:
    choose(book)
    owner = settings.staff(book)[0].id
    for name, (_right, attempt) in TRIES.items():
        if "forget" not in name:
            attempt(book, tmp_path, owner)
    forgetting.forget(book, 1, by=owner)
    assert customers.count(book) == 0
