"""Settings: profile fields, the facts the card keeps of everybody."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from kapperboek.domain.views.settings_view import ProfileFieldView
from kapperboek.i18n import _
from kapperboek.services import settings
from kapperboek.ui.core.context import Context
from kapperboek.ui.settings.settings_heads import Column, keep_width
from kapperboek.ui.settings.settings_rows import EditRow, ListSection, mover, set_line
from kapperboek.ui.widgets.buttons import Button
from kapperboek.ui.widgets.form_fields import LineEdit, Select
from kapperboek.ui.widgets.layout.boxes import vbox
from kapperboek.ui.widgets.layout.flow_layout import FlowLayout, flow_policy
from kapperboek.ui.widgets.tag_edit import TagEdit

WITH_CHOICES = ("choice", "tags")


def kinds() -> tuple[tuple[str, str], ...]:
    """Kinds of fields a shop can add, with their labels."""
    return (
        ("text", _("text")),
        ("choice", _("one of some")),
        ("tags", _("several words")),
        ("number", _("number")),
        ("date", _("day")),
    )


class FieldRow(EditRow):
    """Row of a profile field: label, kind, what there is to choose, and whether the card shows it."""

    def __init__(self, view: ProfileFieldView | None) -> None:
        self.label = LineEdit(placeholder=_("Field"), name=_("Field"))
        self.kind = Select(kinds(), "text", name=_("Kind of field"))
        self.choices = TagEdit(placeholder=_("what there is to choose"), name=_("What there is to choose"))
        self.active = Button(_("on the card"), kind="choice", size="small")
        first, second = QWidget(), QWidget()
        left = vbox(first, gap=6)
        left.addWidget(self.label)
        left.addWidget(self.choices)
        left.addStretch(1)
        right = FlowLayout(second)
        super().__init__(first, flow_policy(second), 600)
        keep_width(self.active, _("on the card"), _("not shown"))
        self.movers = mover(self)
        for part in (self.kind, self.active, *self.movers):
            right.addWidget(part)
        self.set_view(view or ProfileFieldView(0, "", "", "text", (), True, 0))
        self.follow(self.label)
        self.kind.activated.connect(self._kind_chosen)
        self.choices.changed.connect(self._choices_changed)
        self.active.clicked.connect(self.changed.emit)

    def _kind_chosen(self) -> None:
        self.choices.setVisible(self.kind.value() in WITH_CHOICES)
        self.changed.emit()

    def _choices_changed(self) -> None:
        """Keep the choices once the line is empty again: typing is also a change of it, only whole words are kept."""
        if not self.choices.line.text().strip() and self.choices.values() != self._view.choices:
            self.changed.emit()

    def blank(self) -> bool:
        return not self.identity and not self.label.text().strip()

    def view(self) -> ProfileFieldView | None:
        label = self.label.text().strip()
        if self.blank():
            return None
        kind = str(self.kind.value())
        choices = self.choices.values() if kind in WITH_CHOICES else self._view.choices
        before: ProfileFieldView = self._view
        return before._replace(label=label, kind=kind, choices=choices, active=self.active.isChecked())

    def set_view(self, view: ProfileFieldView) -> None:
        self._view = view
        set_line(self.label, view.label)
        self.kind.set_value(view.kind)
        if not self.choices.line.text() and self.choices.values() != view.choices:
            self.choices.set_values(view.choices)
        self.choices.setVisible(view.kind in WITH_CHOICES)
        self.active.setChecked(view.active)
        self.active.setText(_("on the card") if view.active else _("not shown"))

    def start(self) -> None:
        self.label.setFocus()

    def columns(self) -> Sequence[Column]:
        return (
            Column(_("Field"), self.label), Column(_("Kind"), self.kind), Column(_("Shown"), self.active),
            Column(_("Order"), self.movers[0]),
        )


class FieldSection(ListSection):
    """List of profile fields, in the order in which the card shows them."""

    def __init__(self, context: Context) -> None:
        words = (
            _("Fields of the card"),
            _("What you like to know of a customer. The card asks one of them at each visit, the first ones first."),
            _("New field"),
        )
        super().__init__(context, words, "heart", settings.profile_fields, settings.save_profile_fields)

    def make_row(self, view: ProfileFieldView | None) -> EditRow:
        return FieldRow(view)
