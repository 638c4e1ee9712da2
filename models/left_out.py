"""Networks that have not seen what they are tested on: taken from a folder, or trained into it."""

import argparse
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from itertools import compress
from multiprocessing import get_context
from pathlib import Path

from models.dataset import LabelledClip, load
from models.registry import WEIGHTS

DATA = Path(__file__).resolve().parents[2] / "shared" / "data" / "poses"
SOURCES = ("repcount", "countix_extra", "gym_sapiens", "pushfit_movenet")


def parser(description: str | None) -> argparse.ArgumentParser:
    """The arguments that such measurements share: poses, out, steps, networks."""
    found = argparse.ArgumentParser(description=description)
    found.add_argument("--poses", type=Path, default=DATA, help="folder of labels.csv and npz")
    found.add_argument("--out", type=Path, default=WEIGHTS, help="folder of the weights")
    found.add_argument("--steps", type=int, help="of training; as the shipped weights by default")
    found.add_argument("--networks", type=Path, help="trained ones, a folder each, to reuse")
    return found


@contextmanager
def networks(
    kept: Path | None,
    names: Iterable[str],
    poses: Path,
    seen: Callable[[str, LabelledClip], bool],
    steps: int | None = None,
    instead: Path | None = None,
) -> Iterator[dict[str, Path]]:
    """The folder of each network, by name.

    kept: where trained ones stand, a folder each; those missing are trained and left there. None:
    all are trained and forgotten. seen: whether the network of this name may learn from a clip.
    instead: weights that stand in for missing ones, so that nothing is trained.
    """
    with tempfile.TemporaryDirectory() as scratch:
        folders = {name: (kept or Path(scratch)) / name for name in names}
        missing = [name for name, folder in folders.items() if not _trained(folder)]
        if instead is not None:
            yield folders | dict.fromkeys(missing, instead)
            return
        if missing:
            clips = load(poses, SOURCES)
            chosen = {name: [seen(name, clip) for clip in clips] for name in missing}
            _train_all(poses, {folders[name]: chosen[name] for name in missing}, steps)
        yield folders


def _trained(folder: Path) -> bool:
    return (folder / "discriminator.json").exists()


def _train_all(poses: Path, chosen: dict[Path, list[bool]], steps: int | None) -> None:
    """Each on a core of its own, since the sums of a step are too small to be shared out.

    chosen: folder of a network to which of the clips it learns from.
    """
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn")) as cores:
        begun = [cores.submit(_train, poses, wanted, to, steps) for to, wanted in chosen.items()]
        for one in as_completed(begun):
            one.result()


def _train(poses: Path, wanted: list[bool], folder: Path, steps: int | None) -> None:
    from models import training  # TensorFlow: only where something has to be trained

    training.on_one_core()
    clips = list(compress(load(poses, SOURCES), wanted))
    folder.mkdir(parents=True, exist_ok=True)
    print(f"training {folder.name} on {len(clips)} clips", flush=True)
    training.save(training.fit(clips, steps or training.STEPS), folder, clips)
