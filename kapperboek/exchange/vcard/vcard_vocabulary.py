"""The words of telephones and programs in vCards: labels, relations, and what only they themselves understand."""

from __future__ import annotations

import re

RELATION_WORDS = frozenset("spouse child parent mother father brother sister friend partner assistant manager".split())
MACHINE = re.compile(r"[0-9a-fA-F-]{16,}|[A-Za-z0-9+/=]{60,}|<[a-z]+ xmlns.*", re.DOTALL)
"""A value that no person wrote."""
ANDROID_RELATIONS = dict(zip(map(str, range(1, 15)), "assistant|brother|child|partner|father|friend|manager|mother|"
    "parent|partner|referred by|relative|sister|spouse".split("|"), strict=True))
"""Relations by their number on Android."""
MACHINE_PREFIXES = (
    "X-MS-OL-", "X-EVOLUTION-UI", "X-EVOLUTION-FILE", "X-EVOLUTION-E-BOOK", "X-COUCHDB", "X-MOZILLA-",
    "X-ABUID", "X-ABSHOWAS",
    "X-ABORDER", "X-ABADR", "X-ABCROP", "X-IMAGE", "X-KADDRESSBOOK-CRYPTO", "X-ETAG", "X-ID", "X-FC-",
    "X-GENERATOR", "X-MS-IMADDRESSES",
    "X-MS-TEXT", "X-SHARED-PHOTO", "X-ADDRESSBOOKSERVER-", "X-ACCOUNT", "X-UNIQUE", "X-WAB", "X-PREFER",
    "X-ABGENDER", "X-APPLE-", "X-EVOLUTION-LAST-USE", "X-EVOLUTION-USE-SCORE", "X-EVOLUTION-WEBDAV",
    "X-IRMC-", "X-GAMMU-",
    "X-CALDAV", "X-CARDDAV", "X-SYNC", "X-SONYERICSSON", "X-CLASS", "X-EPOCCNTMODELLABEL", "X-DAV",
)

SKIPPED = (
    "BEGIN END VERSION PRODID REV CLASS SOURCE NAME MAILER PROFILE TZ GEO "
    "SORT-STRING LANG"
    " CLIENTPIDMAP XML CREATED X-FILE-AS X-LAST-MODIFIED X-CREATED"
)
"""Properties to leave out: by how they begin, and by name."""
LEFT_OUT = "PHOTO LOGO SOUND KEY CALURI FBURL CALADRURI X-PHOTO"
"""What people put there and we have no place for: left out too, but told."""


def apple_label(text: str) -> str:
    """Label of an Apple program, ``_$!<Anniversary>!$_``, without its wrapping."""
    if not (text.startswith("_$!<") and text.endswith(">!$_")):
        return text
    word = text[4:-4]
    return word.lower() if word in ("Home", "Work", "Mobile", "Other", "Main") else word


def relation_kind(word: str) -> str:
    """The kind of relation for a label: the usual words in lower case, the owner's own as written."""
    return word.lower() if word.lower() in RELATION_WORDS else word
