"""`python -m tests.faults`: many campaigns, a line each, and the sum of them in one JSON line."""

import argparse
import json
import sys
import tempfile
from collections import Counter
from contextlib import ExitStack
from pathlib import Path

from tests.faults import campaign
from tests.faults.disk import SmallDisk, why_not
from tests.faults.reference import fault_free
from tests.faults.stack import Stack
from tests.faults.verifier import Findings, Result


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--campaigns", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1, help="of the first campaign")
    asked = parser.parse_args()
    outcomes = []
    with ExitStack() as open_ones:
        folder = open_ones.enter_context(tempfile.TemporaryDirectory())
        reason = why_not()
        if reason:
            print(f"No full disk among the faults: {reason}.", flush=True)
        disk = None if reason else open_ones.enter_context(SmallDisk())
        stack = open_ones.enter_context(Stack(disk))
        expected = fault_free(stack, Path(folder))
        for seed in range(asked.seed, asked.seed + asked.campaigns):
            outcome = _carried_out(stack, seed, expected, Path(folder))
            outcomes.append(outcome)
            problems = outcome.findings.problems
            print(
                f"{seed}: {', '.join(outcome.faults)}; {outcome.findings.acknowledged} clips, "
                f"{outcome.findings.sets} sets, {len(problems)} problems, "
                f"recovered in {outcome.recovery_s:.1f} s",
                *problems, sep="\n  ", flush=True,
            )  # fmt: skip
    wrong = sum(len(outcome.findings.problems) for outcome in outcomes)
    slowest = max(outcome.recovery_s for outcome in outcomes)
    clips = sum(outcome.findings.acknowledged for outcome in outcomes)
    struck = Counter(name for outcome in outcomes for name in outcome.faults)
    print(json.dumps({"campaigns": len(outcomes), "clips": clips, "problems": wrong,
                      "faults": dict(sorted(struck.items())),
                      "slowest_recovery_s": round(slowest, 1)}))  # fmt: skip
    return 1 if wrong else 0


def _carried_out(
    stack: Stack, seed: int, expected: dict[int, Result], folder: Path
) -> campaign.Outcome:
    """One that breaks off is a problem of its own, and the others still run."""
    try:
        return campaign.run(stack, seed, expected, folder)
    except (AssertionError, OSError) as error:
        told = f"broke off: {type(error).__name__}: {error}"
        return campaign.Outcome(seed, (), campaign.LONGEST_S, Findings(problems=[told]))


if __name__ == "__main__":
    sys.exit(main())
