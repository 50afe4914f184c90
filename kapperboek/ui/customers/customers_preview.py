"""Preview beside the list: the customer whose row has the keyboard, in the order of use, with what a call needs."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kapperboek.domain.law.health_mask import mask
from kapperboek.domain.people.phones import pretty
from kapperboek.domain.views.card_view import Card
from kapperboek.i18n import _, format_day
from kapperboek.ui.appearance import theme
from kapperboek.ui.card.card_discreet import named
from kapperboek.ui.card.card_labels import day_of
from kapperboek.ui.card.history.card_rhythm import RhythmLine
from kapperboek.ui.core.context import Context
from kapperboek.ui.widgets.buttons import Button
from kapperboek.ui.widgets.frames import CardFrame, Line, Notice, scrolling
from kapperboek.ui.widgets.layout.boxes import hbox, vbox
from kapperboek.ui.widgets.text_labels import Avatar, ElidedLabel, Icon, Label

WIDTH = 308
MOST_POINTS = 4


class Preview(CardFrame):
    """Preview of one card; ``show_card(None)`` empties it."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.card: Card | None = None
        self.setAccessibleName(_("Preview"))
        self.setFixedWidth(theme.px(WIDTH))
        self.body.setContentsMargins(theme.px(18), theme.px(18), theme.px(12), theme.px(16))
        inside = QWidget()
        self._parts = vbox(inside, gap=12, margins=(0, 0, 6, 0))
        self.body.addWidget(scrolling(inside), 1)
        self._build()
        self.open = Button(_("Open card"), kind="primary", hint="↵")
        self.call = Button(_("Call"), icon="phone")
        self.open.clicked.connect(lambda: self.card and context.open_customer(self.card.customer_id))
        self.call.clicked.connect(self._call)
        row = QHBoxLayout()
        row.addWidget(self.open, 1)
        row.addWidget(self.call)
        self.body.addLayout(row)
        self.show_card(None)

    def _build(self) -> None:
        head = hbox(gap=13)
        self.avatar = Avatar("", 52)
        words = vbox(gap=0)
        self.name = Label("", size=18, weight=700, wrap=True)
        self.number = ElidedLabel("", size=13.5, token="soft")
        words.addWidget(self.name)
        words.addWidget(self.number)
        head.addWidget(self.avatar, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(words, 1)
        self._parts.addLayout(head)
        self.phone_row = QWidget()
        row = hbox(self.phone_row, gap=9)
        self.phone = ElidedLabel("", size=16, weight=600)
        row.addWidget(Icon("phone", size=16))
        row.addWidget(self.phone, 1)
        self.warning = Notice("")
        self.points = CardFrame(_("Talk about"), icon="talk", ground="note")
        self._point_box = QVBoxLayout()
        self.points.body.addLayout(self._point_box)
        self.rhythm_title = Label(_("Rhythm"), size=13, weight=500, token="soft")
        self.rhythm = RhythmLine()
        self.rhythm_words = Label("", size=13.5, wrap=True)
        self.last_title = Label(_("Last time"), size=13, weight=500, token="soft")
        self.recipe = Label("", size=13, wrap=True, mono=True)
        self.last = Label("", size=13.5, token="soft", wrap=True)
        for part in (
            self.phone_row, self.warning, self.points, self.rhythm_title, self.rhythm, self.rhythm_words,
            self.last_title, self.recipe, self.last,
        ):
            self._parts.addWidget(part)
        self._parts.addStretch(1)

    # --- showing ------------------------------------------------------------------------------------------

    def show_card(self, card: Card | None) -> None:
        """Show this customer."""
        self.card = card
        for button in (self.open, self.call):
            button.setEnabled(card is not None)
        shown = named(card) if card is not None and self.context.discreet else card
        self._show_head(shown)
        self._show_points(shown)
        self._show_rhythm(shown)
        self._show_last(shown)

    def refill(self) -> None:
        """Show the same customer again: discreet mode has changed."""
        self.show_card(self.card)

    def _show_head(self, card: Card | None) -> None:
        self.avatar.setVisible(card is not None)
        self.avatar.set_name(card.name if card else "")
        self.name.setText(card.name if card else "")
        self.number.setText(_since(card) if card else "")
        phones = [each.value for each in card.contacts if each.kind == "phone"] if card else []
        self.phone.setText(pretty(phones[0], self.context.shop.region) if phones else "")
        self.phone_row.setVisible(bool(phones))
        self.call.setVisible(bool(phones) or (card is not None and self.context.discreet))
        warnings = (mask(card.health_facts), *(line.text for line in card.warnings)) if card else ()
        self.warning.set_text("\n".join(filter(None, warnings)))

    def _show_points(self, card: Card | None) -> None:
        while (item := self._point_box.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        due = [point for point in card.talk_points if point.due] if card else []
        for place, point in enumerate(due[:MOST_POINTS]):
            if place:
                self._point_box.addWidget(Line("note_line"))
            self._point_box.addWidget(Label(point.text[:300], weight=600, token="note_ink", wrap=True))
        self.points.set_remark(str(len(due)) if due else "")
        self.points.setVisible(bool(due))

    def _show_rhythm(self, card: Card | None) -> None:
        words = " · ".join(part for part in (card.rhythm_text, card.expected_text) if part) if card else ""
        if card is not None:
            self.rhythm.show_card(card, self.context.day)
        self.rhythm.setVisible(card is not None and bool(card.rhythm_text))
        self.rhythm_title.setVisible(bool(words))
        self.rhythm_words.setText(words)
        self.rhythm_words.setVisible(bool(words))

    def _show_last(self, card: Card | None) -> None:
        visit = next((each for each in card.history if each.kind == "visit"), None) if card else None
        recipe = next((each.recipe for each in card.history if each.recipe), "") if card else ""
        self.last_title.setVisible(visit is not None)
        self.recipe.setText(recipe[:400])
        self.recipe.setVisible(bool(recipe))
        words = ""
        if visit is not None:
            parts = [visit.staff, format_day(day_of(visit.at), self.context.day), ", ".join(visit.treatments)]
            words = " · ".join(part for part in parts if part)
        self.last.setText(words)
        self.last.setVisible(bool(words))

    def _call(self) -> None:
        if self.card is not None:
            self.context.open_dialog("call", customer_id=self.card.customer_id)


def _since(card: Card) -> str:
    since = _("customer since {year}").format(year=card.customer_since[:4]) if card.customer_since else ""
    return " · ".join(part for part in (f"#{card.number}" if card.number else "", since) if part)
