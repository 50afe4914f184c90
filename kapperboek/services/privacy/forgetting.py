"""Forgetting a customer: what would go, and letting it go."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import suppress

from kapperboek.domain.errors import UserError
from kapperboek.domain.staff_rights import FORGET
from kapperboek.domain.views.privacy_views import NamedPlace
from kapperboek.domain.views.saved import Saved
from kapperboek.i18n import _, ngettext
from kapperboek.services.permissions import require
from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.privacy import erasure, name_variants
from kapperboek.storage.privacy.erasure import Cleaning
from kapperboek.storage.privacy.joined_cards import with_joined
from kapperboek.storage.read.privacy import privacy_query
from kapperboek.storage.read.privacy.privacy_query import preview as preview
from kapperboek.storage.write import journaled_tables
from kapperboek.storage.write.unit_of_work import explained

LEFT_SHOWN = 2


def forget(book: Notebook, customer_id: int, *, clean: Collection[str] = (), by: int = 0) -> Saved:
    """Remove somebody everywhere, for good; copies made before forget them when they are put back.

    ``clean`` are the keys of the preview's places that go too. May take seconds in a large notebook, for the file is
    written anew. Nothing can take it back; the sentence says what is left. NotFound, UserError "owner-only".
    """
    return forget_all(book, (customer_id,), clean=clean, by=by)


def forget_all(
    book: Notebook, customer_ids: Sequence[int], *, clean: Collection[str] = (), by: int = 0
) -> Saved:
    """Several at once, at the price of one. NotFound, UserError "owner-only"; then nobody was forgotten."""
    require(book, by, FORGET)
    wanted = name_variants.of(book, [id for one in customer_ids for id in with_joined(book, one)])
    cleaning = erasure.Cleaning(wanted, frozenset(clean))
    gone = erasure.forget(book, customer_ids, staff_id=by, cleaning=cleaning)
    what = _("Forgotten")
    if gone.left or gone.wiped:
        with suppress(UserError), explained():  # trouble with the disk by now: what was done is not said to have failed
            what = _what_is_left(privacy_query.in_words(book, gone.left))
    if not gone.wiped:
        what += ". " + _("The file could not be wiped yet; that is done when Kapperboek is started again")
    if not gone.listed:
        what += ". " + _(
            "The small file beside the notebook (its name and “.forgotten”), by which older backups know it when the "
            "notebook itself is lost, could not be written: see that the disk is not full or locked. The next backup "
            "writes it; the notebook knows it already"
        )
    return Saved(
        change_id=0, what=what, kinds=journaled_tables.OF_A_CUSTOMER | {"customer"},
        customers=frozenset((*gone.customers, *gone.others)), customer_id=0, many=False,
    )


def unasked(book: Notebook, customer_ids: Sequence[int]) -> tuple[Cleaning, list[NamedPlace]]:
    """Cleaning when nobody can be asked: what can hardly be anybody else goes, as the window proposes it; and the
    places that are left."""
    places = privacy_query.named_in(book, customer_ids)
    keys = frozenset(sure(places))
    left = [place for place in places if not place.by_itself and place.key not in keys]
    if not keys:
        return erasure.NOTHING, left
    sought = name_variants.of(book, [id for one in customer_ids for id in with_joined(book, one)])
    return erasure.Cleaning(sought, keys, tell=False), left


def sure(places: Sequence[NamedPlace]) -> list[str]:
    """The keys of the places where it can hardly be anybody else."""
    return [place.key for place in places if place.sure and not place.by_itself]


def _what_is_left(places: Sequence[NamedPlace]) -> str:
    """All of it in a sentence; of many places the first few."""
    if not places:
        return _("Forgotten: nothing of this customer is left")
    said = list(dict.fromkeys(f"{one.what} ({one.name} #{one.number})" if one.name else one.what for one in places))
    shown = ", ".join(said[:LEFT_SHOWN]) + (", …" if len(said) > LEFT_SHOWN else "")
    text = ngettext(
        "Forgotten. In {n} place it still stands, as it was left: {places}",
        "Forgotten. In {n} places it still stands, as they were left: {places}",
        len(places),
    )
    return text.format(n=len(places), places=shown)
