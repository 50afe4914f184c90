"""Form fields: a label with its required star, the control, and beneath it what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QPlainTextEdit, QSizePolicy, QWidget

from kapperboek.i18n import _
from kapperboek.ui.appearance import icons, theme
from kapperboek.ui.widgets.buttons import Button
from kapperboek.ui.widgets.layout.boxes import vbox
from kapperboek.ui.widgets.layout.flow_layout import FlowLayout, flow_policy
from kapperboek.ui.widgets.text_labels import Label


class Field(QWidget):
    """Field of a form: a labelled control, ``self.control``; ``show_error("")`` takes the mistake away.

    What is ``above`` stands behind the label, so that Tab goes from the control to the next one.
    """

    def __init__(
        self,
        label: str,
        control: QWidget,
        *,
        required: bool = False,
        remark: str = "",
        above: QWidget | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.control = control
        box = vbox(self, gap=5)
        self._label_text, self._required = label, required
        self.label = _FieldLabel(label, required, remark)
        self.label.setBuddy(control)
        self.error = Label("", size=13, weight=500, token="coral", wrap=True)
        self.error.hide()
        if above is None:
            box.addWidget(self.label)
        else:
            head = QHBoxLayout()
            head.addWidget(self.label, 1, Qt.AlignmentFlag.AlignBottom)
            head.addWidget(above)
            box.addLayout(head)
        box.addWidget(control)
        box.addWidget(self.error)
        box.addStretch(0)  # beside a taller neighbour the label stays on top of its control
        said = _("{label}, required").format(label=label) if required else label
        control.setAccessibleName(said)

    def show_error(self, text: str) -> None:
        """Explain a mistake beneath the control, or take the explanation away with an empty text."""
        self.error.setText(text)
        self.error.setVisible(bool(text))
        self.control.setAccessibleDescription(text)
        self.control.setProperty("wrong", bool(text))
        self.control.style().unpolish(self.control)
        self.control.style().polish(self.control)

    def set_remark(self, remark: str) -> None:
        """Set the remark behind the label."""
        between = "    – " if self._required else " – "  # the star stands there
        self.label.setText(self._label_text + (f"{between}{remark}" if remark else ""))

    def has_error(self) -> bool:
        return bool(self.error.text())


class _FieldLabel(Label):
    """Label above a control; its star is coral, so this is the one label that is drawn in two colours."""

    def __init__(self, text: str, required: bool, remark: str) -> None:
        shown = text + (f" – {remark}" if remark else "")
        super().__init__(shown, size=13, weight=500, token="soft", wrap=True)
        self._star: Label | None = None
        self._before = QFontMetrics(theme.font(13, 500)).horizontalAdvance(text)
        if required:
            self._star = Label("*", size=14, weight=700, token="coral", parent=self)
            self._star.move(self._before + theme.px(4), 0)
            self._star.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            if remark:
                self.setText(f"{text}    – {remark}")
            self.setMinimumWidth(self._before + theme.px(16))


class LineEdit(QLineEdit):
    """Edit of one line. ``talk`` makes it yellow (for what to talk about)."""

    def __init__(self, text: str = "", *, placeholder: str = "", talk: bool = False, name: str = "") -> None:
        super().__init__(text)
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(name or placeholder)
        if talk:
            self.setProperty("talk", True)


class TextEdit(QPlainTextEdit):
    """Edit of several lines: grows with what is typed from ``lines`` to ``most``; Tab goes to the next field.

    ``enter_leaves``: Enter goes on to the next field, Shift+Enter makes a new line.
    """

    def __init__(
        self,
        text: str = "",
        *,
        placeholder: str = "",
        lines: int = 1,
        most: int = 8,
        talk: bool = False,
        mono: bool = False,
        name: str = "",
        enter_leaves: bool = False,
    ) -> None:
        super().__init__()
        self._lines, self._most, self._enter_leaves = lines, most, enter_leaves
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(name or placeholder)
        self.setTabChangesFocus(True)
        # Words always wrap; Qt showed and hid both bars in turn, for ever, where one line more or less would just fit.
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # the wheel over it scrolls and no more
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        if talk:
            self.setProperty("talk", True)
        if mono:
            self.setFont(theme.font(14, mono=True))
        self.document().setDocumentMargin(0)
        self.setPlainText(text)
        self.textChanged.connect(self.updateGeometry)

    def text(self) -> str:
        """Text that stands in the field."""
        return self.toPlainText()

    def setText(self, text: str) -> None:
        """Replace what stands in it."""
        self.setPlainText(text)

    def sizeHint(self) -> QSize:
        rows = min(self._most, max(self._lines, self.document().size().toSize().height()))
        margin = self.height() - self.viewport().height() if self.isVisible() else theme.px(16)
        line = QFontMetrics(self.font()).lineSpacing()
        return QSize(theme.px(200), max(theme.px(42), rows * line + max(margin, theme.px(16)) + theme.px(2)))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(80), self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if plain and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
        elif plain and self._enter_leaves and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.focusNextChild()
        else:
            super().keyPressEvent(event)


class Select(QComboBox):
    """Combo box: a choice from a list of (value, words); ``unknown`` words a value that is not in it, to be added."""

    def __init__(
        self, options: Iterable[tuple[object, str]] = (), value: object = None, *, name: str = "",
        unknown: Callable[[Any], str] = lambda _value: "",
    ) -> None:
        super().__init__()
        self._unknown = unknown
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # not by the wheel
        self.setMinimumHeight(theme.px(42))
        self.set_options(options, value)

    def set_options(self, options: Iterable[tuple[object, str]], value: object = None) -> None:
        """Replace the list; ``value`` is chosen."""
        self.clear()
        for option, words in options:
            self.addItem(words, option)
        self.set_value(value)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        side = theme.px(16)
        arrow = icons.pixmap("chevron-down", "soft", 16)
        QPainter(self).drawPixmap(self.width() - side - theme.px(10), (self.height() - side) // 2, arrow)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page: who scrolls over the field does not mean to choose something else."""
        event.ignore()

    def value(self) -> object:
        """Value of the option that is chosen."""
        return self.currentData()

    def set_value(self, value: object) -> None:
        """Choose a value; one that is unknown and has no words chooses nothing new."""
        known = [self.itemData(index) for index in range(self.count())]
        if value is not None and value not in known and (words := self._unknown(value)):
            self.addItem(words, value)
            known.append(value)
        if value in known:
            self.setCurrentIndex(known.index(value))


class Choice(QWidget):
    """Radio choice as buttons, all visible: arrow keys and Space, or a click. Emits ``changed(value)``.

    Tab stops once, at what is chosen, as in every group of radio buttons.
    """

    changed = Signal(object)

    def __init__(
        self,
        options: Iterable[tuple[object, str]],
        value: object = None,
        *,
        name: str = "",
        may_be_none: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._may_be_none = may_be_none
        self.buttons: list[tuple[object, Button]] = []
        self._flow = FlowLayout(self)
        self.setAccessibleName(name)
        flow_policy(self)
        self.set_options(options, value)

    def set_options(self, options: Iterable[tuple[object, str]], value: object = None) -> None:
        """Replace what can be chosen."""
        self._flow.clear()
        self.buttons = []
        for option, words in options:
            button = self.make_button(option, words)
            button.setChecked(option == value)
            button.clicked.connect(self._clicked(option))
            button.installEventFilter(self)
            self.buttons.append((option, button))
            self._flow.addWidget(button)
        self._place_stop()

    def make_button(self, _option: object, words: str) -> Button:
        """Make the button of one option; override for another look."""
        return Button(words, kind="choice", size="small")

    def _place_stop(self, stop: Button | None = None) -> None:
        """Make one button the tab stop: the one that is chosen, or the one the arrows went to."""
        stop = stop or next((button for _option, button in self.buttons if button.isChecked()), None)
        for place, (_option, button) in enumerate(self.buttons):
            here = button is stop if stop is not None else place == 0
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if here else Qt.FocusPolicy.ClickFocus)

    def _clicked(self, option: object) -> Callable[[], None]:
        def click() -> None:
            again = self._may_be_none and not self.button(option).isChecked()
            self.set_value(None if again else option)
            self.changed.emit(self.value())

        return click

    def button(self, option: object) -> Button:
        """The button of one option."""
        return next(button for value, button in self.buttons if value == option)

    def value(self) -> object:
        """Value of the option that is chosen, or None."""
        return next((option for option, button in self.buttons if button.isChecked()), None)

    def set_value(self, value: object) -> None:
        """Choose a value without emitting ``changed``."""
        for option, button in self.buttons:
            button.setChecked(option == value)
        self._place_stop()

    def eventFilter(self, watched: object, event: object) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QKeyEvent.Type.KeyPress:
            step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}.get(
                Qt.Key(event.key()), 0
            )
            buttons = [button for _value, button in self.buttons]
            if step and watched in buttons:
                index = (buttons.index(watched) + step) % len(buttons)
                self._place_stop(buttons[index])
                buttons[index].setFocus(Qt.FocusReason.TabFocusReason)
                return True
        return False
