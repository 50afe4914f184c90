"""Talk points, promises and what we want to know of people."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kapperboek.domain import records
from kapperboek.domain.care import talk_points
from kapperboek.domain.errors import UserError
from kapperboek.domain.people import profile

TODAY = date(2026, 11, 22)
KINDS = {"text", "choice", "tags", "number", "date"}


def test_the_life_of_a_talk_point() -> None:
    assert talk_points.is_due("open", None, TODAY)
    assert talk_points.is_due("open", TODAY, TODAY)
    assert not talk_points.is_due("open", date(2026, 12, 3), TODAY)
    assert not talk_points.is_due("discussed", None, TODAY)
    assert talk_points.discuss("open", " wil naar Porto ") == ("discussed", "wil naar Porto")
    assert talk_points.drop("open") == ("dropped", "")
    assert talk_points.next_time("open", TODAY) == date(2026, 11, 23)
    assert talk_points.next_time("open", TODAY, date(2026, 12, 3)) == date(2026, 12, 3)


@pytest.mark.parametrize("state", ["discussed", "dropped"])
def test_what_is_closed_stays_closed(state: str) -> None:
    for act in (
        lambda: talk_points.discuss(state, ""),
        lambda: talk_points.drop(state),
        lambda: talk_points.next_time(state, TODAY),
        lambda: talk_points.wording("  "),
        lambda: talk_points.snooze_until("done", date(2027, 1, 1), TODAY),
        lambda: talk_points.snooze_until("open", TODAY, TODAY),
    ):
        with pytest.raises(UserError):
            act()


def test_promises() -> None:
    assert talk_points.promise_due(date(2026, 11, 18)) == date(2026, 11, 23)
    assert talk_points.promise_due(date(2026, 12, 30)) == date(2027, 1, 4)
    assert talk_points.makes_promise("complaint")
    assert talk_points.makes_promise("question")
    assert not talk_points.makes_promise("visit")
    assert talk_points.promise_text("complaint", "\nKleur te donker\nbelt morgen") == (
        "Klacht beantwoorden: Kleur te donker"
    )
    assert len(talk_points.promise_text("question", "x" * 1_000_000)) < 150
    assert talk_points.promise_text("question", " ") == "Vraag beantwoorden"


def test_the_starting_fields_have_known_kinds_and_one_key_each() -> None:
    fields = profile.starting_fields()
    assert {field.kind for field in fields} <= KINDS
    assert len({field.key for field in fields}) == len(fields)
    assert "Werk" in [field.label for field in fields]


@pytest.mark.parametrize(
    ("kind", "typed", "value", "shown"),
    [
        ("text", " verpleegkundige ", "verpleegkundige", "verpleegkundige"),
        ("tags", "hardlopen, moestuin;Hardlopen ,", ["hardlopen", "moestuin"], "hardlopen, moestuin"),
        ("number", "1.234,50", 1234.5, "1234,5"),
        ("number", "42", 42, "42"),
        ("number", "1.500", 1500, "1500"),
        ("number", "-0,125", -0.125, "-0,125"),
        ("number", "2,5", 2.5, "2,5"),
        ("date", "3 mei", "--05-03", "3 mei"),
        ("date", "3-5-1978", "1978-05-03", "3 mei 1978"),
        ("choice", "CAPPUCCINO", "cappuccino", "cappuccino"),
        ("text", "  ", None, ""),
    ],
)
def test_values(kind: str, typed: str, value: object, shown: str) -> None:
    parsed = profile.parse_value(kind, typed, ["koffie", "cappuccino"])
    assert parsed == value
    assert profile.show_value(kind, parsed) == shown


@pytest.mark.parametrize(
    ("kind", "typed"),
    [("number", "veel"), ("number", "1-2"), ("number", ","), ("date", "31-2-1990"), ("choice", "bier")],
)
def test_values_that_do_not_fit_are_explained(kind: str, typed: str) -> None:
    with pytest.raises(UserError) as error:
        profile.parse_value(kind, typed, ["koffie", "thee"])
    assert error.value.message


@example("tags", ";")
@given(st.sampled_from(sorted(KINDS)), st.text(max_size=30))
def test_what_is_kept_can_be_typed_again(kind: str, typed: str) -> None:
    try:
        value = profile.parse_value(kind, typed)
    except UserError:
        return
    assert profile.parse_value(kind, profile.show_value(kind, value)) == value


@given(
    st.sampled_from(sorted(KINDS)),
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.lists(st.text()),
)
def test_whatever_an_old_notebook_holds_is_shown(kind: str, value: object) -> None:
    assert isinstance(profile.show_value(kind, value), str)


def test_one_question_a_visit_the_most_useful_first() -> None:
    fields = profile.starting_fields()
    assert profile.next_question((), (), {}, TODAY, fields) == "family"
    assert profile.next_question({"family"}, (), {}, TODAY, fields) == "job"
    assert profile.next_question({"family"}, {"job"}, {}, TODAY, fields) == "hobby"
    assert profile.next_question((), (), {"hobby": TODAY}, TODAY, fields) is None
    assert profile.next_question((), (), {"family": date(2026, 11, 15)}, TODAY, fields) == "job"
    assert profile.next_question((), (), {"family": date(2026, 10, 1)}, TODAY, fields) == "family"
    everything = {field.key for field in fields}
    assert profile.next_question((), everything, {}, TODAY, fields) is None
    fields[0].active = False
    assert profile.next_question((), (), {}, TODAY, fields) == "job"
    assert profile.question_text("job", "Werk", "Marieke") == "Wat voor werk doet Marieke?"
    assert profile.question_text("pet", "Huisdier {x}", "Marieke") == "Huisdier {x} van Marieke?"


def test_not_everybody_is_asked_the_same() -> None:
    fields = profile.starting_fields()
    asked = {profile.next_question((), (), {}, TODAY, fields, turn) for turn in range(20)}
    assert asked == {"family", "job", "hobby"}
    assert profile.next_question({"family", "job", "hobby"}, (), {}, TODAY, fields, 7) == "holiday"


def test_what_the_card_tells_elsewhere_is_not_asked_and_a_firm_has_no_hobby() -> None:
    told = profile.told_elsewhere
    assert told(firm=False, has_family=True, has_firm=False, age=40) == {"family"}
    assert told(firm=False, has_family=False, has_firm=True, age=40) == {"job"}
    assert told(firm=False, has_family=False, has_firm=False, age=12) == {"job"}
    fields = [*profile.starting_fields(), records.ProfileFieldRecord("invoice", "Factuur naar", "text")]
    firm = told(firm=True, has_family=False, has_firm=True, age=None)
    assert profile.next_question(firm, (), {}, TODAY, fields) == "invoice"
