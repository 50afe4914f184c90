"""Frames to put things on: white cards, the yellow card, notices and flags; and the empty state."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from kapperboek.ui.appearance import theme
from kapperboek.ui.widgets.buttons import Button
from kapperboek.ui.widgets.layout.boxes import hbox, vbox
from kapperboek.ui.widgets.layout.flow_layout import flow_policy
from kapperboek.ui.widgets.layout.follow_focus import FollowFocus
from kapperboek.ui.widgets.text_labels import Heading, Icon, Label

LONG_FLAG = 250  # pixels at 100 %: more words than this go on two lines


class CardFrame(QWidget):
    """Rounded card. ``ground`` is card (white), note (yellow: talk points only), coral_tint (warnings), petrol_tint.

    With ``title`` it starts with a heading row: icon, words, and a soft remark at the right (``set_remark``).
    Put your things in ``body`` (a QVBoxLayout).
    """

    def __init__(
        self,
        title: str = "",
        *,
        icon: str = "",
        remark: str = "",
        ground: str = "card",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._ground = ground
        self.body = vbox(self, gap=8, margins=(20, 16, 20, 16))
        if title:
            self._add_head(title, icon, remark)

    def _add_head(self, title: str, icon: str, remark: str) -> None:
        ink = "note_ink" if self._ground == "note" else "ink"
        self._remark = Label(remark, size=13, weight=500, token="note_soft" if self._ground == "note" else "soft")
        self.head = hbox(gap=9)
        self.setAccessibleName(title)
        if icon:
            self.head.addWidget(Icon(icon, ink))
        self.head.addWidget(Heading(title, 2, ink))
        self.head.addStretch(1)
        self.head.addWidget(self._remark)
        self.body.addLayout(self.head)

    def set_remark(self, text: str) -> None:
        """Set the soft words at the right of the heading."""
        self._remark.setText(text)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        radius = theme.px(16 if self._ground == "card" else 14)
        border = {"card": "line", "note": "note_line"}.get(self._ground, "")
        painter.setPen(QPen(theme.color(border), 1) if border else Qt.PenStyle.NoPen)
        painter.setBrush(theme.color(self._ground))
        painter.drawRoundedRect(rect, radius, radius)


class Notice(CardFrame):
    """Notice, one strong line with an icon: a warning (coral) or something good to know (petrol)."""

    def __init__(
        self, text: str, *, kind: str = "warning", icon: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(ground="coral_tint" if kind == "warning" else "petrol_tint", parent=parent)
        token = "coral" if kind == "warning" else "petrol"
        row = self.row = hbox(gap=10)
        self.sign = Icon(icon or ("alert" if kind == "warning" else "info"), token)
        row.addWidget(self.sign, 0, Qt.AlignmentFlag.AlignTop)
        self.label = Label(text, weight=600, token=token, wrap=True)
        self.label.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        row.addWidget(self.label, 1)
        self.body.setContentsMargins(theme.px(15), theme.px(11), theme.px(15), theme.px(11))
        self.body.addLayout(row)
        self.set_text(text)

    def set_text(self, text: str) -> None:
        """Set other words; hidden when there are none."""
        self.label.setText(text)
        self.setAccessibleName(text)
        if not text:
            self.hide()
        elif self.parentWidget() is None:
            # Shown with what it will stand in; show() now would open a window of its own.
            self.setAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide, False)
        else:
            self.show()


class Flag(Notice):
    """Flag, a notice to stand beside others: no higher than a button, which has room for two lines of what is long."""

    def __init__(self, text: str, *, kind: str = "warning", icon: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, kind=kind, icon=icon, parent=parent)
        self.body.setContentsMargins(theme.px(13), theme.px(1), theme.px(13), theme.px(1))
        self.row.setAlignment(self.sign, Qt.AlignmentFlag.AlignVCenter)
        self.label.setMinimumHeight(theme.px(40))
        flow_policy(self)

    def set_icon(self, icon: str) -> None:
        """Set another picture before the words."""
        self.sign.set(icon)

    def sizeHint(self) -> QSize:
        margins = self.body.contentsMargins()
        width = margins.left() + margins.right() + self.row.spacing() * (self.row.count() - 1)
        for place in range(self.row.count()):
            item = self.row.itemAt(place)
            part = item.widget() if item is not None else None
            if part is self.label:
                words = max(theme.width(line, 15, 600) for line in self.label.text().split("\n"))
                width += round(max(words * 0.6, min(words, theme.px(LONG_FLAG)))) + theme.px(4)
            elif part is not None:
                width += max(part.sizeHint().width(), part.minimumWidth())
        return QSize(width, self.heightForWidth(width))


class Line(QFrame):
    """A thin line between two rows."""

    def __init__(self, token: str = "line", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._token = token
        self.setFixedHeight(1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme.color(self._token))


class EmptyState(QWidget):
    """Placeholder of an empty list or page: a picture, what it is for, and perhaps a button for what to do first."""

    def __init__(
        self,
        icon: str,
        title: str,
        text: str = "",
        action: str = "",
        done: Callable[[], object] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        box = QVBoxLayout(self)
        box.setSpacing(theme.px(8))
        box.addStretch(1)
        box.addWidget(Icon(icon, "soft", 32), 0, Qt.AlignmentFlag.AlignHCenter)
        self.title = Label(title, weight=600, wrap=True)
        self.text = Label(text, size=13.5, token="soft", wrap=True)
        for label in (self.title, self.text):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            box.addWidget(label)
        self.text.setVisible(bool(text))
        self.button: Button | None = None
        if action and done is not None:
            self.button = Button(action)
            self.button.clicked.connect(lambda: done())
            box.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        box.addStretch(2)


def scrolling(inside: QWidget, area: QScrollArea | None = None) -> QScrollArea:
    """Put ``inside`` in an area that scrolls up and down, without a frame or a ground of its own."""
    area = QScrollArea() if area is None else area
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(inside)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    FollowFocus(area)
    return area


def bring_in_sight(widget: QWidget, rect: QRect | None = None) -> None:
    """Scroll whatever this widget stands in until it, or this part of it, is seen."""
    part = widget.rect() if rect is None else rect
    above = widget.parentWidget()
    while above is not None:
        inside = above.widget() if isinstance(above, QScrollArea) else None
        if isinstance(above, QScrollArea) and inside is not None and inside.isAncestorOf(widget):
            place = QRect(widget.mapTo(inside, part.topLeft()), part.size())
            room, margin = above.viewport().height(), theme.px(12)
            aside = above.horizontalScrollBarPolicy() != Qt.ScrollBarPolicy.ScrollBarAlwaysOff
            x = above.horizontalScrollBar().value()
            for across, down in (
                (place.right() + 1, min(place.bottom(), place.top() + room)), (place.left(), place.top()),
            ):
                above.ensureVisible(across if aside else x, down, 0, margin)
        above = above.parentWidget()
