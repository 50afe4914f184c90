"""Starting content of a new notebook: the shop, who works there, the usual treatments, and the fields of the card."""

from __future__ import annotations

from kapperboek.domain.people import profile
from kapperboek.domain.people.names import initials
from kapperboek.domain.records import DocumentRecord, ShopRecord, StaffRecord, TreatmentRecord
from kapperboek.i18n import _, language
from kapperboek.storage.records.record_reader import write_document_head
from kapperboek.storage.write import setting_store
from kapperboek.storage.write.unit_of_work import UnitOfWork

# What most salons do takes so long; prices are the owner's own affair.
_MINUTES = (30, 45, 60, 90, 30, 20)


def write(uow: UnitOfWork, shop_name: str, staff_name: str) -> None:
    """Write what a notebook begins with, in the user's language."""
    head = DocumentRecord(
        shop=ShopRecord(name=shop_name),
        staff=[StaffRecord(staff_name, initials(staff_name))] if staff_name else [],
        treatments=[TreatmentRecord(name, minutes) for name, minutes in _usual_treatments()],
        profile_fields=profile.starting_fields(),
    )
    write_document_head(uow, head)
    setting_store.put(uow, "language", language())


def _usual_treatments() -> list[tuple[str, int]]:
    words = (_("Cut"), _("Wash and cut"), _("Colour"), _("Highlights"), _("Blow-dry"), _("Beard"))
    return list(zip(words, _MINUTES, strict=True))
