"""Header of the card: name, contact details, consents, facts, and the buttons for what is done most."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QBoxLayout, QMenu, QWidget

from kapperboek.domain.labels import channel_label, contact_label
from kapperboek.domain.views.card_view import Card
from kapperboek.i18n import _
from kapperboek.ui.appearance import theme
from kapperboek.ui.appearance.icons import icon
from kapperboek.ui.card import card_labels as words
from kapperboek.ui.card.card_rights import add_actions
from kapperboek.ui.core.context import Context
from kapperboek.ui.widgets.buttons import Button, icon_button
from kapperboek.ui.widgets.chips import Chips, ChipText
from kapperboek.ui.widgets.copy_button import CopyButton
from kapperboek.ui.widgets.layout.boxes import vbox
from kapperboek.ui.widgets.layout.flow_layout import FlowLayout, flow_policy
from kapperboek.ui.widgets.painting.painted_words import PaintedWords
from kapperboek.ui.widgets.text_labels import Avatar

PHONES_SHOWN = 2  # the others stand under "Bereiken"


class CardHeader(QWidget):
    """Header of the card: ``show_card`` fills it; ``set_wide`` puts the buttons beside the name, or below it.

    ``reach`` (telephone numbers and facts) may stand elsewhere: with little room what one talks about comes first.
    """

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self._card: Card | None = None
        outer = vbox(self, gap=2)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setSpacing(theme.px(14))
        self.avatar = Avatar("?", 46)
        self._row.addWidget(self.avatar, 0, Qt.AlignmentFlag.AlignTop)
        self.name = PaintedWords(size=25, weight=700)
        self.phones = [CopyButton(context, "phone", size="tight") for _place in range(PHONES_SHOWN)]
        self._first, self._birthday = _flowing([self.name])
        self.reach, self._facts = _flowing(self.phones)
        self._row.addWidget(self._first, 1, Qt.AlignmentFlag.AlignVCenter)
        self._actions = self._buttons()
        self._row.addWidget(self._actions, 0, Qt.AlignmentFlag.AlignTop)
        outer.addLayout(self._row)
        outer.addWidget(self.reach)
        self._outer = outer

    def _buttons(self) -> QWidget:
        holder = QWidget()
        FlowLayout(holder, 8, 6)
        flow_policy(holder)
        self.note = Button(_("Conversation"), icon="note", size="large", hint="Ctrl B")
        self.remind = Button(_("Follow up"), icon="follow-up", size="large", hint="Ctrl O")
        self.visit = Button(_("Note a visit"), icon="scissors", kind="primary", size="large", hint="Ctrl ↵")
        self._keys = {button: button.hint for button in (self.note, self.remind, self.visit)}
        self.edit = icon_button("pencil", _("Edit the card"), kind="plain", size="large", hint="Ctrl E")
        self.more = icon_button("more", _("More"), kind="plain", size="large")
        self.more.clicked.connect(self._show_more)
        for button in (self.edit, self.more, self.note, self.remind, self.visit):
            holder.layout().addWidget(button)  # type: ignore[union-attr]
        return holder

    def menu(self) -> QMenu:
        """Menu "more" of the card: actions that are needed less often."""
        menu = QMenu(self)
        card = self._card
        if card is None:
            return menu
        context, customer_id = self.context, card.customer_id
        for name, text, kind in (
            ("phone", _("Phone call…"), "call"),
            ("message", _("Message…"), "message"),
            ("bag", _("Purchase…"), "purchase"),
            ("complaint", _("Complaint…"), "complaint"),
            ("question", _("Question…"), "question"),
            ("event", _("Event…"), "event"),
        ):
            action = menu.addAction(icon(name), text)
            action.triggered.connect(lambda _checked=False, kind=kind: context.note_contact(customer_id, kind))
        menu.addSeparator()
        appointment = menu.addAction(icon("calendar"), _("Appointment…"))
        appointment.setShortcut(QKeySequence("Ctrl+D"))
        appointment.triggered.connect(lambda: context.add_appointment(customer_id))
        changes = menu.addAction(icon("undo"), _("Changes of this card…"))
        changes.setShortcut(QKeySequence("Ctrl+H"))
        changes.triggered.connect(lambda: context.show_changes(customer_id))
        add_actions(menu, context, customer_id, card.name)
        return menu

    def _show_more(self) -> None:
        menu = self.menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def set_wide(self, wide: bool) -> None:
        """Put the buttons beside the name when there is room, below it otherwise."""
        direction = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        self._row.setDirection(direction)
        self._row.setSpacing(theme.px(14 if wide else 4))
        self.avatar.setVisible(wide)
        for button in (self.edit, self.more, self.note, self.remind, self.visit):
            button.set_size("large" if wide else "normal")

    def take_reach(self) -> None:
        """Take telephone numbers and facts back from where the page had put them."""
        self._outer.addWidget(self.reach)
        self.reach.show()

    def set_hints(self, shown: bool) -> None:
        """Show the keys beside the words of the buttons, or only in their tooltips where the name needs the room."""
        for button, key in self._keys.items():
            button.set_hint(key if shown else "")
            button.setToolTip(key.replace(" ", "+"))

    def show_card(self, card: Card) -> None:
        """Show this customer."""
        if card == self._card:
            return
        self._card = card
        self.avatar.set_name(card.name)
        self.name.setText(card.name or _("customer {number}").format(number=card.number))
        self._birthday.set(birthday(card))
        phones = [contact for contact in card.contacts if contact.kind == "phone"]
        for button, contact in zip_longest(self.phones, phones[:PHONES_SHOWN]):
            button.setVisible(contact is not None)
            if contact is not None:
                button.show_text(contact.shown, contact_label(contact.label))
        self._facts.set([*permissions(card), *facts(card)])


def birthday(card: Card) -> list[ChipText]:
    """Chips beside the name: the birthday, or that somebody has died."""
    chips = []
    if card.birthday_text and not card.deceased:
        chips.append(ChipText(card.birthday_text, "plum" if card.birthday_soon else "plain", "cake"))
    if card.deceased:
        chips.append(ChipText(_("deceased")))
    return chips


def facts(card: Card) -> list[ChipText]:
    """Chips with employer, year since which somebody is a customer, phase and customer number."""
    chips = []
    if card.organisation and not card.firm:
        work = ", ".join(part for part in (card.organisation, card.department) if part)
        chips.append(ChipText(work, icon="firm"))
    if card.customer_since:
        chips.append(ChipText(_("customer since {year}").format(year=card.customer_since[:4])))
    if phase := words.phase_of(card):
        chips.append(ChipText(phase))
    return [*chips, ChipText(f"#{card.number}")]


def permissions(card: Card) -> list[ChipText]:
    """Chips with consents, preferred channel and regular stylist."""
    chips = [ChipText(text, "green", "check") for text in card.allowed]
    if card.no_advertising:
        chips.append(ChipText(_("no advertising"), icon="mute"))
    if card.preferred_channel:
        channel = channel_label(card.preferred_channel)
        chips.append(ChipText(_("prefers {channel}").format(channel=channel)))
    if card.regular_staff:
        chips.append(ChipText(_("regular stylist: {staff}").format(staff=card.regular_staff), icon="user"))
    return chips


def _flowing(widgets: Sequence[QWidget]) -> tuple[QWidget, Chips]:
    holder = QWidget()
    flow = FlowLayout(holder, 8, 6)
    for widget in widgets:
        flow.addWidget(widget)
    return flow_policy(holder), Chips(flow)
