"""Which sets of a period are worth a coach's look, and why. Plain rules: no database, no clock."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

Code = Literal["finding", "not_counted", "corrected", "unseen"]

MOST_SETS: Final = 10
FEWEST_NOT_COUNTED: Final = 2  # one movement that did not qualify happens in any set
FEWEST_CORRECTED: Final = 2  # one more or less is a matter of where a set begins
CLEAR: Final = 0.3  # severity from which a finding is worth a look by itself
OFTEN: Final = 0.3  # share of the repetitions


@dataclass(frozen=True, slots=True)
class Flag:
    """n: repetitions with the fault, movements that did not count, or by how many the count was
    corrected. weight: above 0, larger for what matters more."""

    code: Code
    n: int
    weight: float
    fault: str | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """severity: 0 to 1."""

    fault: str
    rep: int | None
    severity: float


def flags_of(
    *, reps: int, counted: int, attempts: int, unseen: bool, faults: Sequence[Fault]
) -> list[Flag]:
    """Of one set, the weightiest first. reps: in the end. counted: by the machine."""
    flags = list(_of_faults(faults, reps))
    if attempts >= FEWEST_NOT_COUNTED:
        flags.append(Flag("not_counted", attempts, attempts / (attempts + max(reps, 1))))
    if (by := abs(reps - counted)) >= FEWEST_CORRECTED:
        flags.append(Flag("corrected", by, by / max(reps, counted)))
    if unseen:
        flags.append(Flag("unseen", 0, 0.4))
    return sorted(flags, key=lambda flag: -flag.weight)


def _of_faults(faults: Sequence[Fault], reps: int) -> Iterable[Flag]:
    """A fault that is clear, or that comes again and again."""
    worst: dict[str, float] = {}
    for one in faults:
        worst[one.fault] = max(worst.get(one.fault, 0.0), one.severity)
    times = Counter(fault for fault, _ in {(one.fault, one.rep) for one in faults})
    for fault, severity in worst.items():
        share = times[fault] / max(reps, 1)
        if severity >= CLEAR or share >= OFTEN:
            yield Flag("finding", times[fault], severity + min(share, 1.0), fault)
