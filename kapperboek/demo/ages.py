"""Ages, and what suits them: a boy of twelve drinks no cappuccino, and brings no grandchildren along."""

from __future__ import annotations

from collections.abc import Sequence

from kapperboek.demo import demo_words
from kapperboek.domain.records import CustomerRecord

EVER = 200

_FROM = {
    16: "koffie zwart|cappuccino|koffie met melk|baard|permanent|thuisbezoek|Geen haarverf met PPD|Geen ammoniak|"
        "Altijd eerst een huidtest|haar werk|de scheiding|politiek|gewicht|Had weinig tijd, parkeermeter.|"
        "Tevreden over de warme tint.|Volgende keer iets lichter proberen.|Wil weten wat een permanent kost.|"
        "Had zelf geknipt, rechtgetrokken.|Vraagt of het met spoed kan.|Bellen pas na 17:00|motorrijden|"
        "Nieuwe buren: bevalt het?|Marathon uitgelopen?",
    18: "kleur|Begint bij een nieuwe werkgever.|Belde af, kind ziek.|Al gewend op het nieuwe werk?|"
        "Is het huis verkocht?|Is de nieuwe keuken klaar?|Vertelde over de verbouwing van de keuken.|de verhuizing|"
        "Appje: Belde af, kind ziek.|de operatie",
    40: "Twijfelt over grijs laten worden.|Hoe was de diploma-uitreiking?|klaverjassen|bridge",
    55: "Nam de kleinkinderen mee.|Kleindochter Saar: eerste kapsel?|Betaalt achteraf via dochter|"
        "Knie-operatie: loopt het weer?|gepensioneerd",
    65: "65+",
}  # fmt: skip
_SPANS = {
    "student": (17, 30), "bruid": (20, 55), "Rijexamen gehaald?": (17, 25), "Is de baby er al?": (22, 75),
    "Al een datum voor de bruiloft?": (22, 55), "Hoe was de musical op school?": (4, 12),
    "Kan niet lang zitten": (60, EVER), "Bruiloft van de zus in het voorjaar.": (8, 55),
}  # fmt: skip
_SPANS |= {text: (first, EVER) for first, texts in _FROM.items() for text in texts.split("|")}


def fits(text: str, age: int) -> bool:
    """Tell whether a text can be said of somebody so old."""
    first, last = _SPANS.get(text, (0, EVER))
    return first <= age <= last


def suit(record: CustomerRecord, age: int) -> None:
    """Put what suits somebody so old in place of what does not; the rest, and every throw of the dice, stays."""
    profile = record.profile
    if "labels" in profile and not fits(str(profile["labels"][0]), age):  # type: ignore[index]
        del profile["labels"]
    asked: tuple[tuple[str, Sequence[str]], ...] = (("coffee", demo_words.COFFEE), ("job", demo_words.JOBS))
    for key, choices in asked:
        if key in profile:
            profile[key] = _instead(str(profile[key]), choices, age)
    if "hobby" in profile:
        profile["hobby"] = [one for one in profile["hobby"] if fits(str(one), age)] or ["lezen"]  # type: ignore[attr-defined]
    record.warnings = [one for one in record.warnings if fits(one.text, age)]
    record.avoid = [one for one in record.avoid if fits(one, age)]
    for item in record.interactions:
        notes = demo_words.CALL_NOTES if item.kind in ("call", "message") else demo_words.VISIT_NOTES
        item.note = _instead(item.note, notes, age)
    for point in record.talk_points:
        point.text = _instead(point.text, demo_words.TALK, age)


def _instead(text: str, choices: Sequence[str], age: int) -> str:
    """The text, or the next of its kind that suits."""
    if fits(text, age):
        return text
    first = choices.index(text) if text in choices else 0
    around = (*choices[first:], *choices[:first])
    return next((one for one in around if fits(one, age) and "{" not in one), "")
