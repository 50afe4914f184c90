"""What the program does less often while something goes wrong: forgetting somebody, saving a damaged notebook, one card
out of a copy, a second place for copies, half-typed words, and a clock that is a year behind.
"""

from __future__ import annotations

import hashlib
from datetime import datetime
from pathlib import Path

from kapperboek.domain.errors import CannotOpen, UserError
from kapperboek.domain.records import CustomerRecord, Phone
from kapperboek.domain.time.clock import FixedClock
from kapperboek.i18n import _
from kapperboek.services import drafts, journal
from kapperboek.services.customers import customers
from kapperboek.services.inputs import VisitInput
from kapperboek.services.keeping import maintenance
from kapperboek.services.moments import moments
from kapperboek.services.privacy import forgetting
from kapperboek.storage.file import key_derivation
from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.opening import open_notebook
from kapperboek.storage.privacy import erasure as store
from kapperboek.storage.privacy import erasure_list
from kapperboek.storage.recovery import settled_since
from kapperboek.storage.write import upkeep_memory
from tests.conftest import KEY, NOW
from tests.faults import pages
from tests.faults.scenarios import (
    CLOCK,
    NAME,
    Confirm,
    Scenario,
    State,
    digest,
    notebooks_in,
    one_of_the_states,
    open_it,
    state,
    with_an_older_one,
    with_one_customer,
    written_state,
)
from tests.golden import make
from tests.storage.test_erasure import plant

ELS, WIM = (b"qxvz", b"vzloon", b"70717273", b"70707"), (b"blijft", b"uid-wim")
TEXT = "half getypt " * 50


# ---- forgetting


def with_els(folder: Path) -> None:
    """Els in every corner of it and of a copy, Wim who had to do with her, and somebody else."""
    with_one_customer(folder)
    (folder / "kopie").mkdir()
    with open_it(folder) as book:
        plant(book, first=2)
        maintenance.backup(book, folder / "kopie")
    assert _whose(folder / NAME) == "ElsWim"


def forget(folder: Path, confirm: Confirm) -> None:
    """Els, and Wim; confirmed when it was said that nothing is left."""
    with open_it(folder) as book:
        for customer_id in (2, 3):
            said = forgetting.forget(book, customer_id).what
            if said != _("Forgotten: nothing of this customer is left"):
                raise UserError("later", said)
            confirm()


def without_els(folder: Path) -> None:
    """She was forgotten since the copy was made."""
    with_els(folder)
    with open_it(folder) as book:
        forgetting.forget(book, 2)


def without_the_list(folder: Path) -> None:
    """She was, and only the notebook and its copy were taken along."""
    without_els(folder)
    for path in folder.rglob(f"*{erasure_list.SUFFIX}"):
        path.unlink()


def restore(folder: Path, confirm: Confirm) -> None:
    """The copy that still knows Els, in the notebook's place."""
    (backup,) = (folder / "kopie").glob("*.kapperboek")
    maintenance.restore(backup, folder / NAME, key=KEY, now=NOW)
    confirm()


def forgotten_state(folder: Path) -> State:
    """Whose words stand in the notebook's pages as it was left and after it was opened once more, how many it or
    its list knows; and what all notebooks say."""
    path = folder / NAME
    before = _whose(path)
    with open_notebook(path, key=KEY, clock=CLOCK) as book:
        settled_since.see_lists(book, (folder,))  # as the daily care does
        store.wipe(book)
    listed = len(erasure_list.read(erasure_list.beside(path)))
    return {"words": before, "words later": _whose(path), "listed": str(listed), **state(folder)}


def _whose(path: Path) -> str:
    found = pages.traces(path, KEY, (*ELS, *WIM))
    return "".join(name for name, words in (("Els", ELS), ("Wim", WIM)) if found.intersection(words))


def forgotten_or_not(states: list[State], found: State, confirmed: int) -> bool:
    """Who is confirmed to be forgotten is in no page; who isn't is there, or in no page after the next opening. The
    copies are as they were, and the list knows who is gone."""
    for place in range(confirmed, min(confirmed + 2, len(states))):
        as_then = {name: value for name, value in states[place].items() if name.endswith(".kapperboek")}
        if all(found.get(name) == value for name, value in as_then.items()):
            words = found["words later"] + (found["words"] if place == confirmed else "")
            gone = all(who not in words for who in ("Els", "Wim")[:place])
            return gone and int(found["listed"]) >= int(states[place]["listed"])
    return False


def forgotten_at_last(states: list[State], found: State, confirmed: int) -> bool:
    """Where the notebook itself was taken away nothing knew of her; it does when that is back."""
    return still_forgotten(states, {**found, "words": ""}, confirmed)


def still_forgotten(states: list[State], found: State, confirmed: int) -> bool:
    """The notebook is the old or the new one, and Els is in neither."""
    before, after = states
    expected = after if confirmed or found[NAME] != before[NAME] else before
    kept = {value for name, value in before.items() if name.endswith(".kapperboek")}
    return (
        found[NAME] == expected[NAME] and "Els" not in found["words"] + found["words later"]
        and kept <= set(found.values())
    )


# ---- saving a damaged one


def with_damage(folder: Path) -> None:
    """A page of the contact moments cannot be read; the copy is of before those."""
    with_one_customer(folder)
    (folder / "kopie").mkdir()
    with open_it(folder) as book:
        maintenance.backup(book, folder / "kopie")
        for day in range(1, 25):
            moments.record_visit(book, VisitInput(1, f"2026-10-{day:02d}T10:00", 1, note=f"Dag {day}: {TEXT}"))
        page = book.value("SELECT rootpage FROM sqlite_master WHERE name = 'interaction'")
    with (folder / NAME).open("r+b") as file:
        file.seek((page - 1) * key_derivation.PAGE_BYTES + 1000)
        file.write(b"\0\0\0\0")


def save_what_is_left(folder: Path, confirm: Confirm) -> None:
    maintenance.rescue_in_place(folder / NAME, key=KEY, clock=CLOCK, backups=folder / "kopie")
    confirm()


def damaged_state(folder: Path) -> State:
    """As ``state``; of what is damaged only that nothing was done to it since."""
    return {str(path.relative_to(folder)): _digest_or_damage(path) for path in sorted(notebooks_in(folder))}


def _digest_or_damage(path: Path) -> str:
    try:
        return digest(path)
    except (AssertionError, CannotOpen):
        rest = path.read_bytes()[key_derivation.PAGE_BYTES :]  # the first page tells whether there is a log beside it
        return f"damaged {hashlib.blake2b(rest, digest_size=12).hexdigest()}"


def saved_or_not(states: list[State], found: State, confirmed: int) -> bool:
    """The notebook is the damaged or the saved one, and the damaged one is never gone; another attempt may have left
    what it saved under a name of its own."""
    before, after = states
    is_after = found[NAME] == after[NAME]
    return (
        (is_after or (not confirmed and found[NAME] == before[NAME]))
        and set(before.values()) <= set(found.values()) <= set(after.values())
    )


# ---- one card out of a copy


def with_two_copies(folder: Path) -> None:
    """One of today with Tine in it, who is gone from the notebook, and one with other people."""
    (folder / "kopie").mkdir()
    with_an_older_one(folder)
    with open_it(folder) as book:
        card = customers.new_customer(book, CustomerRecord(given_name="Gerdien", phones=[Phone("06 99887766")]))
        moments.record_visit(book, VisitInput(card.customer_id, "2026-11-01T10:00", 1, note=TEXT))
        maintenance.backup(book, folder / "kopie")
        journal.undo(book)
        journal.undo(book)
    make.make(folder / "kopie" / "oud.kapperboek")


def bring_back(folder: Path, confirm: Confirm) -> None:
    with open_it(folder) as book:
        for copy, who in (("zaak-2026-11-22.kapperboek", "gerdien"), ("oud.kapperboek", "zonneveld")):
            maintenance.bring_back(book, folder / "kopie" / copy, who)
            confirm()


# ---- a second place


def with_a_stick(folder: Path) -> None:
    with_an_older_one(folder)
    (folder / "stick").mkdir()


def fill_the_stick(folder: Path, confirm: Confirm) -> None:
    """Chosen, which gives it a copy at once; then another day. Confirmed is only what is not told to have failed."""
    with open_it(folder) as book:
        maintenance.choose_place(book, folder / "stick")
        _confirm_copy(book, confirm)
        customers.new_customer(book, CustomerRecord(given_name="Daarna"))
        book.clock = FixedClock(datetime(2026, 11, 23, 9, 0))
        maintenance.look_after(book, folder / "kopie")
        _confirm_copy(book, confirm)


def _confirm_copy(book: Notebook, confirm: Confirm) -> None:
    if trouble := upkeep_memory.memory(book).get("copy_trouble"):
        raise UserError("no-copy", trouble)
    confirm()


def copied(states: list[State], found: State, confirmed: int) -> bool:
    """Every copy that was confirmed is there, and none is there that says something else."""
    ahead = states[confirmed:]
    known = {(name, value) for one in states for name, value in one.items() if name != NAME}
    return (
        found.get(NAME) in {one[NAME] for one in states}
        and set(states[confirmed].items()) - {(NAME, states[confirmed][NAME])} <= set(found.items())
        and any(found[NAME] == one[NAME] for one in ahead)
        and all(name == NAME or (name, value) in known for name, value in found.items())
    )


# ---- half-typed words, and a clock that is wrong


def type_halfway(folder: Path, confirm: Confirm) -> None:
    """Several things at once, typed on, thrown away."""
    with open_it(folder) as book:
        for words in ("een", "een twee", f"een twee drie {TEXT}"):
            for name in ("bezoek", "kaart"):
                drafts.save(book, name, "visit", 1 if name == "bezoek" else 0, f"{name}: {words}")
                confirm()
        for name in ("bezoek", "niet meer", "kaart"):
            drafts.drop(book, name)
            if name != "niet meer":
                confirm()


def with_days_of_copies(folder: Path) -> None:
    """Copies of some days before."""
    with_one_customer(folder)
    with open_it(folder) as book:
        for day in (19, 20, 21):
            book.clock = FixedClock(datetime(2026, 11, day, 9, 0))
            maintenance.daily_backup(book, folder / "kopie")


def a_year_back(folder: Path, confirm: Confirm) -> None:
    """The clock jumps a year back, and one on: order, copies and undoing do not mind."""
    with open_it(folder) as book:
        for year in (2025, 2027, 2026):
            book.clock = FixedClock(datetime(year, 11, 22, 9, 0))
            customers.new_customer(book, CustomerRecord(given_name=f"In {year}"))
            confirm()
            maintenance.daily_backup(book, folder / "kopie")
            confirm()
            drafts.save(book, f"d{year}", "visit", 1, TEXT)
            confirm()
            customers.new_customer(book, CustomerRecord(given_name=f"Weer weg in {year}"))
            confirm()
            assert f"Weer weg in {year}" in journal.undo(book).what
            confirm()
        kept = {path.name[5:15] for path in (folder / "kopie").glob("*.kapperboek")}
        days = {"2026-11-19", "2026-11-20", "2026-11-21", "2026-11-22", "2025-11-22", "2027-11-22"}
        assert kept == days, kept


SCENARIOS = (
    Scenario("forgetting", with_els, forget, forgotten_or_not, forgotten_state),
    Scenario("restoring the forgotten", without_els, restore, still_forgotten, forgotten_state),
    Scenario("restored without the list", without_the_list, restore, forgotten_at_last, forgotten_state),
    Scenario("rescuing in place", with_damage, save_what_is_left, saved_or_not, damaged_state),
    Scenario("one card out of a copy", with_two_copies, bring_back, one_of_the_states),
    Scenario("a second place", with_a_stick, fill_the_stick, copied, written_state),
    Scenario("half-typed words", with_one_customer, type_halfway, one_of_the_states),
    Scenario("clock back a year", with_days_of_copies, a_year_back, one_of_the_states, written_state),
)
