"""Does minute 60 of a session cost what minute 1 costs, and how late is a repetition announced?

`python -m benchmarks.bench_live 10` asks it of minute 10, for the impatient.
"""

import json
import sys
import time

import numpy as np

from benchmarks._common import FPS, SQUAT_S, squats
from models.live import LiveCounter

MINUTES = 60


def main() -> None:
    minutes = int(sys.argv[1]) if len(sys.argv) > 1 else MINUTES
    counter, minute = LiveCounter(), squats(60)
    spent_s: list[float] = []
    announced_ms: list[int] = []
    count = 0
    for number in range(minutes):
        started = time.process_time()
        for t_ms, pose in zip(minute.t_ms, minute.poses, strict=True):
            at_ms = int(t_ms) + number * 60_000
            now = counter.push(at_ms, pose)
            announced_ms += [at_ms] * (now.count - count)
            count = now.count
        spent_s.append(time.process_time() - started)
    # From the nearest end of a squat, early below zero.
    late_s = (np.array(announced_ms) / 1000 + SQUAT_S / 2) % SQUAT_S - SQUAT_S / 2
    line = {
        "name": "live",
        "value": round(1000 * spent_s[-1] / 60, 2),
        "unit": f"ms for a second of {FPS:.0f} frames/s, minute {minutes}",
        "ratio": round(spent_s[-1] / spent_s[0], 3),
        "against": "minute 1",
        "announced_late_s_median": round(float(np.median(late_s)), 2),
        "announced_late_s_p90": round(float(np.quantile(late_s, 0.9)), 2),
        "counted": count,
        "true": int(minutes * 60 / SQUAT_S),
    }
    print(json.dumps(line))


if __name__ == "__main__":
    main()
