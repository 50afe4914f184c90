"""Whether a vulnerability is known in what requirements.lock pins: ``python3 dev.py audit``.

Exit code 1 when one is known, 0 when none is, 3 when that could not be asked, of all or of some: without a network
there is nothing to tell, and pip-audit calls a package that it could not look up no trouble.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

LOCK = Path(__file__).resolve().parent.parent / "requirements.lock"
KNOWN, UNASKED = 1, 3
HOW_TO = 'pip-audit is not installed. To install it: .venv/bin/python -m pip install "pip-audit>=2.7,<3"'


def pins(lock: str) -> list[str]:
    """``name==version`` of every package in the lock."""
    return [line.rstrip(" \\") for line in lock.splitlines() if line[:1].isalnum()]


def ask(wanted: list[str]) -> subprocess.CompletedProcess[str]:
    """Let pip-audit ask; nothing is installed or resolved."""
    with tempfile.TemporaryDirectory() as folder:
        listed = Path(folder) / "pins.txt"
        listed.write_text("\n".join(wanted) + "\n", "utf-8")
        command = [sys.executable, "-m", "pip_audit", "--format", "json", "--progress-spinner", "off", "--no-deps"]
        command += ["--disable-pip", "--requirement", str(listed)]
        return subprocess.run(command, capture_output=True, text=True, check=False)


def outcome(answer: str, complaint: str, pinned: int) -> tuple[list[str], int]:
    """What to say, and the exit code."""
    if "No module named pip_audit" in complaint:
        return [HOW_TO], UNASKED
    try:
        packages: list[dict[str, Any]] = json.loads(answer)["dependencies"]
    except (ValueError, KeyError):
        last = (complaint.strip().splitlines() or ["no reason given"])[-1]
        return ["The database of vulnerabilities cannot be reached; nothing was audited.", last[:300]], UNASKED
    known = [f"{one['name']} {one['version']}: {bad['id']}" for one in packages for bad in one.get("vulns", ())]
    unasked = sorted(one["name"] for one in packages if "skip_reason" in one)
    lines = [*known, f"{pinned - len(unasked)} of {pinned} packages audited, {len(known)} known vulnerabilities."]
    if unasked:
        lines.append("Not in the database, as it is reached from here: " + ", ".join(unasked))
    return lines, KNOWN if known else UNASKED if unasked else 0


def main() -> int:
    """Ask about everything in the lock and say what came of it."""
    wanted = pins(LOCK.read_text("utf-8"))
    done = ask(wanted)
    lines, code = outcome(done.stdout, done.stderr, len(wanted))
    print("\n".join(lines))
    return code


if __name__ == "__main__":
    sys.exit(main())
