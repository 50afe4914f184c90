"""Alerts at the top of a card: open complaints, warnings, that there are health facts; seen before anything is said."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from kapperboek.domain.views.card_view import Card
from kapperboek.ui.card.card_labels import open_complaints
from kapperboek.ui.card.knowledge.health_line import HealthLine
from kapperboek.ui.core.context import Context
from kapperboek.ui.widgets.frames import Flag
from kapperboek.ui.widgets.layout.flow_layout import FlowLayout, flow_policy


class AlertStrip(QWidget):
    """Strip of coral flags beside each other over the whole width of the card; hidden when there is nothing.

    Below each other they would push what one talks about out of sight.
    """

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.flow = FlowLayout(self, 8, 6)
        flow_policy(self)
        self.health = HealthLine(context)
        self.flags: list[Flag] = []
        self.flow.addWidget(self.health)

    def show_card(self, card: Card) -> None:
        """Show the alerts of this card."""
        self.health.set_facts(card.customer_id, card.health_facts)
        texts = [(complaint, "complaint") for complaint in open_complaints(card)]
        texts += [(line.text, "alert") for line in card.warnings]
        while len(self.flags) < len(texts):
            self.flags.append(Flag("", parent=self))
            self.flow.insert(len(self.flags) - 1, self.flags[-1])
        for place, flag in enumerate(self.flags):
            text, icon = texts[place] if place < len(texts) else ("", "alert")
            flag.set_icon(icon)
            flag.set_text(text)
        self.setVisible(bool(texts or card.health_facts))
