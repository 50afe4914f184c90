"""Who was forgotten, as keyed hashes, within the notebook: the list beside it may be lost, renamed or cut off."""

VERSION = 3

STATEMENTS = ("CREATE TABLE forgotten (mark TEXT PRIMARY KEY) WITHOUT ROWID",)
