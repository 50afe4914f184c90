"""Knowledge section of the card: facts, contact details, relations, wishes, and what not to bring up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QWidget

from kapperboek.domain.labels import contact_label, line_label
from kapperboek.domain.people.names import numbered
from kapperboek.domain.views.card_view import Card, Knowledge, RelationView
from kapperboek.domain.views.settings_view import ProfileFieldView
from kapperboek.i18n import _
from kapperboek.services import settings
from kapperboek.services.customers import customers
from kapperboek.services.privacy import health_facts
from kapperboek.ui.appearance import theme
from kapperboek.ui.card import card_labels as words
from kapperboek.ui.card.card_draft_state import HalfTyped, Typed
from kapperboek.ui.card.knowledge.card_fact_rows import Fact, FactRow, LineList
from kapperboek.ui.core.context import Context
from kapperboek.ui.privacy.health_offer import to_offer
from kapperboek.ui.widgets.buttons import Button
from kapperboek.ui.widgets.copy_button import CopyButton
from kapperboek.ui.widgets.frames import CardFrame
from kapperboek.ui.widgets.inline_line import InlineLine, LabelledRow, type_on, where_typed
from kapperboek.ui.widgets.layout.clear_layout import forget_children
from kapperboek.ui.widgets.layout.flow_layout import FlowLayout, PairLayout, flow_policy
from kapperboek.ui.widgets.text_labels import Label
from kapperboek.ui.widgets.wrapping_button import WrappingButton


def adding(kind: str) -> str:
    """Placeholder of the line in which a warning, a wish or something to avoid is added."""
    return {
        "warning": _("What must be seen before anything else? Enter saves"),
        "avoid": _("What not to bring up? Enter saves"),
        "wish": _("How does the customer like it? Enter saves"),
    }[kind]


class KnowledgeSection(CardFrame):
    """Section of knowledge: facts that are known stand in rows; what can be added stands in one menu."""

    def __init__(self, context: Context, half: HalfTyped) -> None:
        super().__init__(_("Do you remember"), icon="heart")
        self.context, self.half = context, half
        self._card: Card | None = None
        self._discreet = False
        self._choices: dict[str, tuple[str, ...]] = {}
        self._shown: object = None
        self.facts: list[Fact] = []
        self.body.setContentsMargins(theme.px(18), theme.px(3), theme.px(18), theme.px(4))
        self.body.setSpacing(theme.px(2))
        holder = QWidget()  # within another layout Qt would take rows out of this one behind Python's back
        self.rows = PairLayout(holder, 14, 2)
        self.body.addWidget(flow_policy(holder))
        self.adding = InlineLine()
        self.adding.hide()
        self.adding.entered.connect(self._add_line)
        self._adding_kind = ""
        self.adding.escaped.connect(self._leave_adding)
        self.adding.textEdited.connect(lambda text: half.keep(half.lines, self._adding_kind, text))
        self.body.addWidget(self.adding)
        self.more = Button(_("Add"), icon="plus", kind="quiet", size="tight", name=_("Add what you know"))
        self.more.clicked.connect(self._show_menu)
        self.head.addWidget(self.more)
        self._ask_choices()

    def _ask_choices(self) -> None:
        def got(fields: tuple[ProfileFieldView, ...]) -> None:
            self._choices = {field.key: field.choices for field in fields}

        self.context.jobs.run(settings.profile_fields, done=got, owner=self)

    def show_card(self, card: Card, discreet: bool) -> None:
        """Show what is known of this customer."""
        now = (
            discreet, card.customer_id, card.avoid, card.relations, card.household, card.household_members,
            card.knowledge, card.dates, card.wishes, card.contacts, card.addresses, card.note,
        )
        if now == self._shown:
            return
        if self._card is not None and self._card.customer_id != card.customer_id:
            self.adding.hide()
            self.adding.clear()
        typing = where_typed((row.key, row.line()) for row in self.facts)
        self._card, self._shown = card, now
        forget_children(self.rows)
        self.facts = []
        if discreet:
            self.rows.addWidget(Label(_("Hidden. F9 shows it."), token="soft", wrap=True))
            self.adding.hide()
        else:
            self._fill(card)
            self._show_adding()
        self.more.setVisible(not discreet)
        type_on(typing, ((row.key, row.line()) for row in self.facts))

    def show_again(self) -> None:
        """Forget which facts are shown: the draft of this card was replaced."""
        self._shown = None

    def _fill(self, card: Card) -> None:
        if card.avoid:
            self._row(_("Not about"), LineList(card.avoid, self.remove_line), "coral", tall=True)
        self._family(card)
        asked = card.question.field_key if card.question is not None else ""
        for fact in card.knowledge:
            known = fact.state in ("known", "refused") and (fact.text or fact.tags or fact.state == "refused")
            known = known and not words.is_said_by(card.relations, fact.text)
            if known or (fact.key in self.half.facts and fact.key != asked):
                self.rows.addWidget(self._fact(fact))
        for what, day in card.dates:
            self.rows.addWidget(FactRow(what[:1].upper() + what[1:], day))
        if card.wishes:
            self._row(_("Wishes"), LineList(card.wishes, self.remove_line), tall=True)
        self._reaching(card)
        if card.note.strip():
            self._row(_("Note"), _text(card.note[:5000]))
        if self.rows.count() == 0:
            hint = _("Nothing yet. One question per visit is enough.")
            self.rows.addWidget(Label(hint, size=13.5, token="soft", wrap=True))

    def _row(self, label: str, value: QWidget, token: str = "soft", tall: bool = False) -> None:
        self.rows.addWidget(LabelledRow(label, value, token, tall))

    def _fact(self, fact: Knowledge) -> Fact:
        key = fact.key
        row = Fact(fact, self._choices.get(key, ()), self.half, lambda value, typed: self._set(key, value, typed))
        row.left.connect(self.context.toast_kept)
        self.facts.append(row)
        return row

    def _family(self, card: Card) -> None:
        if any(relation.customer_id for relation in card.relations):
            people = [self._person(relation) for relation in card.relations]
            self._row(_("Close ones"), _flowing(people), tall=isinstance(people[0], Button))
        elif card.relations:
            said = words.DOT.join(words.relation_text(relation) for relation in card.relations)
            self.rows.addWidget(FactRow(_("Close ones"), said))
        close = {relation.customer_id for relation in card.relations}  # these stand in the line above
        others = [one for one in card.household_members if one.customer_id not in close]
        members: list[QWidget] = [
            self._link(numbered(one.name, one.number, one.namesake), one.customer_id) for one in others
        ]
        if members or card.household:
            shown = [*([Label(card.household, size=13.5, token="soft")] if card.household else []), *members]
            self._row(_("Household"), _flowing(shown), tall=True)

    def _person(self, relation: RelationView) -> QWidget:
        text = words.relation_text(relation)
        if relation.customer_id:
            return self._link(text, relation.customer_id)
        return _text(text)

    def _link(self, text: str, customer_id: int) -> Button:
        button = WrappingButton(text, icon="user", size="tight")
        button.setToolTip(theme.tip(text))
        button.clicked.connect(lambda: self.context.open_customer(customer_id))
        return button

    def _reaching(self, card: Card) -> None:
        icons = {"phone": "phone", "email": "mail"}
        found: list[QWidget] = []
        phones = 0
        for contact in card.contacts:
            phones += contact.kind == "phone"
            if contact.kind == "phone" and phones <= 2:  # these stand at the top of the card
                continue
            text, label = contact.shown, contact_label(contact.label)
            found.append(CopyButton(self.context, icons.get(contact.kind, "message"), text, label, size="tight"))
        found += [CopyButton(self.context, "place", address, size="tight") for address in card.addresses]
        if found:
            self.rows.addWidget(_flowing(found))

    def menu(self) -> QMenu:
        """Menu that adds a fact: those not known yet, and the lines a card can have several of."""
        menu = QMenu(self)
        for fact in self._card.knowledge if self._card is not None else ():
            shown = any(row.key == fact.key for row in self.facts)
            if not (shown or fact.tags or fact.state == "refused"):
                menu.addAction(fact.label).triggered.connect(lambda _checked=False, fact=fact: self._begin(fact))
        menu.addSeparator()
        for kind, text in ((kind, line_label(kind)) for kind in ("wish", "avoid", "warning")):
            menu.addAction(text).triggered.connect(lambda _checked=False, kind=kind: self.begin_adding(kind))
        return menu

    def _show_menu(self) -> None:
        menu = self.menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    # --- changing ---------------------------------------------------------------------------------------

    def _begin(self, fact: Knowledge) -> None:
        """Begin a line for a fact that was not known, to type in."""
        row = next((row for row in self.facts if row.key == fact.key), None)
        if row is None:
            row = self._fact(fact)
            self.rows.addWidget(row)
        row.edit()

    def begin_adding(self, kind: str) -> None:
        """Ask for a line of this kind: warning, avoid or wish."""
        self._offer_adding(kind)
        self.adding.setFocus(Qt.FocusReason.OtherFocusReason)

    def _offer_adding(self, kind: str) -> None:
        self._adding_kind = kind
        self.adding.setPlaceholderText(adding(kind))
        self.adding.setAccessibleName(adding(kind))
        self.adding.setText(self.half.lines.get(kind, ""))
        self.adding.show()

    def _show_adding(self) -> None:
        """Show the line that is half typed, if any; after one is saved the next one comes."""
        lines = self.half.lines
        if self.adding.isHidden() and lines:
            self._offer_adding(self._adding_kind if self._adding_kind in lines else next(iter(lines)))

    def _leave_adding(self) -> None:
        """Leave by Esc: the line goes; words that were typed in it come back with it."""
        self.adding.hide()
        if self.adding.text().strip():
            self.context.toast_kept()
        else:
            self.half.keep(self.half.lines, self._adding_kind, None)

    def _add_line(self) -> None:
        text, kind, half = self.adding.text(), self._adding_kind, self.half

        def failed(error: Exception) -> None:
            self.context.tell(error)
            self.begin_adding(kind)

        if not text.strip() or self._card is None:
            return
        customer_id, what = self._card.customer_id, Typed(half.lines, kind, text)

        def save(fn: Any, *args: Any, **how: Any) -> None:
            half.save(self.context, what, fn, customer_id, *args, failed=failed, owner=self, **how)
            self.adding.hide()

        def leave() -> None:
            save(customers.add_line, kind, text.strip())

        if kind == "warning" and self._offer_health(text.strip(), save, leave):
            return
        leave()

    def _offer_health(self, text: str, save: Callable[..., None], leave: Callable[[], None]) -> bool:
        """Offer to keep a typed warning as a health fact; True when that is asked, and it stays as typed until then."""
        customer_id = self._card.customer_id if self._card is not None else 0
        if not (texts := to_offer([text], customer_id)):
            return False
        self.context.open_dialog(
            "health_offer", texts=texts, customer_id=customer_id, leave=leave,
            keep=lambda how: save(health_facts.add_fact, text, how=how),
        )
        return True

    def remove_line(self, line_id: int) -> None:
        self.context.save(customers.remove_line, line_id, owner=self)

    def _set(self, key: str, value: object, typed: str) -> None:
        if self._card is not None:
            what = Typed(self.half.facts, key, typed)
            self.half.save(self.context, what, customers.set_profile, self._card.customer_id, key, value)


def _text(text: str) -> Label:
    label = Label(text, wrap=True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


def _flowing(widgets: list[QWidget]) -> QWidget:
    holder = QWidget()
    flow = FlowLayout(holder, 8, 2)
    for widget in widgets:
        flow.addWidget(widget)
    return flow_policy(holder)
