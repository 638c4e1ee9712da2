"""How much more does the analysis of a ten minute set cost than that of a one minute set?

Ten times is fair; much more would mean that something looks at every pair of frames.
"""

from benchmarks._common import best_s, report, squats
from models.discriminator import analyze


def main() -> None:
    short, long = squats(60), squats(600)
    short_s = best_s(lambda: analyze(short))
    long_s = best_s(lambda: analyze(long), repeats=3)
    report("set_length", long_s * 1000, "ms for 10 min", long_s / short_s, "1 min")


if __name__ == "__main__":
    main()
