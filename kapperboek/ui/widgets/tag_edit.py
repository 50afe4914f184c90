"""Tag field, words as chips in a line: Enter or comma makes a chip, Backspace takes the last one away."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLineEdit, QWidget

from kapperboek.domain.people.names import fold
from kapperboek.i18n import _
from kapperboek.ui.appearance import theme
from kapperboek.ui.widgets.buttons import Button
from kapperboek.ui.widgets.layout.flow_layout import FlowLayout, flow_policy
from kapperboek.ui.widgets.suggestion_list import Offering


class TagEdit(QWidget):
    """Tag field: ``values()`` are the words in order, also one still being typed.

    ``only_known`` refuses what is not offered. A click in the empty field, or the arrow down, shows all there is to
    choose; the beginning of a word is enough where one word begins so. In quotes, or after Esc, it is what was typed.
    """

    changed = Signal()

    def __init__(
        self,
        values: Iterable[str] = (),
        offered: Iterable[str] = (),
        *,
        placeholder: str = "",
        name: str = "",
        only_known: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._values: list[str] = []
        self._chips: list[Button] = []
        self._only_known = only_known
        self._flow = FlowLayout(self, 6, 4)
        side = theme.px(8)
        self._flow.setContentsMargins(side, theme.px(3), side, theme.px(3))
        flow_policy(self)
        self.line = _TagLine()
        self.line.setProperty("bare", True)
        self.line.setPlaceholderText(placeholder or _("type to add"))
        self.line.setMinimumWidth(theme.px(140))
        self.line.installEventFilter(self)
        self.offering = Offering(self.line, self)  # after our own filter: it sees the keys first
        self.offering.set_words(offered)
        self.offering.chosen.connect(self.add)
        self.line.textEdited.connect(self._edited)
        self._flow.addWidget(self.line)
        self.setMinimumHeight(theme.px(42))
        self.setFocusProxy(self.line)
        self.setAccessibleName(name)
        self.set_values(values)

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self.line.setAccessibleName(name)
        self.offering.setAccessibleName(name)

    def set_offered(self, offered: Iterable[str], remarks: Sequence[str] = ()) -> None:
        """The words to choose from, and what stands behind each of them."""
        self.offering.set_words(offered, remarks)

    def values(self) -> tuple[str, ...]:
        """All words, the half-typed one included."""
        known = self._known(self.line.text().strip(" ,;"))
        return (*self._values, *((known,) if known and known not in self._values else ()))

    def chosen(self) -> tuple[str, ...]:
        """The words without the one still being typed."""
        return tuple(self._values)

    def commit(self) -> None:
        """Commit what is still being typed: it is a word now."""
        typed = self.line.text().strip(" ,;")
        known = self._known(typed)
        self.add(known if known in self.offering.words() else self.offering.meant(typed) or typed)

    def set_values(self, values: Iterable[str]) -> None:
        """Replace the words."""
        self._values = [value for value in values if value]
        self._show()

    def _known(self, text: str) -> str:
        """Word as it is offered, whatever its capitals and accents; as typed when it is new and that is allowed."""
        alike = [one for one in self.offering.words() if text and fold(one) == fold(text)]
        exact = [one for one in alike if one.casefold() == text.casefold()]
        found = [*exact, *alike, "" if self._only_known else text]
        return found[0]

    def add(self, text: str) -> None:
        """Make a chip."""
        word = text.strip(" ,;")
        quoted = len(word) > 2 and word[0] == word[-1] == '"'
        word = word[1:-1].strip() if quoted else self._known(word)
        self.line.clear()
        self.offering.close_list()
        if word and word not in self._values:
            self._values.append(word)
            self._show()
            self.changed.emit()

    def remove(self, word: str) -> None:
        """Take a chip away."""
        if word in self._values:
            self._values.remove(word)
            self._show()
            self.changed.emit()

    def _show(self) -> None:
        for chip in self._chips:
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._flow.removeWidget(self.line)
        self._chips = [self._chip(word) for word in self._values]
        for chip in self._chips:
            self._flow.addWidget(chip)
        self._flow.addWidget(self.line)
        self.offering.close_list()
        self.offering.leave_out(self._values)
        self.updateGeometry()

    def _chip(self, word: str) -> Button:
        chip = _TagChip(word)
        chip.clicked.connect(lambda: self.remove(word))
        chip.clicked.connect(self.line.setFocus)
        return chip

    def _edited(self, text: str) -> None:
        if text.endswith((",", ";")):
            self.commit()
        elif text.strip():
            self.offering.open(text)
        else:
            self.offering.close_list()
        self.changed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            if event.type() == QEvent.Type.FocusOut:
                self.commit()
            self.update()
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                return False
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.line.text().strip():
                self.commit()
                return True
            if event.key() == Qt.Key.Key_Backspace and not self.line.text() and self._values:
                self.remove(self._values[-1])
                return True
        if event.type() == QEvent.Type.MouseButtonPress:
            self._offer_all()
        return False

    def _offer_all(self) -> None:
        """Show all there is on a click in the empty field; another one takes it away."""
        if self.offering.is_open():
            self.offering.close_list()
        elif not self.line.text():
            self.offering.open()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.line.setFocus(Qt.FocusReason.MouseFocusReason)
        self._offer_all()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        focus, wrong = self.line.hasFocus(), bool(self.property("wrong"))
        width = theme.px(2 if focus or wrong else 1)
        token = "coral" if wrong else "petrol" if focus else "edge"
        painter.setPen(QPen(theme.color(token), width))
        painter.setBrush(theme.color("card"))
        inset = theme.px(2) - width / 2  # as the lines do: one pixel around, which a ring takes
        rect = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(rect, theme.px(10), theme.px(10))


class _TagLine(QLineEdit):
    """Edit line as high as the field leaves room for, so that what is typed stands in the middle of it."""

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), theme.px(36))


class _TagChip(Button):
    """A chip that goes away when clicked."""

    def __init__(self, word: str) -> None:
        super().__init__(f"{word}  ×", kind="choice", size="small", name=_("Remove {word}").format(word=word))
        self.setCheckable(True)
        self.setChecked(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def _fonts(self) -> tuple[int, float]:
        return 500, 13

    def _tokens(self) -> tuple[str, str, str]:
        return "petrol", "hover" if self.underMouse() else "petrol_tint", ""

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        hint.setHeight(theme.px(32))
        hint.setWidth(hint.width() - theme.px(4))
        return hint
