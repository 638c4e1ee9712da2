"""A disk of a few megabytes that can be filled and emptied: a file system in memory."""

import os
import subprocess
import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

SIZE_MB = 320  # a new PostgreSQL takes 70, its log up to 200


def why_not() -> str | None:
    """None where a small disk can be had; else the reason, for whoever reads what was skipped."""
    if os.geteuid() != 0:
        return "only root can mount a small disk"
    try:
        with SmallDisk():
            return None
    except (subprocess.CalledProcessError, FileNotFoundError) as error:
        return f"no small disk can be mounted here: {error}"


class SmallDisk:
    def __enter__(self) -> Self:
        # The path of a socket has to be short.
        self.folder = Path(tempfile.mkdtemp(prefix="fd"))
        options = f"size={SIZE_MB}m,mode=0700"
        mount = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(self.folder)]
        subprocess.run(mount, check=True, capture_output=True)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        subprocess.run(["umount", "--lazy", str(self.folder)], check=False, capture_output=True)
        with suppress(OSError):
            self.folder.rmdir()

    def without_room(self, seconds: float, enough: threading.Event | None = None) -> None:
        """Not one more block for so long, or until it is enough; whoever frees some loses it."""
        ballast, ended = self.folder / "ballast", enough or threading.Event()
        until = time.monotonic() + seconds
        try:
            with ballast.open("ab", buffering=0) as file:
                while time.monotonic() < until and not ended.is_set():
                    for size in (1024 * 1024, 4096):
                        with suppress(OSError):
                            while time.monotonic() < until:
                                file.write(bytes(size))
                    ended.wait(0.05)
        finally:
            ballast.unlink()
