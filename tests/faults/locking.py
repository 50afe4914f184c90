"""The notebook gets another key while something goes wrong: it is never under a key that is nowhere.

Kept keys lie in a folder of their own, as in the user's configuration. What may be typed is one key, standing for a
passphrase; that the notebooks were made with is only kept.
"""

from __future__ import annotations

from pathlib import Path

from kapperboek.domain.records import CustomerRecord
from kapperboek.services.customers import customers
from kapperboek.services.keeping import maintenance, notebooks, security
from kapperboek.storage.copies import former_keys
from kapperboek.storage.file import key_derivation
from kapperboek.storage.opening import open_notebook
from kapperboek.storage.recovery import second_copies
from kapperboek.storage.write import upkeep_memory
from kapperboek.storage.write.setting_store import HAS_PASSPHRASE
from kapperboek.system.key_store import KeyStore
from tests.conftest import KEY
from tests.faults.scenarios import CLOCK, NAME, Confirm, Scenario, State, digest, notebooks_in

TYPED = bytes(range(100, 132))
KEPT = "sleutels"
ABOUT_THE_KEY = (HAS_PASSPHRASE, former_keys.SETTING, upkeep_memory.MEMORY)


def keeper(folder: Path) -> KeyStore:
    """Where keys are kept in this folder."""
    return KeyStore(lambda: folder / "instellingen" / KEPT)


def state(folder: Path) -> State:
    """Every notebook, with how it opens: by a key that is kept, or by what is typed. ValueError when by neither."""
    return {str(path.relative_to(folder)): _opened(path, keeper(folder)) for path in sorted(notebooks_in(folder))}


def _opened(path: Path, store: KeyStore) -> str:
    salt = key_derivation.read_salt(path)
    kept = store.find(salt) if salt is not None else None
    key = kept or TYPED
    if not key_derivation.key_fits(path, key, salt):
        raise ValueError(f"nobody has a key to {path.name}")
    with open_notebook(path, key=key) as book:
        if security.has_passphrase(book) and key != TYPED:
            raise ValueError(f"{path.name} says that somebody knows its key by heart")
    return f"{digest(path, key, leave_out=ABOUT_THE_KEY)} {'kept' if kept else 'typed'}"


def words(found: str) -> str:
    """What stands in a notebook, whatever its key."""
    return found.partition(" ")[0]


def all_there(states: list[State], found: State, confirmed: int) -> bool:
    """The notebook is locked as confirmed or as the step after that, and says what it said; so do its copies."""
    before = states[0]
    return (
        found.get(NAME) in {one[NAME] for one in states[confirmed : confirmed + 2]}
        and all(words(found.get(name, "")) == words(was) for name, was in before.items())
        and set(map(words, found.values())) <= set(map(words, before.values()))
    )


def _begin(folder: Path, key: bytes) -> None:
    """A notebook with two copies, of today and of somebody less; it says that nobody knows its key by heart."""
    (folder / "kopie").mkdir()
    with notebooks.create(folder / NAME, key=key, shop_name="Zaak", staff_name="Odette", clock=CLOCK) as book:
        book.connection.execute("DELETE FROM setting WHERE key = ?", (HAS_PASSPHRASE,))
        book.connection.execute("INSERT INTO setting VALUES (?, 'false', 1)", (HAS_PASSPHRASE,))
        customers.new_customer(book, CustomerRecord(given_name="Zeldzaam", note="Zeldzaamwoord " * 400))
        maintenance.backup(book, folder / "kopie").rename(folder / "kopie" / "zaak-2026-11-20.kapperboek")
        customers.new_customer(book, CustomerRecord(given_name="Piet"))
        maintenance.backup(book, folder / "kopie")


def with_a_kept_key(folder: Path) -> None:
    _begin(folder, KEY)
    for path in notebooks_in(folder):
        keeper(folder).keep(key_derivation.read_salt(path) or b"", KEY)


def change(folder: Path, confirm: Confirm) -> None:
    """From a kept key to a passphrase, and to a kept one again."""
    store, key = keeper(folder), KEY
    for passphrase in (TYPED.hex(), None):
        key = security.change_key(folder / NAME, key, passphrase, store, keep=False)
        with open_notebook(folder / NAME, key=key, clock=CLOCK) as book:
            second_copies.renew(book, folder / "kopie")
        confirm()


def begin(folder: Path, confirm: Confirm) -> None:
    """The first start, on a computer that never kept a key."""
    with notebooks.create(folder / NAME, keeper=keeper(folder), shop_name="Zaak", staff_name="Odette", clock=CLOCK):
        confirm()


def with_a_passphrase(folder: Path) -> None:
    notebooks.create(folder / NAME, key=TYPED.hex(), shop_name="Zaak", clock=CLOCK).close()


def ask_or_not(folder: Path, confirm: Confirm) -> None:
    """Open without asking on this computer, and ask again."""
    store = keeper(folder)
    for wanted in (True, False, True):
        with notebooks.open_(folder / NAME, key=TYPED, clock=CLOCK) as book:
            security.remember(book, store, wanted)
        confirm()


def begun_or_not(states: list[State], found: State, confirmed: int) -> bool:
    """There is none, or one that opens."""
    return found in states[confirmed : confirmed + 2]


SCENARIOS = (
    Scenario("begun, key kept", lambda folder: None, begin, begun_or_not, state),
    Scenario("changing the key", with_a_kept_key, change, all_there, state),
    Scenario("asking or not", with_a_passphrase, ask_or_not, begun_or_not, state),
)
