"""Usual minutes and price of the treatments: as last time, else by the price list, until somebody types others.

It is also the quiet line beneath those fields: where what stands there differs from the price list or from last time
it says so, and a click takes that.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QWidget

from kapperboek.domain import staff_rights
from kapperboek.domain.care.price_list import same_name, together
from kapperboek.domain.views.settings_view import TreatmentView
from kapperboek.i18n import _, format_money
from kapperboek.services.amount_parsing import amount_text
from kapperboek.ui.appearance import theme
from kapperboek.ui.core.context import Context
from kapperboek.ui.moments.moment_fields import AmountField, MinutesField
from kapperboek.ui.widgets.buttons import Button
from kapperboek.ui.widgets.form_fields import LineEdit
from kapperboek.ui.widgets.layout.boxes import vbox
from kapperboek.ui.widgets.layout.flow_layout import FlowLayout, flow_policy
from kapperboek.ui.widgets.layout.tab_order import put_aside
from kapperboek.ui.widgets.tag_edit import TagEdit
from kapperboek.ui.widgets.text_labels import Label


class Work(NamedTuple):
    """Duration in minutes and amount in whole cents; None where nothing is said of it."""

    minutes: int | None = None
    cents: int | None = None

    def texts(self) -> tuple[str, str]:
        """Texts of minutes and amount, as they stand in the fields."""
        return ("" if self.minutes is None else str(self.minutes), amount_text(self.cents))

    def or_else(self, other: Work) -> Work:
        """Combine with other work, used where this says nothing."""
        return Work(
            other.minutes if self.minutes is None else self.minutes, other.cents if self.cents is None else self.cents
        )


class UsualWork(QWidget):
    """Keeper of minutes and amount: ``begin`` with a filled form, ``put_back`` with a draft; ``changed`` by a click.

    The price list gives the treatments to choose from as well, with what each takes and costs for who may see that.
    """

    changed = Signal()

    def __init__(
        self, context: Context, treatments: TagEdit, minutes: MinutesField, amount: AmountField | None = None
    ) -> None:
        super().__init__()
        self._currency, self._may_see = context.shop.currency, context.may(staff_rights.PRICES)
        self._treatments = treatments
        self._fields: list[MinutesField | AmountField] = [minutes]
        if amount is not None and amount.seen:  # nobody notes what they cannot see
            self._fields.append(amount)
        self._offered: tuple[TreatmentView, ...] = ()
        self._of_last, self._last, self._noted = frozenset[str](), Work(), False
        self._filled: list[str | None] = ["", ""]  # what was written here; None: what was typed stays
        box = vbox(self, gap=0)
        self._takes = QWidget()
        put_aside(self._takes)
        self._flow = FlowLayout(self._takes, 4, 0)
        self.without = Label("", size=13, token="soft", wrap=True)
        box.addWidget(flow_policy(self._takes))
        box.addWidget(self.without)
        self.takes: list[Button] = []
        self._tell(Work(), Work(), "")
        treatments.changed.connect(self._follow)
        for line in self._lines():
            line.textEdited.connect(lambda _text: self._say())

    def _lines(self) -> list[LineEdit]:
        return [field.line for field in self._fields]

    def set_offered(self, offered: Sequence[TreatmentView]) -> None:
        """Set the price list."""
        self._offered = tuple(offered)
        active = [one for one in offered if one.active]
        self._treatments.set_offered(
            [one.name for one in active], [self._words(Work(one.minutes, one.price_cents), " · ") for one in active]
        )
        self._follow()

    def begin(self, last: Sequence[str], work: Work, *, noted: bool = False) -> None:
        """Begin with the treatments and work in the form; with ``noted`` what stands is a fact that stays."""
        self._of_last, self._last, self._noted = _alike(last), work, noted
        self._filled = [None if noted and line.text() else line.text() for line in self._lines()]
        self._follow()

    def collect(self) -> list[bool]:
        """Flags for the draft: were minutes and amount typed by hand."""
        return [line.text() != text for line, text in zip(self._lines(), self._filled, strict=False)]

    def put_back(self, by_hand: Sequence[bool]) -> None:
        """Go on with a draft that says what was typed by hand; of what it says nothing, it was."""
        said = [*by_hand[:2], True, True]
        self._filled = [None if typed else line.text() for line, typed in zip(self._lines(), said, strict=False)]
        self._follow()

    # --- what it should be --------------------------------------------------------------------------------

    def _usual(self) -> Work:
        """Usual minutes and amount: as last time for the same treatments, else the sum of the price list."""
        found = together(self._treatments.chosen(), self._offered)
        listed = Work(found.minutes, found.cents)
        return self._last.or_else(listed) if self._as_last() else listed

    def _as_last(self) -> bool:
        return _alike(self._treatments.chosen()) == self._of_last

    def _follow(self) -> None:
        """Write what is usual for what is chosen now, where nobody typed anything else."""
        usual = () if self._noted and self._as_last() else self._usual().texts()
        for place, (field, text) in enumerate(zip(self._fields, usual, strict=False)):
            if field.line.text() == self._filled[place] and field.line.text() != text:
                field.line.setText(text)
                field.check()
                self._filled[place] = text
        self._say()

    def _take(self, work: Work) -> None:
        for place, (field, text) in enumerate(zip(self._fields, work.texts(), strict=False)):
            if text:
                field.line.setText(text)
                field.check()
                self._filled[place] = text
        self._say()
        self._lines()[-1].setFocus()
        self.changed.emit()

    # --- what it says -------------------------------------------------------------------------------------

    def _say(self) -> None:
        """Offer what the price list and last time say, as far as something else stands there."""
        found = together(self._treatments.chosen(), self._offered)
        as_last = self._as_last()
        if as_last and self._noted:
            self._tell(Work(), Work(), "")
            return
        minutes = None if found.without_minutes else found.minutes
        listed = Work(minutes, None if found.without_price else found.cents)
        partly = found.cents is not None and len(self._fields) > 1 and not (as_last and self._last.cents is not None)
        missing = ", ".join(found.without_price) if partly else ""
        words = _("not in the price list: {treatments}").format(treatments=missing) if missing else ""
        self._tell(self._other(listed), self._other(self._last if as_last else Work()), words)

    def _other(self, work: Work) -> Work:
        """Minutes and amount of this work as far as they differ from what stands in the fields."""
        stands = [line.text() for line in self._lines()]
        text = work.texts()
        price = work.cents if len(stands) > 1 and text[1] != stands[1] else None
        return Work(work.minutes if text[0] != stands[0] else None, price)

    def _tell(self, listed: Work, before: Work, without: str) -> None:
        self._flow.clear()
        self.takes = []
        self._add(_("price list: {work}"), listed)
        if before != listed:
            self._add(_("last time: {work}"), before)
        self._takes.setVisible(bool(self.takes))
        self.without.setText(without)
        self.without.setVisible(bool(without))

    def _add(self, words: str, work: Work) -> None:
        said = self._words(work, " · ")
        if said:
            button = _Take(words.format(work=said))
            button.clicked.connect(self._taker(work))
            self.takes.append(button)
            self._flow.addWidget(button)

    def _taker(self, work: Work) -> Callable[[], None]:
        return lambda: self._take(work)

    def _words(self, work: Work, between: str) -> str:
        minutes = [_("{minutes} min").format(minutes=work.minutes)] if work.minutes is not None else []
        price = [format_money(work.cents, self._currency)] if work.cents is not None and self._may_see else []
        return between.join(minutes + price)


def _alike(names: Sequence[str]) -> frozenset[str]:
    return frozenset(map(same_name, names))


class _Take(Button):
    """Button that takes an offered value, lower than others: it stands beneath a field, mostly unused."""

    def __init__(self, words: str) -> None:
        super().__init__(words, kind="quiet", size="small")

    def _fonts(self) -> tuple[int, float]:
        return 500, 13

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        hint.setHeight(theme.px(28))
        return hint
