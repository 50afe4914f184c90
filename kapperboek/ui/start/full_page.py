"""Full page that stands instead of everything else: the first start, the passphrase, a notebook that won't open."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kapperboek.ui.appearance import theme
from kapperboek.ui.widgets.frames import Notice, scrolling
from kapperboek.ui.widgets.layout.boxes import hbox, vbox
from kapperboek.ui.widgets.text_labels import Heading, Icon, Label


class Cover(QWidget):
    """The brand at the top left, a narrow column in the middle (``box``), and a line for what is wrong."""

    silent = False  # whether what would be said waits until the cover is gone

    def __init__(self, title: str, text: str, width: int = 620, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(title)
        outer = self.outer = vbox(self, margins=(30, 26, 30, 26))
        self.top = QWidget()
        brand = self.brand = hbox(self.top, gap=10)
        brand.addWidget(Icon("scissors"))
        brand.addWidget(Label("Kapperboek", size=18, weight=700))
        brand.addStretch(1)
        outer.addWidget(self.top)
        inside = QWidget()
        across = QHBoxLayout(inside)
        column = self._column = QWidget()
        column.setMaximumWidth(theme.px(width))
        self.box = QVBoxLayout(column)
        self.box.setSpacing(theme.px(14))
        self.box.addStretch(1)
        self.title = Heading(title)
        self.title.setWordWrap(True)
        self.box.addWidget(self.title)
        self.words = Label(text, token="soft", wrap=True)
        self.box.addWidget(self.words)
        across.addStretch(1)
        across.addWidget(column, 100)
        across.addStretch(1)
        outer.addWidget(scrolling(inside), 1)
        self.problem = Notice("")
        self.problem.label.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def finish(self) -> None:
        """Call last: the line for what is wrong, and air beneath."""
        self.box.addWidget(self.problem)
        self.box.addStretch(2)

    def tell(self, text: str) -> None:
        """Say what is wrong; empty takes it away."""
        self.problem.set_text(text)
