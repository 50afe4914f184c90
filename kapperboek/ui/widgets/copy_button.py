"""Copy button: puts a number or address on the clipboard, from which it is taken when the window locks."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication

from kapperboek.i18n import _
from kapperboek.ui.appearance import theme
from kapperboek.ui.core.context import Context
from kapperboek.ui.widgets.wrapping_button import WrappingButton


def copy_text(context: Context, text: str) -> None:
    """Put a text on the clipboard and say so."""
    QGuiApplication.clipboard().setText(text)
    context.copied = text
    context.toast(_("Copied"), veiled="")


class CopyButton(WrappingButton):
    """Button of a number or address that a click puts on the clipboard; on several lines where it is long."""

    def __init__(self, context: Context, icon: str, text: str = "", remark: str = "", size: str = "small") -> None:
        super().__init__(icon=icon, kind="quiet", size=size)
        self._text = ""
        self.show_text(text, remark)
        self.clicked.connect(lambda: copy_text(context, self._text))

    def show_text(self, text: str, remark: str = "") -> None:
        """Show a text, offered to be copied."""
        self._text = text
        self.setText(f"{text} · {remark}" if remark else text)
        name = _("Copy {text}").format(text=text)
        self.setAccessibleName(name)
        self.setToolTip(theme.tip(name))
