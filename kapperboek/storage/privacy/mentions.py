"""Mentions of somebody outside their own card, wherever they are or may be named: on the cards of others, in what
the shop is called and offers, in half-typed work, in the journal. To be looked at before they are forgotten, and
cleaned by choice.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from typing import Any, NamedTuple

from kapperboek.storage.file.dialect import MEMBERS, TEXT_COLUMNS, like_folded, members
from kapperboek.storage.file.notebook import Notebook
from kapperboek.storage.privacy import name_mentions
from kapperboek.storage.privacy.name_mentions import WORDS, as_json, image
from kapperboek.storage.privacy.name_variants import Sought
from kapperboek.storage.write import journaled_tables

# What tells nothing of people, or what others are called: that is theirs.
_NO_WORDS = frozenset(
    "uid canonical digest pin pin_after role kind state at month_day checked_on asked_on made_on not_before closed_at"
    " closed_on due show_on hidden_until ref customer_since phase_by_hand preferred_channel postcode country other_uid"
    " created_at source_key discovered_at happened_on reported_at version".split()
)
_OWN_NAME = frozenset(
    "number honorific given_name additional_names prefix family_name suffix display_name initials full_name"
    " sort_key".split()
)
# A mistake in these costs more than a line of text: they are never proposed to be cleaned.
_NAMING = frozenset({"setting", "staff", "treatment", "profile_field", "household", "contact_point"})
_SECRETS = ("former_keys",)


class Mention(NamedTuple):
    """A row with a name in it. ``key`` is by what it is chosen, ``text`` the words around it. ``by_itself``: what
    stands there goes whatever is chosen; ``sure``: it is hardly somebody else, and nothing hangs on it.
    """

    key: str
    table: str
    customer_id: int  # on whose card; 0 for nobody's
    text: str
    by_itself: bool
    sure: bool


def find(book: Notebook, sought: Sought, ids: Sequence[int] = (), uids: Collection[str] = ()) -> list[Mention]:
    """All there are, but those on the cards ``ids`` and relations that point at ``uids``: they go with them."""
    if not sought.needles:
        return []
    names = name_mentions.of(book, ids) if ids else name_mentions.Names()
    found = [*_in_rows(book, sought, names, ids, uids), *_in_drafts(book, sought, names, ids)]
    found += _in_sentences(book, sought, names, ids)
    there = {mention.key for mention in found}
    return found + [one for one in _in_images(book, sought, names, ids) if one.key not in there]


def _in_rows(
    book: Notebook, sought: Sought, names: name_mentions.Names, ids: Sequence[int], uids: Collection[str]
) -> Iterator[Mention]:
    for table in journaled_tables.JOURNALED:
        columns = _columns(book, table)
        owner, key = journaled_tables.owner(table), journaled_tables.key_column(table)
        pointing = "other_uid" if table == "relation" else "''"
        rows = _like(book, f"SELECT {key}, {owner}, {pointing}, {', '.join(columns)} FROM {table}", columns, sought)
        for row_key, customer_id, uid, *texts in rows:
            if customer_id in ids or uid in uids or row_key in _SECRETS:
                continue
            left = [_taken(names, table, column, str(text)) for column, text in zip(columns, texts, strict=True)]
            yield from _mention(f"{table}/{row_key}", table, customer_id or 0, texts, left, sought)


def _in_drafts(book: Notebook, sought: Sought, names: name_mentions.Names, ids: Sequence[int]) -> Iterator[Mention]:
    rows = _like(book, "SELECT id, customer_id, payload FROM draft", ["payload"], sought)
    for id, customer_id, payload in rows:
        if customer_id in ids:
            continue
        left = names.out_of_json(payload)
        if not customer_id and (left != payload or sought.apart_in(payload)):
            yield Mention(f"draft/{id}", "draft", 0, _opened(payload)[:80], left != payload, True)
            continue
        yield from _mention(f"draft/{id}", "draft", customer_id or 0, [_opened(payload)], [_opened(left)], sought)


def _in_sentences(
    book: Notebook, sought: Sought, names: name_mentions.Names, ids: Sequence[int]
) -> Iterator[Mention]:
    """Mentions in the sentences of the journal.

    A change about nobody else loses its sentence with them, and where somebody who stays is called so the sentences are
    about either.
    """
    if not sought.sure:
        return
    theirs = f"SELECT 1 FROM change_row WHERE change_id = ? AND customer_id IN {MEMBERS} LIMIT 1"
    others = theirs.replace(" IN (", " NOT IN (")
    for id, what in _like(book, "SELECT id, what FROM change", ["what"], sought):
        about = (id, members(ids))
        if not ids or book.value(theirs, about) is None or book.value(others, about) is not None:
            yield from _mention(f"change/{id}", "change", 0, [what], [names.out_of(what)], sought)


def _in_images(book: Notebook, sought: Sought, names: name_mentions.Names, ids: Sequence[int]) -> Iterator[Mention]:
    """Mentions in the journal's memory of rows that say it no longer."""
    seen = set()
    for _change, _seq, table, row_key, before, customer_id in _images(book, sought):
        key = _key_of(table, row_key)
        if customer_id in ids or key in seen:
            continue
        said = {column: text for column, text in image(before).items() if isinstance(text, str)}
        texts = {column: said[column] for column in _columns(book, table) if column in said}
        left = [_taken(names, table, column, text) for column, text in texts.items()]
        for mention in _mention(key, "change_row", customer_id or 0, list(texts.values()), left, sought):
            seen.add(key)
            yield mention


def _taken(names: name_mentions.Names, table: str, column: str, text: str) -> str:
    """Text that is left when what goes by itself is gone."""
    return names.out_of_column(table, column, text) if column in WORDS.get(table, ()) else text


def _mention(
    key: str, table: str, customer_id: int, texts: Sequence[object], left: Sequence[str], sought: Sought
) -> Iterator[Mention]:
    """Mention in the first text in which something is left to say; else for what goes by itself."""
    for text in left:
        if hit := sought.found(_opened(text)):
            yield Mention(key, table, customer_id, hit[0], False, hit[1] and table not in _NAMING)
            return
    for said in texts:
        if hit := sought.found(_opened(str(said))):
            yield Mention(key, table, customer_id, hit[0], True, True)
            return


def clean(book: Notebook, sought: Sought, keys: Collection[str]) -> set[int]:
    """Put "…" in the place of what is sought in the chosen rows, and in what the journal remembers of them, within the
    transaction there is. A number or address that is nothing else goes as a row, half-typed work of nobody as a whole.
    Gives whose cards changed.
    """
    changed: set[int] = set()
    for key in keys:
        table, _slash, row = key.partition("/")
        if table in journaled_tables.JOURNALED:
            changed |= _clean_row(book, sought, table, row)
        elif table == "draft":
            _clean_draft(book, sought, row)
        elif table == "change":
            what = str(book.value("SELECT what FROM change WHERE id = ?", (row,)) or "")
            book.connection.execute("UPDATE change SET what = ? WHERE id = ?", (sought.out_of(what), row))
    for change_id, seq, table, row_key, before, _customer in _images(book, sought):
        if _key_of(table, row_key) in keys:
            left = as_json(sought.out_of_all(image(before)))
            sql = "UPDATE change_row SET before = ? WHERE change_id = ? AND seq = ?"
            book.connection.execute(sql, (left, change_id, seq))
    return changed


def _clean_row(book: Notebook, sought: Sought, table: str, row: str) -> set[int]:
    columns, key, owner = _columns(book, table), journaled_tables.key_column(table), journaled_tables.owner(table)
    found = book.row(f"SELECT {owner}, {', '.join(columns)} FROM {table} WHERE {key} = ?", (row,))
    if found is None:
        return set()
    owner_id, *texts = found
    left = {
        column: without
        for column, text in zip(columns, map(str, texts), strict=True)
        if (without := sought.out_of_column(text)) != text
    }
    if table == "contact_point" and left.get("value", "").strip(" …") == "" and "value" in left:
        book.connection.execute("DELETE FROM contact_point WHERE id = ?", (row,))
        book.connection.execute("DELETE FROM change_row WHERE table_name = ? AND row_key = ?", (table, row))
    elif left:
        if table == "profile_field" and "key" in left:
            left["key"] = f"field_{row}"  # no two may have the same
        sets = ", ".join(f"{column} = ?" for column in left)
        book.connection.execute(f"UPDATE {table} SET {sets} WHERE {key} = ?", (*left.values(), row))
    return {owner_id} if isinstance(owner_id, int) else set()


def _clean_draft(book: Notebook, sought: Sought, id: str) -> None:
    row = book.row("SELECT customer_id, payload FROM draft WHERE id = ?", (id,))
    if row is not None and row[0]:
        payload = sought.out_of_column(str(row[1]))
        book.connection.execute("UPDATE draft SET payload = ? WHERE id = ?", (payload, id))
    elif row is not None:
        book.connection.execute("DELETE FROM draft WHERE id = ?", (id,))


def _images(book: Notebook, sought: Sought) -> list[tuple[Any, ...]]:
    select = "SELECT change_id, seq, table_name, row_key, before, customer_id FROM change_row"
    return [row for row in _like(book, select, ["before"], sought) if row[2] in journaled_tables.JOURNALED]


def _key_of(table: str, row_key: str) -> str:
    try:
        return f"{table}/{json.loads(row_key)}"
    except ValueError:
        return f"{table}/{row_key}"


def _like(book: Notebook, select: str, columns: Sequence[str], sought: Sought) -> list[tuple[Any, ...]]:
    """The rows worth looking at closely."""
    asked = [like_folded(column) for column in columns for _needle in sought.needles]
    given = [needle for _column in columns for needle in sought.needles]
    return book.rows(f"{select} WHERE {' OR '.join(asked)}", given) if asked else []


def _columns(book: Notebook, table: str) -> list[str]:
    """Columns of a table that people's words stand in; of a customer not what they are called."""
    rows = book.rows(TEXT_COLUMNS, (table,))
    but = _NO_WORDS | (_OWN_NAME if table == "customer" else frozenset())
    return [str(name) for (name,) in rows if name not in but and (table, name) != ("setting", "key")]


def _opened(text: str) -> str:
    """Words of a text in JSON; another text as it is."""
    if text[:1] not in ("[", "{", '"'):
        return text
    try:
        return " | ".join(_texts(json.loads(text)))
    except (ValueError, RecursionError):
        return text


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)
    elif isinstance(value, dict):
        for key, one in value.items():
            yield key
            yield from _texts(one)
