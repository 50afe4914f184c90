"""Draft keeper: half-typed words on their way to the notebook. What the disk refuses is held in memory and tried again,
also when the dialog it was typed in is gone by then: locking does not wait for a disk that has room.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QObject, QTimer

from kapperboek.ui.core.jobs import Jobs

AGAIN = 5_000  # milliseconds until a disk that refused is tried again


class HalfTypedWork(NamedTuple):
    """A draft as the notebook keeps it."""

    id: str
    kind: str
    customer_id: int
    payload: str


class DraftKeeper(QObject):
    """``tell`` hears once that a draft could not be written, and again when somebody wants to leave."""

    def __init__(self, jobs: Jobs, tell: Callable[[Exception], None], parent: QObject) -> None:
        super().__init__(parent)
        self._jobs, self._tell = jobs, tell
        self._latest: dict[str, HalfTypedWork] = {}  # not on disk yet, the newest of each
        self._meanwhile: set[str] = set()  # written since they began to be saved for good
        self._under_way: Counter[str] = Counter()  # saves for good
        self._afterwards: dict[str, HalfTypedWork] = {}  # what is half typed once all of those are done
        self._told = self._given_up = False
        self._again = QTimer(self, singleShot=True)
        self._again.timeout.connect(self.write_waiting)

    def save(
        self, draft: HalfTypedWork, done: Callable[[], None] | None = None, *, left: str | None = None
    ) -> None:
        """Save a draft now; ``done`` is called when it is on disk. ``left`` is what is left of it ("": nothing) when
        all succeeds that is being saved for good, for a draft nobody looks after any more.
        """
        from kapperboek.services import drafts

        if self._given_up:
            return
        self._afterwards.pop(draft.id, None)
        if left is not None and self._under_way[draft.id]:
            self._afterwards[draft.id] = draft._replace(payload=left)
        self._latest[draft.id] = draft
        self._meanwhile.add(draft.id)
        if not self._jobs.is_open():  # a copy is being put back, or the key changed
            self._again.start(AGAIN)
            return

        def written(_nothing: object) -> None:
            self._told = False
            if self._latest.get(draft.id) is draft:
                del self._latest[draft.id]
            if done is not None:
                done()

        self._jobs.run(drafts.save, *draft, done=written, failed=lambda error: self._refused(draft, error), owner=self)

    def held(self, draft_id: str) -> str | None:
        """Payload of a draft that is not on disk yet, which is newer than what is; None when there is no such thing."""
        draft = self._latest.get(draft_id)
        return None if draft is None else draft.payload

    def _refused(self, draft: HalfTypedWork, error: Exception) -> None:
        if self._latest.get(draft.id) is not draft:  # a newer one follows, or it is needed no more
            return
        self._again.start(AGAIN)
        if not self._told:
            self._told = True
            self._tell(error)

    def being_saved(self, draft_id: str, left: str = "") -> dict[str, str]:
        """Prepare a draft for the save of what it was typed for; gives what the use case must be told, to drop the
        draft, or all of it but what is ``left``, in the same transaction. Without a draft ("") nothing.
        """
        if not draft_id:
            return {}
        self._meanwhile.discard(draft_id)
        self._under_way[draft_id] += 1
        return {"draft_id": draft_id, **({"draft_left": left} if left else {})}

    def was_saved(self, draft_id: str, left: str = "") -> None:
        """Forget a draft that was saved: it is off the disk, unless written once more behind that (by who locked)."""
        if not draft_id:
            return
        self._under_way[draft_id] -= 1
        if draft_id in self._afterwards:
            if not self._under_way[draft_id]:
                then = self._afterwards.pop(draft_id)
                self.save(then) if then.payload else self.drop(draft_id)
        elif not left:
            self._latest.pop(draft_id, None)
            if draft_id in self._meanwhile:
                self.drop(draft_id)

    def was_not_saved(self, draft_id: str) -> None:
        """Keep a draft whole: what it was typed for could not be saved."""
        if draft_id:
            self._under_way[draft_id] -= 1
            self._afterwards.pop(draft_id, None)

    def drop(self, draft_id: str) -> None:
        """Drop a draft that is needed no more."""
        from kapperboek.services import drafts

        self._latest.pop(draft_id, None)
        self._meanwhile.discard(draft_id)
        if self._jobs.is_open():
            self._jobs.run(drafts.drop, draft_id)

    def write_waiting(self) -> None:
        """Try again to write the drafts that were refused."""
        for draft in [*self._latest.values()]:
            self.save(draft)

    def write_before_leaving(self) -> None:
        """Try again as ``write_waiting``, and tell again if it is refused: nobody may leave as if all was kept."""
        self._told = False
        self.write_waiting()

    def held_back(self) -> list[HalfTypedWork]:
        """Drafts that are not on disk."""
        return [*self._latest.values()]

    def give_up(self) -> None:
        """The window goes, and whoever closes it lets go of what is half typed."""
        self._given_up = True
        self._latest.clear()
        self._meanwhile.clear()
        self._afterwards.clear()
        self._again.stop()
