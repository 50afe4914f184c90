"""Small tables as people bring them: what the README of ../shared/data/cases-2026-11 says is right must hold."""

from __future__ import annotations

from kapperboek.domain.records import DateRecord
from tests.exchange.cases import Desk, emails, everything, here, home, labels, name, name_of, phones

pytestmark = here


def test_c01_google_2024(desk: Desk) -> None:
    desk.read("c01-google-2024.csv")
    assert len(desk.cards()) == 6
    adriana, greet = desk.card("Adriana"), desk.card("Greet")
    assert name(adriana) == ("Adriana", "van", "Gunten") and adriana.additional_names == ""
    assert adriana.birthday == "1987-10-06"
    assert labels(adriana) == {"+31201234101": "work", "+31612340101": "work", "0612340102": "mobile"}
    assert [(m.value, m.label.lower()) for m in adriana.emails] == [
        ("a.vangunten@example.nl", "home"), ("a.gunten@example.nl", "oude")]
    assert adriana.note.splitlines()[:2] == ["Land: Nederland", "Categorie: zakelijk;privé"]
    assert "regels" in adriana.note
    loose = [c.emails[0] for c in desk.cards() if emails(c) in (["gast@example.nl"], ["anoniem@example.nl"])]
    assert [mail.label for mail in loose] == ["", ""]
    assert name(greet) == ("Greet", "", "Hopman") and greet.additional_names == "Brigitta"
    assert greet.nickname == "Greetje" and greet.birthday == "--12-09"
    assert greet.dates == [DateRecord("wedding", "2010-05-06")]
    assert [(r.kind, r.name) for r in greet.relations] == [("spouse", "Henk")]
    assert len(greet.addresses) == 1 and greet.addresses[0].postcode == "1234 AB"
    street, number, _code, place = home(greet)
    assert f"{street} {number}".split() == ["Hoofdstraat", "1", "bis"] and place == "Utrecht"
    assert "K-77" in repr(greet) and "https://greet.example" in repr(greet)
    assert desk.card("Kapsalon Zuid").organisation == "Kapsalon Zuid"


def test_c02_outlook_in_dutch(desk: Desk) -> None:
    desk.read("c02-outlook-nl.csv")
    renee, hannie = desk.card("Renée"), desk.card("Hannie")
    assert renee.honorific == "Mevr." and name(renee) == ("Renée", "de", "Vries") and renee.additional_names == ""
    assert renee.birthday == "1979-04-03" and renee.dates == [DateRecord("wedding", "2004-06-12")]
    near = {(r.kind, r.name) for r in renee.relations}
    assert {("child", "Tim"), ("child", "Sara"), ("partner", "Jos")} <= near
    assert "Hoofdhuid gevoelig" in renee.note and "koffie zwart" in renee.note and "kaart 12" in repr(renee)
    assert renee.profile.get("hobby") and renee.profile.get("labels")
    assert desk.finds("Renée de Vries").replace("Mevr. ", "") == "Renée de Vries"
    assert hannie.initials == "H.W." and home(hannie) == ("Kerkstraat", "4", "3991KM", "Houten")
    assert hannie.birthday is None and hannie.dates == []
    assert "geraden" in desk.said


def test_c04_salonized(desk: Desk) -> None:
    desk.read("c04-salonized.csv")
    amira, sean = desk.card("Amira"), desk.card("Sean")
    assert " ".join(amira.family_name.split()) == "El Idrissi"
    assert "Allergisch voor PPD" in [w.text for w in amira.warnings] and amira.birthday == "1990-02-28"
    assert home(amira) == ("Lange Nieuwstraat", "12", "3512PH", "Utrecht")
    assert labels(amira) == {"0301234110": "", "0612340110": "mobile"}
    assert desk.card("Eva;Maria").family_name == "Muster"
    assert sean.family_name == "O'Neill & Co" and phones(sean) == ["0209876112"]
    assert "1234.50" in repr(amira) and "17" in amira.note


def test_c06_shopify(desk: Desk) -> None:
    desk.read("c06-shopify.csv")
    lies, other = desk.cards()
    assert lies.number == "6405544509" and len(lies.addresses) == 1 and phones(lies) == ["+31612340115"]
    assert sorted(" ".join(home(lies)).replace(",", "").split()) == sorted("Singel 5 2 hoog 2801AA Gouda".split())
    assert lies.addresses[0].country == "NL" and lies.profile["labels"] == ["vip", "kleur"]
    assert lies.note.splitlines()[0] == "Houdt van geurloze shampoo"
    assert emails(other) == ["zonder@example.nl"] and other.number == "6405544510" and not other.phones
    assert not any(a.street or a.place for a in other.addresses)


def test_c08_phones_as_numbers(desk: Desk) -> None:
    desk.read("c08-phones-as-numbers.csv")
    assert len(desk.cards()) == 6
    for number, who in (("0612340118", "Annie Nul"), ("0301234118", "Annie Nul"), ("0612340119", "Cees Punt"),
                        ("0612340120", "Dora Plus"), ("0612340121", "Evert Punt"),
                        ("0612340122", "Fem Nulnul")):
        assert desk.calls(number) == who
    for c in desk.cards():
        assert all(p[0] in "0+" and "." not in p and "," not in p for p in (one.value for one in c.phones)) or (
            c.given_name == "Bea")
    assert "3,16123E+10" in desk.said and "3,16123E+10" in repr(desk.card("Bea"))


def test_c09_cells_forced_to_be_text(desk: Desk) -> None:
    desk.read("c09-forced-text.csv")
    anja, bep, cok = desk.cards()
    assert name(anja) == ("Anja", "", "Formule") and phones(anja) == ["0612340123"] and anja.birthday == "1980-03-05"
    assert anja.addresses[0].postcode == "1234 AB"
    assert phones(bep) == ["0612340124"] and bep.addresses[0].postcode.replace(" ", "") == "3511AA"
    assert bep.birthday == "1975-02-01" and phones(cok) == ["0612340125"] and cok.phones[0].value[0] == "0"


def test_c10_birthdays_in_many_spellings(desk: Desk) -> None:
    desk.read("c10-birthdays-mixed.csv")
    right = {"Aad": "2005-01-13", "Bab": "--01-14", "Cas": "--02-01", "Dik": "1961-03-05", "Eef": "--03-07",
             "Fie": "1958-12-31", "Gijs": "1977-04-03", "Huub": "1990-05-01", "Ina": "1980-05-22", "Mia": "--02-29",
             "Kor": None, "Jet": None}
    assert {c.given_name: c.birthday for c in desk.cards() if c.given_name != "Lot"} == right
    assert "30-2-1980" in desk.said and "30-2-1980" in desk.card("Jet").note
    assert "1-1-1900" in desk.said


def test_c11_title_totals_and_footer(desk: Desk) -> None:
    desk.read("c11-title-blank-total.csv")
    assert len(desk.cards()) == 3
    people = {name_of(c).lower(): c for c in desk.cards()}
    jansen, maria, piet = people["a. jansen"], people["maria de vries-van dijk"], people["p.j. van den berg"]
    assert [v.at[:10] for v in jansen.interactions] == ["2026-11-03"]
    assert [v.at[:10] for v in maria.interactions] == ["2026-10-12"] and piet.interactions == []
    assert [c.addresses[0].place.lower() for c in (jansen, maria, piet)] == ["utrecht", "'s-gravenhage", "den bosch"]
    assert "Totaal" in desk.said and "Afgedrukt" in desk.said


def test_c13_html_entities(desk: Desk) -> None:
    desk.read("c13-html-entities.csv")
    francoise, zoe = desk.cards()
    assert name(francoise) == ("Françoise", "", "Müller") and francoise.organisation == "Dräxler & Zn"
    assert francoise.note == "houdt van <kort> & blond" and name(zoe) == ("Zoë", "", "D'Hondt")


def test_c14_addresses_only(desk: Desk) -> None:
    desk.read("c14-addresses-only.csv")
    flavia, gerda, henk = desk.cards()
    assert emails(flavia) == ["flavia@example.nl"] and emails(gerda) == ["gerda@example.nl"]
    assert name(henk) == ("Henk", "de", "Boer") and emails(henk) == ["henk@example.nl"]


def test_c16_econobis(desk: Desk) -> None:
    desk.read("c16-econobis.csv")
    johanna, piet = desk.cards()
    assert name(johanna) == ("Johanna", "van der", "Dijk") and johanna.initials == "J."
    assert len(johanna.addresses) == 1 and home(johanna) == ("Dorpsweg", "12 bis", "6711AB", "Ede")
    assert phones(johanna) == ["0318123134", "0612340134"]
    assert emails(johanna) == ["johanna@example.nl", "jo@example.nl"] and "NL00BANK0123456789" in repr(johanna)
    assert home(piet) == ("Dorpsweg", "14", "6711AB", "Ede")


def test_c17_postcode_and_place_in_one_column(desk: Desk) -> None:
    desk.read("c17-postcode-plaats.csv")
    jorg, wies, ton = desk.cards()
    assert name(jorg) == ("Jörg", "", "Heinz") and home(jorg) == ("Dorpsstraat", "1", "1234AB", "Utrecht")
    assert home(wies) == ("Laan", "2-III", "2511CV", "'s-Gravenhage")
    street, number, code, place = home(ton)
    assert f"{street} {number}".strip() == "Kade 3" and (code, place) == ("4381", "Vlissingen")
    assert [len(c.addresses) for c in desk.cards()] == [1, 1, 1]
    assert [p.value for c in desk.cards() for p in c.phones] == ["0612340135", "0612340136", "0612340137"]
    assert "geraden" in desk.said


def test_c20_bars(desk: Desk) -> None:
    desk.read("c20-bars.csv")
    bureau, kim = desk.cards()
    assert len(bureau.phones) == 3 and emails(bureau) == ["info@een.example", "hallo@een.example"]
    assert not any("|" in a.place for a in bureau.addresses)
    assert all(place in repr(bureau) for place in ("Eindhoven", "Amsterdam", "Den Haag"))
    assert len(kim.phones) == 2 and emails(kim) == ["kim@example.nl", "kim.ros@example.nl"]
    assert kim.addresses[0].place == "Zeist"


def test_c22_null(desk: Desk) -> None:
    desk.read("c22-akaunting-null.csv")
    one, two = desk.cards()
    assert emails(one) == ["proef1@example.nl"] and phones(one) == ["0612340145"]
    assert home(one) == ("Straat", "1", "1234AB", "Ede")
    assert not (two.emails or two.phones or two.addresses)
    assert "NULL" not in everything(desk)


def test_c24_billing_and_shipping(desk: Desk) -> None:
    desk.read("c24-woocommerce.csv")
    (tess,) = desk.cards()
    assert name(tess) == ("Tess", "", "Kuiper") and emails(tess) == ["tess@example.nl"]
    assert phones(tess) == ["0612340146"] and tess.number == "77"
    assert home(tess) == ("Markt", "1", "8011LJ", "Zwolle") and tess.addresses[0].country == "NL"
    for part in ("Opa", "Laan", "Assen", "9401 AA"):
        assert part in repr(tess) and part not in repr(tess.addresses[0])


def test_c26_a_calendar_as_a_table(salon_desk: Desk) -> None:
    salon_desk.read("c26-outlook-agenda.csv")
    anouk = [a for a in salon_desk.card("Anouk").interactions if a.kind == "appointment"]
    if anouk:
        assert [(a.at, a.minutes) for a in anouk] == [("2026-12-21T10:00", 45)]
        assert [(a.at, a.minutes) for a in salon_desk.card("Bram").interactions] == [("2026-12-22T09:30", 30)]
    else:
        assert "agenda" in salon_desk.said and ".ics" in salon_desk.said


def test_c28_family_name_first_in_capitals(desk: Desk) -> None:
    desk.read("c28-hoofdletters.csv")
    got = [tuple(part.lower() for part in name(c)) for c in desk.cards()]
    assert got[:4] == [("jan", "de", "vries"), ("anna", "van den", "berg"), ("m.j.", "de", "jong-smit"),
                       ("a.", "van der", "meer")]
    hart, pietersen = desk.cards()[4:]
    assert hart.prefix == "'t" and hart.honorific == "mevr." and hart.given_name == "T."
    assert hart.family_name == "Hart - van der Veen" and pietersen.family_name == "Pietersen"
    assert [c.birthday for c in desk.cards()[:2]] == ["1955-04-01", "1950-04-02"]


def test_c30_firms_without_headings(desk: Desk) -> None:
    desk.read("c30-no-headings-firms.csv")
    schaar, smit = desk.cards()
    assert schaar.organisation == "Kapsalon De Schaar" and smit.organisation == "Bouwbedrijf Smit B.V."
    assert home(schaar) == ("Markt", "12", "4701HV", "Roosendaal") and home(smit) == ("Kade", "3a", "4811AB", "Breda")
    assert "Bakker" in repr(schaar) and "J." in repr(smit)


def test_c31_our_sheet_of_visits(salon_desk: Desk) -> None:
    salon_desk.read("c31-own-visits.csv")
    visits = salon_desk.card("Anouk").interactions
    if visits:
        (visit,) = visits
        assert (visit.kind, visit.at, visit.minutes) == ("visit", "2026-10-06T10:00", 45)
        assert visit.amount == "45.50" and visit.treatments == ["knippen"]
    else:
        assert "bezoeken" in salon_desk.said.lower()


def test_c32_two_digit_years(desk: Desk) -> None:
    desk.read("c32-two-digit-years.csv")
    born = {c.given_name: c.birthday or "" for c in desk.cards()}
    assert (born["Anna"], born["Jet"]) == ("1965-04-03", "2005-02-01")
    assert born["Piet"][5:] == "11-12" and born["Oma"][5:] == "06-05"
    assert "12-11-26" in desk.said and "5-6-25" in desk.said


def test_c34_mailchimp(desk: Desk) -> None:
    desk.read("c34-mailchimp-en.csv")
    loes, mies = desk.card("Loes"), desk.card("Mies")
    assert home(loes)[:3] == ("Kerkstraat", "4", "3511AB") and home(loes)[3].removesuffix(" UT") == "Utrecht"
    assert loes.addresses[0].country == "NL" and phones(loes) == ["0612340501"] and loes.birthday == "--03-14"
    assert loes.profile["labels"] == ["Kleuring", "Vaste klant"]
    assert mies.birthday == "--12-01" and mies.addresses == []
    for technical in ("192.0.2.1", "52.1", "amsterdam", "europe"):
        assert technical not in everything(desk).lower()
    assert desk.said.count("OPTIN_IP") == 1


def test_c38_several_people_of_one_firm(desk: Desk) -> None:
    desk.read("c38-company-contacts.csv")
    ans, ben, firm = desk.cards()
    assert [name_of(c) for c in desk.cards()] == ["Ans Visser", "Ben Kuiper", "Hotel Zon"]
    assert {c.organisation for c in desk.cards()} == {"Hotel Zon"} and emails(firm) == ["info@zon.example"]
    assert {home(c) for c in (ans, ben, firm)} == {("Strand", "1", "2042AA", "Zandvoort")}


def test_x06_hidden_rows_and_sheets(desk: Desk) -> None:
    desk.read("x06-hidden-sheets.xlsx")
    people = {name_of(c) for c in desk.cards()}
    hidden = {"Ben Verborgen", "Dora Oud", "Els Geheim"}
    assert people - hidden == {"Anna Zicht", "Cor Zicht", "Fien Tweede"}
    assert "Totaal" in desk.said and "Uitleg" in desk.said
    for sign in ("Ben Verborgen", "Oud", "Archief", "Intern cijfer"):
        assert sign in desk.said
    assert "verborgen" in desk.said.replace("Verborgen", "")


def test_x08_merged_cells(desk: Desk) -> None:
    desk.read("x08-merged-family.xlsx")
    got = [(c.given_name, c.family_name, *home(c), *phones(c)) for c in desk.cards()]
    assert got == [("Karin", "Hoek", "Laan", "1", "1234AB", "Ede", "0612340224"),
                   ("Tim", "Hoek", "Laan", "1", "1234AB", "Ede", "0612340225"),
                   ("Ria", "Bos", "Kade", "2", "2345BC", "Wijk", "0612340226")]
