"""What a column heading means: Dutch, English and German words, and the usual exporters' ways of numbering
them.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from kapperboek.domain.names import words


class Meaning(NamedTuple):
    """What a column holds. ``label`` is home, work… or the kind of date; ``number`` tells equal columns
    apart.
    """

    target: str
    label: str = ""
    number: int = 0


_SAYS = {
    "uid": "kapperboek id",
    "number": "klantnr|klantnummer|klant nr|klantcode|klant|klantid|klant id|nr|nummer|customer number|"
    "customer no|customer nr|customer id"
    "|client number|client id|client no|customer|lidnummer|relatienummer|debiteurnummer|debiteurnr|"
    "kundennummer|kundennr|kunden nr",
    "key": "id|rec id|record id|recordid|entry id|contact id|uid|key",
    "honorific": "name prefix|honorific prefix|honorific|aanhef|salutation|anrede|titel vooraf|titulatuur",
    "given": "voornaam|voornamen|first name|firstname|given name|givenname|first|vorname|forename|voorn",
    "additional": "middle name|middlename|additional name|additional names|second name|overige voornamen|"
    "tweede voornaam|further names"
    "|weitere vornamen|zweiter vorname|other names",
    "prefix": "tussenvoegsel|tussenvoegsels|tussenv|tv|voorvoegsel|voorvoegsels|surname prefix|infix|"
    "namenszusatz",
    "family": "achternaam|familienaam|last name|lastname|surname|family name|familyname|last|nachname|"
    "familienname|achtern",
    "suffix": "name suffix|suffix|honorific suffix|generational suffix|achtervoegsel|namenssuffix",
    "display": "display name|displayname|volledige naam|full name|fullname|weergavenaam|anzeigename|"
    "naam en voornaam|klantnaam|customer name|client name",
    "name": "naam|name|contact|contactpersoon|contact name|klant naam",
    "nickname": "nickname|nick|roepnaam|bijnaam|spitzname|rufname|nick name",
    "initials": "initials|initialen|voorletters|voorletter|initiale|initialien",
    "organisation": "bedrijf|bedrijfsnaam|company|company name|organisation|organization|organisation name|"
    "organization name|firma|firmanaam|organisatie"
    "|organisatienaam|werkgever|unternehmen|firmenname",
    "department": "department|afdeling|abteilung|organization department|organisation department",
    "job": "job title|jobtitle|beroep|functie|occupation|job|profession|organization title|"
    "organisation title|position|werk|beruf|role",
    "title": "title|titel",
    "phone": "telefoon|telefoonnummer|telefoonnr|tel|tel nr|telnr|phone|phone number|phone value|telephone|"
    "telephone number|telefon|telefonnummer"
    "|vaste telefoon|vast|vast nummer|main phone|primary phone|nummer telefoon|telefon nummer",
    "phone:mobile": "mobiel|mobiele telefoon|mobiel nummer|mobielnummer|mobiele nummer|mobiele tel|gsm|"
    "gsm nummer|06|06 nummer|06nummer|mobile"
    "|mobile phone|mobile number|cell|cell phone|cellphone|handy|mobil|mobilnummer|mobiltelefon|mobilfunk|"
    "home mobile|work mobile|whatsapp nummer",
    "phone:fax": "fax|faxnummer|fax number|faxnr|fax nummer",
    "phone:pager": "pager|pager number|semafoon",
    "phone:car": "car phone|autotelefoon",
    "phone:assistant": "assistants phone|assistant s phone|assistant phone",
    "phone:video": "phone video",
    "phone:callback": "callback|isdn|radio phone|tty tdd phone|telex",
    "email": "email|e mail|mail|emailadres|e mailadres|e mail adres|email adres|email address|"
    "e mail address|mailadres|e mail value|primary email|secondary email"
    "|emails|e mails|mail address|email value|additional email",
    "handle": "website|web page|webpage|url|web|homepage|web site|website value|internet|internetadres|"
    "webseite|im value|instant messenger value",
    "handle:screen name": "screen name|screenname|aim screen name",
    **{f"handle:{name}": f"im {name}|{name}" for name in "aim icq jabber msn skype yahoo gtalk whatsapp "
    "facebook instagram twitter linkedin".split()},
    **{f"handle:{name}": f"website {name}|{name} website" for name in ("blog", "profile")},
    "handle:homepage": "website home page|home page",
    "street": "straat|straatnaam|street|street name|street address|address street|strasse|strase|address 1|"
    "address line 1|adresregel 1",
    "street2": "address 2|address line 2|adresregel 2|street 2|street address 2|extended address|"
    "address extended address",
    "street3": "address 3|address line 3|street 3",
    "house": "huisnummer|huisnr|house number|housenumber|street number|nr huis|huis nr|hausnummer|hausnr|"
    "huisnummer toevoeging",
    "house_addition": "toevoeging|huisnummertoevoeging|huisnr toev|toev|house number addition|zusatz",
    "pobox": "postbus|po box|address po box|postfach",
    "postcode": "postcode|postal code|zip|zip code|zipcode|address postal code|plz|postleitzahl|pc",
    "place": "woonplaats|plaats|city|town|address city|stad|ort|stadt|plaatsnaam|suburb|gemeente|place",
    "region": "provincie|region|state|address region|county|bundesland|province|state province|staat",
    "country": "land|country|address country|country region",
    "address": "adres|address|address formatted|adresse|anschrift|volledig adres|full address|adresgegevens",
    "birthday": "geboortedatum|verjaardag|birthday|date of birth|dob|birth date|birthdate|geburtstag|"
    "geburtsdatum|geb datum|gebdatum|geboren|geb|geboortedag|jarig",
    "birth_year": "birth year|geboortejaar|geburtsjahr",
    "birth_month": "birth month|geboortemaand|geburtsmonat",
    "birth_day": "birth day|geburtstag tag",
    "date:wedding": "anniversary|trouwdag|huwelijksdatum|trouwdatum|wedding day|jahrestag|hochzeitstag|"
    "jubileum",
    "date": "event value|datum|date",
    "relation": "relation value|naaste|relation|gezinslid",
    "relation:spouse": "spouse|echtgenoot|echtgenote|ehepartner",
    "relation:partner": "partner|partnernaam",
    "relation:child": "children|kinderen|kind|child|kinder",
    "relation:manager": "managers name|manager s name|manager",
    "relation:assistant": "assistants name|assistant s name|assistant",
    "relation:referred by": "referred by",
    "note": "notes|note|notitie|notities|opmerking|opmerkingen|memo|bijzonderheden|comments|comment|"
    "remarks|toelichting|notizen|notiz|bemerkung|bemerkungen|info",
    "labels": "categories|category|categorie|group membership|groups|groep|groepen|labels|label|tags|"
    "gruppe|gruppen|kategorien|kategorie",
    "gender": "gender|geslacht|sex|geschlecht",
    "last_visit": "laatste bezoek|laatste afspraak|last visit|laatst geweest|laatste behandeling|"
    "letzter besuch|datum laatste bezoek|last seen",
    "since": "klant sinds|customer since|sinds|inschrijfdatum|kunde seit|member since",
    "staff": "vaste medewerker|regular staff|vaste kapper|kapster|kapper|stylist|stammfriseur",
    "channel": "voorkeurskanaal|preferred channel|liefst bereikt via|contactvoorkeur",
    "phase": "fase|phase",
    "household": "huishouden|household",
    "deceased": "overleden|deceased",
    "no_advertising": "geen reclame|no advertising|geen post|geen mailing",
    "warnings": "let op|warnings|warning|waarschuwing|allergie|allergieen|allergien|allergy|allergies",
    "avoid": "niet over beginnen|avoid",
    "wishes": "wensen|wishes|wens",
    "refused": "wil niet vertellen|rather not tell",
    "phone_type": "phone type|phone label|soort telefoon",
    "email_type": "e mail type|e mail label|soort e mail|email type|email label",
    "handle_type": "website type|website label|soort website|im type|instant messenger type",
    "address_type": "address type|address label|soort adres",
    "relation_type": "relation type|relation label|soort naaste",
    "date_type": "event type|event label|date type|soort datum",
    "custom_type": "custom field type|custom field label",
    "custom_value": "custom field value", "relation_birthday": "geboortedatum naaste|relation birthday",
    "relation_card": "kapperboek id naaste|relation id",
    "custom": "custom|custom field|eigen veld", "im_service": "im service|instant messenger service",
    # the sheet of visits
    "visit_kind": "soort contact|kind of contact",
    "treatments": "behandeling|behandelingen|treatment|treatments|dienst|diensten|service|services|"
    "behandlung",
    "amount": "bedrag|amount|prijs|totaalbedrag|price|betrag|omzet|total",
    "minutes": "minuten|minutes|duur|duration|dauer",
    "visit_staff": "medewerker|medewerkers|staff member|staff|employee|behandelaar|mitarbeiter",
    "recipe": "recept|recipe|formule|kleurrecept|rezept", "products": "producten|products|product|artikelen",
    "visit_state": "status afspraak|state of appointment",
}  # fmt: skip
_BY_WORDS = {said: target for target, sayings in _SAYS.items() for said in sayings.split("|")}

_LABELS = {
    "home": "home", "prive": "home", "thuis": "home", "privat": "home", "private": "home", "personal": "home",
    "business": "work", "work": "work", "werk": "work", "zakelijk": "work", "zakelijke": "work",
    "geschaftlich": "work", "office": "work", "kantoor": "work",
    "other": "other", "overig": "other", "overige": "other", "ander": "other", "weitere": "other",
    "company": "work", "main": "main",
}  # fmt: skip
_DETAIL = re.compile(r"\s*(?:weetje|detail)\s*:\s*(.+)", re.IGNORECASE | re.DOTALL)
_DIRECT = frozenset(
    (
        "address 1",
        "address 2",
        "address 3",
        "street 2",
        "street 3",
        "address line 1",
        "address line 2",
    )
)


def meaning(heading: str) -> Meaning | None:
    """What the heading says its column holds; None when it is no heading we know."""
    if found := _DETAIL.fullmatch(heading):
        return Meaning("profile", found[1].strip())
    if len(heading) > 60:
        return None
    said = words(heading)
    if not said:
        return None
    plain = " ".join(said)
    if plain in _BY_WORDS and (plain in _DIRECT or not any(word.isdecimal() for word in said) or plain == "06"):
        return _of(plain, "", 0)
    numbers = [word for word in said if word.isdecimal() and len(word) < 3]
    index = int(numbers[0]) if numbers else 0
    bare = [word for word in said if word not in numbers]
    return _look_up(said, "", 0) if not bare else _look_up(bare, numbers[0] if numbers else "", index)


def _look_up(said: list[str], number: str, index: int) -> Meaning | None:
    plain = " ".join(said)
    if plain in _BY_WORDS and plain not in ("home address", "work address"):
        return _of(plain, "", index)
    for place, word in enumerate(said):
        label = _LABELS.get(word)
        if label is None:
            continue
        rest = " ".join(said[:place] + said[place + 1 :])
        if number and f"{rest} {number}" in _DIRECT:  # "Home Address 2" is the second line of the first address
            return _of(f"{rest} {number}", label, 0)
        if rest in ("address", "adres") and not number:
            return Meaning("street" if word in ("home", "work", "business", "other") else "address", label)
        if rest in _BY_WORDS:
            return _of(rest, label, index)
    return None


def _of(plain: str, label: str, index: int) -> Meaning:
    target, _colon, own = _BY_WORDS[plain].partition(":")
    if target == "phone" and own == "fax" and label:
        own = f"{label} fax"
    if plain == "custom" and index:
        own = str(index)
    return Meaning(target, own or label, 0 if index == 1 else index)
