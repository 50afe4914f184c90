"""Format of a file, detected by what stands in it: names and extensions lie, the first bytes do not."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from kapperboek.domain.errors import UserError
from kapperboek.exchange.files import (
    DOCUMENT_LIMIT,
    TABLE_LIMIT,
    TEXT_LIMIT,
    reading,
    size_within,
    trouble_with,
)
from kapperboek.exchange.text_decoding import decode
from kapperboek.exchange.zip_limits import archive_in
from kapperboek.i18n import _

_SAMPLE = 1 << 16
_PAGE = 4096  # bytes
_NOTEBOOK = ".kapperboek"
# Within one line: a pattern that goes on over the blank ones begins again at each of them.
_VCARD = re.compile(r"^[^\S\n]*BEGIN\s*:\s*VCARD\s*$", re.IGNORECASE | re.MULTILINE)
_ICAL = re.compile(
    r"^[^\S\n]*BEGIN\s*:\s*(?:VCALENDAR|VEVENT|VTODO|VJOURNAL|VFREEBUSY|VTIMEZONE|VALARM|VAVAILABILITY)\s*$",
    re.IGNORECASE | re.MULTILINE,
)
_LDIF = re.compile(r"(?:^|\n)dn::? ?\S", re.IGNORECASE)
_JSON_START = re.compile(r"\s*[{\[]\s*(?:$|[\"}{\]\[])")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f\ufffd]")
_MARKUP = re.compile(r"\s*<(?:\?xml|!doctype|html|!--|svg|body|table)", re.IGNORECASE)
_LIMITS = {"document": DOCUMENT_LIMIT, "csv": TABLE_LIMIT, "ldif": TABLE_LIMIT,
    "xlsx": TABLE_LIMIT, "xls": TABLE_LIMIT, "ods": TABLE_LIMIT}
_BINARIES = (
    (b"%PDF", "PDF"), (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"), (b"GIF8", "GIF"),
    (b"SQLite format 3\x00", "SQLite"), (b"\x1f\x8b", "gzip"), (b"7z\xbc\xaf", "7z"), (b"Rar!", "RAR"),
    (b"{\\rtf", "RTF"), (b"\x7fELF", ".exe"),
    (b"MZ\x90", ".exe"),
)


def detect(path: Path) -> str:
    """Detect the format: ``vcard``, ``csv``, ``xlsx``, ``xls``, ``ods``, ``ldif``, ``ical`` or ``document``.

    UserError: ``empty-file``, ``unknown-format``, ``too-large``, ``is-directory``, ``no-rights``,
    ``not-found``. At most 64 kB are looked at, whatever the size. Limits: 50 MB for tables, 200 MB for
    cards and calendars.
    """
    with reading(path, DOCUMENT_LIMIT) as (file, size):
        try:
            start = file.read(_SAMPLE)
        except OSError as error:
            raise trouble_with(path, error) from error
    if not start.strip(b" \t\r\n\x00\xef\xbb\xbf\xff\xfe"):
        raise UserError("empty-file", _("{name} is empty.").format(name=path.name))
    if start.startswith(b"PK\x03\x04"):
        kind = _workbook_kind(path)
    else:
        kind = "xls" if start.startswith(b"\xd0\xcf\x11\xe0") else _text_kind(path, start)
    if size > _LIMITS.get(kind, TEXT_LIMIT):
        size_within(path, _LIMITS.get(kind, TEXT_LIMIT))
    return kind


def _workbook_kind(path: Path) -> str:
    with archive_in(path) as archive:
        names = archive.namelist()
        if any(name.startswith("xl/") for name in names):
            return "xlsx"
        if "mimetype" in names and archive.open("mimetype").read(99).endswith(b".spreadsheet"):
            return "ods"
    raise _unknown(path, _("It is an archive without a workbook in it. Unpack it first, or save it as .xlsx."))


def _text_kind(path: Path, start: bytes) -> str:
    if _is_notebook(path, start):
        raise UserError("notebook", _notebook_words().format(name=path.name))
    for mark, kind in _BINARIES:
        if start.startswith(mark):
            why = _("It is of the kind {kind}. Save or export it as .xlsx, .csv or .vcf.")
            raise _unknown(path, why.format(kind=kind))
    text, _encoding, _guess = decode(_whole_characters(start))
    text = text.removeprefix("\ufeff").replace("\r", "\n")  # of old Macs too
    card, calendar = _VCARD.search(text), _ICAL.search(text)
    if card and not (calendar and calendar.start() < card.start()):
        return "vcard"
    if calendar:
        return "ical"
    if len(_CONTROL.findall(text)) > max(2, len(text) // 100):
        raise _unknown(path, _(
            "It is neither text nor a workbook. Kapperboek reads .vcf, .csv, .xlsx, .ods, .ldif, .ics and .json."
        ))
    if _LDIF.search(text):
        return "ldif"
    if _JSON_START.match(text):
        if '"kapperboek"' in text:
            return "document"
        raise _unknown(path, _("It is JSON, but not a notebook that Kapperboek wrote."))
    if _MARKUP.match(text):
        raise _unknown(path, _("It is a web page or XML. Save or export it as .xlsx, .csv or .vcf."))
    return "csv"


def _is_notebook(path: Path, start: bytes) -> bool:
    """Tell whether a file is a notebook of ours, whatever it is called.

    Encrypted pages have nothing to know them by but that every byte is as likely as any other.
    """
    if start.startswith(b"SQLite format 3\x00"):
        return path.suffix.lower() == _NOTEBOOK
    if len(start) < _PAGE or path.stat().st_size % _PAGE:
        return False
    counts = Counter(start)
    return len(counts) > 250 and max(counts.values()) < 3 * len(start) / 256


def _notebook_words() -> str:
    return _(
        "{name} is a notebook of Kapperboek itself, locked with its key; there is nothing in it to import. To have it "
        "back as it was, choose Settings → Backups → Put back…, or: kapperboek restore FILE. To work in it, start "
        "Kapperboek with: kapperboek --notebook FILE. To import its customers, open it like that, export them as "
        ".json, and import that."
    )


def _whole_characters(start: bytes) -> bytes:
    """The sample without a character that it cuts in two."""
    if len(start) < _SAMPLE:
        return start
    end = start.rfind(b"\n")
    return start[: end + 1 + (start[end + 1 : end + 2] == b"\x00")] if end > 0 else start[:-3]


def _unknown(path: Path, why: str) -> UserError:
    return UserError("unknown-format", _("{name} cannot be read. {why}").format(name=path.name, why=why))
