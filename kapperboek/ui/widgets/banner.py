"""Banner above the page: words with an icon, and buttons beside them, or below where there is little room.

One at a time, and no higher than a button.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from kapperboek.ui.appearance import theme
from kapperboek.ui.widgets.buttons import Button
from kapperboek.ui.widgets.frames import CardFrame
from kapperboek.ui.widgets.layout.flow_layout import FlowLayout, flow_policy
from kapperboek.ui.widgets.layout.side_by_side import TurningRow, in_a_row
from kapperboek.ui.widgets.text_labels import Icon, Label

BESIDE = 620  # pixels at 100 % from which the buttons stand beside the words


class Banner(CardFrame):
    """Banner with words and buttons; ``token`` is its colour: petrol, or coral where something is amiss."""

    def __init__(
        self, icon: str, words: str, buttons: Sequence[Button], token: str = "petrol", parent: QWidget | None = None
    ) -> None:
        super().__init__(ground=f"{token}_tint", parent=parent)
        self.body.setContentsMargins(theme.px(15), theme.px(1), theme.px(6), theme.px(1))
        self.words = Label(words, size=14, weight=600, token=token, wrap=True)
        holder = QWidget()
        flow = FlowLayout(holder, 8, 4)
        for button in buttons:
            button.leave_keyboard()
            flow.addWidget(button)
        line = in_a_row(Icon(icon, token), self.words, last_grows=True)
        self.body.addWidget(TurningRow(line, flow_policy(holder), BESIDE))


def is_taken(above: QVBoxLayout, by: type[Banner] = Banner) -> bool:
    """Tell whether a banner, or one of this kind, stands there."""
    return any(isinstance(banner, by) and not banner.isHidden() for banner in _in(above))


def put_above(above: QVBoxLayout, banner: Banner) -> None:
    """Show a banner above the page instead of any other."""
    for other in _in(above):
        other.hide()
        other.deleteLater()
    above.addWidget(banner)


def _in(above: QVBoxLayout) -> list[Banner]:
    widgets = (item.widget() for n in range(above.count()) if (item := above.itemAt(n)) is not None)
    return [widget for widget in widgets if isinstance(widget, Banner)]
