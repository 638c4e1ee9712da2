"""How much faster than it was trained does a worker analyse a set of one minute?"""

from benchmarks._common import best_s, report, squats
from models.discriminator import analyze


def main() -> None:
    minute = squats(60)
    reps = len(analyze(minute).reps)
    print(f"{reps} squats found of 24")
    spent_s = best_s(lambda: analyze(minute))
    report("analysis", spent_s * 1000, "ms a minute of training", 60 / spent_s, "real time")


if __name__ == "__main__":
    main()
