"""Two kinds of errors: those a user can do something about, and bugs.

``UserError`` carries a sentence in the user's language that says what is the matter and what to do; it is shown
where it arose. Every other exception is a bug and is reported as one.
"""

from __future__ import annotations


class UserError(Exception):
    """Error that the user can understand and act upon.

    ``code`` is a stable word for scripts (``wrong-key``); ``exit_code`` is what the command line returns
    (1 the input has a problem, 2 wrong usage, 3 cannot open, 4 nothing or nobody found).
    """

    exit_code = 1

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


class UsageError(UserError):
    """The command or the call is wrong."""

    exit_code = 2


class CannotOpen(UserError):
    """The notebook cannot be opened: wrong key, in use, newer version, not a notebook, no rights."""

    exit_code = 3


class NotFound(UserError):
    """Error that there is nothing or nobody of that name or number."""

    exit_code = 4


class ChangedMeanwhile(UserError):
    """Conflict: somebody else changed the same thing first; ``theirs`` and ``ours`` are the two texts.

    ``version`` is the one of ``theirs``: who has seen both texts may save over that one.
    """

    def __init__(self, message: str, theirs: str, ours: str, version: int) -> None:
        super().__init__("changed-meanwhile", message)
        self.theirs = theirs
        self.ours = ours
        self.version = version


class Cancelled(UserError):
    """The user stopped a long job; nothing of it was kept."""

    def __init__(self, message: str) -> None:
        super().__init__("cancelled", message)
