"""Small controls for typing on the card itself."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QMetaMethod, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from kapperboek.i18n import _
from kapperboek.ui import theme
from kapperboek.ui.context import Context
from kapperboek.ui.widgets.buttons import HEIGHTS
from kapperboek.ui.widgets.fields import LineEdit
from kapperboek.ui.widgets.labels import Label
from kapperboek.ui.widgets.wrapping_button import WrappingButton


class InlineLine(LineEdit):
    """One line that is finished by Enter (``entered``) or left by Esc (``escaped``, when somebody listens to that)."""

    entered = Signal()
    escaped = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        elif plain and event.key() == Qt.Key.Key_Escape and self._is_left_by_esc():
            self.escaped.emit()
        else:
            super().keyPressEvent(event)

    def _is_left_by_esc(self) -> bool:
        return self.isSignalConnected(QMetaMethod.fromSignal(self.escaped))


class LabelledRow(QWidget):
    """A soft label and, beside it, controls."""

    def __init__(self, label: str, value: QWidget, token: str = "soft", tall: bool = False) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(12))
        self.label = Label(label, size=13.5, token=token, wrap=True)
        self.label.setFixedWidth(theme.px(92))
        if tall:  # beside buttons: on the height of their words
            self.label.setMinimumHeight(theme.px(HEIGHTS["tight"]))
        row.addWidget(self.label, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(value, 1)


def copy_text(context: Context, text: str) -> None:
    """Put a text on the clipboard and say so."""
    QGuiApplication.clipboard().setText(text)
    context.copied = text
    context.toast(_("Copied"), veiled="")


class CopyButton(WrappingButton):
    """A number or address that a click puts on the clipboard; on several lines where it is long."""

    def __init__(self, context: Context, icon: str, text: str = "", remark: str = "", size: str = "small") -> None:
        super().__init__(icon=icon, kind="quiet", size=size)
        self._text = ""
        self.show_text(text, remark)
        self.clicked.connect(lambda: copy_text(context, self._text))

    def show_text(self, text: str, remark: str = "") -> None:
        """Offer this to be copied."""
        self._text = text
        self.setText(f"{text} · {remark}" if remark else text)
        name = _("Copy {text}").format(text=text)
        self.setAccessibleName(name)
        self.setToolTip(theme.tip(name))


Lines = Iterable[tuple[object, InlineLine | None]]  # by what they are about; None where nobody types


def where_typed(lines: Lines) -> tuple[object, int] | None:
    """Which of these has the keyboard, and where in it: they are about to be made anew."""
    typing = ((key, line.cursorPosition()) for key, line in lines if line is not None and line.hasFocus())
    return next(typing, None)


def type_on(typing: tuple[object, int] | None, lines: Lines) -> bool:
    """Give the keyboard back there; False when nobody was typing, or what it was about is gone."""
    for key, line in lines:
        if typing is not None and key == typing[0] and line is not None:
            line.setFocus(Qt.FocusReason.OtherFocusReason)
            line.setCursorPosition(typing[1])
            return True
    return False


def forget_children(layout: object) -> None:
    """Take everything out of a box layout."""
    take = layout.takeAt  # type: ignore[attr-defined]
    while (item := take(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            forget_children(inner)
