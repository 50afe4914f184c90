"""The first schema: that of the first release. Until then it may be changed; from then on never again.

Written out here and not taken from the table classes, because those will change and this may not. Days are text
``YYYY-MM-DD``; moments of contact are the shop's wall time ``YYYY-MM-DDTHH:MM``; instants (``*_at`` of changes and
drafts) are UTC text with a Z; amounts are whole cents. ``version`` counts the edits of a row, so that a lost
update is noticed and an undo can see whether a row is still as its change left it.

``customer_fact`` and the ``search_…`` tables are derived: they are rewritten from the other tables in the
unit of work that touched a customer, and are neither journaled nor exported.
"""

VERSION = 1

STATEMENTS = (
    "CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL, version INTEGER NOT NULL DEFAULT 1)",
    # role: owner or staff; pin is an Argon2 hash or empty; before pin_after (seconds of uptime) no try counts
    """CREATE TABLE staff (
        id INTEGER PRIMARY KEY, name TEXT NOT NULL, initials TEXT NOT NULL DEFAULT '',
        active INTEGER NOT NULL DEFAULT 1, role TEXT NOT NULL DEFAULT 'owner', pin TEXT NOT NULL DEFAULT '',
        pin_failures INTEGER NOT NULL DEFAULT 0, pin_after TEXT, version INTEGER NOT NULL DEFAULT 1)""",
    """CREATE TABLE treatment (
        id INTEGER PRIMARY KEY, name TEXT NOT NULL, minutes INTEGER, price_cents INTEGER,
        active INTEGER NOT NULL DEFAULT 1, position INTEGER NOT NULL DEFAULT 0, version INTEGER NOT NULL DEFAULT 1)""",
    """CREATE TABLE profile_field (
        id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, label TEXT NOT NULL, kind TEXT NOT NULL,
        choices TEXT NOT NULL DEFAULT '[]', active INTEGER NOT NULL DEFAULT 1,
        position INTEGER NOT NULL DEFAULT 0, version INTEGER NOT NULL DEFAULT 1)""",
    "CREATE TABLE household (id INTEGER PRIMARY KEY, name TEXT NOT NULL, version INTEGER NOT NULL DEFAULT 1)",
    "CREATE INDEX household_by_name ON household(name)",  # records name a household, they don't number it
    """CREATE TABLE customer (
        id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE, number TEXT NOT NULL UNIQUE,
        honorific TEXT NOT NULL DEFAULT '', given_name TEXT NOT NULL DEFAULT '',
        additional_names TEXT NOT NULL DEFAULT '', prefix TEXT NOT NULL DEFAULT '',
        family_name TEXT NOT NULL DEFAULT '', suffix TEXT NOT NULL DEFAULT '',
        display_name TEXT NOT NULL DEFAULT '', nickname TEXT NOT NULL DEFAULT '', initials TEXT NOT NULL DEFAULT '',
        organisation TEXT NOT NULL DEFAULT '', department TEXT NOT NULL DEFAULT '',
        full_name TEXT NOT NULL DEFAULT '', sort_key TEXT NOT NULL DEFAULT '',
        customer_since TEXT, deceased INTEGER NOT NULL DEFAULT 0, no_advertising INTEGER NOT NULL DEFAULT 0,
        preferred_channel TEXT NOT NULL DEFAULT '', regular_staff_id INTEGER REFERENCES staff(id),
        household_id INTEGER REFERENCES household(id), phase_by_hand TEXT NOT NULL DEFAULT '',
        note TEXT NOT NULL DEFAULT '', extra TEXT NOT NULL DEFAULT '', created_at TEXT NOT NULL,
        version INTEGER NOT NULL DEFAULT 1)""",
    "CREATE INDEX customer_by_sort_key ON customer(sort_key, id)",
    # lists in every order, and the few who are the exception, without looking at everybody
    "CREATE INDEX customer_by_number ON customer(length(number), number)",
    "CREATE INDEX customer_by_since ON customer(customer_since) WHERE customer_since IS NOT NULL",
    "CREATE INDEX customer_by_since_day ON customer(substr(customer_since, 6)) WHERE customer_since IS NOT NULL",
    "CREATE INDEX customer_by_staff ON customer(regular_staff_id) WHERE regular_staff_id IS NOT NULL",
    "CREATE INDEX customer_deceased ON customer(id) WHERE deceased = 1",
    "CREATE INDEX customer_phase_by_hand ON customer(phase_by_hand) WHERE phase_by_hand <> ''",
    "CREATE INDEX customer_by_household ON customer(household_id) WHERE household_id IS NOT NULL",
    """CREATE TABLE contact_point (
        id INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL REFERENCES customer(id), kind TEXT NOT NULL,
        value TEXT NOT NULL, canonical TEXT NOT NULL DEFAULT '', label TEXT NOT NULL DEFAULT '',
        position INTEGER NOT NULL DEFAULT 0, version INTEGER NOT NULL DEFAULT 1)""",
    "CREATE INDEX contact_point_by_customer ON contact_point(customer_id, position)",
    "CREATE INDEX contact_point_by_canonical ON contact_point(canonical) WHERE canonical <> ''",
    """CREATE TABLE address (
        id INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL REFERENCES customer(id),
        street TEXT NOT NULL DEFAULT '', number TEXT NOT NULL DEFAULT '', postcode TEXT NOT NULL DEFAULT '',
        place TEXT NOT NULL DEFAULT '', region TEXT NOT NULL DEFAULT '', country TEXT NOT NULL DEFAULT '',
        label TEXT NOT NULL DEFAULT '', position INTEGER NOT NULL DEFAULT 0, version INTEGER NOT NULL DEFAULT 1)""",
    "CREATE INDEX address_by_customer ON address(customer_id, position)",
    # what = 'birthday' is the birthday; month_day 'MM-DD' makes the coming week a range; year may be unknown
    """CREATE TABLE important_date (
        id INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL REFERENCES customer(id), what TEXT NOT NULL,
        year INTEGER, month_day TEXT NOT NULL, position INTEGER NOT NULL DEFAULT 0,
        version INTEGER NOT NULL DEFAULT 1)""",
    "CREATE INDEX important_date_by_customer ON important_date(customer_id)",
    "CREATE INDEX important_date_by_day ON important_date(month_day)",
    """CREATE TABLE relation (
        id INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL REFERENCES customer(id), kind TEXT NOT NULL,
        name TEXT NOT NULL, year INTEGER, month_day TEXT, other_uid TEXT NOT NULL DEFAULT '',
        position INTEGER NOT NULL DEFAULT 0, version INTEGER NOT NULL DEFAULT 1)""",
    "CREATE INDEX relation_by_customer ON relation(customer_id)",
    "CREATE INDEX relation_by_day ON relation(month_day) WHERE month_day IS NOT NULL",
    # state: known, refused ("liever niet"), later ("nu niet", asked_on says when)
    """CREATE TABLE profile_value (
        id INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL REFERENCES customer(id),
        field_id INTEGER NOT NULL REFERENCES profile_field(id), state TEXT NOT NULL DEFAULT 'known',
        value TEXT NOT NULL DEFAULT 'null', source TEXT NOT NULL DEFAULT '', checked_on TEXT, asked_on TEXT,
        version INTEGER NOT NULL DEFAULT 1, UNIQUE (customer_id, field_id))""",
    "CREATE INDEX profile_value_by_field ON profile_value(field_id)",
    # kind: warning, avoid, wish
    """CREATE TABLE card_line (
        id INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL REFERENCES customer(id), kind TEXT NOT NULL,
        text TEXT NOT NULL, staff_id INTEGER REFERENCES staff(id), made_on TEXT,
        position INTEGER NOT NULL DEFAULT 0, version INTEGER NOT NULL DEFAULT 1)""",
    "CREATE INDEX card_line_by_customer ON card_line(customer_id, kind, position)",
    # What the law calls health, apart from other warnings. kind: health
    """CREATE TABLE sensitive_fact (
        id INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL REFERENCES customer(id), kind TEXT NOT NULL,
        text TEXT NOT NULL, staff_id INTEGER REFERENCES staff(id), made_on TEXT,
        position INTEGER NOT NULL DEFAULT 0, version INTEGER NOT NULL DEFAULT 1)""",
    "CREATE INDEX sensitive_fact_by_customer ON sensitive_fact(customer_id, position)",
    # Clustered by customer and time, because that is how it is read. id is unique over all contact moments.
    """CREATE TABLE interaction (
        customer_id INTEGER NOT NULL REFERENCES customer(id), at TEXT NOT NULL, id INTEGER NOT NULL,
        kind TEXT NOT NULL, staff_id INTEGER REFERENCES staff(id), minutes INTEGER, amount_cents INTEGER,
        treatments TEXT NOT NULL DEFAULT '[]', recipe TEXT NOT NULL DEFAULT '', products TEXT NOT NULL DEFAULT '[]',
        note TEXT NOT NULL DEFAULT '', state TEXT NOT NULL DEFAULT '', source_key TEXT NOT NULL DEFAULT '',
        version INTEGER NOT NULL DEFAULT 1, PRIMARY KEY (customer_id, at, id)) WITHOUT ROWID""",
    "CREATE INDEX interaction_appointment ON interaction(at) WHERE kind = 'appointment'",
    "CREATE UNIQUE INDEX interaction_by_id ON interaction(id)",
    "CREATE INDEX interaction_by_source_key ON interaction(source_key) WHERE source_key <> ''",
    """CREATE TABLE talk_point (
        id INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL REFERENCES customer(id), text TEXT NOT NULL,
        made_on TEXT NOT NULL, staff_id INTEGER REFERENCES staff(id), origin_id INTEGER, not_before TEXT,
        state TEXT NOT NULL DEFAULT 'open', outcome TEXT NOT NULL DEFAULT '', closed_at TEXT,
        closed_by_id INTEGER REFERENCES staff(id), closed_in_id INTEGER, version INTEGER NOT NULL DEFAULT 1)""",
    "CREATE INDEX talk_point_by_customer ON talk_point(customer_id, state)",
    "CREATE INDEX talk_point_coming ON talk_point(not_before) WHERE state = 'open' AND not_before IS NOT NULL",
    # kind: follow_up, promise; due never moves by snoozing, show_on does
    """CREATE TABLE follow_up (
        id INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL REFERENCES customer(id), what TEXT NOT NULL,
        due TEXT NOT NULL, show_on TEXT, staff_id INTEGER REFERENCES staff(id), kind TEXT NOT NULL DEFAULT 'follow_up',
        state TEXT NOT NULL DEFAULT 'open', made_on TEXT NOT NULL, closed_on TEXT, origin_id INTEGER,
        version INTEGER NOT NULL DEFAULT 1)""",
    "CREATE INDEX follow_up_by_customer ON follow_up(customer_id)",
    "CREATE INDEX follow_up_open ON follow_up(due) WHERE state = 'open'",
    # only ever added to; wording: the words that were shown when it was asked
    """CREATE TABLE consent (
        id INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL REFERENCES customer(id), purpose TEXT NOT NULL,
        channel TEXT NOT NULL, state TEXT NOT NULL, at TEXT NOT NULL, how TEXT NOT NULL DEFAULT '',
        wording TEXT NOT NULL DEFAULT '', staff_id INTEGER REFERENCES staff(id), version INTEGER NOT NULL DEFAULT 1)""",
    "CREATE INDEX consent_by_customer ON consent(customer_id)",
    # What a person decided about a computed line of Today: not this one (until a day)
    """CREATE TABLE due_decision (
        id INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL REFERENCES customer(id), kind TEXT NOT NULL,
        ref TEXT NOT NULL DEFAULT '', hidden_until TEXT NOT NULL, staff_id INTEGER REFERENCES staff(id),
        version INTEGER NOT NULL DEFAULT 1)""",
    "CREATE INDEX due_decision_by_day ON due_decision(hidden_until)",
    "CREATE INDEX due_decision_by_customer ON due_decision(customer_id)",
    # Where a card came from: the source's own key, a digest of the record as it was read, and marks of its values, which
    # tell later whether somebody changed them here (domain.people.record_policies)
    """CREATE TABLE source_record (
        id INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL REFERENCES customer(id), source TEXT NOT NULL,
        key TEXT NOT NULL DEFAULT '', digest TEXT NOT NULL, marks TEXT NOT NULL DEFAULT '',
        read_at TEXT NOT NULL DEFAULT '', version INTEGER NOT NULL DEFAULT 1)""",
    "CREATE INDEX source_record_by_customer ON source_record(customer_id)",
    "CREATE INDEX source_record_by_key ON source_record(source, key) WHERE key <> ''",
    "CREATE INDEX source_record_by_digest ON source_record(digest)",
    """CREATE TABLE breach (
        id INTEGER PRIMARY KEY, discovered_at TEXT NOT NULL, happened_on TEXT, what TEXT NOT NULL,
        whose TEXT NOT NULL DEFAULT '', consequences TEXT NOT NULL DEFAULT '', measures TEXT NOT NULL DEFAULT '',
        reported_at TEXT, staff_id INTEGER REFERENCES staff(id), version INTEGER NOT NULL DEFAULT 1)""",
    # Only ever added to. customer_id points at nothing on purpose: that somebody looked stays true when the card is
    # taken back
    """CREATE TABLE access_log (
        id INTEGER PRIMARY KEY, at TEXT NOT NULL, staff_id INTEGER, customer_id INTEGER NOT NULL, what TEXT NOT NULL)""",
    "CREATE INDEX access_log_by_customer ON access_log(customer_id)",
    # Who was forgotten, as keyed hashes: the list beside the notebook may be lost, renamed or cut off
    "CREATE TABLE forgotten (mark TEXT PRIMARY KEY) WITHOUT ROWID",
    """CREATE TABLE draft (
        id TEXT PRIMARY KEY, kind TEXT NOT NULL, customer_id INTEGER, payload TEXT NOT NULL, updated_at TEXT NOT NULL)""",
    # The journal: undo, undo of an import, and who changed what
    """CREATE TABLE change (
        id INTEGER PRIMARY KEY, uid TEXT NOT NULL UNIQUE, at TEXT NOT NULL, staff_id INTEGER, what TEXT NOT NULL,
        source TEXT NOT NULL DEFAULT '', undoes_id INTEGER, undone_by_id INTEGER)""",
    """CREATE TABLE change_row (
        change_id INTEGER NOT NULL REFERENCES change(id), seq INTEGER NOT NULL, table_name TEXT NOT NULL,
        row_key TEXT NOT NULL, op TEXT NOT NULL, before TEXT, version_after INTEGER, customer_id INTEGER,
        PRIMARY KEY (change_id, seq)) WITHOUT ROWID""",
    "CREATE INDEX change_row_by_customer ON change_row(customer_id, change_id) WHERE customer_id IS NOT NULL",
    # cards that were deleted, of whom forgetting looks for the one that came in anew
    "CREATE INDEX change_row_card ON change_row(row_key) WHERE table_name = 'customer' AND op = 'delete'",
    "CREATE TABLE counter (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID",
    # Derived from the above, per customer, so that lists and Today never compute it for everybody
    # next_appointment is as seen on the day it was written; an appointment is to come iff last_appointment is not past
    """CREATE TABLE customer_fact (
        customer_id INTEGER PRIMARY KEY REFERENCES customer(id), visit_count INTEGER NOT NULL DEFAULT 0,
        first_visit TEXT, last_visit TEXT, last_contact TEXT, rhythm_days REAL, expected_on TEXT, absent_from TEXT,
        next_appointment TEXT, last_appointment TEXT, dormant_from TEXT, lost_from TEXT, open_talk_points INTEGER NOT NULL DEFAULT 0,
        open_promises INTEGER NOT NULL DEFAULT 0, tags TEXT NOT NULL DEFAULT '', warning TEXT NOT NULL DEFAULT '',
        place TEXT NOT NULL DEFAULT '', phone TEXT NOT NULL DEFAULT '', health INTEGER NOT NULL DEFAULT 0)""",
    # these three hold all that is asked of everybody at once, so that the rows themselves are left alone
    """CREATE INDEX customer_fact_absent ON customer_fact(
        absent_from, last_visit, lost_from, rhythm_days, last_appointment) WHERE absent_from IS NOT NULL""",
    "CREATE INDEX customer_fact_phase ON customer_fact(visit_count, last_visit, dormant_from, lost_from)",
    "CREATE INDEX customer_fact_tags ON customer_fact(tags) WHERE tags <> ''",
    "CREATE INDEX customer_fact_last_visit ON customer_fact(last_visit)",
    "CREATE INDEX customer_fact_expected ON customer_fact(expected_on)",
    # Four indexes rather than one with columns: a rare name must not be looked for in the long lists of what stands
    # in notes. All are fed with words already folded and split (domain.people.names.words), which is why plain 'ascii' does
    # for every script, and without positions (detail=column), because nobody searches for phrases.
    """CREATE VIRTUAL TABLE search_name USING fts5(
        given, name, content='', contentless_delete=1, prefix='1 2 3', detail=column, tokenize='ascii')""",
    """CREATE VIRTUAL TABLE search_contact USING fts5(
        email, place, content='', contentless_delete=1, prefix='2 3', detail=column, tokenize='ascii')""",
    # everything: card holds what the two above hold, so that "jansen zwolle" is one question
    """CREATE VIRTUAL TABLE search_text USING fts5(
        card, notes, content='', contentless_delete=1, prefix='2 3', detail=column, tokenize='ascii')""",
    """CREATE VIRTUAL TABLE search_sound USING fts5(
        sound, content='', contentless_delete=1, detail=none, tokenize='ascii')""",
    # every end of a number of three digits or more: the start of an end is any part of it
    """CREATE VIRTUAL TABLE search_phone USING fts5(
        ends, content='', contentless_delete=1, prefix='3 4 5', detail=none, tokenize='ascii')""",
    # every word of a name ever seen, by its sound: what Jansen sounds like, and what a typing mistake may have meant
    "CREATE TABLE search_word (sound TEXT NOT NULL, word TEXT NOT NULL, PRIMARY KEY (sound, word)) WITHOUT ROWID",
    "INSERT INTO search_name(search_name, rank) VALUES ('secure-delete', 1)",
    "INSERT INTO search_contact(search_contact, rank) VALUES ('secure-delete', 1)",
    "INSERT INTO search_text(search_text, rank) VALUES ('secure-delete', 1)",
    "INSERT INTO search_sound(search_sound, rank) VALUES ('secure-delete', 1)",
    "INSERT INTO search_phone(search_phone, rank) VALUES ('secure-delete', 1)",
)
