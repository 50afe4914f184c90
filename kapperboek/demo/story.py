"""The people of the design's own Tuesday: always there, in the smallest salon too, and always as on that day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from kapperboek.domain.records import (
    Address,
    ConsentRecord,
    CustomerRecord,
    DateRecord,
    Email,
    FollowUpRecord,
    InteractionRecord,
    Phone,
    RelationRecord,
    TalkPointRecord,
    WarningRecord,
)

COLOUR = ["Knippen", "Kleuren"]


def people(today: date) -> list[CustomerRecord]:
    """The story's people as they stand on the morning of ``today``; the most important first."""
    found = [make(today) for make in _WHO]
    for place, record in enumerate(found):
        record.uid = record.uid or f"00000000-0000-4000-8000-{place + 1:012d}"
    return found


def _day(today: date, away: int) -> str:
    return (today + timedelta(days=away)).isoformat()


def _birthday(today: date, away: int, turning: int) -> str:
    """The birthday of who turns so old so many days from now (29 February becomes the 28th)."""
    day = today + timedelta(days=away)
    return f"{day.year - turning}-{day.month:02d}-{min(day.day, 28) if day.month == 2 else day.day:02d}"


def _visits(
    today: date,
    last: int,
    every: int,
    count: int,
    treatments: list[str],
    staff: str,
    amount: str,
    *,
    minutes: int = 30,
    recipe: str = "",
    hour: str = "10:00",
) -> list[InteractionRecord]:
    """A history in an even rhythm: the last visit ``last`` days ago, ``count`` in all, the oldest first."""
    return [
        InteractionRecord(
            "visit", f"{_day(today, -last - every * n)}T{hour}", staff, minutes, amount, list(treatments), recipe
        )
        for n in reversed(range(count))
    ]


def _appointment(today: date, hour: str, minutes: int, treatments: list[str], staff: str) -> InteractionRecord:
    return InteractionRecord("appointment", f"{today.isoformat()}T{hour}", staff, minutes, None, treatments)


def _mariekes_history(today: date) -> list[InteractionRecord]:
    recipe = "Koleston 7/1 40 g + 7/03 20 g · 6% 1:1 · 35 min"
    history = _visits(
        today, 127 + 42, 42, 38, COLOUR, "Sanne", "89.50", minutes=85, recipe="Koleston 7/1 60 g · 6% 1:1 · 35 min"
    )
    history += [
        InteractionRecord(
            "visit",
            f"{_day(today, -127)}T10:00",
            "Sanne",
            40,
            "34.50",
            ["Knippen"],
            note="Pony korter dan anders, beviel.",
        ),
        InteractionRecord(
            "visit", f"{_day(today, -84)}T10:00", "Noor", 90, "94.00", COLOUR[:], "Koleston 7/1 60 g · 6% 1:1 · 35 min"
        ),
        InteractionRecord(
            "call", f"{_day(today, -80)}T16:10", "Noor", note="Kleur houdt goed. Nieuwe afspraak gemaakt."
        ),
        InteractionRecord(
            "visit",
            f"{_day(today, -42)}T10:00",
            "Sanne",
            85,
            "96.50",
            COLOUR[:],
            recipe,
            note="Blij met de warme tint. Vertelde over reis naar Lissabon.",
        ),
        _appointment(today, "09:30", 90, COLOUR[:], "Sanne"),
    ]
    return history


def _marieke(today: date) -> CustomerRecord:
    return CustomerRecord(
        number="412",
        given_name="Marieke",
        family_name="Jansen",
        organisation="Isala",
        department="inkoop",
        customer_since=f"{today.year - 7}-03-02",
        preferred_channel="whatsapp",
        regular_staff="Sanne",
        phones=[Phone("06 12 34 56 78", "mobile")],
        emails=[Email("marieke@voorbeeld.nl")],
        addresses=[Address("Dorpsstraat", "12", "8011 AB", "Zwolle", "NL")],
        birthday=_birthday(today, 1, 41),
        dates=[DateRecord("wedding", "2009-06-14")],
        relations=[
            RelationRecord("daughter", "Fleur", _birthday(today, 4, 16)),
            RelationRecord("son", "Daan", _birthday(today, 120, 13)),
            RelationRecord("husband", "Erik"),
        ],
        profile={
            "hobby": ["hardlopen", "moestuin", "Portugal"],
            "job": "inkoper bij Isala",
            "coffee": "cappuccino",
            "family": "man Erik, Fleur en Daan",
            "labels": ["kleur"],
        },
        warnings=[WarningRecord("Geen ammoniak"), WarningRecord("Gevoelige hoofdhuid", True)],
        avoid=["de scheiding van haar broer"],
        wishes=["kleur iets warmer proberen"],
        interactions=_mariekes_history(today),
        talk_points=[
            TalkPointRecord("Hoe was Lissabon, met zus Ineke?", _day(today, -42), "Sanne"),
            TalkPointRecord("Fleur: mavo-examen gelukt?", _day(today, -42), "Sanne"),
            TalkPointRecord("Heupoperatie van haar moeder: hoe ging het?", _day(today, -42), "Sanne", _day(today, 11)),
        ],
        consents=[ConsentRecord("birthday", "post", "given", f"{today.year - 1}-01-05", "aan de balie")],
    )


def _piet(today: date) -> CustomerRecord:
    complaint = "Kleur na twee keer wassen al dof."
    history = _visits(
        today, 9, 35, 12, ["Knippen heren"], "Noor", "27.50", recipe="Color Touch 6/7 30 g · 4% 1:2 · 20 min"
    )
    history.append(InteractionRecord("complaint", f"{_day(today, -4)}T15:20", "Noor", note=complaint))
    return CustomerRecord(
        given_name="Piet",
        family_name="Janssen",
        phones=[Phone("06 98 76 54 32", "mobile")],
        addresses=[Address("Veerallee", "41", "8019 AJ", "Zwolle", "NL")],
        regular_staff="Noor",
        birthday="1958-05-19",
        interactions=history,
        talk_points=[TalkPointRecord("Zijn volkstuin: al omgespit?", _day(today, -9), "Noor")],
        follow_ups=[
            FollowUpRecord(
                f"Klacht beantwoorden: {complaint}", _day(today, 1), "Noor", kind="promise", made_on=_day(today, -4)
            )
        ],
    )


def _hans(today: date) -> CustomerRecord:
    return CustomerRecord(
        given_name="Hans",
        family_name="Koster",
        birthday=_birthday(today, 0, 60),
        phones=[Phone("06-20406080", "mobile")],
        regular_staff="Sanne",
        addresses=[Address("Molenweg", "3", "8012 CD", "Zwolle", "NL")],
        interactions=_visits(today, 20, 28, 15, ["Knippen heren"], "Sanne", "27.50"),
        talk_points=[TalkPointRecord("Groot feest voor zijn zestigste?", _day(today, -20), "Sanne")],
    )


def _els(today: date) -> CustomerRecord:
    return CustomerRecord(
        number="388",
        given_name="Els",
        family_name="Visser",
        customer_since=f"{today.year - 9}-09-12",
        phones=[Phone("06 24 68 10 12", "mobile")],
        regular_staff="Sanne",
        birthday="1967-02-08",
        warnings=[WarningRecord("Bellen pas na 17:00")],
        profile={"labels": ["kleur", "buurt"]},
        interactions=_visits(
            today, 77, 35, 20, COLOUR, "Sanne", "88.00", minutes=80, recipe="Illumina 8/69 50 g · 4% 1:1"
        ),
        talk_points=[
            TalkPointRecord("Is de nieuwe keuken klaar?", _day(today, -77), "Sanne"),
            TalkPointRecord("Kleindochter Saar: eerste kapsel?", _day(today, -77), "Sanne"),
        ],
    )


def _geert(today: date) -> CustomerRecord:
    return CustomerRecord(
        given_name="Geert",
        prefix="in 't",
        family_name="Veld",
        phones=[Phone("038-1234567", "home")],
        regular_staff="Noor",
        addresses=[Address("Kerkstraat", "88", "8261 CA", "Kampen", "NL")],
        interactions=_visits(
            today, 30, 42, 9, ["Knippen heren", "Kleuren"], "Noor", "71.00", recipe="Koleston 6/0 40 g · 6% 1:1"
        ),
    )


def _ahmed(today: date) -> CustomerRecord:
    history = _visits(today, 21, 21, 25, ["Knippen heren", "Baard"], "Yara", "44.00")
    return CustomerRecord(
        given_name="Ahmed",
        prefix="el",
        family_name="Bouzidi",
        phones=[Phone("06 31 41 59 26", "mobile")],
        regular_staff="Yara",
        profile={"job": "treinverkeersleider bij ProRail", "labels": ["baard"]},
        birthday="1991-07-30",
        interactions=[*history, _appointment(today, "11:00", 30, ["Knippen heren", "Baard"], "Yara")],
        talk_points=[
            TalkPointRecord("Nieuwe baan bij ProRail: eerste weken gehad?", _day(today, -21), "Yara"),
            TalkPointRecord("Wie won het zaalvoetbaltoernooi?", _day(today, -21), "Yara"),
        ],
    )


def _thea(today: date) -> CustomerRecord:
    history = _visits(today, 42, 42, 30, ["Watergolf"], "Sanne", "31.50", minutes=45)
    return CustomerRecord(
        given_name="Thea",
        prefix="van der",
        family_name="Veen",
        phones=[Phone("0612340001", "mobile")],
        regular_staff="Sanne",
        warnings=[WarningRecord("Geen haarverf met PPD"), WarningRecord("PPD-allergie", True)],
        birthday="1949-01-17",
        profile={"labels": ["65+"]},
        interactions=[*history, _appointment(today, "11:45", 45, ["Watergolf"], "Sanne")],
        talk_points=[
            TalkPointRecord("Heupoperatie: hoe loopt het nu?", _day(today, -42), "Sanne", _day(today, -19)),
            TalkPointRecord("Bezoek van haar zus uit Canada", _day(today, -42), "Sanne"),
        ],
    )


def _lotte(today: date) -> CustomerRecord:
    history = _visits(
        today, 70, 63, 9, ["Balayage"], "Noor", "125.00", minutes=120, recipe="Blondor 1:2 9% · 9/16 toner 20 min"
    )
    return CustomerRecord(
        given_name="Lotte", family_name="Oosterhuis", phones=[Phone("06 27 18 28 18", "mobile")], regular_staff="Noor",
        emails=[Email("lotte.oosterhuis@voorbeeld.nl")], birthday="1996-04-03",
        interactions=[*history, _appointment(today, "13:30", 120, ["Balayage"], "Noor")],
        talk_points=[
            TalkPointRecord("Verbouwing van het grachtenpand", _day(today, -70), "Noor"),
            TalkPointRecord("Al een hond uitgezocht?", _day(today, -70), "Noor"),
        ],
    )  # fmt: skip


def _wim(today: date) -> CustomerRecord:
    history = _visits(today, 42, 49, 22, ["Knippen heren"], "Yara", "27.50")
    return CustomerRecord(
        given_name="Wim",
        prefix="de",
        family_name="Groot",
        phones=[Phone("038 465 02 11", "home")],
        regular_staff="Yara",
        birthday="1951-10-02",
        profile={"labels": ["65+"]},
        interactions=[*history, _appointment(today, "15:15", 25, ["Knippen heren"], "Yara")],
        talk_points=[
            TalkPointRecord("Rondje IJsselmeer op de fiets gelukt?", _day(today, -42), "Yara"),
            TalkPointRecord("Hoe is het met zijn vrouw Ria?", _day(today, -42), "Yara"),
        ],
    )


def _joke(today: date) -> CustomerRecord:
    return CustomerRecord(
        given_name="Joke",
        prefix="de",
        family_name="Vries",
        phones=[Phone("06 44 55 66 77", "mobile")],
        regular_staff="Sanne",
        interactions=_visits(
            today, 12, 40, 14, COLOUR, "Sanne", "92.00", minutes=85, recipe="Inoa 6/34 50 g · 6% 1:1 · 35 min"
        ),
        follow_ups=[
            FollowUpRecord("Nabellen: was de kleur niet te donker?", _day(today, -2), "Sanne", made_on=_day(today, -12))
        ],
    )


def _willem(today: date) -> CustomerRecord:
    return CustomerRecord(
        given_name="Willem", family_name="Bakker", phones=[Phone("0529 43 11 22", "home")], regular_staff="Noor",
        addresses=[Address("Esweg", "7", "7721 XL", "Dalfsen", "NL")],
        interactions=_visits(today, 33, 45, 10, ["Knippen heren"], "Noor", "27.50"),
        follow_ups=[FollowUpRecord("Kaartje sturen: beterschap", today.isoformat(), "Noor", made_on=_day(today, -5))],
    )  # fmt: skip


def _rob(today: date) -> CustomerRecord:
    return CustomerRecord(
        given_name="Rob",
        family_name="Smit",
        phones=[Phone("06-51525354", "mobile")],
        regular_staff="Yara",
        interactions=_visits(today, 63, 28, 18, ["Knippen heren", "Baard"], "Yara", "44.00"),
        profile={"labels": ["baard"]},
    )


def _karin(today: date) -> CustomerRecord:
    return CustomerRecord(
        given_name="Karin",
        family_name="Dijkstra",
        phones=[Phone("06 33 22 11 00", "mobile")],
        regular_staff="Noor",
        interactions=_visits(today, 105, 56, 12, ["Wassen en knippen"], "Noor", "39.50"),
        profile={"labels": ["krullen"]},
    )


def _mejanssen(_today: date) -> CustomerRecord:
    return CustomerRecord(
        initials="M.", given_name="M.", family_name="Janssen", organisation="Isala", department="inkoop"
    )


def _cor(today: date) -> CustomerRecord:
    return CustomerRecord(
        given_name="Cor", family_name="Meijer", deceased=True, birthday=_birthday(today, 2, 88), no_advertising=True,
        interactions=_visits(today, 400, 35, 10, ["Knippen heren"], "Sanne", "24.50"),
    )  # fmt: skip


def _long(today: date) -> CustomerRecord:
    return CustomerRecord(
        given_name="Maria", additional_names="Wilhelmina Cornelia", prefix="van den", family_name="Heuvel-Oude Lansink",
        nickname="Mia", phones=[Phone("06 60 70 80 90", "mobile")], regular_staff="Sanne",
        interactions=_visits(today, 25, 49, 8, ["Permanent"], "Sanne", "84.50", minutes=110),
    )  # fmt: skip


def _firm(today: date) -> CustomerRecord:
    return CustomerRecord(
        organisation="Bruidsmode Van Wit",
        phones=[Phone("038 422 33 44", "work")],
        emails=[Email("info@bruidsmode.example")],
        addresses=[Address("Marktstraat", "20", "8011 LK", "Zwolle", "NL")],
        interactions=[
            InteractionRecord(
                "call", f"{_day(today, -15)}T11:30", "Sanne", note="Stuurt bruiden door voor proefkapsel."
            )
        ],
    )


_WHO: tuple[Callable[[date], CustomerRecord], ...] = (
    _marieke,
    _piet,
    _hans,
    _els,
    _geert,
    _ahmed,
    _thea,
    _lotte,
    _wim,
    _joke,
    _willem,
    _rob,
    _karin,
    _mejanssen,
    _cor,
    _long,
    _firm,
)
