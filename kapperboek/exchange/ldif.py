"""LDIF address books (Thunderbird, Netscape, LDAP servers) as tables: one entry is a row, its attributes
are columns.

python-ldap and ldif3 were considered: the first needs a C library, the second stops at the first bad line.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from pathlib import Path

from kapperboek.domain.records import Rejected, SourceRecord
from kapperboek.domain.time.clock import SystemClock
from kapperboek.exchange.files import Progress, read_whole
from kapperboek.exchange.table.headings import Column, Meaning
from kapperboek.exchange.table.table import Table
from kapperboek.exchange.text_decoding import decode_line, encoding_of
from kapperboek.i18n import _

Entry = list[tuple[str, str]]  # attribute in lower case, value

_SKIPPED = frozenset(
    "dn objectclass modifytimestamp mozillausehtmlmail changetype version jpegphoto usercertificate "
    "entryuuid createtimestamp userpassword uidnumber gidnumber homedirectory loginshell gecos entrycsn entrydn "
    "creatorsname modifiersname hassubordinates subschemasubentry structuralobjectclass objectguid objectsid photo "
    "contextcsn whencreated whenchanged usncreated usnchanged instancetype".split()
)
_GROUPS = frozenset("groupofnames groupofuniquenames posixgroup".split())
_BRANCHES = frozenset("organizationalunit dcobject domain organizationalrole container".split())
_REACHED = frozenset("mail telephonenumber mobile homephone".split())
_MEANINGS = {
    "givenname": "given", "gn": "given", "sn": "family", "surname": "family", "cn": "display",
    "commonname": "display", "displayname": "display",
    "mozillanickname": "nickname", "xmozillanickname": "nickname", "initials": "initials",
    "personaltitle": "honorific",
    "mail": "email", "mozillasecondemail": "email", "xmozillasecondemail": "email",
    "homephone": "phone:home", "telephonenumber": "phone:work", "fax": "phone:fax",
    "facsimiletelephonenumber": "phone:fax",
    "pager": "phone:pager", "pagerphone": "phone:pager", "mobile": "phone:mobile",
    "cellphone": "phone:mobile", "carphone": "phone:car",
    "mozillahomestreet": "street:home", "mozillahomestreet2": "street2:home",
    "mozillahomelocalityname": "place:home", "homepostaladdress": "street:home",
    "mozillahomestate": "region:home", "mozillahomepostalcode": "postcode:home",
    "mozillahomecountryname": "country:home",
    "homestreet": "street:home", "homestreet2": "street2:home", "homelocalityname": "place:home",
    "homestate": "region:home", "homepostalcode": "postcode:home", "homecountryname": "country:home",
    "street": "street:work", "streetaddress": "street:work", "postaladdress": "street:work",
    "mozillaworkstreet2": "street2:work", "postofficebox": "pobox:work",
    "l": "place:work", "localityname": "place:work", "st": "region:work", "postalcode": "postcode:work",
    "c": "country:work", "countryname": "country:work",
    "title": "job", "o": "organisation", "company": "organisation", "ou": "department",
    "department": "department", "departmentnumber": "department",
    "mozillaworkurl": "handle:work", "workurl": "handle:work", "mozillahomeurl": "handle:home",
    "homeurl": "handle:home", "labeleduri": "handle:",
    "wwwhomepage": "handle:work", "othertelephone": "phone:work", "othermobile": "phone:mobile",
    "otherhomephone": "phone:home", "co": "country:work", "birthdate": "birthday", "dateofbirth": "birthday",
    "nsaimid": "handle:aim", "nscpaimscreenname": "handle:aim", "birthyear": "birth_year",
    "birthmonth": "birth_month", "birthday": "birth_day",
    "description": "note", "notes": "note", "info": "note", "employeenumber": "number", "uid": "key",
    **{f"mozillacustom{n}": f"custom:{n}" for n in "1234"}, **{f"custom{n}": f"custom:{n}" for n in "1234"},
}
_LINE = re.compile(r"([A-Za-z][\w.-]*)((?:;[\w.=-]+)*)\s*:(:|<)?[ \t]*(.*)", re.DOTALL | re.ASCII)


def read_ldif(path: Path, progress: Progress | None = None) -> Iterator[SourceRecord | Rejected]:
    """Read every entry of the file as a customer; mailing lists and broken entries come out rejected.

    UserError when the file cannot be read.
    """
    data = read_whole(path)
    encoding, _guess = encoding_of(data)
    if encoding.startswith(("utf-16", "utf-32")):
        data = data.decode(encoding, "replace").encode("utf-8")
    record = 0
    for line, lines in _entries(data.removeprefix(b"\xef\xbb\xbf")):
        entry, broken = _attributes(lines)
        if not entry and not broken:
            continue
        record += 1
        yield _customer(entry, broken, record, line)
        if progress and record % 200 == 0:
            progress(min(len(data), line * 25), len(data))
    if progress:
        progress(len(data), len(data))


def _entries(data: bytes) -> Iterator[tuple[int, list[bytes]]]:
    """Entries: blocks of lines between empty ones, folded lines made whole, comments left out."""
    lines: list[bytearray] = []  # which grow without being copied: a value may be folded over many lines
    start, comment = 1, False
    for number, raw in enumerate(data.replace(b"\r\r\n", b"\n").replace(b"\r\n", b"\n").split(b"\n"), 1):
        if not raw.strip():
            if lines:
                yield start, list(map(bytes, lines))
            lines, comment = [], False
        elif raw[:1] == b" ":
            if lines and not comment:
                lines[-1] += raw[1:]
        elif not (comment := raw[:1] == b"#"):
            if not lines:
                start = number
            lines.append(bytearray(raw))
    if lines:
        yield start, list(map(bytes, lines))


def _attributes(lines: list[bytes]) -> tuple[Entry, list[str]]:
    entry: Entry = []
    broken: list[str] = []
    for raw in lines:
        found = _LINE.fullmatch(decode_line(raw))
        if not found:
            broken.append(decode_line(raw))
            continue
        name, kind, value = found[1].lower(), found[3], found[4]
        if name == "version" and not entry:
            continue
        if kind == ":":
            try:
                value = decode_line(binascii.a2b_base64(value.strip(), strict_mode=True))
            except (binascii.Error, ValueError):
                broken.append(decode_line(raw))
                continue
        if value:
            entry.append((name, value))
    return entry, broken


def _customer(entry: Entry, broken: list[str], record: int, line: int) -> SourceRecord | Rejected:
    classes = {value.lower() for name, value in entry if name == "objectclass"}
    shown = "\n".join(f"{name}: {value}" for name, value in entry if name not in _SKIPPED)[:500]
    if classes & _GROUPS:
        return Rejected(record, line, _("This is a mailing list, not a person or a firm."), shown)
    if classes & _BRANCHES and not _REACHED.intersection(name for name, _value in entry):
        return Rejected(record, line, _("This is a branch of the address book, not a person or a firm."), shown)
    columns: list[Column] = []
    row: list[str] = []
    for name, value in entry:
        if name in _SKIPPED:
            continue
        target, _colon, label = _MEANINGS.get(name, "").partition(":")
        if name.endswith("postaladdress"):
            value = value.replace("$", "\n")
        columns.append(Column(len(row), name, Meaning(target, label) if target else None))
        row.append(value.partition(" ")[0] if name == "labeleduri" else value)
    columns += [Column(len(row) + place, "", None) for place in range(len(broken))]
    row += broken
    if not row:
        return Rejected(record, line, _("This entry says nothing about anybody."), shown)
    result = Table(columns, [row], SystemClock().today().year).record(row, record, line)
    if isinstance(result, SourceRecord):
        for name, value in entry:
            if name == "labeleduri" and " " in value:
                result.customer.handles = [
                    type(handle)(handle.value, value.partition(" ")[2])
                    if handle.value == value.partition(" ")[0]
                    else handle
                    for handle in result.customer.handles
                ]
        result.key = result.key if any(name == "uid" for name, _value in entry) else ""
        if broken:
            result.remarks.append(_("Some lines of this entry are damaged; they are kept in the note."))
    return result
