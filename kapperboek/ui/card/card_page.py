"""Card page of one customer, in the order of use: header, alerts, talk points, facts, history."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from kapperboek.domain.errors import NotFound
from kapperboek.domain.views.card_view import Card
from kapperboek.domain.views.saved import Saved
from kapperboek.i18n import _
from kapperboek.services.customers import customers
from kapperboek.ui.appearance import theme
from kapperboek.ui.card.card_alerts import AlertStrip
from kapperboek.ui.card.card_discreet import redacted
from kapperboek.ui.card.card_draft import CardDraft
from kapperboek.ui.card.card_draft_state import HalfTyped
from kapperboek.ui.card.card_header import CardHeader
from kapperboek.ui.card.card_question import QuestionSection
from kapperboek.ui.card.card_todo import SoonSection, TodoSection
from kapperboek.ui.card.history.card_history import HistorySection
from kapperboek.ui.card.knowledge.card_knowledge import KnowledgeSection
from kapperboek.ui.card.knowledge.card_talk import TalkSection
from kapperboek.ui.core.context import Context
from kapperboek.ui.core.deferred_calls import later
from kapperboek.ui.forms.page import Page
from kapperboek.ui.printing.card_print import print_card
from kapperboek.ui.widgets.frames import EmptyState, scrolling
from kapperboek.ui.widgets.layout.boxes import hbox, vbox
from kapperboek.ui.widgets.layout.tab_order import tab_as_read
from kapperboek.ui.widgets.sheet.front_keys import add_keys

WIDE = 760  # width at 100 % from which history stands beside the rest
HIGH = 440  # … and the height: in less the columns would scroll within a page that scrolls
HEADER_WIDE = 820  # width from which the buttons stand beside the name
HINTS_WIDE = 1040  # … and say their keys
LAYOUT_ROUNDS = 3  # from a section to the page to the window
OWN_KINDS = frozenset({"staff", "treatment", "profile_field", "setting"})


class CardPage(Page):
    """Page of one card, ``shown(customer_id=…)``; a section redraws itself only when what it shows has changed."""

    name = "card"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.customer_id = 0
        self.card: Card | None = None
        self._wide: bool | None = None
        self.header = CardHeader(context)
        self.alerts = AlertStrip(context)
        self.health = self.alerts.health
        self.half = HalfTyped()
        self.talk = TalkSection(context, self.half)
        self.knowledge = KnowledgeSection(context, self.half)
        self.question = QuestionSection(context, self.half)
        self.soon = SoonSection(context)
        self.todo = TodoSection(context)
        self.history = HistorySection(context)
        self.draft = CardDraft(context, self.half, self)
        self._order = QTimer(self)  # the order of Tab can wait until the card has been painted
        self._order.setSingleShot(True)
        self._order.setInterval(50)
        self._order.timeout.connect(lambda: tab_as_read(self))
        self._build()
        self._wire()

    def _build(self) -> None:
        outer = vbox(self, gap=7)
        self._outer = outer
        inside = QWidget()
        self._left = vbox(inside, gap=8, margins=(0, 0, 6, 8))
        for section in (self.talk, self.knowledge, self.todo, self.question):
            self._left.addWidget(section)
        self._left.addStretch(1)
        self.area = scrolling(inside)
        self._columns = hbox(gap=14)
        self._columns.addWidget(self.area, 100)
        right = self._beside = QWidget()
        self._right = vbox(right, gap=8)
        self._columns.addWidget(right, 100)
        self._content = QWidget()
        self._content.setLayout(self._columns)
        self._columns.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._content, 1)
        text = _("It was removed, or the change that made it was undone.")
        go_on = (_("To all customers"), lambda: self.context.open_page("customers"))
        self.gone = EmptyState("customers", _("This card is no longer there"), text, *go_on)
        self.gone.hide()
        outer.addWidget(self.gone, 1)
        self._arrange(True)

    def _wire(self) -> None:
        context = self.context
        self.header.visit.clicked.connect(lambda: context.note_visit(self.customer_id))
        self.header.note.clicked.connect(lambda: context.note_contact(self.customer_id, "call"))
        self.header.remind.clicked.connect(lambda: context.add_follow_up(self.customer_id))
        self.header.edit.clicked.connect(lambda: context.edit_customer(self.customer_id))
        keys = {
            "Ctrl+Return": self.header.visit.click,
            "Ctrl+Enter": self.header.visit.click,
            "Ctrl+B": self.header.note.click,
            "Ctrl+O": self.header.remind.click,
            "Ctrl+E": self.header.edit.click,
            "Ctrl+T": lambda: self._go_to(self.talk.new),
            "Ctrl+G": lambda: self._go_to(self.history.list),
            "Ctrl+D": lambda: context.add_appointment(self.customer_id),
            "Ctrl+P": lambda: print_card(context, self.customer_id),
            "Ctrl+H": lambda: context.show_changes(self.customer_id),
            "Ctrl+M": lambda: context.open_dialog("consent", customer_id=self.customer_id),
            "Ctrl+I": self.health.toggle,
        }
        add_keys(self, keys)
        self.talk.left.connect(lambda: self.setFocus(Qt.FocusReason.OtherFocusReason))
        self.half.outdated.connect(self.refresh)
        self.draft.restored.connect(self._show_again)
        self.draft.looked.connect(self._filled)
        context.discreet_changed.connect(self._show)
        context.day_changed.connect(self.refresh)

    def _go_to(self, widget: QWidget) -> None:
        # A line that is come to by a shortcut selects what stands in it, and the next letter would take its place.
        line = isinstance(widget, QLineEdit)
        widget.setFocus(Qt.FocusReason.OtherFocusReason if line else Qt.FocusReason.ShortcutFocusReason)
        inside = self.area.widget()
        if inside is not None and inside.isAncestorOf(widget):
            top = widget.mapTo(inside, widget.rect().topLeft()).y()
            room = self.area.viewport().height()
            bottom = min(top + widget.height(), top + room - theme.px(40))
            self.area.ensureVisible(0, bottom, 0, theme.px(20))
            self.area.ensureVisible(0, top, 0, theme.px(20))

    # --- what is shown ----------------------------------------------------------------------------------

    def shown(self, customer_id: int = 0, **_kw: Any) -> None:
        """Show the card of this customer: the page has come to the front."""
        if customer_id and customer_id != self.customer_id:
            self.customer_id, self.card = customer_id, None
            self.keep_keys()
            self.area.verticalScrollBar().setValue(0)
        self.refresh()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def state(self) -> dict[str, Any]:
        return {"customer_id": self.customer_id}

    def concerns(self, saved: Saved) -> bool:
        """Tell whether a save touched this card, or a list every card uses."""
        mine = self.customer_id in saved.customers or saved.customer_id == self.customer_id
        return mine or saved.many or bool(saved.kinds & OWN_KINDS)

    def refresh(self, *_day: object) -> None:
        """Ask for the card again."""
        if self.customer_id:
            self.ask(customers.open_card, self.customer_id, done=self._got, failed=self._failed, key="card")

    def _got(self, card: Card) -> None:
        new = self.card is None or self.card.customer_id != card.customer_id
        self.card = card
        if not new:
            self._show()
            return
        self.draft.turn_to(card.customer_id)
        self._show_again()
        self.draft.restore()

    def _failed(self, error: Exception) -> None:
        self.give_keys_back()
        if not isinstance(error, NotFound):
            self.context.tell(error)
            return
        self.card = None
        self.draft.turn_to(0)
        self._content.hide()
        self.header.hide()
        self.alerts.hide()
        self.gone.show()
        if self.gone.button is not None:
            self.take_keyboard(self.gone.button)

    def _filled(self) -> None:
        if self.card is not None:  # not when another one is awaited already
            self.give_keys_back()

    def keyboard_home(self) -> QWidget:
        return self.gone.button if self.gone.button is not None and not self.gone.isHidden() else self

    def _show_again(self) -> None:
        for section in (self.talk, self.knowledge, self.question):
            section.show_again()
        self._show()

    def _show(self, *_discreet: object) -> None:
        if self.card is None:
            return
        self.setUpdatesEnabled(False)
        later(self, self._paint)
        self._fill(self.card)
        self._order.start()

    def _paint(self) -> None:
        """Paint the card at once, when everything has its place.

        What is new is shown only when Qt comes to it, and what is of another height then moves what is around it.
        Painted at each of those steps a card costs twice as much, and flickers.
        """
        for _round in range(LAYOUT_ROUNDS):
            QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        self.history.list.executeDelayedItemsLayout()
        self.setUpdatesEnabled(True)

    def _fill(self, whole: Card) -> None:
        discreet, today = self.context.discreet, self.context.day
        card = redacted(whole) if discreet else whole
        self.gone.hide()
        self._content.show()
        self.header.show()
        self.header.show_card(card)
        self.alerts.show_card(card)
        self.talk.show_card(card, discreet)
        self.knowledge.show_card(card, discreet)
        self.question.show_card(card)
        self.soon.show_card(card)
        self.todo.show_card(card)
        self.history.show_card(card, today, discreet)

    # --- wide and narrow --------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(self.width() >= theme.px(WIDE) and self.height() >= theme.px(HIGH))
        self.header.set_wide(self.width() >= theme.px(HEADER_WIDE))
        self.header.set_hints(self.width() >= theme.px(HINTS_WIDE))

    def _arrange(self, wide: bool) -> None:
        """Arrange two columns below the header; or everything in one that scrolls, history last."""
        if wide == self._wide:
            return
        first, self._wide = self._wide is None, wide
        moving = (self.header, self.alerts, self.soon, self.history)
        hidden = [part.isHidden() and not first for part in moving]
        self.history.set_whole(not wide)
        self._beside.setVisible(wide)
        for place, part in enumerate(moving[:2]):
            (self._outer if wide else self._left).insertWidget(place, part)
        if wide:
            self.header.take_reach()
            self._right.insertWidget(0, self.soon)
            self._right.addWidget(self.history, 1)
        else:
            for part in (self.header.reach, self.soon):  # what one talks about is seen without scrolling
                self._left.insertWidget(self._left.indexOf(self.talk) + 1, part)
            self.header.reach.show()
            self._left.insertWidget(self._left.count() - 1, self.history)
        for part, gone in zip(moving, hidden, strict=True):
            if not first:  # Qt shows what has moved a moment later, and by then it may have moved again
                part.setVisible(not gone)
