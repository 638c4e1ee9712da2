"""No locked version is one that docs/advisories.json warns of; and the bill of materials is whole.

This asks nobody: it runs without a network, and knows what the file knows. `make audit` asks.
"""

import json
from datetime import date
from typing import Any

import pytest
from packaging.specifiers import SpecifierSet
from packaging.version import InvalidVersion, Version

from scripts.locked import locked, python
from scripts.sbom import sbom
from scripts.steps import ROOT

TOLD: dict[str, Any] = json.loads((ROOT / "docs/advisories.json").read_text())
ADVISORIES: list[dict[str, Any]] = TOLD["advisories"]


def is_affected(version: str, ranges: list[str]) -> bool:
    try:
        known = Version(version)
    except InvalidVersion:  # npm has forms that Python has not
        known = Version(version.partition("-")[0])
    return any(SpecifierSet(one, prereleases=True).contains(known) for one in ranges)


@pytest.mark.parametrize("advisory", ADVISORIES, ids=lambda one: one["id"])
def test_no_locked_version_is_warned_of(advisory: dict[str, Any]) -> None:
    ours = [
        one
        for one in locked()
        if (one.ecosystem, one.name) == (advisory["ecosystem"], advisory["package"])
        and one.kind != "train"  # never on a server: TensorFlow names its own versions
    ]
    hit = [
        f"{one.name} {one.version}"
        for one in ours
        if is_affected(one.version, advisory["affected"])
    ]
    assert not hit, f"{advisory['what']}: {advisory['source']}"


def test_each_advisory_is_of_something_we_have() -> None:
    """Else the list would grow for its own sake, and a wrong name would warn of nothing."""
    names = {(one.ecosystem, one.name) for one in locked()}
    assert {(one["ecosystem"], one["package"]) for one in ADVISORIES} <= names


def test_an_old_version_would_be_found() -> None:
    [one] = [one for one in ADVISORIES if one["id"] == "CVE-2025-64459"]
    assert is_affected("5.2.7", one["affected"])
    assert not is_affected("5.2.8", one["affected"])


def test_the_list_says_how_old_it_is() -> None:
    assert date.fromisoformat(TOLD["written_on"]) >= date(2026, 11, 23)
    assert len({one["id"] for one in ADVISORIES}) == len(ADVISORIES)
    for one in ADVISORIES:
        assert one["source"].startswith("https://")
        assert one["checked"] is None or date.fromisoformat(one["checked"])


def test_the_bill_of_materials_names_everything_that_is_locked() -> None:
    bill = sbom()
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.5")
    refs = [one["bom-ref"] for one in bill["components"]]
    assert len(set(refs)) == len(refs)
    assert {(one.name, one.version) for one in locked()} == {
        (one["name"], one["version"]) for one in bill["components"]
    }
    required = {one["purl"] for one in bill["components"] if one["scope"] == "required"}
    assert {f"pkg:pypi/{one.name}@{one.version}" for one in python("run")} <= required


def test_the_same_locks_give_the_same_bill() -> None:
    assert sbom() == sbom()
