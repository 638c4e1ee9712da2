"""What a coach says with one press has words on the page."""

import json
import re
from pathlib import Path

from coach.live import CUE_CHARACTERS, MOST_WATCHED, READY_CUES

SOURCE = Path(__file__).resolve().parents[2] / "frontend" / "src"


def test_page_and_server_know_the_same_cues_and_limits() -> None:
    words = json.loads((SOURCE / "i18n/locales/en/watch.json").read_text())["ready"]
    assert tuple(words) == READY_CUES
    types = (SOURCE / "lib/watch/types.ts").read_text()
    listed = types.partition("READY_CUES = [")[2].partition("]")[0]
    assert tuple(re.findall(r"'(\w+)'", listed)) == READY_CUES
    assert f"CUE_CHARACTERS = {CUE_CHARACTERS}\n" in types
    assert f"MOST_WATCHED = {MOST_WATCHED}\n" in types
