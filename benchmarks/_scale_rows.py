"""Years of training of many athletes, made inside PostgreSQL: nothing passes through Python.

Twenty-five athletes have all that three years leave behind: three sets a workout, eight repetitions
a set, corrections, plans, and keypoints of the last month in clips of five seconds. The others, the
crowd, fill the tables and indexes: as many workouts, `sets` sets each, `reps` repetitions a set and
one short clip a set, kept for good. Rows lie in order of time, those of an athlete far apart.
"""

from dataclasses import dataclass
from typing import Any, Final

WHOLE: Final = 25  # athletes with everything
ROSTER: Final = 500
A_WEEK: Final = 3
KEYPOINTS_DAYS: Final = 30
SETS, REPS, CLIPS = 3, 8, 6
EXERCISES: Final = ("squat", "push_up", "sit_up")


@dataclass(frozen=True, slots=True)
class Crowd:
    """athletes: all together. sets a workout and reps a set: of those who only fill the tables."""

    athletes: int
    years: int
    sets: int = 1
    reps: int = 1

    @property
    def workouts(self) -> int:
        """Of each athlete."""
        return 52 * A_WEEK * self.years

    @property
    def step(self) -> int:
        """Every so manieth athlete has everything."""
        return max(1, self.athletes // WHOLE)

    @property
    def at_large(self) -> int:
        """Athletes with workouts, and those who are only on the roster."""
        return max(self.athletes, ROSTER)


def name_of(model: Any) -> str:
    return str(model._meta.db_table)


def insert(model: Any, source: str, /, **columns: str) -> str:
    """An INSERT from source; a column that is not named gets its default, or nothing."""
    given = {
        field.column: columns.pop(field.column, None) or _nothing(field)
        for field in model._meta.concrete_fields
        if field.get_internal_type() != "BigAutoField"
    }
    if columns:
        raise ValueError(f"{model.__name__} has no column {', '.join(columns)}.")
    return (
        f"INSERT INTO {name_of(model)} ({', '.join(map(_quoted, given))}) "
        f"SELECT {', '.join(given.values())} FROM {source}"
    )


def _quoted(column: str) -> str:
    return f'"{column}"'


def _nothing(field: Any) -> str:
    if field.null:
        return "NULL"
    if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False):
        return "now()"
    kind, default = field.get_internal_type(), field.get_default()
    if kind == "JSONField":
        return "'{}'::jsonb" if default == {} else "'[]'::jsonb"
    if kind in {"CharField", "TextField", "SlugField"}:
        return f"'{default or ''}'"
    if kind == "BooleanField":
        return str(bool(default)).lower()
    if kind == "DateTimeField":
        return "now()"
    if kind == "UUIDField":
        return "gen_random_uuid()"
    return str(default if isinstance(default, int | float) else 0)


def of(letter: str, *numbers: str) -> str:
    """The id of a row, known again wherever it is referred to."""
    joined = "||'.'||".join(numbers)
    return f"md5('{letter}'||{joined})::uuid"


def tables_of(crowd: Crowd, payload: bytes, version: str) -> dict[Any, list[str]]:
    from accounts.models import Notification, User
    from coach.models import (
        Access,
        AthleteStatus,
        CoachLink,
        Message,
        Plan,
        PlannedItem,
        PlannedWorkout,
        Thread,
    )
    from sessions.models import (
        Attempt,
        Clip,
        Correction,
        Finding,
        Rep,
        TrendDay,
        WorkoutSession,
        WorkoutSet,
    )

    everybody = f"generate_series(0, {crowd.athletes - 1}) n"
    at_large = f"generate_series(0, {crowd.at_large - 1}) n"
    everything = f"n % {crowd.step} = 0 AND n < {crowd.athletes}"
    whole, thin = f"n % {crowd.step} = 0", f"n % {crowd.step} <> 0"
    # Time first, people second: as rows come in.
    workouts = f"generate_series({crowd.workouts - 1}, 0, -1) k, {everybody}"
    at = "(now() - (k * 7.0 / 3 + 0.2) * interval '1 day')"
    day = f"({at} AT TIME ZONE 'UTC')::date"
    recent = f"k * 7.0 / 3 < {KEYPOINTS_DAYS - 1}"
    exercise = "(array['" + "','".join(EXERCISES) + "'])[1 + (k + i) % 3]"
    athlete, workout, own_set = of("a", "n"), of("w", "n", "k"), of("s", "n", "k", "i")
    coach = of("c", "0")

    def sets(many: int, who: str, more: str = "") -> str:
        return f"{workouts}, generate_series(0, {many - 1}) i{more} WHERE {who}"

    def a_set(many: int, reps: int, who: str) -> str:
        kept = who == thin
        return insert(
            WorkoutSet, sets(many, who), id=own_set, workout_id=workout, index="i",
            source="'camera'", started_at=f"{at} + i * interval '3 minutes'",
            ended_at=f"{at} + (i * 3 + 1) * interval '1 minute'", clip_count=str(CLIPS),
            clips_received=str(CLIPS), weight_kg="20 + k % 40", rpe="7", changed_at=at,
            revision="7", analyzed_revision="7", analyzed_to_ms="30000",
            frames_removed_at="NULL" if kept else f"CASE WHEN {recent} THEN NULL ELSE now() END",
            model_version=f"'{version}'", exercise=exercise, confidence="0.9", visible="0.95",
            rep_count=str(reps), final_rep_count=str(reps), attempt_count="k % 2", active_s="28",
            final_exercise=exercise, rom_deg="90 + (n + k) % 20",
        )  # fmt: skip

    def reps_of(many: int, reps: int, who: str) -> str:
        return insert(
            Rep, sets(many, who, f", generate_series(0, {reps - 1}) r"), set_id=own_set, index="r",
            start_ms="r * 3000", turn_ms="r * 3000 + 1400", end_ms="r * 3000 + 2800",
            rom_deg="90 + (n + k + r) % 20", rom_left_deg="90 + r", rom_right_deg="91 + r",
            down_s="1.2", pause_s="0.2", up_s="1.4", confidence="0.9",
            model_version=f"'{version}'",
        )  # fmt: skip

    def findings(many: int, who: str, every: int) -> str:
        return insert(
            Finding, sets(many, f"{who} AND (k + i) % {every} = 0"), set_id=own_set,
            fault="'depth'", joint="'knee'", phase="'down'", measured="98", limit="90",
            unit="'deg'", severity="0.3", start_ms="3000", end_ms="5800",
            model_version=f"'{version}'",
        )  # fmt: skip

    def clips(many: int, who: str, each: int, data: str) -> str:
        return insert(
            Clip, sets(many, who, f", generate_series(0, {each - 1}) c"), set_id=own_set,
            index="c", estimator="'posenet_mobilenet_075'", width_px="1280", height_px="720",
            start_ms="c * 5000", end_ms="c * 5000 + 4966", frames="150", payload=data,
            sha256=f"md5(n||'.'||k||'.'||i||'.'||c)||md5('{version}')", set_revision="c + 1",
            received_at=at,
        )  # fmt: skip

    planned = (
        f"generate_series(0, {crowd.years - 1}) y, generate_series(0, {52 * A_WEEK - 1}) p, "
        f"{everybody}"
    )
    k_of = f"({crowd.workouts} - 1 - (y * {52 * A_WEEK} + p))"
    # The newest plan has a week that is still to come.
    planned_day = day.replace("k *", f"({k_of} - 3) *")
    said = f"(k + i) % 97 = 0 AND {whole}"
    return {
        User: [
            insert(
                User, f"(SELECT n FROM {at_large}) people", id=athlete,
                email="'a'||n||'@bench.example'", password="'!'", display_name="'Athlete '||n",
                joined_at=f"now() - interval '{crowd.years} years'",
                keypoints_days=f"CASE WHEN {everything} THEN {KEYPOINTS_DAYS} END",
                time_zone="(array['UTC','Europe/Berlin','America/New_York','Asia/Tokyo'])[1+n%4]",
            ),
            insert(
                User, "(SELECT 0) one", id=coach, email="'coach@bench.example'", password="'!'",
                is_coach="true", display_name="'Coach'",
            ),
            insert(
                User, "(SELECT 0) one", id=of("d", "0"), email="'admin@bench.example'",
                password="'!'", is_staff="true", is_superuser="true",
            ),
        ],
        WorkoutSession: [
            insert(
                WorkoutSession, workouts, id=workout, athlete_id=athlete, started_at=at,
                ended_at=f"{at} + interval '40 minutes'", time_zone="'UTC'", day=day,
                created_at=at, pain_level="CASE WHEN (n + k) % 50 = 0 THEN 3 END",
            )
        ],
        WorkoutSet: [a_set(SETS, REPS, whole), a_set(crowd.sets, crowd.reps, thin)],
        Rep: [reps_of(SETS, REPS, whole), reps_of(crowd.sets, crowd.reps, thin)],
        Clip: [
            clips(SETS, f"{whole} AND {recent}", CLIPS, f"'\\x{payload.hex()}'::bytea"),
            clips(crowd.sets, thin, 1, "'\\x00'::bytea"),
        ],
        TrendDay: [
            insert(
                TrendDay, sets(SETS, f"{whole} OR i = 0"),
                athlete_id=athlete, exercise_id=exercise, day=day, model_version=f"'{version}'",
                sets="1", reps=str(REPS), attempts="0", active_s="28", rom_deg="95 + (n + k) % 9",
                tempo_s="2.8", reps_per_min="20", rom_left_deg="95", rom_right_deg="96",
                travel_deg="760", load_effort="3.3", one_rm_kg="40 + k % 30",
            )
        ],
        Finding: [findings(SETS, whole, 4), findings(crowd.sets, thin, 4)],
        Attempt: [
            insert(
                Attempt, sets(SETS, f"{whole} AND k % 2 = 1"), set_id=own_set, start_ms="25000",
                end_ms="26000", reason="'too_small'", rom_deg="20", needed_deg="60",
                model_version=f"'{version}'",
            )
        ],
        Correction: [
            insert(
                Correction, sets(SETS, f"{whole} AND (k + i) % 20 = 0"),
                id=of("r", "n", "k", "i"), set_id=own_set, kind="'count'",
                rep_count=str(REPS), author_id=athlete, created_at=at,
            )
        ],
        CoachLink: [
            insert(
                CoachLink,
                f"(SELECT * FROM {at_large} ORDER BY n % {crowd.step}, n LIMIT {ROSTER}) linked",
                coach_id=coach, athlete_id=athlete, granted_at="now() - interval '1 year'",
                scopes='\'["results","replay","live","plan","comments"]\'::jsonb',
            )
        ],
        AthleteStatus: [
            insert(
                AthleteStatus, f"(SELECT n FROM {at_large}) people", athlete_id=athlete,
                day="current_date", computed_at="now()", last_day="current_date",
                workouts_28d="12", percent="80",
            )
        ],
        Plan: [
            insert(
                Plan, f"generate_series(0, {crowd.years - 1}) y, {everybody}", id=of("p", "n", "y"),
                athlete_id=athlete, title="'Three a week'", weekdays="'[0,2,4]'::jsonb",
                starts_on=f"current_date - 364 * ({crowd.years} - y)", weeks="52",
                created_at=f"now() - ({crowd.years} - y) * interval '364 days'",
            )
        ],
        PlannedWorkout: [
            insert(
                PlannedWorkout, f"{planned} WHERE {whole} OR y = {crowd.years - 1}",
                id=of("q", "n", "y", "p"), plan_id=of("p", "n", "y"), index="p", day=planned_day,
                workout_id=f"CASE WHEN {k_of} > 2 THEN {of('w', 'n', k_of)} END",
            )
        ],
        PlannedItem: [
            insert(
                PlannedItem, f"{planned} WHERE {whole} OR y = {crowd.years - 1}",
                planned_id=of("q", "n", "y", "p"), position="0", exercise_id="'squat'",
                sets="1", reps="8", asked_reps="8", reason="'fixed'",
            )
        ],
        Thread: [
            insert(
                Thread, sets(SETS, said), id=of("t", "n", "k", "i"), athlete_id=athlete,
                coach_id=coach, set_id=own_set, created_at=at, last_at=at, coach_read_at=at,
            )
        ],
        Message: [
            insert(
                Message, sets(SETS, said), id=of("m", "n", "k", "i"), author_id=athlete,
                thread_id=of("t", "n", "k", "i"), text="'How was this one?'", created_at=at,
            )
        ],
        Notification: [
            insert(
                Notification, f"{workouts} WHERE k % 10 = 0", id=of("e", "n", "k"),
                user_id=athlete, kind="'digest'", created_at=at, sent_at=at, read_at=at,
                pushed_at=at,
            )
        ],
        Access: [
            insert(
                Access, f"{workouts} WHERE k % 10 = 0", athlete_id=athlete, coach_id=coach,
                what="'overview'", at=at,
            )
        ],
    }  # fmt: skip
