"""Settings: staff members, their rights and PINs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QWidget

from kapperboek.domain import staff_rights
from kapperboek.domain.errors import UserError
from kapperboek.domain.views.settings_view import ShopView, StaffView
from kapperboek.i18n import _
from kapperboek.services import settings
from kapperboek.services.keeping import locking
from kapperboek.ui.appearance import theme
from kapperboek.ui.core.context import Context
from kapperboek.ui.settings.settings_heads import Column, keep_width
from kapperboek.ui.settings.settings_rows import EditRow, ListSection, SettingRow, set_line, show_problem
from kapperboek.ui.settings.settings_shop import keep_shop
from kapperboek.ui.widgets.buttons import Button
from kapperboek.ui.widgets.form_fields import LineEdit
from kapperboek.ui.widgets.frames import Notice
from kapperboek.ui.widgets.layout.flow_layout import FlowLayout, flow_policy
from kapperboek.ui.widgets.text_labels import Avatar

BESIDE = 680  # width at 100 % from which the name stands beside the rest


class StaffRow(EditRow):
    """Row of a staff member: name, initials, and whether somebody still works here."""

    def __init__(self, view: StaffView | None, as_owner: bool, own_id: int) -> None:
        """Make a row; ``as_owner``: whoever looks gives rights; others (``own_id``) choose their own PIN only."""
        self._as_owner, self._own_id = as_owner, own_id
        self.name = LineEdit(placeholder=_("Name"), name=_("Name"))
        self.initials = LineEdit(placeholder=_("Staff initials"), name=_("Staff initials"))
        self.initials.setFixedWidth(theme.px(110))  # its hint is not cut
        self.initials.setMaxLength(4)
        self.active = Button(_("works here"), kind="choice", size="small")
        self.owner = Button(_("owner"), kind="choice", size="small")
        self.pin = Button(_("PIN…"), icon="key", size="small")
        self.avatar = Avatar("", 40)
        first, second = QWidget(), QWidget()
        beside = (self.active, self.owner, self.pin)
        box, flow = QHBoxLayout(first), FlowLayout(second, 10)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme.px(10))
        for layout, parts in ((box, (self.avatar, self.name, self.initials)), (flow, beside)):
            for part in parts:
                layout.addWidget(part)
        super().__init__(first, flow_policy(second), BESIDE)
        keep_width(self.active, _("works here"), _("no longer here"))
        self.set_view(view or StaffView(0, "", "", True, 0))
        self.follow(self.name, self.initials)
        self.active.clicked.connect(self.changed.emit)

    def blank(self) -> bool:
        return not self.identity and not self.name.text().strip()

    def view(self) -> StaffView | None:
        name = self.name.text().strip()
        if self.blank():
            return None
        before: StaffView = self._view
        return before._replace(name=name, initials=self.initials.text().strip(), active=self.active.isChecked())

    def set_view(self, view: StaffView) -> None:
        self._view = view
        set_line(self.name, view.name)
        set_line(self.initials, view.initials)
        self.active.setChecked(view.active)
        self.active.setText(_("works here") if view.active else _("no longer here"))
        self.avatar.set_name(view.name, view.initials)
        if view.name:
            self.initials.setAccessibleName(_("{name}: initials").format(name=view.name))
        said = _("{name} works here").format(name=view.name) if view.name else _("works here")
        self.active.setAccessibleName(said)
        self.owner.setChecked(view.role == "owner")
        self.owner.setAccessibleName(_("{name} is owner").format(name=view.name))
        self.pin.set_icon("check" if view.has_pin else "key")
        self.pin.setAccessibleDescription(_("has a PIN") if view.has_pin else _("has no PIN"))
        self.pin.setAccessibleName(_("PIN of {name}").format(name=view.name))
        self.owner.setEnabled(bool(view.id) and self._as_owner)
        self.pin.setEnabled(bool(view.id) and (self._as_owner or view.id == self._own_id))

    def start(self) -> None:
        self.name.setFocus()

    def columns(self) -> Sequence[Column]:
        return (
            Column(_("Name"), self.name), Column(_("Staff initials"), self.initials),
            Column(_("Employed"), self.active), Column(_("Rights"), self.owner), Column(_("PIN"), self.pin),
        )


class StaffSection(ListSection):
    """List of staff members. Nobody is removed: what they wrote carries their name."""

    may_be_long = True

    def __init__(self, context: Context) -> None:
        words = (
            _("Staff"),
            _("Whoever is chosen at the left signs what is noted. Who has left stays in the history. A PIN keeps "
              "others from taking that name."),
            _("Somebody new"),
        )
        super().__init__(context, words, "customers", settings.staff, settings.save_staff)
        self.unguarded = Notice("", kind="info")
        self.body.addWidget(self.unguarded)
        self.allowed = {right: Button(words, kind="choice", size="small") for right, words in right_words().items()}
        holder = QWidget()
        flow = FlowLayout(holder)
        for button in self.allowed.values():
            button.clicked.connect(self._keep_rights)
            flow.addWidget(button)
        self.may = SettingRow(
            _("What others may do"), _("Owners may do everything."), flow_policy(holder)
        )
        if context.may(staff_rights.OWNER):
            self.card(_("What staff may do"), "shield", [self.may])

    def refresh(self) -> None:
        super().refresh()
        self.context.jobs.run(settings.shop, done=self._got_shop, key="settings.rights", owner=self)

    def _got(self, views: Sequence[Any]) -> None:
        super()._got(views)
        here = [one for one in views if one.active]
        names = [one.name for one in here if one.role == "owner" and not one.has_pin]
        words = _("{names} is owner and has no PIN: anybody who clicks that name, also in the locked window, may do "
                  "everything. Choose a PIN, or take “owner” away.")
        self.unguarded.set_text(words.format(names=", ".join(names)) if names and len(here) > 1 else "")

    def _got_shop(self, shop: ShopView) -> None:
        for right, button in self.allowed.items():
            button.setChecked(right in shop.staff_may)

    def _keep_rights(self) -> None:
        chosen = tuple(right for right, button in self.allowed.items() if button.isChecked())
        keep_shop(self.context, self.may, self, staff_may=chosen)

    def make_row(self, view: StaffView | None) -> EditRow:
        row = StaffRow(view, self.context.may(staff_rights.OWNER), self.context.staff_id)
        row.pin.clicked.connect(lambda: self.context.open_dialog("pin", staff_id=row.identity, new=True))
        row.owner.clicked.connect(lambda: self._set_role(row))
        return row

    def _set_role(self, row: StaffRow) -> None:
        role = "owner" if row.owner.isChecked() else "staff"
        self.context.save(
            locking.set_role, row.identity, role, failed=lambda error: self._no_role(row, error), owner=self
        )

    def _no_role(self, row: StaffRow, error: Exception) -> None:
        row.owner.setChecked(True)
        if isinstance(error, UserError):
            show_problem(row.problem, error.message)
        else:
            self.context.tell(error)


def right_words() -> dict[str, str]:
    """Labels of the staff rights the owner may give, as on the buttons."""
    return {
        staff_rights.PRICES: _("see amounts"),
        staff_rights.EXPORT: _("take data out"),
        staff_rights.FORGET: _("forget customers"),
        staff_rights.SETTINGS: _("change settings"),
    }
