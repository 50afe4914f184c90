"""A quiet line above the page: words with an icon, and buttons beside them, or below where there is little room."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from kapperboek.ui import theme
from kapperboek.ui.widgets.buttons import Button
from kapperboek.ui.widgets.flow import FlowLayout, flow_policy
from kapperboek.ui.widgets.frames import CardFrame
from kapperboek.ui.widgets.labels import Icon, Label
from kapperboek.ui.widgets.side_by_side import TurningRow, in_a_row

BESIDE = 620  # pixels at 100 % from which the buttons stand beside the words


class Banner(CardFrame):
    """``token`` is its colour: petrol, or coral where something is amiss."""

    def __init__(
        self, icon: str, words: str, buttons: Sequence[Button], token: str = "petrol", parent: QWidget | None = None
    ) -> None:
        super().__init__(ground=f"{token}_tint", parent=parent)
        self.body.setContentsMargins(theme.px(15), theme.px(6), theme.px(8), theme.px(6))
        self.words = Label(words, weight=600, token=token, wrap=True)
        holder = QWidget()
        flow = FlowLayout(holder, 8, 4)
        for button in buttons:
            flow.addWidget(button)
        line = in_a_row(Icon(icon, token), self.words, last_grows=True)
        self.body.addWidget(TurningRow(line, flow_policy(holder), BESIDE))
