"""Customer form, the part folded at first: firm, addresses, relations, facts, warnings, what the shop decides."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kapperboek.domain.errors import UserError
from kapperboek.domain.fields import fields_of
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
from kapperboek.i18n import _, translated
from kapperboek.ui.core.context import Context
from kapperboek.ui.customer_form.repeat_rows import Column, RepeatRows, TextRows
from kapperboek.ui.forms.form_binding import FormBinding
from kapperboek.ui.widgets.buttons import Button
from kapperboek.ui.widgets.day_edit import SinceEdit
from kapperboek.ui.widgets.form_fields import Field, LineEdit, Select, TextEdit
from kapperboek.ui.widgets.layout.boxes import vbox
from kapperboek.ui.widgets.layout.flow_layout import FlowLayout, flow_policy
from kapperboek.ui.widgets.layout.side_by_side import SideBySide
from kapperboek.ui.widgets.text_labels import Heading

CHANNELS = ("", "phone", "whatsapp", "sms", "email", "letter")


OTHERWISE = ("display_name", "initials", "uid", "preferred_channel", "phase")
"""Fields of text that are not typed in a line of their own here: they are chosen, or follow from the name."""


def plain_fields() -> tuple[tuple[str, str], ...]:
    """Fields of plain text: the name in the record, and the label. The firm's stands above, in the small form.

    One that ``MoreFields`` gives no place stands by itself beneath those of work and shop.
    """
    return tuple(
        (field.name, translated(field.label)) for field in fields_of(CustomerRecord)
        if field.part in ("who", "reach", "shop") and field.kind in ("text", "household")
        and field.name not in OTHERWISE
    )  # fmt: skip


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
        self.fields = fields = FormBinding(self)
        fields.changed.connect(self.changed)
        self.lines: dict[str, LineEdit] = {}
        self._plain: dict[str, Field] = {}
        for name, label in plain_fields():
            self.lines[name] = LineEdit()
            self._plain[name] = fields.field(name, label, self.lines[name])
        self.since = SinceEdit(lambda: context.day)
        self.deceased = fields.add("deceased", Button(_("Deceased"), kind="choice", size="small"))
        self.no_advertising = fields.add("no_advertising", Button(_("No advertising"), kind="choice", size="small"))
        self.note = TextEdit(lines=2, most=8)
        self.profile: dict[str, tuple[ProfileFieldView, Field, LineEdit]] = {}
        self._make_rows()
        self._build()

    def plain(self, name: str) -> Field:
        """Take a field of plain text, to give it its place."""
        return self._plain.pop(name)

    def _make_rows(self) -> None:
        kind = Column("label", _("Kind"), 130, "select", label_options(), show=contact_label)
        self.phones = RepeatRows(
            [Column("value", _("Phone"), 210), kind],
            lambda: Phone(""), _("another phone"))
        self.emails = RepeatRows(
            [Column("value", _("E-mail"), 260), kind],
            lambda: Email(""), _("another e-mail"))
        self.addresses = RepeatRows(
            [Column("street", _("Street"), 190), Column("number", _("No."), 70),
             Column("postcode", _("Postcode"), 100),
             Column("place", _("Town"), 170)], Address, _("address"))
        kinds = tuple((key, relation_label(key)) for key in RELATIONS)
        self.relations = RepeatRows(
            [Column("kind", _("Who"), 150, "select", kinds, show=relation_label), Column("name", _("Name"), 160),
             Column("birthday", _("Birthday"), 300, "day")],
            lambda: RelationRecord("child", ""), _("child, partner, pet…"))
        self.dates = RepeatRows(
            [Column("what", _("What"), 180, show=date_label, read=date_key), Column("on", _("Day"), 300, "day")],
            lambda: DateRecord("", ""), _("another day to remember"))
        self.warnings = RepeatRows(
            [Column("text", _("What must be seen first"), 380)], lambda: WarningRecord(""), _("warning"))
        self.avoid = TextRows(_("What not to bring up"), _("not about"))
        self.wishes = TextRows(_("How the customer likes it"), _("wish"))
        rows = {
            "addresses": self.addresses, "relations": self.relations, "dates": self.dates, "warnings": self.warnings,
            "avoid": self.avoid, "wishes": self.wishes,
        }
        for name, row in rows.items():
            self.fields.add(name, row)
        self.fields.follow(self.phones, self.emails)  # the first of each stands above, in the small form
        for row in (self.phones, self.emails, *rows.values()):
            row.resized.connect(self.resized)

    def _build(self) -> None:
        field = self.fields.field
        self._heading(_("What must be seen, and what not to bring up"))
        for rows in (self.warnings, self.avoid, self.wishes):
            self._box.addWidget(rows)
        self._heading(_("Reaching"))
        for rows in (self.phones, self.emails, self.addresses):
            self._box.addWidget(rows)
        channels = [(key, channel_label(key) or "–") for key in CHANNELS]
        self._box.addWidget(field("preferred_channel", _("Prefers"), Select(channels, unknown=channel_label)))
        self._heading(_("People and days"))
        for rows in (self.relations, self.dates):
            self._box.addWidget(rows)
        self._box.addWidget(self.plain("household"))
        self._heading(_("Good to know"))
        self._profile_box = vbox(gap=10)
        self._box.addLayout(self._profile_box)
        self._heading(_("Work and shop"))
        self._box.addWidget(SideBySide((self.plain("department"), 1), (self.plain("nickname"), 1)))
        mistake = _("A year, or a day like 23-11-2019.")
        since = field("customer_since", _("Customer since"), self.since, mistake=mistake)
        self._box.addWidget(SideBySide((self.plain("number"), 1), (since, 1)))
        staff = Select([("", "–"), *((one.name, one.name) for one in self.context.staff)], unknown=str)
        phase = Select([("", _("automatic")), *((key, phase_label(key)) for key in phases.PHASES)])
        regular = field("regular_staff", _("Regular stylist"), staff)
        self._box.addWidget(SideBySide((regular, 1), (field("phase", _("Phase"), phase), 1)))
        for name in [name for name in self._plain if name != "organisation"]:
            self._box.addWidget(self.plain(name))
        marks = QWidget()
        flow = FlowLayout(marks)
        flow.addWidget(self.no_advertising)
        flow.addWidget(self.deceased)
        self._box.addWidget(flow_policy(marks))
        self._box.addWidget(field("note", _("Note"), self.note))

    def _heading(self, text: str) -> None:
        self._box.addWidget(Heading(text, 2))

    def set_profile_fields(self, offered: Sequence[ProfileFieldView], record: CustomerRecord) -> None:
        """Make one line for every profile field of the shop."""
        for field in offered:
            if field.key in self.profile or not (field.active or field.key in record.profile):
                continue
            hints = {"tags": _("with commas between them"), "choice": ", ".join(field.choices)}
            line = LineEdit(placeholder=hints.get(field.kind, ""))
            self.fields.follow(line)
            self.profile[field.key] = (field, Field(field.label, line), line)
            self._profile_box.addWidget(self.profile[field.key][1])
        self._fill_profile(record)

    def _fill_profile(self, record: CustomerRecord) -> None:
        for key, (field, _holder, line) in self.profile.items():
            line.setText(show_value(field.kind, record.profile.get(key)))

    def fill(self, record: CustomerRecord) -> None:
        """Show this record; the first phone and e-mail stand above, in the small form."""
        self.fields.fill(record)
        self.phones.set_value(record.phones[1:])
        self.emails.set_value(record.emails[1:])
        self._fill_profile(record)

    def read(self, record: CustomerRecord) -> None:
        """Write what is typed into ``record``; the first phone and e-mail stand in it already."""
        for name, value in self.fields.values().items():
            setattr(record, name, value)
        record.phones += self.phones.value()
        record.emails += self.emails.value()
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
        wrong = self.fields.first_wrong()
        return first or wrong
