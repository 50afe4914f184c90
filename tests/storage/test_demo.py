"""The demo salon: the same from the same seed, believable, with the story's people in it."""

from __future__ import annotations

from datetime import date

from kapperboek import demo
from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.records.record_reader import read_customers

DAY = date(2026, 11, 22)


def test_same_seed_same_people() -> None:
    assert list(demo.records(400, 1, DAY)) == list(demo.records(400, 1, DAY))
    assert list(demo.records(60, 1, DAY)) == list(demo.records(400, 1, DAY))[:60]
    assert list(demo.records(60, 2, DAY)) != list(demo.records(60, 1, DAY))


def test_about_ten_moments_each() -> None:
    everybody = list(demo.records(2000, 1, DAY))
    moments = sum(len(record.interactions) for record in everybody)
    assert 8 <= moments / len(everybody) <= 12
    assert len({record.number for record in everybody}) == len({record.uid for record in everybody}) == 2000


def test_a_believable_mixture() -> None:
    everybody = list(demo.records(1000, 1, DAY))
    assert any(record.organisation and not record.family_name for record in everybody)
    assert any(record.deceased for record in everybody)
    assert any(not record.interactions for record in everybody)
    households: dict[str, int] = {}
    for record in everybody:
        households[record.household] = households.get(record.household, 0) + bool(record.household)
    assert max(households.values()) >= 3
    names = [(record.given_name, record.family_name) for record in everybody]
    assert len(set(names)) < len(names), "two people of one name"
    for record in everybody:
        coming = [item for item in record.interactions if item.at[:10] > DAY.isoformat()]
        assert {item.kind for item in coming} <= {"appointment"}
        assert not (record.deceased and coming)


def test_written_as_made(bare: Notebook) -> None:
    assert demo.fill(bare, customers=40, seed=3)[0] == 40
    written = [record for _id, record in read_customers(bare)]
    made = list(demo.records(40, 3, DAY))
    for record in made:
        record.interactions.sort(key=lambda item: item.at)
    assert written == made


def test_few_customers_are_enough(bare: Notebook) -> None:
    assert demo.fill(bare, customers=1) == (1, 42 + 1)


def test_what_is_told_of_somebody_suits_their_age() -> None:
    from kapperboek.demo.ages import fits

    for record in demo.records(600, 1, date(2026, 11, 22)):
        if not record.birthday or record.birthday.startswith("-"):
            continue
        age = 2026 - int(record.birthday[:4])
        told = [item.note for item in record.interactions] + [point.text for point in record.talk_points]
        told += [str(record.profile.get(key, "")) for key in ("coffee", "job")]
        told += [str(label) for label in record.profile.get("labels", [])]  # type: ignore[attr-defined]
        assert all(fits(text, age) for text in told), (record.given_name, age, told)
    assert not fits("cappuccino", 12) and not fits("Nam de kleinkinderen mee.", 12) and not fits("permanent", 12)


def test_the_owner_is_called_as_who_looks_around() -> None:
    assert demo.head("Joke").staff[0].name == "Joke" and demo.head("Joke").staff[0].initials
    assert [one.name for one in demo.head("Noor").staff] == ["Sanne", "Noor", "Yara"], "a colleague is called so"
