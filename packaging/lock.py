"""Writes requirements.lock: ``python packaging/lock.py``, after constraints.txt has changed.

pip is asked what it would install for each Python and platform, and answers with the digest of each file; nothing is
downloaded, and no address of an index is kept.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
# The newest first, as pip itself prefers on such a computer: of several files that fit the first is taken.
GLIBC = (39, 34, 28, 17)
MACS = [f"{n}_0_{kind}" for n in (13, 12, 11) for kind in ("arm64", "universal2")]
MACS += ["10_13_universal2", "10_9_universal2"]
PLATFORMS = {
    "Linux x86-64": [f"manylinux_2_{n}_x86_64" for n in GLIBC] + ["manylinux2014_x86_64"],
    "Linux ARM": [f"manylinux_2_{n}_aarch64" for n in GLIBC] + ["manylinux2014_aarch64"],
    "Windows": ["win_amd64"],
    "macOS": [f"macosx_{name}" for name in MACS],
}
# pip judges by the system it runs on whether a package is for Windows only.
ONLY_THERE = {"Windows": ["pywin32-ctypes"]}
HEAD = """\
# What may be installed: every package of constraints.txt with the SHA-256 of each file of it that is used by
# Python 3.11 to 3.14 on Linux and Windows (x86-64), Linux (ARM) and macOS (ARM). Made by packaging/lock.py.
# pip install --require-hashes --only-binary :all: --requirement requirements.lock
"""


def wanted() -> list[str]:
    """Everything the program and its tests ask for."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    return [*project["dependencies"], *extras["build"], *extras["dev"]]


def digests(python: str, name: str) -> dict[str, str]:
    """What pip would install on that system: ``name==version`` and the SHA-256 of the file. CalledProcessError."""
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "install", "--dry-run", "--quiet"]
    command += ["--ignore-installed", "--only-binary", ":all:", "--target", "unused", "--report", "-"]
    command += ["--constraint", str(ROOT / "constraints.txt"), "--python-version", python, "--implementation", "cp"]
    for abi in (f"cp{python.replace('.', '')}", "abi3", "none"):
        command += ["--abi", abi]
    for platform in PLATFORMS[name]:
        command += ["--platform", platform]
    done = subprocess.run([*command, *wanted(), *ONLY_THERE.get(name, [])], capture_output=True, text=True, check=True)
    items = json.loads(done.stdout)["install"]
    names = (f"{item['metadata']['name']}=={item['metadata']['version']}" for item in items)
    return dict(zip(names, (item["download_info"]["archive_info"]["hashes"]["sha256"] for item in items), strict=True))


def main() -> None:
    """Ask for every combination and write the file."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for python in PYTHONS:
        for name in PLATFORMS:
            print(f"Python {python}, {name}…", file=sys.stderr)
            for package, digest in digests(python, name).items():
                found[package].add(digest)
    lines = [
        package + "".join(f" \\\n    --hash=sha256:{digest}" for digest in sorted(found[package]))
        for package in sorted(found, key=str.lower)
    ]
    (ROOT / "requirements.lock").write_text(HEAD + "\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
