"""Lines above the page: one at a time, in one line, asked once a day, and of whom it is."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kapperboek import i18n
from kapperboek.domain.time.clock import FixedClock
from kapperboek.services import drafts
from kapperboek.services.keeping import notebooks
from kapperboek.ui.app.program import Program
from kapperboek.ui.core import window_state
from kapperboek.ui.start import startup_offers
from kapperboek.ui.start.drafts_bar import DraftsBar
from kapperboek.ui.start.recovery_bar import RecoveryBar
from kapperboek.ui.widgets.banner import Banner
from kapperboek.ui.widgets.sheet.open_sheets import open_sheets
from tests.conftest import KEY as SALON_KEY
from tests.ui.card_tools import MARIEKE, Hands

HALF_CARD = json.dumps({"record": {"given_name": "Fatima", "prefix": "el", "family_name": "Idrissi"}, "version": 0})
LONG = json.dumps({"record": {"given_name": "Wilhelmina-Alexandrina Antoinette Everdina van Amstel Boerhaave"}})


@pytest.fixture
def hands(make_program: Callable[..., Program], salon_file: Path, tmp_path: Path, qtbot: QtBot) -> Hands:
    """A window on a salon with one half-typed card of somebody new."""
    path = Path(shutil.copy(salon_file, tmp_path / "banners.kapperboek"))
    half_typed(path, ("new", "customer", 0, HALF_CARD))
    return started(make_program, path, qtbot)


def half_typed(path: Path, *found: tuple[str, str, int, str]) -> None:
    with notebooks.open_(path, key=SALON_KEY) as book:
        for one in found:
            drafts.save(book, *one)


def started(make_program: Callable[..., Program], path: Path, qtbot: QtBot) -> Hands:
    program = make_program(path)
    hands = Hands(program, qtbot)
    qtbot.waitUntil(lambda: program.stands() and program.jobs.pending() == 0)
    qtbot.waitUntil(lambda: bool(program.window.findChildren(DraftsBar)) and program.jobs.pending() == 0)
    return hands


def shown(hands: Hands) -> list[Banner]:
    return [bar for bar in hands.program.window.findChildren(Banner) if bar.isVisible()]


def test_whose_half_typed_card_it_is(hands: Hands) -> None:
    (bar,) = shown(hands)
    assert bar.words.text() == "Half getypte kaart van Fatima el Idrissi"
    hands.program.make_anew()  # as another theme does, at dusk also by itself
    hands.settle()
    (bar,) = shown(hands)
    assert bar.words.text() == "Half getypte kaart van Fatima el Idrissi"
    hands.program.context.set_discreet(True)
    assert bar.words.text() == "Half getypte kaart"


def test_later_is_not_again_the_same_day_also_after_another_start(
    hands: Hands, make_program: Callable[..., Program], tmp_path: Path, qtbot: QtBot
) -> None:
    (bar,) = shown(hands)
    assert isinstance(bar, DraftsBar)
    hands.qtbot.mouseClick(bar.later, Qt.MouseButton.LeftButton)
    assert not shown(hands)
    startup_offers.offer_drafts(hands.program.context, hands.program.window.above)
    hands.settle()
    assert not shown(hands), "nor after the lock"
    kept = window_state.file_for(hands.program.path).read_text("utf-8")
    assert "put_off=2026-11-22 " in kept and "Fatima" not in kept and "new" not in kept
    path = tmp_path / "again.kapperboek"
    shutil.copy(hands.program.path, path)
    shutil.copy(window_state.file_for(hands.program.path), window_state.file_for(path))
    again = started(make_program, path, qtbot)
    assert not shown(again)
    again.program.context.clock = FixedClock(again.program.context.clock.local() + timedelta(days=1))
    again.program.context.check_day()
    startup_offers.offer_drafts(again.program.context, again.program.window.above)
    again.settle()
    assert len(shown(again)) == 1, "tomorrow it is"


def test_what_is_typed_on_since_is_offered_again(hands: Hands) -> None:
    (bar,) = shown(hands)
    assert isinstance(bar, DraftsBar)
    bar.later.click()
    hands.ask(lambda book: setattr(book, "clock", FixedClock(book.clock.local() + timedelta(minutes=5))))
    hands.ask(drafts.save, "new", "customer", 0, HALF_CARD)
    startup_offers.offer_drafts(hands.program.context, hands.program.window.above)
    hands.settle()
    assert len(shown(hands)) == 1


def test_several_are_one_banner_with_a_list(hands: Hands) -> None:
    hands.ask(drafts.save, f"visit-{MARIEKE}", "visit", MARIEKE, '{"note": "wil korter"}')
    hands.ask(drafts.save, f"contact-{MARIEKE}", "contact", MARIEKE, "{}")
    startup_offers.offer_drafts(hands.program.context, hands.program.window.above)
    hands.settle()
    (bar,) = shown(hands)
    assert isinstance(bar, DraftsBar) and bar.words.text() == "3 dingen half getypt"
    assert not bar.throw_away.isVisible()
    menu = bar.menu()
    said = [action.text() for action in menu.actions() if action.menu() is None and action.text()]
    assert len(said) == 3 and "Half getypte kaart van Fatima el Idrissi" in said
    hands.program.context.set_discreet(True)
    assert not any("Fatima" in action.text() for action in bar.menu().actions())
    hands.program.context.set_discreet(False)
    away = next(action.menu() for action in menu.actions() if action.menu() is not None)
    next(one for one in away.actions() if "Fatima" in one.text()).trigger()  # type: ignore[union-attr]
    hands.settle()
    assert not shown(hands) and len(hands.ask(drafts.drafts)) == 2, "the others are not asked about one after another"


def test_one_of_several_is_gone_on_with(hands: Hands) -> None:
    hands.ask(drafts.save, f"visit-{MARIEKE}", "visit", MARIEKE, '{"note": "wil korter"}')
    startup_offers.offer_drafts(hands.program.context, hands.program.window.above)
    hands.settle()
    (bar,) = shown(hands)
    assert isinstance(bar, DraftsBar)
    next(one for one in bar.menu().actions() if "bezoek van Marieke" in one.text()).trigger()
    assert hands.sheet().kind == "visit" and "wil korter" in (hands.sheet().draft() or "")
    assert bar.words.text() == "Half getypte kaart van Fatima el Idrissi"


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_a_banner_is_one_line(hands: Hands, lang: str) -> None:
    i18n.set_language(lang)
    hands.ask(drafts.save, "new", "customer", 0, LONG)
    startup_offers.offer_drafts(hands.program.context, hands.program.window.above)
    hands.settle()
    context, shell = hands.program.context, hands.program.window.shell
    assert shell is not None
    for make in (None, RecoveryBar):
        for bar in shown(hands) if make is not None else ():
            bar.hide()
        if make is not None:
            shell.above.addWidget(make(context))
        for width in (1024, 1366, 1440):
            hands.program.window.resize(width, 760)
            QApplication.processEvents()
            (bar,) = shown(hands)
            assert bar.height() <= 44, (bar.words.text(), width, bar.height())


def test_the_recovery_key_is_asked_for_once_a_day_and_never_in_a_demo(hands: Hands) -> None:
    program = hands.program
    context = program.context

    class Keeper:
        def where(self, _salt: bytes) -> str:
            return "file"

    keeper: Any = Keeper()
    context.keeper = keeper

    def offered() -> bool:
        startup_offers.offer_paper(context, program.window.above)
        hands.settle()
        return any(isinstance(bar, RecoveryBar) for bar in shown(hands))

    assert not offered(), "one thing at a time"
    for bar in shown(hands):
        bar.hide()
    notebook = context.notebook
    assert notebook is not None
    context.notebook = notebook.with_name("demo-mijn.kapperboek")
    assert not offered()
    context.notebook = notebook
    assert offered()
    (paper,) = shown(hands)
    assert isinstance(paper, RecoveryBar)
    hands.qtbot.mouseClick(paper.later, Qt.MouseButton.LeftButton)
    assert not shown(hands) and not offered()
    assert "paper" in window_state.load(program.path).put_off


def test_a_shell_that_has_given_way_fulfils_no_wish_any_more(hands: Hands) -> None:
    """Qt takes it away only when its event is over; until then each wish would open two dialogs over each other."""
    hands.program.make_anew()
    hands.program.context.open_dialog("recovery")
    assert len(open_sheets()) == 1
