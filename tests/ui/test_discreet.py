"""Discreet: with words planted in every field of two customers, every page and dialog is walked under F9. Nothing that
is seen, heard, hovered over or painted tells more of anybody than a bare name, and F9 brings all of it back.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QPainter
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLineEdit, QMenu, QWidget
from pytestqt.qtbot import QtBot

from kapperboek.domain.records import (
    Address,
    CustomerRecord,
    DateRecord,
    Email,
    FollowUpRecord,
    InteractionRecord,
    Phone,
    RelationRecord,
    TalkPointRecord,
    WarningRecord,
)
from kapperboek.domain.time.clock import FixedClock
from kapperboek.domain.views.undo_view import TakeBack
from kapperboek.services import drafts
from kapperboek.services.customers import customers
from kapperboek.services.inputs import ContactInput
from kapperboek.services.keeping import notebooks
from kapperboek.services.moments import follow_ups, moments, talk
from kapperboek.services.privacy import health_facts
from kapperboek.ui.app.program import Program
from kapperboek.ui.card.card_appointment import AppointmentRow
from kapperboek.ui.start.drafts_bar import DraftsBar
from kapperboek.ui.widgets.sheet.open_sheets import open_sheets
from tests.conftest import KEY as SALON_KEY
from tests.conftest import NOW
from tests.ui.card_tools import ALT, CONTROL, Hands, _walk

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # menus, without a screen
KEY = Qt.Key
ROLES = (
    Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.StatusTipRole,
    Qt.ItemDataRole.WhatsThisRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.AccessibleDescriptionRole,
    Qt.ItemDataRole.EditRole,
)
PHONES = ("0612340001", "0612340002")
SECRETS = re.compile(
    r"zq\w+|6 ?12 ?34 ?00 ?0\d|\b37[,.]12|kleurrecept1|(?:dag|dagen|week|weken) te laat|verloren|8011", re.I
)


def planted(name: str, number: int, relation: str = "") -> CustomerRecord:
    """Somebody with a word that stands nowhere else in every field that takes free text."""
    return CustomerRecord(
        given_name=name, family_name="Bareman", organisation=f"zqfirma{number}", department="zqafdeling",
        nickname="zqroep", phones=[Phone(PHONES[number])], emails=[Email(f"zqmail{number}@voorbeeld.example")],
        handles=[Phone(f"zqhandle{number}", "Instagram")],
        addresses=[Address("zqstraat", "1", f"80{number}1 AB", "zqplaats")], birthday="1985-11-24",
        dates=[DateRecord("zqdag", "--11-24")], household="zqhuishouden",
        relations=[RelationRecord("partner", relation or "zqnaaste")], profile={"tags": ["zqlabel"]},
        warnings=[WarningRecord("zqletop")], avoid=["zqnietover"], wishes=["zqwens"], note="zqnotitie",
        talk_points=[TalkPointRecord("zqpraatover", made_on="2026-10-01")],
        follow_ups=[
            FollowUpRecord("zqopvolging", "2026-11-18"), FollowUpRecord("zqbelofte", "2026-11-23", kind="promise"),
        ],
        interactions=[
            InteractionRecord("visit", "2026-10-01T10:00", amount="37.12", treatments=["Knippen"], note="zqbezoek",
                              recipe=f"kleurrecept{number}", products=["zqproduct"]),
            InteractionRecord("complaint", "2026-11-10T10:00", note="zqklacht"),
            InteractionRecord("call", "2026-11-11T10:00", note="zqgesprek"),
            InteractionRecord("appointment", "2026-11-22T13:00", treatments=["Knippen"], note="zqafspraak"),
        ],
    )


@pytest.fixture
def hands(make_program: Callable[..., Program], salon_file: Path, tmp_path: Path, qtbot: QtBot) -> Iterator[Hands]:
    """The window on a salon where Anna and Bea have a planted word everywhere."""
    path = Path(shutil.copy(salon_file, tmp_path / "discreet.kapperboek"))
    with notebooks.open_(path, key=SALON_KEY, clock=FixedClock(NOW)) as book:
        made = [customers.new_customer(book, planted(name, n)).customer_id for n, name in enumerate(("Anna", "Bea"))]
        for one in made:
            health_facts.add_fact(book, one, "zqgezondheid", how="aan de balie")
            drafts.save(book, f"visit-{one}", "visit", one, '{"note": "zqhalf"}')
    program = make_program(path)
    qtbot.waitUntil(lambda: program.stands() and program.jobs.pending() == 0)
    hands = Hands(program, qtbot)
    program.window.resize(1440, 900)
    hands.anna, hands.bea = made  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: bool(program.window.findChildren(DraftsBar)))
    QAccessible.setActive(True)
    yield hands
    QAccessible.setActive(False)


def everything_told(painted: list[str]) -> str:
    """What can be seen, heard, hovered over or painted now, in every window and list that is open."""
    found: list[str] = []
    for top in filter(QWidget.isVisible, QApplication.topLevelWidgets()):
        _walk(QAccessible.queryAccessibleInterface(top), found)
        for widget in [top, *filter(QWidget.isVisible, top.findChildren(QWidget))]:
            found += _of_widget(widget)
        painted.clear()
        top.grab()
        found += painted
    return "\n".join(found)


def _of_widget(widget: QWidget) -> list[str]:
    found = [
        widget.toolTip(), widget.statusTip(), widget.whatsThis(), widget.accessibleName(),
        widget.accessibleDescription(), widget.windowTitle(),
    ]
    for name in ("text", "placeholderText", "toPlainText", "currentText", "title"):
        read = getattr(widget, name, None)
        if callable(read):
            found.append(str(read()))
    if isinstance(widget, QMenu):
        found += [part for action in widget.actions() for part in (action.text(), action.toolTip())]
    models = [widget.model()] if isinstance(widget, QAbstractItemView) else []
    if isinstance(widget, QLineEdit) and (completer := widget.completer()) is not None:
        models += [completer.completionModel()]
    for model in filter(None, models):
        for row in range(min(model.rowCount(), 400)):
            found += [str(model.index(row, 0).data(role) or "") for role in ROLES]
    return found


@pytest.fixture
def painted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every text our own painting draws."""
    texts: list[str] = []
    draw = QPainter.drawText

    def drawn(self: QPainter, *what: Any) -> Any:
        texts.extend(one for one in what if isinstance(one, str))
        return draw(self, *what)

    monkeypatch.setattr(QPainter, "drawText", drawn)
    return texts


def leaks(painted: list[str]) -> set[str]:
    return {found.lower() for found in SECRETS.findall(everything_told(painted))}


def pages(hands: Hands) -> Iterator[tuple[str, Callable[[], object]]]:
    context, anna = hands.program.context, hands.anna  # type: ignore[attr-defined]
    for name in ("today", "customers", "follow_ups"):
        yield name, lambda name=name: context.open_page(name)
    yield "follow_ups done", lambda: context.open_page("follow_ups", done=True)
    yield "card", lambda: context.open_customer(anna)
    for subject in ("shop", "staff", "treatments", "fields", "looks", "security", "privacy", "backup", "check", "files",
                    "about"):
        yield f"settings {subject}", lambda subject=subject: context.open_page("settings", subject=subject)


def dialogs(hands: Hands) -> Iterator[tuple[str, Callable[[], object]]]:
    context, anna = hands.program.context, hands.anna  # type: ignore[attr-defined]
    for name in ("visit", "follow_up", "appointment", "changes", "call", "consent", "health", "forget"):
        yield name, lambda name=name: context.open_dialog(name, customer_id=anna)
    for kind in ("note", "call", "purchase", "complaint"):
        yield f"contact {kind}", lambda kind=kind: context.note_contact(anna, kind)
    yield "edit", lambda: context.edit_customer(anna)
    yield "new", lambda: context.new_customer("Bea Bareman")
    yield "journal_years", lambda: context.open_dialog("journal_years", years=2, changes=3)
    yield "changes of all", lambda: context.show_changes()
    choices: dict[str, Any] = {"keep": print, "leave": print}
    yield "health_offer", lambda: context.open_dialog(
        "health_offer", texts=("zqallergie",), customer_id=anna, **choices)
    theirs = TakeBack(1, "zqzin", "2026-11-21T10:00", "", False, 1, "Bea Bareman", True, True, {"visit": {"delete": 1}})
    yield "take_back", lambda: context.open_dialog("take_back", question=theirs, done=print)
    for name in ("retention", "breach", "recovery"):
        yield name, lambda name=name: context.open_dialog(name)


def close_sheets(hands: Hands) -> None:
    for sheet in reversed(open_sheets()):
        sheet.close_sheet(False)
    hands.settle()


def test_no_page_tells_of_anybody(hands: Hands, painted: list[str]) -> None:
    told: dict[str, set[str]] = {}
    seen: set[str] = set()
    for name, show in pages(hands):
        hands.program.context.set_discreet(True)
        show()
        hands.settle()
        told[f"{name}, opened under F9"] = leaks(painted)
        hands.press(KEY.Key_F9)
        seen |= leaks(painted)
        hands.press(KEY.Key_F9)
        told[f"{name}, then F9"] = leaks(painted)
    assert not {place: words for place, words in told.items() if words}
    for word in ("zqletop", "zqpraatover", "zqopvolging", "zqnietover", "zqlabel", "zqnotitie", "zqmail0@"):
        assert any(one.startswith(word.rstrip("@")) for one in seen), f"F9 again did not bring back {word}"


def test_no_dialog_tells_of_anybody(hands: Hands, painted: list[str]) -> None:
    told: dict[str, set[str]] = {}
    seen: set[str] = set()
    hands.open_card(hands.anna)  # type: ignore[attr-defined]
    for name, show in dialogs(hands):
        hands.program.context.set_discreet(True)
        show()
        hands.settle()
        assert open_sheets(), name
        told[f"{name}, opened under F9"] = leaks(painted)
        hands.press(KEY.Key_F9)
        seen |= leaks(painted)
        hands.press(KEY.Key_F9)
        told[f"{name}, then F9"] = leaks(painted)
        assert name in ("new", "take_back") or "Bea" not in everything_told(painted), name
        close_sheets(hands)
    assert not {place: words for place, words in told.items() if words}
    assert {"zqletop", "zqpraatover", "zqgezondheid"} <= seen


def test_actions_under_f9_say_nobodys_name(hands: Hands) -> None:
    """Each kind of action says that it was done, and undoing it too; what comes after F9 tells all of it."""
    context, anna = hands.program.context, hands.anna  # type: ignore[attr-defined]
    hands.open_card(anna)
    open_one = next(one for one in hands.ask(follow_ups.follow_ups) if one.customer_id == anna)
    point = hands.card(anna).talk_points[0]
    contact = ContactInput(anna, "complaint", "2026-11-22T08:00", note="zqklacht")
    actions: list[tuple[Any, ...]] = [
        (talk.add_point, anna, "zqnieuw"), (talk.discuss, point.id, "zqantwoord"), (moments.record_contact, contact),
        (follow_ups.snooze, open_one.id, date(2026, 11, 25)), (follow_ups.done, open_one.id),
        (customers.add_line, anna, "warning", "zqwaarschuwing"), (health_facts.add_fact, anna, "zqziek"),
        (customers.new_customer, CustomerRecord(given_name="Anna", family_name="Tweede")),
        (follow_ups.snooze, 999_999, date(2026, 11, 25)),
    ]
    toast = hands.program.window.toast
    for action in actions:
        context.set_discreet(True)
        context.save(*action)
        hands.settle()
        said = toast.words.text()
        assert toast.isVisible() and said and not re.search("anna|bareman|zq", said, re.IGNORECASE), (action, said)
        context.set_discreet(False)
        before = toast.words.text()
        assert before != said
        context.set_discreet(True)
        assert toast.words.text() == toast.accessibleName() == said


def test_f9_cleans_what_is_said_already(hands: Hands, painted: list[str]) -> None:
    """As it was found: a follow-up of somebody else is put off, then a card is opened and the customer looks along."""
    context = hands.program.context
    theirs = next(one for one in hands.ask(follow_ups.follow_ups) if one.customer_id == hands.bea)  # type: ignore[attr-defined]
    context.save(follow_ups.snooze, theirs.id, date(2026, 11, 25))
    hands.open_card(hands.anna)  # type: ignore[attr-defined]
    assert "Bea Bareman" in everything_told(painted)
    hands.press(KEY.Key_F9)
    assert "Bea" not in everything_told(painted)
    hands.press(KEY.Key_F9)
    assert "Bea Bareman" in hands.program.window.toast.words.text()


def popups(hands: Hands) -> Iterator[tuple[str, Callable[[], object]]]:
    context = hands.program.context
    shell = hands.program.window.shell
    assert shell is not None

    def tags() -> None:
        context.open_page("customers")
        hands.settle()
        shell.page().filters.tag.click()  # type: ignore[union-attr]

    def day() -> None:
        context.open_page("follow_ups")
        hands.settle()
        hands.press(KEY.Key_D, ALT)

    def more() -> None:
        hands.open_card(hands.anna).header.more.click()  # type: ignore[attr-defined]

    def known() -> None:
        hands.open_card(hands.anna).knowledge.more.click()  # type: ignore[attr-defined]

    def moment() -> None:
        card = hands.open_card(hands.anna)  # type: ignore[attr-defined]
        one = next(moment for moment in hands.card(hands.anna).history if moment.recipe)  # type: ignore[attr-defined]
        card.history.list.menu(one).popup(shell.mapToGlobal(shell.rect().center()))

    def appointment() -> None:
        row = hands.open_card(hands.anna).soon.findChild(AppointmentRow)  # type: ignore[attr-defined]
        row.menu().popup(shell.mapToGlobal(shell.rect().center()))

    def half_typed() -> None:
        shell.findChild(DraftsBar).go_on.click()  # type: ignore[union-attr]

    yield from (
        ("tags", tags), ("day", day), ("more", more), ("known", known), ("moment", moment),
        ("appointment", appointment), ("half typed", half_typed),
    )


def test_f9_takes_open_menus_and_lists_away(hands: Hands, painted: list[str]) -> None:
    for name, show in popups(hands):
        show()
        hands.settle()
        popup = QApplication.activePopupWidget()
        assert popup is not None, name
        hands.qtbot.keyClick(popup, KEY.Key_F9)
        hands.settle()
        assert hands.program.context.discreet, name
        assert QApplication.activePopupWidget() is None, name
        assert not leaks(painted), name
        hands.program.context.set_discreet(False)
        close_sheets(hands)


def test_a_list_brought_in_and_a_search_tell_of_nobody(hands: Hands, painted: list[str], tmp_path: Path) -> None:
    path = tmp_path / "lijst.csv"
    path.write_text(
        "Naam;Telefoon;Mail;Notitie;Plaats\n"
        f"Bea Bareman;{PHONES[1]};zqmail1@voorbeeld.example;zqnotitie;zqplaats\n;;zqstuk;zqleeg;zqplaats\n",
        "utf-8",
    )
    context, shell = hands.program.context, hands.program.window.shell
    assert shell is not None
    context.set_discreet(True)
    context.open_page("importing", paths=[path])
    hands.qtbot.waitUntil(lambda: getattr(shell.page(), "view", None) is not None)
    hands.settle()
    assert not leaks(painted)
    hands.press(KEY.Key_F9)
    assert leaks(painted)
    hands.press(KEY.Key_K, CONTROL)
    hands.write("bea bare")
    assert shell.search.is_open() and leaks(painted)
    hands.press(KEY.Key_F9)
    assert shell.search.is_open() and not leaks(painted)
    assert "Bea Bareman" in everything_told(painted)
