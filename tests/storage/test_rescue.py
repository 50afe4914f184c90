"""Whatever page is damaged: it is said which and whose, everything that can be read is saved, and no bit of the damaged
file is touched."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlcipher3 import dbapi2

from kapperboek import demo
from kapperboek.domain.errors import Cancelled, CannotOpen, UserError
from kapperboek.domain.records import CustomerRecord
from kapperboek.domain.time.clock import FixedClock
from kapperboek.domain.views.file_health import Rescued
from kapperboek.services.customers import customers
from kapperboek.services.inputs import VisitInput
from kapperboek.services.keeping import maintenance, notebooks
from kapperboek.services.moments import moments
from kapperboek.storage.damage import integrity_check
from kapperboek.storage.file import key_derivation
from kapperboek.storage.opening import open_notebook
from kapperboek.storage.recovery import backup
from kapperboek.storage.write import journaled_tables
from tests.conftest import KEY, NOW
from tests.faults import pages

PAGE = key_derivation.PAGE_BYTES
CLOCK = FixedClock(NOW)


@pytest.fixture(scope="module")
def salon(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A keyed salon of a hundred people, as bytes."""
    path = tmp_path_factory.mktemp("salon") / "salon.kapperboek"
    with notebooks.create(path, key=KEY, clock=CLOCK) as book:
        demo.fill(book, customers=100)
    return path.read_bytes()


def rescued(
    tmp_path: Path, good: bytes, harm: Callable[[bytearray], None], key: bytes | str | None = KEY
) -> tuple[Rescued, Path]:
    """Harm a salon, rescue it, and see that the harmed one was left alone and the new one is sound."""
    path, target = tmp_path / "kapot.kapperboek", tmp_path / "gered.kapperboek"
    content = bytearray(good)
    harm(content)
    path.write_bytes(content)
    done = maintenance.rescue(path, target, key=key, clock=CLOCK)
    assert path.read_bytes() == content
    assert sorted(tmp_path.iterdir()) == [target, path]
    with open_notebook(target, key=key, clock=CLOCK) as book:
        assert integrity_check.check(book) == []
    return done, target


def words(path: Path, key: bytes | str | None = KEY) -> dict[str, set[tuple[Any, ...]]]:
    """Every row that people wrote, by table."""
    with open_notebook(path, key=key, clock=CLOCK) as book:
        return {table: set(book.rows(f"SELECT * FROM {table}")) for table in journaled_tables.JOURNALED}


def root(path: Path, name: str, key: bytes | None = KEY) -> int:
    """The page where a table or an index begins."""
    with open_notebook(path, key=key) as book:
        return int(book.value("SELECT rootpage FROM sqlite_master WHERE name = ?", (name,)))


def flip(*pages: int) -> Callable[[bytearray], None]:
    """One bit in each of these pages, counted from 1."""

    def harm(content: bytearray) -> None:
        for page in pages:
            content[(page - 1) * PAGE + 1900] ^= 4

    return harm


def test_a_sound_notebook_is_copied_whole(tmp_path: Path, salon: bytes) -> None:
    whole = tmp_path / "heel.kapperboek"
    whole.write_bytes(salon)
    expected = words(whole)
    whole.unlink()
    done, target = rescued(tmp_path, salon, lambda content: None)
    assert done.lost == 0 and not done.mended_beginning
    assert words(target) == expected


@pytest.mark.parametrize("seed", range(6))
def test_what_does_not_stand_on_the_damaged_pages_is_saved(tmp_path: Path, salon: bytes, seed: int) -> None:
    """And what is lost is counted: no row is missing without being told."""
    whole = tmp_path / "heel.kapperboek"
    whole.write_bytes(salon)
    expected = words(whole)
    whole.unlink()
    count = len(salon) // PAGE
    done, target = rescued(tmp_path, salon, flip(*Random(seed).sample(range(1, count + 1), 3)))
    found = words(target)
    told = {one.table: one.lost for one in done.tables}
    for table, rows in expected.items():
        missing = len(rows - found[table])
        assert missing <= told[table] + done.restored_heads, (table, missing, told)
        if told[table] == 0 and not done.restored_heads:
            assert missing <= done.orphans


def test_a_damaged_page_that_leads_to_all_others_loses_only_itself(tmp_path: Path, salon: bytes) -> None:
    whole = tmp_path / "heel.kapperboek"
    whole.write_bytes(salon)
    expected, pages = words(whole), [root(whole, table) for table in ("customer", "interaction", "talk_point")]
    whole.unlink()
    done, target = rescued(tmp_path, salon, flip(*pages))
    found = words(target)
    assert found["customer"] == expected["customer"]
    assert len(expected["interaction"]) > 500
    on_the_page_itself = len(expected["interaction"] - found["interaction"])
    assert on_the_page_itself < 40  # a table clustered by customer keeps rows on every page
    assert done.restored_heads == 0


@pytest.mark.parametrize("pages", [(1,), tuple(range(1, 8))], ids=["the first page", "the first seven"])
def test_a_damaged_beginning_is_borrowed_from_an_empty_notebook(
    tmp_path: Path, salon: bytes, pages: tuple[int, ...]
) -> None:
    done, target = rescued(tmp_path, salon, flip(*pages))
    assert done.mended_beginning
    with open_notebook(target, key=KEY) as book:
        assert book.value("SELECT count(*) FROM customer") == 100


def test_cards_without_a_head_come_back_under_their_number(tmp_path: Path, salon: bytes) -> None:
    """Where the page of the card itself is gone, all that hangs on it is kept."""
    whole = tmp_path / "heel.kapperboek"
    whole.write_bytes(salon)
    with open_notebook(whole, key=KEY, clock=CLOCK) as book:
        first = book.row("SELECT id, number, sort_key FROM customer ORDER BY id LIMIT 1")
        moments = book.value("SELECT count(*) FROM interaction")
    whole.unlink()
    assert first is not None
    page = next(page for page in range(len(salon) // PAGE, 1, -1) if holds_the_head(tmp_path, salon, page, first[1]))
    shutil.rmtree(tmp_path / "zoek")
    done, target = rescued(tmp_path, salon, flip(page))
    assert 0 < done.restored_heads < 30
    with open_notebook(target, key=KEY) as book:
        assert book.row("SELECT id, number, sort_key FROM customer ORDER BY id LIMIT 1") == first
        assert book.value("SELECT count(*) FROM interaction") == moments


def holds_the_head(tmp_path: Path, salon: bytes, page: int, number: str) -> bool:
    """Whether the card with that number stands on that page (which is SQLite's affair) with others around it."""
    folder = tmp_path / "zoek"
    folder.mkdir(exist_ok=True)
    path = folder / "zoek.kapperboek"
    content = bytearray(salon)
    flip(page)(content)
    path.write_bytes(content)
    try:
        with open_notebook(path, key=KEY, clock=CLOCK, read_only=True) as book:
            book.row("SELECT note FROM customer WHERE number = ?", (number,))
            return False
    except CannotOpen:
        pass
    try:
        with open_notebook(path, key=KEY, clock=CLOCK, read_only=True) as book:
            return book.value("SELECT max(note) FROM customer WHERE id = 100") is not None
    except CannotOpen:
        return False


@pytest.mark.parametrize("seed", range(4))
def test_bits_that_flipped_before_they_were_sealed(tmp_path: Path, salon: bytes, seed: int) -> None:
    """In memory that fails, unnoticed in words; what is no day or number must not stop the rest."""
    chance = Random(seed)

    def harm(content: bytearray) -> None:
        plain = bytearray(pages.opened(content, KEY))
        for _bit in range(20):
            plain[chance.randrange(2 * PAGE, len(plain))] ^= 1 << chance.randrange(8)
        content[:] = pages.sealed(plain, KEY, bytes(content[: pages.SALT]))

    _done, target = rescued(tmp_path, salon, harm)
    with open_notebook(target, key=KEY) as book:
        assert book.value("SELECT count(*) FROM customer") > 60


def test_the_passphrase_of_the_damaged_one_opens_the_new_one(tmp_path: Path) -> None:
    path, target = tmp_path / "kapot.kapperboek", tmp_path / "gered.kapperboek"
    folder = tmp_path / "kopie"
    folder.mkdir()
    with notebooks.create(path, key="een lange zin met een paard", shop_name="Salon", clock=CLOCK) as book:
        backup.backup(book, folder)
    content = bytearray(path.read_bytes())
    content[:PAGE] = bytes(PAGE)  # the salt too: only a backup still knows it
    path.write_bytes(content)
    with pytest.raises(CannotOpen):
        maintenance.rescue(path, target, key="een lange zin met een paard", clock=CLOCK)
    done = maintenance.rescue(path, target, key="een lange zin met een paard", clock=CLOCK, backups=folder)
    assert done.lost == 0 and done.mended_beginning
    with open_notebook(target, key="een lange zin met een paard") as book:
        assert book.get_setting("shop_name") == "Salon"


def test_a_rescue_that_is_refused_or_stopped_leaves_nothing_behind(tmp_path: Path, salon: bytes) -> None:
    path, target = tmp_path / "kapot.kapperboek", tmp_path / "gered.kapperboek"
    path.write_bytes(salon)
    for key, code in ((bytes(32), "wrong-key"), (None, "needs-key")):
        with pytest.raises(CannotOpen) as caught:
            maintenance.rescue(path, target, key=key, clock=CLOCK)
        assert caught.value.code == code
    asked = iter([False] * 30)
    with pytest.raises(Cancelled):
        maintenance.rescue(path, target, key=KEY, clock=CLOCK, cancelled=lambda: next(asked, True))
    assert list(tmp_path.iterdir()) == [path]
    target.write_bytes(b"van iemand anders")
    with pytest.raises(UserError) as caught_too:
        maintenance.rescue(path, target, key=KEY, clock=CLOCK)
    assert caught_too.value.code == "exists" and target.read_bytes() == b"van iemand anders"


def test_the_check_says_which_page_which_table_and_whose(tmp_path: Path, salon: bytes) -> None:
    path = tmp_path / "kapot.kapperboek"
    path.write_bytes(salon)
    page = root(path, "card_line")
    with open_notebook(path, key=KEY) as book:
        asked = "SELECT DISTINCT number FROM customer JOIN card_line ON customer_id = customer.id"
        numbers = {row[0] for row in book.rows(asked)}
    content = bytearray(salon)
    flip(page)(content)
    path.write_bytes(content)
    with open_notebook(path, key=KEY, clock=CLOCK) as book:
        found = integrity_check.examine(book)
    assert found.pages == (page,)
    (lost,) = found.unreadable
    assert lost.table == "card_line" and set(lost.customers) <= numbers and lost.customers
    assert f"beschadigd: {page}." in found.problems[0] and lost.customers[0] in found.problems[1]


def test_a_check_can_be_stopped_and_tells_how_far_it_is(tmp_path: Path, salon: bytes) -> None:
    path = tmp_path / "heel.kapperboek"
    path.write_bytes(salon)
    shares: list[float] = []
    with open_notebook(path, key=KEY, clock=CLOCK) as book:
        assert integrity_check.examine(book, lambda _what, share: shares.append(share)).problems == []
        assert shares == sorted(shares) and shares[-1] == 1.0
        with pytest.raises(Cancelled):
            integrity_check.examine(book, cancelled=lambda: True)
        assert book.value("SELECT count(*) FROM customer") == 100  # and it can be used as before


def test_every_flipped_bit_is_noticed(tmp_path: Path, salon: bytes) -> None:
    path, chance = tmp_path / "kapot.kapperboek", Random(7)
    for _turn in range(60):
        place = chance.randrange(PAGE, len(salon))
        content = bytearray(salon)
        content[place] ^= 1 << chance.randrange(8)
        path.write_bytes(content)
        connection = dbapi2.connect(str(path))
        connection.execute(f"PRAGMA key = \"x'{KEY.hex()}{salon[:16].hex()}'\"")
        said = connection.execute("PRAGMA cipher_integrity_check").fetchall()
        connection.close()
        assert [row[0].split()[-1] for row in said] == [str(place // PAGE + 1)]


def test_a_long_text_with_a_damaged_end_is_cut_there_and_told(tmp_path: Path) -> None:
    """SQLCipher gives zeros for the last page of a text without a word; they were saved as what somebody wrote."""
    path, target, text = tmp_path / "kapot.kapperboek", tmp_path / "gered.kapperboek", "lang verhaal " * 900
    with notebooks.create(path, key=KEY, clock=CLOCK) as book:
        customer = customers.new_customer(book, CustomerRecord(given_name="Tine")).customer_id
        moments.record_visit(book, VisitInput(customer, "2026-10-01T10:00", note=text))
        moments.record_visit(book, VisitInput(customer, "2026-10-02T10:00", note="kort"))
    content = bytearray(path.read_bytes())
    ends = [number for number, page in pages.pages(path, KEY) if page.startswith(bytes(4)) and b"lang verhaal" in page]
    for number in ends:
        content[(number - 1) * PAGE + 2000] ^= 4
    path.write_bytes(content)
    with open_notebook(path, key=KEY, clock=CLOCK) as book:
        assert [one.table for one in integrity_check.examine(book).unreadable] == ["interaction"]
    done = maintenance.rescue(path, target, key=KEY, clock=CLOCK)
    assert [(one.table, one.lost) for one in done.tables if one.lost] == [("interaction", 1)]
    with open_notebook(target, key=KEY, clock=CLOCK) as book:
        cut, short = (row[0] for row in book.rows("SELECT note FROM interaction ORDER BY at"))
    assert short == "kort" and cut.endswith("…") and len(cut) > 7000 and text.startswith(cut[:-1])
