"""Fuzzing for as long as you like: ``python -m tests.fuzz.run [TARGET…] [--minutes N] [--folder FOLDER] [--list]``.

Guided by what the program does with an input where atheris is installed (``pip install ".[fuzz]"``; there are wheels
for Linux on x86-64), by chance alone where it is not. What misbehaves is kept once per place where it does, as the
smallest input that was met; what was tried before is where the next run goes on. Exit code 1 when something did.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import json
import os
import re
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from tests.conftest import ROOT

if TYPE_CHECKING:
    from tests.fuzz.target import Target

HOW_TO = """\
Atheris is not installed, so inputs are changed by chance alone, which finds less. To be guided by what they do:
    .venv/bin/python -m pip install "atheris>=3,<4"
"""
PATIENCE = 300  # seconds for one input until the run is stopped and it is kept
ROOM_MB = 2500  # of memory for the whole process


def main() -> int:
    """One target after the other, each in a process of its own."""
    options = _options()
    if options.one:
        _one(options)
    names = _names()
    wanted = options.targets or names
    if options.list or set(wanted) - set(names):
        print(*names, sep="\n")
        return 0 if options.list else 2
    if not _guided():
        print(HOW_TO, file=sys.stderr)
    options.minutes /= len(wanted)
    found = [path for name in wanted for path in _target(name, options)]
    for path in found:
        print(f"MISBEHAVED {path}")
    return 1 if found else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz.run", description=__doc__.partition(":")[0])
    parser.add_argument("targets", nargs="*", metavar="TARGET")
    parser.add_argument("--minutes", type=float, default=1.0, help="in all, shared by the targets (1)")
    parser.add_argument("--folder", type=Path, default=ROOT / ".fuzz", help="what was tried and found (.fuzz)")
    parser.add_argument("--list", action="store_true", help="the names of the targets")
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args()


def _names() -> list[str]:
    from tests.fuzz.targets import TARGETS

    return list(TARGETS)


def _guided() -> bool:
    return importlib.util.find_spec("atheris") is not None


def _target(name: str, options: argparse.Namespace) -> list[Path]:
    """Run one target; what it found this time."""
    found = options.folder / name / "found"
    before = {path: path.stat().st_mtime_ns for path in found.glob("*.bin")}
    command = [sys.executable, "-m", "tests.fuzz.run", name, "--one"]
    command += ["--minutes", str(options.minutes), "--folder", str(options.folder.resolve())]
    began = time.monotonic()
    done = subprocess.run(command, cwd=ROOT, env=_surroundings(), capture_output=True, text=True, errors="replace")
    said = done.stdout + done.stderr
    tries = re.search(r"number_of_executed_units: *(\d+)", said)
    took = time.monotonic() - began
    count = int(tries[1]) if tries else 0
    if not tries or done.returncode:
        (found / "stopped.txt").write_text(said[-20_000:], "utf-8")
    print(f"{name}: {count} inputs in {took / 60:.1f} minutes, exit code {done.returncode}", flush=True)
    _tally(options.folder, name, count, took)
    return [path for path in sorted(found.glob("*.bin")) if before.get(path) != path.stat().st_mtime_ns]


def _surroundings() -> dict[str, str]:
    """No screen, and nothing that is somebody's own."""
    return {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONDONTWRITEBYTECODE": "1"}


def _tally(folder: Path, name: str, count: int, seconds: float) -> None:
    """Add to what was done in all, so that hours can be told and not guessed."""
    file = folder / "tally.json"
    tally: dict[str, dict[str, Any]] = json.loads(file.read_text("utf-8")) if file.exists() else {}
    mine = tally.setdefault(name, {"inputs": 0, "minutes": 0.0, "guided": 0.0})
    mine["inputs"] += count
    mine["minutes"] = round(mine["minutes"] + seconds / 60, 2)
    mine["guided"] = round(mine["guided"] + (seconds / 60 if _guided() else 0), 2)
    file.write_text(json.dumps(tally, indent=1, sort_keys=True) + "\n", "utf-8")


# ---- in the process of one target ----


def _one(options: argparse.Namespace) -> None:
    """Never returns: libFuzzer ends the process when the time is up."""
    folder: Path = options.folder / options.targets[0]
    for name in ("found", "corpus"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix="kapperboek-fuzz-") as room:
        os.environ["HOME"] = room
        for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR"):
            os.environ[name] = room
        os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"  # nobody's own key store
        (_by_atheris if _guided() else _by_chance)(options.targets[0], Path(room), folder, options.minutes * 60)
    sys.exit()


def _made(name: str, room: Path) -> tuple[Target, list[bytes], Callable[[bytes], None]]:
    """The target, its seeds, and what tries an input and keeps it when it misbehaves."""
    from kapperboek import i18n
    from tests.fuzz.judge import judge
    from tests.fuzz.targets import TARGETS

    i18n.set_language("nl")
    target = TARGETS[name](room)
    return target, target.seeds(), lambda data: judge(target, data)


def _by_chance(name: str, room: Path, folder: Path, seconds: float) -> None:
    import faulthandler

    from tests.fuzz.changing import by_chance

    target, seeds, judge = _made(name, room)
    seeds += [path.read_bytes() for path in (folder / "found").glob("*.bin")]
    chance, end, count = Random(time.time_ns()), time.monotonic() + seconds, 0
    while time.monotonic() < end:
        faulthandler.dump_traceback_later(PATIENCE, exit=True)
        data = seeds[count] if count < len(seeds) else by_chance(chance, seeds, target.tokens)
        (folder / "last.bin").write_bytes(data)
        _kept(judge, data, folder / "found")
        count += 1
    faulthandler.cancel_dump_traceback_later()
    print(f"number_of_executed_units: {count}")


def _by_atheris(name: str, room: Path, folder: Path, seconds: float) -> None:
    import atheris

    with atheris.instrument_imports(include=["kapperboek", "icalendar"]):
        target, seeds, judge = _made(name, room)
        for data in seeds:  # also imports what is imported where it is used
            _kept(judge, data, folder / "found")
    for data in seeds:
        (folder / "corpus" / hashlib.sha1(data).hexdigest()).write_bytes(data)
    words = folder / "words.txt"
    words.write_text("".join(f'"{_escaped(token)}"\n' for token in target.tokens))
    arguments = [
        sys.argv[0], f"-max_total_time={seconds:.0f}", f"-timeout={PATIENCE}",
        f"-rss_limit_mb={ROOM_MB}",
        "-print_final_stats=1", "-report_slow_units=100000", "-max_len=32768",
        *([f"-dict={words}"] if target.tokens else []),
        f"-artifact_prefix={folder / 'found'}/",
        "-verbosity=1", str(folder / "corpus"),
    ]
    atheris.Setup(arguments, lambda data: _kept(judge, data, folder / "found"))
    atheris.Fuzz()


def _escaped(token: bytes) -> str:
    return "".join(f"\\x{byte:02x}" for byte in token)


def _kept(judge: Callable[[bytes], None], data: bytes, found: Path) -> None:
    """Try an input; what goes wrong is kept under the name of where it did, if no smaller one is there."""
    try:
        judge(data)
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt | SystemExit):
            raise
        words = "".join(traceback.format_exception(error))
        file = found / f"{_place(error)}.bin"
        if not file.exists() or file.stat().st_size > len(data):
            file.write_bytes(data)
            file.with_suffix(".txt").write_text(words, "utf-8", "replace")


def _place(error: BaseException) -> str:
    """The kind of error and the last line of ours it passed."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if "kapperboek" in frame.filename] or frames
    last = ours[-1]
    return f"{type(error).__name__}-{Path(last.filename).stem}-{last.name.strip('<>')}-{last.lineno}"


if __name__ == "__main__":
    _argv: Sequence[str] = sys.argv
    sys.exit(main())
