"""Tantivy beside our own search: the same words of the same customers, in memory, neither encrypted nor kept."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from kapperboek.domain.people.phones import national_digits, search_digits
from kapperboek.storage.derived.search_index import LONGEST_NUMBER, SHORTEST_SUFFIX, fitting, suffixes
from kapperboek.storage.file.notebook import Notebook

HEAP = 128_000_000  # bytes that its writer may gather before it writes a piece of the index
SHOWN = 50  # as many as the search box asks

_PEOPLE = """
    SELECT id, concat_ws(' ', number, given_name, nickname, additional_names, prefix, family_name, suffix, display_name,
            initials, organisation, department,
            (SELECT group_concat(value, ' ') FROM contact_point WHERE customer_id = customer.id AND kind <> 'phone'),
            (SELECT group_concat(concat_ws(' ', street, number, postcode, place, region), ' ') FROM address
                WHERE customer_id = customer.id)),
        (SELECT group_concat(canonical, ' ') FROM contact_point WHERE customer_id = customer.id AND kind = 'phone')
    FROM customer"""


def answering(book: Notebook) -> Callable[[str], int] | None:
    """A function that answers what is typed with the number of customers found; None where tantivy is not there.

    What it leaves out, our own search does beside it: notes, likeness, tiers, the order of the last visit, and all that
    a line of the answer shows.
    """
    try:
        import tantivy
    except ImportError:
        return None
    builder = tantivy.SchemaBuilder()
    for field in ("words", "ends"):  # ends of telephone numbers apart, as in our own index
        builder.add_text_field(field, tokenizer_name="whitespace", index_option="basic")
    builder.add_unsigned_field("id", stored=True)
    schema = builder.build()
    index = tantivy.Index(schema)
    _fill(book, index, tantivy.Document)
    searcher = index.searcher()

    def answer(text: str) -> int:
        field, typed = _typed(text)
        parts = [(tantivy.Occur.Must, tantivy.Query.regex_query(schema, field, f"{re.escape(w)}.*")) for w in typed]
        if not parts:
            return 0
        hits = searcher.search(tantivy.Query.boolean_query(parts), limit=SHOWN, count=False).hits
        return len([searcher.doc(address)["id"] for _score, address in hits])

    return answer


def _fill(book: Notebook, index: Any, document: Callable[..., Any]) -> None:
    writer = index.writer(heap_size=HEAP, num_threads=1)
    for customer_id, said, numbers in book.connection.execute(_PEOPLE):
        ends = [end for number in (numbers or "").split() for end in suffixes(national_digits(number, "NL"))]
        writer.add_document(document(id=customer_id, words=" ".join(fitting(said)), ends=" ".join(ends)))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()


def _typed(text: str) -> tuple[str, list[str]]:
    """Where what is looked for: a telephone number by its digits, anything else as the beginnings of words."""
    digits = search_digits(text, "NL")[-LONGEST_NUMBER:]
    return ("ends", [digits]) if len(digits) >= SHORTEST_SUFFIX else ("words", fitting(text))
