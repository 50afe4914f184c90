"""Base class of every page."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from kapperboek.domain.views.saved import Saved
from kapperboek.ui.core.context import Context

if TYPE_CHECKING:
    from kapperboek.ui.widgets.sheet.typed_ahead import TypedAhead


class Page(QWidget):
    """One page of the window.

    The shell makes it when it is first opened, and anew after a change of language, theme or text size, so
    a page reads words, colours and lengths while it is built and need not follow such changes.
    """

    name = ""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self._ahead: TypedAhead | None = None

    def shown(self, **kw: Any) -> None:
        """The page has come to the front; ``kw`` is what the wish carried (card: customer_id)."""
        self.refresh()

    def refresh(self) -> None:
        """Ask for what the page shows, and show it."""

    def concerns(self, saved: Saved) -> bool:
        """Tell whether this change touches what the page shows; it is refreshed then (at once, or when next shown)."""
        return True

    def state(self) -> dict[str, Any]:
        """State that ``shown`` needs to bring the page back as it is (after a change of language, or with *back*)."""
        return {}

    def takes_files(self) -> bool:
        """Tell whether files may be dropped on the page, to be read in."""
        return True

    def topic(self) -> str:
        """Topic of the page in the guide (see ``help_text``)."""
        return self.name

    def take_keyboard(self, target: QWidget) -> None:
        """Give the keyboard to ``target`` when the page comes to the front: Qt gives it to its first button."""
        inside = QApplication.focusWidget()
        if inside is not None and inside is not target and self.isAncestorOf(inside):
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def keep_keys(self) -> None:
        """Keep the keys pressed from now on for what is still to be filled in."""
        if self._ahead is None and self.context.jobs.is_open():
            from kapperboek.ui.widgets.sheet.typed_ahead import TypedAhead

            self._ahead = TypedAhead(self.context, saving=False)

    def give_keys_back(self) -> None:
        """Give the keys kept to the page, now that it is filled in."""
        if self._ahead is not None:
            ahead, self._ahead = self._ahead, None
            ahead.give_back_now()

    def keyboard_home(self) -> QWidget:
        """Widget that has the keyboard when nothing on the page was chosen."""
        return self

    def act_on_line(self, event: QKeyEvent) -> bool:
        """Alt and a letter was pressed while no line had the keyboard; gives whether that means something here."""
        return False

    def focus_first(self) -> None:
        """An arrow was pressed while nothing on the page had the keyboard: give it to what comes first."""

    def ask(
        self, fn: Callable[..., Any], *args: Any, done: Callable[[Any], None], key: str = "", **kw: Any
    ) -> None:
        """A question to the database; the answer comes to ``done``, unless a newer question with the same
        key or the end of the page overtakes it."""
        self.context.jobs.run(fn, *args, done=done, key=f"{self.name}.{key}" if key else "", owner=self, **kw)
