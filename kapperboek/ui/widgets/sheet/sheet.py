"""Dialog as a sheet over the window: rounded, the page dimmed behind it.

It is not a window of its own (QDialog was tried): a translucent window needs a compositing desktop and cannot be
placed under Wayland. The price is that the focus must be kept inside here, which ``focusNextPrevChild`` does.
"""

from __future__ import annotations

import secrets

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QHBoxLayout, QLineEdit, QWidget
from shiboken6 import isValid

from kapperboek.i18n import _
from kapperboek.ui.appearance import theme
from kapperboek.ui.core.context import Context
from kapperboek.ui.core.deferred_calls import later
from kapperboek.ui.core.draft_keeper import HalfTypedWork
from kapperboek.ui.widgets.buttons import Button
from kapperboek.ui.widgets.frames import CardFrame, Notice, scrolling
from kapperboek.ui.widgets.layout.boxes import hbox, vbox
from kapperboek.ui.widgets.layout.flow_layout import FlowEnd, flow_policy
from kapperboek.ui.widgets.layout.side_by_side import EndingRow
from kapperboek.ui.widgets.sheet.front_keys import follow_sheets
from kapperboek.ui.widgets.sheet.open_sheets import OpenSheet, opened
from kapperboek.ui.widgets.sheet.open_sheets import open_sheets as open_sheets
from kapperboek.ui.widgets.sheet.typed_ahead import TypedAhead
from kapperboek.ui.widgets.text_labels import Avatar, Chip, ElidedLabel, Heading, Icon, Label

HINT_BESIDE = 520  # width at 100 % from which the hint stands beside the buttons
LOW = 600  # window height at 100 % below which a sheet takes all of it
DRAFT_AFTER = 250  # milliseconds from the first key that is not on disk yet

# lines the sheet scrolls by a key nobody in it wanted
_SCROLL: dict[int, int] = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -8, Qt.Key.Key_PageDown: 8}


class _Inside(QWidget):
    """Body of the sheet, between the head and the buttons; a mistake explained there pushes nothing out of sight."""

    def __init__(self, sheet: SheetDialog) -> None:
        super().__init__()
        self._sheet = sheet

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest and self.isVisible():
            self._sheet.relayout()
        return super().event(event)


class SheetDialog(OpenSheet):
    """Base of our dialogs: put what it asks in ``body``; override ``save`` and, where something is typed, ``draft``.

    Esc cancels, Ctrl+Enter saves, and Enter in a line. ``closed(True)`` when saved. One sheet may be over another.
    """

    closed = Signal(bool)
    enter_saves = True  # not where saving is hard to take back
    over_lock = False  # whether it may be asked of whoever stands before a locked window
    least_air = 6  # pixels at 100 % above and below a sheet that has much to show
    _ahead: TypedAhead | None = None  # what is typed while it saves
    _filled = True  # else it is not seen yet
    begins_at: QWidget | None = None  # gets the keyboard first

    def __init__(
        self,
        context: Context,
        title: str,
        *,
        subtitle: str = "",
        avatar: str = "",
        width: int = 940,
        save_text: str = "",
        cancel_text: str = "",
        kind: str = "",
        customer_id: int = 0,
        draft_id: str = "",
    ) -> None:
        super().__init__(context.window)
        self.context = context
        self.kind, self.customer_id = kind, customer_id
        self.draft_id = draft_id or secrets.token_hex(8)
        self.widest = width
        self._was: QWidget | None = None
        self._typed = False
        self.setAccessibleName(title)
        self.sheet = CardFrame(parent=self)
        box = self.sheet.body
        box.setContentsMargins(theme.px(28), theme.px(24), theme.px(28), theme.px(22))
        box.setSpacing(theme.px(14))
        box.addLayout(self._head(title, subtitle, avatar))
        inside = self._inside = _Inside(self)
        self.body = vbox(inside, gap=12, margins=(2, 2, 6, 2))
        self.area = scrolling(inside)
        box.addWidget(self.area, 1)
        self.problem = Notice("")
        box.addWidget(self.problem)
        box.addWidget(self._make_foot(save_text or _("Save"), cancel_text or _("Cancel")))
        self._draft_timer = QTimer(self)
        self._draft_timer.setSingleShot(True)
        self._draft_timer.timeout.connect(self.save_draft)
        self.hide()

    def _head(self, title: str, subtitle: str, avatar: str) -> QHBoxLayout:
        row = hbox(gap=14)
        self.avatar = Avatar(avatar or "?", 40)
        if not avatar:
            self.avatar.hide()
        row.addWidget(self.avatar)
        words = vbox(gap=0)
        self.title = Heading(title)
        self.title.setFont(theme.font(20, 700))
        self.subtitle = ElidedLabel(subtitle, size=13.5, token="soft")
        if not subtitle:
            self.subtitle.hide()
        words.addWidget(self.title)
        words.addWidget(self.subtitle)
        row.addLayout(words, 1)
        self.badge = Chip("", "plum")
        self.badge.hide()
        row.addWidget(self.badge)
        return row

    def _make_foot(self, save_text: str, cancel_text: str) -> EndingRow:
        self._hint_icon = Icon("lock", "soft", 16)
        self._hint_icon.hide()
        self.hint_label = Label("", size=13.5, token="soft", wrap=True)
        self.hint_label.hide()
        buttons = QWidget()
        self.extra = FlowEnd(buttons, 10)
        self.cancel_button = Button(cancel_text, size="large", hint="Esc")
        self.save_button = Button(save_text, kind="primary", size="large", hint="Ctrl ↵")
        self.cancel_button.clicked.connect(self.cancel)
        self.save_button.clicked.connect(self.save)
        self.extra.keep(self.cancel_button, self.save_button)
        words = QWidget()
        self.beside_hint = QHBoxLayout()
        row = hbox(words, gap=10)
        row.addWidget(self._hint_icon)
        row.addWidget(self.hint_label, 1)
        row.addLayout(self.beside_hint)
        row.addStretch()
        self._foot = EndingRow(words, flow_policy(buttons), HINT_BESIDE)
        return self._foot

    # --- for those who make a dialog of it --------------------------------------------------------------

    def save(self) -> None:
        """Save and, when it worked, ``close_sheet(True)``. Override."""
        self.close_sheet(True)

    def draft(self) -> str | None:
        """Draft of the dialog, as text that it can read back; None when nothing is half typed. Override."""
        return None

    def touched(self) -> None:
        """Note that something was typed: the draft is written to disk shortly after."""
        self._typed = True
        if not self._draft_timer.isActive():  # typing on and on may not keep it from the disk
            self._draft_timer.start(DRAFT_AFTER)

    def set_head(self, title: str = "", subtitle: str = "", avatar: str = "") -> None:
        """Set other words at the top; empty ones stay as they are."""
        if title:
            self.title.setText(title)
            self.setAccessibleName(title)
        if subtitle:
            self.subtitle.setText(subtitle)
            self.subtitle.show()
        if avatar:
            self.avatar.set_name(avatar)
            self.avatar.show()

    def set_badge(self, text: str, kind: str = "plum") -> None:
        """Set the chip at the right of the title; hidden without text."""
        self.badge.set(text, kind)
        self.badge.setVisible(bool(text))

    def set_hint(self, text: str) -> None:
        """Set the quiet line at the bottom left."""
        self.hint_label.setText(text)
        self._hint_icon.setVisible(bool(text))
        self.hint_label.setVisible(bool(text))
        wide = round(theme.width(text, 13.5)) + theme.px(4)
        self.hint_label.setMaximumWidth(wide)  # what stands beside it stays near
        self.relayout()

    def tell(self, text: str | Exception) -> None:
        """Say what is wrong, above the buttons; empty takes it away. A bug goes to the crash window."""
        if isinstance(text, Exception):
            message = getattr(text, "message", "")
            if not message:
                self.context.tell(text)
                return
            text = message
        self.problem.set_text(text)

    def busy(self, busy: bool) -> None:
        """Mark as saving: nothing can be pressed twice, and what is typed is meant for what comes after."""
        self.save_button.setEnabled(not busy)
        self.cancel_button.setEnabled(not busy)
        if busy and self._ahead is None:
            self._ahead = TypedAhead(self.context)
        elif not busy:
            self._give_back()

    def _give_back(self) -> None:
        if self._ahead is not None:
            self._ahead.give_back()
            self._ahead = None

    # --- opening and closing ----------------------------------------------------------------------------

    def open(self, first: QWidget | None = None) -> None:
        """Show it over the window; ``first`` gets the keyboard (default: the first control)."""
        window = self.context.window
        if self.context.locked and not self.over_lock:  # what it waits for came too late
            self.deleteLater()
            return
        self._was = QApplication.focusWidget()
        opened.append(self)
        follow_sheets()
        window.installEventFilter(self)
        self.setGeometry(window.rect())
        self.show()
        self.raise_()
        self._place()
        self.begins_at = first
        self.to_first()

    def to_first(self) -> None:
        """Give the keyboard to what it began with; a button that goes away would leave it to *Cancel*."""
        if self.begins_at is not None:
            self.begins_at.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.save_button.setFocus(Qt.FocusReason.OtherFocusReason)
            self.focusNextPrevChild(True)

    def cancel(self) -> None:
        """Close without saving. What was typed stays as a draft, offered from a toast and at the next start."""
        if self._typed:
            self.save_draft()
        if self._typed and self.kind and self.draft() is not None:
            self.context.toast_kept()
        self.close_sheet(False)

    def close_sheet(self, saved: bool) -> None:
        """Take the sheet away and give the keyboard back."""
        if self not in opened:
            return
        opened.remove(self)
        follow_sheets()
        self._draft_timer.stop()
        self.context.window.removeEventFilter(self)
        self.hide()
        if self._was is not None and isValid(self._was) and self._was.isVisible():  # a page may be gone by now
            self._was.setFocus(Qt.FocusReason.OtherFocusReason)
        self.closed.emit(saved)
        self._give_back()
        self.deleteLater()

    def save_draft(self) -> None:
        """Write what is half typed into the notebook now."""
        payload = self.draft() if self.kind else None
        if payload is not None:
            made = HalfTypedWork(self.draft_id, self.kind, self.customer_id, payload)
            self.context.drafts.save(made, done=self._draft_kept)

    def _draft_kept(self) -> None:
        if isValid(self):
            self.set_hint(_("draft kept · won't get lost"))

    # --- behaviour --------------------------------------------------------------------------------------

    def _place(self) -> None:
        margin = theme.px(24)
        width = min(theme.px(self.widest), self.width() - 2 * margin)
        wanted = self._height_for(width)
        air = theme.px(6 if self.height() < theme.px(LOW) else self.least_air)
        if wanted > self.height() - 2 * max(margin, air):
            margin = air  # rather none around it than something out of sight
        height = min(wanted, self.height() - 2 * margin)
        self.sheet.setGeometry((self.width() - width) // 2, (self.height() - height) // 2, width, height)
        self.update()  # the shade moves along

    def _height_for(self, width: int) -> int:
        """Height at which nothing needs to scroll."""
        inside = self._inside
        margins = self.sheet.body.contentsMargins()
        room = width - margins.left() - margins.right()
        content = self.body.heightForWidth(room) if self.body.hasHeightForWidth() else -1
        content = max(content, inside.minimumSizeHint().height(), inside.sizeHint().height() if content < 0 else 0)
        self._foot.turn(room)
        box = self.sheet.body  # the buttons may need two lines, what is wrong may need more
        whole = box.heightForWidth(width) if box.hasHeightForWidth() else box.sizeHint().height()
        around = whole - self.area.sizeHint().height()
        return content + around + theme.px(4)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self.context.window:
            self.setGeometry(self.context.window.rect())
            self._place()
        return False

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest and self.isVisible():
            self._place()
        return super().event(event)

    def relayout(self) -> None:
        """Fit the sheet to what stands in it now; call after adding or hiding parts. Until then it is not painted: part
        of it would be out of sight."""
        self.setUpdatesEnabled(False)
        later(self, self._fit)

    def _fit(self) -> None:
        self.layout_now()
        self.setUpdatesEnabled(self._filled)

    def layout_now(self) -> None:
        """Give everything in it its place without waiting for Qt to come to it."""
        self._place()
        for holder in (self.sheet, self._inside):
            if (layout := holder.layout()) is not None:
                layout.activate()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Keep Tab within the sheet."""
        start: QWidget = QApplication.focusWidget() or self
        one: QWidget | None = start
        for _step in range(5000):
            one = None if one is None else one.nextInFocusChain() if forward else one.previousInFocusChain()
            if one is None or one is start:
                break
            tab = one.focusPolicy() & Qt.FocusPolicy.TabFocus
            if tab and self.isAncestorOf(one) and one.isVisible() and one.isEnabled() and not one.focusProxy():
                reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
                one.setFocus(reason)
                self.area.ensureWidgetVisible(one)
                return True
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() == Qt.Key.Key_Escape:
            self.cancel()
        elif enter and self._saves(event):
            self.save()
        elif step := _SCROLL.get(event.key()):
            bar = self.area.verticalScrollBar()
            bar.setValue(bar.value() + step * theme.px(40))
        event.accept()

    def _saves(self, event: QKeyEvent) -> bool:
        """Tell whether this Enter saves: with Ctrl always, alone from a line, else it means another thing
        (in a text a new line; what has a meaning of its own for it never lets it come here). Held down it does not."""
        if event.isAutoRepeat() or not self.save_button.isEnabled():
            return False
        with_ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        from_line = isinstance(QApplication.focusWidget(), QLineEdit | QComboBox)
        return with_ctrl or (plain and from_line and self.enter_saves)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()
        for button, place in self.lit():
            if place.contains(event.position().toPoint()):
                button.click()
                return

    def lies_over(self) -> QRect:
        return self.sheet.geometry()

    def lit(self) -> list[tuple[QAbstractButton, QRect]]:
        """Buttons that stay lit (at hand) with their places, as far as no dialog below this one lies over them."""
        below = [one.lies_over() for one in opened[: opened.index(self)]] if self in opened else []
        seen = [(one, one.rect().translated(one.mapTo(self.window(), QPoint()))) for one in self.context.at_hand()]
        return [(one, at) for one, at in seen if one.isVisible() and not any(map(at.intersects, below))]

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        dimmed = QPainterPath()  # odd and even: what is at hand stays lit
        dimmed.addRect(QRectF(self.rect()))
        for _button, place in self.lit():
            dimmed.addRoundedRect(QRectF(place).adjusted(1, 1, -1, -1), theme.px(11), theme.px(11))
        painter.fillPath(dimmed, theme.color("scrim"))
        shade = QColor(0, 0, 0, 6)
        around = QRectF(self.sheet.geometry())
        for grow in range(2, 18, 3):
            painter.setPen(QPen(Qt.PenStyle.NoPen))
            painter.setBrush(shade)
            rect = around.adjusted(-grow, -grow + 6, grow, grow + 6)
            painter.drawRoundedRect(rect, 16 + grow, 16 + grow)
