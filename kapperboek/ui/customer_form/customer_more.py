"""Customer form, the part folded at first: firm, addresses, relations, facts, warnings, what the shop decides."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kapperboek.domain.errors import UserError
from kapperboek.domain.labels import (
    CONTACT_LABELS,
    RELATIONS,
    channel_label,
    contact_label,
    date_key,
    date_label,
    phase_label,
    relation_label,
)
from kapperboek.domain.people import phases
from kapperboek.domain.people.profile import parse_value, show_value
from kapperboek.domain.records import (
    Address,
    CustomerRecord,
    DateRecord,
    Email,
    Phone,
    RelationRecord,
    WarningRecord,
)
from kapperboek.domain.views.settings_view import ProfileFieldView
from kapperboek.i18n import _
from kapperboek.ui.core.context import Context
from kapperboek.ui.customer_form.repeat_rows import Column, RepeatRows
from kapperboek.ui.widgets.buttons import Button
from kapperboek.ui.widgets.day_edit import SinceEdit
from kapperboek.ui.widgets.form_fields import Field, LineEdit, Select, TextEdit
from kapperboek.ui.widgets.layout.boxes import vbox
from kapperboek.ui.widgets.layout.flow_layout import FlowLayout, flow_policy
from kapperboek.ui.widgets.layout.side_by_side import SideBySide
from kapperboek.ui.widgets.text_labels import Heading

CHANNELS = ("", "phone", "whatsapp", "sms", "email", "letter")
# the firm stands above, in the small form
PLAIN = ("organisation", "department", "nickname", "number", "household")


def label_options() -> tuple[tuple[str, str], ...]:
    """The usual labels of a phone or address."""
    return tuple((label, contact_label(label) or "–") for label in ("", *CONTACT_LABELS))


class MoreFields(QWidget):
    """Fields of the folded part: ``fill`` shows a record, ``read`` writes what is typed into one."""

    changed = Signal()
    resized = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self._box = vbox(self, gap=12)
        self.lines: dict[str, LineEdit] = {key: LineEdit() for key in PLAIN}
        self.since = SinceEdit(lambda: context.day)
        self.staff = Select([("", "–"), *((one.name, one.name) for one in context.staff)])
        self.channel = Select([(key, channel_label(key) or "–") for key in CHANNELS])
        self.phase = Select([("", _("automatic")), *((key, phase_label(key)) for key in phases.PHASES)])
        self.deceased = Button(_("Deceased"), kind="choice", size="small")
        self.no_advertising = Button(_("No advertising"), kind="choice", size="small")
        self.note = TextEdit(lines=2, most=8)
        self.profile: dict[str, tuple[ProfileFieldView, Field, LineEdit]] = {}
        self._make_rows()
        self._build()
        self._wire()

    def _make_rows(self) -> None:
        kind = Column("label", _("Kind"), 130, "select", label_options(), show=contact_label)
        self.phones = RepeatRows(
            [Column("value", _("Phone"), 210), kind],
            lambda: Phone(""), _("another phone"))  # fmt: skip
        self.emails = RepeatRows(
            [Column("value", _("E-mail"), 260), kind],
            lambda: Email(""), _("another e-mail"))  # fmt: skip
        self.addresses = RepeatRows(
            [Column("street", _("Street"), 190), Column("number", _("No."), 70),
             Column("postcode", _("Postcode"), 100),
             Column("place", _("Town"), 170)], Address, _("address"))  # fmt: skip
        kinds = tuple((key, relation_label(key)) for key in RELATIONS)
        self.relations = RepeatRows(
            [Column("kind", _("Who"), 150, "select", kinds, show=relation_label), Column("name", _("Name"), 160),
             Column("birthday", _("Birthday"), 300, "day")],
            lambda: RelationRecord("child", ""), _("child, partner, pet…"))  # fmt: skip
        self.dates = RepeatRows(
            [Column("what", _("What"), 180, show=date_label, read=date_key), Column("on", _("Day"), 300, "day")],
            lambda: DateRecord("", ""), _("another day to remember"))  # fmt: skip
        self.warnings = RepeatRows(
            [Column("text", _("What must be seen first"), 380)], lambda: WarningRecord(""), _("warning"))  # fmt: skip
        self.avoid = RepeatRows(
            [Column("text", _("What not to bring up"), 380)], lambda: WarningRecord(""), _("not about")
        )
        self.wishes = RepeatRows(
            [Column("text", _("How the customer likes it"), 380)], lambda: WarningRecord(""), _("wish")
        )

    def lists(self) -> tuple[RepeatRows, ...]:
        """Row lists: everything there may be several of."""
        return (
            self.phones,
            self.emails,
            self.addresses,
            self.relations,
            self.dates,
            self.warnings,
            self.avoid,
            self.wishes,
        )

    def _build(self) -> None:
        words = {"department": _("Department"), "nickname": _("Called"),
                 "number": _("Customer number"), "household": _("Household")}  # fmt: skip
        plain = {key: Field(words[key], self.lines[key]) for key in words}
        self._since = Field(_("Customer since"), self.since)
        self._heading(_("What must be seen, and what not to bring up"))
        for rows in (self.warnings, self.avoid, self.wishes):
            self._box.addWidget(rows)
        self._heading(_("Reaching"))
        for rows in (self.phones, self.emails, self.addresses):
            self._box.addWidget(rows)
        self._box.addWidget(Field(_("Prefers"), self.channel))
        self._heading(_("People and days"))
        for rows in (self.relations, self.dates):
            self._box.addWidget(rows)
        self._box.addWidget(plain["household"])
        self._heading(_("Good to know"))
        self._profile_box = vbox(gap=10)
        self._box.addLayout(self._profile_box)
        self._heading(_("Work and shop"))
        self._box.addWidget(SideBySide((plain["department"], 1), (plain["nickname"], 1)))
        self._box.addWidget(SideBySide((plain["number"], 1), (self._since, 1)))
        regular = Field(_("Regular stylist"), self.staff)
        self._box.addWidget(SideBySide((regular, 1), (Field(_("Phase"), self.phase), 1)))
        marks = QWidget()
        flow = FlowLayout(marks)
        flow.addWidget(self.no_advertising)
        flow.addWidget(self.deceased)
        self._box.addWidget(flow_policy(marks))
        self._box.addWidget(Field(_("Note"), self.note))

    def _heading(self, text: str) -> None:
        self._box.addWidget(Heading(text, 2))

    def _wire(self) -> None:
        for rows in self.lists():
            rows.changed.connect(self.changed)
            rows.resized.connect(self.resized)
        for line in self.lines.values():
            line.textEdited.connect(lambda _text: self.changed.emit())
        self.since.changed.connect(self.changed)
        for select in (self.staff, self.channel, self.phase):
            select.activated.connect(lambda _row: self.changed.emit())
        for mark in (self.deceased, self.no_advertising):
            mark.clicked.connect(self.changed)
        self.note.textChanged.connect(self.changed)

    def set_profile_fields(self, offered: Sequence[ProfileFieldView], record: CustomerRecord) -> None:
        """Make one line for every profile field of the shop."""
        for field in offered:
            if field.key in self.profile or not (field.active or field.key in record.profile):
                continue
            hints = {"tags": _("with commas between them"), "choice": ", ".join(field.choices)}
            line = LineEdit(placeholder=hints.get(field.kind, ""))
            line.textEdited.connect(lambda _text: self.changed.emit())
            self.profile[field.key] = (field, Field(field.label, line), line)
            self._profile_box.addWidget(self.profile[field.key][1])
        self._fill_profile(record)

    def _fill_profile(self, record: CustomerRecord) -> None:
        for key, (field, _holder, line) in self.profile.items():
            line.setText(show_value(field.kind, record.profile.get(key)))

    def fill(self, record: CustomerRecord) -> None:
        """Show this record; the first phone and e-mail stand above, in the small form."""
        for key, line in self.lines.items():
            line.setText(str(getattr(record, key)))
        self.since.set_value(record.customer_since)
        if self.staff.findData(record.regular_staff) < 0:
            self.staff.addItem(record.regular_staff, record.regular_staff)
        if self.channel.findData(record.preferred_channel) < 0:
            self.channel.addItem(channel_label(record.preferred_channel), record.preferred_channel)
        self.staff.set_value(record.regular_staff)
        self.channel.set_value(record.preferred_channel)
        self.phase.set_value(record.phase)
        self.deceased.setChecked(record.deceased)
        self.no_advertising.setChecked(record.no_advertising)
        self.note.setText(record.note)
        self.phones.set_values(record.phones[1:])
        self.emails.set_values(record.emails[1:])
        for rows, records in ((self.addresses, record.addresses), (self.relations, record.relations),
                              (self.dates, record.dates), (self.warnings, record.warnings)):  # fmt: skip
            rows.set_values(records)
        self.avoid.set_values([WarningRecord(text) for text in record.avoid])
        self.wishes.set_values([WarningRecord(text) for text in record.wishes])
        self._fill_profile(record)

    def read(self, record: CustomerRecord) -> None:
        """Write what is typed into ``record``; the first phone and e-mail stand in it already."""
        for key, line in self.lines.items():
            setattr(record, key, line.text().strip())
        record.customer_since = self.since.value()
        record.regular_staff, record.preferred_channel = str(self.staff.value()), str(self.channel.value())
        record.phase = str(self.phase.value() or "")
        record.deceased, record.no_advertising = self.deceased.isChecked(), self.no_advertising.isChecked()
        record.note = self.note.text()
        record.phones += self.phones.values()
        record.emails += self.emails.values()
        record.addresses, record.relations = self.addresses.values(), self.relations.values()
        record.dates, record.warnings = self.dates.values(), self.warnings.values()
        record.avoid = [line.text for line in self.avoid.values()]
        record.wishes = [line.text for line in self.wishes.values()]
        record.profile = self._profile_values(record.profile)
        record.profile_refused = [key for key in record.profile_refused if key not in record.profile]

    def _profile_values(self, known: dict[str, object]) -> dict[str, object]:
        values = dict(known)
        for key, (field, _holder, line) in self.profile.items():
            if line.text() == show_value(field.kind, known.get(key)):
                continue
            value: Any
            try:
                value = parse_value(field.kind, line.text(), field.choices)
            except UserError:
                value = line.text()  # for the draft; ``check`` refuses it
            values.pop(key, None)
            if value is not None:
                values[key] = value
        return values

    def check(self) -> QWidget | None:
        """Check the fields; gives the first control with a mistake, explained beside it, None when all is well."""
        first: QWidget | None = None
        for field, holder, line in self.profile.values():
            try:
                parse_value(field.kind, line.text(), field.choices)
            except UserError as error:
                holder.show_error(error.message)
                first = first or line
            else:
                holder.show_error("")
        wrong = self.since.wrong()
        self._since.show_error(_("A year, or a day like 23-11-2019.") if wrong else "")
        first = first or (self.since if wrong else None)
        for rows in self.lists():
            if rows.wrong():
                first = first or rows
        return first
