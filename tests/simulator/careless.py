"""Programs that break one promise each, which the simulator must notice."""

from __future__ import annotations

from itertools import count

from kapperboek.domain.law import consent
from kapperboek.storage.file import file_identity
from kapperboek.storage.privacy import erasure_list
from kapperboek.storage.write import unit_of_work


def loses() -> None:
    """Every so often something is confirmed that was not written."""
    commits, commit = count(1), unit_of_work._commit

    def sometimes(book: unit_of_work.Notebook, begun: unit_of_work._Begun) -> None:
        if next(commits) % 11:
            commit(book, begun)
        else:
            book.connection.execute("ROLLBACK")

    unit_of_work._commit = sometimes


def remembers() -> None:
    """Nobody in a copy is known to have been forgotten."""
    erasure_list.met_again = lambda *_args, **_more: []


def pesters() -> None:
    """A withdrawn consent still counts."""
    given = consent.allowed
    consent.allowed = lambda lines, **more: given([line for line in lines if line.state == "given"], **more)


def is_blind() -> None:
    """It does not see what becomes of its file."""
    file_identity.OpenFile.look = lambda self, _book: file_identity.Whereabouts(file_identity.State.HERE, self.path)


CARELESS = {"loses": loses, "remembers": remembers, "pesters": pesters, "is-blind": is_blind}
