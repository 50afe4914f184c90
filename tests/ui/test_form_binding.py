"""The binding of a form to its fields, alone; and that drafts of an earlier layout come back in the dialogs."""

from __future__ import annotations

import json
from datetime import date
from typing import NamedTuple

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from kapperboek.domain.errors import UserError
from kapperboek.services import drafts
from kapperboek.services.moments import moments
from kapperboek.ui.app.program import Program
from kapperboek.ui.forms.form_binding import FormBinding
from kapperboek.ui.widgets.buttons import Button
from kapperboek.ui.widgets.day_edit import DayEdit
from kapperboek.ui.widgets.form_fields import Choice, LineEdit, Select, TextEdit
from kapperboek.ui.widgets.tag_edit import TagEdit
from tests.ui.card_tools import CONTROL, MARIEKE, Hands, said_to_screen_reader

TODAY = date(2026, 11, 22)


class Noted(NamedTuple):
    """A record with a field of every kind."""

    what: str = "kleuren"
    note: str = "eerste regel\ntweede"
    products: tuple[str, ...] = ("Shampoo",)
    due: date = date(2026, 12, 1)
    staff_id: int = 2
    urgent: bool = True
    how: str = "phone"


class Form(QWidget):
    """A form with a control of every kind."""

    def __init__(self) -> None:
        super().__init__()
        self.fields = fields = FormBinding(self)
        self.what = LineEdit()
        self.what_field = fields.field("what", "Wat", self.what, needs="Typ wat er is.")
        self.what_field.setParent(self)
        self.note = fields.add("note", TextEdit())
        self.products = fields.add("products", TagEdit())
        self.due = fields.add("due", DayEdit(lambda: TODAY), key="day")
        self.staff = fields.add("staff_id", Select([(0, "–"), (1, "Sanne"), (2, "Noor")]))
        self.urgent = fields.add("urgent", Button("dringend", kind="choice"))
        self.how = fields.add("how", Choice([("phone", "bellen"), ("mail", "mailen")]), light=True)
        for part in (self.note, self.products, self.due, self.staff, self.urgent, self.how):
            part.setParent(self)


@pytest.fixture
def form(qtbot: QtBot) -> Form:
    form = Form()
    qtbot.addWidget(form)
    form.fields.fill(Noted())
    form.fields.begin()
    return form


def test_a_record_is_shown_and_read_back(form: Form) -> None:
    assert form.fields.values() == Noted()._asdict()
    assert form.fields.changes() == {} and form.fields.collect() is None


def test_only_what_was_changed_is_a_change(form: Form) -> None:
    form.note.setText("anders")
    form.staff.set_value(1)
    assert form.fields.changes() == {"note": "anders", "staff_id": 1}
    form.note.setText(Noted().note)
    assert form.fields.changes() == {"staff_id": 1}


def test_a_draft_goes_through_json_and_back_into_another_form(form: Form, qtbot: QtBot) -> None:
    form.due.line.setText("over 2 weken")
    form.products.add("Gel")
    said = json.loads(json.dumps(form.fields.collect()))
    assert said["day"] == "2026-12-06", "as a day: next week it is another one"
    other = Form()
    qtbot.addWidget(other)
    other.fields.put_back(said)
    assert other.fields.values() == form.fields.values()
    other.fields.put_back({"note": "alleen dit"})
    assert other.fields.values() == form.fields.values() | {"note": "alleen dit"}, "the rest stays as it is"


def test_white_space_and_a_light_choice_alone_are_no_draft(form: Form) -> None:
    form.note.setText(form.note.text() + " \n")
    form.how.set_value("mail")
    assert form.fields.collect() is None
    form.what.setText("knippen")
    assert (form.fields.collect() or {})["how"] == "mail"
    form.fields.reset()
    assert form.fields.values()["what"] == "kleuren"


def test_whoever_types_or_chooses_is_noticed_and_filling_is_not(form: Form, qtbot: QtBot) -> None:
    told: list[int] = []
    form.fields.changed.connect(lambda: told.append(1))
    form.what.setText("van het programma zelf")
    form.staff.set_value(0)
    assert told == []
    form.show()
    for line in form.findChildren(QLineEdit):
        before = len(told)
        QTest.keyClicks(line, "x")
        assert len(told) > before, line.accessibleName()
    before = len(told)
    form.urgent.click()
    form.how.button("mail").click()
    form.staff.activated.emit(1)
    assert len(told) == before + 3


def test_what_is_missing_is_said_beneath_it_and_a_mistake_beside_its_field(form: Form) -> None:
    form.what.setText(" ")
    assert not form.fields.check() and form.what_field.error.text() == "Typ wat er is."
    form.what.setText("iets")
    assert form.fields.check() and not form.what_field.has_error()
    assert form.fields.explain(UserError("what", "Dat kan niet.")) is form.what_field
    assert form.what_field.error.text() == "Dat kan niet."
    assert form.fields.explain(UserError("elders", "Iets anders.")) is None


# --- in the dialogs ------------------------------------------------------------------------------------------


@pytest.fixture
def hands(program: Program, qtbot: QtBot) -> Hands:
    return Hands(program, qtbot)


FOLLOW = {"chosen": "other", "what": "sms sturen", "day": "2026-12-05", "days": {}, "time": "10:00"}
# Every key that a draft had before fields were bound, with what is to be seen of it.
EARLIER: dict[str, tuple[dict[str, object], tuple[str, ...]]] = {
    "visit": (
        {
            "treatments": ["Knippen", "Föhnen"], "staff_id": 3, "minutes": "55", "amount": "61,50",
            "by_hand": [True, True], "recipe": "9/1 35g", "products": ["Olie"], "day": "2026-11-20", "time": "16:45",
            "note": "was moe", "talk": [], "points": [["vraag naar Porto", "2026-12-09"]], "follow": FOLLOW,
        },
        ("Föhnen", "55", "61,50", "9/1 35g", "Olie", "20-11-2026", "16:45", "was moe", "vraag naar Porto",
         "9-12-2026", "sms sturen"),
    ),
    "contact": (
        {
            "kind": "purchase", "note": "kwam langs", "products": ["Olie"], "amount": "12,00", "minutes": "",
            "day": "2026-11-21", "time": "11:11", "staff_id": 3, "talk": [], "points": [["iets", ""]],
            "follow": FOLLOW,
        },
        ("kwam langs", "Olie", "12,00", "21-11-2026", "11:11", "iets", "sms sturen"),
    ),
    "appointment": (
        {
            "day": "2026-12-03", "time": "13:15", "minutes": "75", "by_hand": [True], "what": ["Föhnen"],
            "staff_id": 3, "note": "met dochter",
        },
        ("3-12-2026", "13:15", "75", "Föhnen", "met dochter"),
    ),
    "follow_up": ({"what": "olie bestellen", "day": "2026-12-08", "staff_id": 3}, ("olie bestellen", "8-12-2026")),
    "health": ({"fact": "allergisch voor latex", "how": "at the desk"}, ("allergisch voor latex",)),
    "breach": (
        {"what": "telefoon kwijt", "whose": "van 3", "consequences": "spam", "measures": "gebeld"},
        ("telefoon kwijt", "van 3", "spam", "gebeld"),
    ),
}


@pytest.mark.parametrize("kind", list(EARLIER))
def test_a_draft_of_an_earlier_layout_is_put_back_whole(hands: Hands, kind: str) -> None:
    said, seen = EARLIER[kind]
    customer_id = 0 if kind == "breach" else MARIEKE
    hands.ask(drafts.save, f"{kind}-{customer_id}", kind, customer_id, json.dumps(said))
    hands.program.context.open_dialog(kind, customer_id=customer_id)
    sheet = hands.sheet()
    hands.settle()
    words = said_to_screen_reader(sheet)
    assert [one for one in seen if one not in words] == []
    now = json.loads(sheet.draft() or "{}")
    for key in said.keys() - {"follow"}:
        assert now[key] == said[key], key
    assert now.keys() == said.keys() and set(now.get("follow", FOLLOW)) == set(FOLLOW)


def test_keeping_mine_leaves_what_another_changed_beside_it(hands: Hands) -> None:
    """A colleague corrects the minutes while somebody types in the note: both are right, and both stay."""
    visit = next(one for one in hands.card().history if one.kind == "visit")
    hands.program.context.open_dialog("visit", customer_id=MARIEKE, moment=visit)
    sheet = hands.sheet()
    hands.settle()
    hands.ask(moments.edit_moment, visit.id, {"minutes": 77}, version=visit.version)
    sheet.form.note.setText("van mij")
    hands.press(Qt.Key.Key_Return, CONTROL)
    sheet.meanwhile.keep_mine.click()
    hands.settle()
    after = hands.ask(moments.moment, visit.id)
    assert (after.note, after.minutes) == ("van mij", 77)
