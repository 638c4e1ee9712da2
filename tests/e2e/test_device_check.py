"""The page that checks a device times networks on engines, and its setting is used next."""

import csv
import io
import json
from pathlib import Path

import pytest
from playwright.sync_api import Download, Page, expect

CHECK_MS = 150_000


def check(page: Page, query: str) -> None:
    page.goto(f"/device/check?{query}")
    page.get_by_test_id("check-start").click()
    status = page.get_by_test_id("device-check")
    expect(status).to_have_attribute("data-status", "done", timeout=CHECK_MS)


def text_of(download: Download, folder: Path) -> str:
    path = folder / download.suggested_filename
    download.save_as(path)
    return path.read_bytes().decode()


def test_two_networks_are_timed_and_the_better_is_used(athlete, tmp_path: Path) -> None:
    page = athlete(webgl=False).page
    check(page, "models=posenet_193,movenet&engines=wasm")
    rows = page.get_by_test_id("check-row")
    expect(rows).to_have_count(2)
    assert "PoseNet 193 px" in rows.nth(0).inner_text()
    expect(page.get_by_test_id("check-chart")).to_be_visible()

    with page.expect_download() as caught:
        page.get_by_test_id("check-json").click()
    report = json.loads(text_of(caught.value, tmp_path))
    assert [row["not_available"] for row in report["results"]] == [None, None]
    assert all(row["frames_per_s"] > 0 for row in report["results"])
    with page.expect_download() as caught:
        page.get_by_test_id("check-csv").click()
    table = list(csv.DictReader(io.StringIO(text_of(caught.value, tmp_path))))
    assert [row["model"] for row in table] == ["posenet_193", "movenet"]

    page.get_by_test_id("check-use").click()
    expect(page.get_by_test_id("check-use")).to_be_disabled()
    picked = next(row["model"] for row in report["results"] if row["picked"])
    kept = json.loads(page.evaluate("localStorage.getItem('posecoach.detector')"))
    assert kept["backend"] == "wasm"
    assert kept["detector"] == ("movenet" if picked == "movenet" else "posenet")


def test_an_engine_that_is_missing_is_a_row_and_no_end(athlete) -> None:
    page = athlete(webgl=False).page
    check(page, "models=posenet_193&engines=webgl,wasm")
    rows = page.get_by_test_id("check-row")
    assert "Not available: this browser has no WebGL" in rows.nth(0).inner_text()
    assert "Not available" not in rows.nth(1).inner_text()


def test_threads_start_under_the_content_security_policy(athlete) -> None:
    page = athlete(webgl=False).page
    page.goto("/")
    if page.evaluate("navigator.hardwareConcurrency") < 2:
        pytest.skip("one core: there is nothing for a second thread to run on")
    check(page, "models=posenet_193&engines=wasm-threads")
    row = page.get_by_test_id("check-row").inner_text()
    assert "Not available" not in row
    assert "several threads" in row
