"""The same answers as lines for a person at a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kapperboek.domain.law.health_mask import mask
from kapperboek.domain.views.card_view import Card, Moment
from kapperboek.domain.views.file_health import Rescued
from kapperboek.domain.views.list_views import ChangeView, FileReport, ImportReport
from kapperboek.domain.views.saved import Saved, TakenBack
from kapperboek.domain.views.search_view import FindResult
from kapperboek.domain.views.today_view import Today, TodayLine
from kapperboek.i18n import _, format_long_day, format_money, ngettext

SHOWN_MOMENTS = 10


def found_lines(found: FindResult) -> list[str]:
    """One line per customer: number, name, where it matched when that isn't the name, and how to reach them."""
    marks = {
        "similar": _("looks like"),
        "note": _("in a note"),
        "place": _("place"),
        "email": "@",
        "phone": "☎",
    }
    lines = []
    for one in found.results:
        parts = [f"{one.number:>6}  {one.name}", *one.phones[:1], *one.emails[:1], one.place]
        mark = f" ({marks[one.match]})" if one.match in marks else ""
        lines.append(" · ".join(part for part in parts if part) + mark)
    if found.total > len(found.results):
        lines.append(_("… and {n} more.").format(n=found.total - len(found.results)))
    return lines


def today_lines(view: Today) -> list[str]:
    """Today as one line per thing to do, each with its reason."""
    heading = format_long_day(view.date)
    lines = [heading[:1].upper() + heading[1:]]
    lines += [_today_line(one) for one in view.lines]
    if not view.lines:
        empty = _("There are no customers yet. Begin with: kapperboek import FILE")
        lines.append(empty if view.empty else _("Nothing to do today."))
    more = view.absent_total - sum(one.kind == "absent" for one in view.lines)
    if more > 0:
        lines.append(ngettext("… and {n} more stays away.", "… and {n} more stay away.", more).format(n=more))
    return lines


def _today_line(one: TodayLine) -> str:
    head = one.time or one.due_text or ""
    what = " · ".join(part for part in (one.text, one.why) if part)
    return f"{head:>16}  {one.name} ({one.number}): {what}" if one.number else f"{head:>16}  {one.name}: {what}"


def card_lines(card: Card, due: Iterable[TodayLine]) -> list[str]:
    """The card in the window's order: who, warnings, what to talk about, what we know, history."""
    facts = (card.organisation, card.birthday_text, card.phase_label, card.rhythm_text, card.expected_text)
    lines = [f"{card.number}  {card.name}", *_indented(" · ".join(fact for fact in facts if fact))]
    lines += _block("", (contact.value for contact in card.contacts))
    lines += _block("", card.addresses)
    lines += _block(_("Warnings"), (mask(card.health_facts), *(line.text for line in card.warnings)))
    lines += _block(_("Talk about"), (point.text for point in card.talk_points))
    lines += _block(_("Don't bring up"), (line.text for line in card.avoid))
    lines += _block(_("Wishes"), (line.text for line in card.wishes))
    lines += _block(_("Remember"), (f"{known.label}: {known.text}" for known in card.knowledge if known.text))
    lines += _block(_("Family and friends"), (relation.text for relation in card.relations))
    lines += _block(_("To do"), (f"{one.due_text} {one.text}".strip() for one in due))
    lines += _block(_("History"), (_moment(one) for one in card.history[:SHOWN_MOMENTS]))
    return lines


def _indented(text: str) -> list[str]:
    return [f"  {line}" for line in text.splitlines()]


def _block(heading: str, texts: Iterable[str]) -> Iterator[str]:
    found = [text for text in texts if text]
    if found and heading:
        yield heading
    for text in found:
        yield from _indented(text)


def _moment(one: Moment) -> str:
    day = one.at.replace("T", " ")
    money = format_money(one.amount_cents) if one.amount_cents is not None else ""
    parts = (day, ", ".join(one.treatments), one.recipe, one.note, money, one.staff)
    return " · ".join(part for part in parts if part)


def change_lines(found: Iterable[ChangeView]) -> list[str]:
    """The journal, newest first."""
    undone = _("undone")
    return [
        f"{c.id:>6}  {c.at.replace('T', ' ')[:16]}  {c.what}"
        + (f" · {c.staff}" if c.staff else "")
        + (f" ({undone})" if c.undone else "")
        for c in found
    ]


def undo_lines(saved: Saved, cards: int) -> list[str]:
    """Lines about an undo or redo: what was taken back or done again, on how many cards, and how to turn that round."""
    if isinstance(saved, TakenBack):
        on = ngettext("Undone on {n} card.", "Undone on {n} cards.", cards)
        turn = _("To have it again: kapperboek undo {change}")
    else:
        on = ngettext("Done again on {n} card.", "Done again on {n} cards.", cards)
        turn = _("To undo it: kapperboek undo {change}")
    return [saved.what, *([on.format(n=cards)] if cards else []), turn.format(change=saved.change_id)]


def import_lines(report: ImportReport) -> list[str]:
    """Lines about an import: what each file gave, every record that was not taken, and how to take it all back."""
    lines = [line for file in report.files for line in _file_lines(file)]
    if report.dry_run:
        lines.append(_("This was a rehearsal: nothing was written."))
    elif report.batch:
        lines.append(_("To undo all of it: kapperboek undo {change}").format(change=report.batch))
    return lines


def rescue_lines(done: Rescued) -> list[str]:
    """Lines about a rescue: what was saved of each table, and what is known to be lost."""
    lines = [
        f"{one.name}: " + _("{saved} saved, {lost} lost").format(saved=one.saved, lost=one.lost)
        for one in done.tables
        if one.saved or one.lost
    ]
    if done.restored_heads:
        text = ngettext(
            "{n} card came back under its number; fill in the name again.",
            "{n} cards came back under their numbers; fill in the names again.",
            done.restored_heads,
        )
        lines.append(text.format(n=done.restored_heads))
    if done.orphans:
        lines.append(_("{n} lines belong to nothing that could be saved.").format(n=done.orphans))
    return [*lines, _("The new notebook is {file}. The damaged one is as it was.").format(file=done.target)]


def _file_lines(file: FileReport) -> Iterator[str]:
    counts = _("{file}: {read} read, {added} added, {updated} updated, {unchanged} unchanged, {failed} not imported")
    yield counts.format(**(file._asdict() | {"failed": len(file.failed)}))
    if file.possible_duplicates:
        yield "  " + _("{n} may be there twice now").format(n=file.possible_duplicates)
    for one in file.forgotten:
        text = _("record {n}: {name} may be somebody you have forgotten ({reasons})")
        yield "  " + text.format(n=one.record, name=one.name, reasons=", ".join(one.reasons))
    for record, line, reason, text in file.failed:
        place = _("line {n}").format(n=line) if line else _("record {n}").format(n=record)
        shown = f" [{' '.join(text.split())[:60]}]" if text else ""
        yield f"  {place}: {reason}{shown}" if record else f"  {reason}"
    for remark in file.remarks:
        yield f"  {remark}"
