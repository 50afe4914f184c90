"""A few simulated years, and programs that break a promise: the simulator must notice (see ``run``)."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from tests.conftest import ROOT
from tests.faults import between

pytestmark = pytest.mark.skipif(bool(between.missing()), reason=between.missing())
CARELESS = {  # how, from which seed on it soon shows, and what is said then
    "loses": (1, "is not there|should be"),
    "remembers": (1, "should not be there|is back out of a copy"),
    "pesters": (9, "given of"),
    "is-blind": (1, "saved into a file that is not the notebook|did not notice|nothing is left of it"),
}


def years(*arguments: str) -> subprocess.CompletedProcess[str]:
    """The simulator, in a process of its own."""
    command = [sys.executable, "-m", "tests.simulator.run", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_some_years_lose_nothing_and_bring_nobody_back() -> None:
    done = years("--seeds", "2")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "seeds in which a promise was broken: 0" in done.stdout


@pytest.mark.parametrize("how", CARELESS)
def test_a_broken_promise_is_noticed_and_replays(how: str) -> None:
    first, words = CARELESS[how]
    done = years("--first", str(first), "--seeds", "12", "--until-wrong", "--careless", how)
    wrong = re.search(r"^WRONG .*", done.stdout, re.MULTILINE)
    assert done.returncode == 1 and wrong is not None, done.stdout + done.stderr
    assert re.search(words, wrong[0]), wrong[0]
    command = re.search(r"python -m tests\.simulator\.run (.*)", done.stdout)
    assert command is not None
    if how == "loses":
        assert wrong[0] in years(*command[1].split(), "--without", "999").stdout
