"""Navigation, the column at the left: where you are, where you can go, and who is working."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QVBoxLayout, QWidget

from kapperboek.domain.views.settings_view import StaffView
from kapperboek.i18n import _, ngettext
from kapperboek.ui.appearance import icons, theme
from kapperboek.ui.widgets.buttons import Button, icon_button
from kapperboek.ui.widgets.layout.boxes import hbox
from kapperboek.ui.widgets.layout.flow_layout import FlowLayout, flow_policy
from kapperboek.ui.widgets.painting import paint
from kapperboek.ui.widgets.text_labels import ElidedLabel, Icon, Label

WIDE, NARROW = 208, 100
LOW = 420  # window height at 100 % below which only what one can do is shown
COMPACT_BELOW = 1160  # window width at 100 % below which the column shows icons with small words


def entries() -> tuple[tuple[str, str, str], ...]:
    """(page, icon, words) in order; the n-th has the key Alt+n."""
    return (
        ("today", "today", _("Today")),
        ("customers", "customers", _("Customers")),
        ("follow_ups", "follow-up", _("Follow-ups")),
        ("settings", "settings", _("Settings")),
    )


class _Painted(QAbstractButton):
    """A button of the column; the ring shows when the keyboard came to it by Tab."""

    def __init__(self, name: str, tip: str) -> None:
        super().__init__()
        self._ring = False
        self.setAccessibleName(name)
        self.setToolTip(theme.tip(tip))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keyboard on the page
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._ring = event.reason() != Qt.FocusReason.MouseFocusReason
        super().focusInEvent(event)


class NavEntry(_Painted):
    """One page: icon, word, and how many things wait there."""

    def __init__(self, icon: str, words: str, key: str, compact: bool) -> None:
        self._tip = f"{words} ({key})"
        super().__init__(words, self._tip)
        self._icon, self._words, self._compact = icon, words, compact
        self.badge = 0
        self.setCheckable(True)
        self.setFixedHeight(theme.px(58 if compact else 44))

    def set_badge(self, count: int) -> None:
        """Set the badge: the number of things that wait; 0 shows nothing."""
        self.badge = count
        words = ngettext("{n} follow-up for today or too late", "{n} follow-ups for today or too late", count)
        waiting = words.format(n=count) if count else ""
        self.setAccessibleName(", ".join(part for part in (self._words, waiting) if part))
        self.setToolTip(theme.tip(" – ".join(part for part in (self._tip, waiting) if part)))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        token = "petrol" if self.isChecked() else "soft"
        if self.isChecked() or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("petrol_tint" if self.isChecked() else "hover"))
            painter.drawRoundedRect(rect, theme.px(10), theme.px(10))
        side = theme.px(20)
        weight = 600 if self.isChecked() else 500
        if self._compact:
            x = (self.width() - side) / 2
            painter.drawPixmap(round(x), theme.px(9), icons.pixmap(self._icon, token))
            below = QRectF(2, theme.px(32), self.width() - 4, theme.px(20))
            paint.line(painter, below, self._words, token, 11.5, weight, Qt.AlignmentFlag.AlignHCenter)
        else:
            x = theme.px(12)
            painter.drawPixmap(x, round((self.height() - side) / 2), icons.pixmap(self._icon, token))
            left = x + theme.px(31)
            beside = QRectF(left, 0, self.width() - left - theme.px(10), self.height())
            paint.line(painter, beside, self._words, token, 15, weight)
        if self.badge:
            self._paint_badge(painter)
        if self._ring and self.hasFocus():
            paint.ring(painter, rect, theme.px(10))

    def _paint_badge(self, painter: QPainter) -> None:
        text = str(self.badge) if self.badge < 1000 else "999+"
        width = QFontMetricsF(theme.font(12.5, 600)).horizontalAdvance(text) + theme.px(13)
        height = theme.px(19)
        right = self.width() - theme.px(8 if self._compact else 12)
        top = theme.px(4) if self._compact else (self.height() - height) / 2
        rect = QRectF(right - width, top, width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("coral"))
        painter.drawRoundedRect(rect, height / 2, height / 2)
        paint.line(painter, rect, text, "on_coral", 12.5, 600, Qt.AlignmentFlag.AlignHCenter)


class StaffButton(_Painted):
    """The initials of somebody who works here; one click and what is noted carries their name."""

    def __init__(self, person: StaffView, key: str) -> None:
        said = _("{name} is working").format(name=person.name)
        super().__init__(said, f"{said} ({key})" if key else said)
        self._text = person.initials or paint.initials(person.name)
        self.setCheckable(True)
        self.setFixedSize(theme.px(40), theme.px(40))

    def nextCheckState(self) -> None:
        """Leave the check mark as it is: who is working is said by ``Nav``, for a PIN may come first."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect()).adjusted(3, 3, -3, -3)
        painter.setPen(Qt.PenStyle.NoPen if self.isChecked() else QPen(theme.color("line"), 1.5))
        ground = "petrol" if self.isChecked() else "hover" if self.underMouse() else "card"
        painter.setBrush(theme.color(ground))
        painter.drawEllipse(rect)
        ink = "on_petrol" if self.isChecked() else "ink"
        paint.line(painter, rect, self._text[:3], ink, 13, 600, Qt.AlignmentFlag.AlignHCenter)
        if self._ring and self.hasFocus():
            paint.ring(painter, QRectF(self.rect()), self.width() / 2)


class Nav(QWidget):
    """Navigation column as a whole."""

    page_chosen = Signal(str)
    staff_chosen = Signal(int)

    def __init__(self, compact: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.compact = compact
        self.setFixedWidth(theme.px(NARROW if compact else WIDE))
        box = QVBoxLayout(self)
        side = theme.px(8 if compact else 14)
        box.setContentsMargins(side, theme.px(20), side, theme.px(14))
        box.setSpacing(theme.px(4))
        self._brand = self._make_brand()
        box.addWidget(self._brand)
        self.entries: dict[str, NavEntry] = {}
        for index, (page, icon, words) in enumerate(entries()):
            entry = NavEntry(icon, words, f"Alt+{index + 1}", compact)
            entry.clicked.connect(self._chooser(page))
            self.entries[page] = entry
            box.addWidget(entry)
        box.addStretch(1)
        self._who = ElidedLabel("", size=13.5, weight=600)
        if compact:
            self._who.hide()
        box.addWidget(self._who)
        staff = QWidget()
        self._staff = FlowLayout(staff, 2, 2)
        self._people: list[StaffView] = []
        self._buttons: list[StaffButton] = []
        box.addWidget(flow_policy(staff))
        self.help_button = Button(_("Help"), kind="quiet", size="small", hint="F1")
        self.lock_button = icon_button("lock", _("Lock now"), hint="Ctrl L")
        foot = QWidget()
        row = FlowLayout(foot, 2, 0)
        for button in (self.help_button, self.lock_button):
            button.leave_keyboard()
            row.addWidget(button)
        box.addWidget(flow_policy(foot))

    def _make_brand(self) -> QWidget:
        brand_row = QWidget()
        row = hbox(brand_row, gap=10, margins=(0 if self.compact else 10, 4, 0, 14))
        if self.compact:
            row.addStretch(1)
        row.addWidget(Icon("scissors"))
        if not self.compact:
            row.addWidget(Label("Kapperboek", size=18, weight=700))
        row.addStretch(1)
        return brand_row

    def set_low(self, low: bool) -> None:
        """Hide the brand when there is no height for more than what can be done."""
        self._brand.setVisible(not low)

    def _chooser(self, page: str) -> Callable[[], None]:
        def choose() -> None:
            self.page_chosen.emit(page)

        return choose

    def set_page(self, name: str) -> None:
        """Light the entry of this page; a card belongs to Customers, as an import does."""
        lit = {"card": "customers", "importing": "customers"}.get(name, name)
        for page, entry in self.entries.items():
            entry.setChecked(page == lit)

    def set_badge(self, page: str, count: int) -> None:
        """Set the badge of a page's entry: the number of things that wait there."""
        self.entries[page].set_badge(count)

    def set_staff(self, people: tuple[StaffView, ...], staff_id: int) -> None:
        """Show the staff: who works here and who is working now."""
        active = [person for person in people if person.active]
        if active[:9] != self._people:  # the same buttons stay, and the keyboard with them
            self._people = active[:9]
            self._make_staff_buttons()
        for person, button in zip(self._people, self._buttons, strict=True):
            button.setChecked(person.id == staff_id)
        self._who.setText(next((person.name for person in active if person.id == staff_id), ""))
        parent = self._staff.parentWidget()
        if parent is not None:
            parent.updateGeometry()

    def _make_staff_buttons(self) -> None:
        self._staff.clear()
        self._buttons = []
        for index, person in enumerate(self._people):
            button = StaffButton(person, f"Ctrl+{index + 1}")
            button.clicked.connect(self._staff_chooser(person.id))
            self._buttons.append(button)
            self._staff.addWidget(button)

    def _staff_chooser(self, staff_id: int) -> Callable[[], None]:
        def choose() -> None:
            self.staff_chosen.emit(staff_id)

        return choose

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.width() - 1, 0, 1, self.height(), theme.color("line"))

    def sizeHint(self) -> QSize:
        return QSize(theme.px(NARROW if self.compact else WIDE), theme.px(400))
