"""Writes a software bill of materials, CycloneDX 1.5 JSON, from the lock files alone.

The same lock files give the same bytes: no clock, no network, no environment. Training's packages
and those of tests are in it with the scope "excluded": they never reach a server.
"""

import base64
import json
import sys
import tomllib
import uuid
from typing import Any

from scripts.locked import Locked, locked
from scripts.steps import ROOT, main_guard, say

SERVED = {"run", "page"}


def main() -> int:
    path = sys.argv[1] if len(sys.argv) > 1 else "sbom.cdx.json"
    bill = sbom()
    (ROOT / path).write_text(json.dumps(bill, indent=1) + "\n")
    say(f"{path}: {len(bill['components'])} components")
    return 0


def sbom() -> dict[str, Any]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    components = _components()
    told = json.dumps(components, sort_keys=True)
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, told)}",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "name": project["name"],
                "version": project["version"],
                "licenses": [{"license": {"id": project["license"]}}],
            }
        },
        "components": components,
    }


def _components() -> list[dict[str, Any]]:
    found: dict[str, Locked] = {}
    for one in locked():
        purl = f"pkg:{one.ecosystem}/{one.name.replace('@', '%40')}@{one.version}"
        # What is served and tested is served.
        if purl not in found or one.kind in SERVED:
            found[purl] = one
    return [_component(purl, one) for purl, one in sorted(found.items())]


def _component(purl: str, one: Locked) -> dict[str, Any]:
    scope = "required" if one.kind in SERVED else "excluded"
    component: dict[str, Any] = {
        "type": "library",
        "bom-ref": purl,
        "name": one.name,
        "version": one.version,
        "purl": purl,
        "scope": scope,
        "properties": [{"name": "posecoach:lock", "value": one.kind}],
    }
    if one.ecosystem == "npm" and one.hashes and one.hashes[0].startswith("sha512-"):
        digest = base64.b64decode(one.hashes[0].removeprefix("sha512-")).hex()
        component["hashes"] = [{"alg": "SHA-512", "content": digest}]
    return component


if __name__ == "__main__":
    main_guard(main)
