"""The card on the demo salon, driven by the keyboard; what it writes is read back from the file."""

from __future__ import annotations

import itertools
import sys
from datetime import date

import pytest
from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from kapperboek.domain.records import CustomerRecord, InteractionRecord
from kapperboek.domain.views.card_view import Card
from kapperboek.domain.views.saved import Saved
from kapperboek.services.customers import customers
from kapperboek.services.inputs import VisitInput
from kapperboek.services.moments import follow_ups, moments, talk
from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.records.record_writer import RecordWriter
from kapperboek.storage.write.unit_of_work import unit_of_work
from kapperboek.ui.app.program import Program
from kapperboek.ui.appearance import theme
from kapperboek.ui.card import card_discreet
from kapperboek.ui.card.card_follow_up import FollowUpRow
from kapperboek.ui.card.card_many import AT_ONCE
from kapperboek.ui.card.history import card_rhythm
from kapperboek.ui.card.history.card_history_delegate import MOST_LINES
from kapperboek.ui.moments.talk_decisions import TalkDecisions
from kapperboek.ui.widgets.painting.text_wrap import wrapped
from kapperboek.ui.widgets.sheet.sheet import open_sheets
from tests.ui.card_tools import ALT, CONTROL, MARIEKE, Hands, read_again, said_to_screen_reader

KEY = Qt.Key


@pytest.fixture
def hands(program: Program, qtbot: QtBot) -> Hands:
    return Hands(program, qtbot)


def words_on(top: QWidget) -> str:
    shown = [widget for widget in top.findChildren(QWidget) if widget.isVisible()]
    labels = [widget.text() for widget in shown if isinstance(widget, QLabel)]
    return "\n".join([*labels, *(widget.accessibleName() for widget in shown)])


def test_what_is_needed_first_stands_first(hands: Hands) -> None:
    page = hands.open_card()
    order = [page.header, page.alerts, page.talk, page.knowledge]
    tops = [widget.mapTo(page, widget.rect().topLeft()).y() for widget in order]
    assert tops == sorted(tops)
    assert "Let op: gezondheidsgegeven" in words_on(page) and "hoofdhuid" not in words_on(page)
    assert "Lissabon" in words_on(page.talk)


class Places(QObject):
    """Where things stand whenever a page is painted."""

    def __init__(self, parts: list[QWidget]) -> None:
        super().__init__()
        self.parts = parts
        self.seen: list[list[QRect]] = []

    def now(self) -> list[QRect]:
        return [part.geometry() for part in self.parts]

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.seen.append(self.now())
        return False


def test_another_card_has_its_place_before_it_is_painted(hands: Hands, program: Program) -> None:
    page = hands.open_card()
    program.window.resize(1440, 900)
    hands.settle()
    visited = "SELECT customer_id FROM customer_fact WHERE visit_count > 5 AND customer_id <> ? LIMIT 6"
    for (customer_id,) in hands.ask(lambda book: book.rows(visited, (page.customer_id,))):
        card = hands.ask(customers.open_card, customer_id)
        places = Places([page.header, page.talk, page.knowledge, page.question, page.history, page.history.list])
        page.installEventFilter(places)
        page._got(card)
        hands.qtbot.waitUntil(lambda places=places: bool(places.seen))
        hands.settle()
        page.removeEventFilter(places)
        assert all(seen == places.now() for seen in places.seen)


def test_what_is_too_early_to_ask_is_folded(hands: Hands) -> None:
    page = hands.open_card()
    later = [point for point in hands.card().talk_points if not point.due]
    assert later and later[0].text not in words_on(page)
    page.talk.later.click()
    QApplication.processEvents()
    assert later[0].text in words_on(page.talk)


def test_besproken_asks_the_answer_and_keeps_it_with_who_and_when(hands: Hands) -> None:
    page = hands.open_card()
    point = next(row for row in page.talk.rows if "Lissabon" in row.point.text)
    point.discussed.setFocus()
    hands.press(KEY.Key_Return)
    hands.write("wil volgend jaar naar Porto")
    hands.press(KEY.Key_Return)
    assert "Lissabon" not in words_on(page.talk)
    sql = "SELECT state, outcome, closed_at FROM talk_point WHERE id = ?"
    row = read_again(hands.program.path, Notebook.row, sql, (point.point.id,))
    assert row is not None and row[:2] == ("discussed", "wil volgend jaar naar Porto")
    assert row[2].startswith("2026-11-22T")


def test_next_time_and_drop(hands: Hands) -> None:
    page = hands.open_card()
    first, second = page.talk.rows[0].point.id, page.talk.rows[1].point.id
    page.talk.rows[0].next.click()
    hands.settle()
    page.talk.rows[0].drop.click()
    hands.settle()
    rows = dict(hands.ask(Notebook.rows, "SELECT id, state FROM talk_point WHERE id IN (?, ?)", (first, second)))
    assert rows == {first: "open", second: "dropped"}
    assert not next(point for point in hands.card().talk_points if point.id == first).due


def test_a_new_point_with_the_keyboard_alone(hands: Hands) -> None:
    page = hands.open_card()
    hands.press(KEY.Key_T, CONTROL)
    hands.write("tante Riet in ziekenhuis")
    hands.press(KEY.Key_Tab)
    hands.write("3-12")
    hands.press(KEY.Key_Return)
    made = next(point for point in hands.card().talk_points if point.text == "tante Riet in ziekenhuis")
    assert made.not_before == date(2026, 12, 3)
    assert page.talk.new.text() == ""
    page.talk.new.setFocus()
    hands.write("naar de Efteling")
    QTest.mouseClick(page.talk.keep, Qt.MouseButton.LeftButton)
    hands.settle()
    assert "naar de Efteling" in {point.text for point in hands.card().talk_points}
    assert page.talk.new.hasFocus() and page.talk.new.text() == ""


def test_a_fact_is_changed_where_it_stands(hands: Hands) -> None:
    hands.open_card()
    from kapperboek.ui.card.knowledge.card_fact_rows import Fact

    page = hands.open_card()
    coffee = next(fact for fact in page.knowledge.findChildren(Fact) if fact.key == "hobby")
    coffee.setFocus()
    hands.press(KEY.Key_Return)
    line = QApplication.focusWidget()
    line.selectAll()  # type: ignore[union-attr]
    hands.write("hardlopen, fado")
    hands.press(KEY.Key_Return)
    known = {fact.key: fact.tags for fact in hands.card().knowledge}
    assert known["hobby"] == ("hardlopen", "fado")


def test_something_not_to_bring_up_is_added_and_removed(hands: Hands) -> None:
    page = hands.open_card()
    page.knowledge.begin_adding("avoid")
    hands.write("haar werk")
    hands.press(KEY.Key_Return)
    line = next(line for line in hands.card().avoid if line.text == "haar werk")
    page.knowledge.remove_line(line.id)
    hands.settle()
    assert all(line.text != "haar werk" for line in hands.card().avoid)


@pytest.mark.parametrize("button, state", [("later", "later"), ("never", "refused")])
def test_the_question_can_be_put_off_or_never_asked_again(hands: Hands, button: str, state: str) -> None:
    asked = next(
        row.customer_id
        for row in hands.ask(customers.customer_rows, list(range(2, 60)))
        if hands.card(row.customer_id).question is not None
    )
    page = hands.open_card(asked)
    question = page.question.question
    assert question is not None and page.question.isVisible()
    getattr(page.question, button).click()
    hands.settle()
    known = {fact.key: fact.state for fact in hands.card(asked).knowledge}
    assert known[question.field_key] == state
    assert page.question.question is None or page.question.question.field_key != question.field_key


def test_the_question_is_answered(hands: Hands) -> None:
    asked = next(number for number in range(2, 60) if hands.card(number).question is not None)
    page = hands.open_card(asked)
    question = page.question.question
    assert question is not None
    page.question.answer.setFocus()
    hands.write("iets moois")
    hands.press(KEY.Key_Return)
    known = {fact.key: fact for fact in hands.card(asked).knowledge}
    assert "iets moois" in known[question.field_key].text or known[question.field_key].tags == ("iets moois",)


def test_history_filters(hands: Hands) -> None:
    page = hands.open_card()
    whole = page.history.model.rowCount()
    page.history.filter.button("talks").click()
    some = page.history.model.rowCount()
    assert 0 < some < whole
    kinds = {page.history.model.moment(page.history.model.index(row)).kind for row in range(some)}  # type: ignore[union-attr]
    assert "visit" not in kinds or some < whole


def test_history_removes_and_undoes_with_the_keyboard(hands: Hands) -> None:
    page = hands.open_card()
    before = hands.card().history
    hands.press(KEY.Key_G, CONTROL)
    hands.press(KEY.Key_Down)
    moment = page.history.model.moment(page.history.list.currentIndex())
    assert moment is not None
    hands.press(KEY.Key_Delete)
    assert moment.id not in {one.id for one in hands.card().history}
    hands.press(KEY.Key_Z, CONTROL)
    assert [one._replace(version=1) for one in hands.card().history] == [one._replace(version=1) for one in before]


def test_a_recipe_is_copied(hands: Hands) -> None:
    page = hands.open_card()
    hands.press(KEY.Key_G, CONTROL)
    hands.press(KEY.Key_C, CONTROL)
    moment = page.history.model.moment(page.history.list.currentIndex())
    assert moment is not None and QGuiApplication.clipboard().text() == (moment.recipe or moment.note)


def test_discreet_leaves_nothing_private_to_see_hear_or_copy(hands: Hands) -> None:
    page = hands.open_card()
    card = hands.card()
    before = said_to_screen_reader(page)
    private = private_words(card)
    assert any(word in before for word in private), "the test would prove nothing"
    hands.press(KEY.Key_F9)
    said = said_to_screen_reader(page) + words_on(page)
    assert [word for word in private if word in said] == []
    assert card.name in said and "#412" in said
    assert "Knippen" in said_to_screen_reader(page.history)
    assert "waarschuwing" in said.lower()


def private_words(card: Card) -> list[str]:
    texts = [line.text for line in (*card.warnings, *card.avoid, *card.wishes)]
    texts += [point.text for point in card.talk_points] + [fact.text for fact in card.knowledge]
    texts += [contact.value for contact in card.contacts] + [relation.name for relation in card.relations]
    texts += [moment.note for moment in card.history] + list(card.addresses) + [card.organisation, card.birthday_text]
    texts += [f"{cents // 100},{cents % 100:02d}" for m in card.history if (cents := m.amount_cents)]
    return [text for text in texts if text]


def test_whatever_a_card_learns_to_hold_is_hidden_until_somebody_decides(hands: Hands) -> None:
    card = hands.card()
    hidden = card_discreet.redacted(card)
    kept = {
        key
        for key in Card._fields
        if getattr(hidden, key) == getattr(card, key) != card_discreet.blank(getattr(card, key))
    }
    assert kept <= card_discreet.STAYS | {"appointments"}
    assert hidden.question is None


def test_changes_of_others_keep_what_is_being_typed(hands: Hands) -> None:
    page = hands.open_card()
    hands.press(KEY.Key_T, CONTROL)
    hands.write("half een zin")
    hands.program.context.save(talk.add_point, MARIEKE, "van een ander")
    hands.settle()
    assert "van een ander" in words_on(page.talk)
    assert page.talk.new.text() == "half een zin"
    assert page.talk.new.hasFocus()


def test_everything_stays_reachable_in_a_small_window(hands: Hands) -> None:
    page = hands.open_card()
    hands.program.window.resize(1024, 700)
    hands.settle()
    assert page.header.visit.isVisible()
    right = page.mapTo(hands.program.window, page.rect().topRight()).x()
    assert right <= 1024
    hands.program.window.resize(780, 600)
    hands.settle()
    hands.qtbot.waitUntil(lambda: page.history.y() > page.knowledge.y())
    assert page.history.parentWidget() is page.area.widget()
    assert page.area.widget().width() <= page.area.viewport().width()

    def history_is_reached() -> None:  # a column that was just made long takes its height in a moment
        hands.press(KEY.Key_G, CONTROL)
        assert not page.history.list.visibleRegion().isEmpty()

    hands.qtbot.waitUntil(history_is_reached)


def test_names_from_outside_are_only_text(hands: Hands) -> None:
    record = CustomerRecord(given_name="<b>Bobby</b> <img src=x>", family_name="أحمد 👩‍🦰" + "x" * 300)
    record.avoid = ["<a href='x'>klik</a>"]
    saved = hands.ask(customers.new_customer, record)
    page = hands.open_card(saved.customer_id)
    assert page.header.name.text().startswith("<b>Bobby</b>")
    assert all(label.textFormat() == Qt.TextFormat.PlainText for label in page.findChildren(QLabel))
    assert page.header.width() <= page.width()


def test_a_long_note_is_shortened_and_emoji_stay_whole(qtbot: QtBot) -> None:
    font = theme.font(13.5)
    lines = wrapped("👩‍🦰 haar " * 400_000, font, 300, MOST_LINES)
    assert len(lines) == MOST_LINES and lines[-1].endswith("…")
    assert "".join(wrapped("één 👍🏽 twee", font, 1000, MOST_LINES)) == "één 👍🏽 twee"


def test_five_hundred_visits_are_painted_like_twenty(hands: Hands) -> None:
    """The cost of showing a card doesn't grow with its history, counted in calls of Python."""
    few, many = (hands.ask(with_visits, count) for count in (20, 500))
    spent = {}
    for customer_id in (few, many, few, many):
        card = hands.card(customer_id)
        page = hands.open_card(MARIEKE)
        page.customer_id = customer_id
        calls = itertools.count()
        sys.setprofile(lambda _frame, event, _what, calls=calls: next(calls) if event == "call" else None)
        page._got(card)
        page.repaint()
        sys.setprofile(None)
        spent[customer_id] = next(calls)
    assert spent[many] < 2 * spent[few]  # of twenty-five times the visits


def with_visits(book: Notebook, count: int) -> int:
    record = CustomerRecord(given_name=f"Vaak {count}")
    for number in range(count):
        at = f"{2026 - number // 120:04d}-{1 + number // 10 % 12:02d}-{1 + number % 10:02d}T10:00"
        note = "Een notitie die lang genoeg is om over meer dan één regel te lopen, zoals dat gaat. " * 2
        record.interactions.append(
            InteractionRecord("visit", at, treatments=["Knippen"], recipe="Koleston 7/1 40 g", note=note)
        )
    with unit_of_work(book, "test") as uow:
        writer = RecordWriter(uow)
        customer_id = writer.add(record)
        writer.flush()
    return customer_id


def test_the_keyboard_gets_to_the_oldest_visit(hands: Hands) -> None:
    page = hands.open_card(hands.ask(with_visits, 500))
    hands.press(KEY.Key_G, CONTROL)
    hands.press(KEY.Key_PageDown, times=12)
    assert page.history.list.currentIndex().row() > page.history.model.first
    hands.press(KEY.Key_End)
    assert page.history.list.currentIndex().row() == 499


def test_the_rhythm_is_also_words(hands: Hands) -> None:
    page = hands.open_card()
    card, today = hands.card(), date(2026, 11, 22)
    assert page.history.rhythm.accessibleName() == card_rhythm.summary(card, today)
    assert "41 bezoeken · elke 6 weken" in card_rhythm.summary(card, today)


def test_a_card_that_is_gone_says_so(hands: Hands) -> None:
    made: list[Saved] = []
    hands.program.context.save(customers.new_customer, CustomerRecord(given_name="Even"), done=made.append)
    hands.settle()
    page = hands.open_card(made[0].customer_id)
    hands.press(KEY.Key_Z, CONTROL)
    assert page.gone.isVisible()


def test_a_visit_by_somebody_else_appears_by_itself(hands: Hands) -> None:
    page = hands.open_card()
    visit = VisitInput(MARIEKE, "2026-11-22T08:00", treatments=("Föhnen",))
    hands.program.context.save(moments.record_visit, visit)
    hands.settle()
    assert "Föhnen" in str(page.history.model.index(0).data())


def test_a_follow_up_on_the_card_has_its_keys_and_a_menu(hands: Hands) -> None:
    hands.ask(follow_ups.add, MARIEKE, "bellen over de kleur", hands.program.context.day)
    page = hands.open_card()
    row = next(row for row in page.findChildren(FollowUpRow) if row.follow.what == "bellen over de kleur")
    row.setFocus(Qt.FocusReason.TabFocusReason)
    keys = [entry.text().split("\t")[1] for entry in row.menu().actions()]
    assert keys == ["Alt+K", "Alt+B", "Alt+M", "Alt+W"]
    hands.press(Qt.Key.Key_K, ALT)
    assert "bellen over de kleur" not in [one.what for one in hands.card().follow_ups]


def test_a_thousand_talk_points_are_looked_through_some_at_a_time(hands: Hands) -> None:
    """Rows with buttons for all of them took a minute to open; and so did the visit."""

    def thousand(book: Notebook) -> None:
        with unit_of_work(book, "veel") as uow:
            first = uow.next_id("talk_point", 1000)
            rows = [(first + n, MARIEKE, f"punt {n}", "2026-11-01") for n in range(1000)]
            uow.bulk_insert("talk_point", ("id", "customer_id", "text", "made_on"), rows)

    hands.ask(thousand)
    page = hands.open_card()
    section = page.talk
    due = len([point for point in hands.card().talk_points if point.due])
    assert due >= 1000 and len(section.rows) == AT_ONCE
    assert f"En nog {due - AT_ONCE}" in words_on(section)
    typed = section.rows[-1].point
    section.rows[-1].discussed.click()
    hands.write("half")
    section.many.more.click()
    shown = [row.point.id for row in section.rows]
    assert shown[0] == typed.id and section.rows[0].answer() == "half" and len(set(shown)) == AT_ONCE + 1
    section.many.search.setFocus()
    hands.write("PUNT 777")
    assert [row.point.text for row in section.rows[1:]] == ["punt 777"] and section.many.more.isHidden()
    assert section.many.search.hasFocus()
    section.rows[1].drop.click()
    hands.settle()
    assert [row.point.id for row in section.rows] == [typed.id] and section.many.search.text() == "PUNT 777"
    hands.press(KEY.Key_Escape)
    hands.program.context.open_dialog("visit", customer_id=MARIEKE)
    hands.settle()
    (decisions,) = [one for sheet in open_sheets() for one in sheet.findChildren(TalkDecisions)]
    assert len(decisions.rows) == AT_ONCE and f"En nog {due - 1 - AT_ONCE}, op de kaart" in words_on(decisions)
