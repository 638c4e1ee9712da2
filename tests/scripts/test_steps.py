"""Set-up steps: done once, again when an input changes, and again after an interruption."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from scripts import steps
from scripts.steps import Step, StepError, carry_out, run_logged


@pytest.fixture(autouse=True)
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(steps, "ROOT", tmp_path)
    monkeypatch.setattr(steps, "STAMPS", tmp_path / ".setup")
    (tmp_path / "lock.txt").write_text("one")
    return tmp_path


class Work:
    def __init__(self, root: Path) -> None:
        self.root = root
        self.times = 0

    def __call__(self) -> None:
        self.times += 1
        (self.root / "made").write_text("yes")


@pytest.fixture
def work(root: Path) -> Work:
    return Work(root)


def step(action: Callable[[], None], *facts: str, always: bool = False) -> Step:
    return Step("it", "It", action, ("lock.txt",), ("made",), facts, always)


def test_a_step_is_done_once(work: Work, capsys: pytest.CaptureFixture[str]) -> None:
    carry_out([step(work)])
    carry_out([step(work)])
    assert work.times == 1
    assert capsys.readouterr().out.splitlines()[-1] == "[1/1] It: up to date"


def test_it_tells_how_long_it_took(work: Work, capsys: pytest.CaptureFixture[str]) -> None:
    carry_out([step(work)])
    assert capsys.readouterr().out.splitlines() == ["[1/1] It …", "[1/1] It: done in 0.0 s"]


def test_a_changed_input_makes_it_due(work: Work, root: Path) -> None:
    carry_out([step(work)])
    (root / "lock.txt").write_text("two")
    carry_out([step(work)])
    assert work.times == 2


def test_a_new_file_in_an_input_folder_makes_it_due(work: Work, root: Path) -> None:
    (root / "src").mkdir()
    build = Step("build", "Build", work, ("src",))
    carry_out([build])
    (root / "src/new.ts").write_text("")
    assert not build.is_done()


def test_another_version_makes_it_due(work: Work) -> None:
    carry_out([step(work, "v20")])
    carry_out([step(work, "v22")])
    assert work.times == 2


def test_a_lost_output_makes_it_due(work: Work, root: Path) -> None:
    carry_out([step(work)])
    (root / "made").unlink()
    carry_out([step(work)])
    assert work.times == 2


def test_some_steps_are_never_skipped(work: Work) -> None:
    carry_out([step(work, always=True)])
    carry_out([step(work, always=True)])
    assert work.times == 2


def test_an_interrupted_step_runs_again(work: Work, root: Path) -> None:
    carry_out([step(work)])
    (root / "lock.txt").write_text("two")

    def interrupted() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        carry_out([step(interrupted)])
    (root / "lock.txt").write_text("one")
    carry_out([step(work)])
    assert work.times == 2


def named(name: str, action: Callable[[], object]) -> Step:
    def act() -> None:
        action()

    return Step(name, name.title(), act)


def test_chains_run_side_by_side_and_what_needs_both_after_them(
    capsys: pytest.CaptureFixture[str],
) -> None:
    both, done = threading.Barrier(2, timeout=10), list[str]()
    first = [named("a", both.wait), named("b", lambda: done.append("b"))]
    second = [named("c", both.wait), named("d", lambda: done.append("d"))]
    carry_out(first, second, then=[named("e", lambda: done.append("e"))])
    assert sorted(done[:2]) == ["b", "d"]
    assert done[2:] == ["e"]
    assert "[4/5] D: done in 0.0 s" in capsys.readouterr().out.splitlines()


def test_a_chain_that_fails_ends_it_all_once_the_other_has_ended() -> None:
    both, done = threading.Barrier(2, timeout=10), list[str]()

    def fail() -> None:
        both.wait()
        raise StepError("broken")

    second = [named("b", both.wait), named("c", lambda: done.append("c"))]
    with pytest.raises(StepError, match="broken"):
        carry_out([named("a", fail)], second, then=[named("d", lambda: done.append("d"))])
    assert done == ["c"]


def test_a_failed_command_shows_the_end_of_what_it_said() -> None:
    with pytest.raises(StepError, match=r"(?s)the reason.*failed; all it said is in .setup/it.log"):
        run_logged("it", ["sh", "-c", "echo the reason; exit 3"], cwd=steps.ROOT)
