"""Another program that has the same notebook open: a process of its own, which lives as long as the test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from kapperboek.services.moments import talk
from kapperboek.services.privacy import forgetting
from kapperboek.storage.opening import open_notebook
from tests.conftest import KEY

Do = Callable[..., Any]


@contextmanager
def second_program(path: Path) -> Iterator[Callable[..., None]]:
    """Gives a function that runs one of those below there, and waits until it is done."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as there:

        def do(what: Do, *args: Any) -> None:
            there.submit(what, path, *args).result()

        yield do


def add_point(path: Path, customer_id: int, text: str) -> None:
    """Somebody at another desk notes what to talk about."""
    with open_notebook(path, key=KEY) as book:
        talk.add_point(book, customer_id, text)


def forget(path: Path, customer_id: int) -> None:
    """Somebody is forgotten there: the journal says so without a row."""
    with open_notebook(path, key=KEY) as book:
        forgetting.forget(book, customer_id)
