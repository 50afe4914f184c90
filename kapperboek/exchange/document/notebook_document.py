"""The notebook document: everything in a notebook as one JSON file, out and in again without a difference.

Keys and their order are those of design/cli.md; ours beyond that are written only when they say something.
Keys this version does not know are kept in ``extra`` under their JSON pointer (RFC 6901:
``/interactions/2/mood``) and written back in their place. pydantic was considered; it is a slow import for
what a table of fields says as clearly.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, TypeVar

from kapperboek.domain.errors import UserError
from kapperboek.domain.records import (
    CustomerRecord,
    DocumentRecord,
    ProfileFieldRecord,
    Rejected,
    ShopRecord,
    StaffRecord,
    TreatmentRecord,
)
from kapperboek.exchange.document.document_fields import KEYS, MEMBERS, REQUIRED, SHAPES, WrongType, members
from kapperboek.exchange.document.document_stream import DocumentStream
from kapperboek.exchange.files import DOCUMENT_LIMIT, Progress, reading, replacing_text
from kapperboek.i18n import _

VERSION = 1
_HEAD_LISTS = {"staff": StaffRecord, "profile_fields": ProfileFieldRecord, "treatments": TreatmentRecord}
_KEPT_ASIDE = "kept_aside"  # unknown keys whose place has gone
T = TypeVar("T")


def to_json(customer: CustomerRecord) -> dict[str, object]:
    """One customer of the document."""
    return _with_extra(_plain(customer), customer.extra)


def from_json(data: object) -> tuple[CustomerRecord, list[str]]:
    """A customer and the JSON pointers of the keys nobody knows (kept in ``extra``). UserError
    ``wrong-document``.
    """
    unknown: dict[str, object] = {}
    customer = _record(CustomerRecord, data, "", unknown)
    kept = unknown.pop(f"/{_KEPT_ASIDE}", None)
    customer.extra = unknown | (kept if isinstance(kept, dict) else {})
    return customer, list(unknown)


def read_document(path: Path, progress: Progress | None = None) -> tuple[DocumentRecord, list[Rejected], list[str]]:
    """The notebook of a document, the customers that could not be read, and the keys nobody knows.

    UserError: ``wrong-document`` when it is no notebook or breaks off, ``newer-version`` when a later
    Kapperboek wrote it.
    """
    document, rejected = DocumentRecord(), list[Rejected]()
    unknown: dict[str, None] = {}
    with reading(path, DOCUMENT_LIMIT) as (file, size):
        stream = DocumentStream(file, size, path.name, progress)
        head: dict[str, Any] = {}
        for key, value in stream.members("customers"):
            if key != "customers":
                head[key] = value
                continue
            _check_version(head, path.name, final=False)
            for number, (line, data) in enumerate(stream.items(), 1):
                _add_customer(document, data, number, line, rejected, unknown)
    _check_version(head, path.name, final=True)
    _read_head(document, head, unknown)
    return document, rejected, list(unknown)


def _add_customer(
    document: DocumentRecord,
    data: object,
    number: int,
    line: int,
    rejected: list[Rejected],
    unknown: dict[str, None],
) -> None:
    try:
        customer, keys = from_json(data)
    except UserError as error:
        rejected.append(Rejected(number, line, error.message, json.dumps(data, ensure_ascii=False)[:500]))
        return
    document.customers.append(customer)
    unknown.update(
        dict.fromkeys(
            "customers" + "/".join("*" if part.isdecimal() else part for part in key.split("/")) for key in keys
        )
    )


def _check_version(head: dict[str, Any], name: str, *, final: bool) -> None:
    version = head.get("kapperboek")
    if version is None and not final:
        return
    if isinstance(version, int) and not isinstance(version, bool) and version > VERSION:
        raise UserError(
            "newer-version",
            _("{name} was written by a newer Kapperboek. Update Kapperboek first.").format(name=name),
        )
    if version != VERSION or isinstance(version, bool):
        raise UserError("wrong-document", _("{name} is not a notebook that Kapperboek wrote.").format(name=name))


def _read_head(document: DocumentRecord, head: dict[str, Any], unknown: dict[str, None]) -> None:
    extra: dict[str, object] = {}
    document.shop = _record(ShopRecord, head.pop("shop", {}), "/shop", extra)
    for name, kind in _HEAD_LISTS.items():
        setattr(document, name, _records(kind, head.pop(name, []), f"/{name}", extra))
    extra |= {
        f"/{_escaped(key)}": value
        for key, value in head.items()
        if key not in ("kapperboek", "exported_at", _KEPT_ASIDE)
    }
    unknown.update(dict.fromkeys(key[1:] for key in extra))
    kept = head.get(_KEPT_ASIDE)
    document.extra = extra | (kept if isinstance(kept, dict) else {})


def write_document(
    path: Path, document: DocumentRecord, exported_at: str, customers: Iterable[CustomerRecord] | None = None
) -> int:
    """Write the notebook to ``path``, customer by customer, and say how many.

    ``customers`` may stand in for ``document.customers``, so that a large notebook never stands in memory.
    ``exported_at`` is an instant in UTC (``2026-11-22T09:00:00Z``). UserError as for files.
    """
    head: dict[str, object] = {
        "kapperboek": VERSION,
        "exported_at": exported_at,
        "shop": _plain(document.shop),
    }
    head |= {
        "staff": list(map(_plain, document.staff)),
        "profile_fields": list(map(_plain, document.profile_fields)),
    }
    if document.treatments:
        head["treatments"] = list(map(_plain, document.treatments))
    head = _with_extra(head, document.extra)
    count = 0
    # a half of a surrogate pair cannot be written in UTF-8; backslashreplace writes it as the JSON escape
    # it is
    with replacing_text(path, errors="backslashreplace") as file:
        file.write(
            "{" + ",\n ".join(f"{_dumped(key)}: {_dumped(value)}" for key, value in head.items()) + ',\n "customers": ['
        )
        for customer in document.customers if customers is None else customers:
            file.write((",\n  " if count else "\n  ") + _dumped(to_json(customer)))
            count += 1
        file.write("\n ]}\n" if count else "]}\n")
    return count


def _dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _plain(record: object) -> dict[str, object]:
    """A record as its keys in order; lists of records likewise."""
    result: dict[str, object] = {}
    for field, read in SHAPES[type(record)]:
        value = getattr(record, field.name)
        if field.always or value != field.usual:
            result[field.name] = list(map(_plain, value)) if read is members else value
    return result


def _record(kind: type[T], data: object, where: str, unknown: dict[str, object]) -> T:
    if not isinstance(data, dict):
        raise _wrong(where, "object")
    values: dict[str, object] = {}
    for field, read in SHAPES[kind]:
        name = field.name
        if name not in data:
            continue
        if read is members:
            values[name] = _records(MEMBERS[name], data[name], f"{where}/{name}", unknown)
            continue
        try:
            values[name] = read(data[name])
        except WrongType as error:
            raise _wrong(f"{where}/{name}", str(error)) from error
    for name in REQUIRED[kind]:
        if name not in values:
            raise _wrong(f"{where}/{name}", "…")
    if not data.keys() <= KEYS[kind]:
        unknown |= {f"{where}/{_escaped(key)}": value for key, value in data.items() if key not in KEYS[kind]}
    return kind(**values)


def _records(kind: type[T], data: object, where: str, unknown: dict[str, object]) -> list[T]:
    if not isinstance(data, list):
        raise _wrong(where, "list")
    return [_record(kind, item, f"{where}/{place}", unknown) for place, item in enumerate(data)]


def _wrong(where: str, expected: str) -> UserError:
    sentence = _("What stands at “{where}” cannot be read; expected: {expected}.")
    return UserError("wrong-document", sentence.format(where=where.removeprefix("/") or "customer", expected=expected))


def _escaped(key: str) -> str:
    return key.replace("~", "~0").replace("/", "~1")


def _with_extra(data: dict[str, object], extra: dict[str, object]) -> dict[str, object]:
    """The data with unknown keys back in their places; those whose place has gone stand together at the
    end.
    """
    homeless = {}
    for pointer, value in extra.items():
        if not _put(data, pointer, value):
            homeless[pointer] = value
    return data | {_KEPT_ASIDE: homeless} if homeless else data


def _put(data: object, pointer: str, value: object) -> bool:
    if not pointer.startswith("/"):
        return False
    *path, last = (part.replace("~1", "/").replace("~0", "~") for part in pointer[1:].split("/"))
    for part in path:
        if isinstance(data, list) and part.isdecimal() and int(part) < len(data):
            data = data[int(part)]
        elif isinstance(data, dict) and part in data:
            data = data[part]
        else:
            return False
    if not isinstance(data, dict) or last in data:
        return False
    data[last] = value
    return True
