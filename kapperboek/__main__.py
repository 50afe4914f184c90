"""``python -m kapperboek``: everything is wired in ``bootstrap``."""

from __future__ import annotations

import sys

from kapperboek import bootstrap


def main() -> int:
    """Run what the command line asks for; gives the exit code."""
    return bootstrap.main(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
