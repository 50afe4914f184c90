"""Bare windows as floors, without a line of ours behind them: a card's words and boxes in plain labels and frames, and
the rows of a search in a plain list.

python -m benchmarks.bare_window WIDTH HEIGHT    a window of that size; for each line it reads (JSON) it shows what the
line says, and answers with the milliseconds until that was painted: words in boxes, or the rows of a list.
"""

from __future__ import annotations

import json
import subprocess
import sys
from time import process_time
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QPointF, QRect, QRectF, QSize, QStringListModel
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QPaintDevice,
    QPaintEngine,
    QPaintEngineState,
    QPainterPath,
    QTextItem,
    QTransform,
)
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QListView, QStackedWidget, QWidget

METRICS = QPaintDevice.PaintDeviceMetric
DOTS_PER_INCH = 96

Words = tuple[str, str, int, int]  # as they stand on one line, their font, and where their upper left corner is
Box = tuple[int, int, int, int]  # where a frame or a ground is: left, top, width, height


class _Listening(QPaintEngine):
    """Takes down what is painted on it."""

    def __init__(self) -> None:
        super().__init__(QPaintEngine.PaintEngineFeature.AllFeatures)
        self.words: list[Words] = []
        self.boxes: dict[Box, None] = {}
        self._place = QTransform()

    def begin(self, _device: QPaintDevice) -> bool:
        return True

    def end(self) -> bool:
        return True

    def type(self) -> QPaintEngine.Type:
        return QPaintEngine.Type.User

    def updateState(self, state: QPaintEngineState) -> None:
        self._place = state.transform()

    def drawTextItem(self, place: Any, item: QTextItem) -> None:
        corner, font = self._place.map(QPointF(place)), QFont(item.font())
        top = corner.y() - QFontMetricsF(font).ascent()
        self.words.append((item.text(), font.toString(), round(corner.x()), round(top)))

    def drawPath(self, path: QPainterPath) -> None:
        self._box(path.boundingRect())

    def drawRects(self, rects: Any, *_count: Any) -> None:
        for rect in rects if isinstance(rects, list) else [rects]:
            self._box(QRectF(rect))

    def drawPixmap(self, *_what: Any) -> None:
        """Pictures are no words, nor what else would be drawn by Qt itself, which warns."""

    def drawImage(self, *_what: Any, **_how: Any) -> None:
        """A picture."""

    drawTiledPixmap = drawLines = drawPoints = drawPolygon = drawEllipse = drawPixmap

    def _box(self, rect: QRectF) -> None:
        self.boxes[self._place.mapRect(rect).toRect().getRect()] = None  # type: ignore[index]


class _Paper(QPaintDevice):
    """As large as a widget; what is painted on it is taken down."""

    def __init__(self, size: QSize) -> None:
        super().__init__()
        self.engine = _Listening()
        self._metrics = {METRICS.PdmWidth: size.width(), METRICS.PdmHeight: size.height(), METRICS.PdmDepth: 32}

    def paintEngine(self) -> QPaintEngine:
        return self.engine

    def metric(self, metric: QPaintDevice.PaintDeviceMetric) -> int:
        return self._metrics.get(metric, DOTS_PER_INCH if "Dpi" in metric.name else 1)


def painted_by(widget: QWidget) -> dict[str, Any]:
    """Words that a widget shows and the boxes they stand in, for a bare window to show."""
    paper = _Paper(widget.size())
    widget.render(paper)
    return {"words": paper.engine.words, "boxes": list(paper.engine.boxes)}


class BareWindow:
    """The bare window in its process: tells the milliseconds for what it is given."""

    def __init__(self, size: QSize) -> None:
        command = [sys.executable, "-m", "benchmarks.bare_window", str(size.width()), str(size.height())]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def milliseconds(self, shown: dict[str, Any]) -> float:
        """How long it takes to show this, from nothing until it is painted and at rest."""
        assert self._process.stdin is not None and self._process.stdout is not None
        print(json.dumps(shown), file=self._process.stdin, flush=True)
        return float(self._process.stdout.readline())

    def close(self) -> None:
        """End the process."""
        self._process.communicate()


class _Shown(QStackedWidget):
    """The window itself: a sheet of labels and frames, made anew for each card, or a list."""

    def __init__(self, size: QSize) -> None:
        super().__init__()
        self.resize(size)
        self._rows = QStringListModel()
        self._list, self._card = QListView(), QWidget()
        self._list.setModel(self._rows)
        self.addWidget(self._list)
        self.addWidget(self._card)

    def show_rows(self, rows: list[str]) -> None:
        """Show rows in the list."""
        self._rows.setStringList(rows)
        self.setCurrentWidget(self._list)

    def show_card(self, words: list[Words], boxes: list[Box]) -> None:
        """Show words in boxes."""
        old, self._card = self._card, QWidget()
        for box in boxes:
            frame = QFrame(self._card)
            frame.setFrameShape(QFrame.Shape.Box)
            frame.setGeometry(QRect(*box))
        for text, font_name, x, y in words:
            label, font = QLabel(text, self._card), QFont()
            font.fromString(font_name)
            label.setFont(font)
            label.move(x, y)
        self.addWidget(self._card)
        self.setCurrentWidget(self._card)
        old.deleteLater()


def main(width: str, height: str) -> None:
    """Show line after line."""
    app = QApplication([])
    window = _Shown(QSize(int(width), int(height)))
    window.show()
    for line in sys.stdin:
        shown = json.loads(line)
        start = process_time()
        if "rows" in shown:
            window.show_rows(shown["rows"])
        else:
            window.show_card(shown["words"], shown["boxes"])
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        app.processEvents()
        app.processEvents()
        print(1000 * (process_time() - start), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
