"""The words people write when somebody has died."""

from __future__ import annotations

_WORDS = frozenset(
    "overlijden|overleden|overlijdensdatum|overlijdensdag|sterfdag|sterfdatum|gestorven|death|died|deceased|deathdate|"
    "death date|date of death|day of death|gestorben|verstorben|todestag|sterbedatum|sterbetag|décès|deces|décédé|"
    "décédée|date de décès|passed away|†".split("|")
)


def is_death(what: str) -> bool:
    """Tell whether the word for a day means that somebody died on it."""
    return what.strip(" .:†").lower() in _WORDS or what.strip() == "†"
