"""What `make coverage` counts, and when it fails."""

from typing import Any

import pytest

from scripts import coverage
from scripts.steps import StepError


def summary(lines: int, branches: int) -> dict[str, Any]:
    """Of a file with ten of each."""
    counts = {"covered_lines": lines, "num_statements": 10, "covered_branches": branches}
    missing = {"missing_lines": [7], "missing_branches": [[3, 4]]}
    return {"summary": {**counts, "num_branches": 10}, **missing}


def test_served_models_are_found_by_imports() -> None:
    served = coverage.served_models()
    assert {"models/counting.py", "models/clip.py", "models/skeleton.py"} <= served
    assert not {"models/training.py", "models/export_tfjs.py", "models/suite.py"} & served


def test_every_pattern_of_the_list_leads_somewhere() -> None:
    proven = coverage.proven_files()
    assert set(proven.values()) == {"counting", "consent", "ingest"}
    assert all((coverage.ROOT / name).is_file() for name in proven)
    assert proven["models/clip_store.py"] == "ingest"


def test_a_room_needs_most_and_a_subject_all() -> None:
    half = {"coach/codes.py": summary(10, 9), "coach/week.py": summary(9, 9)}
    wrong = coverage.told(half)
    assert wrong[0] == "coach: 92.50%, and 95% are wanted:"
    assert "consent: 95.00%, and 100% are wanted:" in wrong
    assert "  coach/codes.py: lines [7] branches [[3, 4]]" in wrong


def test_all_there_is_nothing_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = {name: summary(10, 10) for name in coverage.proven_files()}
    assert coverage.told(whole) == []
    monkeypatch.setattr(coverage, "measured", lambda: {"coach/codes.py": summary(1, 1)})
    monkeypatch.setattr("sys.argv", ["coverage", "--report"])
    with pytest.raises(StepError, match="consent: 10"):
        coverage.main()
