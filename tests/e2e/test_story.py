"""Ten minutes of design/tuesday.md in the real window, by keyboard alone: a visit, a power cut, and on again."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kapperboek.services import drafts
from kapperboek.services.keeping import notebooks
from kapperboek.storage.damage import integrity_check
from tests.conftest import KEY
from tests.e2e.test_cli import kapperboek
from tests.e2e.window import CALM, Keyboard, Screen, until

DAY = "2026-11-24"
OFFERED = 2.0  # seconds that nothing moves once half-typed work was looked for, which comes after the page
MARIEKE = "412"
ANSWER, POINT, HALF = "wil volgend jaar naar Porto", "tante Riet in ziekenhuis", "zus komt over uit Canada"


class Salon:
    """A keyed demo salon in a folder of its own, asked from outside the window that is working in it."""

    def __init__(self, folder: Path, *, asks: bool = True) -> None:
        self.folder = folder
        self.path = folder / "salon.kapperboek"
        homes = ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "TMPDIR")
        self.env = {name: str(folder / name.lower()) for name in homes}
        if asks:
            self.env["KAPPERBOEK_PASSPHRASE"] = KEY.hex()
        for name in homes:
            (folder / name.lower()).mkdir()

    def ask(self, *args: str) -> Any:
        """What the command line answers."""
        ran = kapperboek(self.path, *args, "--json", on=DAY, env=self.env)
        assert ran.code == 0, ran.err
        return json.loads(ran.out)

    def visits(self) -> int:
        """How many visits the notebook holds."""
        with notebooks.open_(self.path, key=KEY) as book:
            return int(book.value("SELECT count(*) FROM interaction WHERE kind = 'visit'"))

    def half_typed(self) -> str:
        """Everything that is half typed and on disk."""
        with notebooks.open_(self.path, key=KEY) as book:
            return " ".join(draft.payload for draft in drafts.drafts(book))

    def plain(self, *words: str) -> list[str]:
        """Files in which one of these words can be read by whoever finds the disk."""
        needles = [code for word in words for code in (word.encode(), word.encode("utf-16-le"))]
        files = [file for file in self.folder.rglob("*") if file.is_file()]
        return [str(file) for file in files if any(needle in file.read_bytes() for needle in needles)]


@pytest.fixture
def salon(tmp_path: Path) -> Salon:
    """The story's people and some more, as they stand this Tuesday morning."""
    made = Salon(tmp_path)
    made.ask("demo", "--customers", "40", "--seed", "5")
    return made


@pytest.fixture
def screen() -> Iterator[Screen]:
    with tempfile.TemporaryDirectory() as folder, Screen(Path(folder)) as made:
        yield made


def start(screen: Screen, salon: Salon, calm: float = CALM) -> Keyboard:
    return Keyboard(screen, salon.path, salon.env, "--on", DAY, calm=calm)


def test_a_visit_a_power_cut_and_on_again(salon: Salon, screen: Screen) -> None:
    before = salon.visits()
    window = start(screen, salon)
    window.find("mar j")
    note_visit(window)
    until(lambda: salon.visits() == before + 1, "the visit is in the notebook")

    window.find("thea")
    window.go("ctrl+Return")
    window.press("ctrl+t")
    window.write(HALF)
    until(lambda: HALF in salon.half_typed(), "the half-typed visit is on disk")
    window.kill()
    assert salon.plain(ANSWER, POINT, HALF, "Porto", "Riet", "Lissabon", "Marieke") == []

    everything_noted(salon)
    assert salon.ask("check")["ok"]
    window = start(screen, salon, calm=OFFERED)
    finish_the_visit(salon, window)
    discreet_and_undo(salon, window)
    window.kill()
    everything_noted(salon)
    assert salon.plain(ANSWER, POINT, HALF, "Canada") == []


def note_visit(window: Keyboard) -> None:
    """Twelve keys beside the text, as the design counts them at most."""
    keys = ["ctrl+Return", *["ctrl+Left"] * 3, "9", "Tab", "space", "ctrl+t", "ctrl+o", "ctrl+Return"]
    assert len(keys) <= 12
    window.go(keys[0])
    window.press(*keys[1:7])
    window.write(ANSWER)
    window.press("ctrl+t")
    window.write(POINT)
    window.press("ctrl+o")
    window.go("ctrl+Return")


def everything_noted(salon: Salon) -> None:
    """What was confirmed, as the command line tells it."""
    card = salon.ask("show", MARIEKE)
    visit = [moment for moment in card["interactions"] if moment["kind"] == "visit"][-1]
    assert (visit["kind"], visit["staff"], visit["treatments"]) == ("visit", "Sanne", ["Knippen", "Kleuren"])
    assert visit["recipe"] == "Koleston 7/1 40 g + 7/03 20 g · 9% 1:1 · 35 min" and visit["at"].startswith(DAY)
    points = {point["text"]: point for point in card["talk_points"]}
    lisbon = points["Hoe was Lissabon, met zus Ineke?"]
    assert (lisbon["state"], lisbon["outcome"], lisbon["staff"]) == ("discussed", ANSWER, "Sanne")
    assert points["Fleur: mavo-examen gelukt?"]["state"] == "open"
    assert (points[POINT]["state"], points[POINT]["made_on"], points[POINT]["staff"]) == ("open", DAY, "Sanne")
    planned = card["interactions"][-1]
    assert (planned["kind"], planned["at"][:10], planned["staff"]) == ("appointment", "2027-01-05", "Sanne")
    assert planned["at"][14:] in ("00", "15", "30", "45") and planned["treatments"] == ["Knippen", "Kleuren"]


def finish_the_visit(salon: Salon, window: Keyboard) -> None:
    """The half-typed visit is offered by itself, and the keyboard is on the offer already."""
    before = salon.visits()
    window.go("Return", calm=2.0)
    window.go("ctrl+Return")
    until(lambda: salon.visits() == before + 1, "the visit is finished")
    assert salon.half_typed() == ""
    number = salon.ask("find", "thea van der veen")["results"][0]["number"]
    points = salon.ask("show", number)["talk_points"]
    assert [point["text"] for point in points if point["made_on"] == DAY] == [HALF]


def discreet_and_undo(salon: Salon, window: Keyboard) -> None:
    """F9 changes what is on the screen, the title never named anybody, and Ctrl+Z takes back the last visit only: that
    was somebody else's, so it asks first, and Enter leaves it."""
    before = salon.visits()
    window.find("mar j")
    assert "Marieke" not in window.title()
    window.go("F9")
    window.go("ctrl+z")
    window.go("Return")
    assert salon.visits() == before
    window.go("ctrl+z")
    window.press("ctrl+Return")
    until(lambda: salon.visits() == before - 1, "the last visit is taken back")


def test_nothing_of_a_day_with_the_lock_and_the_copies_can_be_read_on_the_disk(tmp_path: Path, screen: Screen) -> None:
    """Of a notebook without a passphrase too: its key is kept, and not beside it. Health facts shown, a conversation
    half typed when the window locks, copies made by hand and at closing; then every file it could write is read.
    """
    salon = Salon(tmp_path, asks=False)
    salon.ask("demo", "--customers", "40", "--seed", "5")
    window = start(screen, salon)
    window.find("mar j")
    window.press("ctrl+i")  # the health facts
    window.go("ctrl+b")
    window.write("Vertelde over haar operatie in het Wilhelminaziekenhuis")
    window.go("ctrl+l")
    assert salon.plain("Marieke", "hoofdhuid", "Wilhelmina") == []
    window.go("Return", calm=OFFERED)
    window.go("Return", calm=2.0)  # the half-typed conversation is offered
    window.go("ctrl+Return")
    salon.ask("backup")
    until(lambda: "Wilhelminaziekenhuis" in str(salon.ask("show", MARIEKE)), "the conversation is in the notebook")
    window.press("ctrl+q")
    until(lambda: window.process.poll() is not None, "it closes, with a last copy")
    assert list(tmp_path.rglob(f"salon-{DAY}.kapperboek")) and salon.ask("check")["ok"]
    words = ("Marieke", "hoofdhuid", "Wilhelmina", "Porto", "Jansen", "06 12 34 56 78", "Koleston")
    assert salon.plain(*words) == []


def test_self_test_where_nothing_gives_a_window_the_keyboard(tmp_path: Path) -> None:
    with Screen(tmp_path) as screen:
        env = {"DISPLAY": screen.display, "QT_QPA_PLATFORM": "xcb"}
        ran = kapperboek(tmp_path / "x", "self-test", "--json", env=env)
    assert ran.code == 0 and ran.json()["ok"], ran.out + ran.err


def names_in(path: Path) -> set[str]:
    """Who is in a file that is whole."""
    with notebooks.open_(path, key=KEY) as book:
        assert integrity_check.check(book) == []
        return {row[0] for row in book.rows("SELECT given_name FROM customer")}


def test_a_file_that_is_moved_and_then_replaced_under_the_window(salon: Salon, screen: Screen) -> None:
    """What a hand and a sync program do; Ctrl+Q as ever, and everything is in a file with a name."""
    older = Path(shutil.copy(salon.path, salon.folder / "ouder"))
    window = start(screen, salon)

    def begin_card(name: str) -> None:
        window.go("ctrl+n")
        window.write(name)
        window.go("ctrl+Return")

    begin_card("Zwaantje")
    moved = salon.path.rename(salon.folder / "Mijn klanten.kapperboek")
    until(moved.with_name(f"{moved.name}-wal").exists, "the window opens it by its new name")
    begin_card("Wiebrigje")
    older.replace(moved)
    kept = until(lambda: next(salon.folder.glob("*-kept-*.kapperboek"), None), "all of it is kept")
    assert kept is not None
    until(kept.with_name(f"{kept.name}-wal").exists, "the window goes on with what was kept")
    begin_card("Sjoukje")
    window.press("ctrl+q")
    until(lambda: window.process.poll() is not None, "the window closes")
    new = {"Zwaantje", "Wiebrigje", "Sjoukje"}
    assert new <= names_in(kept) and not new & names_in(moved)
    copies = list((salon.folder / "backups").glob("*.kapperboek"))
    assert any(new <= names_in(copy) for copy in copies) and not list(salon.folder.glob("*-wal"))
