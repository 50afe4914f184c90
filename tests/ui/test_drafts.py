"""Half-typed work: on disk while it is typed, kept by Esc, put back when the dialog opens again, gone when saved."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from kapperboek.domain.time.clock import FixedClock
from kapperboek.domain.views.list_views import DraftView
from kapperboek.services import drafts
from kapperboek.services.moments import follow_ups
from kapperboek.services.privacy import consents
from kapperboek.ui.app.program import Program
from kapperboek.ui.core.asked_today import PutOff
from kapperboek.ui.keeping.leave_dialog import LeaveSheet
from kapperboek.ui.start.drafts_bar import DraftsBar, mark
from kapperboek.ui.widgets.buttons import Button
from tests.ui.card_tools import CONTROL, MARIEKE, Hands, Statements, everything_said, read_again, sheet_open
from tests.ui.conftest import DAY

KEY = Qt.Key


@pytest.fixture
def hands(program: Program, qtbot: QtBot) -> Hands:
    return Hands(program, qtbot)


def kept(hands: Hands, path: Path | None = None) -> tuple[DraftView, ...]:
    """The drafts on disk, over a connection of its own."""
    return read_again(path or hands.program.path, drafts.drafts)


OPENERS: list[tuple[str, Callable[[Hands], None]]] = [
    ("visit", lambda hands: hands.program.context.note_visit(MARIEKE)),
    ("contact", lambda hands: hands.program.context.note_contact(MARIEKE, "call")),
    ("follow_up", lambda hands: hands.program.context.add_follow_up(MARIEKE)),
    ("customer", lambda hands: hands.program.context.new_customer()),
    ("appointment", lambda hands: hands.program.context.add_appointment(MARIEKE)),
    ("health", lambda hands: hands.program.context.open_dialog("health", customer_id=MARIEKE)),
    ("breach", lambda hands: hands.program.context.open_dialog("breach")),
]


def begin(hands: Hands, kind: str) -> None:
    if kind == "health":
        hands.ask(consents.record_consent, MARIEKE, "health", "person", "given", how="aan de balie")
    dict(OPENERS)[kind](hands)
    sheet = hands.sheet()
    hands.qtbot.waitUntil(lambda: sheet.save_button.isEnabled())
    hands.settle()


@pytest.mark.parametrize("kind", [kind for kind, _opener in OPENERS])
def test_esc_keeps_it_and_opening_again_puts_it_back(hands: Hands, kind: str) -> None:
    begin(hands, kind)
    hands.write("Xq Zin")
    hands.press(KEY.Key_Escape)
    assert sheet_open() is None
    toast = hands.program.window.toast
    assert "Niet bewaard" in toast.words.text() and toast.icon is not None and toast.icon.icon == "pencil"
    assert [draft.kind for draft in kept(hands)] == [kind] and "Xq" in kept(hands)[0].payload
    begin(hands, kind)
    if kind == "customer":  # somebody new is somebody else, unless one says so
        assert hands.sheet().draft() is None
        hands.sheet().earlier.setFocus(Qt.FocusReason.MouseFocusReason)
        hands.sheet().earlier.click()
        assert QApplication.focusWidget() is hands.sheet().begins_at, "or the next Enter cancels"
    hands.qtbot.waitUntil(lambda: "Xq" in (hands.sheet().draft() or ""))
    hands.sheet().afresh.setFocus(Qt.FocusReason.MouseFocusReason)
    hands.sheet().afresh.click()
    hands.settle()
    assert kept(hands) == () and hands.sheet().draft() is None
    assert not isinstance(QApplication.focusWidget(), Button), "or the next Enter cancels"


def test_it_is_on_disk_while_one_types_on_and_on(hands: Hands) -> None:
    """Not only after a pause: somebody who never pauses would lose everything."""
    begin(hands, "visit")
    hands.press(KEY.Key_T, CONTROL)

    def on_disk() -> bool:
        QTest.keyClicks(QApplication.focusWidget(), "x")
        return sum(draft.payload.count("x") for draft in kept(hands)) > 10

    hands.qtbot.waitUntil(on_disk)


def test_a_program_killed_while_typing_offers_the_visit_again(
    hands: Hands, make_program: Callable[..., Program], tmp_path: Path, qtbot: QtBot
) -> None:
    """The file is copied as it lies on disk at that moment: what a kill, or a power cut after a sync, leaves."""
    begin(hands, "visit")
    hands.press(KEY.Key_T, CONTROL)
    hands.write("half getypt punt")
    hands.qtbot.waitUntil(lambda: any("half getypt punt" in draft.payload for draft in kept(hands)))
    copy = tmp_path / "after.kapperboek"
    for path in hands.program.path.parent.glob(hands.program.path.name + "*"):
        if not path.name.endswith("-shm"):
            shutil.copy(path, tmp_path / path.name.replace(hands.program.path.name, copy.name))
    hands.sheet().close_sheet(False)
    again = Hands(make_program(copy), qtbot)
    qtbot.waitUntil(again.program.stands)
    draft = kept(again)[0]
    again.program.context.open_dialog(draft.kind, customer_id=draft.customer_id, draft=draft)
    again.qtbot.waitUntil(lambda: "half getypt punt" in (again.sheet().draft() or ""))
    again.press(KEY.Key_Return, CONTROL)
    assert "half getypt punt" in {point.text for point in again.card().talk_points}
    assert kept(again) == ()


@pytest.mark.parametrize("kind", [kind for kind, _opener in OPENERS])
def test_saving_leaves_no_draft_behind(hands: Hands, kind: str) -> None:
    begin(hands, kind)
    text = "1-12" if kind == "appointment" else "xq zin"
    if kind == "appointment":
        hands.sheet().when.day.line.clear()
    hands.write(text)
    hands.qtbot.waitUntil(lambda: bool(kept(hands)))
    sheet, sheet_id = hands.sheet(), hands.sheet().draft_id
    with Statements(hands) as said:
        hands.press(KEY.Key_Return, CONTROL)
        assert sheet_open() is None
        hands.qtbot.waitUntil(lambda: not isValid(sheet))  # whatever it still meant to keep, it has kept by now
    assert kept(hands) == ()
    steps = [one for one in said if one.startswith(("BEGIN", "COMMIT", "DELETE FROM draft"))]
    assert steps == ["BEGIN IMMEDIATE", f"DELETE FROM draft WHERE id = '{sheet_id}'", "COMMIT"]


def test_what_is_refused_keeps_its_draft(hands: Hands) -> None:
    """The words and their draft go together or not at all."""
    begin(hands, "visit")
    hands.press(KEY.Key_T, CONTROL)
    hands.write("xq zin")
    hands.qtbot.waitUntil(lambda: bool(kept(hands)))
    refuse(hands, True)
    hands.press(KEY.Key_Return, CONTROL)
    assert sheet_open() is not None and kept(hands)
    refuse(hands, False)
    hands.press(KEY.Key_Return, CONTROL)
    assert sheet_open() is None and kept(hands) == ()


@pytest.mark.parametrize("kind", ["visit", "health", "breach"])
def test_who_locks_while_it_is_being_saved_finds_it_saved_once(hands: Hands, kind: str) -> None:
    begin(hands, kind)
    hands.write("xq zin")
    sheet = hands.sheet()
    QTest.keyClick(QApplication.focusWidget(), KEY.Key_Return, CONTROL)
    assert hands.program.jobs.pending() and sheet_open() is sheet
    hands.program.context.lock_wished.emit()
    hands.settle()
    assert hands.program.window.cover is not None and kept(hands) == ()


@pytest.mark.parametrize("kind", ["health", "breach"])
def test_what_was_emptied_is_not_offered_again(hands: Hands, kind: str) -> None:
    begin(hands, kind)
    hands.write("xq zin")
    hands.press(KEY.Key_Escape)
    begin(hands, kind)
    hands.qtbot.waitUntil(lambda: "xq" in (hands.sheet().draft() or ""))
    line = QApplication.focusWidget()
    line.selectAll()  # type: ignore[union-attr]
    QTest.keyClick(line, KEY.Key_Delete)
    QTest.keyClick(line, KEY.Key_Escape)
    hands.settle()
    assert sheet_open() is None and kept(hands) == ()


def test_opening_and_closing_without_typing_leaves_nothing(hands: Hands) -> None:
    for kind, _opener in OPENERS:
        begin(hands, kind)
        hands.press(KEY.Key_Escape)
    assert kept(hands) == ()


@pytest.mark.parametrize("kind", [kind for kind, _opener in OPENERS])
def test_letters_typed_before_it_is_filled_in_follow_after_what_was_half_typed(hands: Hands, kind: str) -> None:
    """Under load that takes a second: the filling wrote over them, and they over the draft."""
    begin(hands, kind)
    hands.write("Xqzin")
    hands.press(KEY.Key_Escape)
    dict(OPENERS)[kind](hands)
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClicks(focus, "Yz")
    sheet = hands.sheet()
    hands.settle()
    said = sheet.draft() or ""
    assert "Yz" in said and ("Xqzin" in said or kind in ("customer", "appointment")), said
    assert any("Xqzin" in draft.payload for draft in kept(hands))


@pytest.mark.parametrize("kind", ["follow_up", "appointment", "visit"])
def test_a_day_half_typed_stays_that_day(hands: Hands, kind: str) -> None:
    """Next week "friday" is another one."""
    begin(hands, kind)
    sheet = hands.sheet()
    day = sheet.day if kind == "follow_up" else sheet.when.day if kind == "appointment" else sheet.form.when.day
    day.line.setFocus()
    day.line.clear()
    hands.write("gisteren" if kind == "visit" else "vr")
    meant = day.value()
    assert meant is not None
    hands.press(KEY.Key_Escape)
    hands.program.context.clock = FixedClock(hands.program.context.clock.local() + timedelta(days=7))
    hands.program.context.check_day()
    begin(hands, kind)
    sheet = hands.sheet()
    day = sheet.day if kind == "follow_up" else sheet.when.day if kind == "appointment" else sheet.form.when.day
    assert day.value() == meant


def test_esc_before_it_is_filled_in_closes_it(hands: Hands) -> None:
    dict(OPENERS)["visit"](hands)
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, KEY.Key_Escape)
    hands.settle()
    assert sheet_open() is None and kept(hands) == ()


def refuse(hands: Hands, refuses: bool) -> None:
    """A disk that takes nothing more, or does again."""
    hands.ask(lambda book: book.connection.execute(f"PRAGMA query_only = {int(refuses)}").close())


def test_what_the_disk_refuses_outlives_the_lock_and_is_written_when_it_can_be(hands: Hands) -> None:
    begin(hands, "visit")
    hands.press(KEY.Key_T, CONTROL)
    refuse(hands, True)
    hands.write("half getypt punt")
    hands.press(KEY.Key_L, CONTROL)
    assert hands.program.window.cover is not None and kept(hands) == ()
    assert "half getypt" not in everything_said(hands.program)
    hands.program.close()
    hands.settle()
    assert hands.program.window.isVisible(), "nobody leaves as if all was kept"
    asked = hands.sheet()
    assert isinstance(asked, LeaveSheet) and asked.lose.isVisible()
    assert not asked.elsewhere.isVisible(), "over a lock nothing of it can be had"
    asked.close_sheet(False)
    refuse(hands, False)
    hands.press(KEY.Key_Return)
    assert any("half getypt punt" in draft.payload for draft in kept(hands))
    assert hands.program.window.shell is not None
    bar = hands.program.window.shell.findChild(DraftsBar)
    assert bar is not None and "Marieke" in bar.words.text()


def test_what_the_disk_refused_is_there_again_when_one_goes_on(hands: Hands) -> None:
    """Typing on would have replaced it, the first words gone. Esc in this line closes the sheet as in any other."""
    begin(hands, "visit")
    hands.press(KEY.Key_T, CONTROL)
    refuse(hands, True)
    hands.write("het begin")
    hands.press(KEY.Key_Escape)
    assert sheet_open() is None
    begin(hands, "visit")
    hands.press(KEY.Key_T, CONTROL)
    hands.write(" en de rest")
    refuse(hands, False)
    hands.sheet().save_draft()
    hands.settle()
    assert "het begin" in kept(hands)[0].payload and "en de rest" in kept(hands)[0].payload


def test_what_the_disk_refused_never_takes_the_place_of_newer_words(hands: Hands) -> None:
    begin(hands, "visit")
    hands.press(KEY.Key_T, CONTROL)
    refuse(hands, True)
    hands.write("oud")
    hands.sheet().save_draft()
    refuse(hands, False)
    hands.write(" en nieuw")
    hands.sheet().save_draft()
    hands.settle()
    hands.program.context.drafts.write_waiting()
    hands.settle()
    assert "oud en nieuw" in kept(hands)[0].payload
    hands.press(KEY.Key_Return, CONTROL)
    hands.program.context.drafts.write_waiting()
    hands.settle()
    assert kept(hands) == ()


def test_what_is_put_off_is_not_asked_again_the_same_day(
    hands: Hands, make_program: Callable[..., Program], qtbot: QtBot
) -> None:
    begin(hands, "visit")
    hands.press(KEY.Key_T, CONTROL)
    hands.write("half getypt punt")
    hands.press(KEY.Key_Escape)
    hands.press(KEY.Key_L, CONTROL)
    hands.press(KEY.Key_Return)
    assert hands.program.window.shell is not None
    bar = hands.program.window.shell.findChild(DraftsBar)
    assert bar is not None and bar.isVisible()
    bar.buttons[1].click()
    assert bar.isHidden()
    hands.program.finish()
    again = Hands(make_program(hands.program.path), qtbot)
    (draft,) = kept(again)
    assert mark(draft) in again.program.context.put_off
    put_off = PutOff(lambda: DAY + timedelta(days=1))
    put_off.kept = again.program.context.put_off.kept
    assert mark(draft) not in put_off, "tomorrow it is offered"


@pytest.mark.parametrize("kind", ["visit", "contact", "follow_up"])
def test_a_change_half_typed_goes_on_as_a_change_of_the_same(hands: Hands, kind: str) -> None:
    """Offered again at the next start it made a second visit."""
    context, card = hands.program.context, hands.card()
    if kind == "follow_up":
        hands.ask(follow_ups.add, MARIEKE, "bellen", DAY + timedelta(days=3))
        changed: dict[str, Any] = {"follow_up": hands.card().follow_ups[0]}
    else:
        wanted = ("visit",) if kind == "visit" else ("call", "note")
        changed = {"moment": next(one for one in card.history if one.kind in wanted)}
    before = hands.card()
    context.open_dialog(kind, customer_id=MARIEKE, **changed)
    sheet = hands.sheet()
    hands.qtbot.waitUntil(sheet.save_button.isEnabled)
    hands.settle()
    line = sheet.what if kind == "follow_up" else sheet.form.note if kind == "visit" else sheet.note
    line.setFocus()
    hands.write("Xq")
    hands.press(KEY.Key_Escape)
    (draft,) = kept(hands)
    context.open_dialog(draft.kind, customer_id=draft.customer_id, draft=draft)
    hands.qtbot.waitUntil(lambda: "Xq" in (hands.sheet().draft() or ""))
    hands.press(KEY.Key_Return, CONTROL)
    after = hands.card()
    assert (len(after.history), len(after.follow_ups)) == (len(before.history), len(before.follow_ups))
    (one,) = changed.values()
    stands = (*after.history, *after.follow_ups)
    assert any(now.id == one.id and "Xq" in (now.what if kind == "follow_up" else now.note) for now in stands
               if type(now) is type(one))
    assert kept(hands) == ()
