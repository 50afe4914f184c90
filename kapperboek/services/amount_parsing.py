"""Parsing of amounts as people type them, into whole cents."""

from __future__ import annotations

import re

from kapperboek.domain.errors import UserError
from kapperboek.i18n import _, language

_SYMBOLS = re.compile(r"(?i)^(€|eur|euro|£|gbp|\$|usd)\s*|\s*(€|eur|euro|£|gbp|\$|usd)$")
_PLAIN = re.compile(r"^\d{1,9}(?:[.,](?:\d{1,2}|-{1,2}|–))?$", re.ASCII)
_GROUPED = re.compile(
    r"^\d{1,3}(?:([.\s'])\d{3})+(?:,(?:\d{1,2}|-{1,2}|–))?$|^\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?$", re.ASCII
)


def parse_amount(typed: str) -> int | None:
    """Parse what was typed as an amount, in cents: ``96,50``, ``€ 96.50``, ``1.234,00`` and ``45,-`` are understood.

    None when nothing was typed; UserError "amount" when it isn't an amount of zero or more.
    """
    text = _SYMBOLS.sub("", " ".join(typed.split())).strip()
    if not text:
        return None
    if _GROUPED.match(text):
        text = _without_thousands(text)
    if not _PLAIN.match(text):
        raise UserError("amount", _("This isn't an amount. Type it as 96.50."))
    whole, _mark, decimals = text.replace(",", ".").partition(".")
    return int(whole) * 100 + int(decimals.strip("-–").ljust(2, "0") or 0)


def _without_thousands(text: str) -> str:
    """``1.234,50`` and ``1,234.50`` without what groups the thousands."""
    mark = "," if re.search(r",\d{3}", text) and not re.search(r"\.\d{3}", text) else "."
    return re.sub(r"[\s']", "", text.replace(mark, ""))


def amount_text(cents: int | None) -> str:
    """The amount to fill into a field, to be typed over: ``96,50`` in Dutch, ``96.50`` in English; empty for None."""
    if cents is None:
        return ""

    text = f"{cents // 100}.{cents % 100:02d}"
    return text.replace(".", ",") if language() == "nl" else text
