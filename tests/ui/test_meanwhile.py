"""Somebody else was first: every dialog says it in the same way, and what was typed is not lost meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from kapperboek.services import drafts
from kapperboek.services.customers import customers
from kapperboek.services.moments import follow_ups, moments
from kapperboek.ui.app.program import Program
from kapperboek.ui.forms.draft_dialog import DraftedSheet
from tests.ui.card_tools import CONTROL, MARIEKE, Hands, read_again, said_to_screen_reader, sheet_open

KEY = Qt.Key


@pytest.fixture
def hands(program: Program, qtbot: QtBot) -> Hands:
    return Hands(program, qtbot)


def _moment(hands: Hands, kind: str) -> Any:
    card = hands.card()
    return max((one for one in (*card.appointments, *card.history) if one.kind == kind), key=lambda one: one.id)


def _note_of(hands: Hands, kind: str, note: str) -> None:
    now = _moment(hands, kind)
    hands.ask(moments.edit_moment, now.id, {"note": note}, version=now.version)


def _at(hands: Hands, text: str) -> None:
    now = _moment(hands, "appointment")
    hands.ask(moments.edit_moment, now.id, {"at": f"2026-12-24T{text[-5:]}"}, version=now.version)


def _what(hands: Hands, text: str) -> None:
    now = hands.card().follow_ups[0]
    hands.ask(follow_ups.edit, now.id, text, now.due, version=now.version)


def _card(hands: Hands, text: str) -> None:
    record, version = hands.ask(customers.identity, MARIEKE)
    hands.ask(customers.edit_customer, MARIEKE, replace(record, note=text), version=version)


def _open(kind: str, **kw: Callable[[Hands], Any]) -> Callable[[Hands], None]:
    def opened(hands: Hands) -> None:
        given = {key: of(hands) for key, of in kw.items()}
        hands.program.context.open_dialog(kind, customer_id=MARIEKE, **given)

    return opened


# what opens it, where one types, how somebody else is first, what stands in the notebook in the end
DIALOGS: dict[str, tuple[Callable[[Hands], None], Callable[[Any], Any], Callable[[Hands, str], None], Any]] = {
    "visit": (
        _open("visit", moment=lambda hands: _moment(hands, "visit")),
        lambda sheet: sheet.form.note,
        lambda hands, text: _note_of(hands, "visit", text),
        lambda hands: _moment(hands, "visit").note,
    ),
    "contact": (
        _open("contact", moment=lambda hands: _moment(hands, "call")),
        lambda sheet: sheet.note,
        lambda hands, text: _note_of(hands, "call", text),
        lambda hands: _moment(hands, "call").note,
    ),
    "follow_up": (
        _open("follow_up", follow_up=lambda hands: hands.card().follow_ups[0]),
        lambda sheet: sheet.what,
        _what,
        lambda hands: hands.card().follow_ups[0].what,
    ),
    "customer": (
        _open("customer"),
        lambda sheet: sheet.form.more.note,
        _card,
        lambda hands: hands.card().note,
    ),
    "appointment": (
        _open("appointment", moment=lambda hands: _moment(hands, "appointment")),
        lambda sheet: sheet.when.time,
        _at,
        lambda hands: _moment(hands, "appointment").at[11:],
    ),
}


@pytest.mark.parametrize("mine", [True, False], ids=["mine", "theirs"])
@pytest.mark.parametrize("kind", list(DIALOGS))
def test_it_is_told_in_one_way(hands: Hands, kind: str, mine: bool) -> None:
    if kind == "appointment":
        hands.ask(moments.add_appointment, MARIEKE, "2026-12-24T10:00", 30, ("Knippen",))
    if kind == "follow_up":
        hands.ask(follow_ups.add, MARIEKE, "bellen", date(2026, 12, 1))
    opened, line, meanwhile, standing = DIALOGS[kind]
    hands.open_card()
    opened(hands)
    sheet: DraftedSheet = hands.sheet()
    hands.qtbot.waitUntil(lambda: sheet.save_button.isEnabled())
    hands.settle()
    meanwhile(hands, "van een ander 11:10")
    line(sheet).setFocus()
    line(sheet).selectAll()
    ours = "12:34" if kind == "appointment" else "van mij"
    hands.write(ours)
    meanwhile(hands, "van nog een ander 11:15")
    hands.press(KEY.Key_Return, CONTROL)
    assert sheet_open() is sheet and sheet.meanwhile is not None
    assert sheet.meanwhile.isVisible() and "11:15" in said_to_screen_reader(sheet.meanwhile)
    hands.press(KEY.Key_F9)
    assert not sheet.meanwhile.isVisible(), "both texts are private"
    hands.press(KEY.Key_F9)
    hands.qtbot.waitUntil(lambda: any(ours in draft.payload for draft in kept(hands)))
    meanwhile(hands, "van de laatste 11:20")
    hands.press(KEY.Key_Return, CONTROL)  # again: somebody was first once more
    assert "11:20" in said_to_screen_reader(sheet.meanwhile)
    (sheet.meanwhile.keep_mine if mine else sheet.meanwhile.keep_theirs).click()
    hands.settle()
    assert sheet_open() is None and kept(hands) == ()
    assert (ours if mine else "11:20") in standing(hands)


def kept(hands: Hands) -> tuple[Any, ...]:
    return read_again(hands.program.path, drafts.drafts)
