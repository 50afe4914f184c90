"""Buttons: primary (one per page), plain, quiet (no frame), choice (stays down); normal, small or large, and tight in
a line of words."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from kapperboek.ui.appearance import icons, theme
from kapperboek.ui.widgets.painting import paint

HEIGHTS = {"tight": 36, "small": 40, "normal": 42, "large": 46}
_SIDES = {"tight": 8, "small": 11, "normal": 14, "large": 18}
_KEYBOARD = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason,
Qt.FocusReason.ShortcutFocusReason,
             Qt.FocusReason.OtherFocusReason)
_BACK = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)  # from a menu, another window


class Button(QAbstractButton):
    """A button that paints itself. ``hint`` is its key, shown beside the words ("Ctrl ↵").

    kind: ``primary``, ``plain``, ``quiet``, ``choice`` (checkable), ``danger``, ``note`` (on yellow ground).
    An icon alone needs ``name``: what a screen reader says, and the tooltip.
    """

    def __init__(
        self,
        text: str = "",
        *,
        icon: str = "",
        kind: str = "plain",
        size: str = "normal",
        hint: str = "",
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.kind, self._size, self.icon_name, self.hint = kind, size, icon, hint
        self.ring = False
        self.setText(text)
        self.setAccessibleName(name or text)
        if name and name != text:
            self.setToolTip(theme.tip(f"{name} ({hint})" if hint and not text else name))
        self.setCheckable(kind == "choice")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

    def leave_keyboard(self) -> None:
        """Leave the keyboard where it is on a click, for what stands around the page; Tab still comes here."""
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def set_icon(self, name: str) -> None:
        """Set another icon."""
        self.icon_name = name
        self.updateGeometry()
        self.update()

    def set_size(self, size: str) -> None:
        """Set another size, by its name."""
        if size != self._size:
            self._size = size
            self.updateGeometry()
            self.update()

    def set_hint(self, hint: str) -> None:
        """Set another key beside the words, or none."""
        if hint != self.hint:
            self.hint = hint
            self.updateGeometry()
            self.update()

    def _fonts(self) -> tuple[int, float]:
        return (600, {"tight": 13.5, "small": 13.5, "normal": 14}.get(self._size, 15))

    def _plain_text(self) -> str:
        return self.text().replace("&&", "\0").replace("&", "").replace("\0", "&")

    def sizeHint(self) -> QSize:
        weight, size = self._fonts()
        width = 2 * theme.px(_SIDES[self._size])
        parts: list[float] = []
        if self.icon_name:
            parts.append(theme.px(18))
        if self.text():
            parts.append(theme.width(self._plain_text(), size, weight))
        if self.hint and self.text():
            parts.append(theme.width(self.hint, 12) + theme.px(4))
        height = theme.px(HEIGHTS[self._size])
        return QSize(max(height, round(width + sum(parts) + theme.px(8) * (len(parts) - 1))), height)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _tokens(self) -> tuple[str, str, str]:
        """Colours of text, ground and border, as the button stands now."""
        hot = self.underMouse() or self.isDown()
        if not self.isEnabled():
            return "faint", "" if self.kind == "quiet" else "paper", "" if self.kind == "quiet" else "line"
        if self.kind == "primary":
            return "on_petrol", "petrol_hover" if hot else "petrol", ""
        if self.kind == "danger":
            return "coral", "coral_tint" if hot else "card", "line"
        if self.kind == "quiet":
            return "petrol", "hover" if hot else "", ""
        if self.kind == "note":
            return "note_ink", "note", "note_ink" if hot else "note_line"
        if self.isChecked():
            return "petrol", "petrol_tint", "petrol"
        return "ink", "hover" if hot else "card", "line"

    def paintEvent(self, _event: QPaintEvent) -> None:
        ink, ground, border = self._tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        radius = theme.px({"normal": 10, "large": 12}.get(self._size, 9))
        rect = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setPen(QPen(theme.color(border), 1.5) if border else Qt.PenStyle.NoPen)
        painter.setBrush(theme.color(ground) if ground else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(rect, radius, radius)
        self._paint_content(painter, rect, ink)
        if self.ring and self.hasFocus():
            if self.kind == "primary":
                paint.ring(painter, rect.adjusted(3, 3, -3, -3), radius - 2, "on_petrol")
            else:
                paint.ring(painter, rect, radius)

    def _paint_content(self, painter: QPainter, rect: QRectF, ink: str) -> None:
        weight, size = self._fonts()
        text, gap = self._plain_text(), theme.px(8)
        widths = [float(theme.px(18))] if self.icon_name else []
        if text:
            widths.append(theme.width(text, size, weight))
        if self.hint and text:
            widths.append(theme.width(self.hint, 12) + theme.px(4))
        x = max(rect.x() + theme.px(6), rect.center().x() - (sum(widths) + gap * (len(widths) - 1)) / 2)
        if self.icon_name:
            picture = icons.pixmap(self.icon_name, ink, 18)
            painter.drawPixmap(round(x), round(rect.center().y() - theme.px(18) / 2), picture)
            x += widths[0] + gap
        if text:
            room = min(widths[1 if self.icon_name else 0] + 1, rect.right() - theme.px(6) - x)
            paint.line(painter, QRectF(x, rect.y(), room, rect.height()), text, ink, size, weight)
            x += room + gap
        if self.hint and text and self.isEnabled():
            soft = ink if self.kind in ("primary", "note") else "soft"
            paint.line(painter, QRectF(x, rect.y(), rect.right() - x, rect.height()), self.hint, soft, 12)

    def focusInEvent(self, event: QFocusEvent) -> None:
        if event.reason() not in _BACK:
            self.ring = event.reason() in _KEYBOARD
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press the button by Enter too; with Ctrl and the like it belongs to the page."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            event.ignore()
        else:
            self.click()


def icon_button(
    icon: str, name: str, *, kind: str = "quiet", size: str = "small", hint: str = "", parent: QWidget | None = None
) -> Button:
    """A button that shows only an icon; ``name`` is said aloud and stands in the tooltip."""
    return Button(icon=icon, name=name, kind=kind, size=size, hint=hint, parent=parent)
