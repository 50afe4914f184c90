"""Settings: the passphrase, what opens without asking, and the recovery key on paper."""

from __future__ import annotations

from typing import Any

from kapperboek.domain import staff_rights
from kapperboek.domain.views.settings_view import ShopView
from kapperboek.i18n import _
from kapperboek.services.keeping import security
from kapperboek.services.keeping.security import Security
from kapperboek.ui.core.context import Context
from kapperboek.ui.settings.settings_rows import SettingRow
from kapperboek.ui.settings.settings_shop import MINUTES, ShopSettings, minutes_words, with_present
from kapperboek.ui.widgets.buttons import Button
from kapperboek.ui.widgets.form_fields import Choice, Select
from kapperboek.ui.widgets.frames import Notice
from kapperboek.ui.widgets.text_labels import Label


def _in_desktop() -> str:
    return _(
        "In the key store of this computer, which opens when you log in. A copy of your files does not open the "
        "notebook. If the key store is ever emptied, only the recovery key on paper helps."
    )


def _in_file() -> str:
    return _(
        "In a file only you can read, apart from the notebook. Whoever has a copy of all your files, a backup or "
        "a synchronised folder, has the key too."
    )


class SecuritySection(ShopSettings):
    """Settings of security: passphrase, key store, recovery key; says what a thief of the computer would have."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.state: Security | None = None
        self.warning = Notice("")
        self.choose = Button(_("Choose a passphrase…"), icon="key")
        self.passphrase = SettingRow(_("Passphrase"), "", self.choose, 0)
        self.ask = Choice([(True, _("ask for it")), (False, _("open without asking"))], True, name=_("At the start"))
        self.start = SettingRow(_("At the start"), "", self.ask, 0)
        self.into_store = Button(_("Put it in the key store"), icon="key")
        self.into_store.hide()
        self.place = SettingRow(_("Where the key is"), "", self.into_store, 0)
        self.paper_button = Button(_("Recovery key…"), icon="print")
        self.paper = SettingRow(_("Recovery key on paper"), "", self.paper_button, 0)
        self.after = Select(name=_("Locks by itself"))
        self.now = Button(_("Lock now"), icon="lock", hint="Ctrl L")
        self.idle = SettingRow(
            _("Locks by itself"),
            _("When nobody touches the notebook, and when the computer has slept. Names with a PIN, or the passphrase, "
              "open it again."),
            self.after,
        )
        lock = SettingRow(_("Lock now"), _("Nothing of any customer stays on the screen."), self.now, 0)
        of_owners = [self.passphrase, self.start, self.place, self.paper] if context.may(staff_rights.OWNER) else []
        rows = [*of_owners, self.idle, lock]
        self.body.addWidget(self.warning)
        card = self.card(_("Security"), "lock", rows)
        words = _(
            "The notebook and every copy of it are encrypted with a key of 256 bits. "
            "Without that key nobody can read what stands in them, not even we."
        )
        card.body.addWidget(Label(words, size=13.5, token="soft", wrap=True))
        self.choose.clicked.connect(self._choose)
        self.paper_button.clicked.connect(lambda: context.open_dialog("recovery"))
        self.ask.changed.connect(self._ask_changed)
        self.into_store.clicked.connect(self._move)
        self.now.clicked.connect(lambda: context.lock_wished.emit())
        self.after.activated.connect(lambda _index: self.keep(self.idle, lock_after=self.after.value()))

    def show_shop(self, shop: ShopView) -> None:
        minutes = [(n, minutes_words(n)) for n in with_present(MINUTES, shop.lock_after)]
        self.after.set_options(minutes, shop.lock_after)

    def refresh(self) -> None:
        super().refresh()
        keeper = self.context.keeper
        if keeper is not None:
            self.context.jobs.run(security.security, keeper, done=self._got_state, key="security", owner=self)

    def _got_state(self, state: Security) -> None:
        self.state = state
        chosen, kept = state.passphrase, bool(state.kept)
        self.context.asks_passphrase = chosen and not kept
        self.choose.setText(_("Another passphrase…") if chosen else _("Choose a passphrase…"))
        self.choose.updateGeometry()
        none = _("None: the notebook opens by itself for whoever can log in here as you.")
        self.passphrase.set_remark(_("Chosen") if chosen else none)
        self.start.setVisible(chosen and self.context.may(staff_rights.OWNER))
        self.ask.set_value(not kept)
        asks = _("The passphrase is asked for at every start.")
        self.start.set_remark(_("It opens without asking, for whoever can log in here as you.") if kept else asks)
        self._say_where(state.kept)
        self.paper.set_remark(
            _("Kept, and shown to be there.")
            if state.proved
            else _("Not yet. Without it a forgotten passphrase or a broken computer takes the backups along.")
        )
        missing = not state.proved and self.context.may(staff_rights.OWNER)
        self.warning.set_text(_("The recovery key is not on paper yet.") if missing else "")

    def _say_where(self, kept: str) -> None:
        """Show where the key is kept: what a thief of the files would have; offer the key store where that is less."""
        self.place.setVisible(bool(kept) and self.context.may(staff_rights.OWNER))
        self.into_store.hide()
        self.place.set_remark(_in_desktop() if kept == "desktop" else _in_file() if kept else "")
        if kept == "file" and self.context.keeper is not None and not self.place.isHidden():
            self.context.jobs.work(security.has_key_store, self.context.keeper, done=self._got_store, owner=self)

    def _got_store(self, there: bool) -> None:
        self.into_store.setVisible(there)
        none = _("There is no key store on this computer that Kapperboek can use.")
        self.place.set_remark(_in_file() if there else f"{_in_file()} {none}")

    def _move(self) -> None:
        self.into_store.setEnabled(False)
        self.context.jobs.run(
            security.keep_in_desktop, self.context.keeper, by=self.context.staff_id,
            done=lambda _nothing: self._moved(), failed=self._not_moved, owner=self,
        )

    def _moved(self) -> None:
        self.place.show_error("")
        self.into_store.setEnabled(True)
        self.refresh()

    def _not_moved(self, error: Exception) -> None:
        self.place.show_error(getattr(error, "message", ""))
        self.into_store.setEnabled(True)

    def _choose(self) -> None:
        self.context.open_dialog("passphrase", again=bool(self.state and self.state.passphrase))

    def _ask_changed(self, value: Any) -> None:
        if self.context.keeper is not None:
            self.context.jobs.run(
                security.remember, self.context.keeper, value is False, by=self.context.staff_id,
                done=lambda _nothing: self.refresh(), failed=self._failed, owner=self,
            )

    def _failed(self, error: Exception) -> None:
        self.start.show_error(getattr(error, "message", ""))
        self.context.tell(error)
        self.refresh()
