"""Figures of answers against labels: counting, recognition, confusion.

Knows nothing of files, networks or poses.
"""

import textwrap
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, replace
from typing import Any, Final

import numpy as np

SHORT_SET: Final = 6  # repetitions at most
NOBODY: Final = "none"  # the answer where nobody exercised

Spans = tuple[tuple[float, float], ...]  # start and end in ms


@dataclass(frozen=True, slots=True)
class Prediction:
    """One sequence: what was answered, and what is true where a label says so.

    likeliest: the name that had to be given if one had to be. known: whether the true exercise is
    one that could be answered.
    spans, rep_confidence: of each counted repetition; true_spans: None where not labelled.
    count_if_known: the count with the true exercise given. by_rate, by_class: the counts that
    other choices would have given, for figures in hindsight.
    """

    name: str
    exercise: str
    count: int
    true_exercise: str | None = None
    true_count: int | None = None
    known: bool = True
    fold: str = ""
    likeliest: str = ""
    confidence: float = 0.0
    spans: Spans = ()
    rep_confidence: tuple[float, ...] = ()
    true_spans: Spans | None = None
    count_if_known: int | None = None
    by_rate: tuple[int, ...] = ()
    by_class: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Scores:
    """counted: sequences with a count above 0, which obo, mae and exact are of.

    recognition: share of those whose exercise could be answered, "nobody exercised" being wrong;
    likeliest: the same, had a name to be given.
    """

    sequences: int
    counted: int
    obo: float
    mae: float
    exact: float
    recognition: float
    likeliest: float

    def __str__(self) -> str:
        return (
            f"n {self.sequences}  OBO {self.obo:.3f}  MAE {self.mae:.3f}"
            f"  exact {self.exact:.3f}  recognised {self.recognition:.3f}"
        )


def score(predictions: Iterable[Prediction]) -> Scores:
    """MAE = mean(|p - t| / t) and OBO = share of |p - t| <= 1, as the literature has them."""
    chosen = list(predictions)
    pairs = [(p.count, p.true_count) for p in chosen if p.true_count]
    named = [p for p in chosen if p.true_exercise and p.known]
    error = np.array([abs(count - true) for count, true in pairs], float)
    true = np.array([true for _, true in pairs], float)
    return Scores(
        len(chosen),
        len(pairs),
        _mean(error <= 1),
        _mean(error / true),
        _mean(error == 0),
        _mean(np.array([p.exercise == p.true_exercise for p in named])),
        _mean(np.array([(p.likeliest or p.exercise) == p.true_exercise for p in named])),
    )


def figures(predictions: Iterable[Prediction]) -> dict[str, float | None]:
    """`score` for JSON, which knows no NaN: what could not be measured is None."""
    return {
        name: None if np.isnan(value) else value
        for name, value in asdict(score(predictions)).items()
    }


def by_exercise(predictions: list[Prediction]) -> dict[str, list[Prediction]]:
    names = sorted({p.true_exercise for p in predictions if p.true_exercise})
    return {name: [p for p in predictions if p.true_exercise == name] for name in names}


def short_sets(predictions: list[Prediction]) -> list[Prediction]:
    return [p for p in predictions if p.true_count and p.true_count <= SHORT_SET]


def confusion(predictions: list[Prediction]) -> dict[str, dict[str, int]]:
    """How often each true exercise got each answer; answers never given are left out."""
    found: dict[str, dict[str, int]] = {}
    for name, group in by_exercise(predictions).items():
        answers = [p.exercise for p in group]
        found[name] = {answer: answers.count(answer) for answer in sorted(set(answers))}
    return found


def nearest(
    predictions: list[Prediction], counts: Callable[[Prediction], tuple[int, ...]]
) -> list[Prediction]:
    """In hindsight: of the counts on offer, each sequence gets the one nearest the truth."""
    found = []
    for one in predictions:
        true, offered = one.true_count, counts(one)
        if true is not None and offered:
            away = [abs(count - true) for count in offered]
            one = _counted(one, offered[away.index(min(away))])
        found.append(one)
    return found


def exercise_given(predictions: list[Prediction]) -> list[Prediction]:
    """With the counts that knowing the exercise gives, where it could be given."""
    return [p if p.count_if_known is None else _counted(p, p.count_if_known) for p in predictions]


def _counted(prediction: Prediction, count: int) -> Prediction:
    return replace(prediction, count=count)


def shown(value: Any) -> str:
    """A cell of a table: counts whole, shares with three digits, a dash for what is not known."""
    if value is None or (isinstance(value, float) and np.isnan(value)):
        return "–"
    return f"{value:.3f}" if isinstance(value, float) else str(value)


def table(head: Iterable[str], rows: Iterable[Iterable[Any]]) -> str:
    """Markdown."""
    names = list(head)
    lines = [names, ["---"] * len(names), *([shown(value) for value in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def paragraph(text: str) -> str:
    """Broken into lines as the house writes them."""
    return textwrap.fill(text, 100, break_long_words=False, break_on_hyphens=False)


def _mean(values: np.ndarray[Any, np.dtype[Any]]) -> float:
    return float(values.mean()) if len(values) else float("nan")
