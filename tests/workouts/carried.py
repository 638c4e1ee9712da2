"""An athlete's data out of one installation and into another, by the API alone."""

import io
import json
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid4
from zipfile import ZIP_DEFLATED, ZipFile

from sessions.models.imports import PART_BYTES
from tests.workouts.builders import Athlete
from tests.workouts.conftest import Queue


def exported(athlete: Athlete) -> bytes:
    answer: Any = athlete.client.get("/api/export")
    assert answer.status_code == 200, answer.content
    return b"".join(answer.streaming_content)


def sent(
    athlete: Athlete, queue: Queue, body: bytes, name: str = "export.zip", unit: str = "kg"
) -> Any:
    """The report after the check."""
    import_id = uuid4()
    given = {"name": name, "bytes": len(body), "weight_unit": unit}
    answer = athlete.call("PUT", f"imports/{import_id}", given)
    assert answer.status_code == 200, answer.content
    for index in range(-(-len(body) // PART_BYTES)):
        part = body[index * PART_BYTES : (index + 1) * PART_BYTES]
        assert put_part(athlete, import_id, index, part).status_code == 204
    answer = athlete.call("POST", f"imports/{import_id}/check")
    assert answer.status_code == 200, answer.content
    queue.run()
    return athlete.get(f"imports/{import_id}")


def put_part(athlete: Athlete, import_id: UUID | str, index: int, part: bytes) -> Any:
    return athlete.client.put(
        f"/api/imports/{import_id}/parts/{index}", part, content_type="application/octet-stream"
    )


def step(athlete: Athlete, queue: Queue, report: Any, name: str, **body: Any) -> Any:
    """The report after "start" or "undo"."""
    answer = athlete.call("POST", f"imports/{report['id']}/{name}", body)
    assert answer.status_code == 200, answer.content
    queue.run()
    return athlete.get(f"imports/{report['id']}")


def brought(athlete: Athlete, queue: Queue, body: bytes, **more: Any) -> Any:
    """The report after check and start, with the profile."""
    report = sent(athlete, queue, body, **more)
    assert report["state"] == "checked", report
    return step(athlete, queue, report, "start", with_profile=True)


def unpacked(body: bytes) -> dict[str, bytes]:
    with ZipFile(io.BytesIO(body)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def packed(files: dict[str, bytes], *, seal: bool = True) -> bytes:
    """seal: the manifest is made right for the files."""
    if seal:
        manifest = json.loads(files["manifest.json"])
        manifest["files"] = [
            {"name": name, "bytes": len(body), "sha256": sha256(body).hexdigest()}
            for name, body in files.items()
            if name != "manifest.json"
        ]
        files = {**files, "manifest.json": json.dumps(manifest).encode()}
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, body in files.items():
            archive.writestr(name, body)
    return out.getvalue()


def edited(body: bytes, name: str, **changes: Any) -> bytes:
    """The export with other values in a JSON file, and a manifest that fits."""
    files = unpacked(body)
    files[name] = json.dumps({**json.loads(files[name]), **changes}).encode()
    return packed(files)
