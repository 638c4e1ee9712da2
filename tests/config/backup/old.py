"""`python -m tests.config.backup.old FILE`: the database of the environment as FILE was made.

Stays at the file's own migrations: a server that was not updated since.
"""

import sys
from pathlib import Path

import django


def main() -> None:
    django.setup()
    from config.backup.archive import Archive
    from config.backup.restore import _fill

    with Path(sys.argv[1]).open("rb") as file:
        _fill(Archive(file, None), lambda _: None)
    print("{}")


if __name__ == "__main__":
    main()
