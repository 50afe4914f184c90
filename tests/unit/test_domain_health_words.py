"""Health told from what is only a warning."""

from __future__ import annotations

import pytest

from kapperboek.domain.law.health_words import is_about_health


@pytest.mark.parametrize("text", [
    "Allergisch voor PPD", "allergie", "Latexallergie!", "PPD-allergie", "LET OP: ALLERGIE PPD", "PPD-overgevoelig",
    "overgevoelig voor waterstofperoxide", "Overgevoeligheid voor PPD", "allergene reactie op verf",
    "zwanger, 7 maanden", "is zwanger", "hoogzwanger", "in verwachting van haar tweede", "slikt medicijnen",
    "gebruikt medicatie", "bloedverdunners", "bloedverdunner: voorzichtig scheren", "epilepsie, geen flitslicht",
    "epileptisch", "diabetes", "diabetespatiënt", "suikerziekte", "suiker\N{SOFT HYPHEN}ziekte", "hiv", "HIV+",
    "kanker", "borstkanker gehad", "krijgt chemo", "chemokuur in mei", "chemotherapie", "psoriasis", "eczeem op hoofd",
    "pacemaker", "astma", "astmatisch", "hartpatiënt", "migraine", "hoge bloeddruk", "alopecia", "hooikoorts",
    "niet zwanger maar wel allergisch voor verf", "geen ammoniak: allergisch", "Geen PPD, allergisch!",
    "allergic to PPD", "nut allergy", "pregnant", "pregnancy", "on medication", "takes medicine", "blood thinners",
    "epilepsy", "diabetic", "cancer", "chemotherapy", "eczema", "asthma", "hypersensitive to latex",
    "heart condition", "high blood pressure", "hay fever",
])
def test_health(text: str) -> None:
    assert is_about_health(text)


@pytest.mark.parametrize("text", [
    "", "geen ammoniak", "gevoelige hoofdhuid", "overgevoelige hoofdhuid", "zwangerschapsverlof voorbij",
    "niet allergisch", "geen allergie", "geen bekende allergieën", "niet zwanger", "niet meer zwanger",
    "hypoallergene shampoo", "hypo-allergene verf", "alleen allergeenvrije producten", "allergen-free", "not pregnant",
    "no known allergies", "no longer pregnant", "hypoallergenic shampoo", "maternity leave", "pregnancy leave",
    "geen chemische verf", "chemical-free", "kankert op het weer", "loopt te kankeren", "KWF Kankerfonds",
    "hond is bang voor de föhn", "wil geen muziek", "betaalt altijd contant", "draagt een pruik", "doof aan links",
    "rolstoel: stoel 2", "sensitive scalp", "geen geur", "reageert fel op kritiek", "iPad meenemen", "icoon",
    "chemie student", "medisch secretaresse", "op dieet", "heeft haast", "toevallig buurvrouw", "ideaal: kort",
    "iced coffee",
])
def test_no_health(text: str) -> None:
    assert not is_about_health(text)
