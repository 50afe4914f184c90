"""Customer form: name, phone, e-mail, birthday; the rest unfolds below."""

from __future__ import annotations

from copy import deepcopy

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from kapperboek.domain.people import names
from kapperboek.domain.people.firms import looks_like_firm
from kapperboek.domain.records import CustomerRecord, Email, Phone
from kapperboek.i18n import _
from kapperboek.services.customers import customers
from kapperboek.ui.core.context import Context
from kapperboek.ui.customer_form.customer_more import MoreFields, label_options
from kapperboek.ui.forms.form_binding import FormBinding
from kapperboek.ui.widgets.buttons import Button
from kapperboek.ui.widgets.day_edit import PartialDayEdit
from kapperboek.ui.widgets.form_fields import Field, LineEdit, Select
from kapperboek.ui.widgets.layout.boxes import hbox, vbox
from kapperboek.ui.widgets.layout.side_by_side import SideBySide
from kapperboek.ui.widgets.layout.tab_order import put_aside

PARTS = ("given_name", "prefix", "family_name")


class NameFields(QWidget):
    """Fields of a name, in one line, divided by itself; or in three, for who knows better."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        box = vbox(self, gap=4)
        self.line = LineEdit(placeholder=_("Marieke van der Veen; a first name is enough"))
        self.toggle = Button(_("Type first and family name apart"), kind="quiet", size="small")
        self.whole = Field(_("Name"), self.line, required=True, remark=_("or a firm"), above=self.toggle)
        self.firm = Button(_("This is a firm"), icon="firm", size="small", hint="Alt B")
        self.firm.hide()
        put_aside(self.firm)
        self.given, self.prefix, self.family = LineEdit(), LineEdit(), LineEdit()
        self.parts = SideBySide(
            (Field(_("First name"), self.given, required=True), 4),
            (Field(_("Prefix"), self.prefix), 2),
            (Field(_("Family name"), self.family), 4),
            narrow=380,
        )
        self.parts.hide()
        box.addWidget(self.whole)
        box.addWidget(self.firm, 0, Qt.AlignmentFlag.AlignLeft)
        box.addWidget(self.parts)
        self.toggle.clicked.connect(self.split)
        self._record = CustomerRecord()
        self._as_filled = ""
        for line in (self.line, self.given, self.prefix, self.family):
            line.textEdited.connect(lambda _text: self.changed.emit())
        self.line.textChanged.connect(lambda _text: self._look_for_firm())

    def _look_for_firm(self) -> None:
        """Offer to note as a firm what is called as a firm is; who is called so may be somebody all the same.

        Where it is beyond doubt, or somebody works there, nothing is asked.
        """
        said = self.other_words()
        alone = said.organisation and not (said.given_name or said.initials or said.family_name)
        self.whole.set_remark(_("is noted as a firm") if alone else _("or a firm"))
        typed = self.line.text() != self._as_filled and looks_like_firm(self.line.text())
        self.firm.setVisible(typed and not said.organisation and not self.whole.isHidden())

    def split(self) -> None:
        """Split the name into three fields from now on."""
        record = CustomerRecord()
        self.read(record)
        self._show_parts(record)
        self.given.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_parts(self, record: CustomerRecord) -> None:
        self.given.setText(record.given_name or record.initials)
        self.prefix.setText(record.prefix)
        self.family.setText(record.family_name)
        self.whole.hide()
        self.firm.hide()
        self.parts.show()

    def first(self) -> LineEdit:
        """First field of the name, where typing begins."""
        return self.line if self.parts.isHidden() else self.given

    def fill(self, record: CustomerRecord) -> None:
        """Show the name; divided when one line would not be understood as it is."""
        self._record = record
        called = record.given_name or record.initials
        self._as_filled = names.full_name(called, record.prefix, record.family_name) or record.display_name
        self.line.setText(self._as_filled)
        said = customers.record_from_text(self._as_filled)
        same = (said.given_name or said.initials, said.prefix, said.family_name) == (
            called,
            record.prefix,
            record.family_name,
        )
        if called and not same:
            self._show_parts(record)

    def other_words(self) -> CustomerRecord:
        """Record of what was typed in the one line besides a name: a phone number, an address, a birthday, a firm."""
        typed = self.parts.isHidden() and self.line.text() != self._as_filled
        return customers.record_from_text(self.line.text()) if typed else CustomerRecord()

    def read(self, record: CustomerRecord) -> None:
        """Write the name into ``record``."""
        before = self._record
        if not self.parts.isHidden():
            given = self.given.text().strip()
            if given != (before.given_name or before.initials):
                record.given_name = given
            record.prefix, record.family_name = self.prefix.text().strip(), self.family.text().strip()
        elif self.line.text() == self._as_filled:
            for part in (*PARTS, "initials", "display_name"):
                setattr(record, part, getattr(before, part))
        else:
            said = customers.record_from_text(self.line.text())
            for part in PARTS:
                setattr(record, part, getattr(said, part))
            record.initials = said.initials or ("" if said.given_name else record.initials)
            record.display_name = ""


def firm_name(typed: str) -> str:
    """Name of the firm in what was typed: without numbers and addresses."""
    said = customers.record_from_text(typed)
    words = (said.given_name or said.initials, said.prefix, said.family_name)
    return " ".join(filter(None, words)) if said.phones or said.emails or said.birthday else " ".join(typed.split())


class CustomerForm(QWidget):
    """Form of a customer record: ``fill`` shows one, ``record()`` gives it back with what was typed."""

    changed = Signal()
    resized = Signal()
    down = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._base = CustomerRecord()
        self.name = NameFields()
        self.phone, self.email = LineEdit(), LineEdit()
        self.phone_label = Select(label_options(), name=_("Kind of phone"), unknown=str)
        self.birthday = PartialDayEdit()
        self.more_button = Button(_("More fields"), icon="chevron-down", size="small")
        self.more = MoreFields(context)
        self.more.hide()
        self._build()
        typed = FormBinding(self)
        typed.follow(self.name, self.phone, self.phone_label, self.email, self.birthday, self.more)
        typed.changed.connect(self.changed)
        self.more.resized.connect(self.resized)
        self.more_button.clicked.connect(lambda: self.unfold(self.more.isHidden()))
        self.name.firm.clicked.connect(self.make_firm)

    def _build(self) -> None:
        box = self._box = vbox(self, gap=10)
        numbers = QWidget()
        row = hbox(numbers)
        row.addWidget(self.phone, 1)
        row.addWidget(self.phone_label)
        numbers.setFocusProxy(self.phone)
        self._phone = Field(_("Phone"), numbers)
        self.phone.setAccessibleName(_("Phone"))
        self._email = Field(_("E-mail"), self.email)
        self.birthday_field = Field(_("Birthday"), self.birthday)
        box.addWidget(self.name)
        box.addWidget(SideBySide((self._phone, 1), (self._email, 1)))
        box.addWidget(SideBySide((self.birthday_field, 1), (self.more.plain("organisation"), 1)))
        box.addWidget(self.more_button, 0, Qt.AlignmentFlag.AlignLeft)
        box.addWidget(self.more)
        box.addStretch(1)

    def put_below_name(self, part: QWidget) -> None:
        """Put a widget below the name that must be seen while it is typed."""
        self._box.insertWidget(1, part)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the possible duplicates by arrow down, before the area around would scroll for it."""
        if event.key() == Qt.Key.Key_Down and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.down.emit()
        else:
            super().keyPressEvent(event)

    def make_firm(self) -> None:
        """Turn the name into a firm's: it moves to the firm, numbers and addresses to their own fields."""
        if self.name.firm.isHidden():
            return
        record = self.record()
        record.organisation = self.more.lines["organisation"].text().strip() or firm_name(self.name.line.text())
        record.given_name = record.prefix = record.family_name = record.initials = record.display_name = ""
        self.fill(record)
        self.phone.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()
        self.resized.emit()

    def unfold(self, more: bool) -> None:
        """Show or fold the rest."""
        self.more.setVisible(more)
        self.more_button.setText(_("Fewer fields") if more else _("More fields"))
        self.more_button.setAccessibleName(self.more_button.text())
        self.more_button.set_icon("chevron-up" if more else "chevron-down")
        self.resized.emit()

    def fill(self, record: CustomerRecord) -> None:
        """Show this record."""
        self._base = deepcopy(record)
        self.name.fill(record)
        first = record.phones[0] if record.phones else Phone("")
        self.phone.setText(first.value)
        self.phone_label.set_value(first.label)
        self.email.setText(record.emails[0].value if record.emails else "")
        self.birthday.set_value(record.birthday)
        self.more.fill(record)

    def record(self) -> CustomerRecord:
        """Customer record as typed in the form; a day that is none stands in it as its words (see ``check``)."""
        record = deepcopy(self._base)
        self.name.read(record)
        phone, email = self.phone.text().strip(), self.email.text().strip()
        record.phones = [Phone(phone, str(self.phone_label.value()))] if phone else []
        label = self._base.emails[0].label if self._base.emails else ""
        record.emails = [Email(email, label)] if email else []
        record.birthday = self.birthday.value() or self.birthday.text() or None
        self.more.read(record)
        self._from_name_line(record)
        return record

    def _from_name_line(self, record: CustomerRecord) -> None:
        """Move a number or an address typed behind the name to where it belongs, so that nobody types it twice."""
        said = self.name.other_words()
        known = {phone.value for phone in record.phones} | {email.value for email in record.emails}
        record.phones += [phone for phone in said.phones if phone.value not in known]
        record.emails += [email for email in said.emails if email.value not in known]
        record.birthday = record.birthday or said.birthday
        if record.organisation and not (said.given_name or said.initials or said.family_name):
            record.given_name = record.given_name or said.organisation  # another firm stands there already
        record.organisation = record.organisation or said.organisation

    def check(self) -> bool:
        """Check the form, tell whether it can be saved; explains beside the field what can't, and goes there."""
        self.name.whole.show_error("")
        wrong = self.birthday.wrong()
        self.birthday_field.show_error(_("This isn't a day. Type it as 23-11-1985 or 23 November.") if wrong else "")
        mail = self.email.text().strip()
        self._email.show_error(_("An e-mail address has an @ in it.") if mail and "@" not in mail else "")
        first: QWidget | None = self.birthday if wrong else self.email if self._email.has_error() else None
        below = self.more.check()
        if first is None and below is not None:
            self.unfold(True)
            first = below
        if first is None and not customers.has_content(self.record()):
            self.name.whole.show_error(_("Type at least a first name or a firm."))
            first = self.name.first()
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)
        self.resized.emit()
        return first is None
