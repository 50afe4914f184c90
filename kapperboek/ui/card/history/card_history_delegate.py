"""Delegate of the history: paints a contact moment with its dot on a line, title, recipe, words, day and amount.

Everything is drawn as plain text. How a row is divided into lines is kept per moment and width, so that
scrolling only draws.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from kapperboek.domain.views.card_view import Moment
from kapperboek.i18n import _, format_day, format_money, language
from kapperboek.ui.appearance import theme
from kapperboek.ui.card import card_labels as words
from kapperboek.ui.card.history.card_history_model import MOMENT, HistoryModel
from kapperboek.ui.widgets.painting import paint
from kapperboek.ui.widgets.painting.text_wrap import wrapped

MOST_LINES = 6  # of one note; Enter opens the moment with the whole of it
PAD, GUTTER, GAP = 11, 22, 5
SIZES = {"title": (15, 600), "soft": (13.5, 400), "recipe": (13, 400), "answer": (13.5, 400)}


def side_width() -> float:
    """Width of the column of days at the right, by the widest day of the year in this language: ``25 May 2025``."""
    return _side_width(language())


@theme.kept
def _side_width(_language: str) -> float:
    days = (format_day(date(2028, month, 28)) for month in range(1, 13))
    return max(float(theme.px(92)), *(theme.width(day, 14) + theme.px(6) for day in days))


class Block(NamedTuple):
    """Block of some lines of one kind: title, recipe (in a box), answer (on yellow) or soft."""

    kind: str
    lines: tuple[str, ...]
    top: float
    height: float


def _font(kind: str) -> QFont:
    size, weight = SIZES[kind]
    return theme.font(size, weight, mono=kind == "recipe")


class HistoryDelegate(QStyledItemDelegate):
    """Delegate that sizes and paints the rows of a HistoryModel."""

    def __init__(self, model: HistoryModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._kept: dict[tuple[int, int, int], tuple[Block, ...]] = {}

    def forget(self) -> None:
        """Forget the sizes and blocks kept: the moments are others now."""
        self._kept.clear()

    def blocks(self, moment: Moment, width: int) -> tuple[Block, ...]:
        """Blocks of lines of a contact moment at this width; kept per version."""
        key = (moment.id, moment.version, width)
        found = self._kept.get(key)
        if found is None:
            found = self._kept[key] = self._divide(moment, width)
        return found

    def _divide(self, moment: Moment, width: int) -> tuple[Block, ...]:
        room = max(theme.px(120), width - theme.px(GUTTER) - side_width() - theme.px(8))
        parts = [("title", words.moment_title(moment))]
        if moment.recipe:
            parts.append(("recipe", moment.recipe))
        parts += [("answer", f"{point} – {answer}" if answer else point) for point, answer in moment.answers]
        if moment.products:
            parts.append(("soft", _("Products: {products}").format(products=", ".join(moment.products))))
        if moment.note.strip():
            parts.append(("soft", moment.note))
        top, blocks = float(theme.px(PAD)), []
        for kind, text in parts:
            inset = theme.px(20 if kind in ("recipe", "answer") else 0)
            lines = (text,) if kind == "title" else wrapped(text, _font(kind), room - inset, MOST_LINES)
            height = len(lines) * QFontMetricsF(_font(kind)).lineSpacing() + (theme.px(12) if inset else 0)
            blocks.append(Block(kind, lines, top, height))
            top += height + theme.px(GAP)
        return tuple(blocks)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        moment = index.data(MOMENT)
        view = option.widget
        width = view.viewport().width() if view is not None else option.rect.width()  # type: ignore[attr-defined]
        last = self.blocks(moment, width)[-1]
        side = theme.px(PAD) + 2 * QFontMetricsF(theme.font(15)).lineSpacing()
        return QSize(theme.px(200), round(max(last.top + last.height, side)) + theme.px(PAD))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        moment = index.data(MOMENT)
        rect = QRectF(option.rect)
        state = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("petrol_tint" if state & QStyle.StateFlag.State_Active else "hover"))
            painter.drawRoundedRect(rect.adjusted(0, 1, 0, -1), theme.px(8), theme.px(8))
        elif index.row():
            painter.fillRect(QRectF(rect.x(), rect.y(), rect.width(), 1), theme.color("line"))
        self._thread(painter, rect, moment)
        blocks = self.blocks(moment, option.rect.width())
        self._words(painter, rect, moment, blocks)
        self._side(painter, rect, moment)
        if state & QStyle.StateFlag.State_HasFocus and state & QStyle.StateFlag.State_KeyboardFocusChange:
            paint.ring(painter, rect.adjusted(0, 1, 0, -1), theme.px(8))
        painter.restore()

    def _thread(self, painter: QPainter, rect: QRectF, moment: Moment) -> None:
        """Paint the line of time at the left, with a dot: full for visits, open for everything else."""
        x, y = rect.x() + theme.px(8), rect.y() + theme.px(PAD + 10)
        painter.setPen(QPen(theme.color("line"), theme.px(2)))
        painter.drawLine(QPointF(x, y), QPointF(x, rect.bottom()))
        visit = moment.kind == "visit"
        painter.setPen(QPen(theme.color("petrol"), theme.px(2)))
        painter.setBrush(theme.color("petrol" if visit else "card"))
        painter.drawEllipse(QPointF(x, y), theme.px(4.5), theme.px(4.5))

    def _words(self, painter: QPainter, rect: QRectF, moment: Moment, blocks: tuple[Block, ...]) -> None:
        left = rect.x() + theme.px(GUTTER)
        room = rect.right() - side_width() - theme.px(8) - left
        for block in blocks:
            box = QRectF(left, rect.y() + block.top, room, block.height)
            if block.kind == "title":
                used = paint.line(painter, box, block.lines[0], "ink", 15, 600)
                rest = box.adjusted(used + theme.px(8), 0, 0, 0)
                if rest.width() > theme.px(24):
                    paint.line(painter, rest, words.moment_meta(moment), "soft", 13.5)
            else:
                self._lines(painter, box, block)

    def _lines(self, painter: QPainter, box: QRectF, block: Block) -> None:
        token = "soft"
        if block.kind in ("recipe", "answer"):
            note = block.kind == "answer"
            token = "note_ink" if note else "ink"
            painter.setPen(QPen(theme.color("note_line" if note else "line"), 1))
            painter.setBrush(theme.color("note" if note else "paper"))
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), theme.px(8), theme.px(8))
            box = box.adjusted(theme.px(10), theme.px(6), -theme.px(10), -theme.px(6))
        font = _font(block.kind)
        step = QFontMetricsF(font).lineSpacing()
        painter.setFont(font)
        painter.setPen(theme.color(token))
        flags = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine)
        for number, text in enumerate(block.lines):
            painter.drawText(QRectF(box.x(), box.y() + number * step, box.width(), step), flags, text)

    def _side(self, painter: QPainter, rect: QRectF, moment: Moment) -> None:
        width, step = side_width(), QFontMetricsF(theme.font(15)).lineSpacing()
        box = QRectF(rect.right() - width, rect.y() + theme.px(PAD), width - theme.px(4), step)
        right = Qt.AlignmentFlag.AlignRight
        day = words.short_day(words.day_of(moment.at), self._model.today)
        paint.line(painter, box, day, "ink", 14, align=right)
        if moment.amount_cents is not None and self._model.currency:
            money = format_money(moment.amount_cents, self._model.currency)
            paint.line(painter, box.translated(0, step), money, "soft", 13.5, align=right)
