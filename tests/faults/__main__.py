"""`python -m tests.faults`: many campaigns, a line each, and the sum of them in one JSON line."""

import argparse
import json
import sys
import tempfile
from pathlib import Path

from tests.faults import campaign
from tests.faults.reference import fault_free
from tests.faults.stack import Stack


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--campaigns", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1, help="of the first campaign")
    asked = parser.parse_args()
    outcomes = []
    with tempfile.TemporaryDirectory() as folder, Stack() as stack:
        expected = fault_free(stack, Path(folder))
        for seed in range(asked.seed, asked.seed + asked.campaigns):
            outcome = campaign.run(stack, seed, expected, Path(folder))
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
    print(json.dumps({"campaigns": len(outcomes), "clips": clips, "problems": wrong,
                      "slowest_recovery_s": round(slowest, 1)}))  # fmt: skip
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
