"""What is pinned: the lock names every pin with digests and no address, and the audit never calls silence good news."""

from __future__ import annotations

import importlib.util
import json
import re
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def audit() -> ModuleType:
    """The auditor, which is a script and in no package."""
    spec = importlib.util.spec_from_file_location("audit", ROOT / "packaging" / "audit.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_lock_pins_what_was_tried_with_digests_and_no_address(audit: ModuleType) -> None:
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    tried = [line for line in (ROOT / "constraints.txt").read_text("utf-8").splitlines() if line[:1].isalnum()]
    plain = [re.sub(r"[-_.]+", "-", line).lower() for line in audit.pins(lock)]
    assert set(plain) <= {re.sub(r"[-_.]+", "-", line).lower() for line in tried}
    for package in re.split(r"\n(?=\w)", lock.partition("\n\n")[0])[1:]:
        assert re.fullmatch(r"\S+==\S+( \\\n    --hash=sha256:[0-9a-f]{64})+\n?", package), package[:80]
    assert "://" not in lock


ANSWER = {"dependencies": [{"name": "a", "version": "1", "vulns": []}]}
BAD = {"dependencies": [{"name": "a", "version": "1", "vulns": [{"id": "X-1"}]}]}
SKIPPED = {"dependencies": [{"name": "a", "skip_reason": "not found"}]}


@pytest.mark.parametrize(
    ("answer", "complaint", "code", "word"),
    [
        (json.dumps(ANSWER), "", 0, "1 of 1"),
        (json.dumps(BAD), "", 1, "a 1: X-1"),
        (json.dumps(SKIPPED), "", 3, "0 of 1"),
        ("", "ConnectionError: no such host", 3, "nothing was audited"),
        ("", "No module named pip_audit", 3, "pip install"),
    ],
)
def test_an_audit_says_what_it_could_not_ask(
    audit: ModuleType, answer: str, complaint: str, code: int, word: str
) -> None:
    lines, found = audit.outcome(answer, complaint, 1)
    assert found == code and any(word in line for line in lines)
