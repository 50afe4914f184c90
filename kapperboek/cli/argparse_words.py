"""Translation of what argparse itself says into the user's language.

It asks gettext, but of the catalogue of the process and by the language of the environment; ours has a catalogue of
its own and a choice (``--lang``). So its two functions are replaced by ours, which know all it can say to our users.
"""

from __future__ import annotations

import argparse

from kapperboek.i18n import _, ngettext


def _said() -> dict[str, str]:
    return {
        "usage: ": _("usage: "),
        "positional arguments": _("arguments"),
        "options": _("options"),
        "show this help message and exit": _("show this help"),
        "the following arguments are required: %s": _("this is still missing: %s"),
        "unrecognized arguments: %s": _("this means nothing here: %s"),
        "argument %(argument_name)s: %(message)s": _("%(argument_name)s: %(message)s"),
        "invalid choice: %(value)r (choose from %(choices)s)": _("%(value)r does not exist (choose from %(choices)s)"),
        "invalid %(type)s value: %(value)r": _("%(value)r is no number that fits here"),
        "ambiguous option: %(option)s could match %(matches)s": _("%(option)s may mean %(matches)s"),
        "ignored explicit argument %r": _("%r does not belong there"),
        "expected one argument": _("a value belongs behind it"),
        "expected at most one argument": _("at most one value belongs behind it"),
        "expected at least one argument": _("at least one value belongs behind it"),
    }


def translate(text: str) -> str:
    """Translation of what argparse says by ``text``; ``text`` itself when we have none."""
    return _said().get(text, text)


def _translate_many(one: str, many: str, n: int) -> str:
    if one == "expected %s argument":
        return ngettext("%s value belongs behind it", "%s values belong behind it", n)
    return one if n == 1 else many


def speak() -> None:
    """Translate argparse: from now on it speaks as the rest of the program does."""
    argparse._ = translate  # type: ignore[attr-defined]
    argparse.ngettext = _translate_many  # type: ignore[attr-defined]
