"""What the system may do with this process."""

from __future__ import annotations


def leave_no_core() -> None:
    """Should the program crash, its memory, with the key and what is on the screen, is not written to disk."""
    try:
        import resource
    except ImportError:  # Windows asks its user before it keeps anything
        return
    most = resource.getrlimit(resource.RLIMIT_CORE)[1]
    resource.setrlimit(resource.RLIMIT_CORE, (0, most))
