"""What the privacy law asks for: health facts apart from other warnings, who looked at them, the words of a consent,
leaks of data, and who of the staff may do what.

A health fact keeps the id it had as a line of the card, and its history in the journal moves along: what was changed
before can be taken back after. Only what the journal says of the mark "health" itself goes; no table has it now.
``access_log`` and ``consent`` are only ever added to.
"""

VERSION = 2

_LINE = "table_name = 'card_line'"
_KEY = "CAST(row_key AS INTEGER)"

STATEMENTS = (
    # role: owner or staff; pin is an Argon2 hash or empty; before pin_after (seconds of uptime) no try counts
    "ALTER TABLE staff ADD COLUMN role TEXT NOT NULL DEFAULT 'owner'",
    "ALTER TABLE staff ADD COLUMN pin TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE staff ADD COLUMN pin_failures INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE staff ADD COLUMN pin_after TEXT",
    # the words that were shown when it was asked
    "ALTER TABLE consent ADD COLUMN wording TEXT NOT NULL DEFAULT ''",
    # kind: health
    """CREATE TABLE sensitive_fact (
        id INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL REFERENCES customer(id), kind TEXT NOT NULL,
        text TEXT NOT NULL, staff_id INTEGER REFERENCES staff(id), made_on TEXT,
        position INTEGER NOT NULL DEFAULT 0, version INTEGER NOT NULL DEFAULT 1)""",
    "CREATE INDEX sensitive_fact_by_customer ON sensitive_fact(customer_id, position)",
    """INSERT INTO sensitive_fact (id, customer_id, kind, text, staff_id, made_on, position, version)
        SELECT id, customer_id, 'health', text, staff_id, made_on, position, version FROM card_line WHERE health = 1""",
    "INSERT INTO counter (name, value) SELECT 'sensitive_fact', value FROM counter WHERE name = 'card_line'",
    f"""UPDATE change_row SET table_name = 'sensitive_fact' WHERE {_LINE} AND (
        {_KEY} IN (SELECT id FROM sensitive_fact)
        OR {_KEY} NOT IN (SELECT id FROM card_line) AND {_KEY} IN (
            SELECT {_KEY} FROM change_row WHERE {_LINE} AND op = 'delete' AND json_extract(before, '$.health')))""",
    "UPDATE change_row SET before = json_replace(before, '$.kind', 'health') WHERE table_name = 'sensitive_fact'",
    """UPDATE change_row SET before = json_remove(before, '$.health')
        WHERE table_name IN ('card_line', 'sensitive_fact') AND before IS NOT NULL""",
    "DELETE FROM change_row WHERE table_name IN ('card_line', 'sensitive_fact') AND before = '{}'",
    "DELETE FROM card_line WHERE health = 1",
    "ALTER TABLE card_line DROP COLUMN health",
    "ALTER TABLE customer_fact ADD COLUMN health INTEGER NOT NULL DEFAULT 0",  # how many such facts there are
    # customer_id points at nothing on purpose: that somebody looked stays true when the card is taken back
    """CREATE TABLE access_log (
        id INTEGER PRIMARY KEY, at TEXT NOT NULL, staff_id INTEGER, customer_id INTEGER NOT NULL, what TEXT NOT NULL)""",
    "CREATE INDEX access_log_by_customer ON access_log(customer_id)",
    """CREATE TABLE breach (
        id INTEGER PRIMARY KEY, discovered_at TEXT NOT NULL, happened_on TEXT, what TEXT NOT NULL,
        whose TEXT NOT NULL DEFAULT '', consequences TEXT NOT NULL DEFAULT '', measures TEXT NOT NULL DEFAULT '',
        reported_at TEXT, staff_id INTEGER REFERENCES staff(id), version INTEGER NOT NULL DEFAULT 1)""",
)
