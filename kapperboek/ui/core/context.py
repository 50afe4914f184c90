"""Context, the one object every page and dialog gets: what time it is, who is working, and where wishes go.

Pages never know each other. They say what they wish (``open_customer``, ``note_visit``, ``toast``); the shell
connects the wishes to whoever fulfils them, in one visible block.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal
from shiboken6 import isValid

from kapperboek.domain import staff_rights
from kapperboek.domain.errors import UserError
from kapperboek.domain.time.clock import DEFAULT_ZONE, Clock
from kapperboek.domain.views.saved import Saved, TakenBack
from kapperboek.domain.views.settings_view import ShopView, StaffView
from kapperboek.i18n import _
from kapperboek.ui.core.asked_today import PutOff, mark_of
from kapperboek.ui.core.draft_keeper import DraftKeeper
from kapperboek.ui.core.jobs import Handle, Jobs
from kapperboek.ui.core.signals import Told

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QAbstractButton, QWidget

    from kapperboek.services.keeping.security import KeyKeeper

NO_SHOP = ShopView("", DEFAULT_ZONE, "NL", "EUR", "nl", "system", 100, 5, 0)
MINUTE = 60_000
SLOW = 300  # milliseconds after which a save is said to be under way


class Context(QObject):
    """Shared state of the window, and the wishes of its pages."""

    # what somebody wishes; connected in Shell._connect
    customer_wished = Signal(int)
    page_wished = Signal(str, dict)
    back_wished = Signal()
    dialog_wished = Signal(str, dict)
    toast_wished = Signal(str, object, str, str)
    saving_wished = Signal(bool)  # a save takes so long that it must be said; it is over
    error_wished = Signal(object)
    crash_wished = Signal(object)
    save_failed = Signal(object)  # whoever is told of it: nobody may leave now as if all was kept
    lock_wished = Signal()
    help_wished = Signal()
    rekey_wished = Signal(object, bool, bool)  # a passphrase or None, whether to open without asking, whether the same
    restore_wished = Signal(object, bool)  # a copy to put back; whether it may be of another notebook; see Program

    def __init__(self, clock: Clock, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        # what changed: the staff member's id, the ShopView, whether it is discreet, the day
        self.staff_changed, self.shop_changed = Told(), Told()
        self.discreet_changed, self.day_changed = Told(), Told()
        self.language_changed, self.theme_changed = Told(), Told()
        self.page_turned, self.saved_from = Told(), Told()  # to what page; what was saved, and on which one
        self.page: tuple[str, int] = ("", 0)  # in front: its name and, of a card, whose
        self.clock = clock
        self.jobs = jobs
        self.staff_id = 0
        self.staff: tuple[StaffView, ...] = ()
        self.shop = NO_SHOP
        self.asks_passphrase = False  # so that the lock knows what to ask
        self.at_hand: Callable[[], tuple[QAbstractButton, ...]] = lambda: ()  # what no dialog covers
        self.copied = ""  # what we put on the clipboard, to be taken away when the window locks
        self.discreet = False
        self.locked = False  # nothing may be asked, shown or answered but by the lock itself
        self.locks = 0  # how often it locked: what was asked before the last one is void
        self.notebook: Path | None = None  # the file that is open
        self.backups: Path | None = None  # the folder of the daily copies; set by the program
        self.drafts = DraftKeeper(jobs, self.tell, self)
        self.keeper: KeyKeeper | None = None  # where keys are kept; set by the program
        self.window: QWidget = None  # type: ignore[assignment]  # set by the shell before any page is made
        self.put_off = PutOff(lambda: self.day)
        self._day = clock.today()
        self._minute = QTimer(self)
        self._minute.timeout.connect(self.check_day)
        jobs.failed.connect(self.tell)

    # --- who, how, when --------------------------------------------------------------------------------

    def set_staff(self, staff_id: int) -> None:
        """Set the staff member who is working from now on."""
        if staff_id != self.staff_id:
            self.staff_id = staff_id
            self.staff_changed.emit(staff_id)

    def choose_staff(self, staff_id: int) -> None:
        """Choose the staff member somebody says to be: who has a PIN shows it first."""
        person = next((one for one in self.staff if one.id == staff_id), None)
        if person is not None and person.has_pin and staff_id != self.staff_id:
            self.open_dialog("pin", staff_id=staff_id)
            return
        taken_over = staff_id != self.staff_id
        self.set_staff(staff_id)
        if taken_over and person is not None:
            self._warn_of_open_door(person)

    def _warn_of_open_door(self, owner: StaffView) -> None:
        """Warn an owner without a PIN, where permissions were taken care of: it undoes them. Once a day, in no demo."""
        from kapperboek.ui.core.demo_salon import is_demo

        others = [one for one in self.staff if one.active and one.id != owner.id]
        mark = mark_of("owner", str(owner.id))
        cared = any(one.has_pin or one.role != "owner" for one in others)
        real = self.notebook is not None and not is_demo(self.notebook)
        if owner.role == "owner" and not owner.has_pin and cared and real and mark not in self.put_off:
            self.put_off.add(mark)
            words = _("{name} is owner without a PIN: anybody can choose that name. Settings, Staff gives one.")
            self.toast(words.format(name=owner.name), icon="key", veiled="")

    def may(self, right: str) -> bool:
        """Check the permission of who is working (see ``staff_rights``); where no owner is, everybody has it."""
        person = next((one for one in self.staff if one.id == self.staff_id), None)
        if not any(one.active and one.role == "owner" for one in self.staff):  # else nobody could make somebody owner
            return True
        return person is None or staff_rights.may(person.role, self.shop.staff_may, right)

    def rights(self) -> frozenset[str]:
        """Permissions of who is working."""
        return frozenset(filter(self.may, (*staff_rights.RIGHTS, staff_rights.OWNER)))

    def staff_name(self, staff_id: int | None = None) -> str:
        """The name of a staff member, by default of who is working now; empty when unknown."""
        wanted = self.staff_id if staff_id is None else staff_id
        return next((one.name for one in self.staff if one.id == wanted), "")

    def set_shop(self, shop: ShopView) -> None:
        """The shop's settings as they are in the notebook now; looks and language follow by themselves."""
        self.shop = shop
        self.shop_changed.emit(shop)

    def set_discreet(self, discreet: bool) -> None:
        """Hide or show everything private."""
        if discreet != self.discreet:
            self.discreet = discreet
            self.discreet_changed.emit(discreet)

    def private(self, text: str) -> str:
        """The text, or nothing at all in discreet mode: for tooltips, toasts, titles."""
        return "" if self.discreet else text

    def forget_gone(self) -> None:
        """Keep nothing of what listened here and is closed."""
        for told in vars(self).values():
            if isinstance(told, Told):
                told.forget_gone()

    def start_watching_the_day(self) -> None:
        """Look every minute whether a new day has begun; timers stand still while the computer sleeps, so
        also ask ``check_day`` when the window wakes."""
        self._minute.start(MINUTE)

    def check_day(self) -> None:
        """Tell everybody when a new day has begun in the shop."""
        today = self.clock.today()
        if today != self._day:
            self._day = today
            self.day_changed.emit(today)

    @property
    def day(self) -> date:
        """The day the window shows as today."""
        return self._day

    # --- wishes -----------------------------------------------------------------------------------------

    def open_customer(self, customer_id: int) -> None:
        """Show this card."""
        self.customer_wished.emit(customer_id)

    def open_page(self, name: str, **kw: Any) -> None:
        """Show a page: today, customers, card, follow_ups, settings, importing."""
        self.page_wished.emit(name, kw)

    def back(self) -> None:
        """Show the page that stood here before."""
        self.back_wished.emit()

    def open_dialog(self, name: str, **kw: Any) -> None:
        """Open a dialog: visit, contact, follow_up, customer, appointment, changes; ``kw`` goes to its
        ``open_for``."""
        self.dialog_wished.emit(name, kw)

    def new_customer(self, text: str = "") -> None:
        """A new card, with what was typed in the right fields."""
        self.open_dialog("customer", text=text)

    def edit_customer(self, customer_id: int) -> None:
        self.open_dialog("customer", customer_id=customer_id)

    def note_visit(self, customer_id: int, appointment_id: int = 0) -> None:
        """Note a visit; with ``appointment_id`` that of who kept this appointment."""
        self.open_dialog("visit", customer_id=customer_id, appointment_id=appointment_id)

    def note_contact(self, customer_id: int, kind: str = "note") -> None:
        self.open_dialog("contact", customer_id=customer_id, kind=kind)

    def turn_page(self, page: tuple[str, int]) -> None:
        """Note the page that is in front from now on."""
        if page != self.page:
            self.page = page
            self.page_turned.emit(page)

    def add_follow_up(self, customer_id: int) -> None:
        self.open_dialog("follow_up", customer_id=customer_id)

    def add_appointment(self, customer_id: int) -> None:
        self.open_dialog("appointment", customer_id=customer_id)

    def show_changes(self, customer_id: int = 0, source: str = "") -> None:
        self.open_dialog("changes", customer_id=customer_id, source=source)

    def toast(self, text: str, undo: Saved | None = None, icon: str = "check", *, veiled: str | None = None) -> None:
        """Say quietly what happened; with ``undo`` it can be taken back from there. Never steals the focus.
        The tick is for what was done; what was not has an ``icon`` of its own. ``veiled``: what is said instead while
        somebody looks along, "" where it tells of nobody; by itself no more than that it was done.
        """
        kept = _("Undone") if isinstance(undo, TakenBack) else _("Saved")
        usual = kept if undo is not None else _("Done. F9 shows what.")
        self.toast_wished.emit(text, undo, icon, usual if veiled is None else veiled)

    def toast_kept(self) -> None:
        """Toast for who left without saving what was typed: it is kept as a draft."""
        self.toast(_("Not saved; what you typed is kept as a draft."), icon="pencil", veiled="")

    def tell(self, error: Exception) -> None:
        """Say what went wrong: a UserError in words, anything else as a bug."""
        if isinstance(error, UserError):
            self.error_wished.emit(error)
        else:
            self.crash_wished.emit(error)

    def pass_over(self, error: Exception) -> None:
        """Pass over trouble with the disk in what nobody asked for: the next save tells it. A bug is told."""
        if not isinstance(error, UserError):
            self.tell(error)

    # --- doing ------------------------------------------------------------------------------------------

    def save(
        self, fn: Callable[..., Saved], *args: Any,
        done: Callable[[Saved], None] | None = None, failed: Callable[[Exception], None] | None = None,
        owner: QObject | None = None, quiet: bool = False, draft_id: str = "", draft_left: str = "", **kw: Any,
    ) -> None:
        """Run a writing use case as the present staff member and toast its sentence with *undo*.

        ``done`` is not called when ``owner`` is gone by then; the toast always comes. When it takes longer than a
        glance (the first save loads what writing needs, another program has the file) the window says so meanwhile.

        ``draft_id`` goes to the use case too, which throws away what was half typed of it in the same transaction, but
        for ``draft_left``. Who locks or leaves while it is being saved has that draft written once more: that one goes
        afterwards.
        """
        over, page = self._say_when_slow(), self.page

        def after(saved: Saved) -> None:
            over()
            self.saved_from.emit(saved, page)
            self.drafts.was_saved(draft_id, draft_left)
            if not quiet and saved.what:
                self.toast(saved.what, saved)
            if done is not None and (owner is None or isValid(owner)):
                done(saved)

        def not_saved(error: Exception) -> None:
            over()
            self.drafts.was_not_saved(draft_id)
            self.save_failed.emit(error)
            if failed is not None and (owner is None or isValid(owner)):
                failed(error)
            else:  # also when who asked is gone: what was not saved must be told
                self.tell(error)

        kw |= self.drafts.being_saved(draft_id, draft_left)
        self.jobs.run(fn, *args, by=self.staff_id, done=after, failed=not_saved, **kw)

    def _say_when_slow(self) -> Callable[[], None]:
        """Say in a moment that a save is under way, unless what is given back was called by then."""
        slow = QTimer(self, singleShot=True)
        slow.timeout.connect(lambda: self.saving_wished.emit(True))
        slow.start(SLOW)

        def over() -> None:
            slow.stop()
            slow.deleteLater()
            self.saving_wished.emit(False)

        return over

    def work(self, fn: Callable[..., Any], *args: Any, **kw: Any) -> Handle:
        """A long job on the worker thread; see Jobs.work."""
        return self.jobs.work(fn, *args, **kw)
