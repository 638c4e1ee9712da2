from coach.worth import Fault, flags_of


def codes(**change: object) -> list[str]:
    facts: dict[str, object] = {
        "reps": 10, "counted": 10, "attempts": 0, "unseen": False, "faults": [],
    }  # fmt: skip
    return [flag.code for flag in flags_of(**facts | change)]  # type: ignore[arg-type]


def test_a_clean_set_is_not_worth_a_look() -> None:
    assert codes() == []
    assert codes(attempts=1) == []
    assert codes(counted=9) == []
    assert codes(faults=[Fault("depth", 3, 0.1)]) == []


def test_a_clear_fault_and_one_that_comes_often_are() -> None:
    assert codes(faults=[Fault("depth", 3, 0.3)]) == ["finding"]
    assert codes(faults=[Fault("depth", rep, 0.1) for rep in range(3)]) == ["finding"]


def test_the_same_repetition_counts_once() -> None:
    [flag] = flags_of(
        reps=4, counted=4, attempts=0, unseen=False,
        faults=[Fault("depth", 0, 0.4), Fault("depth", 0, 0.6), Fault("depth", 1, 0.2)],
    )  # fmt: skip
    assert (flag.fault, flag.n, flag.weight) == ("depth", 2, 0.6 + 0.5)


def test_the_weightiest_comes_first() -> None:
    faults = [Fault("depth", rep, 0.9) for rep in range(10)]
    assert codes(faults=faults, counted=8, attempts=5, unseen=True) == [
        "finding", "unseen", "not_counted", "corrected",
    ]  # fmt: skip
    assert codes(reps=0, counted=0, attempts=5)[0] == "not_counted"
