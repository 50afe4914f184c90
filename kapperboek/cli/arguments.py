"""Arguments of the command line: design/cli.md as argparse knows it."""

from __future__ import annotations

import argparse
from typing import NoReturn

from kapperboek import __version__
from kapperboek.cli import argparse_words
from kapperboek.domain.errors import UsageError
from kapperboek.domain.law.consent import CHANNELS, PURPOSES
from kapperboek.i18n import _


class _Parser(argparse.ArgumentParser):
    """Parser for which wrong usage is an error like any other: one sentence, exit code 2, and in JSON when asked."""

    def error(self, message: str) -> NoReturn:
        raise UsageError("usage", f"{self.prog}: {message}")


def parse(argv: list[str]) -> argparse.Namespace:
    """The command and its arguments. Raises UsageError; ``--help`` and ``--version`` print and exit."""
    argparse_words.speak()
    return _parser().parse_args(argv)


def _parser() -> _Parser:
    parser = _Parser(
        prog="kapperboek",
        description=_(
            "The relationship notebook for hairdressers and small shops. Without a command the window opens."
        ),
        epilog=_(
            "Options before the command: --notebook FILE (or KAPPERBOEK_NOTEBOOK), --lang nl|en, --on YYYY-MM-DD. "
            "The key comes from KAPPERBOEK_PASSPHRASE or a prompt. Without a command: --exit-after paint|today."
        ),
    )
    parser.add_argument("--version", action="version", version=f"kapperboek {__version__}", help=_("show the version"))
    commands = parser.add_subparsers(dest="command", metavar=_("COMMAND"), required=True, parser_class=_Parser)
    demo = _command(commands, "demo", _("fill a new notebook with a believable salon"))
    demo.add_argument("--customers", type=_count, default=300, metavar="N")
    demo.add_argument("--seed", type=int, default=1, metavar="S")
    bring = _command(commands, "import", _("read customer lists and agendas: .vcf .csv .tsv .xlsx .ldif .ics .json"))
    bring.add_argument("files", nargs="+", metavar=_("FILE"))
    bring.add_argument("--dry-run", action="store_true", help=_("only say what would happen"))
    take = _command(commands, "export", _("write .json (everything), .vcf, .csv, .xlsx or .ics"))
    take.add_argument("file", metavar=_("FILE"))
    take.add_argument("--customer", metavar="N", default="", help=_("only this customer"))
    _command(commands, "find", _("the search box")).add_argument("text", nargs="+", metavar=_("TEXT"))
    _command(commands, "show", _("the card of one customer")).add_argument("number", metavar="N")
    _command(commands, "today", _("what Today shows"))
    attention = _command(commands, "attention", _("who needs a word, and why"))
    attention.add_argument("--all", action="store_true", help=_("everybody who came twice or more, ranked"))
    call = _command(commands, "call", _("who is calling; shows the card in the running window"))
    call.add_argument("phone", nargs="+", metavar=_("NUMBER"))
    changes = _command(commands, "changes", _("the journal: who did what"))
    changes.add_argument("--customer", metavar="N", default="", help=_("only this customer"))
    undo = _command(commands, "undo", _("undo one change (by default the last)"))
    undo.add_argument("change", nargs="?", type=int, metavar=_("CHANGE"))
    _add_keeping(commands)
    _add_rights(commands)
    _command(commands, "self-test", _("try the window on a throw-away salon"))
    return parser


def _add_rights(commands: argparse._SubParsersAction[_Parser]) -> None:
    """Add the commands for what the privacy law gives a customer a right to: dossier, forget, consent."""
    dossier = _command(commands, "dossier", _("everything we hold on one person: .pdf or .json"))
    dossier.add_argument("number", metavar="N")
    dossier.add_argument("file", metavar=_("FILE"))
    forget = _command(commands, "forget", _("remove one person everywhere, for good"))
    forget.add_argument("number", metavar="N")
    forget.add_argument("--dry-run", action="store_true", help=_("only say what would happen"))
    consent = _command(commands, "consent", _("add a line to the consent register"))
    consent.add_argument("number", metavar="N")
    consent.add_argument("purpose", metavar=_("PURPOSE"), help=", ".join(PURPOSES))
    consent.add_argument("channel", metavar=_("CHANNEL"), help=", ".join(CHANNELS))
    consent.add_argument("state", metavar="given|withdrawn")
    consent.add_argument("--how", required=True, metavar=_("TEXT"), help=_("how it was said: at the desk, by letter…"))


def _add_keeping(commands: argparse._SubParsersAction[_Parser]) -> None:
    """Add the commands that keep the notebook whole: backup, restore, check."""
    _command(commands, "backup", _("make a verified copy")).add_argument("folder", nargs="?", metavar=_("DIR"))
    back = _command(commands, "restore", _("put a copy back; the present notebook is kept aside"))
    back.add_argument("file", metavar=_("FILE"))
    text = _("only the card of this customer, into the notebook as it is")
    back.add_argument("--customer", metavar="N", default="", help=text)
    text = _("also when FILE is another notebook, and no copy of this")
    back.add_argument("--another", action="store_true", help=text)
    look = _command(commands, "check", _("look for damage"))
    look.add_argument("--rescue", metavar=_("FILE"), help=_("save all that can be read into a new notebook"))


def _command(commands: argparse._SubParsersAction[_Parser], name: str, what: str) -> _Parser:
    command = commands.add_parser(name, help=what, description=what)
    command.add_argument("--json", action="store_true", help=_("print one JSON document and nothing else"))
    return command


def _count(text: str) -> int:
    number = int(text)
    if not 0 < number <= 1_000_000:
        raise argparse.ArgumentTypeError(_("a number from 1 to 1,000,000"))
    return number
