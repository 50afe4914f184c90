"""Customer dialog: a new card, or one to change; possible duplicates stand beside a new one."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QBoxLayout

from kapperboek.domain.records import CustomerRecord
from kapperboek.domain.views.list_views import DraftView
from kapperboek.domain.views.saved import Saved
from kapperboek.domain.views.search_view import Likeness
from kapperboek.domain.views.settings_view import ProfileFieldView
from kapperboek.i18n import _
from kapperboek.services import settings
from kapperboek.services.customers import customers
from kapperboek.ui.core.context import Context
from kapperboek.ui.core.deferred_calls import later
from kapperboek.ui.customer_form.customer_form import CustomerForm
from kapperboek.ui.customer_form.customer_record import from_plain, to_plain
from kapperboek.ui.customer_form.possible_duplicates import MayExist
from kapperboek.ui.forms.draft_dialog import DraftedSheet
from kapperboek.ui.privacy.health_offer import to_offer
from kapperboek.ui.widgets.buttons import Button
from kapperboek.ui.widgets.frames import bring_in_sight
from kapperboek.ui.widgets.layout.side_by_side import SideBySide
from kapperboek.ui.widgets.sheet.front_keys import add_keys

PAUSE = 150  # milliseconds without a key before asking who it may be


class FormAndCheck(SideBySide):
    """Form with possible duplicates beside it, or right below the name where there is no room beside it.

    Below the form they would be out of sight.
    """

    def __init__(self, form: CustomerForm, exists: MayExist) -> None:
        super().__init__((form, 3), (exists, 2), narrow=720)
        self._form, self._exists = form, exists

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        below = self.box.direction() == QBoxLayout.Direction.TopToBottom
        if below == self._form.isAncestorOf(self._exists):
            return
        hidden = self._exists.isHidden()
        if below:
            self._form.put_below_name(self._exists)
        else:
            self.box.addWidget(self._exists, 2, Qt.AlignmentFlag.AlignTop)
        self._exists.set_slim(below)
        self._exists.setVisible(not hidden)


class CustomerDialog(DraftedSheet):
    """Dialog of a card; ``customer_id`` 0 makes a new one, beginning with what was typed in the search box."""

    def __init__(self, context: Context, customer_id: int, text: str, draft: DraftView | None) -> None:
        title = _("Change the card") if customer_id else _("New customer")
        # Somebody new is somebody else than who was half typed before, so each new card is a draft of its own.
        key = "" if customer_id or draft else f"-{secrets.token_hex(4)}"
        super().__init__(context, title, draft=draft, key=key, kind="customer", customer_id=customer_id, width=980)
        self._text = text
        self._likenesses: tuple[Likeness, ...] = ()
        self.earlier: Button | None = None  # offers what was half typed of somebody new
        self._before: dict[str, Any] | None = None
        self.form = CustomerForm(context)
        self.exists = MayExist()
        both = FormAndCheck(self.form, self.exists)
        self.body.addWidget(both)
        if customer_id:
            self.keep_private(both)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(self._ask)
        self.form.changed.connect(self._typed_something)
        self.form.resized.connect(self.relayout)
        self.form.down.connect(self.exists.go)
        self.exists.resized.connect(self._exists_resized)
        self.exists.chosen.connect(self._take_along)
        self.exists.left.connect(self._back_to_name)
        add_keys(self, {"Alt+B": self.form.make_firm})
        context.discreet_changed.connect(lambda _discreet: self._show_likenesses())

    @classmethod
    def open_for(
        cls, context: Context, *, customer_id: int = 0, text: str = "", draft: DraftView | None = None
    ) -> CustomerDialog:
        """Make a card, with ``text`` in the right fields; or change this customer's."""
        dialog = cls(context, draft.customer_id if draft else customer_id, text, draft)
        dialog.open(dialog.form.name.line)
        dialog.begin_again()
        return dialog

    def begin_again(self) -> None:
        self.save_button.setEnabled(False)
        if self.customer_id:
            run = self.context.jobs.run
            run(customers.identity, self.customer_id, done=self._got, failed=self.cannot, owner=self)
        else:
            self._fill(customers.record_from_text(self._text))

    def _got(self, read: tuple[CustomerRecord, int]) -> None:
        record, self.version = read
        name = " ".join(filter(None, (record.given_name, record.prefix, record.family_name)))
        name = name or record.display_name or record.organisation
        self.set_head(subtitle=name, avatar=name)
        self.form.unfold(True)
        self._fill(record)

    def _fill(self, record: CustomerRecord) -> None:
        self.form.fill(record)

        def got(offered: tuple[ProfileFieldView, ...]) -> None:
            self.form.more.set_profile_fields(offered, record)
            self._before = self._plain()
            self.form.name.first().setFocus(Qt.FocusReason.OtherFocusReason)
            self.relayout()
            self.filled(go_on=not self._text)
            self._ask()

        self.context.jobs.run(settings.profile_fields, done=got, owner=self)

    # --- who it may be ------------------------------------------------------------------------------------

    def _typed_something(self) -> None:
        self.touched()
        if not self.customer_id:
            self._pause.start(PAUSE)

    def _ask(self) -> None:
        if self.customer_id:
            return
        record = self.form.record()
        if customers.has_content(record):
            jobs = self.context.jobs
            jobs.run(customers.may_exist, record, done=self._found_likenesses, key="customer.exists", owner=self)
        else:
            self._found_likenesses(())

    def _found_likenesses(self, likenesses: tuple[Likeness, ...]) -> None:
        self._likenesses = likenesses
        self._show_likenesses()

    def _show_likenesses(self) -> None:
        self.exists.show_likenesses(self._likenesses, self.context.discreet)

    def _exists_resized(self) -> None:
        self.relayout()
        later(self, self._show_exists)

    def _show_exists(self) -> None:
        """Scroll to the possible duplicates when they appear; the line somebody types in stays in sight."""
        if self.exists.isHidden():
            return
        self.layout_now()
        focus = QApplication.focusWidget()
        bring_in_sight(self.exists)
        if focus is not None and self.isAncestorOf(focus):
            bring_in_sight(focus)

    def _back_to_name(self) -> None:
        self.form.name.first().setFocus(Qt.FocusReason.TabFocusReason)

    def _take_along(self, customer_id: int) -> None:
        """Take what was typed along to a known customer: it is added to that card, and that card opens."""
        record = self.form.record()
        record.birthday = self.form.birthday.value()

        def take(how: str) -> None:
            self.busy(True)
            done = lambda _saved: self._finished(customer_id)  # noqa: E731
            self.write(customers.take_along, customer_id, record, health_how=how, done=done)

        self._with_health(record, customer_id, take)

    def _found(self, kept: tuple[DraftView, ...]) -> None:
        if self.customer_id or any(draft.id == self.draft_id for draft in kept):
            super()._found(kept)
            return
        before = next((draft for draft in kept if draft.kind == "customer" and not draft.customer_id), None)
        if before is not None and not self._typed:
            self.earlier = Button(_("Go on with what you typed before"), icon="pencil", kind="quiet", size="large")
            self.earlier.clicked.connect(lambda: self._go_on_with(before))
            self.extra.addWidget(self.earlier)
            self.relayout()
        self.ready()

    def _go_on_with(self, before: DraftView) -> None:
        self.to_first()
        if self.earlier is not None:
            self.earlier.hide()
        self.draft_id = before.id
        self._typed = False
        super()._found((before,))

    # --- drafts -------------------------------------------------------------------------------------------

    def _plain(self) -> dict[str, Any]:
        return to_plain(self.form.record())

    def collect(self) -> dict[str, Any] | None:
        if self._before is None:
            return None
        said = self._plain()
        return None if said == self._before else {"record": said, "version": self.version}

    def put_back(self, said: dict[str, Any]) -> None:
        record = from_plain(said["record"], self.form.record())
        self.form.fill(record)
        self.version = int(said.get("version", self.version)) or self.version
        self._ask()

    # --- saving -------------------------------------------------------------------------------------------

    def save(self) -> None:
        if self._before is None or not self.form.check():
            return
        self.tell("")
        self._write()

    def _write(self) -> None:
        record = self.form.record()

        def write(how: str) -> None:
            self.busy(True)
            if self.customer_id:
                self.write(customers.edit_customer, self.customer_id, record, version=self.version, health_how=how)
            else:
                self.write(customers.new_customer, record, health_how=how)

        self._with_health(record, self.customer_id, write)

    def _with_health(self, record: CustomerRecord, customer_id: int, write: Callable[[str], object]) -> None:
        """Save the card; with new warnings about health in it, ask first whether they go where they are masked."""
        before = [line["text"] for line in (self._before or {}).get("warnings", [])]
        new = [line.text for line in record.warnings if not line.health and line.text not in before]
        texts = to_offer(new, customer_id)

        def keep(how: str) -> None:
            for line in record.warnings:
                line.health = line.health or line.text in texts
            write(how)

        if texts:
            self.busy(False)
            self.context.open_dialog(
                "health_offer", texts=texts, customer_id=customer_id, keep=keep, leave=lambda: write("")
            )
        else:
            write("")

    def saved(self, saved: Saved) -> None:
        self._finished(saved.customer_id or self.customer_id)

    def _finished(self, customer_id: int) -> None:
        new = not self.customer_id
        self.close_sheet(True)
        if new:
            self.context.open_customer(customer_id)
