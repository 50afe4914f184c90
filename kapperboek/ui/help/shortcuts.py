"""Shortcuts: every key of the window in one list, for the help (F1). They themselves are made where they are used."""

from __future__ import annotations

from kapperboek.i18n import _


def everywhere() -> tuple[tuple[str, str], ...]:
    """Keys that work on every page."""
    return (
        ("Ctrl K, Ctrl F", _("search")),
        ("Ctrl N", _("new customer")),
        ("Ctrl Z", _("undo what you just did here; in a text: what you typed")),
        ("Ctrl ⇧ Z", _("have it again after all")),
        ("F9", _("discreet: hide everything private")),
        ("Alt 1 … 4", _("Today, Customers, Follow-ups, Settings")),
        ("Alt ←", _("back to the page before")),
        ("Ctrl 1 … 9", _("somebody else is working")),
        ("Ctrl L", _("lock the window")),
        ("F1", _("help: the guide, and all keys")),
        ("Ctrl Q", _("close; what is half typed is kept")),
    )


def searching() -> tuple[tuple[str, str], ...]:
    """Keys in the search box."""
    return (
        ("↑ ↓", _("choose a result")),
        ("↵", _("open; when nobody was found: make a new card")),
        ("Esc", _("close the search")),
    )


def lines() -> tuple[tuple[str, str], ...]:
    """Keys on a line of Today or Follow-ups; Alt, so that a name typed there is a search and nothing else."""
    return (
        ("↑ ↓ ← →", _("choose a line, go to the next list")),
        ("↵", _("open the card")),
        ("Alt B", _("call: the number stands large")),
        ("Alt K", _("done")),
        ("Alt M", _("again tomorrow")),
        ("Alt D", _("another day")),
        ("Alt V", _("note the visit")),
        ("Alt N", _("not this one, not now")),
        ("Alt O", _("follow up, open again")),
        ("Alt W", _("change the follow-up, move the appointment")),
        ("Alt A", _("cancel the appointment")),
    )


def pages() -> tuple[tuple[str, str], ...]:
    """Keys of cards, lists and dialogs."""
    return (
        ("Ctrl ↵", _("on a card: note a visit; in a dialog: save")),
        ("Ctrl B", _("on a card: note a conversation")),
        ("Ctrl T", _("on a card, in a visit: what to talk about next time")),
        ("Ctrl O", _("on a card, in a visit: follow up")),
        ("Ctrl D", _("on a card: make an appointment")),
        ("Ctrl P", _("on a card: print it")),
        ("Ctrl E", _("on a card: change it")),
        ("Ctrl G", _("on a card: to the history")),
        ("Ctrl H", _("on a card: who changed what")),
        ("Ctrl I", _("on a card: show the health facts, or mask them again")),
        ("Ctrl M", _("on a card: what may be sent")),
        ("Alt ↓", _("in a day: pick it from a month")),
        ("Alt K", _("in a conversation: it is a complaint")),
        ("Alt M", _("choosing a passphrase: have one made")),
        ("Alt B", _("in a new card: what is typed as a name is a firm")),
        ("Alt ↑ ↓", _("in a list of the settings: move the line")),
        ("Ctrl ← →", _("in a recipe: from number to number")),
        ("Esc", _("close a dialog; what you typed is kept")),
        ("Tab", _("to the next field or button")),
        ("↑ ↓", _("through a list; Enter opens")),
    )
