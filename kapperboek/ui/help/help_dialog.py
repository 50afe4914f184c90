"""Help (F1): the user guide at the page or dialog in front, with its keys; searched by word, and all of it offline."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from kapperboek.i18n import _
from kapperboek.ui.appearance import theme
from kapperboek.ui.core.context import Context
from kapperboek.ui.help import help_text
from kapperboek.ui.help.help_reader import GuideText
from kapperboek.ui.widgets.form_fields import LineEdit
from kapperboek.ui.widgets.layout.boxes import vbox
from kapperboek.ui.widgets.layout.side_by_side import SideBySide
from kapperboek.ui.widgets.sheet.sheet import SheetDialog
from kapperboek.ui.widgets.text_labels import Label

_LIST_KEYS = (Qt.Key.Key_Up, Qt.Key.Key_Down)
WIDTH, NARROW = 1040, 620  # pixels at 100 %: of the sheet, and where the chapters stand above the text
AROUND = 240  # pixels at 100 % of window and sheet above and below the text
_TEXT_KEYS = (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class ChapterList(QListWidget):
    """List of the chapters, as high as is asked, whatever stands in it."""

    def __init__(self, height: int) -> None:
        super().__init__()
        self._height = height

    def sizeHint(self) -> QSize:
        return QSize(theme.px(180), self._height)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


def _as_high(part: QWidget) -> QWidget:
    """A frame that keeps a part as high as it asks for: the sheet scrolls rather than that it shrinks."""
    frame = QWidget()
    frame.setFixedHeight(part.sizeHint().height())
    box = vbox(frame)
    box.addWidget(part)
    return frame


class HelpSheet(SheetDialog):
    """``page`` is the name of the page or dialog that was in front."""

    def __init__(self, context: Context, page: str) -> None:
        super().__init__(context, _("Help"), width=WIDTH, save_text=_("Close"))
        self.cancel_button.hide()
        self.save_button.hint = "Esc"
        self.page = page
        self.chapters = help_text.chapters()
        self.line = LineEdit(placeholder=_("Search in the guide"), name=_("Search in the guide"))
        room = max(theme.px(180), min(theme.px(560), context.window.height() - theme.px(AROUND)))
        beside = min(context.window.width(), theme.px(WIDTH)) - theme.px(120) >= theme.px(NARROW)
        self.list = ChapterList(room - theme.px(50) if beside else theme.px(160))
        self.list.setAccessibleName(_("Chapters"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setWordWrap(True)
        self.list.setFrameShape(QListWidget.Shape.NoFrame)
        self.nothing = Label(_("Nothing found. Try another word."), token="soft", wrap=True)
        self.reader = GuideText(room)
        self._stand(beside)
        self.line.installEventFilter(self)
        self.line.textChanged.connect(self._narrow)
        self.list.currentRowChanged.connect(lambda _row: self._read())
        self._narrow("")

    def _stand(self, beside: bool) -> None:
        """The text comes first where there is no room beside it: chapters are chosen by typing, or further down."""
        if not beside:
            for part in (self.line, self.nothing, _as_high(self.reader), _as_high(self.list)):
                self.body.addWidget(part)
            return
        left = QWidget()
        box = vbox(left)
        for part in (self.line, self.nothing, self.list):
            box.addWidget(part)
        self.body.addWidget(SideBySide((left, 3), (self.reader, 7), narrow=NARROW))

    @classmethod
    def open_for(cls, context: Context, page: str) -> HelpSheet:
        """Open the guide at that page or dialog."""
        sheet = cls(context, page)
        sheet.open(sheet.line)
        return sheet

    def chapter(self) -> help_text.Chapter | None:
        """Chapter that is being read; None when none is."""
        item = self.list.currentItem()
        return self.chapters[int(item.data(Qt.ItemDataRole.UserRole))] if item is not None else None

    def _narrow(self, typed: str) -> None:
        found = help_text.search(self.chapters, typed)
        self.list.blockSignals(True)
        self.list.clear()
        for place in found:
            item = QListWidgetItem(self.chapters[place].title)
            item.setData(Qt.ItemDataRole.UserRole, place)
            self.list.addItem(item)
        here = help_text.chapter_of(self.chapters, self.page)
        self.list.setCurrentRow(0 if typed.strip() else found.index(here))
        self.list.blockSignals(False)
        self.nothing.setVisible(not found)
        self._read()

    def _read(self) -> None:
        chapter = self.chapter()
        if chapter is None:
            self.reader.clear()
            return
        text = f"## {chapter.title}\n\n{chapter.text}"
        if self.page in chapter.pages:
            text += f"\n\n{help_text.keys_of(self.page)}"
        self.reader.read(text)
        self.line.setAccessibleDescription(chapter.title)
        self.reader.mark(self.line.text())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.line and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in _LIST_KEYS:
                step = 1 if event.key() == Qt.Key.Key_Down else -1
                self.list.setCurrentRow(min(max(0, self.list.currentRow() + step), self.list.count() - 1))
                return True
            if event.key() in _TEXT_KEYS:
                bar = self.reader.verticalScrollBar()
                bar.setValue(bar.value() + (1 if event.key() == Qt.Key.Key_PageDown else -1) * bar.pageStep())
                return True
        return super().eventFilter(watched, event)
