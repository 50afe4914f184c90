"""Shell around the pages: the column at the left, the bar at the top, and which page is in front."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import QAbstractButton, QApplication, QVBoxLayout, QWidget

from kapperboek.domain.views.saved import Saved
from kapperboek.i18n import _
from kapperboek.services import settings
from kapperboek.services.settings import at_work
from kapperboek.ui.appearance import theme
from kapperboek.ui.core.context import Context
from kapperboek.ui.core.deferred_calls import later
from kapperboek.ui.core.lazy_load import load
from kapperboek.ui.core.signals import Told
from kapperboek.ui.forms.page import Page
from kapperboek.ui.search.search_box import SearchBox
from kapperboek.ui.widgets.buttons import Button, icon_button
from kapperboek.ui.widgets.frames import scrolling
from kapperboek.ui.widgets.layout.boxes import hbox, vbox
from kapperboek.ui.widgets.layout.page_stack import Pages
from kapperboek.ui.widgets.layout.tab_order import tab_as_read
from kapperboek.ui.widgets.sheet.open_sheets import open_sheets
from kapperboek.ui.window.navigation import COMPACT_BELOW, LOW, Nav, entries
from kapperboek.ui.window.page_focus import Keyboard
from kapperboek.ui.window.page_registry import DIALOGS, PAGES

MOST_BACK = 50


class Place(NamedTuple):
    """A page with what it showed: enough to come back to it."""

    name: str
    kw: dict[str, Any]


class Shell(QWidget):
    """Navigation, search and pages. Made anew after a change of language, theme or text size."""

    today_filled = Signal(int)

    def __init__(self, context: Context, back: list[Place] | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self._pages: dict[str, Page] = {}
        self._stale: set[str] = set()
        self._now: Place | None = None
        self._rights = context.rights()
        self._back: list[Place] = back or []
        self._row = hbox(self, gap=0)
        self.nav = self._make_nav(self.is_narrow())
        self.search = SearchBox(context)
        self.pages = Pages()
        self.keyboard = Keyboard(self)
        self._nav_area = scrolling(self.nav)
        self._nav_area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)  # it has no room for one
        self._nav_area.setFixedWidth(self.nav.width())
        self._row.addWidget(self._nav_area)
        self._row.addLayout(self._main(), 1)
        self._connect()
        context.at_hand = self._at_hand
        self.fit()
        tab_as_read(self)

    # --- building -----------------------------------------------------------------------------------------

    def _main(self) -> QVBoxLayout:
        main = QVBoxLayout()
        side = theme.px(28)
        main.setContentsMargins(theme.px(14), theme.px(12), side, 0)
        main.setSpacing(theme.px(10))
        top = hbox(gap=14)
        self.back_button = icon_button("arrow-left", _("Back"), hint="Alt+←")
        self.back_button.setEnabled(bool(self._back))
        self.discreet_button = Button("F9", icon="eye-off", size="large", name=_("Discreet: hide everything private"))
        self.discreet_button.setCheckable(True)
        self.new_button = Button(_("New customer"), icon="plus", kind="primary", size="large")
        self.new_button.setToolTip("Ctrl+N")
        for button in (self.back_button, self.discreet_button, self.new_button):
            button.leave_keyboard()
        top.addWidget(self.back_button)
        top.setSpacing(theme.px(8))
        top.addWidget(self.search, 1)
        top.addWidget(self.discreet_button)
        top.addWidget(self.new_button)
        main.addLayout(top)
        self.above = vbox(margins=(48, 0, 0, 0))
        main.addLayout(self.above)
        under = hbox(margins=(14, 0, 0, 0))
        under.addWidget(self.pages.in_scroll_area())
        main.addLayout(under, 1)
        self.below = QWidget()
        self.below.setFixedHeight(0)
        main.addWidget(self.below)
        return main

    def _make_nav(self, compact: bool) -> Nav:
        nav = Nav(compact)
        nav.set_staff(self.context.staff, self.context.staff_id)
        nav.page_chosen.connect(self._go_to)
        nav.staff_chosen.connect(self.context.choose_staff)
        nav.help_button.clicked.connect(lambda: self.context.help_wished.emit())
        nav.lock_button.clicked.connect(lambda: self.context.lock_wished.emit())
        return nav

    def _connect(self) -> None:
        """Connect every wish of a page to who fulfils it."""
        context = self.context
        for told, listener in self._listening():
            told.connect(listener)
        self.search.left.connect(self.keyboard.give_back)
        self.back_button.clicked.connect(self.go_back)
        self.discreet_button.clicked.connect(context.set_discreet)
        self.new_button.clicked.connect(self.new_customer)
        self._discreet_changed(context.discreet)

    def _listening(self) -> tuple[tuple[Told | SignalInstance, Callable[..., object]], ...]:
        context = self.context
        return (
            (context.customer_wished, self._go_to_card),
            (context.page_wished, self.show_page),
            (context.back_wished, self.go_back),
            (context.dialog_wished, self.open_dialog),
            (context.jobs.saved, self._saved),
            (context.day_changed, self.refresh_all),
            (context.staff_changed, self._staff_changed),
            (context.discreet_changed, self._discreet_changed),
        )

    def go(self) -> None:
        """Give way to another shell. Qt takes an object away only later, and until then two would fulfil each wish."""
        for told, listener in self._listening():
            told.disconnect(listener)
        self.hide()
        self.deleteLater()

    def _at_hand(self) -> tuple[QAbstractButton, ...]:
        """Reached by mouse over every dialog, as their keys are: somebody comes to look along, or one must go."""
        return (self.discreet_button, self.nav.lock_button, self.nav.help_button)

    # --- pages --------------------------------------------------------------------------------------------

    def place(self) -> Place:
        """Place where we are, with what is needed to come back."""
        if self._now is None:
            return Place("today", {})
        page = self._pages[self._now.name]
        return Place(self._now.name, {**self._now.kw, **page.state()})

    def back_list(self) -> list[Place]:
        """The pages that *back* leads to, the last one nearest."""
        return self._back

    def show_page(self, name: str, kw: dict[str, Any] | None = None, remember: bool = True) -> None:
        """Bring a page to the front; the one that stood there is where *back* leads."""
        here = self.place() if self._now is not None else None
        there = Place(name, kw or {})
        if remember and here is not None and (here.name, here.kw) != (there.name, there.kw):
            self._back = [*self._back[-MOST_BACK:], here]
        page, left = self._page(name), self.page()
        self._now = there
        self._stale.discard(name)
        self.context.turn_page((name, int(there.kw.get("customer_id", 0)) if name == "card" else 0))
        self.keyboard.turn_to(page)
        self.pages.bring_to_front(page)
        self.nav.set_page(name)
        self.back_button.setEnabled(bool(self._back))
        page.shown(**there.kw)
        if left is not None and left is not page:
            left.give_keys_back()  # nobody waits any more for what it was still to show
        inside = QApplication.focusWidget()
        typing = self.search.line.hasFocus() and bool(self.search.text())
        if not typing and not open_sheets() and (inside is None or not page.isAncestorOf(inside)):
            self.keyboard.give_back()

    def go_back(self) -> None:
        """Go back to the page before this one."""
        if self._back:
            place = self._back.pop()
            self.show_page(place.name, place.kw, remember=False)

    def page(self) -> Page | None:
        """The page in front."""
        return self._pages[self._now.name] if self._now is not None else None

    def topic(self) -> str:
        """Topic for the guide: the search box while somebody types there, else the page in front."""
        page = self.page()
        return "search" if self.search.line.hasFocus() or page is None else page.topic()

    def _page(self, name: str) -> Page:
        if name not in self._pages:
            made: Page = load(PAGES[name])(self.context)
            made.name = name
            if name == "today":
                filled = getattr(made, "filled", None)
                if filled is not None:
                    filled.connect(self._today_filled)
            self._pages[name] = made
            self.pages.add(made)
        return self._pages[name]

    def _go_to(self, name: str) -> None:
        self.show_page(name)

    def _go_to_card(self, customer_id: int) -> None:
        self.show_page("card", {"customer_id": customer_id})

    def go_to_number(self, number: int) -> None:
        """Go to the page of a number (Alt+number)."""
        self._go_to(entries()[number - 1][0])

    # --- what happens -------------------------------------------------------------------------------------

    def _saved(self, saved: Saved) -> None:
        """Pages that show what was saved ask again: the one in front before Today, which is asked behind it for the
        number beside its name; the others when they come to the front (every page asks when shown)."""
        front = self.page()
        for page in self._front_first():
            if (page is front or page.name == "today") and page.concerns(saved):
                page.refresh()
        if "staff" in saved.kinds or saved.many:
            self._ask_staff()

    def _ask_staff(self) -> None:
        self.context.jobs.run(settings.staff, done=self._got_staff, key="staff", owner=self)

    def _got_staff(self, people: Any) -> None:
        self.context.staff = tuple(people)
        self.nav.set_staff(self.context.staff, self.context.staff_id)
        if self.context.staff_id and self.context.staff_id not in [one.id for one in people]:
            self._let_another_work()

    def _let_another_work(self) -> None:
        """Let another work when an undo took away who was working: nobody can do anything in their name any more."""
        found = at_work(self.context.staff, 0, known=False)
        self.context.set_staff(found)
        if any(one.id == found and one.has_pin for one in self.context.staff):
            self.context.lock_wished.emit()

    def wake_today(self) -> None:
        """Let Today be asked behind the page in front, so that its number stands in the column."""
        self._page("today").refresh()

    def refresh_all(self, *_what: object) -> None:
        """A new day, another at work, or another state of the notebook put in its place."""
        for page in self._front_first():
            page.refresh()

    def _front_first(self) -> list[Page]:
        """All pages there are, in the order in which they ask: whoever looks waits for what is in front."""
        front = self.page()
        return sorted(self._pages.values(), key=lambda page: page is not front)

    def _staff_changed(self, staff_id: int) -> None:
        """Follow a change of staff: another may see and do other things; the settings are made anew for that."""
        self.nav.set_staff(self.context.staff, staff_id)
        if self._rights == self.context.rights():
            return
        self._rights = self.context.rights()
        settings = self._pages.get("settings")
        if settings is not None:
            in_front = self.page() is settings
            self.pages.take_away(self._pages.pop("settings"))
            if in_front:
                self._now = None
                self.show_page("settings", remember=False)
        self.refresh_all()

    def _discreet_changed(self, discreet: bool) -> None:
        self.discreet_button.setChecked(discreet)
        self.discreet_button.kind = "choice" if discreet else "plain"
        self.discreet_button.update()

    def _today_filled(self, count: int) -> None:
        self.nav.set_badge("today", count)
        self.today_filled.emit(count)

    def new_customer(self) -> None:
        """A new card; with what stands in the search box only while its answer is open: forgotten it is no name."""
        typed = self.search.text() if self.search.is_open() else ""
        self.search.leave()
        self.context.new_customer(typed)

    def open_dialog(self, name: str, kw: dict[str, Any]) -> None:
        """Open a dialog over the page."""
        dialog = load(DIALOGS[name])
        opener: Callable[..., Any] = dialog.open_for
        opener(self.context, **kw)

    def make_room(self, height: int) -> None:
        """Leave so many pixels below the page for a toast, 0 for none."""
        self.below.setFixedHeight(max(0, height - theme.px(4)))

    # --- room ---------------------------------------------------------------------------------------------

    def is_narrow(self) -> bool:
        window = self.context.window
        return window.width() < theme.px(COMPACT_BELOW)

    def fit(self) -> None:
        """The window has another width: the column may become narrow or wide."""
        self.nav.set_low(self.context.window.height() < theme.px(LOW))
        narrow = self.is_narrow()
        if narrow != self.nav.compact:
            later(self, self._swap_nav)
        tight = self.context.window.width() < theme.px(900)
        self.new_button.setText("" if tight else _("New customer"))
        self.new_button.updateGeometry()

    def _swap_nav(self) -> None:
        old = self.nav
        if self.is_narrow() == old.compact:
            return
        self.nav = self._make_nav(not old.compact)
        self._nav_area.takeWidget()
        self._nav_area.setWidget(self.nav)
        self._nav_area.setFixedWidth(self.nav.width())
        self.nav.set_page(self._now.name if self._now else "today")
        today = self._pages.get("today")
        self.nav.set_badge("today", int(getattr(today, "count", 0)))
        old.deleteLater()
        self.fit()
        tab_as_read(self)
