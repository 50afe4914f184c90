"""A short run of every fuzz target, the same each time; and every input that ever misbehaved.

``KAPPERBOEK_FUZZ=N`` tries N examples of each instead of a few. For hours there is ``python -m tests.fuzz.run``.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from kapperboek import i18n
from tests.fuzz.changing import changed, edits
from tests.fuzz.judge import Misbehaved, judge
from tests.fuzz.target import Target
from tests.fuzz.targets import TARGETS

FEW = 40
FUZZ = int(os.environ.get("KAPPERBOEK_FUZZ", str(FEW)))
SAMPLES = sorted(Path(__file__).parent.glob("samples/*/*.bin"))
Made = Callable[[str], Target]


@pytest.fixture(scope="module")
def target_of(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    """The target of that name, made once in a folder of its own; all are closed at the end."""
    made: dict[str, Target] = {}

    def of(name: str) -> Target:
        i18n.set_language("nl")
        if name not in made:
            made[name] = TARGETS[name](tmp_path_factory.mktemp(name))
        return made[name]

    yield of
    for target in made.values():
        target.close()


@pytest.mark.parametrize("name", TARGETS)
def test_a_short_run(target_of: Made, name: str, qapp: object) -> None:
    target = target_of(name)
    seeds = target.seeds()
    few = max(3, round(FUZZ * target.share))

    @settings(
        max_examples=few, deadline=None, database=None, derandomize=FUZZ == FEW,
        suppress_health_check=list(HealthCheck), phases=list(Phase) if target.share > 0.5 else [Phase.generate],
    )
    @given(seed=st.sampled_from(seeds), changes=edits(target.tokens))
    def tried(seed: bytes, changes: list) -> None:  # type: ignore[type-arg]
        judge(target, changed(seed, changes))

    for seed in seeds[:2]:
        judge(target, seed)
    tried()


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_what_misbehaved_once(target_of: Made, sample: Path, qapp: object) -> None:
    judge(target_of(sample.parent.name), sample.read_bytes())


# ---- the judge itself


class Naughty(Target):
    """Does what no input may make us do."""

    def seeds(self) -> list[bytes]:
        return []

    def run(self, data: bytes) -> None:
        if data == b"write":
            (self.room.parent / "elsewhere").write_bytes(b"")
        elif data == b"start":
            os.posix_spawn("/bin/true", ["true"], {})
        elif data == b"stay":
            (self.room / "here").write_bytes(b"")


@pytest.mark.parametrize("deed", [b"write", b"start"])
def test_the_judge_sees_what_leaves_its_place(deed: bytes) -> None:
    with TemporaryDirectory() as folder:
        room = Path(folder) / "room"
        room.mkdir()
        judge(Naughty(room), b"stay")
        with pytest.raises(Misbehaved, match="outside"):
            judge(Naughty(room), deed)
