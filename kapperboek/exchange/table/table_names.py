"""The name of a customer from a row of a table, when all its cells are known: whole names divided, firms recognised."""

from __future__ import annotations

from kapperboek.domain.people.firms import looks_like_firm
from kapperboek.domain.people.names import PREFIXES, split_family, split_full_name
from kapperboek.domain.records import CustomerRecord
from kapperboek.exchange.person_questions import take_prefix_of_middle

HONORIFICS = frozenset(
    "dhr dhr. mevr mevr. mw mw. mej. mr mr. mrs mrs. ms ms. miss dr dr. drs drs. ir ir. ing ing. prof prof. heer "
    "mevrouw meneer mijnheer herr frau fam fam. familie".split()
)

_HOUSEHOLDS = frozenset(("fam", "fam.", "familie", "family"))


def settle_name(customer: CustomerRecord, own: bool) -> bool:
    """Divide what is still whole; ``own`` files have said it all. Returns whether a family name became a firm."""
    firm = False
    if not own:
        take_prefix_of_middle(customer)
        if "@" in customer.given_name and customer.given_name in [mail.value for mail in customer.emails]:
            customer.given_name = ""  # Google puts the address where no name is known
    if customer.display_name and not (customer.given_name or customer.family_name):
        _divide(customer)
    elif customer.given_name and not customer.family_name:
        _take_family_of_whole(customer)
    elif customer.family_name and not _otherwise_named(customer) and looks_like_firm(customer.family_name):
        customer.organisation, customer.family_name = customer.family_name, ""
        firm = True
    elif " " in customer.family_name and not customer.prefix and not own:
        customer.prefix, customer.family_name = split_family(prefix_first(customer.family_name))
    if customer.display_name and _says_nothing_more(customer):
        customer.display_name = ""
    return firm


def prefix_first(family: str) -> str:
    """Put the prefix first in ``Berg van den``; a name that does not end in a prefix stays as it is."""
    parts = [] if "," in family else family.split()
    end = len(parts)
    while end > 1 and parts[end - 1].lower() in PREFIXES:
        end -= 1
    return " ".join((*parts[end:], *parts[:end])) if end < len(parts) else family


def _divide(customer: CustomerRecord) -> None:
    whole = customer.display_name
    if "," in whole:
        family, comma, rest = whole.partition(",")
        whole = prefix_first(family) + comma + rest
    if whole in (customer.organisation, *(email.value for email in customer.emails)):
        customer.display_name = ""
    elif not customer.organisation and looks_like_firm(whole):
        customer.organisation, customer.display_name = whole, ""
    else:
        title, blank, rest = whole.partition(" ")
        if blank and not customer.honorific and title.lower() in HONORIFICS:
            customer.honorific, whole = title, rest.strip()
        customer.given_name, customer.prefix, customer.family_name = split_full_name(whole)
        first, blank, rest = customer.given_name.partition(" ")
        if blank and not customer.honorific and first.lower() in HONORIFICS:  # "Vries, Mw. J. de"
            customer.honorific, customer.given_name = first, rest
        if customer.honorific.lower() in _HOUSEHOLDS:  # "Fam. Smit-de Wit"
            customer.given_name, (customer.prefix, customer.family_name) = "", split_family(whole)
        elif customer.honorific and not customer.family_name:  # "Mevr. Jansen"
            customer.given_name, customer.family_name = "", customer.given_name


def _take_family_of_whole(customer: CustomerRecord) -> None:
    """A first name in a column of its own, beside the whole name."""
    given, whole = customer.given_name, customer.display_name
    if whole.startswith(given + " "):
        customer.prefix, customer.family_name = split_family(whole.removeprefix(given).strip())


def _otherwise_named(customer: CustomerRecord) -> bool:
    return bool(customer.given_name or customer.initials or customer.organisation or customer.prefix)


def _says_nothing_more(customer: CustomerRecord) -> bool:
    """Tell whether the whole name only puts the parts together, perhaps the family name first: "Jansen, M."."""
    parts = (customer.honorific, customer.given_name, customer.prefix, customer.family_name)
    said = customer.display_name.split()
    if customer.additional_names or customer.suffix:
        return False
    if said in (" ".join(parts).split(), " ".join(parts[1:]).split()):
        return not customer.honorific or said == " ".join(parts).split()
    return "," in customer.display_name and sorted(" ".join(said).replace(",", " ").split()) == sorted(
        " ".join(parts).split()
    )
