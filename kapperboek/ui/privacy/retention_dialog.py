"""Retention review: cards nobody has needed for years are forgotten in a month, or kept another year."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from kapperboek.domain.people.names import numbered
from kapperboek.domain.views.privacy_views import ReviewRow
from kapperboek.domain.views.saved import Saved
from kapperboek.i18n import _, format_day, ngettext
from kapperboek.services.privacy import retention
from kapperboek.ui.appearance import theme
from kapperboek.ui.core.context import Context
from kapperboek.ui.widgets.buttons import Button
from kapperboek.ui.widgets.layout.boxes import hbox
from kapperboek.ui.widgets.layout.clear_layout import forget_children
from kapperboek.ui.widgets.sheet.sheet import SheetDialog
from kapperboek.ui.widgets.text_labels import Heading, Label
from kapperboek.ui.widgets.wrapping_button import WrappingButton

AT_ONCE = 100  # shown; the next come up when these are decided


class RetentionDialog(SheetDialog):
    """Dialog of a retention review: everybody is chosen at first; a press leaves somebody out.

    Of cards, or of the old contacts on them. Of health facts nobody is chosen: what is missed there may hurt somebody.
    """

    def __init__(self, context: Context, of: str) -> None:
        cards = of == retention.CARD
        title = _("Not needed for years") if cards else _("Kept for years")
        save = _("Forget in a month") if cards else _("Remove")
        super().__init__(context, title, width=680, save_text=save, cancel_text=_("Close"))
        self.of = of
        words = {
            retention.CARD: _(
                "Whoever is chosen is forgotten in a month. Until then it can be undone, and who is in touch stays."
            ),
            retention.MOMENT: _(
                "The old visits, calls and notes of whoever is chosen are removed; the card stays, with its last "
                "contact and what is still open. For a month it can be undone."
            ),
            retention.HEALTH: _(
                "The old health facts of whoever you choose are removed; the card stays. For a month it can be undone. "
                "Nobody is chosen yet: you may still have to be careful with them."
            ),
        }[of]
        self.body.addWidget(Label(words, wrap=True, token="soft"))
        self.choices: dict[int, Button] = {}
        self._list, self._marked = QVBoxLayout(), QVBoxLayout()
        for box in (self._list, self._marked):
            box.setSpacing(theme.px(6))
            self.body.addLayout(box)
        self.body.addStretch(1)
        self.keep_button = Button(_("Keep another year"), size="large")
        self.keep_button.clicked.connect(lambda: self._decide(retention.keep))
        self.extra.addWidget(self.keep_button)
        self.keep_button.setVisible(cards)

    @classmethod
    def open_for(cls, context: Context, *, of: str = retention.CARD, **_kw: Any) -> RetentionDialog:
        """Open with those up for review, and of cards those who will be forgotten."""
        dialog = cls(context, of)
        dialog.open(dialog.cancel_button)
        dialog._ask()
        return dialog

    def _ask(self) -> None:
        jobs = self.context.jobs
        jobs.run(retention.review, self.of, done=self._got, failed=self.tell, key="review", owner=self)
        if self.of == retention.CARD:
            jobs.run(retention.marked, done=self._got_marked, failed=self.tell, key="marked", owner=self)

    def _got(self, rows: tuple[ReviewRow, ...]) -> None:
        forget_children(self._list)
        self.choices = {}
        for row in rows[:AT_ONCE]:
            name = numbered(self.context.private(row.name), row.number)
            last = self._about(row)
            button = WrappingButton(f"{name} · {last}", kind="choice")
            button.setChecked(self.of != retention.HEALTH)
            button.clicked.connect(lambda _checked: self._count())
            self.choices[row.customer_id] = button
            self._list.addWidget(button)
        if not rows:
            self._list.addWidget(Label(_("Nobody is up for review."), token="soft"))
        self._count()
        self.relayout()

    def _about(self, row: ReviewRow) -> str:
        day = format_day(row.last)
        if self.of == retention.CARD:
            return _("last seen {day}").format(day=day)
        return ngettext("{n}, of {day}", "{n}, the oldest of {day}", row.number_old).format(n=row.number_old, day=day)

    def _got_marked(self, rows: tuple[ReviewRow, ...]) -> None:
        forget_children(self._marked)
        if rows:
            self._marked.addWidget(Heading(_("Will be forgotten"), 2))
        for row in rows[:AT_ONCE]:
            self._marked.addWidget(self._marked_row(row))
        self.relayout()

    def _marked_row(self, row: ReviewRow) -> QWidget:
        holder = QWidget()
        line = hbox(holder)
        name = numbered(self.context.private(row.name), row.number)
        on = format_day(row.forget_on) if row.forget_on else ""
        line.addWidget(Label(_("{name}: from {day}").format(name=name, day=on), wrap=True), 1)
        stay = Button(_("Keep after all"), size="small", name=_("Keep {name} after all").format(name=name))
        stay.clicked.connect(lambda: self._save(retention.keep, [row.customer_id]))
        line.addWidget(stay)
        return holder

    def _chosen(self) -> list[int]:
        return [customer_id for customer_id, button in self.choices.items() if button.isChecked()]

    def _count(self) -> None:
        for button in (self.save_button, self.keep_button):
            button.setEnabled(bool(self._chosen()))

    def save(self) -> None:
        """Mark those chosen, or take out what they have; the sheet stays, for the next."""
        self._decide(retention.mark if self.of == retention.CARD else self._take_out)

    def _take_out(self, book: Any, customer_ids: list[int], *, by: int) -> Saved:
        return retention.take_out(book, customer_ids, self.of, by=by)

    def _decide(self, what: Any) -> None:
        if chosen := self._chosen():
            self._save(what, chosen)

    def _save(self, what: Any, customer_ids: list[int]) -> None:
        self.context.save(what, customer_ids, done=lambda _saved: self._ask(), failed=self.tell, owner=self)
