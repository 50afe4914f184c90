"""Words of the made-up salon (``resources/demo/words.json``), and choosing among them from one stream of chance.

Names, streets, products, things people say, and at which ages they say them. Nobody there exists. The given names are
by when they were given: to who was born before 1955, then 1985, then 2005, and after.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from random import Random
from typing import Any, TypeVar

from kapperboek.resource_files import resource_folder

Item = TypeVar("Item")
FOLDER = resource_folder() / "demo"


@cache
def _all() -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = json.loads((FOLDER / "words.json").read_text("utf-8"))
    return found


def words(kind: str) -> list[Any]:
    """Words of one kind, a key of the file: texts, or what the file has there in their place."""
    return _all()[kind]


class Chooser:
    """Choosing by chance: the same seed makes the same choices, whatever the machine."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng

    def pick(self, items: Sequence[Item]) -> Item:
        """One of the items."""
        return items[int(self.rng.random() * len(items))]

    def word(self, kind: str) -> Any:
        """One of the words of this kind."""
        return self.pick(words(kind))
