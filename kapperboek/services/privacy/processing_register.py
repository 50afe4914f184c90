"""The register of processing activities (GDPR, article 30), filled in from the settings and from what there is."""

from __future__ import annotations

from kapperboek.domain.views.printed_document import Paper, Section
from kapperboek.i18n import _, format_long_day
from kapperboek.services import settings
from kapperboek.services.customers.customers import customer_count
from kapperboek.services.privacy import retention
from kapperboek.storage.file.notebook import Notebook


def register(book: Notebook) -> Paper:
    """Register of processing activities as it is today, on paper."""
    shop = settings.shop(book).name or _("this shop")
    sections = (
        Section(_("Who is responsible"), (
            (_("Shop"), shop),
            (_("Works with the notebook"), ", ".join(person.name for person in settings.staff(book) if person.active)),
        )),
        Section(_("Looking after customers"), _customer_care(book)),
        Section(_("Messages"), (
            (_("Purpose"), _("birthday greetings, reminders, news and offers")),
            (_("Basis"), _("consent, per purpose and channel, kept with when, how and in which words")),
            (_("Stops"), _("at once when it is withdrawn; “no advertising” outranks everything")),
        )),
        Section(_("Health facts"), (
            (_("Purpose"), _("working safely: allergies, skin, pregnancy")),
            (_("Basis"), _("explicit consent, recorded when the fact is noted")),
            (_("Protection"), _("masked until asked for; every look is written down; not in lists, search or exports")),
        )),
        Section(_("For everything"), _for_everything(book)),
    )
    return Paper(
        _("Register of processing"), f"{shop} · {format_long_day(book.clock.today())}",
        _("What personal data this shop keeps, why, and how it is protected (GDPR, article 30)."), sections,
    )


def _customer_care(book: Notebook) -> tuple[tuple[str, str], ...]:
    fields = ", ".join(field.label for field in settings.profile_fields(book) if field.active)
    return (
        (_("Purpose"), _("knowing who the customer is, what was done and what was agreed")),
        (_("Basis"), _("carrying out what was agreed with the customer, and the shop's legitimate interest")),
        (_("Whose"), _("{n} customers, and the people near to them they told about").format(n=customer_count(book))),
        (_("Which data"), _("name, how to reach them, birthday, visits, recipes, amounts, notes, and: {fields}").format(
            fields=fields)),
    )


def _for_everything(book: Notebook) -> tuple[tuple[str, str], ...]:
    safe = (
        _("on the shop's own computer, without an account, server or network"),
        _("notebook and backups encrypted with 256 bits"),
        _("every change with who and when"),
    )
    return (
        (_("Given to others"), _("nobody; the owner may take lists out")),
        (_("Outside the EU"), _("no")),
        *_kept(book),
        (_("Protection"), "; ".join(safe)),
        (_("Rights"), _("a customer gets everything we keep, has it put right, or is forgotten, backups included")),
    )


def _kept(book: Notebook) -> tuple[tuple[str, str], ...]:
    """Retention times in words, by kind of data."""
    kinds = {
        retention.CARD: (_("Kept"), _("until {n} years after the last contact; then it comes up for review")),
        retention.MOMENT: (_("Contacts kept"), _("{n} years; then they come up for review")),
        retention.HEALTH: (_("Health facts kept"), _("{n} years; then they come up for review")),
        retention.JOURNAL: (_("Journal kept"), _("{n} years; then it forgets what stood there")),
    }
    endless = {
        retention.CARD: _("without an end; the owner reviews"),
        retention.JOURNAL: _("as long as the card"),
    }
    lines = []
    for kind, (what, how_long) in kinds.items():
        years = retention.years(book, kind)
        lines.append((what, how_long.format(n=years) if years else endless.get(kind, _("as long as the card"))))
    return tuple(lines)
