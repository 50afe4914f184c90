"""Cache of what is worked out of people's words, because it is asked again soon: emptied when the window locks."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from functools import _lru_cache_wrapper

T = TypeVar("T")
_clear: list[Callable[[], object]] = []


def keep(most: int) -> Callable[[Callable[..., T]], _lru_cache_wrapper[T]]:
    """A decorator as ``lru_cache``, for a function of people's words: the last ``most`` answers are kept."""

    def kept(fn: Callable[..., T]) -> _lru_cache_wrapper[T]:
        made = lru_cache(maxsize=most)(fn)
        _clear.append(made.cache_clear)
        return made

    return kept


def keep_in(cache: dict[T, Any]) -> None:
    """Keep words of people in this cache too, to be emptied with the others."""
    _clear.append(cache.clear)


def forget() -> None:
    """Empty all caches: keep nothing any more."""
    for clear in _clear:
        clear()
