"""Start of the program, ``python -m kapperboek``: everything is wired in ``bootstrap``."""

from __future__ import annotations

import os
import sys

from kapperboek import bootstrap


def main() -> int:
    """Run what the command line asks for; gives the exit code.

    After a window it leaves at once: everything has been saved and closed by then, and taking Qt and Python apart
    piece by piece would only keep somebody waiting.
    """
    code = bootstrap.main(sys.argv[1:])
    if "PySide6.QtWidgets" in sys.modules:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
    return code


if __name__ == "__main__":
    sys.exit(main())
