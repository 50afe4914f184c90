"""The first start, the passphrase, and notebooks that do not open."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from kapperboek import i18n
from kapperboek.domain.records import CustomerRecord
from kapperboek.services import settings
from kapperboek.services.customers import customers
from kapperboek.services.keeping import notebooks
from kapperboek.services.moments import talk
from kapperboek.system.key_store import KeyStore
from kapperboek.ui.app.program import Program
from kapperboek.ui.core import demo_salon
from kapperboek.ui.settings.settings_about import AboutSection
from kapperboek.ui.start.cannot_open import TroublePage, last_backup
from kapperboek.ui.start.first_start import DEMO, EMPTY, IMPORT, FirstStartPage
from kapperboek.ui.start.unlock import UnlockPage
from kapperboek.ui.today import today_page
from kapperboek.ui.today.first_steps import FirstSteps
from tests.conftest import KEY
from tests.ui.conftest import settle

Make = Callable[..., Program]


def first_page(program: Program) -> FirstStartPage:
    assert isinstance(program.window.cover, FirstStartPage)
    return program.window.cover


def kept(folder: Path) -> KeyStore:
    """A place for the keys of notebooks that are begun without a passphrase."""
    return KeyStore(lambda: folder / "keys")


def test_three_questions_and_one_can_begin(make_program: Make, tmp_path: Path, qtbot: QtBot) -> None:
    program = make_program(tmp_path / "new.kapperboek")
    page = first_page(program)
    qtbot.keyClicks(page.shop, "Salon Sanne")
    qtbot.keyClicks(page.name, "Sanne")
    qtbot.keyClick(page.name, Qt.Key.Key_Return)
    settle(program, qtbot)
    assert program.window.windowTitle() == "Salon Sanne – Kapperboek"
    assert program.context.staff_name() == "Sanne" and program.window.cover is None


def test_enter_begins_from_the_choice_too(make_program: Make, tmp_path: Path, qtbot: QtBot) -> None:
    program = make_program(tmp_path / "new.kapperboek", keeper=kept(tmp_path))
    page = first_page(program)
    qtbot.keyClick(page.how.button(EMPTY), Qt.Key.Key_Right)
    qtbot.keyClick(page.how.button(IMPORT), Qt.Key.Key_Right)
    qtbot.keyClick(page.how.button(DEMO), Qt.Key.Key_Return)
    settle(program, qtbot)
    assert program.window.windowTitle() == "Demosalon – Kapperboek"


def test_a_missing_name_is_explained_beside_the_field(
    make_program: Make, tmp_path: Path, qtbot: QtBot
) -> None:
    program = make_program(tmp_path / "new.kapperboek")
    page = first_page(program)
    qtbot.keyClick(page.shop, Qt.Key.Key_Return)
    assert page.name_field.has_error() and not (tmp_path / "new.kapperboek").exists()
    with qtbot.waitSignal(program.window.closing):
        qtbot.keyClick(page.name, Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier)


def test_the_language_is_chosen_before_there_are_settings(
    make_program: Make, tmp_path: Path, qtbot: QtBot
) -> None:
    program = make_program(tmp_path / "new.kapperboek")
    page = first_page(program)
    page.name.setText("Joke")
    page.language.click()
    qtbot.waitUntil(lambda: program.window.cover is not page)
    page = first_page(program)
    assert (page.begin.text(), page.name.text(), page.language.text()) == ("Begin", "Joke", "Nederlands")
    page.begin.click()
    settle(program, qtbot)
    assert program.context.shop.language == i18n.language() == "en" and program.window.cover is None


def test_the_demo_salon_is_a_notebook_of_its_own(make_program: Make, tmp_path: Path, qtbot: QtBot) -> None:
    program = make_program(tmp_path / "new.kapperboek", keeper=kept(tmp_path))
    page = first_page(program)
    page.how.button(DEMO).click()
    page.begin.click()
    settle(program, qtbot)
    assert program.window.windowTitle() == "Demosalon – Kapperboek"
    assert not (tmp_path / "new.kapperboek").exists()


def test_the_demo_salon_has_the_names_that_were_typed(make_program: Make, tmp_path: Path, qtbot: QtBot) -> None:
    program = make_program(tmp_path / "new.kapperboek", keeper=kept(tmp_path))
    page = first_page(program)
    page.shop.setText("Knip & Zo")
    page.name.setText("Joke")
    page.how.button(DEMO).click()
    page.begin.click()
    settle(program, qtbot)
    assert program.window.windowTitle() == "Knip & Zo (demo) – Kapperboek"
    assert program.context.staff[0].name == "Joke" and program.context.staff_name() == "Joke"


def test_an_empty_notebook_says_what_to_do_first(make_program: Make, tmp_path: Path, qtbot: QtBot) -> None:
    program = make_program(tmp_path / "new.kapperboek")
    page = first_page(program)
    page.name.setText("Joke")
    page.begin.click()
    settle(program, qtbot)
    steps = program.window.findChild(FirstSteps)
    assert steps is not None
    assert [name for name, button in steps.steps.items() if not button.isHidden()] == [
        "shop", "staff", "prices", "import", "customer"
    ]
    steps.steps["prices"].click()
    assert program.window.shell is not None and program.window.shell.place().kw["subject"] == "treatments"
    program.jobs.run(lambda book: settings.save_shop(book, settings.shop(book)._replace(name="Knip & Zo")))
    program.context.open_page("today")
    settle(program, qtbot)
    assert steps.steps["shop"].isHidden() and not steps.steps["staff"].isHidden()
    program.jobs.run(customers.new_customer, CustomerRecord(given_name="Bep"))
    settle(program, qtbot)
    assert steps.isHidden()


def test_about_says_where_the_notebook_is_and_leads_to_the_demo_salon(
    program: Program, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[Path] = []
    monkeypatch.setattr(demo_salon, "open_window", lambda path: not started.append(path))
    program.context.keeper = kept(tmp_path)
    program.context.open_page("settings", subject="about")
    settle(program, qtbot)
    section = program.window.findChild(AboutSection)
    assert section is not None and section.file.text() == str(program.path)
    section.demo.click()
    qtbot.waitUntil(lambda: bool(started))
    (path,) = started
    assert path == demo_salon.demo_path(program.path) and path.exists() and demo_salon.is_demo(path)
    assert "ander venster" in section.told.text()


def test_what_was_noted_in_the_demo_salon_is_there_the_next_time(
    make_program: Make, tmp_path: Path, qtbot: QtBot
) -> None:
    def look_around() -> Program:
        program = make_program(tmp_path / "new.kapperboek", keeper=kept(tmp_path))
        first_page(program).how.button(DEMO).click()
        first_page(program).begin.click()
        settle(program, qtbot)
        return program

    program = look_around()
    program.jobs.run(talk.add_point, 1, "Hoe was Porto?", by=program.context.staff_id)
    settle(program, qtbot)
    program.finish()
    program = look_around()
    points: list[str] = []
    program.jobs.run(lambda book: points.extend(one.text for one in customers.open_card(book, 1).talk_points))
    settle(program, qtbot)
    assert "Hoe was Porto?" in points


def locked(tmp_path: Path) -> Path:
    path = tmp_path / "locked.kapperboek"
    notebooks.create(path, key="juist paard batterij nietje", shop_name="Salon", staff_name="Sanne").close()
    return path


def test_a_locked_notebook_asks_its_passphrase(make_program: Make, tmp_path: Path, qtbot: QtBot) -> None:
    program = make_program(locked(tmp_path), key=None)
    qtbot.waitUntil(lambda: isinstance(program.window.cover, UnlockPage))
    page = program.window.cover
    assert isinstance(page, UnlockPage)
    assert program.window.windowTitle() == "Kapperboek", "a locked notebook tells nothing"
    qtbot.keyClicks(page.line, "verkeerd")
    qtbot.keyClick(page.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.problem.isVisible())
    assert page.line.selectedText() == page.line.text() != ""
    qtbot.keyClicks(page.line, "juist paard batterij nietje")
    qtbot.keyClick(page.line, Qt.Key.Key_Return)
    settle(program, qtbot)
    assert program.window.cover is None and program.context.staff_name() == "Sanne"


def test_today_is_asked_once_while_the_key_is_worked_out(
    make_program: Make, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a large notebook it takes as long as the key itself: the answer comes as soon as that is there."""
    asked: list[str] = []
    plain = today_page.use_case.today
    monkeypatch.setattr(today_page.use_case, "today", lambda book: (asked.append("Today"), plain(book))[1])
    program = make_program(locked(tmp_path), key=None)
    qtbot.waitUntil(lambda: isinstance(program.window.cover, UnlockPage))
    page = program.window.cover
    assert isinstance(page, UnlockPage)
    qtbot.keyClicks(page.line, "juist paard batterij nietje")
    qtbot.keyClick(page.line, Qt.Key.Key_Return)
    settle(program, qtbot)
    assert asked == ["Today"]


def test_caps_lock_is_noticed(qtbot: QtBot) -> None:
    page = UnlockPage()
    qtbot.addWidget(page)
    page.show()
    qtbot.keyClick(page.line, "A")  # a capital without Shift
    assert page.caps.isVisible()
    qtbot.keyClick(page.line, "a")
    assert not page.caps.isVisible()


@pytest.mark.parametrize(
    "content",
    [b"", b"this is a letter, not a notebook" * 100, bytes(range(256)) * 64],
    ids=["empty", "text", "binary"],
)
def test_a_file_that_is_no_notebook_gets_a_page(
    make_program: Make, tmp_path: Path, qtbot: QtBot, content: bytes
) -> None:
    path = tmp_path / "odd.kapperboek"
    path.write_bytes(content)
    program = make_program(path)
    qtbot.waitUntil(lambda: isinstance(program.window.cover, (TroublePage, UnlockPage)))
    assert path.read_bytes() == content


def test_a_newer_notebook_is_refused_politely(make_program: Make, tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "newer.kapperboek"
    with notebooks.create(path, key=KEY, shop_name="S", staff_name="S") as book:
        book.connection.execute("PRAGMA user_version = 9999")
    program = make_program(path)
    qtbot.waitUntil(lambda: isinstance(program.window.cover, TroublePage))


def test_what_can_be_read_of_a_damaged_notebook_is_saved_from_the_window(
    make_program: Make, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "kapot.kapperboek"
    with notebooks.create(path, key=KEY, shop_name="Salon Sanne", staff_name="Sanne") as book:
        customers.new_customer(book, CustomerRecord(given_name="Tine"))
    damaged = b"\0".join((path.read_bytes()[:2000], path.read_bytes()[2001:]))
    path.write_bytes(damaged)
    program = make_program(path)
    qtbot.waitUntil(lambda: isinstance(program.window.cover, TroublePage))
    assert isinstance(program.window.cover, TroublePage)
    program.window.cover.rescue.emit()
    settle(program, qtbot)
    assert program.window.windowTitle() == "Salon Sanne – Kapperboek"
    assert [one for one in path.parent.glob("kapot*") if one.read_bytes() == damaged]


def test_trouble_offers_the_newest_backup(tmp_path: Path) -> None:
    assert last_backup(tmp_path / "absent", "zaak") is None
    import os

    names = ("zaak-2026-11-21.kapperboek", "zaak-2026-11-22.kapperboek", "demo-zaak-2026-11-22.kapperboek")
    for number, name in enumerate(names):  # the demo salon's lies beside it, and may never take the notebook's place
        (tmp_path / name).write_text(name)
        os.utime(tmp_path / name, (number, number))
    found = last_backup(tmp_path, "zaak")
    assert found is not None and found.name == names[1]


@pytest.mark.parametrize(("language", "word"), [("nl", "Openen"), ("en", "Open")])
def test_qt_itself_speaks_the_language_from_the_start(
    make_program: Make, tmp_path: Path, language: str, word: str
) -> None:
    """The first thing somebody does may be choosing a list to bring in."""
    make_program(tmp_path / "new.kapperboek", key=None, lang=language)
    assert QCoreApplication.translate("QFileDialog", "&Open").replace("&", "") == word
    dialog = QFileDialog(None, "", str(tmp_path))
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    said = " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert ("Look in" in said, "Files of" in said) == (language == "en", language == "en")
    dialog.deleteLater()
