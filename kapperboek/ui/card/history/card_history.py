"""History of the card: list of contact moments, newest first, with the rhythm of visits and filters."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QListView, QMenu

from kapperboek.domain import staff_rights
from kapperboek.domain.views.card_view import Card, Moment
from kapperboek.i18n import _
from kapperboek.services.moments import moments
from kapperboek.ui.appearance import theme
from kapperboek.ui.appearance.icons import icon
from kapperboek.ui.card.history import card_rhythm
from kapperboek.ui.card.history.card_history_delegate import HistoryDelegate
from kapperboek.ui.card.history.card_history_model import HistoryModel, Index, filters
from kapperboek.ui.core.context import Context
from kapperboek.ui.widgets.copy_button import copy_text
from kapperboek.ui.widgets.form_fields import Choice
from kapperboek.ui.widgets.frames import CardFrame, bring_in_sight
from kapperboek.ui.widgets.text_labels import Label

LOWEST = 40  # pixels at 100 % that a row takes at least
LEAST = 80  # … and the whole list
QWIDGETSIZE_MAX = (1 << 24) - 1  # Qt's own; PySide does not name it


class HistoryList(QListView):
    """List of contact moments: Enter opens, Delete removes, Ctrl+C copies the recipe, the menu key shows it all."""

    edit_wished = Signal(object)
    delete_wished = Signal(object)
    copy_wished = Signal(object)

    def __init__(self, model: HistoryModel) -> None:
        super().__init__()
        self._model = model
        self._whole = False
        self.setModel(model)
        self.delegate = HistoryDelegate(model, self)
        self.setItemDelegate(self.delegate)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # the wheel over it scrolls and no more
        self.setAccessibleName(_("History"))
        self.doubleClicked.connect(self._open)
        model.modelReset.connect(self._fit)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Measure only what can be seen before the first paint."""
        if not self._whole:
            self._model.first = event.size().height() // theme.px(LOWEST) + 2
            self._model.load(self._model.first)
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()  # words are divided anew; by itself Qt does so for heights only
            self._fit()

    def set_whole(self, whole: bool) -> None:
        """Make the list as high as all its rows, as its page scrolls; or give it a scroll bar of its own."""
        bars = Qt.ScrollBarPolicy
        self._whole = whole
        self.setVerticalScrollBarPolicy(bars.ScrollBarAlwaysOff if whole else bars.ScrollBarAsNeeded)
        self.setMinimumHeight(theme.px(LEAST))
        self.setMaximumHeight(QWIDGETSIZE_MAX)
        self._fit()

    def _fit(self) -> None:
        if self._whole:
            self._model.load()
            rows = sum(self.sizeHintForRow(row) for row in range(self._model.rowCount()))
            self.setFixedHeight(max(theme.px(LEAST), rows + theme.px(4)))

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if self._whole and current.isValid():
            self.executeDelayedItemsLayout()
            bring_in_sight(self.viewport(), self.visualRect(current))

    def _current(self) -> Moment | None:
        return self._model.moment(self.currentIndex())

    def _open(self, index: QModelIndex) -> None:
        moment = self._model.moment(index)
        if moment is not None:
            self.edit_wished.emit(moment)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        moment = self._current()
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        keys = {Qt.Key.Key_Return: self.edit_wished, Qt.Key.Key_Enter: self.edit_wished,
                Qt.Key.Key_F2: self.edit_wished, Qt.Key.Key_Delete: self.delete_wished}
        wish = keys.get(Qt.Key(event.key())) if plain else None
        if moment is not None and wish is not None:
            wish.emit(moment)
        elif event.key() == Qt.Key.Key_End:
            self._model.load()
            super().keyPressEvent(event)
        elif moment is not None and event.matches(QKeySequence.StandardKey.Copy):
            self.copy_wished.emit(moment)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: object) -> None:
        super().focusInEvent(event)  # type: ignore[arg-type]
        if not self.currentIndex().isValid() and self._model.rowCount():
            self.setCurrentIndex(self._model.index(0))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        moment = self._current()
        if moment is None:
            return
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        middle = self.visualRect(self.currentIndex()).center()
        where = self.viewport().mapToGlobal(middle) if by_key else event.globalPos()
        self.menu(moment).popup(QPoint(where))

    def menu(self, moment: Moment) -> QMenu:
        """Context menu of a contact moment: change, copy, remove."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        change = menu.addAction(icon("pencil"), _("Change…"))
        change.setShortcut(QKeySequence(Qt.Key.Key_Return))
        change.triggered.connect(lambda: self.edit_wished.emit(moment))
        if moment.recipe or moment.note:
            copy = menu.addAction(icon("copy"), _("Copy the recipe") if moment.recipe else _("Copy the note"))
            copy.setShortcut(QKeySequence.StandardKey.Copy)
            copy.triggered.connect(lambda: self.copy_wished.emit(moment))
        menu.addSeparator()
        remove = menu.addAction(icon("trash", "coral"), _("Remove"))
        remove.setShortcut(QKeySequence(Qt.Key.Key_Delete))
        remove.triggered.connect(lambda: self.delete_wished.emit(moment))
        return menu


class HistorySection(CardFrame):
    """Section with rhythm, filters and list of the history, at the right of the card."""

    def __init__(self, context: Context) -> None:
        super().__init__(_("History"), icon="clock")
        self.context = context
        self._customer_id = 0
        self._shown: object = None
        self.summary = Label(size=13, weight=500, token="soft", wrap=True)
        self.body.addWidget(self.summary)
        self.rhythm = card_rhythm.RhythmLine()
        self.body.addWidget(self.rhythm)
        options = [(key, words) for key, (words, _keep) in filters().items()]
        self.filter = Choice(options, "all", name=_("Show"))
        self.body.addWidget(self.filter)
        self.model = HistoryModel(self)
        self.list = HistoryList(self.model)
        self.body.addWidget(self.list, 1)
        self.empty = Label("", size=13.5, token="soft", wrap=True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.body.addWidget(self.empty, 1)
        self.filter.changed.connect(self._filter)
        self.list.edit_wished.connect(self.edit)
        self.list.delete_wished.connect(self._delete)
        self.list.copy_wished.connect(lambda moment: copy_text(context, moment.recipe or moment.note))

    def show_card(self, card: Card, today: date, discreet: bool) -> None:
        """Show the history of this customer; the place in it stays when it is the same one."""
        same = card.customer_id == self._customer_id
        if not same:
            self._customer_id = card.customer_id
            self.filter.set_value("all")
            self.model.set_filter("all")
        self.summary.setText(card_rhythm.summary(card, today))
        self.summary.setVisible(bool(self.summary.text()))
        self.rhythm.show_card(card, today)
        currency = self.context.shop.currency if self.context.may(staff_rights.PRICES) else ""
        now = (card.customer_id, card.history, today, currency)
        if now != self._shown:
            self._shown = now
            current = self.model.moment(self.list.currentIndex())
            self.list.delegate.forget()
            self.model.set_moments(card.history, today, currency, same=same)
            row = self.model.row_of(current.id) if current is not None else -1
            if row >= 0:
                self.list.setCurrentIndex(self.model.index(row))
        self.filter.setVisible(bool(card.history) and not discreet)
        self._say_empty(card)

    def set_whole(self, whole: bool) -> None:
        """Let the list scroll with the page it stands in, or by itself."""
        self.list.set_whole(whole)

    def _filter(self, key: object) -> None:
        self.model.set_filter(str(key))
        self.list.scrollToTop()
        self._say_empty(None)

    def _say_empty(self, card: Card | None) -> None:
        empty = self.model.rowCount() == 0
        if empty:
            nothing = card is not None and not card.history
            text = _("Not been here yet. The first visit is noted with Ctrl+Enter.")
            self.empty.setText(text if nothing else _("Nothing of this kind."))
        self.empty.setVisible(empty)
        self.list.setVisible(not empty)

    def edit(self, moment: Moment) -> None:
        """Open what happened, to read it whole or to change it."""
        if self.context.discreet:
            self.context.toast(_("Discreet is on; F9 shows everything."), icon="eye-off", veiled="")
            return
        dialog = {"visit": "visit", "appointment": "appointment"}.get(moment.kind, "contact")
        self.context.open_dialog(dialog, customer_id=self._customer_id, moment=moment)

    def _delete(self, moment: Moment) -> None:
        row = self.list.currentIndex().row()

        def after(_saved: object) -> None:
            self.list.setCurrentIndex(self.model.index(min(row, self.model.rowCount() - 1)))

        self.context.save(moments.delete_moment, moment.id, done=after, owner=self)
